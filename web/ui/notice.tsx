import { Show, type ParentProps } from 'solid-js'

/** A framed message. `error` interrupts a screen reader, the others wait their turn; the heading is optional. */
export function Notice(props: ParentProps<{ kind: 'error' | 'info' | 'success'; heading?: string | undefined }>) {
  return (
    <div class="notice" data-kind={props.kind} role={props.kind === 'error' ? 'alert' : 'status'}>
      <Show when={props.heading}>
        <p class="notice-heading">{props.heading}</p>
      </Show>
      {props.children}
    </div>
  )
}
