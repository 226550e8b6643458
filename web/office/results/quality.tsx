import { createAsync, revalidate, useParams } from '@solidjs/router'
import { createSignal, createUniqueId, For, Show } from 'solid-js'
import { Notice } from '../../ui/notice.tsx'
import { ScrollTable } from '../../ui/scroll-table.tsx'
import {
  getQuality,
  getQuestions,
  getResults,
  getUnitResults,
  getWeights,
  putRules,
  type Quality,
} from '../api/results.ts'
import { ReadingCell } from '../figures/reading-cell.tsx'
import { count, decimal } from '../lib/format.ts'
import { locale, own } from '../lib/locale.ts'
import { path } from '../path.ts'
import { Boundary } from '../shell/boundary.tsx'
import { ErrorNotice } from '../shell/error-notice.tsx'
import { ResultsFrame } from './frame.tsx'
import { say } from './words.ts'

const n = (value: number) => count(value, locale())
const COLUMNS = ['asked', 'answered', 'dontKnow', 'skipped', 'notAsked'] as const
const INDEX = { min: 10, max: 100 }

/** Signs of haste, rules that keep answers out, and questions that lack answers. */
export function QualityPage() {
  const params = useParams<{ id: string }>()
  const quality = createAsync(() => getQuality(Number(params.id)))
  return (
    <Boundary page>
      <Show when={quality()}>
        {(known) => (
          <ResultsFrame part="chat-luong" summary={known()}>
            <p class="lead">{say('quality.lead')}</p>
            <RulesForm quality={known()} />
            <Score quality={known()} />
            <QuestionsTable quality={known()} />
          </ResultsFrame>
        )}
      </Show>
    </Boundary>
  )
}

function RulesForm(props: { quality: Quality }) {
  const id = createUniqueId()
  const [failure, setFailure] = createSignal<unknown>(null)
  const [state, setState] = createSignal<'idle' | 'busy' | 'saved'>('idle')
  const submit = async (event: SubmitEvent & { currentTarget: HTMLFormElement }) => {
    event.preventDefault()
    if (state() === 'busy') return
    const form = new FormData(event.currentTarget)
    setFailure(null)
    setState('busy')
    try {
      await putRules(
        props.quality.campaign.id,
        props.quality.rules
          .filter(({ code }) => form.has(code))
          .map(({ code }) => ({ code, limit: Number(String(form.get(`${code}-limit`)).replace(',', '.')) })),
      )
      setState('saved')
      await revalidate([getQuality.key, getResults.key, getUnitResults.key, getQuestions.key, getWeights.key])
    } catch (error) {
      setFailure(() => error)
      setState('idle')
    }
  }
  return (
    <form class="card results-form" novalidate onSubmit={(event) => void submit(event)}>
      <h2>{say('quality.rules.title')}</h2>
      <p>{say('quality.rules.lead')}</p>
      <p class="quiet">
        {props.quality.pace === null
          ? say('quality.noPace')
          : say('quality.pace', {
              seconds: decimal(props.quality.pace / 1000, 1, locale()),
              n: n(props.quality.timed),
            })}
      </p>
      <ul class="quality-rules">
        <For each={props.quality.rules}>
          {(rule) => (
            <li>
              <label class="choice">
                <input
                  type="checkbox"
                  name={rule.code}
                  checked={rule.inForce}
                  aria-describedby={`${id}-${rule.code}`}
                  onChange={() => setState('idle')}
                />
                <span>{say(`quality.rule.${rule.code}`)}</span>
              </label>
              <div class="quality-limit">
                <label>
                  <span aria-hidden="true">{say('quality.limitShort')}</span>
                  <span class="visually-hidden">
                    {say('quality.limit', { rule: say(`quality.rule.${rule.code}`) })}
                  </span>
                  <input
                    class="short-number"
                    name={`${rule.code}-limit`}
                    inputmode="decimal"
                    value={locale() === 'vi' ? String(rule.limit).replace('.', ',') : rule.limit}
                    onInput={() => setState('idle')}
                  />
                </label>
                <p id={`${id}-${rule.code}`}>
                  {say(`quality.is.${rule.code}`)} <strong>{say('quality.told', { n: n(rule.told) })}</strong>
                  <Show when={rule.inForce}>; {say('quality.keptOut', { n: n(rule.keptOut) })}</Show>.
                </p>
              </div>
            </li>
          )}
        </For>
      </ul>
      <button type="submit" class="button" aria-disabled={state() === 'busy'}>
        {say(state() === 'busy' ? 'quality.busy' : 'quality.save')}
      </button>
      <Show when={state() === 'saved'}>
        <Notice kind="success">
          <p>{say('quality.saved')}</p>
        </Notice>
      </Show>
      <Show when={failure()}>{(error) => <ErrorNotice error={error()} heading={say('problem')} />}</Show>
    </form>
  )
}

/** The index with the rules in force and without them, one above the other. */
function Score(props: { quality: Quality }) {
  return (
    <Show when={props.quality.score}>
      {(score) => (
        <section aria-labelledby="score">
          <h2 id="score">{say('quality.score', { label: own(score().label) })}</h2>
          <dl class="results-basis">
            <For
              each={
                [
                  ['with', score().with],
                  ['without', score().without ?? score().with],
                ] as const
              }
            >
              {([which, shown]) => (
                <div>
                  <dt>{say(`quality.${which}`)}</dt>
                  <dd>
                    <Show when={shown}>
                      {(one) => <ReadingCell estimate={one().estimate} needed={one().needed} domain={INDEX} />}
                    </Show>
                  </dd>
                </div>
              )}
            </For>
          </dl>
        </section>
      )}
    </Show>
  )
}

function QuestionsTable(props: { quality: Quality }) {
  return (
    <section aria-labelledby="questions">
      <h2 id="questions">{say('quality.questions.title')}</h2>
      <ScrollTable caption={say('quality.questions.caption')} class="wide-first compact">
        <thead>
          <tr>
            <th scope="col">{say('quality.question')}</th>
            <For each={COLUMNS}>
              {(column) => (
                <th scope="col" class="number">
                  {say(`quality.${column}`)}
                </th>
              )}
            </For>
          </tr>
        </thead>
        <tbody>
          <For
            each={props.quality.questions.filter(
              (one) => one.withheld !== null || Number(one.asked) + Number(one.notAsked) > 0,
            )}
          >
            {(question) => (
              <tr>
                <th scope="row">
                  <a href={`${path.results(props.quality.campaign.id, 'cau-hoi')}#${question.code}`}>
                    {own(question.short)}
                  </a>
                </th>
                <Show
                  when={question.withheld}
                  fallback={<For each={COLUMNS}>{(column) => <td class="number">{n(question[column] ?? 0)}</td>}</For>}
                >
                  {(why) => <td colSpan={COLUMNS.length}>{say(`withheld.${why()}`)}</td>}
                </Show>
              </tr>
            )}
          </For>
        </tbody>
      </ScrollTable>
    </section>
  )
}
