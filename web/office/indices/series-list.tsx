import { For, Show } from 'solid-js'
import { IntervalBar } from '../../charts/interval-bar.tsx'
import { ScrollTable } from '../../ui/scroll-table.tsx'
import { readEstimate } from '../figures/reading.ts'
import { nameOfPeriod } from '../unit/period-name.ts'
import { score } from './score-format.ts'
import { readingWords } from './score-reading.tsx'
import type { Scale, ScoreSeries } from './types.ts'
import { say } from './words.ts'

/** The total over periods of one length, the oldest first; a line across stands where two must not be joined. */
export function SeriesList(props: { series: ScoreSeries; scale: Scale }) {
  const range = () => shownRange(props.series, props.scale)
  return (
    <section aria-labelledby="qua-cac-ky">
      <h2 id="qua-cac-ky">{say('series.title')}</h2>
      <ScrollTable caption={say('series.caption')} class="series-table">
        <thead>
          <tr>
            <th scope="col">{say('series.period')}</th>
            <th scope="col">{say('series.score')}</th>
          </tr>
        </thead>
        <tbody>
          <For each={props.series.items}>
            {(point) => (
              <>
                <Show when={point.breaks.length > 0}>
                  <tr class="series-break-row">
                    <td colspan="2">
                      {say('series.break', { list: point.breaks.map((code) => say(`break.${code}`)).join('; ') })}
                    </td>
                  </tr>
                </Show>
                <tr>
                  <th scope="row">{nameOfPeriod(point)}</th>
                  <td>
                    <Show when={point.estimate.suppressed === null && point.estimate.lo !== null && range()}>
                      {(domain) => (
                        <IntervalBar
                          domain={domain()}
                          est={point.estimate.est}
                          lo={point.estimate.lo}
                          hi={point.estimate.hi}
                        />
                      )}
                    </Show>
                    {readingWords(readEstimate(point.estimate, null), point.estimate.se)}
                  </td>
                </tr>
              </>
            )}
          </For>
        </tbody>
      </ScrollTable>
      <Show when={range()}>
        {(part) => (
          <p class="quiet">{say('key.part', { min: score(part().min, null), max: score(part().max, null) })}</p>
        )}
      </Show>
    </section>
  )
}

/** The part of the scale in which all points lie, with some room; null without any. */
export function shownRange({ items }: ScoreSeries, scale: Scale): Scale | null {
  const marks = items.flatMap(({ estimate: { suppressed, est, lo, hi } }) =>
    suppressed === null ? [est, lo, hi].filter((mark) => mark !== null) : [],
  )
  if (marks.length === 0) return null
  const room = Math.max((Math.max(...marks) - Math.min(...marks)) / 5, (scale.max - scale.min) / 40)
  return {
    min: Math.max(scale.min, Math.floor((Math.min(...marks) - room) * 10) / 10),
    max: Math.min(scale.max, Math.ceil((Math.max(...marks) + room) * 10) / 10),
  }
}
