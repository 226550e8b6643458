import { For, Show } from 'solid-js'
import { ScrollTable } from '../../ui/scroll-table.tsx'
import { readEstimate } from '../figures/reading.ts'
import { decimal, percent } from '../lib/format.ts'
import { locale } from '../lib/locale.ts'
import { EstimatedMark } from './agreement-view.tsx'
import { readingWords } from './score-reading.tsx'
import type { OfficialPoint, OfficialSeries } from './types.ts'
import { say } from './words.ts'

/** The province's published values by year beside our estimates, with a line across where years must not be joined. */
export function OfficialSeriesView(props: { series: OfficialSeries }) {
  const years = () =>
    [
      ...new Set([...props.series.items.map(({ year }) => year), ...props.series.estimates.map(({ year }) => year)]),
    ].sort((a, b) => a - b)
  const point = (year: number) => props.series.items.find((one) => one.year === year)
  const estimate = (year: number) => props.series.estimates.find((one) => one.year === year)?.estimate
  return (
    <section aria-labelledby="chuoi-chinh-thuc">
      <h2 id="chuoi-chinh-thuc">{say('official.series', { unit: props.series.unit.name })}</h2>
      <Show when={props.series.carriedBy}>{(by) => <p class="caution">{say(`official.carried.${by()}`)}</p>}</Show>
      <Show when={years().length > 0} fallback={<p class="empty">{say('official.noSeries')}</p>}>
        <ScrollTable caption={say('official.seriesCaption')} captionHidden class="series-table">
          <thead>
            <tr>
              <th scope="col">{say('agreement.year')}</th>
              <th scope="col">{say('agreement.officialValue')}</th>
              <th scope="col">{say('agreement.oursValue')}</th>
            </tr>
          </thead>
          <tbody>
            <For each={years()}>
              {(year) => (
                <>
                  <Show when={(point(year)?.breaks.length ?? 0) > 0 && point(year)}>
                    {(broken) => (
                      <tr class="series-break-row">
                        <td colspan="3">
                          {say('series.break', {
                            list: broken()
                              .breaks.map((code) => say(`official.break.${code}`))
                              .join('; '),
                          })}
                        </td>
                      </tr>
                    )}
                  </Show>
                  <tr>
                    <th scope="row">{year}</th>
                    <td>
                      <Show when={point(year)} fallback={say('official.notPublished')}>
                        {(known) => <OfficialValue point={known()} />}
                      </Show>
                    </td>
                    <td>
                      <Show when={estimate(year)} fallback="–">
                        {(ours) => <>{readingWords(readEstimate(ours(), null), ours().se)}</>}
                      </Show>
                    </td>
                  </tr>
                </>
              )}
            </For>
          </tbody>
        </ScrollTable>
      </Show>
    </section>
  )
}

function OfficialValue(props: { point: OfficialPoint }) {
  const two = (value: number) => decimal(value, 2, locale())
  return (
    <>
      {props.point.value === null ? say('official.missing') : two(props.point.value)}
      <Show when={props.point.low !== null && props.point.high !== null}>
        {' '}
        {say('agreement.range', { lo: two(props.point.low ?? 0), hi: two(props.point.high ?? 0) })}
      </Show>
      <Show when={props.point.estimated}>
        {' '}
        <EstimatedMark />
        <span class="cell-note">
          {props.point.parts
            .map(({ name, weight, value }) =>
              say('official.part', {
                name,
                weight: percent(weight, locale()),
                value: value === null ? say('official.missing') : two(value),
              }),
            )
            .join('; ')}
        </span>
      </Show>
    </>
  )
}
