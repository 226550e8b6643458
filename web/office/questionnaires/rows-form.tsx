import { For } from 'solid-js'
import type { SurveyItem } from '../../../api/core/questionnaire/definition.ts'
import { ConditionForm } from './condition-form.tsx'
import { freeCode, insert, move, remove, renameItem, type Path } from './edit.ts'
import { useEditing } from './editing.ts'
import { FaultsAt } from './field.tsx'
import { LineField, TextPair } from './fields.tsx'
import { LineageForm } from './lineage-form.tsx'
import { MoveButtons } from './move-buttons.tsx'
import { say } from './words.ts'

/** The questions of a matrix. */
export function RowsForm(props: { item: Extract<SurveyItem, { type: 'matrix' }>; path: Path }) {
  const editing = useEditing()
  const list = () => [...props.path, 'rows']
  const add = () => {
    const taken = new Set(props.item.rows.map(({ code }) => code))
    const text = { vi: '', en: '' }
    const row = { code: freeCode(taken, `${props.item.code}_`), text, short: text }
    editing.change((whole) => insert(whole, list(), taken.size, row))
  }
  return (
    <fieldset class="part">
      <legend>{say('rows.title')}</legend>
      <FaultsAt path={list().join('.')} />
      <ol class="entries">
        <For each={props.item.rows}>
          {(row, i) => {
            const path = () => [...list(), i()]
            const name = () => say('place.row', { n: i() + 1 })
            return (
              <li class="entry">
                <div class="entry-head">
                  <LineField
                    path={[...path(), 'code']}
                    label={say('rows.code', { n: i() + 1 })}
                    value={row.code}
                    longest={32}
                    class="short"
                    leave={(to) => editing.change((whole) => renameItem(whole, path(), row.code, to))}
                  />
                  <MoveButtons
                    name={name()}
                    first={i() === 0}
                    last={i() === props.item.rows.length - 1}
                    move={(by) => editing.change((whole) => move(whole, list(), i(), by))}
                    remove={() => editing.change((whole) => remove(whole, list(), i()))}
                  />
                </div>
                <TextPair
                  path={[...path(), 'text']}
                  label={say('rows.text', { n: i() + 1 })}
                  value={row.text}
                  longest={1000}
                />
                <TextPair
                  path={[...path(), 'short']}
                  label={say('rows.short', { n: i() + 1 })}
                  value={row.short}
                  longest={200}
                />
                <ConditionForm path={path()} condition={row.when} of={name()} />
                <LineageForm path={path()} lineage={row.lineage} />
              </li>
            )
          }}
        </For>
      </ol>
      <button type="button" class="button" data-kind="quiet" onClick={add}>
        {say('rows.add')}
      </button>
    </fieldset>
  )
}
