import { createEffect, createSignal, For, Show } from 'solid-js'
import { findItem, type InstrumentItem } from '../../api/core/instrument/definition.ts'
import type { Answer } from '../../api/core/instrument/answers.ts'
import type { Draft, Invitation, Respondent } from '../offline/draft.ts'
import { advanceFrom } from './advance.ts'
import { afterPaint } from '../ui/after-paint.ts'
import { Choice } from '../ui/choice.tsx'
import { Notice } from './notice.tsx'
import { Comment, Question } from './question.tsx'
import type { RatingSession } from './session.ts'
import { t } from './words.ts'

const RESPONDENTS: readonly Respondent[] = ['self', 'relative', 'assisted']

// A pasted half of a surrogate pair could not be stored.
const storable = (text: string): string | null => text.replace(/\p{Surrogate}/gu, '') || null

/** The questionnaire: the overall item first; the rest appears once that is answered. */
export function Form(props: { session: RatingSession; draft: Draft; invitation: Invitation }) {
  const definition = () => props.invitation.instrument.definition
  const itemsOf = (codes: readonly string[]): InstrumentItem[] =>
    codes.flatMap((code) => findItem(definition(), code) ?? [])
  const hasAny = (codes: readonly string[]) => codes.some((code) => props.draft.answers[code] !== undefined)
  const [wantsMore, setWantsMore] = createSignal(hasAny(props.invitation.more))
  const isBegun = () => Object.keys(props.draft.answers).length > 0
  // On a slow phone the rest takes longer to build than a tap may: the choice is seen first.
  const [isUnfolded, setUnfolded] = createSignal(false)
  createEffect(() => isBegun() && afterPaint(() => setUnfolded(true)))
  // Read once: a list that is rebuilt on every tap would lose focus.
  const first = itemsOf(props.invitation.show)
  const more = itemsOf(props.invitation.more)
  const overall = findItem(definition(), 'OVERALL')
  const comment = findItem(definition(), 'COMMENT')

  const take = (item: InstrumentItem, answer: Answer) => {
    const isNew = props.draft.answers[item.code] === undefined
    props.session.answer(item.code, answer)
    if (isNew) afterPaint(() => advanceFrom(item.code))
  }
  const list = (items: readonly InstrumentItem[]) => (
    <For each={items}>
      {(item) => (
        <Question item={item} answer={props.draft.answers[item.code]} onAnswer={(answer) => take(item, answer)} />
      )}
    </For>
  )

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        props.session.finish()
      }}
    >
      <Notice invitation={props.invitation} />
      <Show when={overall}>
        {(item) => (
          <Question item={item()} answer={props.draft.answers['OVERALL']} onAnswer={(answer) => take(item(), answer)} />
        )}
      </Show>
      <Show when={isUnfolded()}>
        <section aria-labelledby="first-title">
          <h2 id="first-title" tabindex="-1">
            {t('firstTitle', { n: first.length })}
          </h2>
          <p class="hint">{t('firstHint')}</p>
          {list(first)}
        </section>
        <Show
          when={wantsMore()}
          fallback={
            <button
              type="button"
              class="button"
              onClick={() => {
                setWantsMore(true)
                document.getElementById('more-title')?.focus()
              }}
            >
              {t('moreButton', { n: more.length })}
            </button>
          }
        >
          <section aria-labelledby="more-title">
            <h2 id="more-title" tabindex="-1">
              {t('moreTitle')}
            </h2>
            {list(more)}
          </section>
        </Show>
        <section aria-labelledby="closing-title">
          <h2 id="closing-title" tabindex="-1">
            {t('closingTitle')}
          </h2>
          <Show when={comment}>
            {(item) => (
              <Comment
                item={item()}
                answer={props.draft.answers['COMMENT']}
                onText={(text) => props.session.answer('COMMENT', storable(text), true)}
              />
            )}
          </Show>
          <fieldset class="question" data-options={RESPONDENTS.length}>
            <legend>{t('respondent')}</legend>
            <div class="choices">
              <For each={RESPONDENTS}>
                {(one) => (
                  <Choice
                    name="respondent"
                    label={t(`respondent_${one}`)}
                    checked={props.draft.respondent === one}
                    onChoose={() => props.session.answerFor(one)}
                  />
                )}
              </For>
            </div>
          </fieldset>
          <button type="submit" class="button" data-primary="">
            {t('send')}
          </button>
          <p class="hint">{t('sendHint')}</p>
        </section>
      </Show>
    </form>
  )
}
