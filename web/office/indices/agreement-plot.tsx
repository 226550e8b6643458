import { For, Show } from 'solid-js'
import { position } from '../../charts/scale.ts'
import type { Agreement, Scale } from './types.ts'
import { say } from './words.ts'

/** Bland and Altman's picture: difference against mean, with the mean difference and its limits. The table holds the numbers. */
export function AgreementPlot(props: { agreement: Agreement }) {
  const points = () =>
    props.agreement.pairs.flatMap(({ ours, official }) =>
      ours.est === null
        ? []
        : [{ mean: (ours.est + official.value) / 2, difference: ours.est - official.value, at: official.estimated }],
    )
  const lines = () => {
    const { bias = null, lower = null, upper = null } = props.agreement.blandAltman ?? {}
    return [
      ...(bias === null ? [] : [{ value: bias.est, kind: 'bias' }]),
      ...[lower, upper].flatMap((limit) => (limit === null ? [] : [{ value: limit.est, kind: 'limit' }])),
    ]
  }
  const across = () => spanOf(points().map(({ mean }) => mean))
  const up = () => spanOf([...points().map(({ difference }) => difference), ...lines().map(({ value }) => value), 0])
  return (
    <Show when={points().length > 1}>
      <figure class="agreement-plot">
        <svg viewBox="0 0 100 50" preserveAspectRatio="none" aria-hidden="true">
          <For each={lines()}>
            {(line) => {
              const y = () => 50 - position(line.value, up()) / 2
              return <line class="agreement-line" data-kind={line.kind} x1="0" x2="100" y1={y()} y2={y()} />
            }}
          </For>
        </svg>
        <svg class="agreement-points" aria-hidden="true">
          <For each={points()}>
            {(point) => (
              <svg
                x={`${position(point.mean, across())}%`}
                y={`${100 - position(point.difference, up())}%`}
                overflow="visible"
              >
                <circle r="4" data-estimated={point.at ? '' : undefined} />
              </svg>
            )}
          </For>
        </svg>
        <figcaption>{say('agreement.plot')}</figcaption>
      </figure>
    </Show>
  )
}

/** The span of values with some room on both sides. */
export function spanOf(values: readonly number[]): Scale {
  const [lo, hi] = [Math.min(...values), Math.max(...values)]
  const room = hi > lo ? (hi - lo) / 10 : 1
  return { min: lo - room, max: hi + room }
}
