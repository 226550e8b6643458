/**
 * A function that keeps what it made for the next time. When `most` are kept all are given up, so that memory does not grow with
 * what is asked.
 * @param keyOf what tells one argument from another; default: itself
 */
export function kept<From, Made>(
  most: number,
  make: (from: From) => Made,
  keyOf?: (from: From) => unknown,
): (from: From) => Made {
  const all = new Map<unknown, Made>()
  return (from) => {
    const key = keyOf === undefined ? from : keyOf(from)
    let made = all.get(key)
    if (made === undefined) {
      if (all.size >= most) all.clear()
      all.set(typeof key === 'string' ? alone(key) : key, (made = make(from)))
    }
    return made
  }
}

/** The same text in memory of its own: an engine keeps a part of a longer text as a place in it, and the whole with it. */
export function alone(text: string): string {
  return JSON.parse(JSON.stringify(text)) as string
}
