const PLACEHOLDER = /\{([^{}]*)\}/g

/** Puts the name of the unit a repeated part is about where a text says `{unit}`; anything else in braces stays as it is. */
export function pipe(text: string, unit: string | null): string {
  return unit === null ? text : text.replaceAll('{unit}', () => unit)
}

/** Names that a text has in braces, each once, in the order of the alphabet. */
export function placeholdersOf(text: string): string[] {
  return [...new Set([...text.matchAll(PLACEHOLDER)].map((match) => match[1] ?? ''))].sort()
}
