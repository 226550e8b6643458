import { For, Show } from 'solid-js'
import { ScrollTable } from '../../ui/scroll-table.tsx'
import type { FieldReport } from '../api/campaign-types.ts'
import type { Estimate } from '../api/types.ts'
import { ReadingCell } from '../figures/reading-cell.tsx'
import { readEstimate } from '../figures/reading.ts'
import { count, decimal } from '../lib/format.ts'
import { locale, own } from '../lib/locale.ts'
import { say } from './words.ts'

const MINUTE_MS = 60_000

/** A median time with its interval, in minutes; or why there is none. */
function time(estimate: Estimate): string {
  const minutes = (ms: number) => decimal(ms / MINUTE_MS, 1, locale())
  const reading = readEstimate(estimate, null)
  switch (reading.kind) {
    case 'value':
      return say('sections.time', {
        est: minutes(reading.est),
        lo: minutes(reading.lo),
        hi: minutes(reading.hi),
        n: count(reading.n, locale()),
      })
    case 'interval':
      return say('sections.timeRange', {
        lo: minutes(reading.lo),
        hi: minutes(reading.hi),
        n: count(reading.n, locale()),
      })
    default:
      return say('sections.tooFew')
  }
}

/** Time for each section, and where answers stop in it. */
export function SectionsOfField(props: { sections: FieldReport['sections'] }) {
  return (
    <ul class="field-sections">
      <For each={props.sections}>
        {(section) => (
          <li>
            <h3>{own(section.title)}</h3>
            <p>{time(section.timeMs)}</p>
            <details class="how">
              <summary>
                {say('sections.stopped')}
                <span class="visually-hidden">{`, ${own(section.title)}`}</span>
              </summary>
              <ScrollTable
                caption={say('sections.stoppedOf', { section: own(section.title) })}
                class="wide-first compact"
              >
                <thead>
                  <tr>
                    <th scope="col">{say('sections.question')}</th>
                    <th scope="col" class="reading-column">
                      {say('sections.share')}
                    </th>
                  </tr>
                </thead>
                <tbody>
                  <For each={section.questions}>
                    {(question) => (
                      <tr>
                        <th scope="row">{own(question.short)}</th>
                        <td>
                          <Show when={question.stopped} fallback="–">
                            {(stopped) => <ReadingCell estimate={stopped()} needed={null} />}
                          </Show>
                        </td>
                      </tr>
                    )}
                  </For>
                </tbody>
              </ScrollTable>
            </details>
          </li>
        )}
      </For>
    </ul>
  )
}
