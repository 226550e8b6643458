import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { importDossiers } from '../../../api/dossiers/import.ts'
import { createServices, type Services } from '../../../api/services.ts'
import { importProcedures, importUnits } from '../../../api/units/import.ts'
import { createDatabase, type Database } from '../../../db/client.ts'
import { insertTenant } from '../../../db/queries/accounts.ts'
import { unitsByOwnCode } from '../../../db/queries/unit-import.ts'
import { findUnit } from '../../../db/queries/units.ts'
import { testDatabase } from '../../support/database.ts'
import { workbook } from '../../core/dossier/read/workbook.ts'
import { testSettings } from '../../support/settings.ts'

const database = await testDatabase('reference')
const db: Database = createDatabase(database.url, { max: 3 })
const services: Services = createServices(db, { ...testSettings, SURFACE: 'full' })
let tenantId = 0
let prefix = 100

beforeEach(async () => {
  tenantId = (await insertTenant(db.shared, { prefix: String((prefix += 1)), name: 'Tỉnh', sample: false })).id
})
afterAll(async () => {
  await db.close()
  await database.drop()
})

const bytes = (lines: readonly string[]) => new TextEncoder().encode(lines.join('\n'))
const units = (...lines: string[]) => importUnits(services, tenantId, bytes(lines))
const procedures = (...lines: string[]) => importProcedures(services, tenantId, bytes(lines))
const HEADER = 'id_ngoai;ten;loai;ma_cha;ma_h;ma_tinh;ma_xa;hieu_luc_tu;hieu_luc_den'
/** Units by own code, with the name of the one above. */
const stored = () =>
  db.withTenant(tenantId, async (trx) => {
    const found = []
    for (const { code, ...unit } of await unitsByOwnCode(trx, tenantId)) {
      const above = unit.parent_id === null ? undefined : await findUnit(trx, unit.parent_id)
      found.push([code, { ...unit, above: above?.name ?? null }] as const)
    }
    return Object.fromEntries(found)
  })
const counts = ({ created, updated, unchanged, rejected }: Awaited<ReturnType<typeof units>>) => [
  created,
  updated,
  unchanged,
  rejected,
]

describe('units', () => {
  test('stand below the province: by own code, by its national code, by ma_tinh', async () => {
    const report = await units(
      HEADER,
      'TINH;Tỉnh Hưng Yên;Tỉnh;;;33;;;',
      'STP;Sở Tư pháp;Sở;TINH;H31.14;;;01/07/2025;',
      'STC;Sở Tài chính;Sở;33;H31.13;;;;',
      'SXD;Sở Xây dựng;Sở;H31;;;;;',
      'MC;Bộ phận Một cửa;Một cửa;;H31.101;33;;;',
      'PB;Phòng của Sở;Sở;STP;;;;;',
    )
    expect(report).toMatchObject({ rows: 6, created: 6, rejected: 0, issues: [], issuesOmitted: 0 })
    const found = await stored()
    const province = { national: true, kind: 'province', name: 'Tỉnh Hưng Yên' }
    expect(found['TINH']).toMatchObject(province)
    expect(found['STP']).toMatchObject({
      kind: 'department',
      above: 'Tỉnh Hưng Yên',
      h: 'H31.14',
      valid_from: '2025-07-01',
    })
    for (const code of ['STC', 'SXD', 'MC'])
      expect(found[code], code).toMatchObject({ above: 'Tỉnh Hưng Yên', national: false })
    expect(found['PB']).toMatchObject({ above: 'Sở Tư pháp' })
  })

  test('a unit that ended with the merger belongs to the province of its time', async () => {
    await units(
      HEADER,
      'TB-STP;Sở Tư pháp tỉnh Thái Bình;Sở;;H54.14;34;;;30/06/2025',
      'HY-CU;Sở cũ;Sở;33;;;;;30/06/2025',
      'HY;Sở mới;Sở;33;;;;;',
    )
    const found = await stored()
    expect(found['TB-STP']).toMatchObject({ above: 'Tỉnh Thái Bình', valid_to: '2025-07-01' })
    expect(found['HY-CU']?.parent_id).not.toBe(found['HY']?.parent_id)
  })

  test('the same file again changes nothing; a changed row is updated and keeps its id', async () => {
    const file = [HEADER, 'A;Sở A;Sở;;H31.1;33;;;', 'B;Sở B;Sở;;H31.2;33;;;', 'TINH;Hưng Yên;Tỉnh;;H31;33;;;']
    await units(...file)
    const before = await stored()
    expect(counts(await units(...file))).toEqual([0, 0, 3, 0])
    const again = await units(HEADER, 'A;Sở A mới;Sở;B;H31.11;33;;01/03/2025;', ...file.slice(2))
    expect(counts(again)).toEqual([0, 1, 2, 0])
    const after = await stored()
    expect(after['A']).toEqual({
      ...before['A'],
      name: 'Sở A mới',
      above: 'Sở B',
      parent_id: after['B']?.id,
      h: 'H31.11',
      valid_from: '2025-03-01',
    })
    expect({ ...after, A: null }).toEqual({ ...before, A: null })
  })

  test('a column that the file does not have changes nothing, an empty cell takes back', async () => {
    await units(HEADER, 'A;Sở A;Sở;;H31.1;33;00001;01/03/2025;')
    const before = await stored()
    expect(counts(await units('Loại;Tên;Mã', 'Sở;Sở A;A'))).toEqual([0, 0, 1, 0])
    expect(counts(await units('id_ngoai;ten;loai', 'A;Sở Á;Sở'))).toEqual([0, 1, 0, 0])
    expect((await stored())['A']).toEqual({ ...before['A'], name: 'Sở Á' })
    await units(HEADER, 'A;Sở Á;Sở;;;33;;;')
    expect((await stored())['A']).toMatchObject({ h: null, commune: null, valid_from: null, above: 'Tỉnh Hưng Yên' })
  })

  test('bad rows are refused with what hangs below them, and good ones kept', async () => {
    await units(HEADER, 'CO;Có sẵn;Sở;;H31.9;33;;;')
    const report = await units(
      HEADER,
      'A;Trùng mã H;Sở;;H31.9;33;;;',
      'B;Dưới A;Sở;A;;;;;',
      'C;Sai loại;phòng họp;;;33;;;',
      'D;Không cha;Sở;NOPE;;;;;',
      'E;Không tỉnh;Sở;;;99;;;',
      'F;Tốt;Sở;CO;;;;;',
      'G;Lệch cột;Sở;CO;;;;;;;;x',
    )
    expect(counts(report)).toEqual([1, 0, 0, 6])
    expect(report.issues.map(({ line, column, code }) => [line, column, code])).toEqual([
      [2, 'ma_h', 'duplicate'],
      [3, 'ma_cha', 'rejected_parent'],
      [4, 'loai', 'unknown_kind'],
      [5, 'ma_cha', 'unknown_parent'],
      [6, 'ma_tinh', 'unknown_parent'],
      [8, null, 'cell_count'],
    ])
    expect(Object.keys(await stored()).sort()).toEqual(['CO', 'F'])
  })

  test('a spreadsheet’s numbers are read as codes and days, below a title', async () => {
    const sheet = workbook([
      ['DANH MỤC ĐƠN VỊ'],
      ['id_ngoai', 'ten', 'loai', 'ma_tinh', 'hieu_luc_tu', 'Ghi chú'],
      [7, 'Sở Bảy', 'Sở', 33, 45839, 'bỏ'],
    ])
    const report = await importUnits(services, tenantId, sheet)
    expect(report).toMatchObject({ created: 1, rejected: 0, ignoredColumns: ['Ghi chú'] })
    expect((await stored())['7']).toMatchObject({ name: 'Sở Bảy', above: 'Tỉnh Hưng Yên', valid_from: '2025-07-01' })
  })

  test('dossiers find units by either code', async () => {
    await units(HEADER, 'STP;Sở Tư pháp;Sở;;H31.14;33;;;')
    const list = [
      'ma_ho_so;ma_tthc;ma_don_vi;ngay_tiep_nhan',
      'H31.14-261001-0001;1.001193;STP;01/10/2026',
      'H31.14-261001-0002;1.001193;H31.14;01/10/2026',
    ]
    expect(await importDossiers(services, { tenantId, actor: 'test' }, bytes(list))).toMatchObject({
      created: 2,
      rejected: 0,
    })
  })

  test('a tenant never sees or changes the units of another', async () => {
    await units(HEADER, 'A;Sở A;Sở;;H31.1;33;;;')
    const first = tenantId
    const other = await insertTenant(db.shared, { prefix: 'oth', name: 'Khác', sample: false })
    tenantId = other.id
    expect(await stored()).toEqual({})
    expect(counts(await units(HEADER, 'A;Sở khác;Sở;;H31.1;33;;;'))).toEqual([1, 0, 0, 0])
    tenantId = first
    expect((await stored())['A']).toMatchObject({ name: 'Sở A' })
  })

  test('a file without a header, or of another kind, changes nothing', async () => {
    for (const file of ['', 'x;y\n1;2', 'id_ngoai;ten\nA;B']) {
      await expect(importUnits(services, tenantId, new TextEncoder().encode(file))).rejects.toMatchObject({
        code: 'invalid_file',
      })
    }
    await expect(importUnits(services, tenantId, Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0))).rejects.toMatchObject({
      issues: [{ path: 'file', code: 'unsupported_workbook' }],
    })
    expect(await stored()).toEqual({})
  })
})

describe('procedures', () => {
  const PROCEDURES = 'ma_tthc,ten,linh_vuc,cap,thoi_han_ngay,nhom_papi'
  const all = () =>
    db.withTenant(tenantId, (trx) =>
      trx
        .selectFrom('procedure')
        .select(['code', 'name', 'field', 'level', 'due_days', 'papi_group', 'flagged'])
        .where('tenant_id', '=', tenantId)
        .orderBy('code')
        .execute(),
    )

  test('come in, come in again unchanged, and change', async () => {
    const file = [
      PROCEDURES,
      '1.001193,Đăng ký khai sinh,Hộ tịch,"Cấp xã, Cấp huyện",1,5.4',
      '2.000815,Chứng thực,Chứng thực,,,none',
    ]
    expect(counts(await procedures(...file))).toEqual([2, 0, 0, 0])
    expect(counts(await procedures(...file))).toEqual([0, 0, 2, 0])
    expect(await all()).toEqual([
      {
        code: '1.001193',
        name: 'Đăng ký khai sinh',
        field: 'Hộ tịch',
        level: 'commune,district',
        due_days: 1,
        papi_group: '5.4',
        flagged: false,
      },
      {
        code: '2.000815',
        name: 'Chứng thực',
        field: 'Chứng thực',
        level: null,
        due_days: null,
        papi_group: 'none',
        flagged: false,
      },
    ])
    expect(counts(await procedures('Mã TTHC;Tên thủ tục hành chính', '1.001193;Khai sinh'))).toEqual([0, 1, 0, 0])
    expect((await all())[0]).toMatchObject({ name: 'Khai sinh', papi_group: '5.4', due_days: 1 })
  })

  test('what only a dossier list had named is completed and no longer flagged', async () => {
    await units(HEADER, 'STP;Sở Tư pháp;Sở;;;33;;;')
    const list = [
      'ma_ho_so;ma_tthc;ten_tthc;ma_don_vi;ngay_tiep_nhan',
      'H31.14-261001-0001;1.001193;Khai sinh;STP;01/10/2026',
    ]
    await importDossiers(services, { tenantId, actor: 'test' }, bytes(list))
    expect(await all()).toMatchObject([{ flagged: true, name: 'Khai sinh' }])
    expect(counts(await procedures(PROCEDURES, '1.001193,Khai sinh,,,,', 'x,Sai mã,,,,'))).toEqual([0, 1, 0, 1])
    expect(await all()).toMatchObject([{ flagged: false }])
  })
})
