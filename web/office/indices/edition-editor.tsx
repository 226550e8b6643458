import { revalidate, useNavigate } from '@solidjs/router'
import { createMemo, createSignal, createUniqueId, For, Show } from 'solid-js'
import { Notice } from '../../ui/notice.tsx'
import { ApiError } from '../api/errors.ts'
import { path } from '../path.ts'
import { errorSentence } from '../shell/error-notice.tsx'
import { definitionOf, hasRows } from './edition-draft.ts'
import { faultSentence, placeOf, rowOf } from './edition-faults.ts'
import { EditionRows, fieldId } from './edition-rows.tsx'
import { putEdition } from './queries.ts'
import type { Edition, IndexDefinition } from './types.ts'
import { say } from './words.ts'

/** The fields of a draft, the whole of it as text, and what is wrong with it after an attempt to save. */
export function EditionEditor(props: { edition: Edition }) {
  const id = createUniqueId()
  const navigate = useNavigate()
  const [definition, setDefinition] = createSignal<IndexDefinition>(props.edition.definition)
  const [failure, setFailure] = createSignal<unknown>(null)
  const [busy, setBusy] = createSignal(false)
  const issues = createMemo(() => {
    const error = failure()
    return error instanceof ApiError ? error.issues : []
  })
  const faults = createMemo(
    () => new Map(issues().map((issue) => [placeOf(issue), faultSentence(issue, definition())])),
  )
  let summary: HTMLDivElement | undefined
  const save = async (event: SubmitEvent) => {
    event.preventDefault()
    if (busy()) return
    setBusy(true)
    setFailure(null)
    try {
      await putEdition(props.edition, props.edition.sha256, definition())
      navigate(path.edition(props.edition))
      await revalidate()
    } catch (error) {
      setFailure(() => error)
      queueMicrotask(() => summary?.focus())
    } finally {
      setBusy(false)
    }
  }
  return (
    <form class="edition-editor" novalidate onSubmit={(event) => void save(event)}>
      <p class="lead">{say('edit.lead')}</p>
      <div ref={(element) => (summary = element)} tabindex="-1">
        <Show when={failure()}>
          {(error) => (
            <Notice kind="error" heading={say('edit.problem')}>
              <Show when={issues().length > 0} fallback={<p>{errorSentence(error())}</p>}>
                <ul>
                  <For each={issues()}>
                    {(issue) => (
                      <li>
                        <Place place={placeOf(issue)}>{faultSentence(issue, definition())}</Place>
                      </li>
                    )}
                  </For>
                </ul>
              </Show>
            </Notice>
          )}
        </Show>
      </div>
      <Show when={hasRows(definition())} fallback={<p class="caution">{say('edit.noRows')}</p>}>
        <EditionRows definition={definition()} faults={faults()} change={setDefinition} />
      </Show>
      <WholeText id={id} definition={definition()} use={setDefinition} />
      <p class="button-row">
        <button type="submit" class="button" aria-disabled={busy()}>
          {say('edit.save')}
        </button>
      </p>
    </form>
  )
}

/** A fault leads to its field where there is one. */
function Place(props: { place: string; children: string }) {
  const row = () => rowOf(props.place)
  const hasField = () => ['label.vi', 'label.en', 'weight', 'aggregate', 'direction'].includes(row()?.field ?? '')
  return (
    <Show when={hasField()} fallback={props.children}>
      <a
        href={`#${fieldId(props.place)}`}
        onClick={(event) => {
          event.preventDefault()
          document.getElementById(fieldId(props.place))?.focus()
        }}
      >
        {props.children}
      </a>
    </Show>
  )
}

/** The definition as JSON, for what has no field: sources, scales, bands, rows to add. */
function WholeText(props: { id: string; definition: IndexDefinition; use: (definition: IndexDefinition) => void }) {
  const [wrong, setWrong] = createSignal(false)
  let area: HTMLTextAreaElement | undefined
  const use = () => {
    const made = definitionOf(area?.value ?? '')
    setWrong(made === null)
    if (made === null) area?.focus()
    else props.use(made)
  }
  return (
    <details class="how">
      <summary>{say('edit.whole')}</summary>
      <div class="field">
        <label for={`${props.id}-json`}>{say('edit.wholeLabel')}</label>
        <p class="field-hint" id={`${props.id}-hint`}>
          {say('edit.wholeHint')}
        </p>
        <Show when={wrong()}>
          <p class="field-error" id={`${props.id}-wrong`} role="alert">
            {say('edit.notJson')}
          </p>
        </Show>
        <textarea
          id={`${props.id}-json`}
          class="edition-json"
          rows="20"
          spellcheck={false}
          ref={(element) => (area = element)}
          value={JSON.stringify(props.definition, null, 2)}
          aria-invalid={wrong()}
          aria-describedby={wrong() ? `${props.id}-hint ${props.id}-wrong` : `${props.id}-hint`}
        />
        <button type="button" class="button" data-kind="quiet" onClick={use}>
          {say('edit.useWhole')}
        </button>
      </div>
    </details>
  )
}
