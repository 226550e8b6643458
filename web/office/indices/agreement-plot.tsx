import { tickStep, ticks } from 'd3-array'
import { For, Show } from 'solid-js'
import { position } from '../../charts/scale.ts'
import { decimal } from '../lib/format.ts'
import { locale } from '../lib/locale.ts'
import { signed } from './score-format.ts'
import type { Agreement, Scale } from './types.ts'
import { say } from './words.ts'

/** Bland and Altman's picture: difference against mean, with the mean difference and its limits. The tables hold the same numbers. */
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
        <p class="axis-title" aria-hidden="true">
          {say('agreement.plotUp')}
        </p>
        <div class="axis-up" aria-hidden="true">
          <For each={marks(up())}>
            {({ value, digits }) => (
              <span style={{ top: `${100 - position(value, up())}%` }}>{signed(value, digits)}</span>
            )}
          </For>
        </div>
        <div class="agreement-field">
          <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
            <For each={marks(up())}>
              {({ value }) => {
                const y = () => 100 - position(value, up())
                return <line class="axis-line" x1="0" x2="100" y1={y()} y2={y()} />
              }}
            </For>
            <For each={marks(across())}>
              {({ value }) => {
                const x = () => position(value, across())
                return <line class="axis-line" x1={x()} x2={x()} y1="0" y2="100" />
              }}
            </For>
            <For each={lines()}>
              {(line) => {
                const y = () => 100 - position(line.value, up())
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
        </div>
        <div class="axis-across" aria-hidden="true">
          <For each={marks(across())}>
            {({ value, digits }) => (
              <span style={{ left: `${position(value, across())}%` }}>{decimal(value, digits, locale())}</span>
            )}
          </For>
        </div>
        <p class="axis-title axis-title-across" aria-hidden="true">
          {say('agreement.plotAcross')}
        </p>
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

const MARKS = 5

/** About five round values of an axis, with the decimals that tell them apart. */
function marks({ min, max }: Scale): { value: number; digits: number }[] {
  const digits = Math.max(0, -Math.floor(Math.log10(tickStep(min, max, MARKS))))
  return ticks(min, max, MARKS).map((value) => ({ value, digits }))
}
