import { For, Show } from 'solid-js'
import type { Figure, Step } from '../api/types.ts'
import { count, decimal, percent } from '../lib/format.ts'
import { hasKey, keyOr, locale, t } from '../lib/locale.ts'
import { phraseOf } from '../unit/weak-words.ts'
import { shortReading } from './reading-cell.tsx'
import { readEstimate } from './reading.ts'

/** Counts are whole; anything else is a mean, shown with two decimals; what is called a share is a percentage. */
function writeOne(name: string, value: number | string | null): string {
  if (value === null) return t('how.missing')
  if (name === 'item') return t(phraseOf(String(value)), { item: String(value) })
  if (typeof value === 'string') return value
  if (name === 'share') return percent(value, locale())
  return Number.isInteger(value) ? count(value, locale()) : decimal(value, 2, locale())
}

/** The sentence of a step with its counts. A step without a sentence lists its counts by name, so nothing is hidden. */
export function stepSentence(step: Step): string {
  const values = Object.fromEntries(Object.entries(step.values).map(([name, value]) => [name, writeOne(name, value)]))
  const key = `step.${step.code}`
  if (hasKey(key)) return t(keyOr(key, 'how.steps'), values)
  const listed = Object.entries(values).map(([name, value]) => `${name} = ${value}`)
  return [step.code, ...listed].join(' · ')
}

/** "Cách tính": from the counts of this very period to the number, in steps, and what the interval means. */
export function HowComputed(props: { figure: Figure }) {
  const method = () => keyOr(`how.method.${props.figure.estimate.method ?? ''}`, 'how.missing')
  return (
    <details class="how">
      <summary>
        {t('how.open')}
        <span class="visually-hidden">: {t(`figure.${props.figure.code}`)}</span>
      </summary>
      <p class="how-steps-title">{t('how.steps')}</p>
      <Show when={props.figure.steps.length > 0} fallback={<p>{t('how.noSteps')}</p>}>
        <ol>
          <For each={props.figure.steps}>
            {(step) => (
              <li>
                {stepSentence(step)}
                <Show when={step.estimate}>
                  {(estimate) => (
                    <span class="how-estimate">
                      {' '}
                      {shortReading(readEstimate(estimate(), null), props.figure.scale, estimate().se)}
                    </span>
                  )}
                </Show>
              </li>
            )}
          </For>
        </ol>
      </Show>
      <Show when={method() !== 'how.missing'}>
        <p>{t('how.method', { method: t(method()) })}</p>
      </Show>
      <Show when={props.figure.estimate.suppressed === null}>
        <p class="quiet">{t(props.figure.estimate.method === 'register_count' ? 'how.register' : 'how.interval')}</p>
      </Show>
    </details>
  )
}
