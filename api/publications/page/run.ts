import { html } from 'hono/html'
import type { PublicRun } from '../public.ts'
import { address, type Markup } from './layout.ts'
import type { Speech } from './speech.ts'

interface Shown {
  run: PublicRun
  runs: readonly PublicRun[]
}

/** That the run shown was withdrawn, or that one of a later or the same period was. */
export function runNotices(speech: Speech, { run, runs }: Shown): Markup {
  const { say } = speech
  if (run.withdrawn !== null) {
    const values = { at: speech.instant(run.withdrawn.at), reason: say(`reason.${run.withdrawn.reason}`) }
    return html`<div class="withdrawn" role="note">
      <p class="withdrawn-title">${say('withdrawnTitle')}</p>
      <p>${say(run.withdrawn.reason === 'privacy' ? 'withdrawnPrivacy' : 'withdrawnText', values)}</p>
    </div>`
  }
  const newer = runs.filter((one) => one.withdrawn !== null && one.to >= run.to && one.id !== run.id)
  if (newer.length === 0) return html``
  return html`<div class="note" role="note">
    ${newer.map(
      (one) =>
        html`<p>
          ${say('newerWithdrawn', { period: speech.period(one), at: speech.day(one.withdrawn?.at ?? one.publishedAt) })}
        </p>`,
    )}
  </div>`
}

/** What names the run, so that its numbers can be quoted and checked. */
export function runDetails(speech: Speech, { run, unit }: Shown & { unit?: { id: number } }): Markup {
  const { say } = speech
  const data = unit ? `/api/public/units/${unit.id}?run=${run.id}` : `/api/public/units?run=${run.id}`
  const row = (name: string, value: unknown) =>
    html`<div>
      <dt>${name}</dt>
      <dd>${value}</dd>
    </div>`
  return html`<section aria-labelledby="run">
    <h2 id="run">${say('runTitle')}</h2>
    <dl class="run">
      ${row(say('runId'), String(run.id))} ${row(say('runPeriod'), speech.period(run))}
      ${row(say('runFrozen'), speech.instant(run.preparedAt))}
      ${row(say('runPublished'), speech.instant(run.publishedAt))}
      ${run.withdrawn === null ? '' : row(say('runWithdrawn'), speech.instant(run.withdrawn.at))}
      ${row(say('runInstrument'), say('runVersion', { code: run.definition.code, version: run.definition.version }))}
      ${row(say('runFigures'), run.definition.figures)}
      ${row(say('runDefinition'), html`<code>${run.definition.sha256}</code>`)}
      ${row(say('runInputs'), html`<code>${run.inputsSha256}</code>`)}
    </dl>
    <p><a href="${data}">${say('runData')}</a></p>
  </section>`
}

/** Links to the other runs the public may see. */
export function otherRuns(speech: Speech, { run, runs }: Shown, unit: number | null): Markup {
  const others = runs.filter((one) => one.id !== run.id)
  if (others.length === 0) return html``
  const { say } = speech
  return html`<nav aria-labelledby="periods">
    <h2 id="periods">${say('periodsTitle')}</h2>
    <ul class="periods">
      ${others.map(
        (one) =>
          html`<li>
            <a href="${address(speech, unit, one.id)}"
              >${say('ofPeriod', { period: speech.period(one), date: speech.day(one.publishedAt) })}</a
            >${one.withdrawn === null ? '' : ` (${say('periodWithdrawn')})`}
          </li>`,
      )}
    </ul>
  </nav>`
}
