import { z } from 'zod'
import { adjustments } from '../../../stats/adjustP.ts'
import { groupNames, threeGroups } from '../../../stats/ranks/threeGroups.ts'
import { texts } from '../../../table/table.ts'
import { method, OptionsError } from '../../method.ts'
import { completeMeasures, refuse } from '../cells.ts'
import { confOption } from '../columns.ts'
import { comparedOptions, comparedUnits } from './compared.ts'
import { rankedUnitsMax } from './rank-sets.ts'

export const threeGroupsMethod = method({
  name: 'three-groups',
  summary: 'Who is clearly above, clearly below, or not distinguishable from the mean of the other units',
  options: {
    adjust: z.enum(adjustments).default('holm').describe('how the tests of all units are held together'),
    conf: confOption.describe('1 − the error that is allowed'),
    peers: z.string().min(1).max(200).optional().describe('column: kind of unit; units are compared within their kind'),
    weight: z.string().min(1).max(200).optional().describe('column: how much a unit counts in the mean of the others'),
    ...comparedOptions,
  },
  output:
    '{ units, adjust, conf, clearly_above, not_distinguishable, clearly_below, rows: [{ line, unit, est, variance, peers, ' +
    'peerMean, difference, se, z, p, pAdjusted, group }] }; peerMean is the mean of the others without the unit itself, ' +
    'difference = est − peerMean; above is better (with "better": "lower" the smaller value); group is null without peers',
  source: 'two-sided z tests, the unit left out of its comparison; adjustment as R p.adjust',
  run(table, options) {
    const { rows, est, variance, spread } = comparedUnits(table, options)
    if (est.length > rankedUnitsMax) throw new OptionsError([{ path: 'est', code: 'too_many_units' }])
    const kinds = options.peers === undefined ? null : texts(table, options.peers)
    const weights = options.weight === undefined ? null : completeMeasures(table, options.weight)
    if (weights !== null) refuse(table, options.weight!, weights, (weight) => (weight >= 0 ? null : 'negative'))
    const used = [...rows.keys()].filter((i) => rows[i]!.est !== null)
    const found = threeGroups(
      used.map((row, at) => ({
        est: est[at]!,
        variance: variance[at]!,
        weight: weights === null ? 1 : weights[row]!,
        kind: kinds === null ? null : kinds[row]!,
      })),
      { conf: options.conf, adjustment: options.adjust },
    )
    const turn = options.better === 'higher' ? 1 : -1
    const turned = found.map((row) => ({
      ...row,
      peerMean: row.peerMean === null ? null : turn * row.peerMean,
      difference: row.difference === null ? null : turn * row.difference,
      z: row.z === null ? null : turn * row.z,
    }))
    const nothing = {
      peers: null,
      peerMean: null,
      difference: null,
      se: null,
      z: null,
      p: null,
      pAdjusted: null,
      group: null,
    }
    return {
      units: est.length,
      adjust: options.adjust,
      conf: options.conf,
      ...Object.fromEntries(groupNames.map((name) => [name, found.filter(({ group }) => group === name).length])),
      rows: spread(turned, nothing),
    }
  },
})
