import { A } from '@solidjs/router'
import { For, Show } from 'solid-js'
import { count, instant } from '../lib/format.ts'
import { locale, own } from '../lib/locale.ts'
import { path } from '../path.ts'
import type { UnitScores } from './types.ts'
import { say, sayIf } from './words.ts'

/** What stands over all numbers of the page. */
export function PageWarnings(props: { scores: UnitScores }) {
  const texts = () =>
    props.scores.warnings.flatMap((code) => {
      const text = sayIf(`page.warning.${code}`, { clusters: count(props.scores.clusters, locale()) })
      return text === null ? [] : [text]
    })
  return (
    <Show when={texts().length > 0}>
      <div class="caution">
        <For each={texts()}>{(text) => <p>{text}</p>}</For>
      </div>
    </Show>
  )
}

/** Parts of the published index that nothing here can see: left blank, never filled in. */
export function Blanks(props: { scores: UnitScores }) {
  return (
    <Show when={props.scores.blanks.length > 0}>
      <section aria-labelledby="khong-do">
        <h2 id="khong-do">{say('blanks.title')}</h2>
        <p class="lead">{say('blanks.lead')}</p>
        <ul class="blank-list">
          <For each={props.scores.blanks}>
            {(blank) => (
              <li>
                <strong>{own(blank.label)}</strong>: {own(blank.reason)}
              </li>
            )}
          </For>
        </ul>
      </section>
    </Show>
  )
}

/** Where the numbers come from: the edition with what is not established about it, and the run. */
export function AboutIndex(props: { scores: UnitScores }) {
  const run = () => props.scores.run
  return (
    <section aria-labelledby="ve-bo-chi-so">
      <h2 id="ve-bo-chi-so">{say('about.title')}</h2>
      <p>
        {own(props.scores.index.label)}. {say(props.scores.index.official ? 'about.official' : 'about.near')}
      </p>
      <Show when={props.scores.index.notes.length > 0}>
        <ul>
          <For each={props.scores.index.notes}>{(note) => <li>{own(note)}</li>}</For>
        </ul>
      </Show>
      <p class="quiet">
        {say('about.run', {
          at: instant(run().madeAt, locale()),
          answers: count(run().answers, locale()),
          hash: run().inputsSha256.slice(0, 12),
        })}{' '}
        <A href={path.indexRun(run().id)}>{say('about.runLink')}</A>{' '}
        <A href={path.edition(props.scores.index)}>{say('about.editionLink')}</A>
      </p>
    </section>
  )
}
