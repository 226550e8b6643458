import { createMemo, Show } from 'solid-js'
import type { RatingSession } from './session.ts'
import { t } from './words.ts'

/**
 * Whether the answers have arrived. Sighted people see every step; the live region speaks only when it settles, not at
 * each "saving".
 */
export function Status(props: { session: RatingSession }) {
  // A try in between does not take the button away from under the finger.
  const isWaiting = createMemo((before: boolean): boolean => {
    const phase = props.session.phase()
    return props.session.unsent() > 0 && (phase === 'waiting' || (before && phase === 'sending'))
  }, false)
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
          {props.session.phase() === 'sending' ? t('sending') : t('retry')}
        </button>
      </Show>
    </div>
  )
}
