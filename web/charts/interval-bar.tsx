import { For, Show } from 'solid-js'
import { band, position, ticks, type Domain } from './scale.ts'

/**
 * An interval on a line: a band from `lo` to `hi` closed by two end strokes, a dot at the estimate. Without an
 * estimate the band is hollow, so that "only an interval" also differs in shape. Decoration only: the text beside it
 * always says the same numbers, therefore it is hidden from assistive technology.
 */
export function IntervalBar(props: {
  domain: Domain
  lo: number | null
  hi: number | null
  est: number | null
  /** `rest` draws a diamond: the thing compared with. */
  mark?: 'here' | 'rest'
  ticks?: number
  /** A wider band around the first, drawn thin: what else may move the number. */
  outer?: { readonly lo: number; readonly hi: number } | null | undefined
  /** Something to compare with on the same line, drawn as a diamond. */
  reference?: number | null | undefined
}) {
  return (
    <svg class="interval-bar" data-mark={props.mark ?? 'here'} aria-hidden="true">
      <line class="interval-bar-track" x1="0" x2="100%" y1="12" y2="12" />
      <For each={ticks(props.domain, props.ticks ?? 5)}>
        {(value) => (
          <line
            class="interval-bar-tick"
            x1={`${position(value, props.domain)}%`}
            x2={`${position(value, props.domain)}%`}
            y1="8"
            y2="16"
          />
        )}
      </For>
      <Show when={props.outer}>
        {(outer) => {
          const place = () => band(outer().lo, outer().hi, props.domain)
          return (
            <rect
              class="interval-bar-outer"
              x={`${place().left}%`}
              width={`${place().width}%`}
              y="9.5"
              height="5"
              rx="2"
            />
          )
        }}
      </Show>
      <Show when={props.lo !== null && props.hi !== null && { lo: props.lo, hi: props.hi }}>
        {(ends) => {
          const place = () => band(ends().lo, ends().hi, props.domain)
          return (
            <>
              <rect
                class="interval-bar-band"
                data-hollow={props.est === null ? '' : undefined}
                x={`${place().left}%`}
                width={`${place().width}%`}
                y="7"
                height="10"
                rx="1"
              />
              <line class="interval-bar-end" x1={`${place().left}%`} x2={`${place().left}%`} y1="3" y2="21" />
              <line
                class="interval-bar-end"
                x1={`${place().left + place().width}%`}
                x2={`${place().left + place().width}%`}
                y1="3"
                y2="21"
              />
            </>
          )
        }}
      </Show>
      <Show when={(props.reference ?? null) !== null && { value: props.reference ?? 0 }}>
        {(reference) => (
          <svg x={`${position(reference().value, props.domain)}%`} y="12" overflow="visible">
            <path class="interval-bar-diamond" d="M0 -6 L6 0 L0 6 L-6 0 Z" />
          </svg>
        )}
      </Show>
      <Show when={props.est !== null && { value: props.est }}>
        {(est) => (
          <svg x={`${position(est().value, props.domain)}%`} y="12" overflow="visible">
            <Show when={props.mark === 'rest'} fallback={<circle class="interval-bar-dot" r="4.5" />}>
              <path class="interval-bar-diamond" d="M0 -6 L6 0 L0 6 L-6 0 Z" />
            </Show>
          </svg>
        )}
      </Show>
    </svg>
  )
}
