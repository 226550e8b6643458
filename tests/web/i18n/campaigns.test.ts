import { globSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it, test } from 'vitest'
import type { AllocationFault } from '../../../api/core/sampling/allocate.ts'
import type { DesignFault } from '../../../api/core/sampling/campaign-design.ts'
import type { FrameIssueCode } from '../../../api/core/sampling/frame.ts'
import { en } from '../../../web/i18n/campaigns.en.ts'
import { vi } from '../../../web/i18n/campaigns.vi.ts'
import { placeholders } from '../../../web/i18n/i18n.ts'
import { ROLES } from '../../../web/office/campaigns/columns.ts'

const keys = Object.keys(vi) as (keyof typeof vi)[]

describe('the two languages of the pages of campaigns', () => {
  it('have the same keys and placeholders', () => {
    expect(Object.keys(en).sort()).toEqual(Object.keys(vi).sort())
    expect(keys.filter((key) => placeholders(vi[key]).join() !== placeholders(en[key]).join())).toEqual([])
  })

  it('leave no text empty, no space at an end, and are written in composed letters', () => {
    const clean = (text: string) => text !== '' && text === text.trim() && text === text.normalize('NFC')
    expect(keys.filter((key) => !clean(vi[key]) || !clean(en[key]))).toEqual([])
  })

  it('speak to officials, never with the intimate "bạn"', () => {
    expect(keys.filter((key) => /(^|\s)bạn(\s|[.,]|$)/i.test(vi[key]))).toEqual([])
  })

  it('hold nothing that no page says', () => {
    const root = resolve(import.meta.dirname, '../../../web/office/campaigns')
    const sources = globSync('*.{ts,tsx}', { cwd: root }).map((file) => readFileSync(join(root, file), 'utf8'))
    const source = sources.join('\n')
    // a key is named whole, or by a beginning that a template completes
    const begins = [...source.matchAll(/`([a-z][\w.]*\.)\$\{/gi)].map((match) => match[1] ?? '')
    const ends = [...source.matchAll(/`([a-z]+\.)\$\{[^}]+\}(\.\w+)`/gi)].map((match) => match[2] ?? '')
    const said = (key: string) =>
      source.includes(`'${key}'`) ||
      begins.some((begin) => key.startsWith(begin)) ||
      ends.some((end) => key.endsWith(end))
    expect(keys.filter((key) => !said(key))).toEqual([])
  })
})

const missing = (wanted: readonly string[]) => wanted.filter((key) => !(key in vi))

test('every fault of a row of a frame has a sentence', () => {
  const codes = {
    required: 1,
    too_long: 1,
    bad_number: 1,
    bad_text: 1,
    duplicate_code: 1,
    size_differs: 1,
    unknown_commune: 1,
    ambiguous_commune: 1,
    too_many_strata: 1,
    too_many_classes: 1,
    cell_count: 1,
    unclosed_quote: 1,
    record_too_long: 1,
  } satisfies Record<FrameIssueCode, 1>
  expect(missing(Object.keys(codes).map((code) => `row.${code}`))).toEqual([])
})

test('every fault of a sampling plan or of a design has a sentence', () => {
  const plan = {
    total_too_large: 1,
    total_too_small: 1,
    unknown_certainty: 1,
    empty_stratum: 1,
    stratum_not_allocated: 1,
    stratum_too_small: 1,
    duplicate_stratum: 1,
  } satisfies Record<AllocationFault['code'], 1>
  const design = {
    psu_needed: 1,
    per_unit_needed: 1,
    no_contact_column: 1,
    attribute_is_contact: 1,
    code_is_class: 1,
  } satisfies Record<DesignFault['code'], 1>
  expect(missing(Object.keys({ ...plan, ...design }).map((code) => `fault.${code}`))).toEqual([])
})

test('every role of a column has a name', () => {
  expect(missing(ROLES.map((role) => `role.${role}`))).toEqual([])
})
