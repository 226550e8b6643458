import { For, Show, type JSX } from 'solid-js'
import { useEditing } from './editing.ts'
import { faultSentence, fieldId } from './fault-words.ts'
import type { QuestionnaireFault } from './types.ts'

/** Faults that are told at a path: its own, and those below it that no field of its own shows. */
export function FaultsAt(props: { path: string; below?: boolean }) {
  const editing = useEditing()
  const here = () =>
    editing.faults().filter(({ path }) => path === props.path || (props.below && path.startsWith(`${props.path}.`)))
  return <FaultLines id={`${fieldId(props.path)}-faults`} faults={here()} />
}

function FaultLines(props: { id: string; faults: readonly QuestionnaireFault[] }) {
  return (
    <Show when={props.faults.length > 0}>
      <ul class="fault-lines" id={props.id}>
        <For each={props.faults}>
          {(fault) => <li data-note={fault.note === true ? '' : undefined}>{faultSentence(fault)}</li>}
        </For>
      </ul>
    </Show>
  )
}

/** Attributes of a field at a path: its id, and that something is wrong with it. */
export function fieldAttributes(path: string, hint?: string) {
  const editing = useEditing()
  const isFaulty = () => editing.faults().some((fault) => fault.path === path && fault.note !== true)
  return {
    id: fieldId(path),
    get 'aria-invalid'(): boolean {
      return isFaulty()
    },
    get 'aria-describedby'(): string | undefined {
      const ids = [...(hint === undefined ? [] : [hint]), ...(isFaulty() ? [`${fieldId(path)}-faults`] : [])]
      return ids.length === 0 ? undefined : ids.join(' ')
    },
  }
}

/** A field with its label, a hint, and its faults below. */
export function Field(props: { path: string; label: string; hint?: string; class?: string; children: JSX.Element }) {
  return (
    <div class={`field ${props.class ?? ''}`}>
      <label for={fieldId(props.path)}>{props.label}</label>
      <Show when={props.hint}>
        {(hint) => (
          <p class="field-hint" id={`${fieldId(props.path)}-hint`}>
            {hint()}
          </p>
        )}
      </Show>
      {props.children}
      <FaultsAt path={props.path} />
    </div>
  )
}
