import { createSignal, Show } from 'solid-js'
import { ErrorNotice } from '../shell/error-notice.tsx'
import { PaperField } from './paper-field.tsx'
import { dossierSlipAddress, hasSlip } from './queries.ts'
import { say } from './words.ts'

/** The slip of one dossier, again. */
export function OneSlip() {
  const [address, setAddress] = createSignal<string | null>(null)
  const [isGone, setGone] = createSignal(false)
  const [failure, setFailure] = createSignal<unknown>(null)
  const submit = async (event: SubmitEvent & { currentTarget: HTMLFormElement }) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const text = (name: string) => String(form.get(name) ?? '').trim()
    const asked = dossierSlipAddress(text('dossier'), text('format'))
    setFailure(null)
    try {
      const found = await hasSlip(asked)
      setGone(!found)
      setAddress(found ? asked : null)
    } catch (error) {
      setFailure(() => error)
    }
  }
  return (
    <section aria-labelledby="one">
      <h2 id="one">{say('one')}</h2>
      <form class="toolbar" onSubmit={(event) => void submit(event)} onInput={() => setAddress(null)}>
        <div class="field">
          <label for="dossier">{say('dossier')}</label>
          <p class="field-hint" id="dossier-hint">
            {say('dossierHint')}
          </p>
          <input
            id="dossier"
            name="dossier"
            type="text"
            required
            maxlength="64"
            autocomplete="off"
            aria-describedby="dossier-hint"
          />
        </div>
        <PaperField />
        <button type="submit" class="button">
          {say('find')}
        </button>
      </form>
      <div role="status">
        <Show when={address()}>
          {(href) => (
            <p>
              <a href={href()} target="_blank" rel="noopener noreferrer">
                {say('printOne')}
                <span class="visually-hidden">{`, ${say('newTab')}`}</span>
              </a>
            </p>
          )}
        </Show>
        <Show when={isGone()}>
          <p class="empty">{say('oneGone')}</p>
        </Show>
      </div>
      <Show when={failure()}>{(error) => <ErrorNotice error={error()} />}</Show>
    </section>
  )
}
