import postgres from 'postgres'
import { parseTokenKeys, sha256, tokenMaker } from '../../api/invitations/token.ts'
import { createDatabase } from '../../db/client.ts'
import { publishShippedInstruments } from '../../db/seeds/instruments/publish.ts'
import { testSettings } from '../support/settings.ts'

export type AskOptions = {
  readonly applicant?: 'citizen' | 'business' | 'organisation'
  readonly event?: string
  readonly expired?: boolean
}

/** One tenant with one unit and one procedure, and rating links made as the platform makes them. */
export type RatingWorld = {
  /** A new invitation's token. */
  newAsk(options?: AskOptions): Promise<string>
  /** What is stored for a token: nothing, or the one response. */
  stored(token: string): Promise<StoredResponse[]>
  /** As the owner of the tables, one connection on which `app.tenant` is this tenant. */
  readonly sql: postgres.Sql
  stop(): Promise<void>
}

export type StoredResponse = {
  readonly id: string
  readonly revision: number
  readonly complete: boolean
  readonly answers: Record<string, unknown>
  readonly respondent: string
  readonly language: string
  readonly item_ms: Record<string, number>
}

/** Fills a migrated database that belongs to one test file. */
export async function ratingWorld(ownerUrl: string, { sample = true } = {}): Promise<RatingWorld> {
  const owner = createDatabase(ownerUrl, { max: 1 })
  await publishShippedInstruments(owner.shared)
  await owner.close()

  const sql = postgres(ownerUrl, { max: 1, onnotice: () => undefined })
  const [tenant] = await sql`
    insert into tenant (prefix, name, sample) values ('hyn', 'Hưng Yên', ${sample}) returning id`
  const tenantId = Number(tenant!['id'])
  // With sample tenants only, the server would make a sample sign-in of its own.
  await sql`insert into tenant (prefix, name) values ('thu', 'Tỉnh khác')`
  // One connection, so that the tenant stays set for everything below.
  await sql`select set_config('app.tenant', ${String(tenantId)}, false)`
  const [unit] = await sql`insert into unit (tenant_id, kind) values (${tenantId}, 'commune') returning id`
  const unitId = Number(unit!['id'])
  await sql`insert into unit_name (unit_id, tenant_id, name) values (${unitId}, ${tenantId}, 'Ủy ban nhân dân xã Đông Hưng')`
  const [procedure] = await sql`
    insert into procedure (tenant_id, code, name)
    values (${tenantId}, '2.000815', 'Chứng thực bản sao từ bản chính giấy tờ, văn bản do cơ quan có thẩm quyền của Việt Nam cấp')
    returning id`
  const procedureId = Number(procedure!['id'])
  const [instrument] = await sql`select id from instrument where code = 'dossier-rating'`
  const instrumentId = Number(instrument!['id'])
  const tokenOf = tokenMaker(parseTokenKeys(testSettings.TOKEN_KEYS), 1, { id: tenantId, prefix: 'hyn' })

  return {
    newAsk: async ({ applicant = 'citizen', event = 'returned', expired = false } = {}) => {
      const [row] = await sql`select nextval(pg_get_serial_sequence('ask', 'id'))::int as id`
      const id = Number(row!['id'])
      const token = await tokenOf(id)
      const days = expired ? -1 : 30
      await sql`
        insert into ask (tenant_id, id, event, n, responsible_unit_id, receiving_unit_id, procedure_id, applicant,
          instrument_id, token_hash, key_version, asked_on, created_at, expires_at)
        values (${tenantId}, ${id}, ${event}, 1, ${unitId}, ${unitId}, ${procedureId}, ${applicant}, ${instrumentId},
          ${Buffer.from(sha256(token))}, 1, current_date, now(), now() + make_interval(days => ${days}))`
      return token
    },
    stored: async (token) => {
      const hash = Buffer.from(sha256(token))
      return sql<StoredResponse[]>`
        select r.id, r.revision, r.complete, r.answers, r.respondent, r.language, r.item_ms
        from ask a join response r on r.tenant_id = a.tenant_id and r.asked_on = a.asked_on and r.id = a.response_id
        where a.token_hash = ${hash}`
    },
    sql,
    stop: () => sql.end(),
  }
}
