/** How many province-wide results a process keeps. */
const KEPT = 24
const known = new Map<string, unknown>()

/**
 * What was made before from the same counts, or makes it now. The key names everything that the result depends on, so
 * nothing is ever out of date; what is longest unused goes first. Values only, never work in progress: on Workers one
 * request must not wait for another one's.
 *
 * @param key null: the counts have no name yet, and nothing is kept
 */
export async function remembered<T>(key: string | null, make: () => Promise<T>): Promise<T> {
  if (key === null) return make()
  const found = known.get(key) as { value: T } | undefined
  known.delete(key)
  const entry = found ?? { value: await make() }
  known.set(key, entry)
  for (const oldest of known.keys()) {
    if (known.size <= KEPT) break
    known.delete(oldest)
  }
  return entry.value
}
