import { createSignal, Show, type JSX } from 'solid-js'
import { say } from './words.ts'

/** A step that cannot be taken back: the button first says what will happen, and asks again. */
export function Confirm(props: {
  label: string
  sure: string
  confirm: string
  kind?: 'quiet'
  disabled?: boolean
  run: () => Promise<void> | void
  children?: JSX.Element
}) {
  const [isAsked, setAsked] = createSignal(false)
  const [isBusy, setBusy] = createSignal(false)
  let first: HTMLButtonElement | undefined
  const run = async () => {
    if (isBusy()) return
    setBusy(true)
    try {
      await props.run()
      setAsked(false)
    } finally {
      setBusy(false)
    }
  }
  return (
    <div class="confirm">
      <button
        type="button"
        class="button"
        data-kind={props.kind}
        ref={(element) => (first = element)}
        aria-expanded={isAsked()}
        aria-disabled={props.disabled === true}
        onClick={() => setAsked(props.disabled === true ? false : !isAsked())}
      >
        {props.label}
      </button>
      <Show when={isAsked()}>
        <div class="confirm-box" role="group" aria-label={props.label}>
          <p>{props.sure}</p>
          <div class="row">
            <button
              type="button"
              class="button"
              ref={(element) => queueMicrotask(() => element.focus())}
              aria-disabled={isBusy()}
              onClick={() => void run()}
            >
              {props.confirm}
            </button>
            <button
              type="button"
              class="button"
              data-kind="quiet"
              onClick={() => {
                setAsked(false)
                first?.focus()
              }}
            >
              {say('confirm.cancel')}
            </button>
          </div>
        </div>
      </Show>
    </div>
  )
}
