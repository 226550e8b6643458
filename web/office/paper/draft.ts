import type { SurveyAnswers } from '../../../api/core/questionnaire/definition.ts'
import { forgetAll, localStore } from '../../offline/store.ts'
import type { PaperPass } from '../api/paper.ts'

/** What was typed of a pass and not saved: answers alone, under ids, with nothing that names a firm or a household. */
interface TypedDraft {
  readonly format: 1
  readonly token: string
  readonly answers: SurveyAnswers
  /** The question that is shown, counted from 0. */
  readonly at: number
  /** When the saved pass was typed that this goes on from; null: there was none. */
  readonly basedOn: string | null
  readonly keptAt: number
}

/** A form that lies unfinished for so long is typed anew; whoever types next in this browser clears it away. */
const KEPT_MS = 14 * 86_400_000
const PREFIX = 'lang-nghe.paper.'
const ofTypist = (typist: string): string => `${PREFIX}${typist}.`

/** Keeps what somebody types of a pass in this browser until it is saved, so that a closed tab or a lost session loses nothing. */
export function createTypedDraft(typist: string, { campaign, case: one, pass, passes }: PaperPass, now = Date.now) {
  const token = `${campaign.id}.${one.id}.${pass}`
  const store = localStore<TypedDraft>(ofTypist(typist), token)
  forgetAll(PREFIX, (text) => !(now() - keptAt(text) < KEPT_MS))
  const basedOn = passes.find((line) => line.pass === pass)?.enteredAt ?? null
  return {
    read: (): Pick<TypedDraft, 'answers' | 'at'> | null => {
      const kept = store.read()
      if (kept === null || kept.basedOn === basedOn) return kept
      store.write(null)
      return null
    },
    keep: (answers: SurveyAnswers, at: number): void =>
      store.write({ format: 1, token, answers, at, basedOn, keptAt: now() }),
    forget: (): void => store.write(null),
  }
}

function keptAt(text: string): number {
  try {
    return (JSON.parse(text) as Partial<TypedDraft>).keptAt ?? 0
  } catch {
    return 0
  }
}

/** Forgets all that somebody has typed in this browser and not saved. */
export const forgetTypedDrafts = (typist: string): void => forgetAll(ofTypist(typist))
