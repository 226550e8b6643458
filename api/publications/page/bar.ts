import { html } from 'hono/html'
import type { Estimate } from '../../core/stats/estimate.ts'
import type { Markup } from './layout.ts'

/**
 * An interval on a line: a band between two end strokes, a dot at the estimate; hollow where only the interval may be
 * shown. The text beside it says the same, so it is hidden from assistive technology. Percentages need no style attribute.
 */
export function intervalBar(scale: { min: number; max: number }, { est, lo, hi }: Estimate): Markup {
  const at = (value: number) =>
    `${Math.round(Math.min(1, Math.max(0, (value - scale.min) / (scale.max - scale.min))) * 10_000) / 100}%`
  if (lo === null || hi === null) return html``
  // a count of the register has no width
  const wide = hi > lo
  const dot = est ?? (wide ? null : lo)
  const width = `${Math.round(((hi - lo) / (scale.max - scale.min)) * 10_000) / 100}%`
  return html`<svg class="bar" aria-hidden="true" focusable="false">
    <line class="bar-track" x1="0" x2="100%" y1="12" y2="12" />
    ${[0, 0.25, 0.5, 0.75, 1].map((part) => {
      const x = `${part * 100}%`
      return html`<line class="bar-tick" x1="${x}" x2="${x}" y1="8" y2="16" />`
    })}
    ${
      wide
        ? html`<rect
              class="${est === null ? 'bar-band bar-hollow' : 'bar-band'}"
              x="${at(lo)}"
              width="${width}"
              y="7"
              height="10"
            />
            <line class="bar-end" x1="${at(lo)}" x2="${at(lo)}" y1="3" y2="21" />
            <line class="bar-end" x1="${at(hi)}" x2="${at(hi)}" y1="3" y2="21" />`
        : ''
    }
    ${dot === null ? '' : html`<svg x="${at(dot)}" y="12" overflow="visible"><circle class="bar-dot" r="5" /></svg>`}
  </svg>`
}
