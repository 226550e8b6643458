import { listTables, quoted, type Table, tenantIds } from './catalog.ts'
import { duplicateAsks, lostAnswers, strayAnswers, tallyDifferences } from './rules.ts'
import { enterTenant, inSession, type Session } from './session.ts'

/** One thing that was checked. */
export interface Finding {
  /** Stable: `foreign_keys`, `tallies` … */
  readonly check: string
  /** What was looked at: a constraint, a table, a tenant. */
  readonly subject: string
  /** How many rows, cells or objects are wrong; 0 is good. */
  readonly wrong: number
}

/**
 * Checks a migrated database at one moment: indexes and foreign keys hold, every answer has one ask, no event was asked
 * twice, and the tallies are what a recount of every row gives. Reads everything; changes nothing.
 */
export function checkDatabase(ownerUrl: string): Promise<Finding[]> {
  return inSession(ownerUrl, 'snapshot', async (session) => {
    const tables = await listTables(session)
    const tenants = await tenantIds(session.sql)
    const findings = [...(await checkIndexes(session)), ...(await checkForeignKeys(session, tables, tenants))]
    for (const tenant of tenants) {
      await enterTenant(session, tenant)
      const subject = `tenant ${tenant}`
      findings.push(
        { check: 'answers_without_ask', subject, wrong: await strayAnswers(session, tenant) },
        { check: 'asks_without_their_answer', subject, wrong: await lostAnswers(session, tenant) },
        { check: 'events_asked_twice', subject, wrong: await duplicateAsks(session, tenant) },
        { check: 'tallies_unlike_recount', subject, wrong: await tallyDifferences(session, tenant) },
      )
    }
    return findings
  })
}

async function checkIndexes({ sql }: Session): Promise<Finding[]> {
  const rows = await sql<{ subject: string; wrong: number }[]>`
    select c.relname as subject, (not (i.indisvalid and i.indisready))::int as wrong
    from pg_index i join pg_class c on c.oid = i.indexrelid where c.relnamespace = 'public'::regnamespace order by 1`
  return rows.map(({ subject, wrong }) => ({ check: 'indexes', subject, wrong }))
}

/** Looks for rows that refer to nothing, whatever the server believes of its constraints. */
async function checkForeignKeys(
  session: Session,
  tables: readonly Table[],
  tenants: readonly number[],
): Promise<Finding[]> {
  const keys = await session.sql<{ name: string; child: string; parent: string; from: string[]; to: string[] }[]>`
    select k.conname as name, child.relname as child, parent.relname as parent,
      (select array_agg(a.attname::text order by u.n) from unnest(k.conkey) with ordinality u (num, n)
        join pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.num) as from,
      (select array_agg(a.attname::text order by u.n) from unnest(k.confkey) with ordinality u (num, n)
        join pg_attribute a on a.attrelid = k.confrelid and a.attnum = u.num) as to
    from pg_constraint k join pg_class child on child.oid = k.conrelid join pg_class parent on parent.oid = k.confrelid
    where k.contype = 'f' and k.connamespace = 'public'::regnamespace order by 1`
  const guarded = new Set(tables.filter((table) => table.guarded).map(({ name }) => name))
  const findings: Finding[] = []
  for (const { name, child, parent, from, to } of keys) {
    const set = from.map((column) => `c.${quoted(column)} is not null`).join(' and ')
    const joined = from.map((column, i) => `p.${quoted(to[i] ?? '')} = c.${quoted(column)}`).join(' and ')
    const statement = `select count(*)::int as wrong from public.${quoted(child)} c where ${set}
      and not exists (select from public.${quoted(parent)} p where ${joined})`
    let wrong = 0
    for (const tenant of guarded.has(child) || guarded.has(parent) ? [0, ...tenants] : [0]) {
      await enterTenant(session, tenant)
      const [found] = await session.sql.unsafe<{ wrong: number }[]>(statement)
      wrong += found?.wrong ?? 0
    }
    findings.push({ check: 'foreign_keys', subject: name, wrong })
  }
  return findings
}
