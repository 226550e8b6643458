import { z } from 'zod'
import { chiSquareQuantile } from '../../../stats/chiSquare.ts'
import {
  answerRuns,
  evenOdd,
  mahalanobis,
  pairAgreement,
  relatedItems,
  responseVariability,
} from '../../../stats/integrity/careless.ts'
import { DataError } from '../../../table/data-error.ts'
import { numberOf } from '../../../table/table.ts'
import { method, OptionsError } from '../../method.ts'
import { measures, rowNames } from '../cells.ts'
import { unitOption } from '../columns.ts'

/** Every pair of items is looked at for every person. */
const answersMax = 5_000_000

export const carelessMethod = method({
  name: 'careless',
  summary: 'Signs of careless answering per person: longstring, IRV, even–odd, Mahalanobis, synonyms and antonyms',
  options: {
    items: z
      .array(z.string().min(1).max(200))
      .min(2)
      .max(300)
      .optional()
      .describe(
        'columns of answers in the order of the questionnaire; default all columns of numbers but "row" and "id"',
      ),
    scales: z
      .array(z.int().min(2).max(300))
      .min(2)
      .max(150)
      .optional()
      .describe('numbers of items of the scales, which follow each other; needed for evenOdd'),
    least: z
      .number()
      .gt(0)
      .lt(1)
      .default(0.6)
      .describe('correlation above which items are synonyms (below −: antonyms)'),
    conf: z
      .number()
      .gt(0)
      .lt(1)
      .default(0.99)
      .describe('share of careful people whose Mahalanobis distance is below the cut'),
    unit: unitOption,
  },
  output:
    '{ people, items, synonyms, antonyms, mahalanobisCut, rows: [{ line, unit, answered, longstring, averageString, irv, evenOdd, ' +
    'mahalanobis, mahalanobisFlag, psychsyn, psychant }] }; mahalanobis is D²; for evenOdd more is more careless; null where ' +
    'nothing can be told (no variation, too few pairs, items that determine each other)',
  source: 'R careless 1.2.2 longstring, irv, evenodd, mahad, psychsyn, psychant; Meade & Craig 2012, Dunn et al. 2018',
  run(table, options) {
    const numeric = (at: number) => table.rows.every(({ cells }) => typeof numberOf(cells[at] ?? '') !== 'string')
    const names =
      options.items ?? table.columns.filter((name, at) => !['row', 'id', options.unit].includes(name) && numeric(at))
    if (names.length < 2) throw new OptionsError([{ path: 'items', code: 'too_small' }])
    const used = (options.scales ?? []).reduce((total, length) => total + length, 0)
    if (used > names.length) throw new OptionsError([{ path: 'scales', code: 'too_big' }])
    if (names.length ** 2 * table.rows.length > answersMax * 10)
      throw new DataError(table.file, [{ code: 'too_many_rows', line: null, column: null }])
    const columns = names.map((name) => measures(table, name))
    const people = table.rows.map((_, i) => columns.map((column) => column[i]!))
    const [synonyms, antonyms] = (['synonyms', 'antonyms'] as const).map((kind) =>
      relatedItems(people, options.least, kind),
    )
    const distances = mahalanobis(people)
    const cut = chiSquareQuantile(options.conf, names.length)
    const units = rowNames(table, options.unit)
    return {
      people: people.length,
      items: names.length,
      synonyms: synonyms!.length,
      antonyms: antonyms!.length,
      mahalanobisCut: cut,
      rows: people.map((answers, i) => {
        const runs = answerRuns(answers)
        const distance = distances[i] ?? null
        return {
          line: table.rows[i]!.line,
          unit: units[i] ?? null,
          answered: answers.filter((answer) => answer !== null).length,
          longstring: runs?.longest ?? null,
          averageString: runs?.average ?? null,
          irv: responseVariability(answers),
          evenOdd: options.scales === undefined ? null : evenOdd(answers, options.scales),
          mahalanobis: distance,
          mahalanobisFlag: distance === null ? null : distance > cut,
          psychsyn: pairAgreement(answers, synonyms!).r,
          psychant: pairAgreement(answers, antonyms!).r,
        }
      }),
    }
  },
})
