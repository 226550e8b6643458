import { createSignal, For, Show } from 'solid-js'
import type { SurveyItem } from '../../../api/core/questionnaire/definition.ts'
import { codesOf, idOf, sayOf } from '../asking.ts'
import { t } from '../words.ts'
import { Group, type QuestionProps } from './frame.tsx'

/**
 * Options in an order: press them one after the other, then move them up or down. Everything is a button, so that it works by
 * keyboard, by touch and for a screen reader, which hears every new place; nothing has to be dragged (WCAG 2.2, 2.5.7).
 */
export function Ranking(props: QuestionProps & { item: Extract<SurveyItem, { type: 'ranking' }> }) {
  const [said, setSaid] = createSignal('')
  const ranked = () => codesOf(props.asking.answerTo(props.key))
  const rest = () => props.item.options.map(({ code }) => code).filter((code) => !ranked().includes(code))
  const most = () => props.item.atMost ?? props.item.options.length
  const isFull = () => ranked().length >= most()
  const label = (code: string) => {
    const option = props.item.options.find((one) => one.code === code)
    return option ? sayOf(props.asking, option.text) : ''
  }
  const idOfPart = (part: string, code: string) => `${idOf(props.key)}-${part}-${code}`
  /** Moving an element takes the focus from it; it is given back, or to what comes next. */
  const keepFocus = (...ids: string[]) =>
    queueMicrotask(() => {
      const found = ids.map((id) => document.getElementById(id)).find((one) => one !== null)
      found?.focus()
    })
  const take = (next: readonly string[]) => props.asking.answer(props.key, next.length === 0 ? null : next)

  const add = (code: string) => {
    if (isFull()) return
    const at = rest().indexOf(code)
    const neighbour = rest()[at + 1] ?? rest()[at - 1]
    take([...ranked(), code])
    setSaid(t('rankSaid', { option: label(code), n: ranked().length }))
    if (neighbour !== undefined && !isFull()) keepFocus(idOfPart('add', neighbour))
    else keepFocus(idOfPart('up', code))
  }
  const move = (code: string, by: 1 | -1) => {
    const next = [...ranked()]
    const at = next.indexOf(code)
    const other = next[at + by]
    if (other === undefined) return
    next[at] = other
    next[at + by] = code
    take(next)
    setSaid(t('rankSaid', { option: label(code), n: at + by + 1 }))
    keepFocus(idOfPart(by === 1 ? 'down' : 'up', code))
  }
  const remove = (code: string) => {
    take(ranked().filter((one) => one !== code))
    setSaid(t('rankRemoved', { option: label(code) }))
    keepFocus(idOfPart('add', code))
  }
  const help = () =>
    most() < props.item.options.length ? `${t('rankHint')} ${t('rankUpTo', { n: most() })}` : t('rankHint')

  return (
    <Group {...props} help={help()}>
      <Show when={ranked().length > 0}>
        <ol class="ranked" aria-label={t('ranked')}>
          <For each={ranked()}>
            {(code, at) => (
              <li>
                <span class="rank" aria-hidden="true">
                  {at() + 1}
                </span>
                <span class="ranked-text">{label(code)}</span>
                <Step id={idOfPart('up', code)} of={label(code)} off={at() === 0} onPress={() => move(code, -1)}>
                  {t('rankUp')}
                </Step>
                <Step
                  id={idOfPart('down', code)}
                  of={label(code)}
                  off={at() === ranked().length - 1}
                  onPress={() => move(code, 1)}
                >
                  {t('rankDown')}
                </Step>
                <Step id={idOfPart('remove', code)} of={label(code)} off={false} onPress={() => remove(code)}>
                  {t('rankRemove')}
                </Step>
              </li>
            )}
          </For>
        </ol>
      </Show>
      <Show when={rest().length > 0 && !isFull()}>
        <ul class="unranked" aria-label={t('unranked')}>
          <For each={rest()}>
            {(code) => (
              <li>
                <button
                  type="button"
                  class="choice"
                  id={idOfPart('add', code)}
                  aria-label={t('rankAdd', { option: label(code) })}
                  onClick={() => add(code)}
                >
                  <span aria-hidden="true">+</span>
                  <span>{label(code)}</span>
                </button>
              </li>
            )}
          </For>
        </ul>
      </Show>
      <p class="visually-hidden" role="status">
        {said()}
      </p>
    </Group>
  )
}

function Step(props: { id: string; of: string; off: boolean; onPress: () => void; children: string }) {
  return (
    <button
      type="button"
      class="button step"
      id={props.id}
      aria-label={`${props.children}: ${props.of}`}
      aria-disabled={props.off ? 'true' : undefined}
      onClick={() => props.onPress()}
    >
      {props.children}
    </button>
  )
}
