import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { shippedIndices } from '../../db/seeds/indices/shipped.ts'
import type { IndexDefinition } from '../core/index/definition.ts'
import { type DefinitionFault, validateDefinition } from '../core/index/validate.ts'
import type { ItemSource } from '../core/index/validate-sources.ts'
import { canonicalText } from '../core/instrument/canonical.ts'
import { UsageError } from './command.ts'
import { faultLine } from './index-sentences.ts'

const bytesMax = 16 * 1024 * 1024

/** A definition and the SHA-256 of its canonical text. */
export interface LoadedIndex {
  readonly definition: IndexDefinition
  readonly sha256: string
}

/** The shipped edition with this id. @throws UsageError */
export function shippedIndex(id: string): LoadedIndex {
  const definition = shippedIndices.find((one) => one.id === id)
  if (definition === undefined) throw new UsageError(`There is no index ${id}. See: cli index list`)
  return { definition, sha256: sha256Of(definition) }
}

/**
 * A shipped edition by its id, or a definition file.
 * @throws UsageError when there is neither, or the file does not hold; its message has one line per fault
 */
export async function loadIndex(idOrFile: string): Promise<LoadedIndex> {
  if (shippedIndices.some((one) => one.id === idOrFile)) return shippedIndex(idOrFile)
  if (!(await isFile(idOrFile)))
    throw new UsageError(`There is neither an index nor a file ${idOrFile}. See: cli index list`)
  // Values come from a data file, so a definition may name questionnaires that only its province knows.
  const { value, faults } = await readDefinition(idOrFile)
  if (faults.length > 0) throw new UsageError(faults.map((fault) => faultLine(idOrFile, fault)).join('\n'))
  return { definition: value as IndexDefinition, sha256: sha256Of(value) }
}

/** Reads a definition file and checks it, with `sources` also that their items exist. @throws UsageError for a folder or a huge file */
export async function readDefinition(
  file: string,
  sources?: readonly ItemSource[],
): Promise<{ value: unknown; faults: DefinitionFault[] }> {
  const entry = await stat(file)
  if (entry.isDirectory()) throw new UsageError(`${file} is a folder, not a file.`)
  if (entry.size > bytesMax) throw new UsageError(`${file} is larger than 16 MB.`)
  let value: unknown
  try {
    value = JSON.parse((await readFile(file, 'utf8')).replace(/^\uFEFF/, '').normalize('NFC'))
  } catch (error) {
    // V8 quotes what it cannot read; only the place is told.
    const place = /position (\d+)(?: \(line (\d+) column (\d+)\))?/.exec((error as Error).message)
    const path = place?.[2] === undefined ? '' : `line ${place[2]} column ${place[3]}`
    return { value: null, faults: [{ path, code: 'not_json' }] }
  }
  return { value, faults: validateDefinition(value, sources) }
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}

function sha256Of(definition: unknown): string {
  return createHash('sha256').update(canonicalText(definition)).digest('hex')
}
