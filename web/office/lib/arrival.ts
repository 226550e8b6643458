import { createEffect, onMount } from 'solid-js'

/** Keeps the document's title equal to `title`. */
export function useTitle(title: () => string): void {
  createEffect(() => {
    const text = title()
    document.title = text
  })
}

let opened = false

/**
 * After a change of page the new heading gets the focus, so that a screen reader starts there; on the first page of a
 * visit the browser's own start is left alone.
 */
export function useArrival(heading: () => HTMLElement | undefined): void {
  onMount(() => {
    if (opened) heading()?.focus({ preventScroll: true })
    opened = true
  })
}

/** Scrolls to a place of this page and gives it the focus. Places carry `tabindex="-1"`. */
export function jumpTo(id: string): void {
  const place = document.getElementById(id)
  place?.scrollIntoView()
  place?.focus({ preventScroll: true })
}

/** A place that loads late is still reached by an address ending in `#id`. */
export function useAnchor(id: string): void {
  onMount(() => {
    if (location.hash === `#${id}`) jumpTo(id)
  })
}

/** Gives the focus to something that appears as the answer to a button. */
export function useFocus(element: () => HTMLElement | undefined): void {
  onMount(() => element()?.focus())
}
