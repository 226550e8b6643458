import { createMemo, Show } from 'solid-js'
import type { RatingSession } from './session.ts'
import { t } from './words.ts'

/**
 * Whether the answers have arrived. Sighted people see every step; the live region speaks only when it settles, not at
 * each "saving".
 */
export function Status(props: { session: RatingSession }) {
  const isWaiting = () => props.session.phase() === 'waiting' && props.session.unsent() > 0
  const settled = createMemo((before: string): string => {
    const { phase, unsent, lasting, draft } = props.session
    if (phase() === 'refused') return t('refused')
    if (isWaiting()) return t(lasting() ? 'unsent' : 'unsentMemory', { n: unsent() })
    if (unsent() > 0) return before
    return Object.keys(draft()?.saved ?? {}).length > 0 ? t('saved') : ''
  }, '')
  const isSaving = () => props.session.unsent() > 0 && !isWaiting() && props.session.phase() !== 'refused'
  return (
    <div
      class="status"
      data-waiting={isWaiting() ? '' : undefined}
      data-empty={settled() === '' && !isSaving() ? '' : undefined}
    >
      <p role="status" class={isSaving() ? 'visually-hidden' : undefined}>
        {settled()}
      </p>
      <Show when={isSaving()}>
        <p aria-hidden="true">{t('saving')}</p>
      </Show>
      <Show when={isWaiting()}>
        <button type="button" class="button" onClick={() => props.session.retry()}>
          {t('retry')}
        </button>
      </Show>
    </div>
  )
}
