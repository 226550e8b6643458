/** Rows in batches of at most `size`. */
export async function* batches<Row>(rows: AsyncIterable<Row>, size: number): AsyncGenerator<Row[]> {
  let batch: Row[] = []
  for await (const row of rows) {
    batch.push(row)
    if (batch.length < size) continue
    const full = batch
    // let go before it is handed on: what a waiting generator holds survives into the old part of the heap
    batch = []
    yield full
  }
  if (batch.length > 0) yield batch
}

/** Works on every item in order; the next one is read while work on the one before still waits. */
export async function eachAhead<Item>(
  items: AsyncIterator<Item, unknown>,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  let next = await items.next()
  while (next.done !== true) [next] = await Promise.all([items.next(), work(next.value)])
}
