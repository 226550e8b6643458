import { resolve } from 'node:path'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { shippedQuestionnaires } from '../../db/seeds/questionnaires/shipped.ts'
import { launchBrowser } from '../support/chromium.ts'
import { PEOPLE, startFakeOffice } from '../support/fake-office-api.ts'
import { wcagFaults } from './axe.ts'

const definition = shippedQuestionnaires.find(({ code }) => code === 'business-survey')!
const AT = '2026-11-20T02:00:00.000Z'
const form = {
  case: { id: 5, code: '0900000005', state: 'open', form: 'A' },
  campaign: { id: 7, title: 'Khảo sát doanh nghiệp Hưng Yên 2026', closesOn: '2026-12-31' },
  questionnaire: { code: definition.code, version: 1, sha256: 'x', definition },
  units: [],
  passes: [
    { pass: 1, typist: 'Trần Thị B', isOwn: false, enteredAt: AT },
    { pass: 2, typist: 'Nguyễn Thị Hạnh', isOwn: true, enteredAt: AT },
  ],
}
const differences = [
  { key: 'P_TYPE', first: 'limited', second: 'joint_stock' },
  { key: 'P_YEAR', first: 2011, second: null },
]
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

/** Opens a page; `sent` collects bodies of writes. */
async function open(path: string, options: BrowserContextOptions = {}, sent: unknown[] = []): Promise<Page> {
  let isFull = true
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, ...options })
  await context.addCookies([{ name: 'office', value: encodeURIComponent(PEOPLE.administrator), url: office.origin }])
  await context.route('**/api/campaigns/7/paper?*', (route) =>
    route.fulfill({ json: { case: form.case, passes: form.passes } }),
  )
  await context.route('**/api/campaigns/7/paper-forms?*', (route) => {
    const more = new URL(route.request().url()).searchParams.get('cursor')
    const items = [{ cursor: more === null ? 'WzBd' : 'WzQwMF0', cases: more === null ? 200 : 17 }]
    return route.fulfill({ json: { state: 'open', forms: ['A', 'B'], items, next: more === null ? 'WzQwMF0' : null } })
  })
  await context.route('**/api/campaigns/7/paper/5/differences', (route) =>
    route.fulfill({ json: { ...form, questions: 51, differences } }),
  )
  await context.route('**/api/campaigns/7/paper/5/merge', (route) => {
    const refusal = { status: 409, contentType: 'application/problem+json', body: '{"code":"quota_full"}' }
    if (isFull) {
      isFull = false
      return route.fulfill(refusal)
    }
    sent.push(route.request().postDataJSON())
    return route.fulfill({ json: { case: 5, state: 'complete' } })
  })
  await context.route('**/api/campaigns/7/paper/5/1', (route) => {
    if (route.request().method() === 'PUT') sent.push(route.request().postDataJSON())
    return route.fulfill({ json: { ...form, passes: [], pass: 1, answers: null } })
  })
  const page = await context.newPage()
  await page.goto(`${office.origin}/khao-sat/7/phieu-giay${path}`)
  return page
}

test('a form is typed with the keyboard alone: numbers of options, blanks, K, back, and what is out of range told at once', async () => {
  const sent: unknown[] = []
  let page = await open('/5/1', {}, sent)
  await page.getByRole('heading', { name: 'Gõ phiếu 0900000005, lượt 1' }).waitFor()
  const type = async (text: string) => {
    await page.keyboard.type(text)
    await page.keyboard.press('Enter')
  }
  await page.getByText('Câu 1/').waitFor()
  await type('9')
  await page.getByText('Không có lựa chọn này').waitFor()
  await type('2')
  await page.getByText('Câu 2/').waitFor()
  await type('1800')
  await page.getByText('Ngoài khoảng cho phép.').waitFor()
  await type('2011')
  await page.getByText('Câu 3/').waitFor()
  await page.keyboard.press('Backspace')
  await page.getByText('Câu 2/').waitFor()
  expect(await page.getByRole('textbox').inputValue()).toBe('2011')
  await type('2012')
  await type('k')
  await page.getByText('Câu 4/').waitFor()
  // the tab is closed, and opened again in another one
  const again = await page.context().newPage()
  await page.close()
  page = again
  await page.goto(`${office.origin}/khao-sat/7/phieu-giay/5/1`)
  await page.getByText('còn giữ 3 câu bạn gõ dở').waitFor()
  await page.getByText('Câu 4/').waitFor()
  expect(await wcagFaults(page)).toEqual([])
  await page.getByRole('button', { name: 'Lưu lượt này' }).click()
  await page.getByRole('heading', { name: 'Phiếu giấy' }).waitFor()
  expect(sent).toEqual([{ answers: { P_TYPE: 'joint_stock', P_YEAR: 2012, P_SIZE: { na: true } } }])
  const kept = () => page.evaluate<string[]>(`Object.keys(localStorage).filter((key) => key.includes('paper'))`)
  expect(await kept(), 'what is saved is not kept here').toEqual([])

  await page.goto(`${office.origin}/khao-sat/7/phieu-giay/5/1`)
  await page.getByText('Câu 1/').waitFor()
  await type('1')
  await page.getByText('Câu 2/').waitFor()
  expect(await kept()).toHaveLength(1)
  await page.getByRole('button', { name: 'Đăng xuất' }).click()
  await page.getByLabel('Mật khẩu').waitFor()
  expect(await kept(), 'nor is anything after signing out').toEqual([])
  await page.context().close()
})

test('forms are printed a document at a time, all of them; blank ones of every form of list experiments', async () => {
  const page = await open('')
  const printed = page.getByRole('region', { name: 'In phiếu' })
  await printed.getByRole('link', { name: 'In 200 phiếu có mã' }).waitFor()
  await printed.getByRole('button', { name: 'Xem thêm' }).click()
  const rest = await printed.getByRole('link', { name: 'In 17 phiếu có mã' }).getAttribute('href')
  expect(rest).toBe('/api/campaigns/7/paper-form?kind=cases&cursor=WzQwMF0&limit=200')
  for (const form of ['A', 'B']) {
    const blank = printed.getByRole('link', { name: `In phiếu trống, mẫu ${form}` })
    expect(await blank.getAttribute('href')).toBe(`/api/campaigns/7/paper-form?kind=blank&form=${form}&limit=200`)
  }
  await page.context().close()
})

test('differences are chosen one by one before a form can be stored', async () => {
  const sent: unknown[] = []
  const page = await open('/5/so-sanh', {}, sent)
  const store = page.getByRole('button', { name: 'Lưu phiếu', exact: true })
  await page.getByText('2 trong 51 câu khác nhau').waitFor()
  expect(await store.isDisabled()).toBe(true)
  await page.getByLabel('Lượt 2: 2. Công ty cổ phần').check()
  expect(await store.isDisabled()).toBe(true)
  await page.getByLabel('Cả hai đều sai, hoặc phiếu để trống').nth(1).check()
  await page.getByLabel('Phiếu ghi').fill('2013')
  await store.click()
  await page.getByText('Nhóm này đã đủ số phiếu cần thu').waitFor()
  await store.click()
  await page.getByText('Phiếu đã được lưu.').waitFor()
  expect(sent).toEqual([
    {
      basedOn: { first: AT, second: AT },
      choices: { P_TYPE: { pass: 2 }, P_YEAR: { answer: 2013 } },
      complete: true,
    },
  ])
  await page.context().close()
})

test.each([
  ['a phone', { viewport: { width: 360, height: 740 } }],
  ['a tablet', { viewport: { width: 768, height: 1024 } }],
  ['an office screen', { viewport: { width: 1366, height: 768 } }],
  ['an office screen, dark', { viewport: { width: 1366, height: 768 }, colorScheme: 'dark' as const }],
])('pages of paper forms meet WCAG 2.2 AA and fit on %s', async (_what, options) => {
  for (const [path, ready] of [
    ['?ma=0900000005', 'Lượt 1: Trần Thị B'],
    ['/5/1', 'Câu 1/'],
    ['/5/so-sanh', '2 trong 51 câu khác nhau'],
  ] as const) {
    const page = await open(path, options)
    await page.getByText(ready).first().waitFor()
    expect(await wcagFaults(page), path).toEqual([])
    const wide = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')
    expect(wide, path).toBeLessThanOrEqual(0)
    await page.context().close()
  }
})
