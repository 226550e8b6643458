// What last moved the page: arrow keys choose a radio on the way to another, so only a finger or a mouse may advance.
let byPointer = false
window.addEventListener('pointerdown', () => (byPointer = true), true)
window.addEventListener('keydown', () => (byPointer = false), true)

/**
 * After a first answer by touch or mouse, brings the next heading into view and focuses it. A keyboard or a screen
 * reader keeps its place: there the next question is one Tab away.
 */
export function advanceFrom(item: string): void {
  if (!byPointer) return
  const headings = [...document.querySelectorAll<HTMLElement>('form h2, form legend[tabindex], form .question-title')]
  const place = headings.findIndex((heading) => heading.parentElement?.id === `q-${item}`)
  const next = headings[place + 1]
  if (place < 0 || next === undefined) return
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches
  next.focus({ preventScroll: true })
  next.scrollIntoView({ block: 'start', behavior: calm ? 'auto' : 'smooth' })
}
