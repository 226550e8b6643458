import { A, createAsync, revalidate, useParams } from '@solidjs/router'
import { createSignal, createUniqueId, For, Show } from 'solid-js'
import type { Choice, Difference } from '../../../api/core/paper/passes.ts'
import type { SurveyAnswer } from '../../../api/core/questionnaire/definition.ts'
import { numbersOf } from '../../../api/core/paper/numbers.ts'
import { codeOf, itemByCode } from '../../../api/core/questionnaire/parts.ts'
import { findForm, getDifferences, mergePasses, type PaperDifferences } from '../api/paper.ts'
import { instant } from '../lib/format.ts'
import { locale, own } from '../lib/locale.ts'
import { path } from '../path.ts'
import { Boundary } from '../shell/boundary.tsx'
import { PageHeading } from '../shell/page-heading.tsx'
import { Refusal } from '../shell/refusal.tsx'
import { asTyped, typedAnswer } from './typed.ts'
import { refusals, say } from './words.ts'

/** Where two passes over a form differ: a person looks at the paper, chooses, and the form is stored. */
export function PaperDifferencesPage() {
  const params = useParams<{ id: string; case: string }>()
  const report = createAsync(() => getDifferences(Number(params.id), Number(params.case)))
  return (
    <Boundary page>
      <Show keyed when={report()}>
        {(known) => (
          <div class="page paper">
            <PageHeading title={say('differ.heading', { code: known.case.code })} />
            <p class="lead">{known.campaign.title}</p>
            <Report report={known} />
          </div>
        )}
      </Show>
    </Boundary>
  )
}

function Report(props: { report: PaperDifferences }) {
  // A report lives exactly as long as what was read of it (keyed above), so reading the props once is right.
  const known = props.report
  const [choices, setChoices] = createSignal<Readonly<Record<string, Choice>>>({})
  const [failure, setFailure] = createSignal<unknown>(null)
  const [done, setDone] = createSignal(known.case.state === 'complete')
  const [isRival, setRival] = createSignal(false)
  const [isBusy, setBusy] = createSignal(false)
  const open = () => known.differences.filter(({ key }) => choices()[key] === undefined).length
  const [first, second] = known.passes
  const store = async (complete: boolean) => {
    setBusy(true)
    setFailure(null)
    try {
      const basedOn = { first: first?.enteredAt ?? '', second: second?.enteredAt ?? '' }
      const merged = await mergePasses(known.campaign.id, known.case.id, { basedOn, choices: choices(), complete })
      setRival(merged.isRival)
      setDone(complete || merged.state === 'complete')
      await revalidate(findForm.key)
    } catch (error) {
      setFailure(() => error)
    }
    setBusy(false)
  }
  return (
    <>
      <ul>
        <For each={known.passes}>
          {({ pass, typist, enteredAt }) => (
            <li>{say('pass.by', { pass, name: typist, at: instant(enteredAt, locale()) })}</li>
          )}
        </For>
      </ul>
      <p>{say('differ.count', { n: known.differences.length, of: known.questions })}</p>
      <Show when={!done()}>
        <For each={known.differences}>
          {(one) => (
            <Question
              report={known}
              difference={one}
              choose={(choice) => {
                const { [one.key]: _before, ...others } = choices()
                setChoices(choice === null ? others : { ...others, [one.key]: choice })
              }}
            />
          )}
        </For>
      </Show>
      <p role="status">
        {done()
          ? say(isRival() ? 'differ.rival' : 'differ.stored')
          : open() > 0
            ? say('differ.open', { n: open() })
            : say('differ.ready')}
      </p>
      <div role="alert">
        <Show when={failure()}>{(error) => <Refusal error={error()} heading={say('problem')} words={refusals} />}</Show>
      </div>
      <p class="paper-buttons">
        <Show when={!done()}>
          <button type="button" class="button" disabled={isBusy() || open() > 0} onClick={() => void store(true)}>
            {say('differ.store')}
          </button>
          <button
            type="button"
            class="button"
            data-kind="quiet"
            disabled={isBusy() || open() > 0}
            onClick={() => void store(false)}
          >
            {say('differ.partial')}
          </button>
        </Show>
        <A href={path.paper(known.campaign.id, done() ? undefined : known.case.code)}>{say('differ.next')}</A>
      </p>
    </>
  )
}

/** One question with what each pass says, and room for what the paper says in truth. */
function Question(props: {
  report: PaperDifferences
  difference: Difference
  choose: (choice: Choice | null) => void
}) {
  const id = createUniqueId()
  const { definition } = props.report.questionnaire
  const { key, first, second } = props.difference
  const item = itemByCode(definition).get(codeOf(key))
  if (item === undefined) throw new Error('a difference is of no question')
  const row = item.type === 'matrix' ? item.rows.find(({ code }) => code === codeOf(key)) : undefined
  const [other, setOther] = createSignal(false)
  const words = (answer: SurveyAnswer | null) => {
    if (answer === null) return say('differ.blank')
    const typed = asTyped(item, answer, props.report.units)
    const option = 'options' in item ? item.options.find(({ code }) => code === answer) : undefined
    return option === undefined ? typed : `${typed}. ${own(option.text)}`
  }
  const take = (typed: string) => {
    const answer = typedAnswer(item, typed, props.report.units)
    props.choose(answer === undefined ? null : { answer })
  }
  return (
    <fieldset class="paper-difference">
      <legend>
        {numbersOf(definition).get(codeOf(key))?.label}. {own(item.text)} {row === undefined ? '' : own(row.text)}
      </legend>
      <For each={[[1, first] as const, [2, second] as const]}>
        {([pass, answer]) => (
          <label class="choice">
            <input
              type="radio"
              name={id}
              onChange={() => {
                setOther(false)
                props.choose({ pass })
              }}
            />
            <span>{say('differ.pass', { pass, answer: words(answer) })}</span>
          </label>
        )}
      </For>
      <label class="choice">
        <input
          type="radio"
          name={id}
          onChange={() => {
            setOther(true)
            props.choose({ answer: null })
          }}
        />
        <span>{say('differ.other')}</span>
      </label>
      <Show when={other()}>
        <div class="field">
          <label for={`${id}-other`}>{say('differ.typed')}</label>
          <input
            id={`${id}-other`}
            type="text"
            autocomplete="off"
            spellcheck={false}
            onInput={(event) => take(event.currentTarget.value)}
          />
        </div>
      </Show>
    </fieldset>
  )
}
