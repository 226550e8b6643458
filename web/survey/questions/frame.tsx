import { type JSX, Show } from 'solid-js'
import type { SurveyItem } from '../../../api/core/questionnaire/definition.ts'
import { Choice } from '../../ui/choice.tsx'
import { Tick } from '../../ui/tick.tsx'
import { type Asking, idOf, isNa, sayOf } from '../asking.ts'
import { faultWords } from '../fault-words.ts'
import { t } from '../words.ts'

/** One question as it is put, and who puts it. */
export interface QuestionProps {
  /** Under which its answer travels. */
  readonly key: string
  readonly item: SurveyItem
  /** The question itself: the item's text, or that of a matrix's row. */
  readonly title: string
  readonly asking: Asking
}

const isAnswered = ({ asking, key }: QuestionProps): boolean => asking.answerTo(key) !== undefined

/** A question answered by choosing: native radios, checkboxes or buttons under one legend. */
export function Group(
  props: QuestionProps & {
    /** What to do, said below the question. */
    help?: string | undefined
    /** How many choices lie side by side where there is room; undefined: below each other. */
    flat?: number | undefined
    /** What has been chosen cannot be unchosen by itself (radios). */
    sticks?: boolean
    children: JSX.Element
  },
) {
  return (
    <fieldset
      class="question"
      id={idOf(props.key)}
      data-options={props.flat}
      data-error={props.asking.faultOf(props.key) ? '' : undefined}
      aria-describedby={aidsOf(props, props.help)}
    >
      <legend tabindex="-1">
        {props.title}
        <Mark item={props.item} />
      </legend>
      <Aids {...props} />
      <div class="choices">
        {props.children}
        <Na {...props} asBox={props.sticks !== true} />
      </div>
      <Show when={props.sticks && isAnswered(props) && props.item.required !== true}>
        <button
          type="button"
          class="link"
          aria-label={t('clearOf', { question: props.title })}
          onClick={() => {
            props.asking.answer(props.key, null)
            // the button goes, and the place is kept
            document.querySelector<HTMLElement>(`#${idOf(props.key)} input`)?.focus()
          }}
        >
          {t('clear')}
        </button>
      </Show>
    </fieldset>
  )
}

/** A question answered in one field under a label. */
export function Field(
  props: QuestionProps & {
    help?: string | undefined
    children: (field: { id: string; describedBy: string | undefined; isWrong: boolean }) => JSX.Element
  },
) {
  const field = () => `${idOf(props.key)}-field`
  return (
    <div class="question" id={idOf(props.key)} data-error={props.asking.faultOf(props.key) ? '' : undefined}>
      <label class="question-title" for={field()}>
        {props.title}
        <Mark item={props.item} />
      </label>
      <Aids {...props} />
      {props.children({
        id: field(),
        get describedBy() {
          return aidsOf(props, props.help)
        },
        get isWrong() {
          return props.asking.faultOf(props.key) !== null
        },
      })}
      <div class="choices">
        <Na {...props} asBox />
      </div>
    </div>
  )
}

function Mark(props: { item: SurveyItem }) {
  return (
    <Show when={props.item.required}>
      {' '}
      <span class="aside">({t('required')})</span>
    </Show>
  )
}

/** "Không biết / không trả lời": an answer of its own, apart from leaving the question blank. A box can be unticked again. */
function Na(props: QuestionProps & { asBox: boolean }) {
  const chosen = () => isNa(props.asking.answerTo(props.key))
  const look = {
    get name() {
      return idOf(props.key)
    },
    get label() {
      return t('na')
    },
    get checked() {
      return chosen()
    },
    quiet: true,
  }
  return (
    <Show when={props.item.na}>
      {props.asBox ? (
        <Tick {...look} onChoose={() => props.asking.answer(props.key, chosen() ? null : { na: true })} />
      ) : (
        <Choice {...look} onChoose={() => props.asking.answer(props.key, { na: true })} />
      )}
    </Show>
  )
}

/** What is said below a question, each with the id that `aidsOf` names. */
function Aids(props: QuestionProps & { help?: string | undefined }) {
  const id = () => idOf(props.key)
  const isHidden = () => props.asking.isHidden(props.key) && !isAnswered(props)
  return (
    <>
      <Show when={props.item.type !== 'matrix' && props.item.hint}>
        {(hint) => (
          <p class="hint" id={`${id()}-hint`}>
            {sayOf(props.asking, hint())}
          </p>
        )}
      </Show>
      <Show when={props.help}>
        {(help) => (
          <p class="hint" id={`${id()}-help`}>
            {help()}
          </p>
        )}
      </Show>
      <Show when={props.item.type !== 'matrix' && props.item.sensitive}>
        <p class="private" id={`${id()}-private`}>
          {t('sensitive')}
        </p>
      </Show>
      <Show when={isHidden()}>
        <p class="private" id={`${id()}-hidden`}>
          {t('hidden')}{' '}
          <button type="button" class="link" onClick={() => props.asking.answer(props.key, null)}>
            {t('forgetHidden')}
          </button>
        </p>
      </Show>
      <Show when={props.asking.faultOf(props.key)}>
        {(code) => (
          <p class="error" id={`${id()}-error`}>
            <span class="visually-hidden">{t('errorPrefix')}</span>
            {faultWords(props.item, code())}
          </p>
        )}
      </Show>
    </>
  )
}

function aidsOf(props: QuestionProps, help: string | undefined): string | undefined {
  const { item, asking, key } = props
  const isRow = item.type === 'matrix'
  const parts = [
    item.hint && !isRow ? 'hint' : null,
    help ? 'help' : null,
    item.sensitive && !isRow ? 'private' : null,
    asking.isHidden(key) && !isAnswered(props) ? 'hidden' : null,
    asking.faultOf(key) ? 'error' : null,
  ]
  const ids = parts.flatMap((part) => (part === null ? [] : [`${idOf(key)}-${part}`]))
  return ids.length === 0 ? undefined : ids.join(' ')
}
