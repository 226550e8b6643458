import { intraclassCorrelations } from '../../../stats/agreement/icc.ts'
import { method } from '../../method.ts'
import { confOption } from '../columns.ts'
import { ratersOption, ratings } from './ratings.ts'

export const iccMethod = method({
  name: 'icc',
  summary: 'Intraclass correlations of raters: the six forms of Shrout & Fleiss with test and interval',
  options: { raters: ratersOption, conf: confOption },
  output:
    '{ subjects, raters, missing, conf, msSubjects, msWithin, msRaters, msResidual, rows: [{ form, icc, f, df1, df2, p, lo, hi }] }; ' +
    'ICC1 raters differ by subject, ICC2 raters at random, ICC3 these raters; …k the mean of all raters; missing counts the ' +
    'subjects left out; null where it does not exist',
  source: 'Shrout & Fleiss 1979 (there .17 .29 .71 .44 .62 .91), McGraw & Wong 1996; R psych ICC',
  run(table, options) {
    const { rows, missing } = ratings(table, options.raters)
    const { forms, ...found } = intraclassCorrelations(rows, options.conf)
    return { ...found, missing, conf: options.conf, rows: forms }
  },
})
