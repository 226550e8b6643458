import { For, Show, type JSX } from 'solid-js'
import { ScrollTable } from '../../ui/scroll-table.tsx'
import type { Page } from '../api/types.ts'
import { createPaged, pageOf } from '../lib/paged.ts'
import { focusRow, MoreButton } from './more-button.tsx'

interface TableProps<Item> {
  caption: string
  captionHidden?: boolean
  class?: string
  head: JSX.Element
  children: (item: Item) => JSX.Element
}

/**
 * A table that grows by pages. It lives exactly as long as its first page: whoever shows it keys it by that.
 *
 * @param props.head the cells of the head; `children` gives the row of an item
 */
export function PagedTable<Item>(
  props: TableProps<Item> & { first: Page<Item>; load: (cursor: string) => Promise<Page<Item>> },
) {
  const list = createPaged(props.first, (cursor) => props.load(cursor))
  let body: HTMLTableSectionElement | undefined
  return (
    <>
      <ScrollTable
        caption={props.caption}
        {...(props.captionHidden ? { captionHidden: true } : {})}
        {...(props.class === undefined ? {} : { class: props.class })}
      >
        <thead>
          <tr>{props.head}</tr>
        </thead>
        <tbody ref={(element) => (body = element)}>
          <For each={list.items()}>{(item) => props.children(item)}</For>
        </tbody>
      </ScrollTable>
      <MoreButton list={list} arrived={(index) => focusRow(body, index)} />
    </>
  )
}

/** The same for rows that are all there already and would be a long page; keyed by `rows`. */
export function LongTable<Item>(props: TableProps<Item> & { rows: readonly Item[] }) {
  return (
    <Show when={props.rows} keyed>
      {(rows) => (
        <PagedTable {...props} first={pageOf(rows, '0')} load={(cursor) => Promise.resolve(pageOf(rows, cursor))} />
      )}
    </Show>
  )
}
