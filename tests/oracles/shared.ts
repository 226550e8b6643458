import { existsSync, readFileSync } from 'node:fs'

const folder = '../shared/oracles'

/** True when the reference results lie beside the repository; says so plainly when they do not. */
export function oraclesPresent(): boolean {
  const present = existsSync(folder)
  if (!present) console.log(`skipped: reference results not found in ${folder}`)
  return present
}

/** Rows of a reference CSV (no quoted cells there); empty cells stay empty strings. */
export function oracleRows(path: string): Record<string, string>[] {
  const [header = '', ...lines] = readFileSync(`${folder}/${path}`, 'utf8').trim().split('\n')
  const names = header.split(',')
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, i) => [names[i]!, cell])))
}

/** Rows of a reference CSV that quotes cells. */
export function oracleCsv(path: string): Record<string, string>[] {
  const text = readFileSync(`${folder}/${path}`, 'utf8')
  const [header = [], ...lines] = text.trim().split('\n').map(quotedCells)
  return lines.map((cells) => Object.fromEntries(cells.map((cell, i) => [header[i]!, cell])))
}

/** Cells of one line; a quoted cell may hold commas, none holds a line break. */
export function quotedCells(line: string): string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
  )
}

export function oracleJson(path: string): unknown {
  return JSON.parse(readFileSync(`${folder}/${path}`, 'utf8'))
}

/** Largest |got − want| / max(|want|, floor). */
export function relativeError(got: number, want: number, floor = 1e-300): number {
  return got === want ? 0 : Math.abs(got - want) / Math.max(Math.abs(want), floor)
}
