import { html } from 'hono/html'
import type { PublicUnit } from '../public.ts'
import { figureCard, reading } from './figure.ts'
import { intervalBar } from './bar.ts'
import { address, layout, type Markup } from './layout.ts'
import { runDetails, runNotices, otherRuns } from './run.ts'
import type { Speech } from './speech.ts'

/** Few numbers on the page; all others are in the open data. */
const SHOWN = ['qd766_5_4_union', 'tt01_subtotal', 'tt01_grade', 'papi_like_5', 'pci_like']

/** The page of a unit or of the province. @param asked the run in the address, if any: links keep it */
export function unitPage(speech: Speech, found: PublicUnit, asked: number | null): Markup {
  const { say } = speech
  const { unit, run } = found
  const main = found.figures.find((figure) => figure.code === 'satisfaction')
  const others = SHOWN.flatMap((code) => found.figures.find((figure) => figure.code === code) ?? [])
  return layout(speech, {
    title: unit.name,
    tenant: found.tenant,
    sample: found.sample,
    other: address({ language: speech.language === 'vi' ? 'en' : 'vi' }, unit.id, asked),
    home: address(speech, null, asked),
    content: html`
      <p class="crumb"><a href="${address(speech, null, asked)}">${say('home')}</a></p>
      <h1>${unit.name}</h1>
      <p class="lead">
        ${say('ofPeriod', { period: speech.period(run), date: speech.day(run.publishedAt) })}
        ${
          found.above
            ? html`<br /><a href="${address(speech, found.above.id, asked)}"
                  >${say('partOf', { name: found.above.name })}</a
                >`
            : ''
        }
      </p>
      <p class="internal">${say('internal')}</p>
      ${runNotices(speech, found, unit.id)} ${main ? mainFigure(speech, main) : ''} ${responseRate(speech, found)}
      ${
        others.length === 0
          ? ''
          : html`<section aria-labelledby="others">
              <h2 id="others">${say('otherTitle')}</h2>
              <div class="figures">${others.map((figure) => figureCard(speech, figure))}</div>
            </section>`
      }
      ${notMeasured(speech, found)} ${method(speech)} ${below(speech, found, asked)} ${runDetails(speech, found)}
      ${otherRuns(speech, found, unit.id, asked)}
    `,
  })
}

function mainFigure(speech: Speech, figure: PublicUnit['figures'][number]): Markup {
  const { value, detail, why } = reading(speech, figure)
  const shown = figure.estimate.suppressed === null
  return html`<section class="main" aria-labelledby="satisfaction">
    <h2 id="satisfaction">${speech.say('mainTitle')}</h2>
    <p class="reading">
      <span class="${why === null ? 'value' : 'value value-words'}">${value}</span>
      ${detail === '' ? '' : html`<span class="detail">${detail}</span>`}
    </p>
    <p class="what">${speech.say('mainIs')}</p>
    ${why === null ? '' : html`<p class="why">${why}</p>`}
    ${figure.carriedFrom === null || !shown ? '' : html`<p class="why">${speech.say('carried')}</p>`}
    ${shown ? intervalBar(figure.scale, figure.estimate) : ''}
    ${
      shown
        ? html`<p class="scale">
            <span>${speech.percent(0)}</span><span>${speech.percent(0.5)}</span><span>${speech.percent(1)}</span>
          </p>`
        : ''
    }
  </section>`
}

function responseRate(speech: Speech, { responseRate: rate }: PublicUnit): Markup {
  const { say } = speech
  const text = responseWords(speech, rate)
  return html`<section aria-labelledby="response">
    <h2 id="response">${say('responseTitle')}</h2>
    <p>${text}</p>
    <p class="why">${say('responseNote')}</p>
  </section>`
}

function responseWords({ say, percent, percentRange, count }: Speech, rate: PublicUnit['responseRate']): string {
  const { est, lo, hi, n, suppressed } = rate
  if (suppressed === 'complementary') return say('responseHidden')
  if (suppressed !== null || lo === null || hi === null)
    return say(n === 0 || n === null ? 'responseNone' : 'responseFew')
  const values = { range: percentRange(lo, hi), n: count(n ?? 0) }
  return est === null ? say('responseInterval', values) : say('responseText', { ...values, share: percent(est) })
}

function notMeasured(speech: Speech, { notMeasured: missing }: PublicUnit): Markup {
  const { say } = speech
  const here = missing.filter((code) => code !== 'tt01_grade' && code !== 'response_rate')
  return html`<section aria-labelledby="not">
    <h2 id="not">${say('notTitle')}</h2>
    <ul>
      ${
        here.length === 0
          ? ''
          : html`<li>
              ${say('notHere')}
              <ul>
                ${here.map((code) => html`<li>${speech.sayOr(`figure.${code}`, code)}</li>`)}
              </ul>
            </li>`
      }
      ${missing.includes('tt01_grade') ? html`<li>${say('notGrade')}</li>` : ''}
      <li>${say('notPetitions')}</li>
      <li>${say('notOthers')}</li>
      <li>${say('notCauses')}</li>
    </ul>
  </section>`
}

/** How the numbers are made, in plain words. */
function method(speech: Speech): Markup {
  const lines = ['methodAsk', 'methodInterval', 'methodFew', 'methodRefresh', 'methodFrozen'] as const
  return html`<section aria-labelledby="method">
    <h2 id="method">${speech.say('methodTitle')}</h2>
    <ul>
      ${lines.map((line) => html`<li>${speech.say(line)}</li>`)}
    </ul>
  </section>`
}

function below(speech: Speech, found: PublicUnit, asked: number | null): Markup {
  if (found.below.length === 0) return html``
  return html`<section class="below" aria-labelledby="below">
    <h2 id="below">${speech.say('belowTitle')}</h2>
    <p class="why">${speech.say('listOrder')}</p>
    <ul class="units">
      ${found.below.map((unit) => html`<li><a href="${address(speech, unit.id, asked)}">${unit.name}</a></li>`)}
    </ul>
  </section>`
}
