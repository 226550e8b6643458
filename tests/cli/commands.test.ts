import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createApp } from '../../api/app.ts'
import { JOBS } from '../../api/jobs/run.ts'
import { createServices, type Services } from '../../api/services.ts'
import { createDatabase } from '../../db/client.ts'
import { listTenants } from '../../db/queries/accounts.ts'
import { signIn } from '../api/callers.ts'
import { runCommand } from '../support/cli.ts'
import { testDatabase, type TestDatabase } from '../support/database.ts'
import { testSettings } from '../support/settings.ts'

const folder = mkdtempSync(join(tmpdir(), 'lang-nghe-cli-'))
let database: TestDatabase
let services: Services

beforeAll(async () => {
  database = await testDatabase('reference')
  services = createServices(createDatabase(database.url, { max: 3 }), { ...testSettings, SURFACE: 'full' })
})
afterAll(async () => {
  await services.db.close()
  await database.drop()
  rmSync(folder, { recursive: true })
})

const run = (words: string[], stdin = '', env: Record<string, string> = {}) =>
  runCommand(database, words, { stdin, env: { DATA_DIR: folder, ...env } })
const file = (name: string, lines: string[]) => {
  const path = join(folder, name)
  writeFileSync(path, lines.join('\n'))
  return path
}

const UNIT_HEADER = 'Mã đơn vị;Tên;Loại;Mã cha;Mã H;Mã tỉnh'
const UNITS = file('units.csv', [
  UNIT_HEADER,
  'TINH;Tỉnh Hưng Yên;Tỉnh;;;33',
  'STP;Sở Tư pháp;Sở;TINH;H31.14;',
  'MC;Bộ phận Một cửa phường Phố Hiến;Một cửa;;H31.101;33',
])
const DOSSIERS = file('dossiers.csv', [
  '\uFEFFMã hồ sơ;Mã thủ tục hành chính;Mã đơn vị;Ngày tiếp nhận;Ngày trả kết quả;Trạng thái hồ sơ;Số điện thoại',
  'H31.14-261001-0001;1.001193;STP;01/10/2026;02/10/2026;Đã trả kết quả;0912345678',
  'H31.14-261001-0002;1.001193;H31.14;01/10/2026;;Đang giải quyết;0912345678',
  'H31.14-261001-0003;1.001193;STP;31/02/2026;;Đang giải quyết;0912345678',
  'H31.14-261001-0004;1.001193;NOPE;01/10/2026;;Đang giải quyết;0912345678',
])

describe('an operator of real data begins with the command line', () => {
  test('units come in, and the first tenant is a real one', async () => {
    const { status, out, err } = await run(['import', 'units', UNITS, '--json'])
    expect({ status, err }).toEqual({ status: 0, err: '' })
    expect(JSON.parse(out)).toMatchObject({ rows: 3, created: 3, rejected: 0, issues: [] })
    expect(await listTenants(services.db.shared)).toMatchObject([{ sample: false }])
  })

  test('more units than figures are decided over at once are refused whole, not left out of figures', async () => {
    const rows = Array.from({ length: 2001 }, (_, i) => `X${i};Xã ${i};Xã;;;`)
    const { status, out, err } = await run(['import', 'units', file('many.csv', [UNIT_HEADER, ...rows])])
    expect({ status, out }).toEqual({ status: 2, out: '' })
    expect(err).toMatch(/More than 2000 units, nothing was imported$/)
  })

  test('rows that are refused are told in both languages with line and column, and the exit code is 1', async () => {
    const { status, out, err } = await run(['import', 'dossiers', DOSSIERS])
    expect(status).toBe(1)
    expect(out).toContain('4 rows: 2 created, 0 updated, 0 unchanged, 2 rejected')
    expect(out).toContain('4 dòng: 2 mới')
    expect(out).toContain('Số điện thoại')
    const lines = err.split('\n')
    expect(lines[0]).toMatch(
      /^Dòng 4, cột Ngày tiếp nhận \(ngay_tiep_nhan\): .+ · Line 4, column Ngày tiếp nhận .+: not a date/,
    )
    expect(lines[1]).toMatch(/^Dòng 5, cột .*ma_don_vi.*: không có đơn vị mang mã này · Line 5, /)
    expect(`${out}${err}`).not.toContain('0912345678')
  })

  test('--json prints one document, with codes instead of sentences', async () => {
    const { status, out, err } = await run(['import', 'dossiers', DOSSIERS, '--json'])
    expect({ status, err }).toEqual({ status: 1, err: '' })
    expect(JSON.parse(out)).toMatchObject({
      rows: 4,
      created: 0,
      unchanged: 2,
      rejected: 2,
      issues: [
        { line: 4, column: 'ngay_tiep_nhan', code: 'invalid_date' },
        { line: 5, column: 'ma_don_vi', code: 'unknown_unit' },
      ],
    })
  })

  test('published results and hard figures come in with a line for each fault, and again without any change', async () => {
    const results = file('papi.csv', [
      'index,edition,year,unit,node,value,source',
      'papi,2021+,2024,Hưng Yên,D5,7.2,papi.org.vn',
      'papi,2021+,2024,Thái Bình,D5,,papi.org.vn',
      'papi,2021+,2024,Thái Bìn,D5,7.1,papi.org.vn',
    ])
    const { status, out, err } = await run(['import', 'official', results])
    expect(status).toBe(1)
    expect(out).toContain('3 rows: 1 created, 0 updated, 0 unchanged, 1 without a value, 1 rejected')
    expect(err).toMatch(/papi\.csv line 4 column unit: unknown_unit \(no province has this name/)
    const again = await run(['import', 'official', results, '--json'])
    expect(JSON.parse(again.out)).toMatchObject({ created: 0, unchanged: 1, missing: 1, rejected: 1 })
    const hard = file('hard.csv', ['code,unit,period,value,source', 'qd766.ONLINE,STP,2026-Q3,9.5,dichvucong.gov.vn'])
    expect(JSON.parse((await run(['import', 'hard', hard, '--json'])).out)).toMatchObject({ created: 1, rejected: 0 })
    const wrong = await run(['import', 'hard', file('wrong-hard.csv', ['code;unit', 'a;b'])])
    expect([wrong.status, wrong.err.split('\n').length]).toEqual([2, 1])
  })

  test('a file that cannot be read changes nothing and is one line in both languages', async () => {
    const cases: [string, RegExp][] = [
      [file('empty.csv', ['']), /tệp không có dòng nào · .*the file has no row/],
      [file('wrong.csv', ['a;b', '1;2']), /thiếu cột bắt buộc \(ma_ho_so, .*a required column is missing/],
      [join(folder, 'none.csv'), /^There is no file/],
      [folder, /is a folder/],
    ]
    for (const [path, line] of cases) {
      const { status, out, err } = await run(['import', 'dossiers', path])
      expect({ status, out }).toEqual({ status: 2, out: '' })
      expect(err).toMatch(line)
      expect(err.split('\n')).toHaveLength(1)
    }
  })

  test('links are exported as CSV and as JSON, and open the rating page', async () => {
    const { status, out } = await run(['invitations', 'export'], '', { PUBLIC_URL: 'https://hailong.example' })
    expect(status).toBe(0)
    const [header, line, ...rest] = out.split('\r\n')
    expect(header).toBe('link,ma_ho_so,ma_tthc,ten_tthc,don_vi,su_kien,ngay,het_han')
    const [link = '', dossier, , , unit, event, day] = line?.split(',') ?? []
    expect([dossier, unit, event, day, rest]).toEqual([
      'H31.14-261001-0001',
      'Sở Tư pháp',
      'returned',
      '2026-10-02',
      [''],
    ])
    expect(link).toMatch(/^https:\/\/hailong\.example\/r\/[\w-]{25}$/)
    const app = createApp(() => services)
    const opened = await app.request(`http://localhost/api/invitations/${link.split('/').at(-1)}`)
    expect(await opened.json()).toMatchObject({ state: 'open', unit: { name: 'Sở Tư pháp' } })

    const json = JSON.parse((await run(['invitations', 'export', '--json'])).out) as { items: { dossier: string }[] }
    expect(json.items.map((item) => item.dossier)).toEqual(['H31.14-261001-0001'])
    const none = JSON.parse((await run(['invitations', 'export', '--json', '--since', '2100-01-01'])).out) as object
    expect(none).toEqual({ items: [] })
    expect((await run(['invitations', 'export', '--since', '01/10/2026'])).status).toBe(2)
  })

  test('accounts: a made password is shown once and works; a given one comes from standard input', async () => {
    const app = createApp(() => services)
    const made = await run(['accounts', 'create', '--email', 'Ai@Tinh.example', '--role', 'administrator', '--json'])
    const account = JSON.parse(made.out) as { email: string; password: string }
    expect(account).toMatchObject({ email: 'ai@tinh.example', role: 'administrator', created: true })
    expect(await signIn(app, account)).toContain('session_token')

    const words = ['accounts', 'create', '--email', 'ai@tinh.example', '--role', 'importer', '--password-stdin']
    const given = await run(words, 'một mật khẩu đủ dài\n')
    expect(given).toMatchObject({ status: 0, err: '' })
    expect(given.out).not.toContain('mật khẩu')
    expect(await signIn(app, { email: 'ai@tinh.example', password: 'một mật khẩu đủ dài' })).toContain('session_token')
    await expect(signIn(app, account)).rejects.toThrow('401')

    for (const wrong of [
      run(words, 'ngắn'),
      run(['accounts', 'create', '--email', 'nobody', '--role', 'importer']),
      run(['accounts', 'create', '--role', 'importer']),
      run(['accounts', 'create', '--email', 'a@b.example', '--role', 'king']),
      run(['keys', 'create', '--role', 'administrator']),
    ]) {
      const { status, out, err } = await wrong
      expect({ status, out }).toEqual({ status: 2, out: '' })
      expect(err.split('\n')).toHaveLength(1)
    }
  })

  test('a key lets a one-stop system in', async () => {
    const { out } = await run(['keys', 'create', '--role', 'importer'])
    const response = await createApp(() => services).request('http://localhost/api/imports', {
      headers: { Authorization: `Bearer ${out.trim()}` },
    })
    expect(response.status).toBe(200)
  })

  test('jobs run by name, and another tenant by id', async () => {
    expect(JSON.parse((await run(['jobs', 'run', 'tally', '--json'])).out)).toMatchObject({ job: 'tally' })
    expect((await run(['jobs', 'run', 'nothing'])).err).toBe(`There is no job nothing. Jobs: ${JOBS.join(', ')}.`)
    const [tenant] = await listTenants(services.db.shared)
    expect((await run(['import', 'dossiers', DOSSIERS, '--tenant', String(tenant?.id)])).status).toBe(1)
    expect((await run(['import', 'dossiers', DOSSIERS, '--tenant', '999'])).err).toMatch(
      /^There is no tenant 999\. Tenants: \d+ \(Tỉnh\)\.$/,
    )
  })
})
