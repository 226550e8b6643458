import { nameKey } from './names.ts'

/** A commune that exists now, as the source lists it. */
export interface CurrentCommune {
  code: string
  name: string
  provinceCode: string
}

/** One raw row "old commune → new commune"; the source leaves old codes empty and writes wrong new codes. */
export interface RawMapping {
  oldCode: string | null
  oldName: string | null
  oldDistrict: string | null
  oldProvince: string | null
  newCode: string
  newName: string
  newProvince: string
}

/** A commune of before the merger, with its own code. */
export interface FormerCommune {
  code: string
  name: string
  district: string
  province: string
}

/**
 * How a pair old → new is known: `listed` with both codes right in the source, `name_match` where a code was missing or
 * wrong and the name decided, `part` where the old commune has several successors.
 */
export type LineageBasis = 'listed' | 'name_match' | 'part'

export interface LineagePair {
  oldCode: string
  newCode: string
  basis: LineageBasis
}

/** What could not be cleaned, or was repaired; every list is in a fixed order. */
export interface LineageGaps {
  /** rows that say again what another row says */
  repeatedRows: number
  /** wrong codes of new communes and the code that name and province point to */
  repairedNewCodes: { given: string; name: string; province: string; code: string }[]
  /** rows whose new commune is not found by name either */
  unknownNew: RawMapping[]
  /** named communes without a code that are no coded commune: abolished before the merger, at a date the source does not tell */
  formerWithoutCode: { name: string; district: string; province: string; newCode: string }[]
  /** codes of new communes whose predecessor the source leaves empty */
  unnamedOld: string[]
  /** codes of new communes that no row mentions */
  withoutPredecessor: string[]
}

export interface CleanLineage {
  former: FormerCommune[]
  pairs: LineagePair[]
  gaps: LineageGaps
}

/**
 * Cleans raw pairs of old and new communes: joins by name within the province where a code is missing or wrong, drops
 * repetitions, keeps every predecessor that has a code, and lists everything else as a gap.
 *
 * @param current the communes of today; names must be unique within a province
 * @param provinceCodes code of each present province under the `nameKey` of the name that the mappings use
 */
export function cleanLineage(
  current: readonly CurrentCommune[],
  mappings: readonly RawMapping[],
  provinceCodes: ReadonlyMap<string, string>,
): CleanLineage {
  const newByName = new Map(current.map((c) => [`${c.provinceCode}|${nameKey(c.name)}`, c]))
  const former = new Map<string, FormerCommune>()
  const formerByName = new Map<string, string>()
  for (const row of mappings) {
    if (!row.oldCode || !row.oldName || former.has(row.oldCode)) continue
    former.set(row.oldCode, {
      code: row.oldCode,
      name: tidy(row.oldName),
      district: tidy(row.oldDistrict),
      province: tidy(row.oldProvince),
    })
    formerByName.set(formerKey(row), row.oldCode)
  }

  const pairs = new Map<string, LineagePair>()
  const repaired = new Map<string, LineageGaps['repairedNewCodes'][number]>()
  const uncoded = new Map<string, LineageGaps['formerWithoutCode'][number]>()
  const unnamed = new Set<string>()
  const unknownNew: RawMapping[] = []
  const mentioned = new Set<string>()
  let repeatedRows = 0
  for (const row of mappings) {
    const provinceCode = provinceCodes.get(nameKey(row.newProvince))
    const successor = newByName.get(`${provinceCode}|${nameKey(row.newName)}`)
    if (!successor) {
      unknownNew.push(row)
      continue
    }
    const newCode = successor.code
    mentioned.add(newCode)
    if (newCode !== row.newCode) {
      const gap = { given: row.newCode, name: tidy(row.newName), province: tidy(row.newProvince), code: newCode }
      repaired.set(`${row.newCode}|${newCode}`, gap)
    }
    if (!row.oldName) {
      unnamed.add(newCode)
      continue
    }
    const oldCode = row.oldCode || formerByName.get(formerKey(row))
    const key = `${oldCode ?? formerKey(row)}|${newCode}`
    if (pairs.has(key) || uncoded.has(key)) {
      repeatedRows += 1
    } else if (oldCode) {
      const basis = row.oldCode && newCode === row.newCode ? 'listed' : 'name_match'
      pairs.set(key, { oldCode, newCode, basis })
    } else {
      const { oldName: name, oldDistrict: district, oldProvince: province } = row
      uncoded.set(key, { name: tidy(name), district: tidy(district), province: tidy(province), newCode })
    }
  }
  return {
    former: [...former.values()].sort((a, b) => compare(a.code, b.code)),
    pairs: markParts([...pairs.values()]),
    gaps: {
      repeatedRows,
      repairedNewCodes: [...repaired.values()].sort((a, b) => compare(a.code + a.given, b.code + b.given)),
      unknownNew,
      formerWithoutCode: [...uncoded.values()].sort((a, b) => compare(uncodedKey(a), uncodedKey(b))),
      unnamedOld: [...unnamed].sort(compare),
      withoutPredecessor: current
        .map((c) => c.code)
        .filter((code) => !mentioned.has(code))
        .sort(compare),
    },
  }
}

function markParts(pairs: LineagePair[]): LineagePair[] {
  const successors = new Map<string, number>()
  for (const { oldCode } of pairs) successors.set(oldCode, (successors.get(oldCode) ?? 0) + 1)
  return pairs
    .map((pair) => ((successors.get(pair.oldCode) ?? 0) > 1 ? { ...pair, basis: 'part' as const } : pair))
    .sort((a, b) => compare(a.oldCode + a.newCode, b.oldCode + b.newCode))
}

function formerKey(row: RawMapping): string {
  return [row.oldName, row.oldDistrict, row.oldProvince].map((name) => nameKey(name ?? '')).join('|')
}

function uncodedKey(gap: LineageGaps['formerWithoutCode'][number]): string {
  return [gap.newCode, gap.province, gap.district, gap.name].join('|')
}

/** One Unicode form and single spaces, so that the same name is the same text everywhere. */
function tidy(name: string | null): string {
  return (name ?? '').normalize('NFC').replace(/\s+/g, ' ').trim()
}

/** By code point, not by locale: the order must not depend on the machine. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
