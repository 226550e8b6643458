import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { definitionJsonSchema } from '../../../api/core/index/definition.ts'
import { validateDefinition } from '../../../api/core/index/validate.ts'
import type { Questionnaire } from '../../../api/core/questionnaire/definition.ts'
import { shippedIndices } from '../../../db/seeds/indices/shipped.ts'
import { shippedInstruments } from '../../../db/seeds/instruments/shipped.ts'
import { shippedSources } from '../../../db/seeds/item-sources.ts'
import { flatIndex } from './small.ts'

const label = { vi: 'Tên', en: 'Name' }
const good = flatIndex({ A: {}, B: {} })
const node = (code: string, parent: string | null) => ({ code, parent, aggregate: 'mean', label, source: 'test' })
const leaf = (code: string, parent: string, more: object = {}) => ({
  code,
  parent,
  direction: 'higher',
  normalise: { method: 'none' },
  label,
  source: 'test',
  ...more,
})
const band = (code: string, from: number) => ({ code, from, label })
const blank = (code: string, parent: string | null) => ({ code, parent, label, reason: label, source: 'test' })
const word = (code: string) => ({ code, text: label })
/** A survey with a choice, a matrix of a scale, and a number. */
const firms = {
  code: 'firms',
  sections: [
    {
      code: 'one',
      title: label,
      items: [
        { code: 'SECTOR', type: 'single', options: [word('a'), word('b')] },
        {
          code: 'ROWS',
          type: 'matrix',
          options: [word('3'), word('2'), word('1')],
          rows: [word('ROW_1'), word('ROW_2')],
        },
        { code: 'DAYS', type: 'number' },
      ],
    },
  ],
} as unknown as Questionnaire
const faults = (value: unknown) =>
  validateDefinition(value, [...shippedInstruments, firms]).map(({ path, code }) => `${path}: ${code}`)

describe('validateDefinition', () => {
  it('finds nothing wrong with a good definition', () => {
    expect(faults(good)).toEqual([])
  })

  it.each<[string, unknown, string[]]>([
    ['no object', 3, [': wrong_type']],
    [
      'unknown and missing fields',
      { ...good, colour: 1, id: undefined },
      ['id: missing_field', 'colour: unknown_field'],
    ],
    [
      'two roots',
      { ...good, nodes: [...good.nodes, node('U', null)], indicators: [...good.indicators, leaf('C', 'U')] },
      ['nodes.1.parent: second_root'],
    ],
    ['no root', { ...good, nodes: [node('T', 'T')] }, ['nodes: no_root', 'nodes.0.parent: cycle']],
    [
      'a cycle beside the root',
      { ...good, nodes: [...good.nodes, node('U', 'V'), node('V', 'U')] },
      ['nodes.1.parent: cycle', 'nodes.2.parent: cycle'],
    ],
    [
      'parents that are none',
      { ...good, indicators: [...good.indicators, leaf('C', 'A'), leaf('D', 'X')] },
      ['indicators.2.parent: parent_is_indicator', 'indicators.3.parent: unknown_parent'],
    ],
    [
      'a code twice',
      { ...good, indicators: [...good.indicators, leaf('A', 'T')] },
      ['indicators.2.code: duplicate_code'],
    ],
    ['a node without children', { ...good, nodes: [...good.nodes, node('U', 'T')] }, ['nodes.1: no_children']],
    ['weights of zero', flatIndex({ A: { weight: 0 }, B: { weight: 0 } }), ['nodes.0: weights_zero']],
    ['a negative weight', flatIndex({ A: { weight: -1 } }), ['indicators.0.weight: too_small']],
    [
      'ranges that span nothing',
      flatIndex({
        A: { range: [5, 1], normalise: { method: 'min-max', to: [1, 1], bounds: { mode: 'fixed', min: 2, max: 2 } } },
      }),
      [
        'indicators.0.normalise.to: empty_range',
        'indicators.0.normalise.bounds: empty_range',
        'indicators.0.range: empty_range',
      ],
    ],
    [
      'goalposts without bounds',
      flatIndex({ A: { normalise: { method: 'goalposts' } } }),
      ['indicators.0.normalise.bounds: bounds_needed'],
    ],
    [
      'an aggregation that is none',
      { ...good, nodes: [{ ...node('T', null), aggregate: 'median' }] },
      ['nodes.0.aggregate: unknown_value'],
    ],
    [
      'a power without a number',
      { ...good, nodes: [{ ...node('T', null), aggregate: { power: 'x' } }] },
      ['nodes.0.aggregate.power: wrong_type'],
    ],
    [
      'items and options that are not in the instrument',
      {
        ...good,
        indicators: [
          leaf('A', 'T', { from: { instrument: 'none', item: 'OVERALL', statistic: 'mean' } }),
          leaf('B', 'T', { from: { instrument: 'dossier-rating', item: 'NOPE', statistic: 'mean' } }),
          leaf('C', 'T', {
            from: { instrument: 'dossier-rating', item: 'OVERALL', statistic: 'share', options: ['5', '9'] },
          }),
          leaf('D', 'T', { from: { instrument: 'dossier-rating', item: 'OVERALL', statistic: 'ratio' } }),
        ],
      },
      [
        'indicators.0.from.instrument: unknown_instrument',
        'indicators.1.from.item: unknown_item',
        'indicators.2.from.options.1: unknown_option',
        'indicators.3.from.over: over_needed',
      ],
    ],
    [
      'statistics that an item cannot give',
      {
        ...good,
        indicators: [
          leaf('A', 'T', { from: { instrument: 'dossier-rating', item: 'COMMENT', statistic: 'share' } }),
          leaf('B', 'T', { from: { instrument: 'dossier-rating', item: 'Q_INFO', statistic: 'top2' } }),
          leaf('C', 'T', { from: { instrument: 'firms', item: 'SECTOR', statistic: 'share' } }),
          leaf('D', 'T', { from: { instrument: 'firms', item: 'ROW_2', statistic: 'top2' } }),
          leaf('E', 'T', { from: { instrument: 'firms', item: 'DAYS', statistic: 'median' } }),
        ],
      },
      [
        'indicators.0.from.statistic: statistic_unfit',
        'indicators.1.from.statistic: statistic_unfit',
        'indicators.2.from.options: options_needed',
      ],
    ],
    [
      'bands that do not fall and codes used twice',
      { ...good, nodes: [{ ...node('T', null), bands: [band('good', 1), band('fair', 2)] }] },
      ['nodes.0.bands: bands_disordered'],
    ],
    [
      'blanks under nothing and with the code of a row',
      { ...good, blanks: [blank('A', 'T'), blank('X', 'Y'), blank('Z', 'X')] },
      ['blanks.0.code: duplicate_code', 'blanks.1.parent: unknown_parent'],
    ],
    [
      'a source with a field that is not known',
      { ...good, indicators: [leaf('A', 'T', { from: { hard: 'x', soft: 'y' } })] },
      ['indicators.0.from.soft: unknown_field'],
    ],
  ])('names %s with its path', (_, value, want) => {
    expect(faults(value).toSorted()).toEqual(want.toSorted())
  })

  it('stops listing at a hundred faults', () => {
    const many = Array.from({ length: 300 }, (_, i) => leaf(`X${i}`, 'nowhere'))
    expect(faults({ ...good, indicators: many })).toHaveLength(100)
  })
})

describe('shipped editions', () => {
  it.each(shippedIndices.map((definition) => [definition.id, definition] as const))('%s holds', (_, definition) => {
    expect(validateDefinition(definition, shippedSources)).toEqual([])
  })

  it('have ids of their own', () => {
    expect(new Set(shippedIndices.map(({ id }) => id)).size).toBe(shippedIndices.length)
  })

  it('the published JSON Schema is that of the code', () => {
    const file = 'db/seeds/indices/definition.schema.json'
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(JSON.parse(JSON.stringify(definitionJsonSchema())))
  })
})
