import { createSignal, For, Show, type JSX } from 'solid-js'
import type { SurveyItem, SurveySection } from '../../../api/core/questionnaire/definition.ts'
import { own } from '../lib/locale.ts'
import { conditionWords } from './condition-words.ts'
import { insert, move, moveItem, newItem, newSection, remove } from './edit.ts'
import { useEditing } from './editing.ts'
import { ITEM_TYPES, ItemForm } from './item-form.tsx'
import { MoveButtons } from './move-buttons.tsx'
import { SectionForm, WholeForm } from './whole-form.tsx'
import { say } from './words.ts'

/** Which place is open: a path, `whole`, or none. */
export interface Opened {
  readonly place: () => string
  readonly open: (place: string) => void
}

/** The questionnaire from top to bottom; one place at a time is open for change. */
export function Outline(props: { opened: Opened }) {
  const editing = useEditing()
  const sections = () => editing.definition.definition.sections
  const addSection = () => {
    const n = sections().length
    editing.change((whole) => insert(whole, ['sections'], n, newSection(whole)))
    props.opened.open(`sections.${n}`)
  }
  return (
    <div class="outline">
      <section class="card outline-whole">
        <Entry
          place="whole"
          name={say('place.whole')}
          opened={props.opened}
          faults={countOutside(editing.hindrances())}
          level={2}
        >
          <WholeForm />
        </Entry>
      </section>
      <For each={sections()}>{(section, s) => <SectionCard section={section} s={s()} opened={props.opened} />}</For>
      <button type="button" class="button" data-kind="quiet" onClick={addSection}>
        {say('section.add')}
      </button>
    </div>
  )
}

const countOutside = (faults: readonly { path: string }[]): number =>
  faults.filter(({ path }) => !path.startsWith('sections.')).length

/** A line that opens to a form. */
function Entry(props: {
  place: string
  name: string
  note?: string | undefined
  faults: number
  level: 2 | 3
  opened: Opened
  tools?: JSX.Element
  children: JSX.Element
}) {
  const isOpen = () => props.opened.place() === props.place
  const button = () => (
    <button
      type="button"
      class="entry-open"
      id={`open-${props.place.replaceAll('.', '-')}`}
      aria-expanded={isOpen()}
      onClick={() => props.opened.open(isOpen() ? '' : props.place)}
    >
      <span class="entry-name">{props.name}</span>
      <Show when={props.faults > 0}>
        <span class="entry-faults">{say('faults.count', { n: props.faults })}</span>
      </Show>
    </button>
  )
  return (
    <>
      <div class="entry-line">
        <Show when={props.level === 2} fallback={<h3 class="entry-heading">{button()}</h3>}>
          <h2 class="entry-heading">{button()}</h2>
        </Show>
        {props.tools}
      </div>
      <Show when={props.note}>{(note) => <p class="entry-note">{note()}</p>}</Show>
      <Show when={isOpen()}>
        <div class="entry-body">{props.children}</div>
      </Show>
    </>
  )
}

function SectionCard(props: { section: SurveySection; s: number; opened: Opened }) {
  const editing = useEditing()
  const place = () => `sections.${props.s}`
  const count = () => editing.definition.definition.sections.length
  const name = () => say('place.section', { n: props.s + 1 })
  const faults = () =>
    editing
      .hindrances()
      .filter(
        ({ path }) => path === place() || (path.startsWith(`${place()}.`) && !path.startsWith(`${place()}.items.`)),
      ).length
  const go = (by: 1 | -1) => {
    editing.change((whole) => move(whole, ['sections'], props.s, by))
    props.opened.open('')
    refocus(`sections.${props.s + by}`, by)
  }
  const condition = () =>
    props.section.when === undefined
      ? undefined
      : say('condition.only', { when: conditionWords(props.section.when, editing.plain()) })
  return (
    <section class="card outline-section" aria-label={`${name()}: ${own(props.section.title)}`}>
      <Entry
        place={place()}
        name={`${name()}: ${own(props.section.title) || say('untitled')}`}
        faults={faults()}
        level={2}
        opened={props.opened}
        note={condition()}
        tools={
          <MoveButtons
            name={name()}
            first={props.s === 0}
            last={props.s === count() - 1}
            move={go}
            remove={() => {
              editing.change((whole) => remove(whole, ['sections'], props.s))
              props.opened.open('')
            }}
          />
        }
      >
        <SectionForm section={props.section} path={['sections', props.s]} n={props.s + 1} />
      </Entry>
      <ol class="outline-items">
        <For each={props.section.items}>
          {(item, i) => <ItemLine item={item} s={props.s} i={i()} opened={props.opened} />}
        </For>
      </ol>
      <AddItem s={props.s} opened={props.opened} />
    </section>
  )
}

function ItemLine(props: { item: SurveyItem; s: number; i: number; opened: Opened }) {
  const editing = useEditing()
  const place = () => `sections.${props.s}.items.${props.i}`
  const faults = () =>
    editing.hindrances().filter(({ path }) => path === place() || path.startsWith(`${place()}.`)).length
  const whole = () => editing.definition.definition
  const isLast = () =>
    props.s === whole().sections.length - 1 && props.i === (whole().sections[props.s]?.items.length ?? 0) - 1
  const go = (by: 1 | -1) => {
    const moved = moveItem(editing.plain(), { section: props.s, item: props.i }, by)
    if (moved === null) return
    const isOpen = props.opened.place() === place()
    editing.change(() => moved.whole)
    const to = `sections.${moved.place.section}.items.${moved.place.item}`
    props.opened.open(isOpen ? to : '')
    refocus(to, by)
  }
  const note = () => {
    const marks = [
      say(`type.${props.item.type}`),
      ...(props.item.required === true ? [say('mark.required')] : []),
      ...(props.item.sensitive === true ? [say('mark.sensitive')] : []),
      ...(props.item.when === undefined
        ? []
        : [say('condition.only', { when: conditionWords(props.item.when, editing.plain()) })]),
    ]
    return marks.join(' · ')
  }
  return (
    <li class="outline-item" id={`place-${place().replaceAll('.', '-')}`}>
      <Entry
        place={place()}
        name={`${props.item.code} – ${own(props.item.text) || say('untitled')}`}
        note={note()}
        faults={faults()}
        level={3}
        opened={props.opened}
        tools={
          <MoveButtons
            name={say('place.item', { code: props.item.code })}
            first={props.s === 0 && props.i === 0}
            last={isLast()}
            move={go}
            remove={() => {
              editing.change((before) => remove(before, ['sections', props.s, 'items'], props.i))
              props.opened.open('')
            }}
          />
        }
      >
        <ItemForm item={props.item} path={['sections', props.s, 'items', props.i]} />
      </Entry>
    </li>
  )
}

/** The button that moved something keeps the focus where that went; at the end, its other button. */
function refocus(place: string, by: 1 | -1): void {
  queueMicrotask(() => {
    const line = document.getElementById(`open-${place.replaceAll('.', '-')}`)?.closest('.entry-line')
    const same = line?.querySelector<HTMLElement>(`[data-move="${by === 1 ? 'down' : 'up'}"]`)
    same?.focus()
  })
}

function AddItem(props: { s: number; opened: Opened }) {
  const editing = useEditing()
  const [type, setType] = createSignal<SurveyItem['type']>('single')
  const id = () => `add-${props.s}`
  const add = () => {
    const i = editing.definition.definition.sections[props.s]?.items.length ?? 0
    editing.change((whole) => insert(whole, ['sections', props.s, 'items'], i, newItem(whole, type())))
    props.opened.open(`sections.${props.s}.items.${i}`)
    queueMicrotask(() => document.getElementById(`f-sections-${props.s}-items-${i}-text-vi`)?.focus())
  }
  return (
    <div class="add-item">
      <div class="field">
        <label for={id()}>{say('item.addType')}</label>
        <select
          id={id()}
          onChange={(event) => setType(ITEM_TYPES.find((one) => one === event.currentTarget.value) ?? 'single')}
        >
          <For each={ITEM_TYPES}>
            {(one) => (
              <option value={one} selected={one === type()}>
                {say(`type.${one}`)}
              </option>
            )}
          </For>
        </select>
      </div>
      <button type="button" class="button" data-kind="quiet" onClick={add}>
        {say('item.add')}
      </button>
    </div>
  )
}
