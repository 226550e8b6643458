import { createUniqueId, For, Show } from 'solid-js'
import type { Period } from '../api/types.ts'
import { own } from '../lib/locale.ts'
import { PeriodFields } from '../unit/period-fields.tsx'
import { EDITION_GROUPS, groupOf, sameEdition, withScores } from './choose-edition.ts'
import type { EditionRow } from './types.ts'
import { say } from './words.ts'

/** Which index, and of which period. The choice lives in the address. */
export function IndexFilters(props: {
  editions: readonly EditionRow[]
  edition: EditionRow
  periods: readonly Period[]
  period: Period
  choose: (next: { edition: EditionRow; period: Period }) => void
}) {
  return (
    <form
      class="toolbar filter-bar index-filters"
      aria-label={say('choose.label')}
      onSubmit={(event) => event.preventDefault()}
    >
      <EditionSelect
        label={say('choose.index')}
        editions={withScores(props.editions)}
        edition={props.edition}
        choose={(edition) => props.choose({ edition, period: props.period })}
      />
      <PeriodFields
        periods={props.periods}
        period={props.period}
        choose={(period) => props.choose({ edition: props.edition, period })}
      />
    </form>
  )
}

/** Editions by whose they are. */
export function EditionSelect(props: {
  label: string
  editions: readonly EditionRow[]
  edition: EditionRow
  choose: (edition: EditionRow) => void
}) {
  const id = createUniqueId()
  const of = (group: (typeof EDITION_GROUPS)[number]) => props.editions.filter((one) => groupOf(one) === group)
  return (
    <div class="field index-field">
      <label for={id}>{props.label}</label>
      <select
        id={id}
        onChange={(event) => {
          const chosen = props.editions[Number(event.currentTarget.value)]
          if (chosen !== undefined) props.choose(chosen)
        }}
      >
        <For each={EDITION_GROUPS}>
          {(group) => (
            <Show when={of(group).length > 0}>
              <optgroup label={say(`editions.group.${group}`)}>
                <For each={of(group)}>
                  {(one) => (
                    <option value={props.editions.indexOf(one)} selected={sameEdition(one, props.edition)}>
                      {own(one.label)}
                      {one.state === 'retired' ? ` (${say('edition.state.retired')})` : ''}
                    </option>
                  )}
                </For>
              </optgroup>
            </Show>
          )}
        </For>
      </select>
    </div>
  )
}
