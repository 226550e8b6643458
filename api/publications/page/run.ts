import { html } from 'hono/html'
import type { PublicRun } from '../public.ts'
import { address, type Markup } from './layout.ts'
import type { Speech } from './speech.ts'

interface Shown {
  run: PublicRun
  replacedBy: PublicRun | null
  runs: readonly PublicRun[]
  nextRuns: number | null
  /** Of a unit: nothing of it is shown. */
  silent?: boolean
}

/** That the run shown was withdrawn or replaced, or that others of a later or the same period were withdrawn. */
export function runNotices(speech: Speech, shown: Shown, unit: number | null): Markup {
  const { say } = speech
  const { run, runs } = shown
  if (run.withdrawn !== null) {
    const values = { at: speech.instant(run.withdrawn.at), reason: say(`reason.${run.withdrawn.reason}`) }
    return html`<div class="withdrawn" role="note">
      <p class="withdrawn-title">${say('withdrawnTitle')}</p>
      <p>${say(run.withdrawn.reason === 'privacy' ? 'withdrawnPrivacy' : 'withdrawnText', values)}</p>
    </div>`
  }
  if (run.superseded) return replacedNotice(speech, shown, unit)
  const withdrawn = runs.filter((one) => one.withdrawn !== null && one.to >= run.to && one.id !== run.id)
  if (withdrawn.length === 0) return html``
  const byPeriod = Map.groupBy(withdrawn, (one) => `${one.from} ${one.to}`)
  return html`<div class="note" role="note">
    ${[...byPeriod.values()].map((list) => withdrawnLine(speech, list, unit))}
  </div>`
}

function replacedNotice(speech: Speech, { replacedBy, silent }: Shown, unit: number | null): Markup {
  const { say } = speech
  return html`<div class="note" role="note">
    <p>
      ${say(silent === true ? 'supersededSilent' : 'superseded')}
      ${
        replacedBy === null
          ? ''
          : html`<a href="${address(speech, unit, replacedBy.id)}"
              >${say('supersededSee', { date: speech.day(replacedBy.publishedAt) })}</a
            >`
      }
    </p>
  </div>`
}

/** One line for all withdrawn runs of a period: the last one's day and reason, and the way to it. */
function withdrawnLine(speech: Speech, list: readonly PublicRun[], unit: number | null): Markup {
  const { say } = speech
  const at = (one: PublicRun) => one.withdrawn?.at ?? ''
  const last = list.reduce((newest, one) => (at(one) > at(newest) ? one : newest))
  const values = {
    n: list.length,
    period: speech.period(last),
    at: speech.day(at(last)),
    reason: say(`reason.${last.withdrawn?.reason ?? 'other'}`),
  }
  return html`<p>
    ${say(list.length === 1 ? 'newerWithdrawn' : 'newerWithdrawnMany', values)}
    <a href="${address(speech, unit, last.id)}">${say('newerWithdrawnSee')}</a>
  </p>`
}

/** What names the run, so that its numbers can be quoted and checked. */
export function runDetails(speech: Speech, { run, unit }: { run: PublicRun; unit?: { id: number } }): Markup {
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

/** Links to the other runs the public may see. @param asked the run in the address, if any */
export function otherRuns(speech: Speech, shown: Shown, unit: number | null, asked: number | null): Markup {
  const { run, runs, nextRuns } = shown
  const others = runs.filter((one) => one.id !== run.id)
  if (others.length === 0) return html``
  const { say } = speech
  const mark = (one: PublicRun) =>
    one.withdrawn !== null ? ` (${say('periodWithdrawn')})` : one.superseded ? ` (${say('periodSuperseded')})` : ''
  return html`<nav aria-labelledby="periods">
    <h2 id="periods">${say('periodsTitle')}</h2>
    <ul class="periods">
      ${others.map(
        (one) =>
          html`<li>
            <a href="${address(speech, unit, one.id)}"
              >${say('ofPeriod', { period: speech.period(one), date: speech.day(one.publishedAt) })},
              ${say('periodRun', { id: one.id })}</a
            >${mark(one)}
          </li>`,
      )}
    </ul>
    ${
      nextRuns === null
        ? ''
        : html`<p><a href="${address(speech, unit, asked, nextRuns)}#periods">${say('periodsOlder')}</a></p>`
    }
  </nav>`
}
