import { For, Show } from 'solid-js'
import { ScrollTable } from '../../ui/scroll-table.tsx'
import { count } from '../lib/format.ts'
import { locale } from '../lib/locale.ts'
import type { Plan, Stratum } from './plan.ts'
import { stratumName } from './strata-table.tsx'
import { say } from './words.ts'

const n = (value: number) => count(value, locale())

/** Each stratum with what the plan takes of it. */
export function PlanTable(props: {
  plan: Plan
  strata: readonly Stratum[]
  cases: ReadonlyMap<string, number>
  change: (part: Partial<Plan>) => void
}) {
  const take = (stratum: string, isWhole: boolean) => {
    const whole = new Set(props.plan.whole)
    if (isWhole) whole.add(stratum)
    else whole.delete(stratum)
    props.change({ whole })
  }
  const isFixed = (stratum: string) => props.plan.kind === 'fixed' && !props.plan.whole.has(stratum)
  return (
    <ScrollTable caption={say('plan.caption')} class="wide-first compact">
      <thead>
        <tr>
          <th scope="col">{say('stratum')}</th>
          <th scope="col" class="number">
            {say('frame.members')}
          </th>
          <th scope="col" class="number">
            {say('plan.cases')}
          </th>
          <th scope="col">{say('plan.whole')}</th>
        </tr>
      </thead>
      <tbody>
        <For each={props.strata}>
          {({ stratum, members }) => (
            <tr>
              <th scope="row">{stratumName(stratum)}</th>
              <td class="number">{n(members)}</td>
              <td class="number">
                <Show
                  when={isFixed(stratum)}
                  fallback={props.cases.has(stratum) ? n(props.cases.get(stratum) ?? 0) : '–'}
                >
                  <input
                    type="number"
                    class="short-number"
                    min={0}
                    max={members}
                    aria-label={say('plan.casesOf', { stratum: stratumName(stratum) })}
                    value={props.plan.fixed.get(stratum) ?? ''}
                    onInput={(event) => {
                      const fixed = new Map(props.plan.fixed)
                      props.change({ fixed: fixed.set(stratum, Number(event.currentTarget.value)) })
                    }}
                  />
                </Show>
              </td>
              <td>
                <input
                  type="checkbox"
                  class="tick"
                  aria-label={say('plan.wholeOf', { stratum: stratumName(stratum) })}
                  checked={props.plan.whole.has(stratum)}
                  onChange={(event) => take(stratum, event.currentTarget.checked)}
                />
              </td>
            </tr>
          )}
        </For>
      </tbody>
    </ScrollTable>
  )
}
