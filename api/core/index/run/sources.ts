import { MIN_SHOW } from '../../disclosure/thresholds.ts'
import { findItem, type Instrument, type InstrumentItem } from '../../instrument/definition.ts'
import type { IndexDefinition, IndexIndicator, Statistic } from '../definition.ts'
import { optionValues } from '../estimate/option-values.ts'
import { REGISTER_CODES } from './register.ts'

/** A group of procedures that PAPI measures apart. */
export type ProcedureGroup = '5.1' | '5.3' | '5.4'

/**
 * Where a run takes the values of an indicator from. `item`: answers about dossiers; `values` is what each option is worth,
 * `minimum` the number of answers below which nothing is shown. `register`: the platform's own register, unless a figure was
 * imported; `hard`: an import. `none`: why there are no values
 * (`no_source`: only from an analyst's file; `other_instrument`: a survey that no campaign has asked yet; `unknown_item`: the
 * current questionnaire does not ask it; `statistic_unfit`: closed items do not give it).
 */
export type RunSource =
  | {
      readonly kind: 'item'
      readonly instrument: string
      readonly item: string
      readonly statistic: Statistic
      readonly rates: 'responsible' | 'receiving'
      readonly procedures: ProcedureGroup | null
      readonly options: readonly string[]
      readonly values: readonly number[]
      readonly minimum: number
    }
  | { readonly kind: 'register' | 'hard'; readonly code: string }
  | {
      readonly kind: 'none'
      readonly reason: 'no_source' | 'other_instrument' | 'unknown_item' | 'statistic_unfit'
    }
export type AnswerSource = Extract<RunSource, { kind: 'item' }>

/** The sources of an edition's indicators, in their order, with the rating instrument as it is now. */
export function runSources({ indicators }: Pick<IndexDefinition, 'indicators'>, instrument: Instrument): RunSource[] {
  return indicators.map(({ from }) => sourceOf(from, instrument))
}

function sourceOf(from: IndexIndicator['from'], instrument: Instrument): RunSource {
  if (from === undefined) return { kind: 'none', reason: 'no_source' }
  if ('hard' in from) return { kind: REGISTER_CODES.has(from.hard) ? 'register' : 'hard', code: from.hard }
  if (from.instrument !== instrument.code) return { kind: 'none', reason: 'other_instrument' }
  const item = findItem(instrument, from.item)
  if (item === undefined || item.type !== 'single') return { kind: 'none', reason: 'unknown_item' }
  if (!fits(item, from.statistic)) return { kind: 'none', reason: 'statistic_unfit' }
  return {
    kind: 'item',
    instrument: from.instrument,
    item: item.code,
    statistic: from.statistic,
    // as the tally has it: an item that rates both units counts at the one that decides
    rates: item.rates === 'receiving' ? 'receiving' : 'responsible',
    procedures: from.procedures ?? null,
    options: item.options.map((option) => option.code),
    values: optionValues(item.options, from),
    minimum: Math.max(MIN_SHOW, item.minimum ?? 0),
  }
}

/** A closed item has no amounts to set against each other, and two best options only among three or more. */
function fits(item: InstrumentItem, statistic: Statistic): boolean {
  return statistic !== 'ratio' && (statistic !== 'top2' || item.options.length > 2)
}

/** Indicators with the same name are one column of answers. */
export function columnName({ instrument, item, statistic, values, procedures }: AnswerSource): string {
  return [instrument, item, statistic, values.join(','), procedures ?? ''].join('|')
}
