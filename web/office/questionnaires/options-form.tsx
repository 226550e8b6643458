import { For, Show } from 'solid-js'
import type { SurveyItem } from '../../../api/core/questionnaire/definition.ts'
import { freeCode, insert, move, remove, renameOption, type Path } from './edit.ts'
import { useEditing } from './editing.ts'
import { FaultsAt } from './field.tsx'
import { FlagField, LineField, TextPair, ValueField } from './fields.tsx'
import { MoveButtons } from './move-buttons.tsx'
import { say } from './words.ts'

type WithOptions = Extract<SurveyItem, { options: unknown }>

/** The answers that can be chosen. */
export function OptionsForm(props: { item: WithOptions; path: Path }) {
  const editing = useEditing()
  const list = () => [...props.path, 'options']
  const add = () => {
    const taken = new Set(props.item.options.map(({ code }) => code))
    const text = { vi: '', en: '' }
    editing.change((whole) => insert(whole, list(), taken.size, { code: freeCode(taken, ''), text }))
  }
  return (
    <fieldset class="part">
      <legend>{say('options.title')}</legend>
      <FaultsAt path={list().join('.')} />
      <ol class="entries">
        <For each={props.item.options}>
          {(option, i) => {
            const path = () => [...list(), i()]
            const name = () => say('place.option', { n: i() + 1 })
            return (
              <li class="entry">
                <div class="entry-head">
                  <LineField
                    path={[...path(), 'code']}
                    label={say('options.code', { n: i() + 1 })}
                    value={option.code}
                    longest={31}
                    class="short"
                    leave={(to) =>
                      editing.change((whole) => renameOption(whole, props.item.code, path(), option.code, to))
                    }
                  />
                  <MoveButtons
                    name={name()}
                    first={i() === 0}
                    last={i() === props.item.options.length - 1}
                    move={(by) => editing.change((whole) => move(whole, list(), i(), by))}
                    remove={() => editing.change((whole) => remove(whole, list(), i()))}
                  />
                </div>
                <TextPair
                  path={[...path(), 'text']}
                  label={say('options.text', { n: i() + 1 })}
                  value={option.text}
                  longest={300}
                />
                <div class="row">
                  <ValueField
                    path={[...path(), 'value']}
                    label={say('options.value', { n: i() + 1 })}
                    kind="number"
                    value={option.value}
                  />
                  <FlagField
                    path={[...path(), 'favourable']}
                    label={say('options.favourable')}
                    value={option.favourable}
                  />
                  <Show when={props.item.type === 'multiple'}>
                    <FlagField
                      path={[...path(), 'exclusive']}
                      label={say('options.exclusive')}
                      value={option.exclusive}
                    />
                  </Show>
                </div>
              </li>
            )
          }}
        </For>
      </ol>
      <button type="button" class="button" data-kind="quiet" onClick={add}>
        {say('options.add')}
      </button>
      <Show when={props.item.type === 'multiple' || props.item.type === 'ranking'}>
        <ValueField
          path={[...props.path, 'atMost']}
          label={say('options.atMost')}
          kind="number"
          value={'atMost' in props.item ? props.item.atMost : undefined}
        />
      </Show>
    </fieldset>
  )
}
