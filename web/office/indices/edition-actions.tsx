import { A, revalidate, useNavigate } from '@solidjs/router'
import { createSignal, createUniqueId, For, Show } from 'solid-js'
import { Notice } from '../../ui/notice.tsx'
import { ApiError } from '../api/errors.ts'
import { path } from '../path.ts'
import { errorSentence } from '../shell/error-notice.tsx'
import { faultSentence } from './edition-faults.ts'
import { discardEdition, publishEdition, retireEdition } from './queries.ts'
import type { Edition } from './types.ts'
import { say } from './words.ts'

type Action = 'publish' | 'retire' | 'discard'
const DOORS = { publish: publishEdition, retire: retireEdition, discard: discardEdition }

/** What can be done with an edition of the province's own; each asks once more, because none can be undone. */
export function EditionActions(props: { edition: Edition }) {
  const id = createUniqueId()
  const navigate = useNavigate()
  const [asked, setAsked] = createSignal<Action | null>(null)
  const [busy, setBusy] = createSignal(false)
  const [failure, setFailure] = createSignal<unknown>(null)
  const actions = (): Action[] =>
    props.edition.state === 'draft' ? ['publish', 'discard'] : props.edition.state === 'published' ? ['retire'] : []
  const act = async (action: Action) => {
    if (busy()) return
    setBusy(true)
    setFailure(null)
    try {
      await DOORS[action](props.edition)
      setAsked(null)
      if (action === 'discard') navigate(path.editions())
      await revalidate()
    } catch (error) {
      setFailure(() => error)
    } finally {
      setBusy(false)
    }
  }
  const issues = () => {
    const error = failure()
    return error instanceof ApiError ? error.issues : []
  }
  return (
    <Show when={actions().length > 0}>
      <div class="edition-actions">
        <p class="button-row">
          <Show when={props.edition.state === 'draft'}>
            <A class="button" href={path.editEdition(props.edition)}>
              {say('edition.edit')}
            </A>
          </Show>
          <For each={actions()}>
            {(action) => (
              <button
                type="button"
                class="button"
                data-kind="quiet"
                aria-expanded={asked() === action}
                onClick={() => setAsked(asked() === action ? null : action)}
              >
                {say(`edition.${action}`)}
              </button>
            )}
          </For>
        </p>
        <Show when={asked()} keyed>
          {(action) => (
            <div class="card edition-confirm" role="group" aria-labelledby={id}>
              <p id={id}>{say(`edition.${action}.ask`)}</p>
              <p class="button-row">
                <button
                  type="button"
                  class="button"
                  aria-disabled={busy()}
                  ref={(element) => queueMicrotask(() => element.focus())}
                  onClick={() => void act(action)}
                >
                  {say(`edition.${action}.yes`)}
                </button>
                <button type="button" class="button" data-kind="quiet" onClick={() => setAsked(null)}>
                  {say('edition.no')}
                </button>
              </p>
            </div>
          )}
        </Show>
        <Show when={failure()}>
          {(error) => (
            <Notice kind="error" heading={say('edition.problem')}>
              <p>{errorSentence(error())}</p>
              <ul>
                <For each={issues()}>{(issue) => <li>{faultSentence(issue, props.edition.definition)}</li>}</For>
              </ul>
            </Notice>
          )}
        </Show>
      </div>
    </Show>
  )
}
