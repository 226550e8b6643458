/** A system file of SPSS as far as ours go: numbers, not compressed, little-endian, UTF-8. */
export interface SavFile {
  readonly weight: string | null
  readonly cases: number
  readonly columns: readonly {
    readonly name: string
    readonly label: string
    readonly missing: readonly number[]
    readonly values: ReadonlyMap<number, string>
    readonly measure: number
  }[]
  /** By case and column; system-missing is null. */
  readonly rows: readonly (readonly (number | null)[])[]
}

/** Reads one by the description of PSPP, without any of the code that writes. @throws RangeError for anything else */
export function readSav(file: Uint8Array): SavFile {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let at = 0
  const int = () => view.getInt32((at += 4) - 4, true)
  const double = () => view.getFloat64((at += 8) - 8, true)
  const text = (length: number) => decoder.decode(file.subarray(at, (at += length)))
  const expect = (what: string, found: unknown, wanted: unknown) => {
    if (found !== wanted) throw new RangeError(`${what} is ${String(found)}, not ${String(wanted)}`)
  }
  expect('signature', text(4), '$FL2')
  at = 64
  expect('layout', int(), 2)
  const width = int()
  expect('compression', int(), 0)
  const weightAt = int()
  const cases = int()
  expect('bias', double(), 100)
  at = 176
  const columns: { name: string; label: string; missing: number[]; values: Map<number, string>; measure: number }[] = []
  for (let record = int(); record !== 999; record = int()) {
    if (record === 2) {
      expect('type of a variable', int(), 0)
      const hasLabel = int() === 1
      const missing = int()
      at += 8
      const name = text(8).trimEnd()
      const length = hasLabel ? int() : 0
      const label = text(length)
      at += -length & 3
      const column = { name, label, missing: [] as number[], values: new Map<number, string>(), measure: 0 }
      for (let i = 0; i < missing; i += 1) column.missing.push(double())
      columns.push(column)
    } else if (record === 3) {
      const labels: [number, string][] = []
      for (let left = int(); left > 0; left -= 1) {
        const value = double()
        const length = view.getUint8(at)
        at += 1
        labels.push([value, text(length)])
        at += -(length + 1) & 7
      }
      expect('record after value labels', int(), 4)
      for (let left = int(); left > 0; left -= 1) {
        const column = columns[int() - 1]
        for (const [value, label] of labels) column?.values.set(value, label)
      }
    } else if (record === 7) {
      const [subtype, size] = [int(), int()]
      const count = int()
      const end = at + size * count
      if (subtype === 11) for (const column of columns) [column.measure, ,] = [int(), int(), int()]
      if (subtype === 13)
        for (const pair of text(size * count).split('\t')) {
          const [short, long = ''] = pair.split('=')
          const column = columns.find(({ name }) => name === short)
          if (column) column.name = long
        }
      if (subtype === 20) expect('encoding', text(size * count), 'UTF-8')
      at = end
    } else throw new RangeError(`record ${record} at ${at - 4}`)
  }
  expect('filler', int(), 0)
  expect('width of a case', width, columns.length)
  const rows: (number | null)[][] = []
  while (at < file.length) rows.push(columns.map(double).map((value) => (value === -Number.MAX_VALUE ? null : value)))
  return { weight: columns[weightAt - 1]?.name ?? null, cases, columns, rows }
}
