import type { ParentProps } from 'solid-js'
import { jumpTo } from '../lib/arrival.ts'

/** A link to a place on the same page that also takes the focus there; the router would only scroll. */
export function JumpLink(props: ParentProps<{ to: string; class?: string }>) {
  return (
    <a
      class={props.class}
      href={`#${props.to}`}
      onClick={(event) => {
        event.preventDefault()
        history.replaceState(history.state, '', `#${props.to}`)
        jumpTo(props.to)
      }}
    >
      {props.children}
    </a>
  )
}
