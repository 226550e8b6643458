import { createMemo, createSignal } from 'solid-js'
import { askedSections, type AskedSection } from '../../api/core/questionnaire/asked.ts'
import type { SurveyAnswer } from '../../api/core/questionnaire/definition.ts'
import { soundAnswers } from '../../api/core/questionnaire/sendable.ts'
import type { Locale } from '../i18n/i18n.ts'
import { language } from '../i18n/speaking.ts'
import { keepPage } from '../offline/keep-page.ts'
import { createSender, type SenderPhase } from '../offline/sender.ts'
import { localStore } from '../offline/store.ts'
import { browserParts, createVisit, nowIso } from '../offline/visit.ts'
import {
  completed,
  endOf,
  isAnswerable,
  newSurveyDraft,
  reconciled,
  type SurveyDraft,
  type SurveyEnd,
  surveyRules,
  unsentCount,
  withAnswer,
} from './draft.ts'
import { newId } from './new-id.ts'
import { contextOf, type Survey } from './survey.ts'
import { getSurvey, postAnswers } from './wire.ts'
import { setLanguage } from './words.ts'

/** How far opening the survey got. `kept`: what is shown comes from this device; the server has not answered, or not yet. */
export type Opening = 'loading' | 'ready' | 'kept' | 'fault' | SurveyEnd

const PREFIX = 'lang-nghe.survey.'
const FORM_PREFIX = 'lang-nghe.survey-form.'
// Choices in quick succession become one revision, and the pause grows where somebody changes much: revisions are limited.
const PAUSES_MS = [900, 3_000, 10_000, 20_000]
const REVISIONS_PER_PAUSE = 45
const TEXT_PAUSE_MS = 2_500

const randomId = (): string => newId(crypto.getRandomValues(new Uint8Array(16)))

/** Everything the page of a survey knows and does for one token; the components only show it. */
export function createSurveySession(token: string) {
  const store = localStore<SurveyDraft>(PREFIX, token)
  const forms = localStore<{ format: 1; token: string; survey: Survey }>(FORM_PREFIX, token)
  const [opening, setOpening] = createSignal<Opening>('loading')
  const [survey, setSurvey] = createSignal<Survey | null>(null)
  const [draft, setDraft] = createSignal<SurveyDraft | null>(null)
  const [page, setPage] = createSignal<string | null>(null)
  const [phase, setPhase] = createSignal<SenderPhase>('resting')
  const [lasting, setLasting] = createSignal(true)

  const keepForm = (open: Survey) => forms.write({ format: 1, token, survey: { ...open, answer: null } })
  /** Nothing is written to the device before the first answer: opening the page leaves no trace. */
  const keep = (next: SurveyDraft) => {
    const isKept = store.read() !== null
    if (isKept || Object.keys(next.answers).length > 0 || next.cleared.length > 0) {
      const open = survey()
      if (!isKept && open !== null) keepForm(open)
      store.write(next)
    }
    setLasting(store.isLasting())
    setDraft(next)
  }
  const refresh = () => {
    const kept = store.read()
    if (kept === null) return
    if (kept.state === 'complete' && Object.keys(kept.answers).length > 0) {
      forms.write(null)
      keep(completed(kept))
    } else setDraft(kept)
  }

  const sender = createSender({
    store,
    rules: surveyRules(survey, randomId),
    post: postAnswers,
    look: () => getSurvey(token),
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

  const take = (seen: Survey) => {
    setSurvey(seen)
    const kept = store.read()
    if (kept === null) {
      const before = draft() ?? newSurveyDraft(token, randomId(), language(), nowIso())
      setDraft(reconciled(before, seen))
    } else {
      setLanguage(kept.language)
      if (opening() === 'loading') setPage(kept.page)
      if (kept.state !== 'complete') keepForm(seen)
      keep(reconciled(kept, seen))
    }
    setOpening('ready')
    keepPage('/survey-worker.js', '/s/')
    sender.send(0)
  }

  /** What this device has is shown at once; what the server says comes on top of it. */
  function showKept(): boolean {
    const kept = store.read()
    const form = forms.read()
    if (kept === null || form === null) return false
    setLanguage(kept.language)
    setSurvey(form.survey)
    setDraft(kept)
    if (opening() === 'loading') setPage(kept.page)
    setOpening('kept')
    return true
  }

  async function open(): Promise<void> {
    visit.begins()
    if (opening() === 'loading') showKept()
    const reply = await getSurvey(token)
    if (reply.kind === 'ok') {
      // Who typed a code goes on under the link of the same case, so that both lead to one draft on a device.
      if (reply.body.token !== undefined) return location.replace(`/s/${reply.body.token}`)
      return take(reply.body)
    }
    if (reply.kind === 'problem') {
      if (reply.code === 'rating_code') return location.replace(`/r/${token}`)
      return void setOpening(endOf(reply) ?? 'unknown')
    }
    if (showKept()) return sender.send(0)
    setOpening('fault')
    visit.failed(reply)
  }

  /** The draft as it is now: another tab may have written since this one looked. */
  const current = (): SurveyDraft | null => store.read() ?? draft()

  function answer(key: string, said: SurveyAnswer | null, isText = false): void {
    const before = current()
    const open = survey()
    if (before === null || open === null || !isAnswerable(before)) return
    keep(withAnswer(before, open, { key, answer: said, spentMs: visit.spentMs() }))
    const pause = PAUSES_MS[Math.floor(before.revision / REVISIONS_PER_PAUSE)] ?? PAUSES_MS.at(-1) ?? 0
    sender.send(before.revision === 0 && !isText ? 0 : isText ? Math.max(pause, TEXT_PAUSE_MS) : pause)
  }

  function go(to: string | null): void {
    setPage(to)
    const before = current()
    if (before !== null) keep({ ...before, page: to })
    // What was written in a field waits no longer; without a network, pressing on would only lengthen the pauses.
    if (phase() === 'resting') sender.send(0)
  }

  function finish(): void {
    const before = current()
    if (before === null || !isAnswerable(before)) return
    keep({ ...before, finished: true })
    sender.send(0)
  }

  function speak(next: Locale): void {
    setLanguage(next)
    const before = current()
    if (before !== null) keep({ ...before, language: next })
  }

  /** Drops everything of this token from the device. */
  function forget(): void {
    store.write(null)
    forms.write(null)
    setDraft(null)
  }

  void open()

  const unsent = createMemo(() => {
    const [now, of] = [draft(), survey()]
    return now === null || of === null ? 0 : unsentCount(now, of)
  })
  /** What is asked now: skip logic by the same code as on the server, over answers that are in form. */
  const pages = createMemo((): AskedSection[] => {
    const [now, of] = [draft(), survey()]
    if (now === null || of === null) return []
    const { definition } = of.questionnaire
    return askedSections(definition, soundAnswers(definition, now.answers, contextOf(of)))
  })

  return {
    opening,
    survey,
    draft,
    page,
    pages,
    phase,
    lasting,
    unsent,
    hasSaved: () => (draft()?.revision ?? 0) > 0 && draft()?.pending === null,
    answer,
    go,
    finish,
    speak,
    forget,
    retry: visit.wake,
    reopen: () => void open(),
    delay: visit.delay,
  }
}

export type SurveySession = ReturnType<typeof createSurveySession>
