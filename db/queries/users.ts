import { sql, type Kysely } from 'kysely'
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
