import { A } from '@solidjs/router'
import { For, Show } from 'solid-js'
import { ScrollTable } from '../../ui/scroll-table.tsx'
import { count } from '../lib/format.ts'
import { locale, own } from '../lib/locale.ts'
import { path } from '../path.ts'
import { GroupMark } from './peer-words.tsx'
import type { Asked } from './queries.ts'
import { points, rawValue } from './score-format.ts'
import { answersToConfirm, biggestGaps } from './score-tree.ts'
import type { Scale, ScoreElement, UnitScores } from './types.ts'
import { say } from './words.ts'

/** Up to the peers' median: own value and median in the indicator's own units. */
function fromTo(element: ScoreElement): { from: string; to: string } | null {
  const { indicator, whatIf } = element
  if (indicator === null || indicator.raw.est === null || whatIf === null || whatIf.peerMedian === null) return null
  const { est, se } = indicator.raw
  return {
    from: rawValue(est, se, indicator.goalposts),
    to: rawValue(whatIf.peerMedian, se, indicator.goalposts),
  }
}

/** The three largest gaps and what they would bring: where a department head looks first. */
export function TopGaps(props: { scores: UnitScores; asked: Asked }) {
  const scale = () => props.scores.index.scale
  const top = () => biggestGaps(props.scores.elements).slice(0, 3)
  return (
    <section class="card top-gaps" aria-labelledby="khoang-cach">
      <h2 id="khoang-cach">{say('gaps.top')}</h2>
      <Show
        when={props.scores.gap}
        fallback={<p>{props.scores.unit.kind === 'province' ? say('gaps.noPeers') : say('gaps.none')}</p>}
      >
        {(gap) => (
          <>
            <p>
              {say(gap().gap > 0 ? 'gaps.behind' : 'gaps.ahead', {
                own: points(gap().own, scale()),
                reference: points(gap().reference, scale()),
                points: points(Math.abs(gap().gap), scale()),
              })}
            </p>
            <Show when={top().length > 0} fallback={<p>{say('gaps.noneBelow')}</p>}>
              <ol class="gap-list">
                <For each={top()}>
                  {(element) => (
                    <li>
                      <strong>{own(element.label)}</strong>{' '}
                      <span class="gap-points">
                        {say('gaps.points', { points: points(element.gapPoints ?? 0, scale()) })}
                      </span>
                      <GapSentence element={element} />
                    </li>
                  )}
                </For>
              </ol>
              <p>
                <A href={path.unitIndex(props.scores.unit.id, 'gia-dinh', props.asked)}>{say('gaps.try')}</A>
              </p>
            </Show>
            <Show when={gap().left.length > 0}>
              <p class="quiet">{say('gaps.left', { n: count(gap().left.length, locale()) })}</p>
            </Show>
          </>
        )}
      </Show>
    </section>
  )
}

function GapSentence(props: { element: ScoreElement }) {
  const way = () => fromTo(props.element)
  const more = () => answersToConfirm(props.element)
  return (
    <span class="cell-note">
      <GroupMark element={props.element} />
      <Show when={way()}>{(known) => <> {say('gaps.way', known())}</>}</Show>
      <Show when={props.element.peers.group !== 'clearly_below' && (more() ?? 0) > 0 && more()}>
        {(k) => <> {say('gaps.confirm', { k: count(k(), locale()) })}</>}
      </Show>
    </span>
  )
}

/** Every indicator that lies below its peers, the largest gap first. */
export function GapTable(props: { scores: UnitScores; asked: Asked }) {
  const rows = () => biggestGaps(props.scores.elements)
  const labels = () => new Map(props.scores.elements.map(({ code, label }) => [code, label]))
  const scale = (): Scale => props.scores.index.scale
  return (
    <Show when={rows().length > 0} fallback={<p class="empty">{say('gaps.noneBelow')}</p>}>
      <ScrollTable caption={say('gaps.caption')} class="wide-first">
        <thead>
          <tr>
            <th scope="col">{say('gaps.indicator')}</th>
            <th scope="col" class="number">
              {say('gaps.pointsColumn')}
            </th>
            <th scope="col" class="number">
              {say('gaps.own')}
            </th>
            <th scope="col" class="number">
              {say('gaps.median')}
            </th>
            <th scope="col">{say('gaps.sure')}</th>
          </tr>
        </thead>
        <tbody>
          <For each={rows()}>
            {(element) => (
              <tr>
                <th scope="row">
                  {own(element.label)}
                  <Show when={labels().get(element.parent ?? '')}>
                    {(parent) => <span class="cell-note">{own(parent())}</span>}
                  </Show>
                </th>
                <td class="number">{points(element.gapPoints ?? 0, scale())}</td>
                <td class="number">{fromTo(element)?.from ?? '–'}</td>
                <td class="number">{fromTo(element)?.to ?? '–'}</td>
                <td>
                  <GroupMark element={element} />
                </td>
              </tr>
            )}
          </For>
        </tbody>
      </ScrollTable>
    </Show>
  )
}
