import { For, Show } from 'solid-js'
import { IntervalBar } from '../../charts/interval-bar.tsx'
import type { Domain } from '../../charts/scale.ts'
import { ScrollTable } from '../../ui/scroll-table.tsx'
import type { ResultElement, Selection } from '../api/results.ts'
import { ReadingCell } from '../figures/reading-cell.tsx'
import { writeRange } from '../figures/reading.ts'
import { count } from '../lib/format.ts'
import { locale, own } from '../lib/locale.ts'
import { say } from './words.ts'

const n = (value: number) => count(value, locale())
type Row = ResultElement & { selection?: Selection | null }

/** The scale on which an element is drawn: the root's own, 1 to 10 below it. */
export function domainOf(element: ResultElement, scale: Domain): Domain {
  return element.parent === null ? scale : { min: 1, max: 10 }
}

/** Depth of an element below the root. */
function depthOf(element: ResultElement, all: readonly ResultElement[]): number {
  let depth = 0
  let { parent } = element
  while (parent !== null && depth < 20) {
    const above = parent
    parent = all.find(({ code }) => code === above)?.parent ?? null
    depth += 1
  }
  return depth
}

/** Elements in the order of the tree: each node followed by what it is made of. */
export function inTree<One extends ResultElement>(all: readonly One[]): One[] {
  const below = Map.groupBy(all, ({ parent }) => parent)
  const walk = (parent: string | null, left: number): One[] =>
    left === 0 ? [] : (below.get(parent) ?? []).flatMap((one) => [one, ...walk(one.code, left - 1)])
  return walk(null, 20)
}

/** Elements of an index with interval and, where it is given, selection band. */
export function ElementsTable(props: {
  caption: string
  elements: readonly Row[]
  scale: Domain
  bands: boolean
  questions?: string | undefined
}) {
  return (
    <ScrollTable caption={props.caption} class="wide-first">
      <thead>
        <tr>
          <th scope="col">{say('elements.name')}</th>
          <th scope="col" class="reading-column">
            {say('elements.value')}
          </th>
          <Show when={props.bands}>
            <th scope="col" class="band-column">
              {say('elements.band')}
            </th>
          </Show>
        </tr>
      </thead>
      <tbody>
        <For each={inTree(props.elements)}>
          {(element) => (
            <tr data-strong={element.parent === null ? '' : undefined}>
              <th scope="row" class="tree-name" style={{ '--depth': depthOf(element, props.elements) }}>
                {own(element.label)}
                <span class="cell-note">
                  <Show when={element.kind === 'node'}>
                    {say('elements.children', { present: n(element.present), of: n(element.of) })}
                  </Show>
                  <Show when={element.item}>
                    {(item) => (
                      <Show when={props.questions} fallback={say('elements.question', { item: item() })}>
                        {(questions) => (
                          <a href={`${questions()}#${item()}`}>{say('elements.question', { item: item() })}</a>
                        )}
                      </Show>
                    )}
                  </Show>
                </span>
              </th>
              <td>
                <Show
                  when={element.withheld}
                  fallback={
                    <ReadingCell
                      estimate={element.estimate}
                      needed={element.needed}
                      domain={domainOf(element, props.scale)}
                    />
                  }
                >
                  {(why) => say(`withheld.${why()}`)}
                </Show>
                <Show when={element.estimate.nEff}>
                  {(size) => (
                    <span class="cell-note">{say('elements.effective', { nEff: n(Math.round(size())) })}</span>
                  )}
                </Show>
              </td>
              <Show when={props.bands}>
                <td>
                  <Show when={element.selection} fallback={<span class="quiet">{say('elements.noBand')}</span>}>
                    {(band) => <Band of={band()} element={element} domain={domainOf(element, props.scale)} />}
                  </Show>
                </td>
              </Show>
            </tr>
          )}
        </For>
      </tbody>
    </ScrollTable>
  )
}

function Band(props: { of: Selection; element: ResultElement; domain: Domain }) {
  const lo = () => Math.max(props.domain.min, props.of.lo)
  const hi = () => Math.min(props.domain.max, props.of.hi)
  const words = () => writeRange(lo(), hi(), props.domain, props.element.estimate.se, locale())
  return (
    <div class="reading-cell">
      <IntervalBar domain={props.domain} lo={lo()} hi={hi()} est={null} />
      <span class="reading-words">{words()}</span>
    </div>
  )
}
