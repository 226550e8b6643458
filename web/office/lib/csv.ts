/**
 * One CSV line as spreadsheets read it. Text that a spreadsheet would take for a formula gets a leading apostrophe, since
 * names come from files that others wrote.
 */
export function csvLine(cells: readonly (string | number)[]): string {
  return cells
    .map((cell) => {
      const text = typeof cell === 'string' && /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : String(cell)
      return /[",;\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
    })
    .join(',')
}

/** A whole file; the mark at its start makes Excel read UTF-8. */
export const csvFile = (rows: readonly (readonly (string | number)[])[]): string =>
  `\u{feff}${rows.map((row) => `${csvLine(row)}\r\n`).join('')}`

/** Hands a text to the browser as a download. */
export function download(name: string, text: string, type = 'text/csv;charset=utf-8'): void {
  const address = URL.createObjectURL(new Blob([text], { type }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // The browser has taken the data by the next task; keeping the address would keep the secrets in memory.
  setTimeout(() => URL.revokeObjectURL(address), 0)
}
