import { hash } from 'node:crypto'

const NEWLINE = 10
const LANES = 8

/** How many rows a table has and what stands in them, whatever their order. */
export interface TableSum {
  readonly rows: number
  /** 64 hexadecimal digits. */
  readonly digest: string
}

/**
 * Adds up the rows of a table as COPY writes them: the SHA-256 of each, added in eight lanes of 32 bits. The order of
 * rows does not matter, because a restored table, or one that another role reads tenant by tenant, has another.
 */
export class RowSum {
  #rows = 0
  #lanes = new Uint32Array(LANES)
  #rest: Buffer | null = null

  /** One row without its line break. */
  row(line: Uint8Array): void {
    // as text of one character for each byte: three times as fast as a buffer
    const digest = hash('sha256', line, 'binary')
    for (let lane = 0; lane < LANES; lane += 1) {
      const at = lane * 4
      const word =
        (digest.charCodeAt(at) << 24) |
        (digest.charCodeAt(at + 1) << 16) |
        (digest.charCodeAt(at + 2) << 8) |
        digest.charCodeAt(at + 3)
      this.#lanes[lane] = (this.#lanes[lane] ?? 0) + word
    }
    this.#rows += 1
  }

  /** A piece of a copy that begins and ends anywhere. */
  piece(piece: Buffer): void {
    let start = 0
    for (let end = piece.indexOf(NEWLINE); end >= 0; end = piece.indexOf(NEWLINE, start)) {
      const line = piece.subarray(start, end)
      this.row(this.#rest === null ? line : Buffer.concat([this.#rest, line]))
      this.#rest = null
      start = end + 1
    }
    if (start === piece.length) return
    const rest = piece.subarray(start)
    this.#rest = this.#rest === null ? Buffer.from(rest) : Buffer.concat([this.#rest, rest])
  }

  sum(): TableSum {
    const digest = [...this.#lanes].map((lane) => lane.toString(16).padStart(8, '0')).join('')
    return { rows: this.#rows, digest }
  }
}
