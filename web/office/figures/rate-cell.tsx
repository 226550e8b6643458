import { Show } from 'solid-js'
import { IntervalBar } from '../../charts/interval-bar.tsx'
import type { Estimate } from '../api/types.ts'
import { SHARE } from './reading-cell.tsx'
import { count, percent, percentRange } from '../lib/format.ts'
import { locale, t } from '../lib/locale.ts'

/** A response rate as a bar and in words; its n are cases, not answers. */
export function RateCell(props: { rate: Estimate }) {
  const known = () => {
    const { est, lo, hi, n } = props.rate
    return est === null || lo === null || hi === null || n === null ? null : { est, lo, hi, n }
  }
  return (
    <Show when={known()} fallback={t('reading.noRate')}>
      {(rate) => (
        <div class="reading-cell">
          <IntervalBar domain={SHARE} est={rate().est} lo={rate().lo} hi={rate().hi} />
          <span>
            {t('reading.rate', {
              rate: percent(rate().est, locale()),
              range: percentRange(rate().lo, rate().hi, locale()),
              n: count(rate().n, locale()),
            })}
          </span>
        </div>
      )}
    </Show>
  )
}
