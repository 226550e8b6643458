import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { PaperPass } from '../../../web/office/api/paper.ts'
import { createTypedDraft, forgetTypedDrafts } from '../../../web/office/paper/draft.ts'
import { fakeStorage } from '../offline/fake-device.ts'

const DAY_MS = 86_400_000
const AT = '2026-11-20T02:00:00.000Z'
const pass = (enteredAt: string | null = null): PaperPass => ({
  campaign: { id: 7, title: 'Khảo sát doanh nghiệp', closesOn: '2026-12-31' },
  case: { id: 5, code: '0900000005', state: 'open', form: 'A' },
  questionnaire: { definition: {} as PaperPass['questionnaire']['definition'] },
  units: [],
  passes: enteredAt === null ? [] : [{ pass: 1, typist: 'Hạnh', isOwn: true, enteredAt }],
  pass: 1,
  answers: null,
})
let storage: Storage

beforeEach(() => {
  storage = fakeStorage()
  vi.stubGlobal('window', { localStorage: storage })
})
afterEach(() => {
  vi.unstubAllGlobals()
})

it('what is typed is kept for its typist and form alone, without the code of the firm', () => {
  createTypedDraft('hanh', pass()).keep({ P_YEAR: 2011 }, 3)
  expect(createTypedDraft('hanh', pass()).read()).toMatchObject({ answers: { P_YEAR: 2011 }, at: 3 })
  expect(createTypedDraft('lan', pass()).read()).toBeNull()
  expect(createTypedDraft('hanh', { ...pass(), pass: 2 }).read()).toBeNull()
  const kept = Object.keys(storage).map((key) => `${key} ${storage.getItem(key)}`)
  expect(kept.join()).not.toContain('0900000005')
})

it('what was typed before the pass was saved anew elsewhere is not shown', () => {
  createTypedDraft('hanh', pass(AT)).keep({ P_YEAR: 2011 }, 3)
  expect(createTypedDraft('hanh', pass('2026-11-21T02:00:00.000Z')).read()).toBeNull()
  expect(createTypedDraft('hanh', pass(AT)).read()).toBeNull()
})

it('signing out forgets what somebody typed, and two weeks what anybody did', () => {
  createTypedDraft('hanh', pass(), () => 0).keep({ P_YEAR: 2011 }, 3)
  createTypedDraft('lan', pass(), () => 13 * DAY_MS).keep({ P_YEAR: 2012 }, 1)
  createTypedDraft('minh', pass(), () => 15 * DAY_MS)
  expect(createTypedDraft('hanh', pass(), () => 0).read()).toBeNull()
  expect(createTypedDraft('lan', pass(), () => 15 * DAY_MS).read()).not.toBeNull()
  forgetTypedDrafts('lan')
  expect(createTypedDraft('lan', pass(), () => 15 * DAY_MS).read()).toBeNull()
})
