import { Show } from 'solid-js'
import { IntervalBar } from '../../charts/interval-bar.tsx'
import type { Domain } from '../../charts/scale.ts'
import type { Estimate } from '../api/types.ts'
import { count } from '../lib/format.ts'
import { locale, t } from '../lib/locale.ts'
import { readEstimate, writeRange, writeValue, type Reading } from './reading.ts'

export const SHARE: Domain = { min: 0, max: 1 }

/** An estimate in words, short enough for a table cell: always with its interval and its number of answers. */
export function shortReading(reading: Reading, domain: Domain, se: number | null): string {
  const n = (value: number) => count(value, locale())
  const value = (one: number) => writeValue(one, domain, se, locale())
  switch (reading.kind) {
    case 'value':
      return t('reading.short.value', {
        value: value(reading.est),
        range: writeRange(reading.lo, reading.hi, domain, se, locale()),
        n: n(reading.n),
      })
    case 'plain':
      return value(reading.est)
    case 'interval':
      return t('reading.short.interval', { lo: value(reading.lo), hi: value(reading.hi), n: n(reading.n) })
    case 'too_few':
      return reading.needed === null
        ? t('reading.short.tooFewPlain')
        : t('reading.short.tooFew', { k: n(reading.needed) })
    case 'complementary':
      return t('reading.complementary')
    case 'no_interval':
      return t('reading.noInterval')
    case 'not_measured':
      return t('reading.notMeasured')
  }
}

/** A table cell's content: the interval bar where there is one, and the same numbers in words. */
export function ReadingCell(props: { estimate: Estimate; needed: number | null; domain?: Domain }) {
  const domain = () => props.domain ?? SHARE
  const reading = () => readEstimate(props.estimate, props.needed)
  const drawn = () => {
    const known = reading()
    return known.kind === 'value' || known.kind === 'interval' ? known : null
  }
  return (
    <div class="reading-cell" data-kind={reading().kind}>
      <Show when={drawn()}>
        {(known) => <IntervalBar domain={domain()} lo={known().lo} hi={known().hi} est={props.estimate.est} />}
      </Show>
      <span class="reading-words">{shortReading(reading(), domain(), props.estimate.se)}</span>
    </div>
  )
}
