import { expect, it } from 'vitest'
import { placeholders } from '../../../web/i18n/i18n.ts'
import { en } from '../../../web/i18n/indices.en.ts'
import { vi } from '../../../web/i18n/indices.vi.ts'

const keys = Object.keys(vi) as (keyof typeof vi)[]

it('the index pages say the same in both languages: keys, what is filled in, nothing empty', () => {
  expect(Object.keys(en).sort()).toEqual(Object.keys(vi).sort())
  expect(keys.filter((key) => placeholders(vi[key]).join() !== placeholders(en[key]).join())).toEqual([])
  expect(keys.filter((key) => [vi[key], en[key]].some((text) => text === '' || text !== text.trim()))).toEqual([])
})

it('no text of ours calls our number PAPI or PCI', () => {
  const named = keys.filter((key) => /PAPI|PCI/.test(vi[key]))
  // where the names stand, the sentence says that our numbers are something else
  expect(named.filter((key) => !/không phải|chính thức/.test(vi[key]))).toEqual([])
})
