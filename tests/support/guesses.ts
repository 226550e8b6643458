import type postgres from 'postgres'

/** Everybody together has typed as many wrong codes as are taken, in this hour and the next. */
export async function guessTooOften(sql: postgres.Sql): Promise<void> {
  await sql`
    insert into code_guess (who, slot, n)
    select '', date_trunc('hour', now()) + make_interval(hours => i), 100000 from generate_series(0, 1) i
    on conflict (who, slot) do update set n = excluded.n`
}

/** All wrong codes are forgotten. */
export async function forgetGuesses(sql: postgres.Sql): Promise<void> {
  await sql`delete from code_guess`
}
