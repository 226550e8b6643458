import postgres from 'postgres'
import { createAccount, createKey } from '../../api/accounts/create.ts'
import { importDossiers, type ImportReport } from '../../api/dossiers/import.ts'
import { listInvitations } from '../../api/invitations/list.ts'
import { createServices, type Services } from '../../api/services.ts'
import { importProcedures, importUnits } from '../../api/units/import.ts'
import { createDatabase } from '../../db/client.ts'
import { findTenant, insertTenant } from '../../db/queries/accounts.ts'
import { unitsByOwnCode } from '../../db/queries/unit-import.ts'
import { testSettings } from './settings.ts'

const DAY_MS = 86_400_000

/** One line of a dossier list; what is not given is a citizen's dossier that was returned in time yesterday. */
export type DossierLine = Readonly<Record<string, string>>

/** A small tenant of one test file: units, procedures, people, a key, and dossiers that can be rated. */
export interface World {
  readonly tenant: { readonly id: number; readonly prefix: string }
  /** As the application's role, in this process. */
  readonly services: Services
  /** As the owner of the tables, one connection on which `app.tenant` is this tenant. */
  readonly sql: postgres.Sql
  /** Ids of units by their own code: `SXD`, `SNV`, `MC-A` and `MC-B`; `33` is the national province above them. */
  readonly units: Readonly<Record<'SXD' | 'SNV' | 'MC-A' | 'MC-B' | '33', number>>
  readonly administrator: { readonly email: string; readonly password: string }
  /** An importer's key, for `Authorization: Bearer`. */
  readonly key: string
  /** A full line with a code of its own. */
  line(given?: DossierLine): DossierLine
  /** Brings lines in as a one-stop shop does. @param at when, for links that are to be expired */
  bring(lines: readonly DossierLine[], at?: Date): Promise<ImportReport>
  /** Secrets of the links of these dossiers' returns. */
  tokens(codes: readonly string[], at?: Date): Promise<Map<string, string>>
  /** Brings in `count` new dossiers and gives their secrets in order. */
  asks(count: number, given?: DossierLine, at?: Date): Promise<{ code: string; token: string }[]>
  stop(): Promise<void>
}

const UNITS = [
  'id_ngoai;ten;loai;ma_tinh;ma_h',
  'SXD;Sở Xây dựng;Sở;33;H31.12',
  'SNV;Sở Nội vụ;Sở;33;H31.15',
  'MC-A;Bộ phận Một cửa phường Phố Hiến;Một cửa;33;H31.101',
  'MC-B;Bộ phận Một cửa xã Tiền Hải;Một cửa;33;H31.105',
].join('\n')

/** Procedures of the world by code; any other code of the right form is made by the first list that names it. */
export const PROCEDURES = ['2.000815', '1.009972', '1.004194'] as const

const PROCEDURE_LIST = [
  'ma_tthc;ten;linh_vuc;cap;thoi_han_ngay;nhom_papi',
  `${PROCEDURES[0]};Chứng thực bản sao từ bản chính;Chứng thực;Cấp xã;1;5.1`,
  `${PROCEDURES[1]};Cấp giấy phép xây dựng;Hoạt động xây dựng;Cấp tỉnh;20;none`,
  `${PROCEDURES[2]};Đăng ký tạm trú;Đăng ký cư trú;Cấp xã;3;5.4`,
].join('\n')

/**
 * Builds the tenant through the product's own use cases, in a migrated database with reference data
 * (`testDatabase('reference')`).
 *
 * @param urls `url` as the application's role, `ownerUrl` as the owner
 */
export async function buildWorld(urls: { readonly url: string; readonly ownerUrl: string }): Promise<World> {
  const db = createDatabase(urls.url, { max: 20 })
  const settings = { ...testSettings, SURFACE: 'full' as const }
  const services = createServices(db, settings, { log: () => undefined })
  const tenant = await insertTenant(db.shared, { prefix: 'thu', name: 'Tỉnh thử', sample: false })
  await importUnits(services, tenant.id, bytes(UNITS))
  await importProcedures(services, tenant.id, bytes(PROCEDURE_LIST))
  const administrator = { email: 'quan.tri@thu.example', password: 'mat-khau-thu-nghiem' }
  await createAccount(services, { tenantId: tenant.id, name: 'Quản trị', role: 'administrator', ...administrator })
  const key = await createKey(services, tenant.id)
  const units = Object.fromEntries(
    await db.withTenant(tenant.id, async (trx) => {
      const own = await unitsByOwnCode(trx, tenant.id)
      return [...own.map((unit) => [unit.code, unit.id]), ['33', own[0]?.parent_id]] as [string, number][]
    }),
  ) as World['units']
  const sql = postgres(urls.ownerUrl, { max: 1, onnotice: () => undefined })
  await sql`select set_config('app.tenant', ${String(tenant.id)}, false)`

  let serial = 0
  const at = (now: Date): Services => ({ ...services, now: () => now })
  const world: World = {
    tenant,
    services,
    sql,
    units,
    administrator,
    key,
    line: (given = {}) => ({ ...returnedYesterday((serial += 1)), ...given }),
    bring: (lines, now = new Date()) =>
      importDossiers(at(now), { tenantId: tenant.id, actor: 'test' }, bytes(csvOf(lines))),
    tokens: async (codes, now = new Date()) => {
      const wanted = new Set(codes)
      const found = new Map<string, string>()
      let cursor: string | null = null
      do {
        const page: Awaited<ReturnType<typeof listInvitations>> = await listInvitations(at(now), tenant.id, {
          since: null,
          limit: 1000,
          origin: '',
          ...(cursor === null ? {} : { cursor }),
        })
        for (const { dossier, event, token } of page.items)
          if (event === 'returned' && wanted.has(dossier)) found.set(dossier, token)
        cursor = page.next
      } while (cursor !== null)
      return found
    },
    asks: async (count, given = {}, now = new Date()) => {
      const lines = Array.from({ length: count }, () => ({
        ...returnedYesterday((serial += 1), now.getTime()),
        ...given,
      }))
      const report = await world.bring(lines, now)
      if (report.created !== count) throw new Error(`not all dossiers were created: ${JSON.stringify(report)}`)
      const codes = lines.map((line) => line['ma_ho_so'] ?? '')
      const tokens = await world.tokens(codes, now)
      return codes.map((code) => ({ code, token: tokens.get(code) ?? '' }))
    },
    stop: async () => {
      await sql.end()
      await db.close()
    },
  }
  if (!(await findTenant(db.shared, tenant.id)) || Object.values(units).some((id) => !(id > 0)))
    throw new Error('the world is not whole')
  return world
}

/** A list as a one-stop shop's software writes it: semicolons, UTF-8. Columns of all lines together. */
export function csvOf(lines: readonly DossierLine[]): string {
  const columns = [...new Set(lines.flatMap((line) => Object.keys(line)))]
  const cell = (text: string) => (/[;"\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
  return [columns.join(';'), ...lines.map((line) => columns.map((name) => cell(line[name] ?? '')).join(';'))].join('\n')
}

function returnedYesterday(serial: number, now = Date.now()): DossierLine {
  return {
    ma_ho_so: `H31.101-261001-${String(serial).padStart(5, '0')}`,
    ma_tthc: PROCEDURES[0],
    ma_don_vi: 'MC-A',
    doi_tuong: 'công dân',
    kenh_nop: 'trực tiếp',
    ngay_tiep_nhan: new Date(now - 3 * DAY_MS).toISOString(),
    ngay_hen_tra: new Date(now - DAY_MS / 2).toISOString(),
    ngay_tra: new Date(now - DAY_MS).toISOString(),
    trang_thai: 'đã trả kết quả',
  }
}

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}
