import { DataError } from '../../table/data-error.ts'
import { completeNumbers, numbers, texts } from '../../table/table.ts'
import { betaCdf, betaQuantile } from '../../stats/beta.ts'
import { binomialCdf, binomialQuantile, binomialUpper } from '../../stats/binomial.ts'
import { c4, d2 } from '../../stats/chartConstants.ts'
import { chiSquareCdf, chiSquareQuantile, chiSquareUpper } from '../../stats/chiSquare.ts'
import { fCdf, fQuantile, fUpper } from '../../stats/fDistribution.ts'
import { logGamma } from '../../stats/logGamma.ts'
import { normalCdf } from '../../stats/normalCdf.ts'
import { normalQuantile } from '../../stats/normalQuantile.ts'
import { poissonCdf, poissonQuantile, poissonUpper } from '../../stats/poisson.ts'
import { tCdf } from '../../stats/tCdf.ts'
import { tQuantile } from '../../stats/tQuantile.ts'
import { method } from '../method.ts'
import { columnOption } from './columns.ts'

/** Functions by their names in R; `_upper` is the upper tail P(X > x). Arguments in R's order. */
const functions: Readonly<Record<string, { arity: 1 | 2 | 3; f: (a: number, b: number, c: number) => number }>> = {
  pnorm: { arity: 1, f: (z) => normalCdf(z) },
  pnorm_upper: { arity: 1, f: (z) => normalCdf(-z) },
  qnorm: { arity: 1, f: (p) => normalQuantile(p) },
  pt: { arity: 2, f: tCdf },
  pt_upper: { arity: 2, f: (t, df) => tCdf(-t, df) },
  qt: { arity: 2, f: tQuantile },
  pchisq: { arity: 2, f: chiSquareCdf },
  pchisq_upper: { arity: 2, f: chiSquareUpper },
  qchisq: { arity: 2, f: chiSquareQuantile },
  pf: { arity: 3, f: fCdf },
  pf_upper: { arity: 3, f: fUpper },
  qf: { arity: 3, f: fQuantile },
  pbeta: { arity: 3, f: betaCdf },
  pbeta_upper: { arity: 3, f: (x, a, b) => betaCdf(1 - x, b, a) },
  qbeta: { arity: 3, f: betaQuantile },
  ppois: { arity: 2, f: poissonCdf },
  ppois_upper: { arity: 2, f: poissonUpper },
  qpois: { arity: 2, f: poissonQuantile },
  pbinom: { arity: 3, f: binomialCdf },
  pbinom_upper: { arity: 3, f: binomialUpper },
  qbinom: { arity: 3, f: binomialQuantile },
  lgamma: { arity: 1, f: logGamma },
  c4: { arity: 1, f: c4 },
  d2: { arity: 1, f: d2 },
}

export const distributionMethod = method({
  name: 'distribution',
  summary:
    'Values of distribution functions and quantiles: normal, t, chi-square, F, beta, Poisson, binomial; lgamma, c4, d2',
  options: {
    fn: columnOption('fn', `name of the function: ${Object.keys(functions).join(' ')}`),
    a: columnOption('a', 'first argument: x, quantile or probability'),
    b: columnOption('b', 'second argument: df, first df, first shape, mean, trials (where there is one)'),
    c: columnOption('c', 'third argument: second df, second shape, chance (where there is one)'),
  },
  output: '{ rows: [{ line, fn, a, b, c, value }] }; value is null where it is infinite (a quantile at 0 or 1)',
  source: 'names and order of arguments as in R; _upper is P(X > x). Algorithms: @stdlib, AS 241, Cody 1969, A&S 26',
  run(table, options) {
    const names = texts(table, options.fn)
    const first = completeNumbers(table, options.a)
    const optional = (column: string) => (table.columns.includes(column) ? numbers(table, column) : [])
    const [second, third] = [optional(options.b), optional(options.c)]
    const rows = table.rows.map(({ line }, i) => {
      const name = names[i] ?? ''
      const fault = (code: string, column: string) => new DataError(table.file, [{ code, line, column }])
      const found = Object.hasOwn(functions, name) ? functions[name] : undefined
      if (found === undefined) throw fault('unknown_function', options.fn)
      const [a, b, c] = [first[i] ?? 0, second[i] ?? null, third[i] ?? null]
      if (found.arity >= 2 && b === null) throw fault('missing_value', options.b)
      if (found.arity === 3 && c === null) throw fault('missing_value', options.c)
      try {
        const value = found.f(a, b ?? 0, c ?? 0)
        return { line, fn: name, a, b, c, value: Number.isFinite(value) ? value : null }
      } catch (error) {
        if (error instanceof RangeError)
          throw fault('impossible_argument', options[impossibleArgument(found, b ?? 0, c ?? 0)])
        throw error
      }
    })
    return { rows }
  },
})

/** Which argument a function refuses: the first one after which it works with a harmless one in its place. */
function impossibleArgument({ arity, f }: (typeof functions)[string], b: number, c: number): 'a' | 'b' | 'c' {
  const works = (second: number, third: number) => {
    try {
      f(0.5, second, third)
      return true
    } catch (error) {
      if (error instanceof RangeError) return false
      throw error
    }
  }
  if (arity === 1 || works(b, c)) return 'a'
  return arity === 2 || !works(b, 0.5) ? 'b' : 'c'
}
