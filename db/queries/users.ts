import { sql, type Kysely, type Transaction } from 'kysely'
import type { DB } from '../schema/tables.ts'

/** Writes a person with a password account in better-auth's tables; an existing person gets the new password and loses old sessions. */
export async function insertPasswordUser(
  db: Kysely<DB>,
  user: { id: string; email: string; name: string; password: string; now: Date },
): Promise<void> {
  const { id, email, name, password, now } = user
  await db.transaction().execute(async (trx) => {
    await sql`
      insert into "user" ("id", "name", "email", "emailVerified", "createdAt", "updatedAt") values (${id}, ${name}, ${email}, true, ${now}, ${now})
      on conflict ("id") do update set "updatedAt" = excluded."updatedAt"`.execute(trx)
    await sql`
      insert into "account" ("id", "accountId", "providerId", "userId", "password", "createdAt", "updatedAt")
      values (${`password-${id}`}, ${id}, 'credential', ${id}, ${password}, ${now}, ${now})
      on conflict ("id") do update set "password" = excluded."password", "updatedAt" = excluded."updatedAt"`.execute(
      trx,
    )
    await sql`delete from "session" where "userId" = ${id}`.execute(trx)
  })
}

/** Interviewers of a tenant by name, with their cases in open campaigns. At most 500. */
export async function listInterviewers(trx: Transaction<DB>, tenantId: number) {
  const { rows } = await sql<{ id: string; name: string; email: string; cases: number; complete: number }>`
    select u.id, u.name, u.email, count(k.id)::int as cases, (count(k.id) filter (where k.state = 'complete'))::int as complete
    from membership m join "user" u on u.id = m.user_id
    left join (survey_case k join campaign c on c.tenant_id = k.tenant_id and c.id = k.campaign_id and c.state = 'open')
      on k.tenant_id = m.tenant_id and k.interviewer = u.id
    where m.tenant_id = ${tenantId} and m.role = 'interviewer'
    group by u.id, u.name, u.email order by u.name, u.id limit 500`.execute(trx)
  return rows
}

/** An interviewer of a tenant. */
export function findInterviewer(trx: Transaction<DB>, tenantId: number, userId: string) {
  return trx
    .selectFrom('membership')
    .select('user_id')
    .where('tenant_id', '=', tenantId)
    .where('user_id', '=', userId)
    .where('role', '=', 'interviewer')
    .executeTakeFirst()
}
