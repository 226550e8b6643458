import { createMemo, Show } from 'solid-js'
import type { Params } from '../i18n/i18n.ts'
import type { SenderPhase } from '../offline/sender.ts'

/** What a form knows of its way to the server. */
export interface Sending {
  readonly phase: () => SenderPhase
  /** How many answers are only on this device. */
  readonly unsent: () => number
  /** Whether this device keeps what is not sent. */
  readonly lasting: () => boolean
  readonly hasSaved: () => boolean
  readonly retry: () => void
}
type Word = 'refused' | 'unsent' | 'held' | 'unsentMemory' | 'saved' | 'saving' | 'sending' | 'retry'

/**
 * Whether the answers have arrived. Sighted people see every step; the live region speaks only when it settles, not at
 * each "saving".
 */
export function SendingStatus(props: { sending: Sending; t: (word: Word, params?: Params) => string }) {
  // neither changes while the page is open
  const { t } = props
  const { phase, unsent, lasting, hasSaved, retry } = props.sending
  // A try in between does not take the button away from under the finger.
  const isWaiting = createMemo((before: boolean): boolean => {
    return unsent() > 0 && (['waiting', 'held'].includes(phase()) || (before && phase() === 'sending'))
  }, false)
  const isHeld = createMemo((before: boolean): boolean => (phase() === 'sending' ? before : phase() === 'held'), false)
  const settled = createMemo((before: string): string => {
    if (phase() === 'refused') return t('refused')
    if (isWaiting()) return t(!lasting() ? 'unsentMemory' : isHeld() ? 'held' : 'unsent', { n: unsent() })
    if (unsent() > 0) return before
    return hasSaved() ? t('saved') : ''
  }, '')
  const isSaving = () => unsent() > 0 && !isWaiting() && phase() !== 'refused'
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
        <button type="button" class="button" onClick={() => retry()}>
          {t(phase() === 'sending' ? 'sending' : 'retry')}
        </button>
      </Show>
    </div>
  )
}
