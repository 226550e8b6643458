import { For } from 'solid-js'
import type { SurveyItem, SurveyOption } from '../../../api/core/questionnaire/definition.ts'
import { Choice } from '../../ui/choice.tsx'
import { Tick } from '../../ui/tick.tsx'
import { codesOf, idOf, sayOf } from '../asking.ts'
import { t } from '../words.ts'
import { Group, type QuestionProps } from './frame.tsx'

type Item<Type extends SurveyItem['type']> = Extract<SurveyItem, { type: Type }>

/** Longer words need the whole line. */
const FLAT_LETTERS_MAX = 26
const FLAT_MAX = 5

/** How many choices lie side by side where there is room; undefined where their words are too long for that. */
function flatOf(texts: readonly string[]): number | undefined {
  return texts.length <= FLAT_MAX && texts.every((text) => text.length <= FLAT_LETTERS_MAX) ? texts.length : undefined
}

/** One of several options: a question of its own, or the row of a matrix. */
export function One(props: QuestionProps & { options: readonly SurveyOption[] }) {
  const label = (option: SurveyOption) => sayOf(props.asking, option.text)
  return (
    <Group {...props} sticks flat={flatOf(props.options.map(label))}>
      <For each={props.options}>
        {(option) => (
          <Choice
            name={idOf(props.key)}
            label={label(option)}
            checked={props.asking.answerTo(props.key) === option.code}
            onChoose={() => props.asking.answer(props.key, option.code)}
          />
        )}
      </For>
    </Group>
  )
}

/** Any of several options. One that excludes all others takes them away, and goes when another is chosen. */
export function Several(props: QuestionProps & { item: Item<'multiple'> }) {
  const chosen = () => codesOf(props.asking.answerTo(props.key))
  const isAlone = (code: string) => props.item.options.some((one) => one.code === code && one.exclusive === true)
  const choose = (code: string) => {
    const others = isAlone(code) ? [] : chosen().filter((one) => one !== code && !isAlone(one))
    const next = chosen().includes(code) ? chosen().filter((one) => one !== code) : [...others, code]
    // in the order of the questionnaire, so that the same choice is the same answer
    const inOrder = props.item.options.flatMap((one) => (next.includes(one.code) ? [one.code] : []))
    props.asking.answer(props.key, inOrder.length === 0 ? null : inOrder)
  }
  const help = () => (props.item.atMost === undefined ? t('chooseMany') : t('chooseUpTo', { n: props.item.atMost }))
  return (
    <Group {...props} help={help()}>
      <For each={props.item.options}>
        {(option) => (
          <Tick
            name={idOf(props.key)}
            label={sayOf(props.asking, option.text)}
            checked={chosen().includes(option.code)}
            onChoose={() => choose(option.code)}
          />
        )}
      </For>
    </Group>
  )
}

/** How many statements are true; nobody learns which. The extra one stands last, on the forms that have it. */
export function Count(props: QuestionProps & { item: Item<'list'> }) {
  const statements = () => {
    const { form } = props.asking
    const hasExtra = form !== null && props.item.treated.includes(form)
    return hasExtra ? [...props.item.statements, props.item.extra] : props.item.statements
  }
  const numbers = () => Array.from({ length: statements().length + 1 }, (_, n) => n)
  return (
    <Group {...props} sticks flat={numbers().length <= FLAT_MAX ? numbers().length : undefined}>
      <div class="statements">
        <p>{t('statements')}</p>
        <ul>
          <For each={statements()}>{(statement) => <li>{sayOf(props.asking, statement)}</li>}</For>
        </ul>
      </div>
      <For each={numbers()}>
        {(n) => (
          <Choice
            name={idOf(props.key)}
            label={t('countOf', { n })}
            checked={props.asking.answerTo(props.key) === n}
            onChoose={() => props.asking.answer(props.key, n)}
          />
        )}
      </For>
    </Group>
  )
}
