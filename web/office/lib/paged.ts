import { createSignal } from 'solid-js'
import type { Page } from '../api/types.ts'

/**
 * A list that grows by pages. `first` is already there; `more` appends the page behind the cursor and answers with the
 * index of the first new row, so that the caller can move the focus to it; `null` when nothing came.
 */
export function createPaged<Item>(first: Page<Item>, load: (cursor: string) => Promise<Page<Item>>) {
  const [pages, setPages] = createSignal<readonly Page<Item>[]>([first])
  const [busy, setBusy] = createSignal(false)
  const [failure, setFailure] = createSignal<unknown>(null)

  const items = (): Item[] => pages().flatMap((page) => page.items)
  const next = (): string | null => pages().at(-1)?.next ?? null

  async function more(): Promise<number | null> {
    const cursor = next()
    if (cursor === null || busy()) return null
    const before = items().length
    setBusy(true)
    setFailure(null)
    try {
      const page = await load(cursor)
      setPages((known) => [...known, page])
      return page.items.length > 0 ? before : null
    } catch (error) {
      setFailure(() => error)
      return null
    } finally {
      setBusy(false)
    }
  }
  return { items, next, busy, failure, more }
}

const ROWS_PER_PAGE = 100

/** A page of rows that are all there already. @param cursor place of its first row */
export function pageOf<Item>(rows: readonly Item[], cursor: string): Page<Item> {
  const [from, to] = [Number(cursor), Number(cursor) + ROWS_PER_PAGE]
  return { items: rows.slice(from, to), next: to < rows.length ? String(to) : null }
}
