import { createAsync, useParams } from '@solidjs/router'
import { For, Show } from 'solid-js'
import { ScrollTable } from '../../ui/scroll-table.tsx'
import { getQuestions, getResults, type Counts, type Question } from '../api/results.ts'
import type { Page } from '../api/types.ts'
import { ReadingCell } from '../figures/reading-cell.tsx'
import { count } from '../lib/format.ts'
import { locale, own } from '../lib/locale.ts'
import { createPaged } from '../lib/paged.ts'
import { Boundary } from '../shell/boundary.tsx'
import { focusRow, MoreButton } from '../shell/more-button.tsx'
import { ResultsFrame } from './frame.tsx'
import { say } from './words.ts'

const n = (value: number) => count(value, locale())

/** Weighted results question by question. */
export function QuestionsPage() {
  const params = useParams<{ id: string }>()
  const id = () => Number(params.id)
  const results = createAsync(() => getResults(id(), null, null))
  return (
    <Boundary page>
      <Show when={results()}>
        {(known) => (
          <ResultsFrame part="cau-hoi" summary={known()}>
            <p class="lead">{say('questions.lead')}</p>
            <Boundary>
              <Questions campaign={id()} />
            </Boundary>
          </ResultsFrame>
        )}
      </Show>
    </Boundary>
  )
}

function Questions(props: { campaign: number }) {
  const first = createAsync(() => getQuestions(props.campaign, null))
  return (
    <Show when={first()} keyed>
      {(page: Page<Question>) => {
        let list: HTMLOListElement | undefined
        const questions = createPaged(page, (cursor) => getQuestions(props.campaign, cursor))
        return (
          <>
            <ol class="question-results" ref={(element) => (list = element)}>
              <For each={questions.items()}>{(question) => <OneQuestion of={question} />}</For>
            </ol>
            <MoreButton list={questions} arrived={(index) => focusRow(list, index)} />
          </>
        )
      }}
    </Show>
  )
}

/** How often it was put, and what became of it. */
function countWords({ asked, answered, dontKnow, skipped, notAsked }: Counts): string {
  return say('questions.counts', {
    asked: n(asked),
    answered: n(answered),
    dontKnow: n(dontKnow),
    skipped: n(skipped),
    notAsked: n(notAsked),
  })
}

function OneQuestion(props: { of: Question }) {
  const of = () => props.of
  return (
    <li id={of().code}>
      <h2>
        {own(of().short)} <span class="code">{of().code}</span>
      </h2>
      <p>{own(of().label).replaceAll('{unit}', say('questions.unit'))}</p>
      <p class="quiet">
        <Show when={of().counts}>{(counts) => countWords(counts())}</Show>
        <Show when={of().repeats}> {say('questions.repeats')}</Show>
        <Show when={of().sensitive}> {say('questions.sensitive', { minimum: n(of().minimum) })}</Show>
      </p>
      <Show when={of().withheld} fallback={<Numbers of={of()} />}>
        {(why) => <p>{say(`withheld.${why()}`)}</p>}
      </Show>
    </li>
  )
}

/** Shares or mean of a question. */
function Numbers(props: { of: Question }) {
  const of = () => props.of
  /** Where a question has too few answers, one sentence for all its options. */
  const hidden = () => of().options.every(({ share }) => share.stage === 'hidden')
  return (
    <Show when={of().options[0]} fallback={<Amount of={of()} />}>
      {(option) => (
        <Show
          when={!hidden()}
          fallback={<ReadingCell estimate={option().share.estimate} needed={option().share.needed} />}
        >
          <ScrollTable caption={own(of().short)} captionHidden class="wide-first compact">
            <thead>
              <tr>
                <th scope="col">{say('questions.option')}</th>
                <th scope="col" class="reading-column">
                  {say('questions.share')}
                </th>
              </tr>
            </thead>
            <tbody>
              <For each={of().options}>
                {(one) => (
                  <tr>
                    <th scope="row">{own(one.label)}</th>
                    <td>
                      <ReadingCell estimate={one.share.estimate} needed={one.share.needed} />
                    </td>
                  </tr>
                )}
              </For>
            </tbody>
          </ScrollTable>
        </Show>
      )}
    </Show>
  )
}

/** A mean with its unit, or the share that a list experiment tells. */
function Amount(props: { of: Question }) {
  const isList = () => props.of.type === 'list'
  /** Means are drawn on the span of their own interval: a question's range says nothing of where people are. */
  const domain = () => {
    const { lo, hi } = props.of.mean?.estimate ?? { lo: null, hi: null }
    return isList() ? { min: 0, max: 1 } : { min: Math.min(0, lo ?? 0), max: Math.max(1, 1.25 * (hi ?? 1)) }
  }
  return (
    <Show when={props.of.mean} fallback={<p class="quiet">{say('questions.noNumbers')}</p>}>
      {(mean) => (
        <>
          <p class="cell-note">
            {say(isList() ? 'questions.list' : 'questions.mean')}
            <Show when={props.of.unit}>{(unit) => ` (${own(unit())})`}</Show>
          </p>
          <ReadingCell estimate={mean().estimate} needed={mean().needed} domain={domain()} />
        </>
      )}
    </Show>
  )
}
