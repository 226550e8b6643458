import { existsSync, readFileSync } from 'node:fs'
import { quotedCells } from './shared.ts'

const folder = '../shared/data'

/** True when the published results lie beside the repository; says so plainly when they do not. */
export function publicDataPresent(): boolean {
  const present = existsSync(folder)
  if (!present) console.log(`skipped: published results not found in ${folder}`)
  return present
}

/** Rows of a file of published results, whose first line is its source. */
export function publicRows(file: string): Record<string, string>[] {
  const lines = readFileSync(`${folder}/${file}`, 'utf8').trim().split(/\r?\n/)
  const [header = [], ...rows] = lines.filter((line) => !line.startsWith('#')).map(quotedCells)
  return rows.map((cells) => Object.fromEntries(cells.map((cell, i) => [header[i]!, cell])))
}
