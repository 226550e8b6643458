import { For } from 'solid-js'
import { ScrollTable } from '../../ui/scroll-table.tsx'
import type { FieldReport } from '../api/campaign-types.ts'
import { count, day } from '../lib/format.ts'
import { locale } from '../lib/locale.ts'
import { say } from './words.ts'

type Day = FieldReport['days'][number]
const MODES = ['web', 'interviewer', 'paper'] as const
const sum = (one: Day) => one.web + one.interviewer + one.paper

/** Complete answers by day as bars; the table below says the same. */
export function DaysChart(props: { days: readonly Day[] }) {
  const most = () => Math.max(1, ...props.days.map(sum))
  // a few days make a narrow chart, many share the page
  const width = () => ({ 'max-width': `${Math.min(60, Math.max(20, 2.5 * props.days.length))}rem` })
  const n = (value: number) => count(value, locale())
  return (
    <>
      <div class="days-chart" style={width()} aria-hidden="true">
        <For each={props.days}>{(one) => <i style={{ height: `${(100 * sum(one)) / most()}%` }} />}</For>
      </div>
      <p class="days-ends quiet" style={width()} aria-hidden="true">
        <span>{day(props.days[0]?.day ?? '', locale())}</span>
        <span>{say('days.most', { n: n(most()) })}</span>
        <span>{day(props.days.at(-1)?.day ?? '', locale())}</span>
      </p>
      <details class="how">
        <summary>{say('days.table')}</summary>
        <ScrollTable caption={say('days.title')} captionHidden class="compact">
          <thead>
            <tr>
              <th scope="col">{say('days.day')}</th>
              <For each={MODES}>
                {(mode) => (
                  <th scope="col" class="number">
                    {say(`mode.${mode}`)}
                  </th>
                )}
              </For>
              <th scope="col" class="number">
                {say('days.sum')}
              </th>
            </tr>
          </thead>
          <tbody>
            <For each={props.days.toReversed()}>
              {(one) => (
                <tr>
                  <th scope="row">{day(one.day, locale())}</th>
                  <For each={MODES}>{(mode) => <td class="number">{n(one[mode])}</td>}</For>
                  <td class="number">{n(sum(one))}</td>
                </tr>
              )}
            </For>
          </tbody>
        </ScrollTable>
      </details>
    </>
  )
}
