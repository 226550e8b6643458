/** Values by a key that names everything they depend on, so that nothing is ever out of date; what is longest unused goes first. */
export interface Memory<T> {
  get: (key: string) => T | undefined
  set: (key: string, value: T) => T
}

/** @param kept how many values stay */
export function memory<T>(kept: number): Memory<T> {
  const known = new Map<string, T>()
  return {
    get: (key) => {
      const value = known.get(key)
      if (value === undefined) return undefined
      known.delete(key)
      known.set(key, value)
      return value
    },
    set: (key, value) => {
      known.set(key, value)
      for (const oldest of known.keys()) {
        if (known.size <= kept) break
        known.delete(oldest)
      }
      return value
    },
  }
}

/**
 * Parts of a result, each what was made before from the same counts or made now, those that are missing together. Values only,
 * never work in progress: on Workers one request must not wait for another one's.
 *
 * @param parts with the key of each; null: the counts have no name yet, and nothing is kept
 * @param make of parts, in their order
 */
export async function rememberedParts<Part, T>(
  kept: Memory<T>,
  parts: readonly { part: Part; key: string | null }[],
  make: (missing: Part[]) => Promise<T[]>,
): Promise<T[]> {
  const found = parts.map(({ key }) => (key === null ? undefined : kept.get(key)))
  const missing = parts.filter((_, at) => found[at] === undefined)
  if (missing.length === 0) return found as T[]
  const made = await make(missing.map(({ part }) => part))
  missing.forEach(({ key }, at) => key !== null && kept.set(key, made[at] as T))
  let next = 0
  return found.map((value) => value ?? (made[next++] as T))
}

/** Parts by month, read one month at a time. */
export function rememberedMonths<T>(
  kept: Memory<T>,
  months: readonly string[],
  keyOf: (month: string) => string | null,
  read: (month: string) => Promise<T>,
): Promise<T[]> {
  return rememberedParts(
    kept,
    months.map((part) => ({ part, key: keyOf(part) })),
    async (missing) => {
      const made: T[] = []
      for (const month of missing) made.push(await read(month))
      return made
    },
  )
}
