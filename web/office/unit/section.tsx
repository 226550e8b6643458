import type { ParentProps } from 'solid-js'
import { useAnchor } from '../lib/arrival.ts'

/** A section of the page with its heading, reachable by its anchor. */
export function Section(props: ParentProps<{ id: string; title: string; class?: string }>) {
  useAnchor(props.id)
  return (
    <section class={props.class} aria-labelledby={props.id}>
      <h2 id={props.id} tabindex="-1">
        {props.title}
      </h2>
      {props.children}
    </section>
  )
}
