import {
  cleanLineage,
  type CleanLineage,
  type CurrentCommune,
  type RawMapping,
} from '../../../api/core/units/clean-lineage.ts'
import { nameKey } from '../../../api/core/units/names.ts'
import * as facts from './facts.ts'
import type { UnitFiles } from './files.ts'

/** The three tables of the npm package. */
export interface RawAddresses {
  provinces: { province_code: string; name: string }[]
  wards: { ward_code: string; name: string; province_code: string }[]
  mappings: {
    old_ward_code: string | null
    old_ward_name: string | null
    old_district_name: string | null
    old_province_name: string | null
    new_ward_code: string
    new_ward_name: string
    new_province_name: string
  }[]
}

/**
 * Makes the reference files.
 * @param previous the committed files, whose ids are kept; null numbers everything afresh
 * @throws when the package contradicts the facts (another list of provinces, a name twice in one province)
 */
export function buildUnits(raw: RawAddresses, previous: UnitFiles | null): UnitFiles {
  const current = currentCommunes(raw)
  const clean = cleanLineage(current, raw.mappings.map(toMapping), provinceCodesByName(raw))
  if (clean.gaps.unknownNew.length > 0) throw new Error(`${clean.gaps.unknownNew.length} rows name an unknown commune`)
  for (const { newCode, ...commune } of facts.FORGOTTEN_FORMER_COMMUNES) {
    clean.former.push(commune)
    clean.pairs.push({ oldCode: commune.code, newCode, basis: 'name_match' })
  }
  clean.former.sort((a, b) => (a.code < b.code ? -1 : 1))
  clean.pairs.sort((a, b) => (a.oldCode + a.newCode < b.oldCode + b.newCode ? -1 : 1))

  const provinces = buildProvinces(previous)
  const communes = buildCommunes(current, clean, previous)
  return {
    provinces,
    communes,
    lineage: {
      whole: wholeLineage(provinces, communes),
      communes: clean.pairs.map(({ oldCode, newCode, basis }) => [oldCode, newCode, basis]),
    },
    gaps: buildGaps(clean, communes),
  }
}

function toMapping(row: RawAddresses['mappings'][number]): RawMapping {
  return {
    oldCode: row.old_ward_code || null,
    oldName: row.old_ward_name,
    oldDistrict: row.old_district_name,
    oldProvince: row.old_province_name,
    newCode: row.new_ward_code,
    newName: row.new_ward_name,
    newProvince: row.new_province_name,
  }
}

function currentCommunes(raw: RawAddresses): CurrentCommune[] {
  const corrected = new Map<string, string>(
    facts.CORRECTED_COMMUNE_CODES.map(([wrong, right, name]) => [wrong + name, right]),
  )
  const communes = raw.wards.map((ward) => {
    const name = ward.name.normalize('NFC').trim()
    return { code: corrected.get(ward.ward_code + name) ?? ward.ward_code, name, provinceCode: ward.province_code }
  })
  const names = new Set(communes.map((c) => `${c.provinceCode}|${nameKey(c.name)}`))
  if (names.size !== communes.length) throw new Error('a commune name occurs twice in one province')
  return communes.sort((a, b) => (a.code < b.code ? -1 : 1))
}

function provinceCodesByName(raw: RawAddresses): Map<string, string> {
  const known = new Set<string>(facts.CURRENT_PROVINCES.map(([code]) => code))
  if (raw.provinces.length !== known.size || raw.provinces.some((p) => !known.has(p.province_code)))
    throw new Error('the package lists other provinces than the 34')
  return new Map(raw.provinces.map((p) => [nameKey(p.name), p.province_code]))
}

/** Gives each key the id it had, or the next free one from `start` on. */
function numbering(start: number, previous: Iterable<readonly [string, number]>): (key: string) => number {
  const ids = new Map(previous)
  let next = Math.max(start - 1, ...ids.values()) + 1
  return (key) => {
    const id = ids.get(key) ?? next++
    ids.set(key, id)
    return id
  }
}

function buildProvinces(previous: UnitFiles | null): UnitFiles['provinces'] {
  const before = previous?.provinces.provinces ?? []
  const currentId = numbering(
    1,
    before.filter((p) => p[4] === null).map((p) => [p[1], p[0]]),
  )
  const formerId = numbering(
    35,
    before.filter((p) => p[4] !== null).map((p) => [p[1], p[0]]),
  )
  const merged = new Set<string>(facts.FORMER_PROVINCES.map(([, , into]) => into))
  const present = facts.CURRENT_PROVINCES.map(([code, name, h]): UnitFiles['provinces']['provinces'][number] => [
    currentId(code),
    code,
    name,
    merged.has(code) ? facts.MERGER : null,
    null,
    h,
  ])
  const former = facts.FORMER_PROVINCES.map(([code, name, , h]): UnitFiles['provinces']['provinces'][number] => [
    formerId(code),
    code,
    name,
    null,
    facts.MERGER,
    h,
  ])
  return {
    provinces: [...present, ...former],
    earlierNames: facts.EARLIER_PROVINCE_NAMES.map(([code, name, until, source]) => [
      currentId(code),
      name,
      until,
      source,
    ]),
  }
}

function buildCommunes(
  current: CurrentCommune[],
  clean: CleanLineage,
  previous: UnitFiles | null,
): UnitFiles['communes'] {
  const before = previous?.communes
  const districtId = numbering(200, before?.districts.map(([id, name, province]) => [`${province}|${name}`, id]) ?? [])
  const currentId = numbering(1000, before?.current.map(([id, code]) => [code, id]) ?? [])
  const formerId = numbering(5000, before?.former.map(([id, code]) => [code, id]) ?? [])
  const provinceThen = provinceCodesThen()
  const districtKey = (district: string, province: string) => {
    const code = provinceThen.get(nameKey(province))
    if (code === undefined) throw new Error(`unknown former province ${province}`)
    return `${code}|${district}`
  }
  const keys = [
    ...clean.former.map((c) => districtKey(c.district, c.province)),
    ...facts.ISLAND_DISTRICTS.map(([district, province]) => districtKey(district, province)),
  ]
  const districts = [...new Set(keys)].sort().map((key): UnitFiles['communes']['districts'][number] => {
    const [province = '', name = ''] = key.split('|')
    return [districtId(key), name, province]
  })
  return {
    merger: facts.MERGER,
    districts,
    current: current.map((c) => [currentId(c.code), c.code, c.name, c.provinceCode]),
    former: clean.former.map((c) => [
      formerId(c.code),
      c.code,
      c.name,
      districtId(districtKey(c.district, c.province)),
    ]),
    renamed: facts.RENAMED_COMMUNES.map(([code, name]) => [currentId(code), name, facts.RENAMED_FROM]),
  }
}

/** Code of each of the 63 provinces of before the merger under the key of its name. */
function provinceCodesThen(): Map<string, string> {
  const merged = new Set<string>(facts.FORMER_PROVINCES.map(([, , into]) => into))
  const unmerged = facts.CURRENT_PROVINCES.filter(([code]) => !merged.has(code))
  return new Map([...unmerged, ...facts.FORMER_PROVINCES].map(([code, name]) => [nameKey(name), code]))
}

function wholeLineage(provinces: UnitFiles['provinces'], communes: UnitFiles['communes']): [number, number][] {
  const present = new Map(provinces.provinces.filter((p) => p[4] === null).map((p) => [p[1], p[0]]))
  const former = new Map(provinces.provinces.filter((p) => p[4] !== null).map((p) => [p[1], p[0]]))
  const commune = new Map(communes.current.map(([id, code]) => [code, id]))
  const then = provinceCodesThen()
  const pair = (oldId: number | undefined, newId: number | undefined): [number, number] => {
    if (oldId === undefined || newId === undefined) throw new Error('lineage of an unknown unit')
    return [oldId, newId]
  }
  return [
    ...facts.FORMER_PROVINCES.map(([code, , into]) => pair(former.get(code), present.get(into))),
    ...facts.ISLAND_DISTRICTS.map(([district, province, newCode]) => {
      const row = communes.districts.find(([, name, code]) => name === district && code === then.get(nameKey(province)))
      return pair(row?.[0], commune.get(newCode))
    }),
  ]
}

/**
 * What is missing or was mended, by kind (counts for the package's version 1.0.0):
 *
 * - `formerWithoutCode` 790: communes named without a code that had ended before the merger, at a day the package does not
 *   tell; they are no units, only listed here with the commune their place belongs to now
 * - `parts` 16 pairs of 8 communes: the splits the package records. Official descriptions of 161 new communes speak of parts
 *   or remainders, so most splits are missing; therefore every commune pair has an unknown share (`communeSharesUnknown`)
 * - `repairedNewCodes` 188 wrong codes of new communes (453 rows), mended by name; `repeatedRows` 140 dropped
 * - `nameMatched` 5 pairs whose commune of today was found by name alone
 * - `correctedCommuneCodes` 2, `forgottenFormerCommunes` 1, `islandDistricts` 5: supplied by facts.ts
 * - `provincesWithoutFormerHCode` 28: level-1 codes that ended with the merger and that no source found gives
 * - `communesWithoutKnownStart`, `districtsWithoutCode`: all former ones; the package has neither
 * - `unnamedOld`, `withoutPredecessor` 0: what would be left after the facts
 */
function buildGaps({ pairs, gaps }: CleanLineage, communes: UnitFiles['communes']): UnitFiles['gaps'] {
  const forgotten = new Set<string>(facts.FORGOTTEN_FORMER_COMMUNES.map((c) => c.newCode))
  const islands = new Set<string>(facts.ISLAND_DISTRICTS.map(([, , code]) => code))
  const cases: UnitFiles['gaps']['cases'] = {
    correctedCommuneCodes: facts.CORRECTED_COMMUNE_CODES.map((row) => [...row]),
    repairedNewCodes: gaps.repairedNewCodes.map((g) => [g.given, g.code, g.name, g.province]),
    forgottenFormerCommunes: facts.FORGOTTEN_FORMER_COMMUNES.map((c) => [c.code, c.name, c.district, c.province]),
    islandDistricts: facts.ISLAND_DISTRICTS.map((row) => [...row]),
    unnamedOld: gaps.unnamedOld.filter((code) => !islands.has(code)).map((code) => [code]),
    withoutPredecessor: gaps.withoutPredecessor.filter((code) => !forgotten.has(code)).map((code) => [code]),
    provincesWithoutFormerHCode: facts.FORMER_PROVINCES.filter((p) => p[3] === null).map(([code, name]) => [
      code,
      name,
    ]),
    undatedProvinceChanges: facts.UNDATED_PROVINCE_CHANGES.map((row) => [...row]),
    nameMatched: pairs.filter((p) => p.basis === 'name_match').map((p) => [p.oldCode, p.newCode]),
    parts: pairs.filter((p) => p.basis === 'part').map((p) => [p.oldCode, p.newCode]),
    formerWithoutCode: gaps.formerWithoutCode.map((g) => [g.newCode, g.name, g.district, g.province]),
  }
  const counts = {
    repeatedRows: gaps.repeatedRows,
    ...Object.fromEntries(Object.entries(cases).map(([kind, rows]) => [kind, rows.length])),
    communeSharesUnknown: pairs.length,
    communesWithoutKnownStart: communes.former.length,
    districtsWithoutCode: communes.districts.length,
  }
  return { counts, cases }
}
