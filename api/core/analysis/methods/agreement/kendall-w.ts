import { kendallW } from '../../../stats/agreement/kendallW.ts'
import { method } from '../../method.ts'
import { ratersOption, ratings } from './ratings.ts'

export const kendallWMethod = method({
  name: 'kendall-w',
  summary: 'Agreement of raters on an order: Kendall’s W, with its test',
  options: { raters: ratersOption },
  output:
    '{ subjects, raters, missing, w, wUncorrected, chiSquare, df, p, meanSpearman }; w is corrected for ties, null when every ' +
    'rater gives all subjects the same; missing counts the subjects left out',
  source: 'Kendall & Babington Smith 1939; R irr kendall(correct = TRUE)',
  run(table, options) {
    const { rows, missing } = ratings(table, options.raters)
    return { ...kendallW(rows), missing }
  },
})
