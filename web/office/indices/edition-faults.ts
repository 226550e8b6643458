import { own } from '../lib/locale.ts'
import type { IndexDefinition } from './types.ts'
import { say, sayIf } from './words.ts'

type Issue = { path: string; code: string }

/** The place of a fault inside the definition, as the server names it with or without `definition.` in front. */
export const placeOf = ({ path }: Issue): string => path.replace(/^definition\.?/, '')

/** The row that a place lies in: `nodes.3.weight` is the node with number 3. */
export function rowOf(place: string): { list: 'nodes' | 'indicators'; at: number; field: string } | null {
  const found = /^(nodes|indicators)\.(\d+)(?:\.(.+))?$/.exec(place)
  return found === null
    ? null
    : { list: found[1] as 'nodes' | 'indicators', at: Number(found[2]), field: found[3] ?? '' }
}

/** What is wrong, where: the row by its name, the field as the definition calls it, and the fault in words. */
export function faultSentence(issue: Issue, definition: IndexDefinition): string {
  const place = placeOf(issue)
  const row = rowOf(place)
  const label = row === null ? undefined : definition[row.list][row.at]?.label
  const what = sayIf(`fault.${issue.code}`) ?? issue.code
  return label === undefined
    ? say('fault.at', { place: place === '' ? say('fault.whole') : place, what })
    : say('fault.atRow', { name: own(label), place, what })
}
