import { For, Show } from 'solid-js'
import { count, decimal } from '../lib/format.ts'
import { locale, own } from '../lib/locale.ts'
import type { IndexDefinition } from './types.ts'
import { say, sayIf } from './words.ts'

type Node = IndexDefinition['nodes'][number]
type Indicator = IndexDefinition['indicators'][number]

/** The structure of an edition from the root down: weights, ways of joining, sources, coverage. */
export function EditionTree(props: { definition: IndexDefinition }) {
  return (
    <For each={props.definition.nodes.filter(({ parent }) => parent === null)}>
      {(root) => (
        <div class="card explain-root">
          <NodeView node={root} definition={props.definition} />
        </div>
      )}
    </For>
  )
}

const childNodes = ({ nodes }: IndexDefinition, code: string): Node[] => nodes.filter(({ parent }) => parent === code)
const childIndicators = ({ indicators }: IndexDefinition, code: string): Indicator[] =>
  indicators.filter(({ parent }) => parent === code)

/** The weight of a child among all children of its parent, in percent. */
export function weightWords(definition: IndexDefinition, { parent, weight = 1 }: Node | Indicator): string {
  if (parent === null) return ''
  const all = [...childNodes(definition, parent), ...childIndicators(definition, parent)]
  const whole = all.reduce((sum, child) => sum + (child.weight ?? 1), 0)
  return whole > 0 ? say('edition.weight', { share: decimal((weight / whole) * 100, 1, locale()) }) : ''
}

function NodeView(props: { node: Node; definition: IndexDefinition }) {
  const nodes = () => childNodes(props.definition, props.node.code)
  const indicators = () => childIndicators(props.definition, props.node.code)
  const aggregate = () => {
    const { aggregate: how } = props.node
    return typeof how === 'string'
      ? say(`aggregate.${how}`)
      : say('aggregate.power', { power: decimal(how.power, 1, locale()) })
  }
  return (
    <>
      <p>
        <strong>{own(props.node.label)}</strong> <span class="quiet">{weightWords(props.definition, props.node)}</span>
        <span class="cell-note">
          {aggregate()}. {say('node.source', { source: props.node.source })}
        </span>
      </p>
      <Show when={props.node.coverage}>
        {(coverage) => (
          <p class="quiet">
            {coverage().of === null
              ? say('coverage.unknown', { covered: count(coverage().covered, locale()) })
              : say('coverage.of', {
                  covered: count(coverage().covered, locale()),
                  of: count(coverage().of ?? 0, locale()),
                })}{' '}
            {own(coverage().note)}
          </p>
        )}
      </Show>
      <ul class="explain-list edition-list">
        <For each={nodes()}>
          {(node) => (
            <li>
              <details class="node-children">
                <summary>
                  {own(node.label)} <span class="quiet">{weightWords(props.definition, node)}</span>
                </summary>
                <NodeView node={node} definition={props.definition} />
              </details>
            </li>
          )}
        </For>
        <For each={indicators()}>
          {(indicator) => (
            <li>
              {own(indicator.label)} <span class="quiet">{weightWords(props.definition, indicator)}</span>
              <span class="cell-note">
                {sourceWords(indicator)} {scaleWords(indicator)} {say('node.source', { source: indicator.source })}
              </span>
            </li>
          )}
        </For>
      </ul>
    </>
  )
}

/** Where an indicator's values come from. */
export function sourceWords({ from }: Indicator): string {
  if (from === undefined) return say('edition.from.file')
  if ('hard' in from) return say('edition.from.hard', { code: from.hard })
  return say('edition.from.item', {
    item: from.item,
    instrument: from.instrument,
    statistic: sayIf(`statistic.${from.statistic}`) ?? from.statistic,
  })
}

function scaleWords({ direction, normalise }: Indicator): string {
  return `${say(`edition.direction.${direction}`)} ${say(`edition.normalise.${normalise.method}`)}`
}
