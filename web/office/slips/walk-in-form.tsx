import { createAsync } from '@solidjs/router'
import { createSignal, For, Show } from 'solid-js'
import { search } from '../api/http.ts'
import { inDays, newRequestId } from '../campaigns/request.ts'
import { Refusal } from '../shell/refusal.tsx'
import { findProcedures, getUnitChoices, PAPERS, postWalkIn, type WalkIn } from './queries.ts'
import { refusals, say } from './words.ts'

const APPLICANTS = ['citizen', 'business', 'organisation'] as const

/**
 * A slip for somebody whose papers were not taken in. Sending it again after a failure makes no second one, and once it is made
 * the form waits until it is told that somebody else has come: two people must never get the same slip.
 */
export function WalkInForm() {
  const units = createAsync(() => getUnitChoices(inDays(0)))
  const [procedures, setProcedures] = createSignal<{ code: string; name: string }[]>([])
  const [made, setMade] = createSignal<WalkIn | null>(null)
  const [failure, setFailure] = createSignal<unknown>(null)
  let id = newRequestId()
  let procedure: HTMLInputElement | undefined
  const begin = () => {
    id = newRequestId()
    setMade(null)
  }
  const lookUp = async (words: string) => {
    // only a help: the code can be typed whole
    const page = await findProcedures(words.trim()).catch(() => null)
    if (page !== null && words === procedure?.value) setProcedures(page.items)
  }
  const submit = async (event: SubmitEvent & { currentTarget: HTMLFormElement }) => {
    event.preventDefault()
    if (made() !== null) return
    const form = new FormData(event.currentTarget)
    setFailure(null)
    try {
      setMade(
        await postWalkIn({
          id,
          unit: Number(form.get('unit')),
          procedure: String(form.get('procedure')).trim(),
          applicant: String(form.get('applicant')),
        }),
      )
    } catch (error) {
      setFailure(() => error)
    }
  }
  return (
    <section aria-labelledby="walk-in">
      <h2 id="walk-in">{say('walkIn')}</h2>
      <p>{say('walkInLead')}</p>
      <form class="toolbar" onSubmit={(event) => void submit(event)} onInput={begin}>
        <div class="field">
          <label for="walk-in-unit">{say('walkInUnit')}</label>
          <select id="walk-in-unit" name="unit" required>
            <option value="">{say('chooseUnit')}</option>
            <For each={units()}>{(unit) => <option value={unit.id}>{unit.name}</option>}</For>
          </select>
        </div>
        <div class="field">
          <label for="procedure">{say('procedure')}</label>
          <p class="field-hint" id="procedure-hint">
            {say('procedureHint')}
          </p>
          <input
            ref={(input) => (procedure = input)}
            id="procedure"
            name="procedure"
            type="text"
            required
            maxlength="64"
            autocomplete="off"
            list="procedures"
            aria-describedby="procedure-hint"
            onInput={(event) => void lookUp(event.currentTarget.value)}
          />
          <datalist id="procedures">
            <For each={procedures()}>{(one) => <option value={one.code}>{one.name}</option>}</For>
          </datalist>
        </div>
        <div class="field">
          <label for="applicant">{say('applicant')}</label>
          <select id="applicant" name="applicant">
            <For each={APPLICANTS}>{(one) => <option value={one}>{say(`applicant.${one}`)}</option>}</For>
          </select>
        </div>
        <button
          type="submit"
          class="button"
          data-kind={made() === null ? undefined : 'quiet'}
          aria-disabled={made() === null ? undefined : 'true'}
        >
          {say('make')}
        </button>
      </form>
      <p class="quiet">{say('reason')}</p>
      <div role="status">
        <Show when={made()}>
          {(walkIn) => (
            <>
              <p>{say('made', { unit: walkIn().unit.name, procedure: walkIn().procedure.name })}</p>
              <ul>
                <For each={PAPERS}>
                  {(format) => (
                    <li>
                      <a href={`${walkIn().slip}${search({ format })}`} target="_blank" rel="noopener noreferrer">
                        {`${say('printWalkIn')}: ${say(`paper.${format}`)}`}
                        <span class="visually-hidden">{`, ${say('newTab')}`}</span>
                      </a>
                    </li>
                  )}
                </For>
              </ul>
            </>
          )}
        </Show>
      </div>
      <Show when={made()}>
        <p>
          <button
            type="button"
            class="button"
            onClick={() => {
              begin()
              procedure?.focus()
            }}
          >
            {say('makeNext')}
          </button>
        </p>
      </Show>
      <Show when={failure()}>{(error) => <Refusal error={error()} words={refusals} />}</Show>
    </section>
  )
}
