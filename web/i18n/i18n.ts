/** The languages every page speaks. Vietnamese is the source; English is complete. */
export type Locale = 'vi' | 'en'

/** A text that travels in both languages (instrument wording, labels). */
export type Text = { readonly vi: string; readonly en: string }

export type Params = Readonly<Record<string, string | number>>

const PLACEHOLDER = /\{([a-zA-Z][a-zA-Z0-9]*)\}/g

/** Replaces `{name}` by the parameter of that name; a name without a parameter stays visible, so that a gap is noticed. */
export function fill(template: string, params: Params = {}): string {
  return template.replace(PLACEHOLDER, (whole, name: string) => (name in params ? String(params[name]) : whole))
}

/** The placeholder names of a template, sorted, each once. */
export function placeholders(template: string): string[] {
  return [...new Set([...template.matchAll(PLACEHOLDER)].map((match) => match[1] ?? ''))].sort()
}

/** One piece of a sentence; `strong` pieces were written between `<b>` and `</b>` in the template. */
export type Piece = { readonly text: string; readonly strong: boolean }

/**
 * Splits a template at `<b>…</b>` and fills each piece. The split comes first, so a parameter can never add markup.
 */
export function pieces(template: string, params: Params = {}): Piece[] {
  return template
    .split(/(<b>.*?<\/b>)/)
    .filter((part) => part !== '')
    .map((part) =>
      part.startsWith('<b>')
        ? { text: fill(part.slice(3, -4), params), strong: true }
        : { text: fill(part, params), strong: false },
    )
}

/** Makes the look-up function of one dictionary. An unknown key comes back as itself rather than as nothing. */
export function translator<Key extends string>(dictionary: Readonly<Record<Key, string>>) {
  return (key: Key, params?: Params): string => fill(dictionary[key] ?? key, params)
}

/** The first wanted language that is spoken here, exact or by its first part; Vietnamese otherwise. */
export function pickLocale(wanted: readonly string[]): Locale {
  for (const tag of wanted) {
    const base = tag.toLowerCase().split('-')[0]
    if (base === 'vi' || base === 'en') return base
  }
  return 'vi'
}
