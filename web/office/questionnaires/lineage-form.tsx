import { For, Show } from 'solid-js'
import type { ItemLineage } from '../../../api/core/questionnaire/definition.ts'
import type { Path } from './edit.ts'
import { useEditing } from './editing.ts'
import { FaultsAt } from './field.tsx'
import { say } from './words.ts'

/** The earlier questions that this one continues, and whether the series may be joined. */
export function LineageForm(props: { path: Path; lineage: readonly ItemLineage[] | undefined }) {
  const editing = useEditing()
  return (
    <Show when={props.lineage !== undefined && props.lineage.length > 0}>
      <fieldset class="part">
        <legend>{say('lineage.title')}</legend>
        <p class="field-hint">{say('lineage.hint')}</p>
        <For each={props.lineage}>
          {(one, i) => (
            <>
              <label class="choice">
                <input
                  type="checkbox"
                  checked={one.comparable}
                  onChange={(event) =>
                    editing.put([...props.path, 'lineage', i(), 'comparable'], event.currentTarget.checked)
                  }
                />
                <span>{say('lineage.comparable', { item: one.item, code: one.code, version: one.version })}</span>
              </label>
              <FaultsAt path={[...props.path, 'lineage', i()].join('.')} below />
            </>
          )}
        </For>
      </fieldset>
    </Show>
  )
}
