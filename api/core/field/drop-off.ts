import { publish } from '../disclosure/publish.ts'
import { codeOf } from '../questionnaire/parts.ts'
import type { Estimate } from '../stats/estimate.ts'
import { wilson } from '../stats/wilson.ts'
import type { Question } from './progress.ts'

/** How many went no further than a question, of those who got to it, under the display rule. */
export interface DropOff {
  readonly code: string
  readonly section: string
  readonly stopped: Estimate
}

/**
 * Where answers stop. Whoever has answered a question, or a later one, got to it; whoever has answered none later, and has not
 * finished, stopped there. Answers that are being written just now are among them.
 * @param complete finished answers
 * @param last unfinished answers by their last answered question, `ITEM` or `ITEM@unit`
 */
export function dropOff(
  questions: readonly Question[],
  complete: number,
  last: readonly { readonly key: string; readonly answers: number }[],
): DropOff[] {
  const stopped = new Map<string, number>()
  for (const { key, answers } of last) stopped.set(codeOf(key), (stopped.get(codeOf(key)) ?? 0) + answers)
  let reached = complete
  const rows = questions.toReversed().map(({ code, section }) => {
    const here = stopped.get(code) ?? 0
    reached += here
    return { code, section, stopped: publish(wilson(here, reached)).estimate }
  })
  return rows.toReversed()
}
