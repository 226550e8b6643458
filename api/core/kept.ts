/**
 * A function that keeps what it made for the next time. When `most` are kept all are given up, so that memory does not grow with
 * what is asked.
 * @param keyOf what tells one argument from another; default: itself
 */
export function kept<From, Made>(
  most: number,
  make: (from: From) => Made,
  keyOf: (from: From) => unknown = (from) => from,
): (from: From) => Made {
  const all = new Map<unknown, Made>()
  return (from) => {
    const key = keyOf(from)
    let made = all.get(key)
    if (made === undefined) {
      if (all.size >= most) all.clear()
      all.set(key, (made = make(from)))
    }
    return made
  }
}
