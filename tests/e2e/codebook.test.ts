import { resolve } from 'node:path'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { columnOf, entriesByPart, PARTS, plainColumn } from '../../api/core/export/columns.ts'
import { designColumns } from '../../api/exports/survey-columns.ts'
import { shippedQuestionnaires } from '../../db/seeds/questionnaires/shipped.ts'
import type { Campaign } from '../../web/office/api/campaign-types.ts'
import type { Codebook } from '../../web/office/api/codebook.ts'
import { launchBrowser } from '../support/chromium.ts'
import { PEOPLE, startFakeOffice } from '../support/fake-office-api.ts'
import { wcagFaults } from './axe.ts'

/** The codebook of the business survey as it ships, with a frame of two attributes. */
const questionnaire = shippedQuestionnaires.find(({ code }) => code === 'business-survey')!
const entries = entriesByPart(questionnaire)
const lists = {
  strata: ['Cổ phần | Dưới 10 lao động', 'TNHH | Từ 10 lao động'],
  psus: [],
  attributes: [{ name: 'Ngành', values: Array.from({ length: 25 }, (_, i) => `Ngành ${i + 1}`) }],
  forms: questionnaire.forms ?? [],
}
const book: Codebook = {
  campaign: { id: 7, title: 'Khảo sát doanh nghiệp Hưng Yên 2026' },
  questionnaire: questionnaire,
  answers: 12_345,
  risk: { attributes: ['Loại hình', 'Ngành'], minimum: 10, small: 41, alone: 3 },
  parts: PARTS.filter((part) => entries[part].length > 0).map((part) => ({
    part,
    withheld: part === 'texts' ? 'until_closed' : null,
    columns: [
      ...(part === 'answers' ? designColumns(lists) : []),
      ...(part === 'texts'
        ? [plainColumn('text', 'câu trả lời', 'what was written', { kind: 'text' })]
        : entries[part].map((entry) => columnOf(entry, []))),
    ].map((column) => ({ ...column, values: [...column.values] })),
  })),
}
const campaign: Campaign = {
  id: 7,
  title: book.campaign.title,
  population: 'business',
  questionnaire: { code: questionnaire.code, version: questionnaire.version },
  state: 'closed',
  opensOn: '2026-09-01',
  closesOn: '2026-10-01',
  fromMonth: '2026-07',
  toMonth: '2026-08',
  createdAt: '2026-08-01T08:00:00Z',
  openedAt: '2026-09-01T08:00:00Z',
  closedAt: '2026-10-02T08:00:00Z',
  revision: 3,
  design: null,
  quotas: [],
  frame: null,
  sample: null,
}
let browser: Browser
let office: Awaited<ReturnType<typeof startFakeOffice>>

beforeAll(async () => {
  office = await startFakeOffice(resolve(import.meta.dirname, '../../dist/client'))
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await office?.close()
})

async function open(person: string, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, ...options })
  await context.addCookies([{ name: 'office', value: encodeURIComponent(person), url: office.origin }])
  await context.route('**/api/campaigns/7', (route) => route.fulfill({ json: campaign }))
  await context.route('**/api/campaigns/7/codebook', (route) => route.fulfill({ json: book }))
  const page = await context.newPage()
  await page.goto(`${office.origin}/khao-sat/7/so-ma`)
  return page
}

test('every column and code is there with its words, and how easily a row could be known', async () => {
  const page = await open(PEOPLE.administrator)
  await page.getByRole('heading', { name: `Sổ mã: ${campaign.title}`, exact: true }).waitFor()
  await page.getByText('41 trong 12.345 phiếu').waitFor()
  const answers = page.getByRole('region', { name: /^Phiếu: mỗi dòng một phiếu/ })
  for (const { name } of book.parts[0]!.columns)
    expect(await answers.getByRole('rowheader', { name, exact: true }).count(), name).toBe(1)
  expect(await answers.getByText('… và 5 mã khác').count()).toBe(1)
  expect(await page.getByRole('rowheader', { name: 'not_asked' }).count()).toBe(1)
  await page.context().close()
})

test('each part is fetched in every format it has, by links that name it, and what waits for the end says so', async () => {
  const page = await open(PEOPLE.administrator)
  const link = page.getByRole('link', { name: /^SPSS.*Câu hỏi nhạy cảm, để riêng$/ })
  expect(await link.getAttribute('href')).toBe('/api/campaigns/7/export?part=sensitive&format=sav&labels=vi')
  expect(await page.getByRole('link', { name: /Chữ tự viết/ }).count()).toBe(0)
  await page.getByText('Tải được khi đợt khảo sát đã đóng', { exact: false }).waitFor()
  await page.context().close()
})

test.each([360, 768, 1366])(
  'at %i pixels it keeps WCAG 2.2 AA and scrolls nowhere but in its tables',
  async (width) => {
    const page = await open(PEOPLE.administrator, { viewport: { width, height: 800 }, reducedMotion: 'reduce' })
    await page.getByRole('heading', { name: 'Không có giá trị' }).waitFor()
    expect(await wcagFaults(page)).toEqual([])
    expect(await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0)
    await page.context().close()
  },
)
