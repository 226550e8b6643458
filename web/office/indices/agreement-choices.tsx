import { createUniqueId, For } from 'solid-js'
import { own } from '../lib/locale.ts'
import { withScores } from './choose-edition.ts'
import { EditionSelect } from './index-filters.tsx'
import type { OfficialChoice } from './official-choice.ts'
import type { Edition, EditionRow } from './types.ts'
import { say } from './words.ts'

type Chosen = { index: string; node: string; official: string; officialNode: string }

/** Which of ours is set beside which of the published ones. */
export function AgreementChoices(props: {
  editions: readonly EditionRow[]
  edition: Edition
  officials: readonly OfficialChoice[]
  chosen: Chosen
  choose: (next: { [name in keyof Chosen]: string | null }) => void
}) {
  const nodes = () =>
    props.edition.definition.nodes.map(({ code, label }) => ({ code, name: `${own(label)} (${code})` }))
  const official = () => props.officials.find(({ index }) => index === props.chosen.official)
  return (
    <form
      class="toolbar filter-bar index-filters"
      aria-label={say('agreement.choose')}
      onSubmit={(event) => event.preventDefault()}
    >
      <EditionSelect
        label={say('agreement.ours')}
        editions={withScores(props.editions)}
        edition={props.edition}
        choose={({ id }) => props.choose({ ...props.chosen, index: id, node: null, officialNode: null })}
      />
      <Choice
        label={say('agreement.ourNode')}
        options={nodes()}
        value={props.chosen.node}
        choose={(node) => props.choose({ ...props.chosen, node })}
      />
      <Choice
        label={say('agreement.official')}
        options={props.officials.map(({ index }) => ({ code: index, name: index.toUpperCase() }))}
        value={props.chosen.official}
        choose={(next) => props.choose({ ...props.chosen, official: next, officialNode: null })}
      />
      <Choice
        label={say('agreement.officialNode')}
        options={(official()?.nodes ?? []).map((code) => ({ code, name: code }))}
        value={props.chosen.officialNode}
        choose={(officialNode) => props.choose({ ...props.chosen, officialNode })}
      />
    </form>
  )
}

function Choice(props: {
  label: string
  options: readonly { code: string; name: string }[]
  value: string
  choose: (code: string) => void
}) {
  const id = createUniqueId()
  return (
    <div class="field">
      <label for={id}>{props.label}</label>
      <select id={id} onChange={(event) => props.choose(event.currentTarget.value)}>
        <For each={props.options}>
          {(option) => (
            <option value={option.code} selected={option.code === props.value}>
              {option.name}
            </option>
          )}
        </For>
      </select>
    </div>
  )
}
