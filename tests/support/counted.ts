import type { Sql } from 'postgres'
import { until } from './until.ts'

/** Waits until everything that was written is counted, which is when pages of the office tell of it. @param run starts the job where no server repeats it */
export async function counted(sql: Sql, run: () => Promise<unknown> = () => Promise.resolve()): Promise<void> {
  await run()
  await until('all changes to be counted', async () => {
    const [row] = await sql`select count(*)::int as n from tally_change`
    return row?.['n'] === 0 ? true : null
  })
}
