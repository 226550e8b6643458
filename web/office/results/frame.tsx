import { A } from '@solidjs/router'
import { For, Show, type ParentProps } from 'solid-js'
import { Notice } from '../../ui/notice.tsx'
import type { Summary } from '../api/results.ts'
import { RateCell } from '../figures/rate-cell.tsx'
import { count, decimal } from '../lib/format.ts'
import { locale } from '../lib/locale.ts'
import { path, type ResultsPart } from '../path.ts'
import { PageHeading } from '../shell/page-heading.tsx'
import { say } from './words.ts'

const PARTS: readonly ResultsPart[] = ['ket-qua', 'cau-hoi', 'trong-so', 'chat-luong']
const n = (value: number) => count(value, locale())

/** One part of a campaign's results: heading, the other parts, and on what it all rests. */
export function ResultsFrame(props: ParentProps<{ part: ResultsPart; summary: Summary }>) {
  const campaign = () => props.summary.campaign
  return (
    <div class="page results">
      <header>
        <p class="results-back">
          <a href={path.campaign(campaign().id)}>{say('back')}</a>
        </p>
        <PageHeading title={say(`heading.${props.part}`, { title: campaign().title })} />
        <p class="quiet">{say('internal')}</p>
      </header>
      <nav class="tabs" aria-label={say('parts')}>
        <ul>
          <For each={PARTS}>
            {(part) => (
              <li>
                <A href={path.results(campaign().id, part)} end>
                  {say(`part.${part}`)}
                </A>
              </li>
            )}
          </For>
        </ul>
      </nav>
      <Show when={campaign().state === 'open'}>
        <p class="quiet">{say('open')}</p>
      </Show>
      <Basis summary={props.summary} />
      {props.children}
    </div>
  )
}

/** How many answered, and what unequal weights cost. */
function Basis(props: { summary: Summary }) {
  const weights = () => props.summary.weights
  return (
    <section aria-labelledby="basis">
      <h2 id="basis">{say('summary.title')}</h2>
      <dl class="results-basis">
        <div>
          <dt>{say('summary.answered')}</dt>
          <dd>
            {weights().n === 0
              ? say('summary.none')
              : say('summary.answeredOf', { n: n(weights().n), asked: n(props.summary.cases.asked) })}
            <Show when={props.summary.cases.quotaFull > 0}>
              <span class="cell-note">{say('summary.turnedAway', { n: n(props.summary.cases.quotaFull) })}</span>
            </Show>
          </dd>
        </div>
        <div>
          <dt>{say('summary.rate')}</dt>
          <dd>
            <RateCell rate={props.summary.responseRate} />
          </dd>
        </div>
        <Show when={weights().nEff !== null}>
          <div>
            <dt>{say('summary.kish')}</dt>
            <dd>
              {say('summary.kishIs', {
                deff: decimal(weights().deff ?? 1, 2, locale()),
                n: n(weights().n),
                nEff: n(Math.round(weights().nEff ?? 0)),
              })}
            </dd>
          </div>
          <div>
            <dt>{say('summary.stands')}</dt>
            <dd>{say('summary.standsFor', { n: n(Math.round(weights().population)) })}</dd>
          </div>
        </Show>
        <Show when={props.summary.keptOut > 0}>
          <div>
            <dt>{say('summary.keptOut')}</dt>
            <dd>{n(props.summary.keptOut)}</dd>
          </div>
        </Show>
      </dl>
      <Show when={weights().n > 0 && weights().warnings.length > 0}>
        <Notice kind="info">
          <For each={weights().warnings}>{(warning) => <p>{say(`warning.${warning}`)}</p>}</For>
        </Notice>
      </Show>
    </section>
  )
}
