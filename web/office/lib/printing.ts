/** On paper nothing can be opened: every closed `<details>` is opened for the print and closed again after it. */
export function openDetailsForPrint(): void {
  let closed: HTMLDetailsElement[] = []
  addEventListener('beforeprint', () => {
    closed = [...document.querySelectorAll<HTMLDetailsElement>('details:not([open])')]
    for (const details of closed) details.open = true
  })
  addEventListener('afterprint', () => {
    for (const details of closed) details.open = false
    closed = []
  })
}
