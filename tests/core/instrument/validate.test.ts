import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { canonicalText } from '../../../api/core/instrument/canonical.ts'
import { parseInstrument, validateInstrument } from '../../../api/core/instrument/validate.ts'
import { ratingJson } from './rating.ts'

type Loose = { [key: string]: Loose } & Loose[]

function spoiled(spoil: (definition: Loose) => void): string[] {
  const definition = ratingJson() as unknown as Loose
  spoil(definition)
  return validateInstrument(definition).map((issue) => `${issue.path} ${issue.code}`)
}
const item = (definition: Loose, section: number, place: number) => definition['sections']![section]!['items']![place]!

describe('validateInstrument', () => {
  it('finds nothing wrong with the published questionnaire', () => {
    expect(validateInstrument(ratingJson())).toEqual([])
  })

  it.each([
    [
      'a missing English text',
      (d: Loose) => delete (item(d, 1, 0)['text'] as never)['en'],
      'sections.1.items.0.text.en missing_text',
    ],
    [
      'a code used twice',
      (d: Loose) => (item(d, 1, 1)['code'] = 'T3' as never),
      'sections.1.items.1.code duplicate_code',
    ],
    [
      'an item nobody is rated by',
      (d: Loose) => (item(d, 1, 0)['rates'] = 'nobody' as never),
      'sections.1.items.0.rates bad_rates',
    ],
    [
      'options that are all favourable',
      (d: Loose) => (item(d, 1, 3)['options']![1]!['favourable'] = true as never),
      'sections.1.items.3.options no_favourable_split',
    ],
    [
      'points on some options only',
      (d: Loose) => delete (item(d, 1, 0)['options']![1] as never)['points'],
      'sections.1.items.0.options points_missing',
    ],
    [
      'an item threshold below ten',
      (d: Loose) => (item(d, 1, 12)['minimum'] = 9 as never),
      'sections.1.items.12.minimum bad_minimum',
    ],
    [
      'a rotation set of six',
      (d: Loose) => (d['rotation']!['citizen']![0] = ['T3', 'T4', 'T7', 'Q_INFO', 'Q_FEES', 'Q_WINDOWS'] as never),
      'rotation.citizen.0 bad_set_size',
    ],
    [
      'a business item in a citizen set',
      (d: Loose) => (d['rotation']!['citizen']![0] = ['B_TIME'] as never),
      'rotation.citizen.0 unknown_item',
    ],
    ['a field nobody knows', (d: Loose) => (d['colour'] = 'red' as never), 'colour unknown_field'],
  ])('refuses %s', (_name, spoil, issue) => {
    expect(spoiled(spoil)).toContain(issue)
  })

  it.each([null, 7, 'x', [], {}])('gives issues and never throws for %j', (value) => {
    expect(validateInstrument(value).length).toBeGreaterThan(0)
    expect(() => parseInstrument(value)).toThrow(RangeError)
  })
})

describe('canonicalText', () => {
  it('is the same text for the same content in another key order', () => {
    expect(canonicalText({ b: [1, 'ố'], a: { d: 1, c: 2 } })).toBe('{"a":{"c":2,"d":1},"b":[1,"ố"]}')
  })

  it('pins the published version: an edit needs a new version, not a new hash', () => {
    const hash = createHash('sha256').update(canonicalText(ratingJson())).digest('hex')
    expect(hash).toBe('279efd10e2e64d08573cfdfbd721794d927b10613673a14c1eccfca614b10465')
  })

  it('refuses what JSON cannot hold', () => {
    expect(() => canonicalText(undefined)).toThrow(RangeError)
  })
})
