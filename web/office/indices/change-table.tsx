import { For, Show } from 'solid-js'
import { ScrollTable } from '../../ui/scroll-table.tsx'
import { readEstimate } from '../figures/reading.ts'
import type { Estimate } from '../api/types.ts'
import { own } from '../lib/locale.ts'
import { nameOfPeriod } from '../unit/period-name.ts'
import { signed, signedPoints } from './score-format.ts'
import { readingWords } from './score-reading.tsx'
import type { ChangeElement, Scale, ScoreChange } from './types.ts'
import { say } from './words.ts'

const PARTS = ['own', 'mix', 'goalposts', 'weights'] as const

/** Each score in both periods, how it changed, and what the change is made of. */
export function ChangeTable(props: { change: ScoreChange; scale: Scale }) {
  const total = () => props.change.elements[0]
  const split = () => props.change.comparable && props.change.elements.some(({ parts }) => parts !== null)
  return (
    <>
      <Show when={props.change.breaks.length > 0}>
        <p class="series-break">
          {say('change.breaks', { list: props.change.breaks.map((code) => say(`break.${code}`)).join('; ') })}
        </p>
      </Show>
      <Show when={total()}>{(root) => <p class="lead">{changeSentence(root())}</p>}</Show>
      <Show when={!props.change.comparable}>
        <p class="caution">{say('change.notComparable')}</p>
      </Show>
      <Show when={split()}>
        <dl class="change-parts">
          <For each={PARTS}>
            {(part) => (
              <div>
                <dt>{say(`change.part.${part}`)}</dt>
                <dd>{say(`change.part.${part}.why`)}</dd>
              </div>
            )}
          </For>
        </dl>
      </Show>
      <ScrollTable caption={say('change.caption')} class="wide-first">
        <thead>
          <tr>
            <th scope="col">{say('explain.part')}</th>
            <th scope="col">{nameOfPeriod(props.change.before)}</th>
            <th scope="col">{nameOfPeriod(props.change.after)}</th>
            <th scope="col">{say('change.change')}</th>
            <Show when={split()}>
              <For each={PARTS}>
                {(part) => (
                  <th scope="col" class="number">
                    {say(`change.part.${part}`)}
                  </th>
                )}
              </For>
            </Show>
          </tr>
        </thead>
        <tbody>
          <For each={props.change.elements}>
            {(element) => (
              <tr>
                <th scope="row">{own(element.label)}</th>
                <td>{shortScore(element.before)}</td>
                <td>{shortScore(element.after)}</td>
                <td>{changeWords(element.change)}</td>
                <Show when={split()}>
                  <For each={PARTS}>
                    {(part) => (
                      <td class="number">
                        {element.parts === null ? '–' : signedPoints(element.parts[part], props.scale)}
                      </td>
                    )}
                  </For>
                </Show>
              </tr>
            )}
          </For>
        </tbody>
      </ScrollTable>
    </>
  )
}

const shortScore = (estimate: Estimate): string => readingWords(readEstimate(estimate, null), estimate.se)

/** A change with its interval; without one it is not told. */
function changeWords({ est, lo, hi }: Estimate): string {
  if (est === null) return say('change.none')
  if (lo === null || hi === null) return signed(est, 2)
  return say('change.words', { change: signed(est, 2), lo: signed(lo, 2), hi: signed(hi, 2) })
}

/** What the total did, and whether that can be told from chance. */
function changeSentence({ change: { est, lo, hi } }: ChangeElement): string {
  if (est === null) return say('change.totalNone')
  const change = signed(est, 2)
  if (lo === null || hi === null) return say('change.totalKnown', { change })
  const ends = { change, lo: signed(lo, 2), hi: signed(hi, 2) }
  if (lo > 0) return say('change.totalUp', ends)
  return say(hi < 0 ? 'change.totalDown' : 'change.totalUnclear', ends)
}
