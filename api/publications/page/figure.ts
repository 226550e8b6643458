import { html } from 'hono/html'
import type { PublicUnit } from '../public.ts'
import { intervalBar } from './bar.ts'
import type { Markup } from './layout.ts'
import type { Speech } from './speech.ts'

type Figure = PublicUnit['figures'][number]
type Scale = Figure['scale']

/** A headline number in words: the value and its interval, or why there is none. */
export function reading(speech: Speech, figure: Figure): { value: string; detail: string; why: string | null } {
  const { say, count } = speech
  const { lo, hi, n, method, suppressed } = figure.estimate
  // a count over the register has no width: its interval alone is the value
  const est = figure.estimate.est ?? (method === 'register_count' ? lo : null)
  const answers = say('answers', { n: count(n ?? 0) })
  if (suppressed === 'too_few') {
    const why = figure.needed === null ? say('tooFewPlain') : say('tooFewNeed', { k: count(figure.needed) })
    return { value: say('tooFew'), detail: '', why }
  }
  if (suppressed !== null || lo === null || hi === null)
    return { value: say('hidden'), detail: '', why: say('hiddenWhy') }
  const write = writer(speech, figure)
  if (est === null) {
    const ends = { lo: write(lo), hi: write(hi) }
    return { value: say('intervalOnly', ends), detail: '', why: say('intervalWhy', { n: count(n ?? 0) }) }
  }
  const grade = figure.grade === null ? '' : ` (${speech.sayOr(`grade.${figure.grade}`, figure.grade)})`
  const detail =
    method === 'register_count'
      ? say('dossiers', { n: count(n ?? 0) })
      : `${say('range', { range: writeRange(speech, figure, lo, hi) })}, ${answers}`
  return { value: `${write(est)}${grade}`, detail, why: null }
}

/** A figure with its name, what it is, its number, interval and scale. */
export function figureCard(speech: Speech, figure: Figure): Markup {
  const { value, detail, why } = reading(speech, figure)
  const shown = figure.estimate.suppressed === null
  return html`<article class="figure">
    <h3>${speech.sayOr(`figure.${figure.code}`, figure.code)}</h3>
    <p class="what">${speech.sayOr(`figure.${figure.code}.is`, '')}</p>
    <p class="reading">
      <span class="${why === null ? 'value' : 'value value-words'}">${value}</span>
      ${detail === '' ? '' : html`<span class="detail">${detail}</span>`}
    </p>
    ${why === null ? '' : html`<p class="why">${why}</p>`}
    ${figure.carriedFrom === null || !shown ? '' : html`<p class="why">${speech.say('carried')}</p>`}
    ${shown ? intervalBar(figure.scale, figure.estimate) : ''}
    ${
      shown
        ? html`<p class="scale">
            <span>${writeEnd(speech, figure.scale, 'min')}</span><span>${writeEnd(speech, figure.scale, 'max')}</span>
          </p>`
        : html`<p class="scale-words">
            ${speech.say('scale', { min: writeEnd(speech, figure.scale, 'min'), max: writeEnd(speech, figure.scale, 'max') })}
          </p>`
    }
  </article>`
}

const isShare = (scale: Scale) => scale.min === 0 && scale.max === 1
const isPercent = (scale: Scale) => scale.min === 0 && scale.max === 100

/** Whole percent for shares; on other scales the decimals that the standard error allows, one or two. */
function writer(speech: Speech, { scale, estimate }: Figure): (value: number) => string {
  if (isShare(scale)) return speech.percent
  const { se } = estimate
  const digits = se === null || !(se > 0) ? 1 : Math.min(2, Math.max(1, Math.floor(-Math.log10(se / 2) + 1e-9)))
  return (value) => `${speech.decimal(value, digits)}${isPercent(scale) ? '%' : ''}`
}

function writeRange(speech: Speech, figure: Figure, lo: number, hi: number): string {
  if (isShare(figure.scale)) return speech.percentRange(lo, hi)
  const write = writer(speech, figure)
  return `${write(lo)}–${write(hi)}`
}

function writeEnd(speech: Speech, scale: Scale, end: 'min' | 'max'): string {
  if (isShare(scale)) return speech.percent(scale[end])
  return `${speech.decimal(scale[end], Number.isInteger(scale[end]) ? 0 : 2)}${isPercent(scale) ? '%' : ''}`
}
