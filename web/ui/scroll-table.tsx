import { createUniqueId, type ParentProps } from 'solid-js'

/** A table with its caption; on a narrow screen it scrolls sideways inside a region that the keyboard can reach. */
export function ScrollTable(props: ParentProps<{ caption: string; captionHidden?: boolean; class?: string }>) {
  const id = createUniqueId()
  return (
    <div class="scroll-table" role="region" aria-labelledby={id} tabindex="0">
      <table class={props.class}>
        <caption id={id} class={props.captionHidden ? 'visually-hidden' : undefined}>
          {props.caption}
        </caption>
        {props.children}
      </table>
    </div>
  )
}
