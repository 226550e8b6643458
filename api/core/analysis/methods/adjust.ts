import { z } from 'zod'
import { adjustments, adjustP } from '../../stats/adjustP.ts'
import { DataError } from '../../table/data-error.ts'
import { numbers } from '../../table/table.ts'
import { method } from '../method.ts'
import { refuse, rowNames } from './cells.ts'
import { columnOption, unitOption } from './columns.ts'

/** Hommel's method takes n² steps. */
const hommelMax = 20_000

export const adjustMethod = method({
  name: 'p-adjust',
  summary:
    'p values adjusted for many tests: Bonferroni, Holm, Hochberg, Hommel, Benjamini–Hochberg, Benjamini–Yekutieli',
  options: {
    p: columnOption('p', 'p values; a missing one stays missing and is not counted'),
    methods: z
      .array(z.enum(adjustments))
      .min(1)
      .default([...adjustments])
      .describe('adjustments to give'),
    unit: unitOption,
  },
  output: '{ tests, rows: [{ line, unit, p, bonferroni, holm, hochberg, hommel, bh, by }] }',
  source: 'R p.adjust; Holm 1979, Hochberg 1988, Hommel 1988, Benjamini & Hochberg 1995, Benjamini & Yekutieli 2001',
  run(table, options) {
    const given = numbers(table, options.p)
    refuse(table, options.p, given, (p) => (p >= 0 && p <= 1 ? null : 'not_a_probability'))
    const present = given.filter((p) => p !== null)
    if (options.methods.includes('hommel') && present.length > hommelMax)
      throw new DataError(table.file, [{ code: 'too_many_rows_for_hommel', line: null, column: options.p }])
    const adjusted = options.methods.map((name) => [name, adjustP(present, name)] as const)
    const units = rowNames(table, options.unit)
    let seen = 0
    const rows = table.rows.map(({ line }, i) => {
      const p = given[i] ?? null
      const at = p === null ? null : seen++
      const values = adjusted.map(([name, list]) => [name, at === null ? null : list[at]!])
      return { line, unit: units[i] ?? null, p, ...Object.fromEntries(values) }
    })
    return { tests: present.length, rows }
  },
})
