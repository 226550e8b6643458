import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { importUnits } from '../../api/units/import.ts'
import { launchBrowser } from '../support/chromium.ts'
import { testDatabase, type TestDatabase } from '../support/database.ts'
import { forgetGuesses, guessTooOften } from '../support/guesses.ts'
import { type NodeServer, startNodeServer } from '../support/node-server.ts'
import { slipCode, typedCode } from '../support/survey.ts'
import type { OpenCase } from '../support/campaign.ts'
import { until } from '../support/until.ts'
import { everyKind } from './every-kind.ts'
import { publish, type StoredAnswer, surveyWorld, type SurveyWorld } from './survey-world.ts'

let database: TestDatabase
let survey: SurveyWorld
let server: NodeServer
let browser: Browser

beforeAll(async () => {
  database = await testDatabase('reference')
  survey = await surveyWorld(database)
  server = await startNodeServer(database)
  browser = await launchBrowser()
})

afterAll(async () => {
  await browser?.close()
  await server?.stop()
  await survey?.stop()
  await database?.drop()
})

/** A phone of its own: nothing is shared with other devices. */
const phone = (): Promise<BrowserContext> =>
  browser.newContext({ viewport: { width: 360, height: 740 }, hasTouch: true, reducedMotion: 'reduce' })

async function open(context: BrowserContext, one: OpenCase): Promise<Page> {
  const page = await context.newPage()
  await page.goto(`${server.url}/s/${one.token}`)
  return page
}
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
const heading = (page: Page, name: string) => page.getByRole('heading', { name, level: 1 }).waitFor()
const choose = (page: Page, question: string | RegExp, option: string) =>
  page.getByRole('group', { name: question }).getByRole('radio', { name: option, exact: true }).check()
/** Everything has arrived; while more is on its way the words stay for screen readers alone. */
const saved = (page: Page) => page.locator('[role=status]:not(.visually-hidden)').getByText('Đã lưu.').waitFor()
/** The one answer of a case once it is as wanted. */
const storedWhen = (one: OpenCase, isWanted: (answer: StoredAnswer) => boolean): Promise<StoredAnswer> =>
  until('the stored answer', async () => {
    const [answer, second] = await survey.stored(one)
    expect(second).toBeUndefined()
    return answer !== undefined && isWanted(answer) ? answer : null
  })
/** A phone that has answered the first part. */
async function begun(one: OpenCase): Promise<{ context: BrowserContext; page: Page }> {
  const context = await phone()
  const page = await open(context, one)
  await press(page, 'Bắt đầu')
  await choose(page, /^Loại hình/, 'Công ty TNHH')
  await page.getByLabel('Có bao nhiêu lao động?').fill('25')
  await page.getByLabel('Tỷ lệ doanh thu xuất khẩu?').fill('12,5')
  await press(page, 'Tiếp tục')
  await heading(page, 'Nhận xét')
  return { context, page }
}
/** Goes on without answering until the look back. */
async function skipToReview(page: Page): Promise<void> {
  const review = page.getByRole('heading', { name: 'Trước khi gửi' })
  for (let part = 0; part < 10 && (await review.count()) === 0; part += 1) await press(page, 'Tiếp tục')
  await review.waitFor()
}

describe('answering a survey', () => {
  it('takes every kind of question by keyboard alone, on a phone, from the first to the thanks', async () => {
    const one = survey.fresh()
    const context = await phone()
    const page = await open(context, one)
    await page.getByRole('button', { name: 'Bắt đầu' }).waitFor()
    const { keyboard } = page
    /** Presses Tab until what has the focus is named so. */
    const to = async (name: string | RegExp) => {
      for (let step = 0; step < 40; step += 1) {
        await keyboard.press('Tab')
        const isThere = await page.evaluate<string>(`(() => {
          const at = document.activeElement
          // the page itself has every name in it
          if (at === document.body) return ''
          const label = at.getAttribute('aria-label') ?? at.labels?.[0]?.textContent ?? at.textContent
          const group = at.closest('fieldset')?.querySelector('legend')?.textContent ?? ''
          return group + '|' + label
        })()`)
        if (typeof name === 'string' ? isThere.includes(name) : name.test(isThere)) return
      }
      throw new Error(`no way by Tab to ${String(name)}`)
    }
    const on = async (name: string | RegExp, key = 'Enter') => {
      await to(name)
      await keyboard.press(key)
    }
    await on('Bắt đầu')
    await heading(page, 'Về doanh nghiệp')
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Về doanh nghiệp')
    // the first of a group of radios has its place in the order of Tab; arrows choose
    await to(/^Loại hình/)
    await keyboard.press('ArrowDown')
    await on(/Kê khai thuế/, 'Space')
    await to('Có bao nhiêu lao động?')
    await keyboard.type('1.200')
    await to('Tỷ lệ doanh thu xuất khẩu?')
    await keyboard.type('12,5')
    await to('Ngày đăng ký?')
    await keyboard.type('02042020')
    // one part taken out and typed anew: the others stay
    await keyboard.press('ArrowLeft')
    await keyboard.press('Backspace')
    await keyboard.type('03')
    await on('Tiếp tục')
    await heading(page, 'Nhận xét')
    await to(/^Quy định rõ ràng/)
    await keyboard.press('Space')
    await to(/^Giải quyết nhanh/)
    await keyboard.press('ArrowDown')
    await keyboard.press('ArrowDown')
    await on('Xếp tiếp theo: Thông tin rõ')
    await on('Xếp tiếp theo: Giảm phí')
    await on('Lên: Giảm phí')
    await page.getByRole('status').getByText('Giảm phí: hạng 1').waitFor()
    await on('Tiếp tục')
    await heading(page, 'Chi phí')
    await to(/^Có phải trả thêm/)
    await keyboard.press('ArrowDown')
    await to(/^Trong các việc sau/)
    await keyboard.press('Space')
    await on('Tiếp tục')
    await heading(page, 'Các sở đã làm việc')
    await on(/Sở Nội vụ/, 'Space')
    await on('Tiếp tục')
    await heading(page, 'Về Sở Nội vụ')
    await to(/^Sở Nội vụ phục vụ tốt không/)
    await keyboard.press('Space')
    await on('Tiếp tục')
    await heading(page, 'Góp ý')
    await to('Ông/Bà góp ý gì?')
    await keyboard.type('Cảm ơn')
    await on('Tiếp tục')
    await heading(page, 'Trước khi gửi')
    // the focus stays where it is while what was said last is being saved
    await to(/^\|Về doanh nghiệp/)
    await page.getByText('Đã lưu.').waitFor()
    expect(await page.evaluate('document.activeElement.textContent')).toContain('Về doanh nghiệp')
    await on('Gửi phiếu')
    await heading(page, 'Cảm ơn Ông/Bà')

    const { SNV } = survey.world.units
    const answer = await storedWhen(one, ({ complete }) => complete)
    expect(answer.answers).toEqual({
      KIND: 'other',
      USED: ['tax'],
      WORKERS: 1200,
      SHARE: 12.5,
      SINCE: '2020-02-03',
      M_CLEAR: '5',
      M_FAST: '3',
      RANK: ['fee', 'info'],
      LIST: 0,
      DEPTS: [String(SNV)],
      [`GOOD@${SNV}`]: 'yes',
      WORDS: 'Cảm ơn',
    })
    expect(await survey.apart(one)).toContainEqual({ PAID: 'no' })
    expect(Object.keys(answer.item_ms).toSorted()).toEqual(Object.keys(answer.answers).toSorted())
    expect(await page.evaluate('JSON.stringify(localStorage)')).not.toContain('"no"')
    await context.close()
  })

  it('writes nothing to the device before the first answer, sets no cookie and asks no other host', async () => {
    const context = await phone()
    const hosts = new Set<string>()
    context.on('request', (request) => hosts.add(new URL(request.url()).host))
    const page = await open(context, survey.fresh())
    await press(page, 'Bắt đầu')
    await heading(page, 'Về doanh nghiệp')
    expect(await page.evaluate('localStorage.length')).toBe(0)
    await choose(page, /^Loại hình/, 'Công ty TNHH')
    await saved(page)
    expect(await context.cookies()).toEqual([])
    expect([...hosts]).toEqual([new URL(server.url).host])
    await context.close()
  })

  it('goes from part to part without a request, and back with the browser’s own button', async () => {
    const { context, page } = await begun(survey.fresh())
    await saved(page)
    const asked: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    for (const name of ['Chi phí', 'Các sở đã làm việc', 'Góp ý']) {
      await press(page, 'Tiếp tục')
      await heading(page, name)
    }
    await page.goBack()
    await heading(page, 'Các sở đã làm việc')
    await press(page, 'Quay lại')
    await heading(page, 'Chi phí')
    expect(asked).toEqual([])
    await context.close()
  })

  it('asks only what the answers so far call for, and sends nothing else', async () => {
    const one = survey.fresh()
    const { context, page } = await begun(one)
    await press(page, 'Quay lại')
    const share = page.getByLabel('Tỷ lệ doanh thu xuất khẩu?')
    await share.waitFor()
    await storedWhen(one, ({ answers }) => answers['SHARE'] === 12.5)
    await page.getByLabel('Có bao nhiêu lao động?').fill('5')
    expect(await share.count()).toBe(0)
    const kept = await storedWhen(one, ({ answers }) => answers['WORKERS'] === 5)
    expect(kept.answers).toEqual({ KIND: 'ltd', WORKERS: 5 })
    // what was said comes back with its question
    await page.getByLabel('Có bao nhiêu lao động?').fill('50')
    expect(await share.inputValue()).toBe('12,5')
    await context.close()
  })

  it('tells blank from "không biết / không trả lời", and lets an answer be taken back', async () => {
    const one = survey.fresh()
    const { context, page } = await begun(one)
    await choose(page, 'Quy định rõ ràng.', 'Không biết / không trả lời')
    await choose(page, 'Giải quyết nhanh.', 'Đồng ý')
    const stored = await storedWhen(one, ({ answers }) => answers['M_FAST'] === '4')
    expect(stored.answers['M_CLEAR']).toEqual({ na: true })
    await press(page, 'Bỏ chọn: Quy định rõ ràng.')
    const next = await storedWhen(one, ({ answers }) => answers['M_CLEAR'] === undefined)
    expect(next.answers['M_FAST']).toBe('4')
    await context.close()
  })

  it('keeps what is out of range on the device, says what is wrong and where, and sends the rest', async () => {
    const one = survey.fresh()
    const { context, page } = await begun(one)
    await press(page, 'Quay lại')
    await page.getByLabel('Tỷ lệ doanh thu xuất khẩu?').fill('140')
    await press(page, 'Tiếp tục')
    await page.getByRole('heading', { name: 'Có 1 câu cần xem lại' }).waitFor()
    await press(page, 'Tỷ lệ doanh thu xuất khẩu? – Xin nhập giá trị từ 0 đến 100.')
    const share = page.getByLabel('Tỷ lệ doanh thu xuất khẩu?')
    expect(await page.evaluate('document.activeElement.id')).toBe('q-SHARE-field')
    expect(await share.getAttribute('aria-invalid')).toBe('true')
    expect((await storedWhen(one, ({ answers }) => answers['SHARE'] === undefined)).answers['WORKERS']).toBe(25)
    await page.reload()
    expect(await share.inputValue()).toBe('140')
    await share.fill('40')
    await press(page, 'Tiếp tục')
    await heading(page, 'Nhận xét')
    await storedWhen(one, ({ answers }) => answers['SHARE'] === 40)
    await context.close()
  })

  it('does not go on past a question that needs an answer, and does not send without it', async () => {
    const context = await phone()
    const page = await open(context, survey.fresh())
    await press(page, 'Bắt đầu')
    await press(page, 'Tiếp tục')
    await press(page, 'Loại hình của doanh nghiệp? – Xin trả lời câu này, hoặc chọn "Không biết / không trả lời".')
    await choose(page, /^Loại hình/, 'Không biết / không trả lời')
    await press(page, 'Tiếp tục')
    await heading(page, 'Nhận xét')
    await context.close()
  })

  it('offers an exclusive option alone', async () => {
    const one = survey.fresh()
    const { context, page } = await begun(one)
    await press(page, 'Quay lại')
    await page.getByLabel('Kê khai thuế').check()
    await page.getByLabel('Không dịch vụ nào').check()
    expect(await page.getByLabel('Kê khai thuế').isChecked()).toBe(false)
    await storedWhen(one, ({ answers }) => JSON.stringify(answers['USED']) === '["none"]')
    await context.close()
  })

  it('shows the extra statement of a list on its form alone, and only the number travels', async () => {
    const byForm = new Map<string | null, OpenCase>()
    for (let i = 0; i < 20 && byForm.size < 2; i += 1) {
      const one = survey.fresh()
      byForm.set(one.form, one)
    }
    for (const [form, count] of [
      ['A', 2],
      ['B', 3],
    ] as const) {
      const { context, page } = await begun(byForm.get(form)!)
      await press(page, 'Tiếp tục')
      const list = page.getByRole('group', { name: /^Trong các việc sau/ })
      expect(await list.getByRole('listitem').count()).toBe(count)
      expect(await list.getByRole('radio').count()).toBe(count + 1)
      await context.close()
    }
  })

  it('speaks the other language from any part on, and says so with the answer', async () => {
    const one = survey.fresh()
    const { context, page } = await begun(one)
    await press(page, 'English')
    await heading(page, 'Views')
    expect(await page.evaluate('document.documentElement.lang')).toBe('en')
    await page.getByRole('group', { name: 'Rules are clear.' }).getByLabel('Strongly agree').check()
    await storedWhen(one, ({ language, answers }) => language === 'en' && answers['M_CLEAR'] === '5')
    await context.close()
  })
})

describe('going on', () => {
  it('on the same device at the same part, after the page was closed in the middle', async () => {
    const one = survey.fresh()
    const { context, page } = await begun(one)
    await choose(page, 'Quy định rõ ràng.', 'Đồng ý')
    await page.close()
    const again = await open(context, one)
    await heading(again, 'Nhận xét')
    const row = again.getByRole('group', { name: 'Quy định rõ ràng.' })
    expect(await row.getByRole('radio', { name: 'Đồng ý', exact: true }).isChecked()).toBe(true)
    await storedWhen(one, ({ answers }) => answers['M_CLEAR'] === '4')
    await context.close()
  })

  it('on another device, with private answers kept and not shown; the first one is told when it is sent', async () => {
    const one = survey.fresh()
    const { context, page } = await begun(one)
    await press(page, 'Tiếp tục')
    await choose(page, /^Có phải trả thêm/, 'Có')
    await until(
      'the private answer',
      async () => (await survey.apart(one)).some((row) => row['PAID'] === 'yes') || null,
    )
    await saved(page)

    const other = await phone()
    const second = await open(other, one)
    await second.getByText('Phiếu đã có 4 câu trả lời').waitFor()
    await press(second, 'Trả lời tiếp')
    await heading(second, 'Chi phí')
    await second.getByText('Đã trả lời trên máy khác').waitFor()
    expect(await second.getByRole('radio', { checked: true }).count()).toBe(0)
    expect(await second.evaluate('JSON.stringify(localStorage)')).not.toContain('PAID":"yes')
    await press(second, 'Quay lại')
    await press(second, 'Quay lại')
    expect(await second.getByLabel('Có bao nhiêu lao động?').inputValue()).toBe('25')
    await skipToReview(second)
    await second.getByText('Ông/Bà đã trả lời 4 trên').waitFor()
    await press(second, 'Gửi phiếu')
    await heading(second, 'Cảm ơn Ông/Bà')
    const answer = await storedWhen(one, ({ complete }) => complete)
    expect(answer.answers).toEqual({ KIND: 'ltd', WORKERS: 25, SHARE: 12.5 })
    expect(await survey.apart(one)).toContainEqual({ PAID: 'yes' })

    await choose(page, /^Có phải trả thêm/, 'Không')
    await heading(page, 'Phiếu đã được gửi từ máy khác')
    await press(page, 'Xoá câu trả lời khỏi máy này')
    expect(await page.evaluate('localStorage.length')).toBe(0)
    await context.close()
    await other.close()
  })

  it('in two tabs at once: what is said in either is kept, in one answer', async () => {
    const one = survey.fresh()
    const { context, page } = await begun(one)
    const tab = await open(context, one)
    await heading(tab, 'Nhận xét')
    await choose(page, 'Quy định rõ ràng.', 'Đồng ý')
    await choose(tab, 'Giải quyết nhanh.', 'Bình thường')
    await storedWhen(one, ({ answers }) => answers['M_CLEAR'] === '4' && answers['M_FAST'] === '3')
    const row = page.getByRole('group', { name: 'Giải quyết nhanh.' })
    expect(await row.getByRole('radio', { name: 'Bình thường' }).isChecked()).toBe(true)
    await skipToReview(tab)
    await press(tab, 'Gửi phiếu')
    await heading(tab, 'Cảm ơn Ông/Bà')
    await heading(page, 'Cảm ơn Ông/Bà')
    await storedWhen(one, ({ complete }) => complete)
    await context.close()
  })

  it('without the network: opens again, goes on, waits to be sent, and sends by itself', async () => {
    const one = survey.fresh()
    const { context, page } = await begun(one)
    await saved(page)
    await page.evaluate('navigator.serviceWorker.ready.then(() => true)')
    await page.close()
    await context.setOffline(true)
    const again = await open(context, one)
    await heading(again, 'Nhận xét')
    await choose(again, 'Quy định rõ ràng.', 'Đồng ý')
    await again.getByRole('status').getByText('Chưa gửi: 1 câu').waitFor()
    await skipToReview(again)
    await press(again, 'Gửi phiếu')
    await heading(again, 'Phiếu đang chờ gửi')
    expect((await survey.stored(one))[0]).toMatchObject({ complete: false })
    await context.setOffline(false)
    await heading(again, 'Cảm ơn Ông/Bà')
    expect((await storedWhen(one, ({ complete }) => complete)).answers['M_CLEAR']).toBe('4')
    await context.close()
  })

  it('after the server was down for a while', async () => {
    const one = survey.fresh()
    const { context, page } = await begun(one)
    await saved(page)
    const port = Number(new URL(server.url).port)
    await server.kill()
    await choose(page, 'Quy định rõ ràng.', 'Đồng ý')
    await page.getByRole('status').getByText('Chưa gửi: 1 câu').waitFor()
    server = await startNodeServer({ ...database, port })
    await page.getByRole('button', { name: 'Gửi lại ngay' }).click()
    await storedWhen(one, ({ answers }) => answers['M_CLEAR'] === '4')
    await context.close()
  })

  it('with the new questionnaire when it was changed meanwhile, keeping what still fits', async () => {
    const changed = { ...everyKind, code: 'changing' }
    const withoutKind = {
      ...changed,
      version: 2,
      sections: changed.sections.map((section) => ({
        ...section,
        items: section.items.filter(({ code }) => code !== 'KIND'),
      })),
    }
    await publish(survey.world, changed)
    await publish(survey.world, withoutKind)
    const [one] = await survey.open({ input: { questionnaire: { code: 'changing', version: 1 } } })
    const { context, page } = await begun(one!)
    await saved(page)
    await survey.world.sql`update campaign set questionnaire_version = 2 where questionnaire_code = 'changing'`
    await choose(page, 'Quy định rõ ràng.', 'Đồng ý')
    await heading(page, 'Phiếu hỏi đã thay đổi')
    await press(page, 'Mở lại phiếu')
    await heading(page, 'Nhận xét')
    const kept = await storedWhen(one!, ({ answers }) => answers['M_CLEAR'] === '4')
    expect(kept.answers).toEqual({ WORKERS: 25, SHARE: 12.5, M_CLEAR: '4' })
    await context.close()
  })
})

describe('a typed code', () => {
  it('opens the same form at /s, and the address goes on with the link', async () => {
    const one = survey.fresh()
    const code = await typedCode(survey.world, one.id)
    const page = await (await phone()).newPage()
    await page.goto(`${server.url}/s`)
    await page.getByLabel('Mã phiếu').fill('ABC')
    await page.keyboard.press('Enter')
    await page.getByText('Mã gồm 8 chữ và số').waitFor()
    await page.getByLabel('Mã phiếu').fill(`${code.slice(0, 4)}-${code.slice(4).toLowerCase()}`)
    await press(page, 'Mở phiếu')
    await page.getByRole('button', { name: 'Bắt đầu' }).waitFor()
    expect(page.url()).toBe(`${server.url}/s/${one.token}`)
    await page.context().close()
  })

  it('that comes after too many wrong ones is not taken for a wrong one, and opens when tried again', async () => {
    const one = survey.fresh()
    const code = await typedCode(survey.world, one.id)
    await guessTooOften(survey.world.sql)
    const page = await (await phone()).newPage()
    await page.goto(`${server.url}/s/${code}`)
    await page.getByText(/^Đã có quá nhiều mã sai được nhập. Xin thử lại sau \d+ (giây|phút|giờ)/).waitFor()
    await page.getByRole('link', { name: 'Nhập mã khác' }).waitFor()
    await forgetGuesses(survey.world.sql)
    await press(page, 'Thử lại')
    await page.getByRole('button', { name: 'Bắt đầu' }).waitFor()
    await page.context().close()
  })

  it('goes to the page it belongs to, whichever address it was typed behind', async () => {
    const one = survey.fresh()
    const page = await (await phone()).newPage()
    await page.goto(`${server.url}/r/${await typedCode(survey.world, one.id)}`)
    await page.getByRole('button', { name: 'Bắt đầu' }).waitFor()
    expect(page.url()).toBe(`${server.url}/s/${one.token}`)
    const [ask] = await survey.world.asks(1)
    await page.goto(`${server.url}/s/${await slipCode(survey.world, ask!.token)}`)
    await page.getByRole('group', { name: /^Nhìn chung/ }).waitFor()
    expect(new URL(page.url()).pathname).toMatch(/^\/r\//)
    await page.context().close()
  })
})

describe('the choice of units', () => {
  it('finds them by name without marks among many, takes at most as many as are asked for, and asks about each', async () => {
    const lines = ['id_ngoai;ten;loai;ma_tinh;ma_h']
    for (let n = 1; n <= 15; n += 1) lines.push(`SO-${n};Sở Thử ${n};Sở;33;H31.${n + 30}`)
    const { services, tenant } = survey.world
    await importUnits(services, tenant.id, new TextEncoder().encode(lines.join('\n')))
    const one = survey.fresh()
    const { context, page } = await begun(one)
    await press(page, 'Tiếp tục')
    await press(page, 'Tiếp tục')
    await heading(page, 'Các sở đã làm việc')
    const boxes = page.getByRole('checkbox')
    expect(await boxes.count()).toBe(17)
    const find = page.getByLabel('Tìm theo tên')
    for (const [typed, name] of [
      ['xay dung', 'Sở Xây dựng'],
      ['THU 15', 'Sở Thử 15'],
      ['nội', 'Sở Nội vụ'],
    ] as const) {
      await find.fill(typed)
      expect(await boxes.count()).toBe(1)
      await page.getByLabel(name, { exact: true }).check()
    }
    await find.fill('')
    await page.getByRole('status').getByText('Đã chọn 3').waitFor()
    expect(await page.getByRole('checkbox', { disabled: true }).count()).toBe(14)
    for (const name of ['Về Sở Xây dựng', 'Về Sở Thử 15', 'Về Sở Nội vụ']) {
      await press(page, 'Tiếp tục')
      await heading(page, name)
    }
    await press(page, 'Quay lại')
    await choose(page, 'Sở Thử 15 phục vụ tốt không?', 'Có')
    const answer = await storedWhen(one, ({ answers }) => Object.values(answers).includes('yes'))
    const chosen = answer.answers['DEPTS'] as string[]
    expect(chosen).toHaveLength(3)
    expect(answer.answers[`GOOD@${chosen[1]}`]).toBe('yes')
    await context.close()
  })
})
