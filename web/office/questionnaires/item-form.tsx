import { For, Match, Show, Switch } from 'solid-js'
import type { SurveyItem } from '../../../api/core/questionnaire/definition.ts'
import { t } from '../lib/locale.ts'
import { ConditionForm } from './condition-form.tsx'
import { asType, insert, put, remove, renameItem, type Path } from './edit.ts'
import { useEditing } from './editing.ts'
import { FaultsAt, Field, fieldAttributes } from './field.tsx'
import { FlagField, LineField, TextPair, ValueField } from './fields.tsx'
import { LineageForm } from './lineage-form.tsx'
import { MoveButtons } from './move-buttons.tsx'
import { OptionsForm } from './options-form.tsx'
import { RowsForm } from './rows-form.tsx'
import { say } from './words.ts'

export const ITEM_TYPES: readonly SurveyItem['type'][] = [
  'single',
  'multiple',
  'ranking',
  'matrix',
  'number',
  'percent',
  'date',
  'text',
  'list',
  'units',
]
const UNIT_KINDS = ['department', 'commune', 'one_stop', 'centre', 'province'] as const

/** Everything of one question. */
export function ItemForm(props: { item: SurveyItem; path: Path }) {
  const editing = useEditing()
  const name = () => say('place.item', { code: props.item.code })
  return (
    <div class="item-form">
      <FaultsAt path={props.path.join('.')} />
      <TextPair
        path={[...props.path, 'text']}
        label={say('item.text')}
        value={props.item.text}
        rows={3}
        longest={1000}
      />
      <div class="row">
        <Field path={[...props.path, 'type'].join('.')} label={say('item.type')}>
          <select
            {...fieldAttributes([...props.path, 'type'].join('.'))}
            onChange={(event) => {
              const type = ITEM_TYPES.find((one) => one === event.currentTarget.value)
              if (type !== undefined) editing.change((whole) => put(whole, props.path, asType(whole, props.item, type)))
            }}
          >
            <For each={ITEM_TYPES}>
              {(type) => (
                <option value={type} selected={type === props.item.type}>
                  {say(`type.${type}`)}
                </option>
              )}
            </For>
          </select>
        </Field>
        <LineField
          path={[...props.path, 'code']}
          label={say('item.code')}
          hint={say('item.codeHint')}
          value={props.item.code}
          longest={32}
          leave={(to) => editing.change((whole) => renameItem(whole, props.path, props.item.code, to))}
        />
      </div>
      <Switch>
        <Match when={'options' in props.item && props.item}>
          {(item) => <OptionsForm item={item()} path={props.path} />}
        </Match>
        <Match when={props.item.type === 'number' && props.item}>
          {(item) => (
            <div class="part">
              <TextPair path={[...props.path, 'unit']} label={say('item.unit')} value={item().unit} longest={60} />
              <div class="row">
                <ValueField
                  path={[...props.path, 'min']}
                  label={say('item.min')}
                  kind="number"
                  needed
                  value={item().min}
                />
                <ValueField
                  path={[...props.path, 'max']}
                  label={say('item.max')}
                  kind="number"
                  needed
                  value={item().max}
                />
                <ValueField
                  path={[...props.path, 'decimals']}
                  label={say('item.decimals')}
                  kind="number"
                  value={item().decimals}
                />
              </div>
            </div>
          )}
        </Match>
        <Match when={props.item.type === 'date' && props.item}>
          {(item) => (
            <div class="row">
              <ValueField path={[...props.path, 'min']} label={say('item.minDay')} kind="date" value={item().min} />
              <ValueField path={[...props.path, 'max']} label={say('item.maxDay')} kind="date" value={item().max} />
            </div>
          )}
        </Match>
        <Match when={props.item.type === 'text' && props.item}>
          {(item) => (
            <ValueField
              path={[...props.path, 'longest']}
              label={say('item.longest')}
              kind="number"
              value={item().longest}
            />
          )}
        </Match>
        <Match when={props.item.type === 'list' && props.item}>
          {(item) => <ListForm item={item()} path={props.path} />}
        </Match>
        <Match when={props.item.type === 'units' && props.item}>
          {(item) => <UnitsForm item={item()} path={props.path} />}
        </Match>
      </Switch>
      <Show when={props.item.type === 'matrix' && props.item}>
        {(item) => <RowsForm item={item()} path={props.path} />}
      </Show>
      <div class="flags">
        <FlagField path={[...props.path, 'required']} label={say('item.required')} value={props.item.required} />
        <FlagField
          path={[...props.path, 'na']}
          label={say('item.na')}
          hint={say('item.naHint')}
          value={props.item.na}
        />
        <FlagField
          path={[...props.path, 'sensitive']}
          label={say('item.sensitive')}
          hint={say('item.sensitiveHint')}
          value={props.item.sensitive}
        />
      </div>
      <ConditionForm path={props.path} condition={props.item.when} of={name()} />
      <details class="how">
        <summary>{say('item.more')}</summary>
        <div class="item-form">
          <TextPair path={[...props.path, 'short']} label={say('item.short')} value={props.item.short} longest={200} />
          <TextPair
            path={[...props.path, 'hint']}
            label={say('item.hint')}
            value={props.item.hint}
            rows={2}
            longest={500}
          />
          <LineField
            path={[...props.path, 'source']}
            label={say('item.source')}
            value={props.item.source}
            longest={1000}
          />
        </div>
      </details>
      <LineageForm path={props.path} lineage={props.item.lineage} />
    </div>
  )
}

/** Statements of a list experiment, and the forms on which the extra one stands. */
function ListForm(props: { item: Extract<SurveyItem, { type: 'list' }>; path: Path }) {
  const editing = useEditing()
  const list = () => [...props.path, 'statements']
  const forms = () => editing.definition.definition.forms ?? []
  return (
    <fieldset class="part">
      <legend>{say('list.experiment')}</legend>
      <p class="field-hint">{say('list.hint')}</p>
      <FaultsAt path={list().join('.')} />
      <ol class="entries">
        <For each={props.item.statements}>
          {(statement, i) => (
            <li class="entry">
              <div class="entry-head">
                <MoveButtons
                  name={say('list.statement', { n: i() + 1 })}
                  first={i() === 0}
                  last={i() === props.item.statements.length - 1}
                  move={(by) => {
                    const next = props.item.statements[i() + by]
                    if (next === undefined) return
                    editing.change((whole) => put(put(whole, [...list(), i()], next), [...list(), i() + by], statement))
                  }}
                  remove={() => editing.change((whole) => remove(whole, list(), i()))}
                />
              </div>
              <TextPair
                path={[...list(), i()]}
                label={say('list.statement', { n: i() + 1 })}
                value={statement}
                longest={300}
              />
            </li>
          )}
        </For>
      </ol>
      <button
        type="button"
        class="button"
        data-kind="quiet"
        onClick={() =>
          editing.change((whole) => insert(whole, list(), props.item.statements.length, { vi: '', en: '' }))
        }
      >
        {say('list.add')}
      </button>
      <TextPair path={[...props.path, 'extra']} label={say('list.extra')} value={props.item.extra} longest={300} />
      <fieldset>
        <legend>{say('list.treated')}</legend>
        <FaultsAt path={[...props.path, 'treated'].join('.')} below />
        <Show when={forms().length > 0} fallback={<p class="field-hint">{say('list.noForms')}</p>}>
          <For each={forms()}>
            {(form) => (
              <label class="choice">
                <input
                  type="checkbox"
                  checked={props.item.treated.includes(form)}
                  onChange={(event) => {
                    const others = props.item.treated.filter((one) => one !== form)
                    editing.put([...props.path, 'treated'], event.currentTarget.checked ? [...others, form] : others)
                  }}
                />
                <span>{form}</span>
              </label>
            )}
          </For>
        </Show>
      </fieldset>
    </fieldset>
  )
}

/** Which units can be chosen, and how many. */
function UnitsForm(props: { item: Extract<SurveyItem, { type: 'units' }>; path: Path }) {
  const editing = useEditing()
  return (
    <fieldset class="part">
      <legend>{say('units.title')}</legend>
      <FaultsAt path={[...props.path, 'kinds'].join('.')} />
      <For each={UNIT_KINDS}>
        {(kind) => (
          <label class="choice">
            <input
              type="checkbox"
              checked={props.item.kinds.includes(kind)}
              onChange={(event) => {
                const others = props.item.kinds.filter((one) => one !== kind)
                editing.put([...props.path, 'kinds'], event.currentTarget.checked ? [...others, kind] : others)
              }}
            />
            <span>{t(`kind.${kind}`)}</span>
          </label>
        )}
      </For>
      <ValueField
        path={[...props.path, 'atMost']}
        label={say('units.atMost')}
        kind="number"
        needed
        value={props.item.atMost}
      />
    </fieldset>
  )
}
