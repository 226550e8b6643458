import { createAsync } from '@solidjs/router'
import { createSignal, For, Show } from 'solid-js'
import type { Page } from '../api/types.ts'
import { inDays } from '../campaigns/request.ts'
import { t } from '../lib/locale.ts'
import { ErrorNotice } from '../shell/error-notice.tsx'
import { getSlipChoices, getUnitChoices, type SlipChoice, type SlipFilter } from './queries.ts'
import { SlipChoices } from './slip-choices.tsx'
import { say } from './words.ts'

/** Finds the slips that wait to be handed out, and prints those that are chosen. */
export function ManySlips() {
  const units = createAsync(() => getUnitChoices(inDays(0)))
  const [found, setFound] = createSignal<{ filter: SlipFilter; first: Page<SlipChoice> } | null>(null)
  const [failure, setFailure] = createSignal<unknown>(null)
  const [since, setSince] = createSignal(inDays(-7))
  const submit = async (event: SubmitEvent & { currentTarget: HTMLFormElement }) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const text = (name: string) => String(form.get(name) ?? '')
    const filter = { unit: text('unit'), since: text('since'), until: text('until'), event: text('event') }
    setFailure(null)
    setFound(null)
    try {
      setFound({ filter, first: await getSlipChoices(filter, null) })
    } catch (error) {
      setFailure(() => error)
    }
  }
  return (
    <section aria-labelledby="many">
      <h2 id="many">{say('many')}</h2>
      <form class="toolbar" onSubmit={(event) => void submit(event)} onChange={() => setFound(null)}>
        <div class="field">
          <label for="unit">{say('unit')}</label>
          <select id="unit" name="unit">
            <option value="">{say('allUnits')}</option>
            <For each={units()}>{(unit) => <option value={unit.id}>{unit.name}</option>}</For>
          </select>
        </div>
        <div class="field">
          <label for="since">{say('since')}</label>
          <input
            id="since"
            name="since"
            type="date"
            required
            value={since()}
            onInput={(event) => setSince(event.currentTarget.value)}
          />
        </div>
        <div class="field">
          <label for="until">{say('until')}</label>
          <input id="until" name="until" type="date" required min={since()} value={inDays(0)} />
        </div>
        <div class="field">
          <label for="event">{say('event')}</label>
          <select id="event" name="event">
            <option value="">{say('event.all')}</option>
            <For each={['returned', 'refused', 'received', 'supplement_requested'] as const}>
              {(one) => <option value={one}>{t(`event.${one}`)}</option>}
            </For>
          </select>
        </div>
        <button type="submit" class="button">
          {say('list')}
        </button>
      </form>
      <p role="status">{found()?.first.items.length === 0 ? say('none') : ''}</p>
      <Show keyed when={found()}>
        {({ filter, first }) => (
          <Show when={first.items.length > 0}>
            <SlipChoices filter={filter} first={first} />
          </Show>
        )}
      </Show>
      <Show when={failure()}>{(error) => <ErrorNotice error={error()} />}</Show>
    </section>
  )
}
