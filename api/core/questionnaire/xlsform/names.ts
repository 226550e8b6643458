const FORMS = {
  item: {
    clean: (text: string) => text.toUpperCase().replaceAll(/[^A-Z0-9_]/g, '_'),
    first: /^[A-Z]/,
    prefix: 'Q_',
    max: 32,
  },
  section: {
    clean: (text: string) => text.toLowerCase().replaceAll(/[^a-z0-9_]/g, '_'),
    first: /^[a-z]/,
    prefix: 's_',
    max: 32,
  },
  option: {
    clean: (text: string) => text.toLowerCase().replaceAll(/[^a-z0-9_]/g, '_'),
    first: /^[a-z0-9_]/,
    prefix: 'o',
    max: 31,
  },
  questionnaire: {
    clean: (text: string) =>
      text
        .toLowerCase()
        .replaceAll(/[^a-z0-9]+/g, '-')
        .replace(/-+$/, ''),
    first: /^[a-z]/,
    prefix: 'q-',
    max: 63,
  },
} as const

/**
 * A code of ours that is nearest to a name: letters without accents, in the case that codes have, and not taken yet.
 * @param taken codes that it must differ from
 */
export function codeFrom(name: string, kind: keyof typeof FORMS, taken: ReadonlySet<string> = new Set()): string {
  const { clean, first, prefix, max } = FORMS[kind]
  const plain = clean(name.normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll(/đ/gi, 'd'))
  const code = (first.test(plain) ? plain : prefix + plain.replace(/^-/, '')).slice(0, max)
  for (let n = 1; ; n += 1) {
    const suffix = n === 1 ? '' : `${kind === 'questionnaire' ? '-' : '_'}${n}`
    const tried = code.slice(0, max - suffix.length) + suffix
    if (!taken.has(tried)) return tried
  }
}
