import { For, Show } from 'solid-js'
import { own } from '../lib/locale.ts'
import { isLeaf, numberOf, withoutRow, withRow, type RowList, type RowPatch } from './edition-draft.ts'
import { weightWords } from './edition-tree.tsx'
import type { IndexDefinition } from './types.ts'
import { say } from './words.ts'

const AGGREGATES = ['mean', 'sum', 'geometric', 'harmonic'] as const
/** The field of a place inside the definition. */
export const fieldId = (place: string): string => `sua-${place.replaceAll('.', '-')}`

type Shared = {
  definition: IndexDefinition
  faults: ReadonlyMap<string, string>
  change: (definition: IndexDefinition) => void
}

/** Names, weights, ways of joining and directions of every row. */
export function EditionRows(props: Shared) {
  return (
    <For each={['nodes', 'indicators'] as const}>
      {(list) => (
        <section aria-labelledby={`sua-${list}`}>
          <h2 id={`sua-${list}`}>{say(`edit.${list}`)}</h2>
          <ul class="edition-rows">
            {/* by place, so that typing keeps the field */}
            <For each={props.definition[list].map((_row, at) => at)}>
              {(at) => (
                <li>
                  <RowFields {...props} list={list} at={at} />
                </li>
              )}
            </For>
          </ul>
        </section>
      )}
    </For>
  )
}

function RowFields(props: Shared & { list: RowList; at: number }) {
  const row = () => props.definition[props.list][props.at]
  const node = () => (props.list === 'nodes' ? props.definition.nodes[props.at] : undefined)
  const indicator = () => (props.list === 'indicators' ? props.definition.indicators[props.at] : undefined)
  const place = (field: string) => `${props.list}.${props.at}.${field}`
  const put = (patch: RowPatch) => props.change(withRow(props.definition, props.list, props.at, patch))
  const rowFaults = () =>
    [...props.faults].filter(
      ([at]) => at === `${props.list}.${props.at}` || at.startsWith(`${props.list}.${props.at}.`),
    )
  return (
    <Show when={row()}>
      {(known) => (
        <fieldset class="card edition-row">
          <legend>
            {own(known().label)} <span class="quiet">{known().code}</span>
          </legend>
          <For each={rowFaults()}>
            {([at, text]) => (
              <p class="field-error" id={`${fieldId(at)}-error`}>
                {text}
              </p>
            )}
          </For>
          <div class="edition-fields">
            <For each={['vi', 'en'] as const}>
              {(language) => (
                <Field place={place(`label.${language}`)} label={say(`edit.label.${language}`)} faults={props.faults}>
                  {(field) => (
                    <input
                      {...field}
                      type="text"
                      value={known().label[language]}
                      onChange={(event) => put({ [language]: event.currentTarget.value })}
                    />
                  )}
                </Field>
              )}
            </For>
            <Show when={known().parent !== null}>
              <Field
                place={place('weight')}
                label={say('edit.weight')}
                note={weightWords(props.definition, known())}
                faults={props.faults}
              >
                {(field) => (
                  <input
                    {...field}
                    type="text"
                    inputmode="decimal"
                    value={String(known().weight ?? 1)}
                    onChange={(event) => put({ weight: numberOf(event.currentTarget.value) })}
                  />
                )}
              </Field>
            </Show>
            <Show when={node()}>
              {(one) => (
                <Show when={typeof one().aggregate === 'string'}>
                  <Field place={place('aggregate')} label={say('edit.aggregate')} faults={props.faults}>
                    {(field) => (
                      <select {...field} onChange={(event) => put({ aggregate: event.currentTarget.value })}>
                        <For each={AGGREGATES}>
                          {(how) => (
                            <option value={how} selected={one().aggregate === how}>
                              {say(`aggregate.${how}`)}
                            </option>
                          )}
                        </For>
                      </select>
                    )}
                  </Field>
                </Show>
              )}
            </Show>
            <Show when={indicator()}>
              {(one) => (
                <Field place={place('direction')} label={say('edit.direction')} faults={props.faults}>
                  {(field) => (
                    <select
                      {...field}
                      onChange={(event) =>
                        put({ direction: event.currentTarget.value === 'lower' ? 'lower' : 'higher' })
                      }
                    >
                      <For each={['higher', 'lower'] as const}>
                        {(direction) => (
                          <option value={direction} selected={one().direction === direction}>
                            {say(`edition.direction.${direction}`)}
                          </option>
                        )}
                      </For>
                    </select>
                  )}
                </Field>
              )}
            </Show>
          </div>
          <Show when={known().parent !== null && isLeaf(props.definition, known().code)}>
            <p>
              <button
                type="button"
                class="link-button"
                onClick={() => props.change(withoutRow(props.definition, props.list, props.at))}
              >
                {say('edit.remove')}
                <span class="visually-hidden">: {own(known().label)}</span>
              </button>
            </p>
          </Show>
        </fieldset>
      )}
    </Show>
  )
}

type FieldProps = { id: string; 'aria-invalid': boolean; 'aria-describedby': string | undefined; autocomplete: 'off' }

function Field(props: {
  place: string
  label: string
  note?: string
  faults: ReadonlyMap<string, string>
  children: (field: FieldProps) => unknown
}) {
  const id = () => fieldId(props.place)
  const isWrong = () => props.faults.has(props.place)
  return (
    <div class="field">
      <label for={id()}>
        {props.label} <span class="quiet">{props.note}</span>
      </label>
      {
        props.children({
          id: id(),
          autocomplete: 'off',
          get 'aria-invalid'() {
            return isWrong()
          },
          get 'aria-describedby'() {
            return isWrong() ? `${id()}-error` : undefined
          },
        }) as never
      }
    </div>
  )
}
