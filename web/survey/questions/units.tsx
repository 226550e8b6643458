import { createMemo, createSignal, For, Show } from 'solid-js'
import type { SurveyItem } from '../../../api/core/questionnaire/definition.ts'
import { Tick } from '../../ui/tick.tsx'
import { codesOf, idOf } from '../asking.ts'
import { t } from '../words.ts'
import { Group, type QuestionProps } from './frame.tsx'

/** Fewer are seen at a glance; of more, those that a name finds are shown. */
const FIND_FROM = 13
const SHOWN_MAX = 40

/** Letters without marks and case, so that "thue" finds "Thuế". */
const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/g, 'd').toLowerCase()

/** The units that somebody dealt with: checkboxes, with a field to find them by name where there are many. */
export function Units(props: QuestionProps & { item: Extract<SurveyItem, { type: 'units' }> }) {
  const [wanted, setWanted] = createSignal('')
  const all = createMemo(() => props.asking.units.filter(({ kind }) => props.item.kinds.includes(kind)))
  const chosen = () => codesOf(props.asking.answerTo(props.key))
  const isMany = () => all().length >= FIND_FROM
  const found = createMemo(() => all().filter(({ name }) => plain(name).includes(plain(wanted()))))
  /** What was chosen before stays in sight, whatever is looked for. */
  const chosenAtFirst = new Set(codesOf(props.asking.answerTo(props.key)))
  const shown = createMemo(() => {
    const first = all().filter(({ id }) => isMany() && chosenAtFirst.has(String(id)))
    const others = found().filter((one) => !first.includes(one))
    return [...first, ...others.slice(0, SHOWN_MAX)]
  })
  const more = () => found().length - SHOWN_MAX
  const isFull = () => chosen().length >= props.item.atMost
  const choose = (id: string) => {
    const next = chosen().includes(id) ? chosen().filter((one) => one !== id) : [...chosen(), id]
    props.asking.answer(props.key, next.length === 0 ? null : next)
  }
  return (
    <Group {...props} help={t('unitsHint', { n: props.item.atMost })}>
      <Show when={isMany()}>
        <label class="find">
          <span>{t('unitsFind')}</span>
          <input
            type="search"
            autocomplete="off"
            spellcheck={false}
            value={wanted()}
            onInput={(event) => setWanted(event.currentTarget.value)}
          />
        </label>
      </Show>
      <p class="hint" role="status">
        {wanted() === '' ? '' : `${t('unitsFound', { n: found().length })}. `}
        {chosen().length === 0 ? '' : t('unitsChosen', { n: chosen().length })}
      </p>
      <For each={shown()}>
        {({ id, name }) => (
          <Tick
            name={idOf(props.key)}
            label={name}
            checked={chosen().includes(String(id))}
            off={isFull() && !chosen().includes(String(id))}
            onChoose={() => choose(String(id))}
          />
        )}
      </For>
      <Show when={more() > 0}>
        <p class="hint">{t('unitsMore', { n: more() })}</p>
      </Show>
    </Group>
  )
}
