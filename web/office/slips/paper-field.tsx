import { createUniqueId, For } from 'solid-js'
import { PAPERS } from './queries.ts'
import { say } from './words.ts'

/** Which paper the printer takes. */
export function PaperField(props: { choose?: (paper: string) => void }) {
  const id = createUniqueId()
  return (
    <div class="field">
      <label for={id}>{say('paper')}</label>
      <select id={id} name="format" onChange={(event) => props.choose?.(event.currentTarget.value)}>
        <For each={PAPERS}>{(paper) => <option value={paper}>{say(`paper.${paper}`)}</option>}</For>
      </select>
    </div>
  )
}
