import { z } from 'zod'
import { shareLimits, shareMethods } from '../../stats/shareLimits.ts'
import { method } from '../method.ts'
import { rowNames, shareCells } from './cells.ts'
import { columnOption, confOption, unitOption } from './columns.ts'

export const shareMethod = method({
  name: 'share-interval',
  summary: 'Share x / n with its interval: Wilson (plain or corrected), Clopper–Pearson, Agresti–Coull, Jeffreys',
  options: {
    method: z
      .enum([...shareMethods, 'all'])
      .default('wilson')
      .describe('formula of the interval; "all" gives a row for each one'),
    conf: confOption,
    x: columnOption('x', 'favourable answers, whole numbers'),
    n: columnOption('n', 'valid answers, whole numbers ≥ 1'),
    unit: unitOption,
  },
  output: '{ conf, rows: [{ line, unit, x, n, method, est, lo, hi }] }; agresti-coull may leave [0, 1], as published',
  source:
    'Wilson 1927 and Newcombe 1998 (R prop.test), Clopper & Pearson 1934 (R binom.test), Agresti & Coull 1998, ' +
    'Brown, Cai & DasGupta 2001 (Jeffreys)',
  run(table, options) {
    const chosen = options.method === 'all' ? shareMethods : [options.method]
    const units = rowNames(table, options.unit)
    const rows = shareCells(table, options.x, options.n).flatMap(({ line, x, n }, i) =>
      chosen.map((name) => ({
        line,
        unit: units[i] ?? null,
        x,
        n,
        method: name,
        est: x / n,
        ...shareLimits(name, x, n, options.conf),
      })),
    )
    return { conf: options.conf, rows }
  },
})
