import { A } from '@solidjs/router'
import { For, Show } from 'solid-js'
import { count, decimal, percent } from '../lib/format.ts'
import { locale, own } from '../lib/locale.ts'
import { path } from '../path.ts'
import { GroupMark, placesWords } from './peer-words.tsx'
import type { Asked } from './queries.ts'
import { designEffect, isShareScale, rawRange, rawValue, score, scoreRange, signedPoints } from './score-format.ts'
import { ScoreBar, scoreWords } from './score-reading.tsx'
import { flatten, type ScoreNode } from './score-tree.ts'
import { Expected } from './total-card.tsx'
import type { ScoreElement, UnitScores } from './types.ts'
import { say, sayIf } from './words.ts'

type Shared = { scores: UnitScores; asked: Asked }

/** Nodes and indicators below a node, each with its numbers and the way to its children. */
export function NodeList(props: Shared & { nodes: readonly ScoreNode[] }) {
  return (
    <ul class="node-list">
      <For each={props.nodes}>
        {(node) => (
          <li>
            <NodeRow node={node} scores={props.scores} asked={props.asked} />
          </li>
        )}
      </For>
    </ul>
  )
}

const isGap = ({ estimate }: ScoreElement): boolean => estimate.suppressed !== null

function NodeRow(props: Shared & { node: ScoreNode }) {
  const element = () => props.node.element
  const isNode = () => props.node.children.length > 0
  return (
    <>
      <div class="node-row" data-kind={element().kind} data-missing={isGap(element()) ? '' : undefined}>
        <p class="node-name">
          <Show when={isNode()} fallback={own(element().label)}>
            <strong>{own(element().label)}</strong>
          </Show>
          <span class="cell-note">
            <RawWords element={element()} />
          </span>
        </p>
        <div class="node-score">
          <ScoreBar element={element()} range={props.node.range} />
          <span class="reading-words">{scoreWords(element())}</span>
        </div>
        <p class="node-group">
          <GroupMark element={element()} />
        </p>
        <p class="node-gap">
          <Show when={(element().gapPoints ?? null) !== null && { value: element().gapPoints ?? 0 }}>
            {(gap) => (
              <>
                <span class="node-label">{say('node.gap')}</span>{' '}
                {/* the gap is what could be won; on this page a lag has a minus */}
                {signedPoints(-gap().value, props.scores.index.scale)}
              </>
            )}
          </Show>
        </p>
      </div>
      <NodeDetails node={props.node} scores={props.scores} asked={props.asked} />
      <Show when={isNode()}>
        <details class="node-children">
          <summary>
            {say('node.children', { n: count(props.node.children.length, locale()) })}
            <span class="visually-hidden">: {own(element().label)}</span>
          </summary>
          <NodeList nodes={props.node.children} scores={props.scores} asked={props.asked} />
        </details>
      </Show>
    </>
  )
}

/** An indicator in its own units: 78% said yes. */
function RawWords(props: { element: ScoreElement }) {
  const raw = () => {
    const { indicator } = props.element
    return indicator !== null && indicator.raw.est !== null ? { ...indicator, value: indicator.raw.est } : null
  }
  return (
    <Show when={raw()}>
      {(known) => (
        <>
          {say(isShareScale(known().goalposts) ? 'raw.share' : 'raw.value', {
            value: rawValue(known().value, known().raw.se, known().goalposts),
          })}
        </>
      )}
    </Show>
  )
}

type Row = { name: string; value: string; note?: string | null }

/** Every number of an element, in words; what is not there is left out rather than shown empty. */
function rowsOf(element: ScoreElement, scores: UnitScores): Row[] {
  const { estimate, peers, selection, indicator } = element
  const n = (value: number) => count(value, locale())
  const rows: Row[] = []
  const add = (name: string, value: string, note: string | null = null) => rows.push({ name, value, note })
  const shown = estimate.suppressed === null
  if (shown && estimate.lo !== null && estimate.hi !== null && estimate.method !== 'known')
    add(say('row.interval'), scoreRange(estimate.lo, estimate.hi, estimate.se), say('row.intervalNote'))
  if (shown && selection !== null)
    add(
      say('row.selection'),
      scoreRange(selection.lo, selection.hi, estimate.se),
      say('row.selectionNote', { reach: decimal(selection.reach, 2, locale()) }),
    )
  if (indicator !== null && indicator.raw.lo !== null && indicator.raw.hi !== null && indicator.raw.method !== 'known')
    add(say('row.raw'), rawRange(indicator.raw.lo, indicator.raw.hi, indicator.raw.se, indicator.goalposts))
  if (estimate.n !== null) add(say('row.n'), n(estimate.n))
  if (shown && estimate.nEff !== null) add(say('row.nEff'), n(Math.round(estimate.nEff)), say('row.nEffNote'))
  const deff = shown ? designEffect(estimate) : null
  if (deff !== null && deff > 2) add(say('row.deff'), decimal(deff, 1, locale()), say('row.deffNote'))
  if (estimate.n !== null && scores.responseRate.est !== null)
    add(say('row.response'), percent(scores.responseRate.est, locale()))
  if (peers.median !== null) add(say('row.median'), score(peers.median, estimate.se))
  if (peers.ownPlaces !== null) add(say('row.places'), placesWords(peers.ownPlaces, peers.of), say('row.placesNote'))
  if (element.whatIf?.worth && indicator !== null)
    add(say('row.worth'), worthWords(element.whatIf.worth, element, scores))
  if (element.kind === 'node')
    add(say('row.present'), say('row.presentOf', { present: n(element.present), of: n(element.of) }))
  return rows
}

/** What one more unit of an indicator brings; of a share, ten percentage points. */
function worthWords(worth: number, { indicator }: ScoreElement, scores: UnitScores): string {
  const isShare = isShareScale(indicator?.goalposts ?? null)
  return say(isShare ? 'row.worthShare' : 'row.worthUnit', {
    points: signedPoints(isShare ? worth / 10 : worth, scores.index.scale),
  })
}

function NodeDetails(props: Shared & { node: ScoreNode }) {
  const element = () => props.node.element
  const warnings = () => warningsOf(props.node, props.scores)
  return (
    <details class="how node-details">
      <summary>
        {warnings().length > 0
          ? say('node.detailsWarned', { n: count(warnings().length, locale()) })
          : say('node.details')}
        <span class="visually-hidden">: {own(element().label)}</span>
      </summary>
      <dl class="node-numbers">
        <For each={rowsOf(element(), props.scores)}>
          {(row) => (
            <div>
              <dt>{row.name}</dt>
              <dd>
                {row.value}
                <Show when={row.note}>
                  <span class="cell-note">{row.note}</span>
                </Show>
              </dd>
            </div>
          )}
        </For>
      </dl>
      <Expected element={element()} />
      <For each={warnings()}>{(text) => <p class="node-warning">{text}</p>}</For>
      <Show when={element().coverage}>
        {(coverage) => (
          <p>
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
      <p class="quiet">{say('node.source', { source: element().source })}</p>
      <p>
        <A href={path.unitIndex(props.scores.unit.id, 'cach-tinh', { ...props.asked, node: element().code })}>
          {say('node.explain')}
          <span class="visually-hidden">: {own(element().label)}</span>
        </A>
      </p>
    </details>
  )
}

/** What a reader must know before using the number. */
function warningsOf({ element, children }: ScoreNode, scores: UnitScores): string[] {
  const deff = element.estimate.suppressed === null ? designEffect(element.estimate) : null
  const missing = children.filter(({ element: child }) => child.estimate.suppressed !== null)
  return [
    ...element.warnings.flatMap((code) => {
      const text = sayIf(`warning.${code}`, {
        present: count(element.present, locale()),
        of: count(element.of, locale()),
        clusters: count(scores.clusters, locale()),
        n: count(element.estimate.n ?? 0, locale()),
      })
      return text === null ? [] : [text]
    }),
    ...(deff !== null && deff > 2 ? [say('warning.design_effect', { deff: decimal(deff, 1, locale()) })] : []),
    ...(element.estimate.suppressed === 'complementary' ? [say('warning.complementary')] : []),
    ...(element.estimate.suppressed === 'not_measured' && children.length > 0 && missing.length > 0
      ? [
          say('warning.children_not_measured', {
            n: count(missing.length, locale()),
            of: count(children.length, locale()),
          }),
        ]
      : []),
  ]
}

/** How many of a tree's leaves show a number, for the line above it. */
export function shownLeaves(root: ScoreNode): { shown: number; of: number } {
  const leaves = flatten(root).filter(({ children }) => children.length === 0)
  return { shown: leaves.filter(({ element }) => element.estimate.est !== null).length, of: leaves.length }
}
