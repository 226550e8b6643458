import type { Instrument } from '../../../api/core/instrument/definition.ts'
import { pairItems, type PairItem } from '../../../api/core/instrument/pairs.ts'
import type { SampleInstrument } from './items.ts'

/** A joint item, found by the place of its second item. */
export type JointMark = PairItem | undefined

/** Joint items by the places of both of their items: `joint[a][b]`. */
export function jointMarks(definition: Instrument, instrument: SampleInstrument): JointMark[][] {
  const place = (code: string) => instrument.items.findIndex((item) => item.code === code)
  const table: JointMark[][] = instrument.items.map(() => [])
  for (const pair of pairItems(definition)) {
    const row = table[place(pair.a)]
    if (row) row[place(pair.b)] = pair
  }
  return table
}
