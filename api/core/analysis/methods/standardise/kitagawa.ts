import { z } from 'zod'
import { kitagawa } from '../../../stats/standardise/kitagawa.ts'
import { DataError } from '../../../table/data-error.ts'
import { method } from '../../method.ts'
import { completeMeasures, completeTexts, measures, refuse } from '../cells.ts'
import { columnOption, unitOption } from '../columns.ts'
import { unitRows } from './groups.ts'

export const kitagawaMethod = method({
  name: 'kitagawa',
  summary: 'Change of an overall mean split into the mix of groups and what happened inside them',
  options: {
    parts: z.enum(['two', 'three']).default('two').describe('"three" adds the interaction of mix and rate'),
    group: columnOption('group', 'the group'),
    mix0: columnOption('mix0', 'size or share of the group at first, ≥ 0'),
    mix1: columnOption('mix1', 'size or share of the group later, ≥ 0'),
    mean0: columnOption('mean0', 'mean or rate of the group at first; may be missing where mix0 is 0'),
    mean1: columnOption('mean1', 'mean or rate of the group later; may be missing where mix1 is 0'),
    unit: unitOption,
  },
  output:
    '{ parts, rows: [{ unit, total0, total1, change, mix, rate, interaction }], groups: [{ unit, group, mix, rate, interaction }] }; ' +
    'change = mix + rate + interaction; interaction is 0 with two parts',
  source: 'Kitagawa, JASA 50 (1955)',
  run(table, options) {
    const names = completeTexts(table, options.group)
    const mixes = [options.mix0, options.mix1].map((name) => {
      const sizes = completeMeasures(table, name)
      refuse(table, name, sizes, (size) => (size >= 0 ? null : 'negative'))
      return sizes
    })
    const means = [options.mean0, options.mean1].map((name, time) => {
      const values = measures(table, name)
      const lacking = table.rows.filter((_, i) => values[i] === null && mixes[time]![i]! > 0)
      if (lacking.length > 0)
        throw new DataError(
          table.file,
          lacking.map(({ line }) => ({ code: 'missing_value', line, column: name })),
        )
      return values
    })
    const found = unitRows(table, options.unit, [options.group]).map(({ unit, rows }) => {
      for (const [time, column] of [options.mix0, options.mix1].entries())
        if (!rows.some((row) => mixes[time]![row]! > 0))
          throw new DataError(table.file, [{ code: 'weights_of_zero', line: table.rows[rows[0]!]!.line, column }])
      const cells = rows.map((row) => ({
        group: names[row]!,
        mix0: mixes[0]![row]!,
        mix1: mixes[1]![row]!,
        mean0: means[0]![row] ?? null,
        mean1: means[1]![row] ?? null,
      }))
      return { unit, ...kitagawa(cells, options.parts) }
    })
    return {
      parts: options.parts,
      rows: found.map(({ unit, total0, total1, change, mix, rate, interaction }) => ({
        unit,
        total0,
        total1,
        change,
        mix,
        rate,
        interaction,
      })),
      groups: found.flatMap(({ unit, groups }) => groups.map((group) => ({ unit, ...group }))),
    }
  },
})
