import { createSignal } from 'solid-js'
import { TEXT_MAX } from '../../../api/core/questionnaire/check.ts'
import type { SurveyItem } from '../../../api/core/questionnaire/definition.ts'
import { sayOf } from '../asking.ts'
import { readNumber } from '../typed-number.ts'
import { day, plainNumber, t } from '../words.ts'
import { Field, type QuestionProps } from './frame.tsx'

type Item<Type extends SurveyItem['type']> = Extract<SurveyItem, { type: Type }>
const LETTERS_TOLD = 200

/** A number with its unit, or a percentage. What is no number yet is kept as it was typed, and said when the field is left. */
export function NumberField(props: QuestionProps & { item: Item<'number'> | Item<'percent'> }) {
  // What is being typed is not rewritten under the fingers: "1." is on its way to "1.5".
  const [typed, setTyped] = createSignal<string | null>(null)
  const decimals = () => (props.item.type === 'number' ? (props.item.decimals ?? 0) : 1)
  const range = () => (props.item.type === 'number' ? props.item : { min: 0, max: 100 })
  const unit = () => (props.item.type === 'number' ? sayOf(props.asking, props.item.unit) : '%')
  const text = () => {
    const answer = props.asking.answerTo(props.key)
    return typeof answer === 'number' ? plainNumber(answer) : typeof answer === 'string' ? answer : ''
  }
  const take = (value: string) => {
    setTyped(value)
    const bare = value.trim()
    props.asking.answer(props.key, bare === '' ? null : (readNumber(bare, decimals()) ?? bare), true)
  }
  const help = () => t('rangeOf', { min: plainNumber(range().min), max: plainNumber(range().max), unit: unit() })
  return (
    <Field {...props} help={help()}>
      {(field) => (
        <span class="number">
          <input
            id={field.id}
            type="text"
            inputmode={decimals() === 0 ? 'numeric' : 'decimal'}
            autocomplete="off"
            aria-describedby={field.describedBy}
            aria-invalid={field.isWrong ? 'true' : undefined}
            value={typed() ?? text()}
            onInput={(event) => take(event.currentTarget.value)}
            onBlur={() => {
              setTyped(null)
              props.asking.left(props.key)
            }}
          />
          <span aria-hidden="true">{unit()}</span>
        </span>
      )}
    </Field>
  )
}

/**
 * A calendar day, by the browser's own field. It is left alone while somebody is in it: a day that is half typed is no value, and
 * giving the field a value then would take away what is typed of it.
 */
export function DayField(props: QuestionProps & { item: Item<'date'> }) {
  const [entered, setEntered] = createSignal<string | null>(null)
  const help = () => {
    const { min, max } = props.item
    return min !== undefined && max !== undefined ? t('range', { min: day(min), max: day(max) }) : undefined
  }
  const text = () => {
    const answer = props.asking.answerTo(props.key)
    return typeof answer === 'string' ? answer : ''
  }
  return (
    <Field {...props} help={help()}>
      {(field) => (
        <input
          id={field.id}
          type="date"
          min={props.item.min}
          max={props.item.max}
          aria-describedby={field.describedBy}
          aria-invalid={field.isWrong ? 'true' : undefined}
          value={entered() ?? text()}
          onFocus={() => setEntered(text())}
          onInput={(event) => props.asking.answer(props.key, event.currentTarget.value || null, true)}
          onBlur={() => {
            setEntered(null)
            props.asking.left(props.key)
          }}
        />
      )}
    </Field>
  )
}

// Half of a surrogate pair, as a paste can leave it, could not be stored.
const storable = (text: string): string | null => text.replace(/\p{Surrogate}/gu, '') || null

/** An answer in words. What is left to write is said only near the end, so that a screen reader is not kept busy. */
export function TextField(props: QuestionProps & { item: Item<'text'> }) {
  const longest = () => props.item.longest ?? TEXT_MAX
  const text = () => {
    const answer = props.asking.answerTo(props.key)
    return typeof answer === 'string' ? answer : ''
  }
  const left = () => longest() - text().length
  return (
    <Field {...props}>
      {(field) => (
        <>
          <textarea
            id={field.id}
            rows="4"
            maxlength={longest()}
            aria-describedby={field.describedBy}
            value={text()}
            onInput={(event) => props.asking.answer(props.key, storable(event.currentTarget.value), true)}
          />
          <p class="hint" role="status">
            {left() <= LETTERS_TOLD ? t('letters', { n: left() }) : ''}
          </p>
        </>
      )}
    </Field>
  )
}
