import { Show } from 'solid-js'
import { IntervalBar } from '../../charts/interval-bar.tsx'
import { readEstimate, type Reading } from '../figures/reading.ts'
import { count } from '../lib/format.ts'
import { locale, t } from '../lib/locale.ts'
import { score, scoreRange } from './score-format.ts'
import type { Scale, ScoreElement } from './types.ts'
import { say, sayIf } from './words.ts'

/** A score in words, with its interval and its answers, or why there is none and what it would take. */
export function readingWords(reading: Reading, se: number | null): string {
  const n = (value: number) => count(value, locale())
  switch (reading.kind) {
    case 'value':
      return say('score.value', {
        value: score(reading.est, se),
        range: scoreRange(reading.lo, reading.hi, se),
        n: n(reading.n),
      })
    case 'plain':
      return say('score.known', { value: score(reading.est, se) })
    case 'interval': {
      const range = { lo: score(reading.lo, se), hi: score(reading.hi, se), n: n(reading.n) }
      return reading.needed === null
        ? say('score.interval', range)
        : say('score.intervalNeed', { ...range, k: n(reading.needed) })
    }
    case 'too_few':
      return reading.needed === null
        ? t('reading.short.tooFewPlain')
        : t('reading.short.tooFew', { k: n(reading.needed) })
    case 'complementary':
      return say('score.complementary')
    case 'no_interval':
      return t('reading.noInterval')
    case 'not_measured':
      return say('score.notMeasured')
  }
}

/** The words of an element; what is not measured says why where that is known. */
export function scoreWords({ estimate, needed, indicator }: ScoreElement): string {
  const reading = readEstimate(estimate, needed)
  const words = readingWords(reading, estimate.se)
  return reading.kind === 'not_measured' && indicator?.reason
    ? `${words}: ${sayIf(`reason.${indicator.reason}`) ?? say('reason.no_source')}`
    : words
}

/** The bar of a score on its own scale: sampling interval, the wider selection band around it, the peers' median. */
export function ScoreBar(props: { element: ScoreElement; range: Scale | null }) {
  const drawn = () => {
    const { est, lo, hi } = props.element.estimate
    const isThere = props.element.estimate.suppressed === null && lo !== null && hi !== null
    return props.range !== null && isThere ? { domain: props.range, est, lo, hi } : null
  }
  return (
    <Show when={drawn()}>
      {(bar) => (
        <IntervalBar
          domain={bar().domain}
          lo={bar().lo}
          hi={bar().hi}
          est={bar().est}
          outer={props.element.selection}
          reference={props.element.peers.median}
        />
      )}
    </Show>
  )
}
