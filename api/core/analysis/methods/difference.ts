import { newcombe } from '../../stats/newcombe.ts'
import { pairedShares } from '../../stats/pairedShares.ts'
import { twoShareTest } from '../../stats/twoShareTest.ts'
import { method } from '../method.ts'
import { counts, rowNames, shareCells } from './cells.ts'
import { columnOption, confOption, unitOption } from './columns.ts'

export const shareDifferenceMethod = method({
  name: 'share-difference',
  summary:
    'Difference of two independent shares x1/n1 − x2/n2 with Newcombe’s hybrid score interval and the score test',
  options: {
    conf: confOption,
    x1: columnOption('x1', 'favourable answers of the first group'),
    n1: columnOption('n1', 'answers of the first group'),
    x2: columnOption('x2', 'favourable answers of the second group'),
    n2: columnOption('n2', 'answers of the second group'),
    unit: unitOption,
  },
  output: '{ conf, rows: [{ line, unit, p1, p2, est, lo, hi, z, p }] }; est = p1 − p2, p two-sided',
  source: 'Newcombe 1998 (independent), method 10; p as R prop.test(correct = FALSE)',
  run(table, options) {
    const firsts = shareCells(table, options.x1, options.n1)
    const seconds = shareCells(table, options.x2, options.n2)
    const units = rowNames(table, options.unit)
    const rows = firsts.map(({ line, x: x1, n: n1 }, i) => {
      const { x: x2, n: n2 } = seconds[i]!
      const [first, second] = [
        { favourable: x1, n: n1 },
        { favourable: x2, n: n2 },
      ]
      const { est, lo, hi } = newcombe(second, first, options.conf)
      const { z, twoSided } = twoShareTest(second, first)
      return { line, unit: units[i] ?? null, p1: x1 / n1, p2: x2 / n2, est, lo, hi, z, p: twoSided }
    })
    return { conf: options.conf, rows }
  },
})

export const pairedDifferenceMethod = method({
  name: 'paired-difference',
  summary:
    'Difference of two shares of the same people (before and after, two questions) with Newcombe’s paired interval',
  options: {
    conf: confOption,
    both: columnOption('both', 'favourable both times'),
    first: columnOption('first', 'favourable only the first time'),
    second: columnOption('second', 'favourable only the second time'),
    neither: columnOption('neither', 'favourable neither time'),
    unit: unitOption,
  },
  output: '{ conf, rows: [{ line, unit, n, est, lo, hi }] }; est = first − second',
  source: 'Newcombe 1998 (paired), method 10',
  run(table, options) {
    const columns = [options.both, options.first, options.second, options.neither].map((name) => counts(table, name))
    const units = rowNames(table, options.unit)
    const rows = table.rows.map(({ line }, i) => {
      const [both, first, second, neither] = columns.map((column) => column[i] ?? 0) as [number, number, number, number]
      const empty = both + first + second + neither === 0
      const found = empty
        ? { est: null, lo: null, hi: null, n: 0 }
        : pairedShares({ both, first, second, neither }, options.conf)
      return { line, unit: units[i] ?? null, ...found }
    })
    return { conf: options.conf, rows }
  },
})
