import { createMemo, Show } from 'solid-js'
import type { CaseSession } from './case-session.ts'
import { t } from './words.ts'

/** Whether the last answer is on the tablet's disk. Sighted people see every step; the live region speaks when it settles. */
export function KeptStatus(props: { session: CaseSession }) {
  const state = () => props.session.keeping()
  const settled = createMemo((before: string): string => {
    if (state() === 'keeping') return before
    return state() === 'kept' ? t('saved') : state() === 'failed' ? t('unsaved') : ''
  }, '')
  return (
    <div
      class="status"
      data-waiting={state() === 'failed' ? '' : undefined}
      data-empty={state() === 'idle' ? '' : undefined}
    >
      <p role="status" class={state() === 'keeping' ? 'visually-hidden' : undefined}>
        {settled()}
      </p>
      <Show when={state() === 'keeping'}>
        <p aria-hidden="true">{t('saving')}</p>
      </Show>
      <Show when={state() === 'failed'}>
        <button type="button" class="button" onClick={() => props.session.retry()}>
          {t('retry')}
        </button>
      </Show>
    </div>
  )
}
