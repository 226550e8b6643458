import { createUniqueId, For, Match, Show, Switch, type JSX } from 'solid-js'
import type { Asked } from '../../../api/core/questionnaire/asked.ts'
import type { SurveyAnswer } from '../../../api/core/questionnaire/definition.ts'
import type { LocalText } from './types.ts'
import { say } from './words.ts'

interface Shared {
  readonly words: (text: LocalText) => string
  readonly answerTo: (key: string) => SurveyAnswer | undefined
  readonly answer: (key: string, said: SurveyAnswer | undefined) => void
}
interface Choosable {
  readonly code: string
  readonly label: string
  readonly exclusive?: boolean
}

/** One question as the respondent meets it. */
export function PreviewQuestion(props: Shared & { asked: Asked; form: string | null; units: readonly Choosable[] }) {
  const item = () => props.asked.item
  const key = () => props.asked.key
  const hasNa = () => item().na === true
  const choices = (): Choosable[] => {
    const one = item()
    if (!('options' in one)) return []
    return one.options.map(({ code, text, exclusive }) => ({
      code,
      label: props.words(text) || code,
      ...(exclusive === undefined ? {} : { exclusive }),
    }))
  }
  const statements = (): LocalText[] => {
    const one = item()
    if (one.type !== 'list') return []
    return props.form !== null && one.treated.includes(props.form)
      ? [...one.statements, one.extra]
      : [...one.statements]
  }
  const numbers = (): Choosable[] =>
    Array.from({ length: statements().length + 1 }, (_, n) => ({ code: String(n), label: String(n) }))
  const title = () => props.words(item().text) || say('untitled')

  return (
    <div class="preview-question">
      <Switch fallback={<Written {...props} title={title()} />}>
        <Match when={item().type === 'matrix'}>
          <h4>{title()}</h4>
          <Aids {...props} />
          <For each={props.asked.rows}>
            {({ key: rowKey, row }) => (
              <Choices
                {...props}
                key={rowKey}
                title={props.words(row.text) || say('untitled')}
                choices={choices()}
                hasNa={hasNa()}
              />
            )}
          </For>
        </Match>
        <Match when={item().type === 'single'}>
          <Choices {...props} key={key()} title={title()} choices={choices()} hasNa={hasNa()} aids />
        </Match>
        <Match when={item().type === 'multiple' || item().type === 'ranking'}>
          <Choices {...props} key={key()} title={title()} choices={choices()} hasNa={hasNa()} aids many />
        </Match>
        <Match when={item().type === 'units'}>
          <Choices {...props} key={key()} title={title()} choices={props.units} hasNa={hasNa()} aids many />
        </Match>
        <Match when={item().type === 'list'}>
          <Choices {...props} key={key()} title={title()} choices={numbers()} hasNa={hasNa()} aids number>
            <ul>
              <For each={statements()}>{(statement) => <li>{props.words(statement)}</li>}</For>
            </ul>
          </Choices>
        </Match>
      </Switch>
    </div>
  )
}

function Aids(props: Shared & { asked: Asked }) {
  return (
    <>
      <Show when={props.asked.item.hint}>{(hint) => <p class="field-hint">{props.words(hint())}</p>}</Show>
      <Show when={props.asked.item.sensitive}>
        <p class="field-hint">{say('preview.sensitive')}</p>
      </Show>
    </>
  )
}

const isNa = (answer: SurveyAnswer | undefined): boolean => typeof answer === 'object' && !Array.isArray(answer)

function Choices(
  props: Shared & {
    asked: Asked
    key: string
    title: string
    choices: readonly Choosable[]
    hasNa: boolean
    many?: boolean
    /** The answer is the number and not its text. */
    number?: boolean
    aids?: boolean
    children?: JSX.Element
  },
) {
  const name = createUniqueId()
  const said = () => props.answerTo(props.key)
  const chosen = (): readonly string[] => {
    const answer = said()
    if (Array.isArray(answer)) return answer as readonly string[]
    return answer === undefined || isNa(answer) ? [] : [String(answer)]
  }
  const isAlone = (code: string) => props.choices.some((one) => one.code === code && one.exclusive === true)
  const choose = (code: string) => {
    if (!props.many) return props.answer(props.key, props.number ? Number(code) : code)
    const others = isAlone(code) ? [] : chosen().filter((one) => one !== code && !isAlone(one))
    const next = chosen().includes(code) ? chosen().filter((one) => one !== code) : [...others, code]
    return props.answer(props.key, next.length === 0 ? undefined : next)
  }
  return (
    <fieldset>
      <legend>{props.title}</legend>
      <Show when={props.aids}>
        <Aids {...props} />
      </Show>
      {props.children}
      <For each={props.choices}>
        {(one) => (
          <label class="choice">
            <input
              type={props.many ? 'checkbox' : 'radio'}
              name={name}
              checked={chosen().includes(one.code)}
              onChange={() => choose(one.code)}
            />
            <span>{one.label}</span>
          </label>
        )}
      </For>
      <Show when={props.hasNa}>
        <label class="choice">
          <input
            type={props.many ? 'checkbox' : 'radio'}
            name={name}
            checked={isNa(said())}
            onChange={(event) => props.answer(props.key, event.currentTarget.checked ? { na: true } : undefined)}
          />
          <span>{say('preview.na')}</span>
        </label>
      </Show>
    </fieldset>
  )
}

/** A number, a percentage, a day or words. */
function Written(props: Shared & { asked: Asked; title: string }) {
  const id = createUniqueId()
  const item = () => props.asked.item
  const unit = () => {
    const one = item()
    return one.type === 'number' ? props.words(one.unit) : one.type === 'percent' ? '%' : ''
  }
  const take = (text: string) => {
    const isNumber = item().type === 'number' || item().type === 'percent'
    props.answer(props.asked.key, text === '' ? undefined : isNumber ? Number(text) : text)
  }
  const said = () => {
    const answer = props.answerTo(props.asked.key)
    return typeof answer === 'string' || typeof answer === 'number' ? answer : ''
  }
  return (
    <div class="field">
      <label for={id}>{props.title}</label>
      <Aids {...props} />
      <Show
        when={item().type !== 'text'}
        fallback={<textarea id={id} rows={3} value={said()} onInput={(event) => take(event.currentTarget.value)} />}
      >
        <span class="preview-written">
          <input
            id={id}
            type={item().type === 'date' ? 'date' : 'number'}
            step="any"
            value={said()}
            onInput={(event) => take(event.currentTarget.value)}
          />
          <span>{unit()}</span>
        </span>
      </Show>
      <Show when={item().na}>
        <label class="choice">
          <input
            type="checkbox"
            checked={isNa(props.answerTo(props.asked.key))}
            onChange={(event) => props.answer(props.asked.key, event.currentTarget.checked ? { na: true } : undefined)}
          />
          <span>{say('preview.na')}</span>
        </label>
      </Show>
    </div>
  )
}
