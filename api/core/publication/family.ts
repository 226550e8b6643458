import { BUSINESS_ITEMS, QUALITY_ITEMS, TT01_ITEMS } from '../figures/composite.ts'
import type { FigureCode } from '../figures/figure.ts'
import type { PapiGroup } from '../figures/unit-figures.ts'
import type { Instrument } from '../instrument/definition.ts'
import { pairItems } from '../instrument/pairs.ts'

/**
 * Figures made of the same answers. They are published, carried on or withheld together: a composite of which one item
 * were older than another would be nobody's result.
 */
export interface Family {
  readonly code: FamilyCode
  readonly items: readonly string[]
  /** Only procedures of this PAPI group. */
  readonly group: PapiGroup | null
  readonly figures: readonly FigureCode[]
}
export type FamilyCode = 'overall' | 'tt01' | 'quality_5_1' | 'quality_5_3' | 'quality_5_4' | 'business'

export const FAMILIES: readonly Family[] = [
  {
    code: 'overall',
    items: ['OVERALL'],
    group: null,
    figures: ['satisfaction', 'qd766_5_4_union', 'qd766_5_4_sum'],
  },
  { code: 'tt01', items: TT01_ITEMS, group: null, figures: ['tt01_subtotal', 'tt01_grade'] },
  { code: 'quality_5_1', items: QUALITY_ITEMS, group: '5.1', figures: ['papi_like_5_1'] },
  { code: 'quality_5_3', items: QUALITY_ITEMS, group: '5.3', figures: ['papi_like_5_3'] },
  { code: 'quality_5_4', items: QUALITY_ITEMS, group: '5.4', figures: ['papi_like_5_4'] },
  { code: 'business', items: BUSINESS_ITEMS, group: null, figures: ['pci_like'] },
]

/** The families whose parts add up to the dimension. */
export const QUALITY_FAMILIES = FAMILIES.filter((family) => family.group !== null)

/** Items of a family with the joint items that its intervals need. */
export function countedItems(definition: Instrument, family: Family): string[] {
  const inside = new Set<string>(family.items)
  const pairs = pairItems(definition).filter((pair) => inside.has(pair.a) && inside.has(pair.b))
  return [...family.items, ...pairs.map((pair) => pair.code)]
}
