import { Show } from 'solid-js'

/** A field for a code that somebody types from paper, with its hint and what is wrong with it. */
export function CodeField(props: {
  label: string
  hint: string
  error: string | null
  /** Said before the error to whoever does not see its colour. */
  errorPrefix: string
  class?: string
  ref: (input: HTMLInputElement) => void
}) {
  return (
    <div class="question" data-error={props.error === null ? undefined : ''}>
      <label class="question-title" for="code">
        {props.label}
      </label>
      <p class="hint" id="code-hint">
        {props.hint}
      </p>
      <p class="error" id="code-error" role="alert">
        <Show when={props.error}>
          {(error) => (
            <>
              <span class="visually-hidden">{props.errorPrefix}</span>
              {error()}
            </>
          )}
        </Show>
      </p>
      <input
        id="code"
        type="text"
        class={props.class}
        autocomplete="off"
        autocapitalize="characters"
        spellcheck={false}
        aria-describedby="code-hint code-error"
        aria-invalid={props.error === null ? undefined : 'true'}
        ref={(element) => props.ref(element)}
      />
    </div>
  )
}
