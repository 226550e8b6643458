/**
 * Reads a number as people type it here and elsewhere: comma or point before decimals, points, commas or spaces between
 * thousands. Null for what is no number.
 *
 * @param decimals how many decimal places are asked for; "1.500" is fifteen hundred unless three or more are
 * @example readNumber('1.500,5', 1) // 1500.5
 */
export function readNumber(text: string, decimals: number): number | null {
  const bare = text.trim().replace(/[\s\u00a0']/g, '')
  if (!/^-?[0-9][0-9.,]*$/.test(bare)) return null
  const marks = [...bare.matchAll(/[.,]/g)]
  const last = marks.at(-1)
  if (last === undefined) return Number(bare)
  const before = bare.slice(0, last.index)
  const after = bare.slice(last.index + 1)
  const isGroups = /^-?\d{1,3}([.,]\d{3})*$/.test(before) && after.length === 3
  const kinds = new Set(marks.map(([mark]) => mark))
  if (kinds.size === 1 && isGroups && (marks.length > 1 || decimals < 3)) return Number(bare.replace(/[.,]/g, ''))
  // one mark before the decimals, and all others between thousands
  const isDecimal = marks.length === 1 || (kinds.size === 2 && marks.filter(([mark]) => mark === last[0]).length === 1)
  return isDecimal && after !== '' ? Number(`${before.replace(/[.,]/g, '')}.${after}`) : null
}
