import { favourableOptions } from '../../../api/core/instrument/favourable.ts'
import {
  itemsFor,
  itemsOf,
  type Applicant,
  type Instrument,
  type Rates,
} from '../../../api/core/instrument/definition.ts'
import { cumulative } from './random.ts'
import { ITEM_SHARES, type ItemShares } from './shares.ts'

/** An item that is answered by choosing, ready for drawing answers. */
export interface SampleItem {
  readonly code: string
  readonly rates: Rates
  readonly shares: ItemShares
  readonly optionCodes: readonly string[]
  readonly favourable: readonly number[]
  readonly unfavourable: readonly number[]
  readonly goodSums: Float64Array
  readonly badSums: Float64Array
}

/** The questionnaire as the sample answers it: items by place, and per block what is shown first and on request. */
export interface SampleInstrument {
  readonly items: readonly SampleItem[]
  readonly overall: number
  /** Rotation sets as places of items. */
  readonly sets: Readonly<Record<'citizen' | 'business', readonly (readonly number[])[]>>
  /** All items of a block. */
  readonly blocks: Readonly<Record<'citizen' | 'business', readonly number[]>>
}

/** Prepares a questionnaire. @throws RangeError for an item whose answers the sample has no shares for */
export function sampleInstrument(definition: Instrument): SampleInstrument {
  const items = itemsOf(definition)
    .filter((item) => item.type === 'single')
    .map((item): SampleItem => {
      const shares = ITEM_SHARES[item.code]
      if (!shares) throw new RangeError(`the sample knows no shares for item ${item.code}`)
      const favourable = favourableOptions(item)
      const unfavourable = item.options.map((_, place) => place).filter((place) => !favourable.includes(place))
      return {
        code: item.code,
        rates: item.rates,
        shares,
        optionCodes: item.options.map((option) => option.code),
        favourable,
        unfavourable,
        goodSums: cumulative(shares.good ?? favourable.map(() => 1)),
        badSums: cumulative(shares.bad ?? unfavourable.map(() => 1)),
      }
    })
  const place = new Map(items.map((item, index) => [item.code, index]))
  const places = (codes: readonly string[]) => codes.flatMap((code) => place.get(code) ?? [])
  const overall = place.get('OVERALL') ?? 0
  const block = (applicant: Applicant) =>
    places(itemsFor(definition, applicant).map((item) => item.code)).filter((index) => index !== overall)
  return {
    items,
    overall,
    sets: { citizen: definition.rotation.citizen.map(places), business: definition.rotation.business.map(places) },
    blocks: { citizen: block('citizen'), business: block('business') },
  }
}
