import { createMemo, createSignal } from 'solid-js'
import type { Answer } from '../../api/core/instrument/answers.ts'
import type { Language } from '../../api/core/instrument/definition.ts'
import type { Draft, Invitation, Respondent } from '../offline/draft.ts'
import { newDraft, ratingRules, receiptOnly, reconciled, unsentCount, withAnswer } from '../offline/draft.ts'
import { newSecret } from '../offline/receipt.ts'
import { keepPage } from '../offline/keep-page.ts'
import { BUSY, createSender, type SenderPhase } from '../offline/sender.ts'
import { language } from '../i18n/speaking.ts'
import { localStore, RATING } from '../offline/store.ts'
import { browserParts, createVisit, nowIso } from '../offline/visit.ts'
import { getInvitation, postRevision } from './wire.ts'
import { setLanguage } from './words.ts'

/** How far opening the invitation got. `kept`: what is shown comes from this device; the server has not answered, or not yet. */
export type Opening = 'loading' | 'ready' | 'kept' | 'unknown' | 'expired' | 'fault'

// Taps in quick succession become one revision; writing a comment waits a little longer.
const TAP_PAUSE_MS = 900
const TEXT_PAUSE_MS = 2_500

const randomSecret = (): string => newSecret(crypto.getRandomValues(new Uint8Array(20)))

/** Everything the rating page knows and does for one token; the components only show it. */
export function createRatingSession(token: string) {
  const store = localStore<Draft>(RATING, token)
  const [opening, setOpening] = createSignal<Opening>('loading')
  const [draft, setDraft] = createSignal<Draft | null>(null)
  const [phase, setPhase] = createSignal<SenderPhase>('resting')
  const [lasting, setLasting] = createSignal(true)

  /** Nothing is written to the device before the first answer: opening the page leaves no trace. */
  const keep = (next: Draft) => {
    store.write(next)
    setLasting(store.isLasting())
    setDraft(next)
  }
  const refresh = () => {
    const kept = store.read()
    if (kept === null) return
    if (kept.state === 'complete' && Object.keys(kept.answers).length > 0) keep(receiptOnly(kept))
    else setDraft(kept)
  }

  const sender = createSender({
    store,
    rules: ratingRules(randomSecret),
    post: postRevision,
    look: () => getInvitation(token),
    ...browserParts,
    onChange: (next) => {
      setPhase(next)
      refresh()
    },
  })

  const visit = createVisit({
    opening,
    open: () => void open(),
    send: () => sender.send(0),
    store,
    refresh,
  })

  const take = (invitation: Invitation) => {
    const kept = store.read()
    if (kept === null)
      setDraft(reconciled(newDraft(invitation, token, randomSecret(), language(), nowIso()), invitation))
    else {
      setLanguage(kept.language)
      keep(reconciled(kept, invitation))
    }
    setOpening('ready')
    keepPage('/rate-worker.js', '/r/')
    sender.send(0)
  }

  /** What this device has is shown at once; what the server says comes on top of it. */
  function showKept(): boolean {
    const kept = store.read()
    if (kept === null || kept.invitation === null) return false
    setLanguage(kept.language)
    setDraft(kept)
    setOpening('kept')
    return true
  }

  async function open(): Promise<void> {
    visit.begins()
    if (opening() === 'loading') showKept()
    const reply = await getInvitation(token)
    if (reply.kind === 'ok') return take(reply.body)
    if (reply.kind === 'problem') {
      // the typed code of a survey: its page is another
      if (reply.code === 'survey_code') return location.replace(`/s/${token}`)
      if (reply.status === 410) {
        store.write(null)
        return void setOpening('expired')
      }
      if (reply.status === 404 || reply.status === 422) return void setOpening('unknown')
    }
    if (showKept()) return sender.send(0)
    setOpening('fault')
    visit.failed(reply.kind === 'problem' ? BUSY : reply)
  }

  /** The draft as it is now: another tab may have written since this one looked. */
  const current = (): Draft | null => store.read() ?? draft()

  function answer(item: string, value: Answer | null, isText = false): void {
    const before = current()
    if (before === null) return
    keep(withAnswer(before, item, value, visit.spentMs()))
    sender.send(before.revision === 0 ? 0 : isText ? TEXT_PAUSE_MS : TAP_PAUSE_MS)
  }

  function answerFor(respondent: Respondent): void {
    const before = current()
    if (before !== null && !before.finished) keep({ ...before, respondent })
  }

  function finish(): void {
    const before = current()
    if (before === null || Object.keys(before.answers).length === 0) return
    keep({ ...before, finished: true })
    sender.send(0)
  }

  function speak(next: Language): void {
    setLanguage(next)
    const before = draft()
    if (before === null) return
    const changed = { ...(store.read() ?? before), language: next }
    if (store.read() === null) setDraft(changed)
    else keep(changed)
  }

  /** Drops the receipt and everything else of this token from the device; the page goes on showing what it showed. */
  function forget(): void {
    store.write(null)
  }

  void open()

  const unsent = createMemo(() => {
    const now = draft()
    return now === null ? 0 : unsentCount(now)
  })
  const hasSaved = (): boolean => draft()?.state === 'partial'

  return {
    opening,
    draft,
    phase,
    lasting,
    unsent,
    hasSaved,
    answer,
    answerFor,
    finish,
    speak,
    forget,
    retry: visit.wake,
    reopen: () => void open(),
    delay: visit.delay,
  }
}

export type RatingSession = ReturnType<typeof createRatingSession>
