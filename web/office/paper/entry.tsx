import { A, createAsync, revalidate, useNavigate, useParams } from '@solidjs/router'
import { createMemo, createSignal, createUniqueId, For, onMount, Show } from 'solid-js'
import { NA_MARK } from '../../../api/core/paper/words.ts'
import { answerFault } from '../../../api/core/questionnaire/check.ts'
import type { SurveyAnswers } from '../../../api/core/questionnaire/definition.ts'
import { Notice } from '../../ui/notice.tsx'
import { findForm, getPass, putPass, type PaperPass } from '../api/paper.ts'
import { own } from '../lib/locale.ts'
import { useSession } from '../lib/session.tsx'
import { path } from '../path.ts'
import { Boundary } from '../shell/boundary.tsx'
import { PageHeading } from '../shell/page-heading.tsx'
import { Refusal } from '../shell/refusal.tsx'
import { createTypedDraft } from './draft.ts'
import { stepsOf, type Step } from './steps.ts'
import { asTyped, typedAnswer } from './typed.ts'
import { refusals, say, sayIf } from './words.ts'

/** Typing one pass over a paper form, question after question, with the keyboard alone. */
export function PaperEntryPage() {
  const params = useParams<{ id: string; case: string; pass: string }>()
  const pass = createAsync(() => getPass(Number(params.id), Number(params.case), Number(params.pass)))
  return (
    <Boundary page>
      <Show keyed when={pass()}>
        {(known) => (
          <div class="page paper">
            <PageHeading title={say('entry.heading', { pass: known.pass, code: known.case.code })} />
            <p class="lead">{known.campaign.title}</p>
            <Typing pass={known} />
          </div>
        )}
      </Show>
    </Boundary>
  )
}

function Typing(props: { pass: PaperPass }) {
  // A pass lives exactly as long as what was read of it (keyed above), so reading the props once is right.
  const known = props.pass
  const navigate = useNavigate()
  const draft = createTypedDraft(useSession()().user.id, known)
  const kept = draft.read()
  const [answers, setAnswers] = createSignal<SurveyAnswers>(kept?.answers ?? known.answers ?? {})
  const [at, setAt] = createSignal(kept?.at ?? 0)
  const [isFromDraft, setFromDraft] = createSignal(kept !== null)
  const [failure, setFailure] = createSignal<unknown>(null)
  const [isBusy, setBusy] = createSignal(false)
  const steps = createMemo(() => stepsOf(known, answers()))
  const step = () => steps()[at()]
  /** The question changes only with its key: what is being typed stays. */
  const shown = createMemo(step, undefined, { equals: (one, other) => one?.key === other?.key })
  const isBoth = known.passes.some((one) => one.pass !== known.pass && one.isOwn)
  /** Without what later answers have hidden. */
  const given = (): SurveyAnswers => {
    const asked = new Set(steps().map(({ key }) => key))
    return Object.fromEntries(Object.entries(answers()).filter(([key]) => asked.has(key)))
  }
  const save = async () => {
    setBusy(true)
    setFailure(null)
    try {
      await putPass(known.campaign.id, known.case.id, known.pass, { answers: given() })
      draft.forget()
      await revalidate([findForm.key, getPass.key])
      navigate(path.paper(known.campaign.id, known.case.code))
    } catch (error) {
      setFailure(() => error)
      setBusy(false)
    }
  }
  const startAnew = () => {
    draft.forget()
    setFromDraft(false)
    setAnswers(known.answers ?? {})
    setAt(0)
  }
  return (
    <>
      <Show when={isBoth}>
        <Notice kind="info">
          <p>{say('fault.same_typist')}</p>
        </Notice>
      </Show>
      <p>{say('entry.keys', { na: NA_MARK })}</p>
      <Show when={isFromDraft()}>
        <Notice kind="info">
          <p>{say('entry.kept', { n: Object.keys(kept?.answers ?? {}).length })}</p>
          <p>
            <button type="button" class="button" data-kind="quiet" onClick={startAnew}>
              {say('entry.dropKept')}
            </button>
          </p>
        </Notice>
      </Show>
      <p class="paper-place" role="status">
        {step() === undefined
          ? say('entry.done', { n: Object.keys(given()).length, of: steps().length })
          : say('entry.place', { at: at() + 1, of: steps().length, part: step()?.part ?? '' })}
      </p>
      <Show keyed when={shown()}>
        {(now) => (
          <Question
            step={now}
            pass={known}
            answers={answers()}
            back={() => setAt(Math.max(0, at() - 1))}
            take={(answer) => {
              const { [now.key]: _before, ...others } = answers()
              setAnswers(answer === null ? others : { ...others, [now.key]: answer })
              setAt(at() + 1)
              draft.keep(answers(), at())
            }}
          />
        )}
      </Show>
      <div role="alert">
        <Show when={failure()}>{(error) => <Refusal error={error()} heading={say('problem')} words={refusals} />}</Show>
      </div>
      <p class="paper-buttons">
        <button
          type="button"
          class="button"
          data-kind={step() === undefined ? undefined : 'quiet'}
          disabled={isBusy()}
          onClick={() => void save()}
        >
          {say('entry.save')}
        </button>
        <Show when={step() === undefined}>
          <button type="button" class="button" data-kind="quiet" onClick={() => setAt(Math.max(0, steps().length - 1))}>
            {say('entry.back')}
          </button>
        </Show>
        <A href={path.paper(known.campaign.id, known.case.code)} onClick={() => draft.forget()}>
          {say('entry.leave')}
        </A>
      </p>
    </>
  )
}

function Question(props: {
  step: Step
  pass: PaperPass
  answers: SurveyAnswers
  take: (answer: SurveyAnswers[string] | null) => void
  back: () => void
}) {
  const id = createUniqueId()
  const { key, item } = props.step
  const kinds = new Map(props.pass.units.map((unit) => [String(unit.id), unit.kind]))
  const [fault, setFault] = createSignal<string | null>(null)
  let input: HTMLInputElement | undefined
  onMount(() => {
    input?.focus()
    input?.select()
  })
  const goOn = () => {
    const answer = typedAnswer(item, input?.value ?? '', props.pass.units)
    const context = { form: props.pass.case.form, units: kinds }
    const code = answer === undefined ? 'unknown_option' : answerFault(item, answer ?? undefined, context)
    if (code === null) return props.take(answer ?? null)
    setFault(sayIf(`fault.${code}`) ?? say('fault.wrong_type'))
    input?.select()
  }
  const press = (event: KeyboardEvent) => {
    if (event.isComposing) return
    if (event.key === 'Enter' || event.key === 'ArrowDown') goOn()
    else if (event.key === 'ArrowUp' || (event.key === 'Backspace' && input?.value === '')) props.back()
    else return
    event.preventDefault()
  }
  return (
    <div class="field paper-question">
      <label for={id}>
        {props.step.label}. {props.step.text}
      </label>
      <Show when={item.sensitive}>
        <p class="paper-private">{say('entry.private')}</p>
      </Show>
      <div id={`${id}-options`} class="field-hint">
        <Show when={'options' in item && item.options} fallback={<p>{hintOf(item)}</p>}>
          {(options) => (
            <ol class="paper-options">
              <For each={options()}>{(option) => <li>{own(option.text)}</li>}</For>
            </ol>
          )}
        </Show>
        <Show when={item.na}>
          <p>
            {NA_MARK}. {say('entry.na')}
          </p>
        </Show>
      </div>
      <p class="field-error" id={`${id}-fault`} role="alert">
        {fault()}
      </p>
      <input
        id={id}
        type="text"
        ref={(element) => (input = element)}
        autocomplete="off"
        spellcheck={false}
        value={asTyped(item, props.answers[key], props.pass.units)}
        aria-invalid={fault() === null ? undefined : 'true'}
        aria-describedby={`${id}-options ${id}-fault`}
        onKeyDown={press}
        onInput={() => setFault(null)}
      />
    </div>
  )
}

function hintOf(item: Step['item']): string {
  switch (item.type) {
    case 'number':
      return say('hint.number', { min: item.min, max: item.max, unit: own(item.unit) })
    case 'percent':
      return say('hint.number', { min: 0, max: 100, unit: '%' })
    case 'date':
      return say('hint.date')
    case 'list':
      return say('hint.list')
    case 'units':
      return say('hint.units', { n: item.atMost })
    default:
      return say('hint.text')
  }
}
