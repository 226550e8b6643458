import { createMemo, For, Show } from 'solid-js'
import { useEditing } from './editing.ts'
import { faultPlace, faultSentence } from './fault-words.ts'
import type { QuestionnaireFault } from './types.ts'
import { say } from './words.ts'

const SHOWN_MAX = 30

interface Group {
  readonly fault: QuestionnaireFault
  readonly place: string
  readonly sentence: string
  times: number
}

/** Everything that is wrong, each a way to its place; the same fault several times in one place is said once. */
export function FaultSummary(props: { go: (fault: QuestionnaireFault) => void }) {
  const editing = useEditing()
  const hindering = () => editing.hindrances()
  const notes = () => editing.faults().filter(({ note }) => note === true)
  const grouped = (faults: readonly QuestionnaireFault[]): Group[] => {
    const whole = editing.plain()
    const groups = new Map<string, Group>()
    for (const fault of faults) {
      const place = faultPlace(whole, fault.path)
      const sentence = faultSentence(fault)
      const known = groups.get(place + sentence)
      if (known) known.times += 1
      else groups.set(place + sentence, { fault, place, sentence, times: 1 })
    }
    return [...groups.values()]
  }
  const list = (groups: readonly Group[]) => (
    <>
      <ul class="fault-summary-list">
        <For each={groups.slice(0, SHOWN_MAX)}>
          {({ fault, place, sentence, times }) => (
            <li>
              <button type="button" class="link-button" onClick={() => props.go(fault)}>
                {place}
              </button>
              : {sentence} {times > 1 ? say('faults.times', { n: times }) : ''}
            </li>
          )}
        </For>
      </ul>
      <Show when={groups.length > SHOWN_MAX}>
        <p class="quiet">{say('faults.more', { n: groups.length - SHOWN_MAX })}</p>
      </Show>
    </>
  )
  const groups = createMemo(() => grouped(hindering()))
  return (
    <section
      class="fault-summary"
      aria-labelledby="faults-title"
      data-clean={hindering().length === 0 ? '' : undefined}
    >
      <h2 id="faults-title" role="status">
        {hindering().length === 0 ? say('faults.none') : say('faults.title', { n: hindering().length })}
      </h2>
      {list(groups())}
      <Show when={notes().length > 0}>
        <details class="how">
          <summary>{say('faults.notes', { n: notes().length })}</summary>
          {list(grouped(notes()))}
        </details>
      </Show>
    </section>
  )
}
