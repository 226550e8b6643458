import { existsSync, readFileSync } from 'node:fs'
import { performance } from 'node:perf_hooks'
import { sql } from 'kysely'
import { afterAll, describe, expect, test } from 'vitest'
import { communeType, nameKey } from '../../../api/core/units/names.ts'
import { createDatabase } from '../../../db/client.ts'
import { buildUnits } from '../../../db/seeds/units/assemble.ts'
import { readAddresses } from '../../../db/seeds/units/build.ts'
import { formatUnitFile, readUnitFiles } from '../../../db/seeds/units/files.ts'
import { loadNationalUnits, unitRows } from '../../../db/seeds/units/load.ts'
import { testDatabase } from '../../support/database.ts'

const files = await readUnitFiles()
const rows = unitRows(files)

describe('the committed unit files', () => {
  test('are what the build makes of the package and the facts', () => {
    const rebuilt = buildUnits(readAddresses(), files)
    for (const [name, file] of Object.entries(rebuilt)) {
      const committed = readFileSync(new URL(`../../../db/seeds/units/${name}.json`, import.meta.url), 'utf8')
      expect(formatUnitFile(file) === committed, `${name}.json`).toBe(true)
    }
  })

  test('keep the ids that are committed, whatever is added before them', () => {
    const raw = readAddresses()
    const [first] = raw.wards
    if (!first) throw new Error('no wards')
    const rebuilt = buildUnits(
      { ...raw, wards: [...raw.wards, { ...first, ward_code: '00001', name: 'Xã Mới Lập' }] },
      files,
    )
    expect(rebuilt.communes.current.filter(([, code]) => code !== '00001')).toEqual(files.communes.current)
    expect(rebuilt.communes.current[0]).toEqual([4321, '00001', 'Xã Mới Lập', '01'])
  })

  test('hold 34 provinces of 63, 696 districts, and 3,321 communes of 10,035', () => {
    const { provinces } = files.provinces
    expect(provinces.filter((p) => p[4] === null)).toHaveLength(34)
    expect(provinces.filter((p) => p[3] === null)).toHaveLength(63)
    expect(files.communes.districts).toHaveLength(696)
    expect(files.communes.current).toHaveLength(3321)
    expect(files.communes.former).toHaveLength(10035)
  })

  test('start with 2,621 rural communes, 687 wards and 13 special zones; ten communes became wards in 2026', () => {
    const count = (names: string[]) =>
      Object.fromEntries(
        ['rural', 'ward', 'special_zone'].map((t) => [t, names.filter((n) => communeType(n) === t).length]),
      )
    const later = new Map(files.communes.renamed.map(([id, name]) => [id, name]))
    expect(count(files.communes.current.map((c) => c[2]))).toEqual({ rural: 2621, ward: 687, special_zone: 13 })
    expect(count(files.communes.current.map((c) => later.get(c[0]) ?? c[2]))).toEqual({
      rural: 2611,
      ward: 697,
      special_zone: 13,
    })
  })

  test('give every former province and commune a successor, and every present commune a predecessor', () => {
    const olds = new Set(rows.unit_lineage.map((l) => l.old_unit_id))
    const news = new Set(rows.unit_lineage.map((l) => l.new_unit_id))
    const ended = rows.unit.filter((u) => u.valid_to !== null && u.kind !== 'district')
    const begun = rows.unit.filter((u) => u.valid_from !== null)
    expect(ended.filter((u) => !olds.has(u.id))).toEqual([])
    expect(begun.filter((u) => !news.has(u.id))).toEqual([])
    expect(new Set(rows.unit_lineage.map((l) => `${l.old_unit_id} ${l.new_unit_id}`)).size).toBe(
      rows.unit_lineage.length,
    )
  })

  test('keep communes in their province: a commune’s successors lie where its former province went', () => {
    const parent = new Map(rows.unit.map((u) => [u.id, u.parent_id]))
    const into = new Map(rows.unit_lineage.map((l) => [l.old_unit_id, l.new_unit_id]))
    const provinceOf = (id: number): number => {
      const above = parent.get(id)
      return above === null || above === undefined ? id : provinceOf(above)
    }
    const strays = rows.unit_lineage.filter((l) => {
      const then = provinceOf(l.old_unit_id)
      return (into.get(then) ?? then) !== provinceOf(l.new_unit_id)
    })
    expect(strays).toEqual([])
  })

  test('never give one code to two units at once', () => {
    const seen = new Map<string, [string, string]>()
    for (const c of rows.unit_code) {
      const key = `${c.system} ${c.code}`
      const span: [string, string] = [c.valid_from ?? '', c.valid_to ?? '9999']
      const other = seen.get(key)
      if (other) expect(other[1] <= span[0] || span[1] <= other[0], key).toBe(true)
      seen.set(key, span)
    }
  })

  test('use ids below 100000, once each, and text in normal form C', () => {
    const ids = rows.unit.map((u) => u.id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(Math.max(...ids)).toBeLessThan(100000)
    expect(rows.unit_name.filter((n) => n.name !== n.name.normalize('NFC') || n.name.trim() !== n.name)).toEqual([])
  })

  test('count their gaps, and the counts are those of the listed cases', () => {
    for (const [kind, cases] of Object.entries(files.gaps.cases))
      expect(files.gaps.counts[kind], kind).toBe(cases.length)
    expect(files.gaps.counts).toMatchObject({
      formerWithoutCode: 790,
      provincesWithoutFormerHCode: 28,
      communeSharesUnknown: 10043,
    })
  })
})

const shared = new URL('../../../../shared/data/', import.meta.url)
if (!existsSync(shared)) console.log('reference data is absent: unit codes are not compared with it')

describe.skipIf(!existsSync(shared))('compared with the reference lists', () => {
  const lines = (name: string) =>
    readFileSync(new URL(`${name}.csv`, shared), 'utf8')
      .trim()
      .split('\n')
      .slice(2)

  test('communes of today agree in code, name and province', () => {
    const later = new Map(files.communes.renamed.map(([id, name]) => [id, name]))
    const ours = files.communes.current.map(
      ([id, code, name, province]) => `${province} ${code} ${nameKey(later.get(id) ?? name)}`,
    )
    const theirs = lines('units_after_communes_3321').map((line) => line.split(','))
    expect(ours.sort()).toEqual(theirs.map((c) => `${c[0]} ${c[2]} ${nameKey(c[5] ?? '')}`).sort())
  })

  test('former communes agree in code and province, and in name but for seven spellings', () => {
    const district = new Map(files.communes.districts.map(([id, , province]) => [id, province]))
    const theirs = new Map(
      lines('units_before_20250701')
        .map((line) => line.split(','))
        .map((c) => [`${c[0]} ${c[4]}`, c[5] ?? '']),
    )
    const ours = files.communes.former.map(([, code, name, id]): [string, string] => [
      `${district.get(id)} ${code}`,
      name,
    ])
    expect(ours.map(([key]) => key).sort()).toEqual([...theirs.keys()].sort())
    expect(ours.filter(([key, name]) => nameKey(name) !== nameKey(theirs.get(key) ?? '')).length).toBeLessThanOrEqual(7)
  })

  test('provinces merged as listed', () => {
    const code = new Map(files.provinces.provinces.map((p) => [p[0], p[1]]))
    const merged = files.lineage.whole.slice(0, 52).map(([o, n]) => `${code.get(n)} ${code.get(o)}`)
    const unchanged = files.provinces.provinces
      .filter((p) => p[3] === null && p[4] === null)
      .map((p) => `${p[1]} ${p[1]}`)
    const theirs = lines('province_merge_63_to_34').map((line) => line.split(','))
    expect([...merged, ...unchanged].sort()).toEqual(theirs.map((c) => `${c[0]} ${c[2]}`).sort())
  })
})

describe('loading them', async () => {
  const database = await testDatabase()
  const owner = createDatabase(database.ownerUrl, { max: 1 })
  const app = createDatabase(database.url, { max: 1 })
  afterAll(async () => {
    await Promise.all([owner.close(), app.close()])
    await database.drop()
  })

  test('brings every row, at once and quickly, and a second time changes nothing', async () => {
    const started = performance.now()
    const counts = await owner.shared.transaction().execute(loadNationalUnits)
    console.log(`national units loaded in ${Math.round(performance.now() - started)} ms`)
    const snapshot = async () =>
      app.withTenant(1, async (trx) => {
        const { rows } = await sql<Record<string, number>>`
          select (select count(*)::int from unit) as unit, (select count(*)::int from unit_name) as unit_name,
            (select count(*)::int from unit_code) as unit_code, (select count(*)::int from unit_lineage) as unit_lineage,
            (select max(xmin::text::bigint)::int from unit) as written`.execute(trx)
        return rows[0]
      })
    const first = await snapshot()
    expect(first).toMatchObject(counts)
    await owner.shared.transaction().execute(loadNationalUnits)
    expect(await snapshot()).toEqual(first)
  })

  test('leads from the code of Thái Bình to Hưng Yên of today, and names Đồng Nai by the day', async () => {
    const { rows } = await app.withTenant(1, (trx) =>
      sql<{ name: string }>`
        select n.name from unit_code c join unit_lineage l on l.old_unit_id = c.unit_id
        join unit_name n on n.unit_id = l.new_unit_id where c.system = 'h' and c.code = 'H54'`.execute(trx),
    )
    expect(rows).toEqual([{ name: 'Tỉnh Hưng Yên' }])
    const named = await app.withTenant(1, (trx) =>
      sql<{ name: string }>`
        select n.name from unit_code c join unit_name n using (unit_id)
        where c.system = 'h' and c.code = 'H19' and c.valid_to is null order by n.valid_from`.execute(trx),
    )
    expect(named.rows.map((r) => r.name)).toEqual(['Tỉnh Đồng Nai', 'Thành phố Đồng Nai'])
  })

  test('is refused to the application’s role', async () => {
    await expect(app.shared.transaction().execute(loadNationalUnits)).rejects.toThrow(/row-level security/)
  })
})
