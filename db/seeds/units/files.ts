import { readFile } from 'node:fs/promises'

/** [id, code, name, valid_from, valid_to, H-code] of a province; null dates are unknown starts and open ends. */
export type ProvinceRow = [number, string, string, string | null, string | null, string | null]
/** [id, name, code of its province at the time] of a district; all ended with the merger. */
export type DistrictRow = [number, string, string]
/** [id, code, name, code of its province], valid from the merger on. */
export type CommuneRow = [number, string, string, string]
/** [id, code, name, id of its district]; all ended with the merger. */
export type FormerCommuneRow = [number, string, string, number]

export interface ProvinceFile {
  provinces: ProvinceRow[]
  /** [unit id, earlier name, first day of the next name, source] */
  earlierNames: [number, string, string, string][]
}
export interface CommuneFile {
  /** the day from which `current` and until which `districts` and `former` hold */
  merger: string
  districts: DistrictRow[]
  current: CommuneRow[]
  former: FormerCommuneRow[]
  /** [unit id, later name, its first day] */
  renamed: [number, string, string][]
}
export interface LineageFile {
  /** [old unit id, new unit id] of whole provinces and island districts: share 1 */
  whole: [number, number][]
  /** [old code, new code, basis] of communes: share unknown */
  communes: [string, string, string][]
}
export interface GapFile {
  /** how many, by kind */
  counts: Record<string, number>
  /** the cases behind a count, where they can be named */
  cases: Record<string, (string | null)[][]>
}
export interface UnitFiles {
  provinces: ProvinceFile
  communes: CommuneFile
  lineage: LineageFile
  gaps: GapFile
}

/** Reads the committed reference files. */
export async function readUnitFiles(): Promise<UnitFiles> {
  const read = async (name: string) =>
    JSON.parse(await readFile(new URL(`./${name}.json`, import.meta.url), 'utf8')) as unknown
  return {
    provinces: (await read('provinces')) as ProvinceFile,
    communes: (await read('communes')) as CommuneFile,
    lineage: (await read('lineage')) as LineageFile,
    gaps: (await read('gaps')) as GapFile,
  }
}

/** JSON with one record per line, so that a change of one unit is a change of one line. */
export function formatUnitFile(file: object): string {
  const value = (v: unknown, indent: string): string => {
    if (Array.isArray(v)) {
      if (!v.some((item) => Array.isArray(item))) return `[${v.map((item) => JSON.stringify(item)).join(', ')}]`
      return `[\n${v.map((item) => `${indent}  ${value(item, `${indent}  `)}`).join(',\n')}\n${indent}]`
    }
    if (typeof v === 'object' && v !== null) {
      const lines = Object.entries(v).map(
        ([k, item]) => `${indent}  ${JSON.stringify(k)}: ${value(item, `${indent}  `)}`,
      )
      return `{\n${lines.join(',\n')}\n${indent}}`
    }
    return JSON.stringify(v)
  }
  return `${value(file, '')}\n`
}
