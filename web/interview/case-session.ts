import { createMemo, createSignal, onCleanup } from 'solid-js'
import { askedSections, type AskedSection } from '../../api/core/questionnaire/asked.ts'
import type { SurveyAnswer } from '../../api/core/questionnaire/definition.ts'
import { soundAnswers } from '../../api/core/questionnaire/sendable.ts'
import { language } from '../i18n/speaking.ts'
import type { Answering } from '../survey/answering.ts'
import { newSurveyDraft, withAnswer } from '../survey/draft.ts'
import { contextOf, type Survey } from '../survey/survey.ts'
import type { Draft } from './kept.ts'
import { randomId } from './records.ts'
import { nowIso } from './sync.ts'

/** Whether the answers so far are on the tablet's disk. */
export type Keeping = 'idle' | 'keeping' | 'kept' | 'failed'
export type CaseSession = Answering & { readonly keeping: () => Keeping; readonly retry: () => void }

/** One interview: answers are written to the tablet one after the other as they come, the newest in the place of those that wait. */
export function createCaseSession(given: {
  readonly case: number
  readonly survey: Survey
  readonly draft: Draft | undefined
  /** Goes on where the interview was when the tablet went out. */
  readonly isResumed: boolean
  readonly keep: (draft: Draft) => Promise<void>
}): CaseSession {
  const { survey } = given
  const { definition } = survey.questionnaire
  const context = contextOf(survey)
  const fresh = (): Draft => ({ ...newSurveyDraft('', randomId(), language(), nowIso()), case: given.case, changes: 0 })
  const [draft, setDraft] = createSignal<Draft>({ ...(given.draft ?? fresh()), finished: false })
  const [page, setPage] = createSignal<string | null>(given.isResumed ? (given.draft?.page ?? null) : null)
  const [keeping, setKeeping] = createSignal<Keeping>('idle')
  let isDirty = false
  let isWriting = false
  let lastTouchAt = performance.now()

  async function write(): Promise<void> {
    if (isWriting) return
    isWriting = true
    setKeeping('keeping')
    try {
      while (isDirty) {
        isDirty = false
        await given.keep(draft())
      }
      setKeeping('kept')
    } catch {
      isDirty = true
      setKeeping('failed')
    } finally {
      isWriting = false
    }
  }
  const keep = (next: Draft) => {
    setDraft(next)
    isDirty = true
    void write()
  }
  const spentMs = (): number => {
    const since = performance.now() - lastTouchAt
    lastTouchAt = performance.now()
    return since
  }
  // time in another app is not time spent on a question
  const touch = () => (lastTouchAt = performance.now())
  document.addEventListener('visibilitychange', touch)
  onCleanup(() => document.removeEventListener('visibilitychange', touch))

  /** What is asked now: skip logic by the same code as on the server, over answers that are in form. */
  const pages = createMemo((): AskedSection[] =>
    askedSections(definition, soundAnswers(definition, draft().answers, context)),
  )
  return {
    draft,
    page,
    pages,
    keeping,
    retry: () => void write(),
    answer: (key: string, said: SurveyAnswer | null) => {
      const before = draft()
      const first = Object.keys(before.answers).length === 0 ? { startedAt: nowIso() } : {}
      const next = withAnswer(before, survey, { key, answer: said, spentMs: spentMs() })
      keep({ ...next, ...first, case: given.case, changes: before.changes + 1, language: language() })
    },
    go: (to) => {
      setPage(to)
      // opening a case leaves no trace; only answers do
      if (Object.keys(draft().answers).length > 0) keep({ ...draft(), page: to })
    },
    finish: () => {
      keep({ ...draft(), finished: true, language: language() })
    },
  }
}
