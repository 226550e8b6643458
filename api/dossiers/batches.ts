/** Rows in batches of at most `size`; the next batch is read while the caller still works on the one before. */
export async function* batchesAhead<Row>(rows: AsyncIterable<Row>, size: number): AsyncGenerator<Row[]> {
  const source = batches(rows, size)
  let next = source.next()
  try {
    for (;;) {
      const batch = await next
      if (batch.done === true) return
      next = source.next()
      // a fault of the file is the caller's when it asks for the batch, not before
      next.catch(() => undefined)
      yield batch.value
    }
  } finally {
    void source.return(undefined).catch(() => undefined)
  }
}

async function* batches<Row>(rows: AsyncIterable<Row>, size: number): AsyncGenerator<Row[]> {
  let batch: Row[] = []
  for await (const row of rows) {
    batch.push(row)
    if (batch.length < size) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}
