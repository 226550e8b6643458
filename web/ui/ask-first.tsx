import { createSignal, createUniqueId, Show, type JSX, type ParentProps } from 'solid-js'
import { Portal } from 'solid-js/web'

/**
 * A button whose work cannot be undone, or is seen by many: it asks first, in the browser's own modal dialog, which keeps the focus
 * inside, closes with Escape and gives the focus back. The children say what will happen.
 *
 * @param props.run the work; when it throws, the dialog stays and shows what `failed` makes of it
 */
export function AskFirst(
  props: ParentProps<{
    label: string
    title: string
    confirm: string
    cancel: string
    kind?: 'quiet' | undefined
    /** Tells several buttons with one label apart. */
    about?: string | undefined
    /** Cannot be done now; what stands beside the button says why. */
    off?: boolean | undefined
    run: () => Promise<unknown>
    failed: (error: unknown) => JSX.Element
  }>,
) {
  const id = createUniqueId()
  const [isOpen, setOpen] = createSignal(false)
  const [busy, setBusy] = createSignal(false)
  const [failure, setFailure] = createSignal<unknown>(null)
  let dialog: HTMLDialogElement | undefined

  const ask = () => {
    if (props.off) return
    setFailure(null)
    setOpen(true)
    dialog?.showModal()
  }
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    if (busy()) return
    setBusy(true)
    setFailure(null)
    try {
      await props.run()
      dialog?.close()
    } catch (error) {
      setFailure(() => error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <button
        type="button"
        class="button"
        data-kind={props.kind}
        aria-disabled={props.off ? 'true' : undefined}
        onClick={ask}
      >
        {props.label}
        <Show when={props.about}>
          <span class="visually-hidden">{` ${props.about}`}</span>
        </Show>
      </button>
      {/* outside of any form that the button stands in: forms do not nest */}
      <Portal>
        <dialog ref={(element) => (dialog = element)} class="ask" aria-labelledby={id} onClose={() => setOpen(false)}>
          <form novalidate onSubmit={(event) => void submit(event)}>
            <h2 id={id}>{props.title}</h2>
            <Show when={isOpen()}>{props.children}</Show>
            <Show when={failure()}>{(error) => props.failed(error())}</Show>
            <p class="ask-buttons">
              <button type="button" class="button" data-kind="quiet" onClick={() => dialog?.close()}>
                {props.cancel}
              </button>
              <button type="submit" class="button" aria-disabled={busy()}>
                {props.confirm}
              </button>
            </p>
          </form>
        </dialog>
      </Portal>
    </>
  )
}
