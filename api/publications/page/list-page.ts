import { html } from 'hono/html'
import type { PublicUnits } from '../public.ts'
import { address, layout, type Markup } from './layout.ts'
import { otherRuns, runDetails, runNotices } from './run.ts'
import type { Speech } from './speech.ts'

const KINDS = ['department', 'centre', 'one_stop', 'commune', 'district'] as const

/** The units of a run by kind and name; no numbers, so that no order by number can be read into it. */
export function listPage(speech: Speech, found: PublicUnits, asked: number | null): Markup {
  const { say } = speech
  const provinces = found.units.filter((unit) => unit.kind === 'province')
  return layout(speech, {
    title: say('listTitle'),
    tenant: found.tenant,
    sample: found.sample,
    other: address({ language: speech.language === 'vi' ? 'en' : 'vi' }, null, asked),
    home: address(speech, null, asked),
    content: html`
      <h1>${say('listTitle')}</h1>
      <p class="lead">
        ${say('ofPeriod', { period: speech.period(found.run), date: speech.day(found.run.publishedAt) })}
      </p>
      <p>${say('listLead', { tenant: found.tenant })}</p>
      <p class="internal">${say('internal')}</p>
      ${runNotices(speech, found, null)}
      ${provinces.map(
        (unit) =>
          html`<p class="province">
            <a href="${address(speech, unit.id, asked)}">${say('wholeProvince', { name: unit.name })}</a>
            <span>${say('wholeProvinceText')}</span>
          </p>`,
      )}
      <p class="why">${say('listOrder')}</p>
      ${KINDS.map((kind) => {
        const units = found.units.filter((unit) => unit.kind === kind)
        if (units.length === 0) return ''
        return html`<section aria-labelledby="kind-${kind}">
          <h2 id="kind-${kind}">${say(`kind.${kind}`)}</h2>
          <ul class="units">
            ${units.map((unit) => html`<li><a href="${address(speech, unit.id, asked)}">${unit.name}</a></li>`)}
          </ul>
        </section>`
      })}
      ${runDetails(speech, found)} ${otherRuns(speech, found, null, asked)}
    `,
  })
}
