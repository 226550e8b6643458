import { Show } from 'solid-js'
import { t } from '../lib/locale.ts'
import { ErrorNotice } from './error-notice.tsx'

type Paged = {
  next: () => string | null
  busy: () => boolean
  failure: () => unknown
  more: () => Promise<number | null>
}

/** "Xem thêm": loads the next page and hands the index of its first row to `arrived`, which moves the focus there. */
export function MoreButton(props: { list: Paged; arrived: (index: number) => void }) {
  const press = async () => {
    const index = await props.list.more()
    if (index !== null) props.arrived(index)
  }
  return (
    <>
      <Show when={props.list.failure()}>{(failure) => <ErrorNotice error={failure()} />}</Show>
      <Show when={props.list.next() !== null}>
        <p class="more">
          <button
            type="button"
            class="button"
            data-kind="quiet"
            aria-disabled={props.list.busy()}
            onClick={() => void press()}
          >
            {props.list.busy() ? t('app.loading') : t('app.more')}
          </button>
        </p>
      </Show>
    </>
  )
}

/** Moves the focus to the row of that index inside a list or table body. */
export function focusRow(parent: HTMLElement | undefined, index: number): void {
  const row = parent?.children[index]
  if (row instanceof HTMLElement) {
    row.tabIndex = -1
    row.focus()
  }
}
