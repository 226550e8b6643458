import { createEffect, createMemo, createSignal, For, Index, Show } from 'solid-js'
import type { AskedSection } from '../../api/core/questionnaire/asked.ts'
import { codeOf, itemByCode } from '../../api/core/questionnaire/parts.ts'
import { minutesLeft } from '../../api/core/questionnaire/minutes.ts'
import { pipe } from '../../api/core/questionnaire/pipe.ts'
import { say } from '../i18n/speaking.ts'
import { Title } from '../ui/phone-page.tsx'
import type { Answering } from './answering.ts'
import { type Asking, idOf } from './asking.ts'
import { faultWords } from './fault-words.ts'
import { faultsOf } from './place.ts'
import { Question } from './questions/question.tsx'
import type { Survey } from './survey.ts'
import { t, titleOf } from './words.ts'

/** One part of the questionnaire: its questions, and the way on and back. Nothing is asked of the server in between. */
export function Part(props: {
  session: Answering
  survey: Survey
  page: AskedSection
  focus: boolean
  onNext: () => void
  onBack: () => void
}) {
  const { session, survey } = props
  const [isChecked, setChecked] = createSignal(false)
  const [leftKeys, setLeft] = createSignal<ReadonlySet<string>>(new Set())
  let summary: HTMLDivElement | undefined
  const definition = survey.questionnaire.definition
  const items = itemByCode(definition)
  const place = () => session.pages().findIndex(({ key }) => key === props.page.key)
  const unit = survey.units.find(({ id }) => String(id) === props.page.unit)?.name ?? null
  const title = () => pipe(say(props.page.section.title), unit)
  const faults = createMemo(() => {
    const { answers, hidden } = session.draft() ?? { answers: {}, hidden: [] }
    return faultsOf([props.page], survey, { answers, hidden })
  })
  const asking: Asking = {
    answerTo: (key) => session.draft()?.answers[key],
    answer: (key, said, isText) => session.answer(key, said, isText),
    isHidden: (key) =>
      session.draft()?.hidden.includes(key) === true && session.draft()?.cleared.includes(key) !== true,
    faultOf: (key) => {
      const fault = faults().find((one) => one.key === key)
      return fault !== undefined && (isChecked() || (leftKeys().has(key) && fault.code !== 'missing'))
        ? fault.code
        : null
    },
    left: (key) => setLeft(new Set([...leftKeys(), key])),
    unit,
    form: survey.form,
    units: survey.units,
  }
  const asked = createMemo(() => new Map(props.page.items.map((one) => [one.key, one])))
  const next = () => {
    setChecked(true)
    if (faults().length === 0) props.onNext()
    else summary?.focus()
  }
  const placeWords = () => t('place', { n: place() + 1, of: session.pages().length })
  createEffect(() => titleOf(`${placeWords()}: ${title()}`))

  return (
    <>
      <div class="progress">
        <progress value={place()} max={session.pages().length} aria-label={t('progress')} />
        <p>
          {placeWords()} · {t('left', { n: minutesLeft(definition, session.pages(), place()) })}
        </p>
      </div>
      <Title text={title()} focus={props.focus} />
      <Show when={props.page.section.intro}>{(intro) => <p>{pipe(say(intro()), unit)}</p>}</Show>
      <div
        class="faults"
        tabindex="-1"
        role="group"
        aria-labelledby="faults-title"
        ref={(element) => (summary = element)}
      >
        <Show when={isChecked() && faults().length > 0}>
          <h2 id="faults-title">{t('faultsTitle', { n: faults().length })}</h2>
          <ul>
            <Index each={faults()}>
              {(fault) => (
                <li>
                  <button type="button" class="link" onClick={() => focusQuestion(fault().key)}>
                    {questionWords(fault().key)} – {faultOf(fault().key, fault().code)}
                  </button>
                </li>
              )}
            </Index>
          </ul>
        </Show>
      </div>
      <form novalidate onSubmit={(event) => event.preventDefault()}>
        <For each={[...asked().keys()]}>
          {(key) => {
            const first = asked().get(key)
            // A question that is no longer asked goes; until then it stays what it was.
            const one = createMemo((before: typeof first) => asked().get(key) ?? before, first)
            return <Show when={one()}>{(given) => <Question asked={given()} asking={asking} />}</Show>
          }}
        </For>
        <div class="steps">
          <button type="button" class="button" data-primary="" onClick={next}>
            {t('next')}
          </button>
          <button type="button" class="button" onClick={() => props.onBack()}>
            {t('back')}
          </button>
        </div>
      </form>
    </>
  )

  function faultOf(key: string, code: Parameters<typeof faultWords>[1]): string {
    const item = items.get(codeOf(key))
    return item === undefined ? '' : faultWords(item, code)
  }
  function questionWords(key: string): string {
    const item = items.get(codeOf(key))
    const row = item?.type === 'matrix' ? item.rows.find((one) => one.code === codeOf(key)) : undefined
    const text = row?.text ?? item?.text
    return text === undefined ? '' : pipe(say(text), unit)
  }
}

function focusQuestion(key: string): void {
  const question = document.getElementById(idOf(key))
  const field = question?.querySelector<HTMLElement>('input, textarea, .choices button')
  question?.scrollIntoView({ block: 'start' })
  field?.focus({ preventScroll: true })
}
