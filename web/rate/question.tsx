import { For, Show } from 'solid-js'
import type { Answer } from '../../api/core/instrument/answers.ts'
import { COMMENT_MAX } from '../../api/core/instrument/answers.ts'
import type { InstrumentItem } from '../../api/core/instrument/definition.ts'
import { say } from '../i18n/speaking.ts'
import { Choice } from '../ui/choice.tsx'
import { t } from './words.ts'

/** One item with its options and, where it has one, "Không nhớ / không áp dụng". Nothing is preselected. */
export function Question(props: {
  item: InstrumentItem
  answer: Answer | undefined
  onAnswer: (answer: Answer) => void
}) {
  const id = () => `q-${props.item.code}`
  const isNa = () => typeof props.answer === 'object'
  return (
    <fieldset
      class="question"
      id={id()}
      data-options={props.item.options.length}
      aria-describedby={props.item.hint ? `${id()}-hint` : undefined}
    >
      <legend tabindex="-1">
        {say(props.item.text)}
        <Show when={props.item.sensitive}>
          {' '}
          <span class="aside">({t('optional')})</span>
        </Show>
      </legend>
      <Show when={props.item.hint}>
        {(hint) => (
          <p class="hint" id={`${id()}-hint`}>
            {say(hint())}
          </p>
        )}
      </Show>
      <div class="choices">
        <For each={props.item.options}>
          {(option) => (
            <Choice
              name={props.item.code}
              label={say(option.text)}
              checked={props.answer === option.code}
              onChoose={() => props.onAnswer(option.code)}
            />
          )}
        </For>
        <Show when={props.item.na}>
          <Choice
            quiet
            name={props.item.code}
            label={t('na')}
            checked={isNa()}
            onChoose={() => props.onAnswer({ na: true })}
          />
        </Show>
      </div>
    </fieldset>
  )
}

/** The open question. What is left to write is said only near the end, so that a screen reader is not kept busy. */
export function Comment(props: { item: InstrumentItem; answer: Answer | undefined; onText: (text: string) => void }) {
  const text = () => (typeof props.answer === 'string' ? props.answer : '')
  const left = () => COMMENT_MAX - text().length
  return (
    <div class="question">
      <label class="question-title" for="q-COMMENT">
        {say(props.item.text)} <span class="aside">({t('optional')})</span>
      </label>
      <Show when={props.item.hint}>
        {(hint) => (
          <p class="hint" id="q-COMMENT-hint">
            {say(hint())}
          </p>
        )}
      </Show>
      <textarea
        id="q-COMMENT"
        rows="4"
        maxlength={COMMENT_MAX}
        aria-describedby="q-COMMENT-hint"
        value={text()}
        onInput={(event) => props.onText(event.currentTarget.value)}
      />
      <p class="hint" role="status">
        {left() <= 200 ? t('commentLeft', { n: left() }) : ''}
      </p>
    </div>
  )
}
