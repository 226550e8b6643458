import { createEffect, createMemo, createSignal, For, on, onCleanup, Show } from 'solid-js'
import { Portal } from 'solid-js/web'
import { askedSections } from '../../../api/core/questionnaire/asked.ts'
import type { SurveyAnswers } from '../../../api/core/questionnaire/definition.ts'
import type { UnitKind } from '../../../api/core/units/kinds.ts'
import { language, speakIn } from '../../i18n/speaking.ts'
import type { Asking } from '../../survey/asking.ts'
import { sayOf } from '../../survey/asking.ts'
import { Question } from '../../survey/questions/question.tsx'
import { t as surveyWord } from '../../survey/words.ts'
import { locale } from '../lib/locale.ts'
import { phoneStyle } from './phone-style.ts'
import { readable } from './readable.ts'
import type { Questionnaire } from './types.ts'
import { say } from './words.ts'

const KINDS: readonly UnitKind[] = ['department', 'commune', 'one_stop', 'centre', 'province', 'district']
/** The questionnaire as a phone shows it, made of the parts of the respondent's page: answers can be tried, nothing is stored. */
export function Preview(props: { definition: Questionnaire; place: string }) {
  const definition = createMemo(() => readable(props.definition))
  const [answers, setAnswers] = createSignal<SurveyAnswers>({})
  const [chosen, setChosen] = createSignal(0)
  const [form, setForm] = createSignal(0)
  const [frame, setFrame] = createSignal<HTMLDivElement>()
  const pages = createMemo(() => askedSections(definition(), answers()))
  const at = () => Math.min(chosen(), pages().length - 1)
  const page = () => pages()[at()]
  const forms = () => definition().forms ?? []
  /** Units that a respondent could have dealt with, three of each kind. */
  const units = createMemo(() =>
    KINDS.flatMap((kind, k) => [1, 2, 3].map((n) => ({ id: 10 * k + n, kind, name: say('preview.unit', { n }) }))),
  )
  const asking: Asking = {
    answerTo: (key) => answers()[key],
    answer: (key, said) => {
      const { [key]: _before, ...others } = answers()
      setAnswers(said === null ? others : { ...others, [key]: said })
    },
    isHidden: () => false,
    faultOf: () => null,
    left: () => undefined,
    get unit() {
      return units().find(({ id }) => String(id) === page()?.unit)?.name ?? null
    },
    get form() {
      return forms()[form()] ?? null
    },
    get units() {
      return units()
    },
  }
  const choose = (next: 'vi' | 'en') => {
    speakIn(next)
    // The office around it goes on in its own language.
    document.documentElement.lang = locale()
  }
  choose(locale())
  onCleanup(() => choose('vi'))

  const style = (host: HTMLDivElement) => {
    if (host.shadowRoot) host.shadowRoot.adoptedStyleSheets = [phoneStyle()]
  }

  // What is being changed is shown, where it is asked at all.
  createEffect(
    on(
      () => props.place,
      (place) => {
        const n = /^sections\.(\d+)/.exec(place)?.[1]
        const code = n === undefined ? undefined : definition().sections[Number(n)]?.code
        const found = pages().findIndex(({ section }) => section.code === code)
        if (code !== undefined && found >= 0) setChosen(found)
      },
    ),
  )
  const isNotAsked = () => {
    const match = /^sections\.(\d+)(?:\.items\.(\d+))?$/.exec(props.place)
    const section = match === null ? undefined : definition().sections[Number(match[1])]
    if (section === undefined) return false
    const shown = pages().filter((one) => one.section.code === section.code)
    const item = match?.[2] === undefined ? undefined : section.items[Number(match[2])]
    return item === undefined
      ? shown.length === 0
      : !shown.some(({ items }) => items.some((one) => one.item.code === item.code))
  }

  return (
    <section class="preview" aria-labelledby="preview-title">
      <h2 id="preview-title">{say('preview.title')}</h2>
      <p class="quiet">{say('preview.lead')}</p>
      <div class="preview-tools">
        <div class="segments-row" role="radiogroup" aria-label={say('preview.language')}>
          <For each={['vi', 'en'] as const}>
            {(one) => (
              <label>
                <input type="radio" name="preview-language" checked={language() === one} onChange={() => choose(one)} />
                <span>{say(`preview.language.${one}`)}</span>
              </label>
            )}
          </For>
        </div>
        <Show when={forms().length > 1}>
          <div class="field">
            <label for="preview-form">{say('preview.form')}</label>
            <select id="preview-form" onChange={(event) => setForm(Number(event.currentTarget.value))}>
              <For each={forms()}>
                {(one, i) => (
                  <option value={i()} selected={i() === form()}>
                    {one}
                  </option>
                )}
              </For>
            </select>
          </div>
        </Show>
      </div>
      <Show when={isNotAsked()}>
        <p class="caution">{say('preview.notAsked')}</p>
      </Show>
      <div class="phone" ref={setFrame} />
      <Show when={frame()}>
        {(mount) => (
          <Portal mount={mount()} useShadow ref={style}>
            <div class="screen" lang={language()}>
              <Screen definition={definition()} pages={pages()} at={at()} asking={asking} go={setChosen} />
            </div>
          </Portal>
        )}
      </Show>
      <button type="button" class="button" data-kind="quiet" onClick={() => (setAnswers({}), setChosen(0))}>
        {say('preview.reset')}
      </button>
    </section>
  )
}

/** One page of it. */
function Screen(props: {
  definition: Questionnaire
  pages: ReturnType<typeof askedSections>
  at: number
  asking: Asking
  go: (at: number) => void
}) {
  const page = () => props.pages[props.at]
  const asked = createMemo(() => new Map(page()?.items.map((one) => [one.key, one])))
  const step = (by: 1 | -1) => props.go(Math.min(Math.max(props.at + by, 0), props.pages.length - 1))
  return (
    <Show keyed when={page()?.key} fallback={<p>{say('preview.empty')}</p>}>
      <p class="hint">{surveyWord('place', { n: props.at + 1, of: props.pages.length })}</p>
      <h3>{sayOf(props.asking, page()?.section.title ?? { vi: '', en: '' })}</h3>
      <Show when={page()?.section.intro}>{(intro) => <p>{sayOf(props.asking, intro())}</p>}</Show>
      <form novalidate onSubmit={(event) => event.preventDefault()}>
        {/* A question is made anew when somebody has changed the questionnaire, and not when it is answered. */}
        <Show keyed when={props.definition}>
          <For each={[...asked().keys()]}>
            {(key) => {
              const first = asked().get(key)
              const one = createMemo((before: typeof first) => asked().get(key) ?? before, first)
              return <Show when={one()}>{(given) => <Question asked={given()} asking={props.asking} />}</Show>
            }}
          </For>
        </Show>
        <div class="steps">
          <button type="button" class="button" data-primary="" onClick={() => step(1)}>
            {surveyWord('next')}
          </button>
          <button type="button" class="button" onClick={() => step(-1)}>
            {surveyWord('back')}
          </button>
        </div>
      </form>
    </Show>
  )
}
