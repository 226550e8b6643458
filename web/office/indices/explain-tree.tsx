import { For, Show } from 'solid-js'
import { ScrollTable } from '../../ui/scroll-table.tsx'
import { readEstimate } from '../figures/reading.ts'
import { count, decimal, percent } from '../lib/format.ts'
import { locale, own } from '../lib/locale.ts'
import { ExplainIndicator } from './explain-indicator.tsx'
import { exact, whyHidden } from './score-format.ts'
import { readingWords } from './score-reading.tsx'
import type { Aggregate, ExplainStep, Explanation, Scale } from './types.ts'
import { say } from './words.ts'

type Shared = { steps: readonly ExplainStep[]; scale: Scale; way: ReadonlySet<string> }

/** Steps from the total down; the way to one of them stands open. */
export function ExplainTree(props: { explanation: Explanation; scale: Scale; open: string | null }) {
  const steps = () => props.explanation.steps
  const way = () => wayTo(steps(), props.open)
  return (
    <For each={steps().filter(({ parent }) => parent === null)}>
      {(root) => (
        <div class="card explain-root">
          <Step step={root} steps={steps()} scale={props.scale} way={way()} />
        </div>
      )}
    </For>
  )
}

/** A step and all above it. */
export function wayTo(steps: readonly ExplainStep[], code: string | null): ReadonlySet<string> {
  const rows = new Map(steps.map((step) => [step.code, step]))
  const way = new Set<string>()
  for (let at = rows.get(code ?? ''); at !== undefined; at = rows.get(at.parent ?? '')) way.add(at.code)
  return way
}

/** A node's steps as the edition lists them: nodes travel from the last to the first. */
const childrenOf = (steps: readonly ExplainStep[], code: string): ExplainStep[] => {
  const below = steps.filter(({ parent }) => parent === code)
  return [
    ...below.filter(({ kind }) => kind === 'node').toReversed(),
    ...below.filter(({ kind }) => kind === 'indicator'),
  ]
}

function Step(props: Shared & { step: ExplainStep }) {
  const children = () => childrenOf(props.steps, props.step.code)
  return (
    <>
      <p class="explain-result">
        <strong>{own(props.step.label)}</strong> <span>{stepReading(props.step)}</span>
      </p>
      <Show when={props.step.node}>
        {(node) => (
          <>
            <p>{nodeSentence(props.step, node())}</p>
            <Show when={children().length > 0}>
              <Parts step={props.step} children={children()} />
              <ul class="explain-list">
                <For each={children()}>
                  {(child) => (
                    <li>
                      <details class="node-children" open={props.way.has(child.code)}>
                        <summary>{say('explain.open', { name: own(child.label) })}</summary>
                        <Step step={child} steps={props.steps} scale={props.scale} way={props.way} />
                      </details>
                    </li>
                  )}
                </For>
              </ul>
            </Show>
          </>
        )}
      </Show>
      <Show when={props.step.indicator}>
        {(indicator) => <ExplainIndicator step={props.step} indicator={indicator()} scale={props.scale} />}
      </Show>
      <p class="quiet">{say('node.source', { source: props.step.source })}</p>
    </>
  )
}

/** The result of a step in words; one whose numbers stand at another unit says so. */
function stepReading({ estimate, withheld }: ExplainStep): string {
  return withheld === 'elsewhere'
    ? say('warning.rated_elsewhere')
    : readingWords(readEstimate(estimate, null), estimate.se)
}

const aggregateName = (aggregate: Aggregate): string =>
  typeof aggregate === 'string'
    ? say(`aggregate.${aggregate}`)
    : say('aggregate.power', { power: exact(aggregate.power) })

function nodeSentence({ withheld }: ExplainStep, node: NonNullable<ExplainStep['node']>): string {
  const { aggregate, multiply, minShare, present, of } = node
  const n = (value: number) => count(value, locale())
  return [
    say('explain.node', { aggregate: aggregateName(aggregate), present: n(present), of: n(of) }),
    ...(aggregate === 'sum' && present < of && withheld === null ? [say('explain.sumOfFew')] : []),
    ...(multiply === 1 ? [] : [say('explain.multiply', { factor: exact(multiply) })]),
    ...(minShare === 1 ? [say('explain.all')] : []),
    ...(minShare > 0 && minShare < 1 ? [say('explain.minShare', { share: percent(minShare, locale()) })] : []),
    ...(aggregate === 'mean' || aggregate === 'sum' ? [] : [say('explain.noParts')]),
  ].join(' ')
}

/** What each part weighs and adds; the last row is their sum, which is the score. */
function Parts(props: { step: ExplainStep; children: readonly ExplainStep[] }) {
  const adds = () => props.children.some(({ contribution }) => contribution !== null)
  const total = () => props.children.reduce((sum, { contribution }) => sum + (contribution ?? 0), 0)
  return (
    <ScrollTable caption={say('explain.parts', { name: own(props.step.label) })} class="wide-first">
      <thead>
        <tr>
          <th scope="col">{say('explain.part')}</th>
          <th scope="col" class="number">
            {say('explain.score')}
          </th>
          <th scope="col" class="number">
            {say('explain.weight')}
          </th>
          <th scope="col" class="number">
            {say('explain.effective')}
          </th>
          <Show when={adds()}>
            <th scope="col" class="number">
              {say('explain.adds')}
            </th>
          </Show>
        </tr>
      </thead>
      <tbody>
        <For each={props.children}>
          {(child) => (
            <tr>
              <th scope="row">{own(child.label)}</th>
              <td class="number">
                {child.withheld === null && child.estimate.est !== null
                  ? exact(child.estimate.est)
                  : withheldShort(child)}
              </td>
              <td class="number">{weightShare(child.share)}</td>
              <td class="number">{weightShare(child.effective)}</td>
              <Show when={adds()}>
                <td class="number">{child.contribution === null ? '–' : exact(child.contribution)}</td>
              </Show>
            </tr>
          )}
        </For>
      </tbody>
      <Show when={adds()}>
        <tfoot>
          <tr>
            <th scope="row" colspan="4">
              {say('explain.total')}
            </th>
            <td class="number">{exact(total())}</td>
          </tr>
        </tfoot>
      </Show>
    </ScrollTable>
  )
}

/** A weight in percent: one decimal where there is one. */
const weightShare = (share: number | null): string =>
  share === null ? '–' : `${decimal(share * 100, Math.abs((share * 100) % 1) < 0.05 ? 0 : 1, locale())}%`

/** Why a part has no number here, in two words. */
const withheldShort = ({ withheld, estimate }: ExplainStep): string =>
  say(`withheld.${withheld === 'hidden' || withheld === null ? whyHidden(estimate) : withheld}`)
