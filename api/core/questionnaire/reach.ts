import type { Condition } from './condition.ts'
import type { Questionnaire } from './definition.ts'
import type { QuestionnaireFault } from './faults.ts'
import { layoutOf, leavesOf, type Leaf, type Place } from './layout.ts'
import { possible } from './possible.ts'

/** Combinations of answers tried for one questionnaire: some tenths of a second. Shipped ones need a few hundred. */
const TRIES_MAX = 100_000

/**
 * What can never happen, whatever is answered. `unreachable`: a section, item or row that nobody is ever asked, reported once
 * at the outermost. `dead_option`: a condition names an option that nobody can have chosen where the condition is read, so it
 * might as well not be there. `dead_comparison`: the same of a range, or of being answered. `always_asked` (a note): a condition
 * that never keeps anybody away. `not_decided` (a note): too many combinations to say.
 *
 * Only for questionnaires whose conditions have no fault by themselves.
 */
export function reachFaults(questionnaire: Questionnaire): QuestionnaireFault[] {
  const layout = layoutOf(questionnaire)
  const budget = { tries: TRIES_MAX }
  const closed: string[] = []
  return layout.places.flatMap((place): QuestionnaireFault[] => {
    if (closed.some((path) => place.path.startsWith(`${path}.`))) return []
    const { own, above, path } = place
    const subject = place.code
    const can = (conditions: readonly Condition[]) => possible(layout, conditions, place, budget)
    const reached = can(own === undefined ? above : [...above, own])
    if (reached === false) {
      closed.push(path)
      return [{ path, code: 'unreachable', subject }]
    }
    if (own === undefined) return []
    if (reached === null) return [{ path: `${path}.when`, code: 'not_decided', subject, note: true }]
    const dead = leavesOf(own, `${path}.when`).flatMap((one) => deadParts(one.path, one.leaf, above, can))
    const isIdle = can([...above, { not: own }]) === false
    return isIdle ? [...dead, { path: `${path}.when`, code: 'always_asked', subject, note: true }] : dead
  })
}

function deadParts(
  path: string,
  leaf: Leaf,
  above: Place['above'],
  can: (conditions: readonly Condition[]) => boolean | null,
): QuestionnaireFault[] {
  if (!('is' in leaf))
    return can([...above, leaf]) === false ? [{ path, code: 'dead_comparison', subject: leaf.item }] : []
  return leaf.is.flatMap((code, i): QuestionnaireFault[] =>
    can([...above, { item: leaf.item, is: [code] }]) === false
      ? [{ path: `${path}.is.${i}`, code: 'dead_option', subject: code }]
      : [],
  )
}
