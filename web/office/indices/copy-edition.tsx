import { revalidate, useNavigate } from '@solidjs/router'
import { createSignal, createUniqueId, For, Show } from 'solid-js'
import { ApiError } from '../api/errors.ts'
import { path } from '../path.ts'
import { ErrorNotice } from '../shell/error-notice.tsx'
import { copyEdition, getEditions } from './queries.ts'
import type { Edition } from './types.ts'
import { say, sayIf } from './words.ts'

const FIELDS = ['id', 'edition', 'vi', 'en'] as const
/** How the server names the fields of a copy. */
const PATHS = { id: 'id', edition: 'edition', vi: 'label.vi', en: 'label.en' }

/** Makes a draft of the province's own out of an edition. */
export function CopyEdition(props: { edition: Edition }) {
  const id = createUniqueId()
  const navigate = useNavigate()
  const [busy, setBusy] = createSignal(false)
  const [failure, setFailure] = createSignal<unknown>(null)
  const faultOf = (field: (typeof FIELDS)[number]) => {
    const error = failure()
    const code = error instanceof ApiError ? error.issues.find(({ path: at }) => at === PATHS[field])?.code : undefined
    return code === undefined ? null : (sayIf(`copy.fault.${code}`) ?? say('copy.fault.other'))
  }
  const submit = async (event: SubmitEvent & { currentTarget: HTMLFormElement }) => {
    event.preventDefault()
    if (busy()) return
    const form = new FormData(event.currentTarget)
    const text = (name: string) => String(form.get(name) ?? '').trim()
    const to = { id: text('id'), edition: text('edition'), label: { vi: text('vi'), en: text('en') } }
    setBusy(true)
    setFailure(null)
    try {
      const made = await copyEdition(props.edition, to)
      await revalidate(getEditions.key)
      navigate(path.edition(made))
    } catch (error) {
      setFailure(() => error)
    } finally {
      setBusy(false)
    }
  }
  const value = (field: (typeof FIELDS)[number]) =>
    field === 'vi' || field === 'en'
      ? props.edition.label[field]
      : field === 'edition'
        ? '1'
        : `${props.edition.id}-rieng`
  return (
    <section aria-labelledby={`${id}-h`}>
      <h2 id={`${id}-h`}>{say('copy.title')}</h2>
      <p class="lead">{say('copy.lead')}</p>
      <form class="card import-form" novalidate onSubmit={(event) => void submit(event)}>
        <For each={FIELDS}>
          {(field) => (
            <div class="field">
              <label for={`${id}-${field}`}>{say(`copy.${field}`)}</label>
              <Show when={faultOf(field)}>
                {(text) => (
                  <p class="field-error" id={`${id}-${field}-error`} role="alert">
                    {text()}
                  </p>
                )}
              </Show>
              <input
                type="text"
                id={`${id}-${field}`}
                name={field}
                value={value(field)}
                autocomplete="off"
                aria-invalid={faultOf(field) !== null}
                aria-describedby={faultOf(field) === null ? undefined : `${id}-${field}-error`}
              />
            </div>
          )}
        </For>
        <button type="submit" class="button" aria-disabled={busy()}>
          {say('copy.submit')}
        </button>
        <Show when={failure() !== null && FIELDS.every((field) => faultOf(field) === null)}>
          <ErrorNotice error={failure()} heading={say('edition.problem')} />
        </Show>
      </form>
    </section>
  )
}
