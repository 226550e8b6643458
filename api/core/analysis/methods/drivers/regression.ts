import { SingularError } from '../../../stats/drivers/covariance.ts'
import { regression } from '../../../stats/drivers/regression.ts'
import { DataError } from '../../../table/data-error.ts'
import type { Table } from '../../../table/table.ts'
import { method } from '../../method.ts'
import { confOption } from '../columns.ts'
import { type Model, modelOptions, readModel } from './read.ts'

export const regressionMethod = method({
  name: 'regression',
  summary: 'Linear regression by (weighted) least squares: coefficients with errors, R², variance inflation',
  options: { ...modelOptions, conf: confOption },
  output:
    '{ y, n, missing, df, r2, adjustedR2, sigma, f, p, coefficients: [{ term, estimate, se, t, p, lo, hi, beta, vif }] }; the ' +
    'first term is "(intercept)", absent for a matrix; beta: standardised',
  source: 'R lm, summary.lm; car vif',
  run: (table, options) => {
    const model = readModel(table, options)
    return { y: model.names[0], missing: model.missing, ...regressionTable(table, model, options.conf) }
  },
})

/** A regression as rows. @throws DataError `collinear` */
export function regressionTable(table: Table, { names, moments }: Model, conf: number) {
  const { intercept, slopes, ...whole } = collinearAsFault(table, () => regression(moments, conf))
  return {
    ...whole,
    coefficients: [
      ...(intercept === null ? [] : [{ term: '(intercept)', ...intercept, beta: null, vif: null }]),
      ...slopes.map((slope, j) => ({ term: names[j + 1], ...slope })),
    ],
  }
}

/** @throws DataError `collinear` where the work finds variables that determine each other */
export function collinearAsFault<T>(table: Table, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof SingularError)
      throw new DataError(table.file, [{ code: 'collinear', line: null, column: null }])
    throw error
  }
}
