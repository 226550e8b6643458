/**
 * Polls until `probe` gives something.
 *
 * @throws when `limitMs` passes first
 */
export async function until<T>(what: string, probe: () => T | null | Promise<T | null>, limitMs = 30_000): Promise<T> {
  const deadline = performance.now() + limitMs
  for (;;) {
    const value = await probe()
    if (value !== null) return value
    if (performance.now() > deadline) throw new Error(`${what} did not happen in ${limitMs} ms`)
    await new Promise((done) => setTimeout(done, 25))
  }
}
