import { describe, expect, it } from 'vitest'
import { definitionOf, isLeaf, numberOf, withoutRow, withRow } from '../../../web/office/indices/edition-draft.ts'
import { placeOf, rowOf } from '../../../web/office/indices/edition-faults.ts'
import { chooseEdition, groupOf } from '../../../web/office/indices/choose-edition.ts'
import { mergeOfficial } from '../../../web/office/indices/official-choice.ts'
import type { EditionRow, IndexDefinition } from '../../../web/office/indices/types.ts'
import { smallEdition } from '../../api/index-world.ts'

const definition = smallEdition('thu', '1') as IndexDefinition
const edition = (id: string, state: EditionRow['state'], version = '1') =>
  ({ id, edition: version, state, official: id.startsWith('papi-2') }) as EditionRow

describe('choosing an edition', () => {
  const all = [edition('papi-2021', 'shipped'), edition('papi-like-ratings', 'shipped'), edition('rieng', 'draft')]

  it('takes what the address asks for, else the usual one, and never a draft', () => {
    expect(chooseEdition(all, 'papi-2021', '1')?.id).toBe('papi-2021')
    expect(chooseEdition(all, 'rieng', '1')?.id).toBe('papi-like-ratings')
    expect(chooseEdition([edition('rieng', 'draft')], undefined, undefined)).toBeNull()
  })

  it('tells whose an edition is', () => {
    expect(all.map(groupOf)).toEqual(['official', 'near', 'own'])
  })
})

describe('changing a draft', () => {
  it('reads numbers with a comma or a point, and nothing else as one', () => {
    expect([numberOf('2,5'), numberOf(' 2.5 '), numberOf('0')]).toEqual([2.5, 2.5, 0])
    expect([numberOf(''), numberOf('hai'), numberOf('1.000,5')]).toEqual([Number.NaN, Number.NaN, Number.NaN])
  })

  it('changes one row and leaves every other what it was', () => {
    const changed = withRow(definition, 'indicators', 1, { weight: 2.5, vi: 'Khác', direction: 'lower' })
    expect(changed.indicators[1]).toMatchObject({
      weight: 2.5,
      direction: 'lower',
      label: { vi: 'Khác', en: 'Trial index' },
    })
    expect(changed.indicators[0]).toBe(definition.indicators[0])
    expect(changed.nodes).toBe(definition.nodes)
    expect(definition.indicators[1]?.weight).toBeUndefined()
  })

  it('lets go only of rows that nothing hangs from', () => {
    expect(isLeaf(definition, 'INFO')).toBe(false)
    expect(isLeaf(definition, 'I1')).toBe(true)
    expect(withoutRow(definition, 'indicators', 0).indicators.map(({ code }) => code)).toEqual(['I2', 'G1'])
  })

  it('takes JSON of an object and nothing else', () => {
    expect(definitionOf('{"id":"x"}')).toEqual({ id: 'x' })
    expect(['[]', 'null', '{', '1'].map(definitionOf)).toEqual([null, null, null, null])
  })

  it('finds the row and field of a fault, however the server writes its place', () => {
    const at = (path: string) => rowOf(placeOf({ path, code: 'too_small' }))
    expect(at('definition.indicators.2.weight')).toEqual({ list: 'indicators', at: 2, field: 'weight' })
    expect(at('nodes.0')).toEqual({ list: 'nodes', at: 0, field: '' })
    expect(at('definition')).toBeNull()
  })
})

it('editions of a published index are one series', () => {
  const row = (index: string, version: string, nodes: string[]) => ({
    index,
    edition: version,
    fromYear: 2020,
    toYear: 2021,
    units: 63,
    nodes,
  })
  expect(
    mergeOfficial([row('papi', 'a', ['D1', 'D5']), row('pci', 'a', ['PCI']), row('papi', 'b', ['D5', 'D7'])]),
  ).toEqual([
    { index: 'papi', nodes: ['D1', 'D5', 'D7'] },
    { index: 'pci', nodes: ['PCI'] },
  ])
})
