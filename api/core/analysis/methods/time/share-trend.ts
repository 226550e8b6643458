import { trendOfShares } from '../../../stats/trend-of-shares.ts'
import { DataError } from '../../../table/data-error.ts'
import { completeNumbers } from '../../../table/table.ts'
import { method } from '../../method.ts'
import { rowNames, shareCells } from '../cells.ts'
import { columnOption, unitOption } from '../columns.ts'

export const shareTrendMethod = method({
  name: 'cochran-armitage',
  summary: 'Cochran–Armitage: do shares x / n rise or fall along ordered groups (months, levels of delay)',
  options: {
    x: columnOption('x', 'favourable answers, whole numbers'),
    n: columnOption('n', 'valid answers, whole numbers ≥ 1'),
    score: columnOption('score', 'place of the group in the order; without such a column 1, 2, 3 …'),
    unit: unitOption,
  },
  output:
    '{ groups, slope, z, statistic, df, p, rows: [{ line, unit, score, x, n, est }] }; slope: change of the share per unit of ' +
    'the score; statistic = z², p two-sided',
  source: 'R prop.trend.test; Cochran 1954, Armitage 1955',
  run(table, options) {
    const cells = shareCells(table, options.x, options.n)
    const scores =
      options.score === 'score' && !table.columns.includes('score')
        ? cells.map((_, i) => i + 1)
        : completeNumbers(table, options.score)
    const fault = (code: string, column: string) => new DataError(table.file, [{ code, line: null, column }])
    if (cells.length < 2) throw fault('too_few_rows', options.x)
    if (scores.every((score) => score === scores[0])) throw fault('no_variation', options.score)
    const favourable = cells.reduce((total, { x }) => total + x, 0)
    if (favourable === 0 || cells.every(({ x, n }) => x === n)) throw fault('no_variation', options.x)
    const units = rowNames(table, options.unit)
    const groups = cells.map((cell, i) => ({ ...cell, score: scores[i]! }))
    return {
      groups: groups.length,
      df: 1,
      ...trendOfShares(groups),
      rows: groups.map(({ line, x, n, score }, i) => ({ line, unit: units[i] ?? null, score, x, n, est: x / n })),
    }
  },
})
