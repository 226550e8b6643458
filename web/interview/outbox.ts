import { sendableAnswers } from '../../api/core/questionnaire/sendable.ts'
import { differing } from '../offline/draft.ts'
import { contextOf, type Survey } from '../survey/survey.ts'
import type { Disposition, Draft, Item, Kept, Outcome } from './kept.ts'

/** The server takes 50 items and 1 MiB; a slow line should get through with less. */
export const BATCH_MAX = 10
const BATCH_LETTERS = 100_000

/** What is to be made an item of. */
export interface Happening {
  readonly case: number
  readonly now: string
  /** The next free number. */
  readonly seq: number
  /** Earlier items of the case. */
  readonly items: readonly Kept[]
  readonly disposition: Disposition | null
  readonly interview: { readonly draft: Draft; readonly survey: Survey } | null
}

/**
 * What happened at a case as a numbered item; null when there is nothing to tell. An answer is told again only when it has changed. What
 * the server has refused is told anew under its old number, since that number is still free there.
 */
export function itemOf({ case: id, now, seq, items, disposition, interview }: Happening): Kept | null {
  const answer = interview && answerOf(interview.draft, interview.survey, items)
  if (answer === null && disposition === null) return null
  const refused = answer && items.find((one) => one.outcome?.status === 'refused' && one.item?.answer)
  const item: Item = {
    seq: refused?.seq ?? seq,
    case: id,
    answer: answer && { ...answer, revision: refused?.answer?.revision ?? answer.revision },
    disposition: disposition ?? refused?.disposition ?? null,
    startedAt: interview !== null && answer !== null ? interview.draft.startedAt : now,
    endedAt: now,
  }
  return {
    seq: item.seq,
    case: id,
    item,
    answer: item.answer && { id: item.answer.id, revision: item.answer.revision, complete: item.answer.complete },
    changes: answer === null ? 0 : (interview?.draft.changes ?? 0),
    disposition: item.disposition,
    at: now,
    outcome: null,
  }
}

function answerOf(draft: Draft, survey: Survey, items: readonly Kept[]): Item['answer'] {
  const answers = sendableAnswers(survey.questionnaire.definition, draft.answers, contextOf(survey))
  if (Object.keys(answers).length === 0) return null
  const before = items.filter(({ answer }) => answer?.id === draft.id)
  const highest = Math.max(0, ...before.map(({ answer }) => answer?.revision ?? 0))
  const last = before.find(({ answer }) => answer?.revision === highest)
  const isSame =
    last?.answer?.complete === draft.finished && differing(last.item?.answer?.answers ?? {}, answers).length === 0
  if (isSame) return null
  const { code, version } = survey.questionnaire
  return {
    id: draft.id,
    revision: highest + 1,
    questionnaire: { code, version },
    answers,
    complete: draft.finished,
    language: draft.language,
    itemMs: Object.fromEntries(Object.entries(draft.itemMs).filter(([key]) => Object.hasOwn(answers, key))),
  }
}

/** Whether an item has no receipt yet. */
export function waits({ item, outcome }: Kept): boolean {
  return item !== null && (outcome === null || outcome.status === 'refused')
}

/** As many of the items that wait as travel at once, the oldest first; `most` of them, and one however long it is. */
export function batchOf(waiting: readonly Kept[], most: number = BATCH_MAX): Item[] {
  const batch: Item[] = []
  let letters = 0
  for (const { item } of waiting) {
    if (item === null) continue
    letters += JSON.stringify(item).length
    if (batch.length === most || (batch.length > 0 && letters > BATCH_LETTERS)) break
    batch.push(item)
  }
  return batch
}

/**
 * An item with what the server said of it. Its content goes with the receipt unless an interview goes on, which is compared with it.
 * Under a number that holds something else (a tablet that was restored) it is to be sent with another; the caller gives `free`.
 */
export function received(kept: Kept, outcome: Outcome, free: number): Kept {
  if (outcome.status === 'refused' && outcome.code === 'id_taken' && kept.item !== null)
    return { ...kept, seq: free, item: { ...kept.item, seq: free }, outcome: null }
  const goesOn = kept.answer !== null && !kept.answer.complete
  const stays = outcome.status === 'refused' || goesOn
  return { ...kept, outcome, item: stays ? kept.item : null }
}
