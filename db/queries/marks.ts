import { sql } from 'kysely'

/** Counts of marks `m` by value. */
export const COUNTS = sql.raw(
  [0, 1, 2, 3, 4, 5, 6, 7, 8].map((k) => `count(*) filter (where m.value = ${k})::int as c${k}`).join(', ') +
    ', count(*) filter (where m.value is null)::int as na',
)
/** What marks `m` are kept apart by within a cell. */
export const CLASSES = sql.raw('m.item, m.main, m.event, m.lateness, m.applicant, m.stream, m.counted')
