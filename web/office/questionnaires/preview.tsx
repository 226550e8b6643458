import { createEffect, createMemo, createSignal, For, Show } from 'solid-js'
import { askedSections, type Asked } from '../../../api/core/questionnaire/asked.ts'
import type { SurveyAnswer, SurveyAnswers } from '../../../api/core/questionnaire/definition.ts'
import { pipe } from '../../../api/core/questionnaire/pipe.ts'
import { locale } from '../lib/locale.ts'
import { PreviewQuestion } from './preview-question.tsx'
import type { LocalText, Questionnaire } from './types.ts'
import { say } from './words.ts'

/** Units that a respondent could have dealt with, for parts that repeat. */
const UNITS = [1, 2, 3].map((n) => ({ id: String(n), name: () => say('preview.unit', { n }) }))

/** The questionnaire as a phone shows it: answers can be tried, nothing is stored. */
export function Preview(props: { definition: Questionnaire; place: string }) {
  const [answers, setAnswers] = createSignal<SurveyAnswers>({})
  const [chosen, setChosen] = createSignal(0)
  const [language, setLanguage] = createSignal(locale())
  const [form, setForm] = createSignal(0)
  const pages = createMemo(() => askedSections(props.definition, answers()))
  const at = () => Math.min(chosen(), pages().length - 1)
  const page = () => pages()[at()]
  const unitName = () => UNITS.find(({ id }) => id === page()?.unit)?.name() ?? null
  const words = (text: LocalText) => pipe(text[language()], unitName())
  const forms = () => props.definition.forms ?? []

  // What is being changed is shown, where it is asked at all.
  createEffect(() => {
    const n = /^sections\.(\d+)/.exec(props.place)?.[1]
    const code = n === undefined ? undefined : props.definition.sections[Number(n)]?.code
    const found = pages().findIndex(({ section }) => section.code === code)
    if (code !== undefined && found >= 0) setChosen(found)
  })
  const notAsked = () => {
    const match = /^sections\.(\d+)(?:\.items\.(\d+))?$/.exec(props.place)
    const section = match === null ? undefined : props.definition.sections[Number(match[1])]
    if (section === undefined) return false
    const shown = pages().find((one) => one.section.code === section.code)
    const item = match?.[2] === undefined ? undefined : section.items[Number(match[2])]
    return shown === undefined || (item !== undefined && !shown.items.some((one) => one.item.code === item.code))
  }
  const answer = (key: string, said: SurveyAnswer | undefined) => {
    const { [key]: _before, ...others } = answers()
    setAnswers(said === undefined ? others : { ...others, [key]: said })
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
                <input
                  type="radio"
                  name="preview-language"
                  checked={language() === one}
                  onChange={() => setLanguage(one)}
                />
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
      <Show when={notAsked()}>
        <p class="caution">{say('preview.notAsked')}</p>
      </Show>
      <div class="phone" lang={language()}>
        <Show keyed when={page()?.key} fallback={<p>{say('preview.empty')}</p>}>
          <p class="quiet">{say('preview.place', { n: at() + 1, of: pages().length })}</p>
          <h3>{words(page()?.section.title ?? { vi: '', en: '' }) || say('untitled')}</h3>
          <Show when={page()?.section.intro}>{(intro) => <p>{words(intro())}</p>}</Show>
          <For each={page()?.items.map(({ key }) => key)}>
            {(key) => (
              <Show when={page()?.items.find((one) => one.key === key)}>
                {(asked: () => Asked) => (
                  <PreviewQuestion
                    asked={asked()}
                    words={words}
                    form={forms()[form()] ?? null}
                    units={UNITS.map(({ id, name }) => ({ code: id, label: name() }))}
                    answerTo={(one) => answers()[one]}
                    answer={answer}
                  />
                )}
              </Show>
            )}
          </For>
          <div class="preview-steps">
            <button
              type="button"
              class="button"
              aria-disabled={at() >= pages().length - 1}
              onClick={() => setChosen(Math.min(at() + 1, pages().length - 1))}
            >
              {say('preview.next')}
            </button>
            <button
              type="button"
              class="button"
              data-kind="quiet"
              aria-disabled={at() <= 0}
              onClick={() => setChosen(Math.max(at() - 1, 0))}
            >
              {say('preview.back')}
            </button>
          </div>
        </Show>
      </div>
      <button type="button" class="button" data-kind="quiet" onClick={() => (setAnswers({}), setChosen(0))}>
        {say('preview.reset')}
      </button>
    </section>
  )
}
