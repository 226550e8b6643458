import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createAccount } from '../../api/accounts/create.ts'
import { whatIf } from '../../api/core/index/explore/what-if.ts'
import { freezeIndex } from '../../api/core/index/frozen.ts'
import { createServices } from '../../api/services.ts'
import { createDatabase } from '../../db/client.ts'
import { loadSample } from '../../db/seeds/sample/load.ts'
import type { Edition, UnitScores } from '../../web/office/indices/types.ts'
import { launchBrowser } from '../support/chromium.ts'
import { testDatabase, type TestDatabase } from '../support/database.ts'
import { type NodeServer, startNodeServer } from '../support/node-server.ts'
import { testSettings } from '../support/settings.ts'
import { wcagFaults } from './axe.ts'

/** The index pages on the real server, over the sample province. */
let database: TestDatabase
let server: NodeServer
let browser: Browser
let page: Page
const account = { email: 'quan.tri@mau.example', password: 'mat-khau-thu-nghiem' }
const INDEX = 'index=pci-like-ratings&edition=1'
/** A number as the pages write those of a trace. */
const exact = (value: number) =>
  new Intl.NumberFormat('vi-VN', { minimumFractionDigits: 3, maximumFractionDigits: 3 }).format(value)
const YEAR = 'from=2025-01&to=2025-12'

beforeAll(async () => {
  database = await testDatabase('reference')
  const services = createServices(
    createDatabase(database.url, { max: 2 }),
    { ...testSettings, SURFACE: 'full' },
    { log: () => undefined, now: () => new Date('2026-07-15T03:00:00Z') },
  )
  const { tenantId } = await loadSample(services.db, { now: services.now(), responses: 24_000 })
  await createAccount(services, { tenantId, name: 'Quản trị', role: 'administrator', ...account })
  await services.db.close()
  server = await startNodeServer({ url: database.url, ownerUrl: database.ownerUrl })
  browser = await launchBrowser()
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, reducedMotion: 'reduce' })
  page = await context.newPage()
  await page.goto(`${server.url}/`)
  await page.getByLabel('Thư điện tử').fill(account.email)
  await page.getByLabel('Mật khẩu').fill(account.password)
  await page.getByRole('button', { name: 'Đăng nhập' }).click()
  await page.getByRole('button', { name: 'Đăng xuất' }).waitFor()
}, 300_000)

afterAll(async () => {
  await browser?.close()
  await server?.stop()
  await database?.drop()
})

async function get<T>(path: string): Promise<T> {
  const response = await page.context().request.get(`${server.url}${path}`)
  expect([path, response.status()]).toEqual([path, 200])
  return (await response.json()) as T
}

/** Looks at a page at three widths: nothing of WCAG broken, nothing scrolls sideways, no broken number. */
async function look(path: string, sign: string): Promise<void> {
  await page.goto(`${server.url}${path}`)
  await page.getByText(sign).locator('visible=true').first().waitFor()
  await page.evaluate('document.querySelectorAll("details").forEach((one) => { one.open = true })')
  for (const width of [360, 768, 1366]) {
    await page.setViewportSize({ width, height: 768 })
    expect(await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0)
    expect(await wcagFaults(page)).toEqual([])
  }
  expect(await page.getByRole('main').innerText()).not.toMatch(/NaN|undefined|Infinity/)
}

const scoresOf = (unit: number) => get<UnitScores>(`/api/units/${unit}/scores?${INDEX}&${YEAR}`)

/** A unit whose indicators all have a value, as have their medians over its kind. */
async function complete(): Promise<UnitScores> {
  for (const kind of ['department', 'one_stop', 'centre']) {
    const { items } = await get<{ items: { id: number }[] }>(`/api/units?kind=${kind}&limit=200`)
    for (const { id } of items) {
      const found = await scoresOf(id)
      const indicators = found.elements.filter((one) => one.kind === 'indicator')
      const whole = indicators.every(
        ({ estimate, whatIf: at }) => estimate.est !== null && (at?.peerMedian ?? null) !== null,
      )
      if (found.gap !== null && whole) return found
    }
  }
  throw new Error('the sample has a unit with every indicator')
}

it('computes a period that nobody has computed, and leads from the total down to counts of answers', async () => {
  const { items } = await get<{ items: { id: number }[] }>('/api/units?kind=department&limit=200')
  await page.goto(`${server.url}/don-vi/${items[0]?.id}/chi-so?${INDEX}&${YEAR}`)
  await page.getByRole('button', { name: 'Tính cho kỳ này' }).click()
  await page.getByRole('heading', { name: 'Từ tổng điểm tới từng câu hỏi' }).waitFor()

  const { unit, elements, run } = await complete()
  await look(`/don-vi/${unit.id}/chi-so?${INDEX}&${YEAR}`, 'Ước lượng nội bộ, không phải chỉ số chính thức.')
  await page.getByRole('link', { name: 'Tính thế nào' }).first().click()
  await page.getByRole('heading', { name: 'Từ tổng điểm xuống từng phiếu' }).waitFor()
  await look(page.url().slice(server.url.length), 'Cộng lại')
  const total = elements[0]?.estimate.est ?? 0
  expect(await page.getByRole('row', { name: 'Cộng lại' }).first().innerText()).toContain(exact(total))
  expect(await page.getByRole('main').innerText()).toMatch(/Chưa gán trọng số: \d+ trên \d+ phiếu là 0,\d{3}\./)
  expect(run.answers).toBeGreaterThan(0)
})

it('moves the total in the browser to the very digits of the server’s scoring, by keyboard too', async () => {
  const scores = await complete()
  await look(`/don-vi/${scores.unit.id}/chi-so/gia-dinh?${INDEX}&${YEAR}`, 'Tổng điểm nếu như vậy')
  const result = page.getByRole('group', { name: 'Tổng điểm nếu như vậy' }).getByRole('status')
  expect(await result.innerText()).toContain(exact(scores.elements[0]?.estimate.est ?? 0))

  // every indicator at the median: the total that the server made of the medians
  const buttons = page.getByRole('button', { name: /^Bằng trung vị/ })
  for (const button of await buttons.all()) await button.press('Enter')
  expect(await result.innerText()).toContain(`thành ${exact(scores.gap?.reference ?? 0)} (`)
  expect(await wcagFaults(page)).toEqual([])

  // one indicator by the arrow keys: the total of the engine at the value that the slider then has
  await page.getByRole('button', { name: 'Về như hiện nay' }).press('Enter')
  const slider = page.getByRole('slider').first()
  await slider.press('End')
  const first = scores.elements.find(({ kind }) => kind === 'indicator')
  const { definition } = await get<Edition>('/api/indices/pci-like-ratings/editions/1')
  const frozen = freezeIndex(definition, new Map())
  const raw = definition.indicators.map(
    ({ code }) => scores.elements.find((element) => element.code === code)?.indicator?.raw.est ?? Number.NaN,
  )
  const moved = whatIf(frozen, raw, new Map([[first?.code ?? '', Number(await slider.inputValue())]]))
  expect(await result.innerText()).toContain(`thành ${exact(moved.total.after ?? 0)} (`)
})

it('tells what a change is made of, with its interval, and draws a line where the series breaks', async () => {
  const headers = { Origin: server.url }
  for (const data of [
    { from: '2025-04', to: '2025-06' },
    { from: '2025-07', to: '2025-09' },
  ]) {
    const answer = await page
      .context()
      .request.post(`${server.url}/api/indices/pci-like-ratings/editions/1/runs`, { data, headers })
    expect(answer.status()).toBe(201)
  }
  const me = await get<{ province: { id: number } }>('/api/me')
  await look(`/don-vi/${me.province.id}/chi-so/thay-doi?${INDEX}&from=2025-07&to=2025-09`, 'Cơ cấu hồ sơ')
  await page.getByText(/^Đứt đoạn: sắp xếp đơn vị hành chính từ 01\/07\/2025/).waitFor()
  const row = await page.getByRole('row', { name: 'Mức thuận lợi của sáu câu doanh nghiệp' }).innerText()
  expect(row).toMatch(/[+−]?\d+,\d\d \(khoảng [+−]?\d+,\d\d đến [+−]?\d+,\d\d\)/)
})

it('tells how firm a place is as spans, never as one place of the unit', async () => {
  const { unit } = await complete()
  await look(`/don-vi/${unit.id}/chi-so/do-vung?${INDEX}&${YEAR}`, 'Đổi mọi trọng số trong khoảng ±25%, 500 lần thử')
})

it('copies an index, tells faults at their fields, publishes the province’s own for ever, and computes and checks a run of it', async () => {
  await look('/chi-so', 'Tỉnh chưa lập bộ chỉ số nào.')
  await page.getByRole('link', { name: /^Tiệm cận PCI từ phiếu của doanh nghiệp/ }).click()
  await page.getByRole('heading', { name: 'Sao chép thành bản của tỉnh' }).waitFor()
  await look(page.url().slice(server.url.length), 'Bản sao là bản nháp')
  await page.getByLabel('Mã (chữ không dấu').fill('pci-like-ratings')
  await page.getByLabel('Tên tiếng Việt').fill('Bộ chỉ số của tỉnh (ước lượng nội bộ)')
  await page.getByRole('button', { name: 'Tạo bản nháp' }).click()
  await page.getByText('Mã này là của bộ có sẵn.').waitFor()
  await page.getByLabel('Mã (chữ không dấu').fill('tinh-rieng')
  await page.getByRole('button', { name: 'Tạo bản nháp' }).click()
  await page.getByRole('heading', { name: 'Bộ chỉ số của tỉnh (ước lượng nội bộ)' }).waitFor()

  await page.getByRole('link', { name: 'Sửa bản nháp' }).click()
  await page.getByRole('heading', { name: 'Các chỉ tiêu' }).waitFor()
  await look(page.url().slice(server.url.length), 'Các chỉ tiêu')
  const row = page.getByRole('group', { name: /^Thủ tục giấy tờ đơn giản/ })
  await row.getByLabel(/^Trọng số/).fill('-1')
  await page.getByRole('button', { name: 'Lưu bản nháp' }).click()
  await row.getByText('quá nhỏ hoặc để trống').waitFor()
  expect(await row.getByLabel(/^Trọng số/).getAttribute('aria-invalid')).toBe('true')
  expect(await wcagFaults(page)).toEqual([])
  await row.getByLabel(/^Trọng số/).fill('2,5')
  await page.getByRole('button', { name: 'Lưu bản nháp' }).click()
  await page.getByRole('heading', { name: 'Cấu trúc' }).waitFor()
  await page.getByText('(33,3%)').waitFor()

  await page.getByRole('button', { name: 'Ban hành' }).click()
  await page.getByText('Ban hành rồi thì không sửa được nữa').waitFor()
  expect(await wcagFaults(page)).toEqual([])
  await page.getByRole('button', { name: 'Có, ban hành' }).click()
  await page.getByText(/^Ban hành lúc/).waitFor()
  expect(await page.getByRole('link', { name: 'Sửa bản nháp' }).count()).toBe(0)
  await look('/chi-so/sua?index=tinh-rieng&edition=1', 'Chỉ sửa được bản nháp.')

  await look('/chi-so/lan-tinh?index=tinh-rieng&edition=1', 'Chưa có lần tính nào.')
  await page.getByRole('radio', { name: 'Năm' }).check()
  await page.getByLabel('Kỳ', { exact: true }).selectOption({ label: 'Năm 2025' })
  await page.getByRole('button', { name: 'Tính cho kỳ này' }).click()
  await page.getByRole('button', { name: 'Tính lại và so từng chữ số' }).click()
  await page.getByText(/^Giống hệt: /).waitFor()
  await look(page.url().slice(server.url.length), 'Mã số liệu (SHA-256)')
})

it('takes published results in, compares direction only for one province, and marks what is carried over the merger', async () => {
  await look('/chi-so/doi-chieu', 'Chưa có kết quả chính thức nào để đối chiếu.')
  const csv = [
    'index,edition,year,unit,node,value,source',
    'pci,pci-2013,2020,Hưng Yên,PCI,63.8,thử',
    'pci,pci-2013,2020,Thái Bình,PCI,64.0,thử',
    'pci,pci-2025,2025,Hưng Yên,KHAC,"66,1",thử',
    'pci,pci-2025,2025,Hưng Yên,PCI,66.2,thử',
  ].join('\n')
  await page
    .getByLabel('Tệp kết quả chính thức')
    .setInputFiles({ name: 'pci.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) })
  await page.getByRole('button', { name: 'Nhập kết quả' }).click()
  await page.getByText('Dòng 4, cột value: dùng dấu phẩy thập phân; hãy dùng dấu chấm.').waitFor()
  await look('/chi-so/doi-chieu?index=pci-like-ratings&official=pci', 'Chỉ một tỉnh hoặc quá ít đơn vị')
  const series = page.getByRole('region', { name: /^Chuỗi chính thức/ })
  expect(await series.getByRole('row', { name: /^2020/ }).innerText()).toMatch(/63,90\s+ước tính/)
  expect(await series.getByRole('row', { name: /^2025/ }).innerText()).toContain('66,20')
  await series.getByText(/^Đứt đoạn: /).waitFor()

  // units of the province with results of their own are enough to say how far the two agree
  const units = ['SNNMT', 'SXD', 'STC', 'STP', 'SNV', 'SYT', 'MC-PHOHIEN', 'MC-THAIBINH', 'MC-MYHAO', 'MC-KHOAICHAU']
  const own = units.map((unit, k) => `ddci,2025,2025,${unit},DDCI,${8 + ((k * 3) % 7) / 10},thử`)
  const answer = await page.context().request.post(`${server.url}/api/official-results`, {
    headers: { Origin: server.url, 'Content-Type': 'text/csv' },
    data: ['index,edition,year,unit,node,value,source', ...own].join('\n'),
  })
  expect(await answer.json()).toMatchObject({ created: units.length, rejected: 0 })
  await look('/chi-so/doi-chieu?index=pci-like-ratings&official=ddci', 'Tương quan thứ bậc (Spearman)')
  const numbers = await page.getByRole('region', { name: 'Hai bên khớp nhau tới đâu' }).innerText()
  for (const name of ['(Spearman)', '(Lin)', 'Chênh lệch trung bình'])
    expect(numbers.slice(numbers.indexOf(name))).toMatch(/[+−]?\d,\d\d \(khoảng −?\d,\d\d đến −?\d,\d\d\)/)
})

it('publishes nothing before it has been looked through, and takes it back with a reason', async () => {
  await look('/cong-bo', 'Chưa chuẩn bị lần công bố nào.')
  await page.getByRole('radio', { name: 'Quý' }).check()
  await page.getByLabel('Kỳ', { exact: true }).selectOption({ label: 'Quý II/2025' })
  await page.getByRole('button', { name: 'Chuẩn bị cho kỳ này' }).click()
  await page.getByRole('heading', { name: 'Rà soát' }).waitFor()
  const address = page.url().slice(server.url.length)
  await look(address, 'Lần đầu cho kỳ này')
  await page.getByRole('button', { name: 'Công bố' }).click()
  await page.getByText('Ai cũng sẽ xem được').waitFor()
  expect(await wcagFaults(page)).toEqual([])
  await page.getByRole('button', { name: 'Có, công bố' }).click()
  await page.getByText('đang công bố', { exact: true }).waitFor()
  await page.getByRole('button', { name: 'Tính lại và so từng chữ số' }).click()
  await page.getByText(/^Giống hệt: /).waitFor()
  await page.getByRole('button', { name: 'Rút lại' }).click()
  await page.getByLabel('Lý do').selectOption({ label: 'cách tính sai' })
  await page.getByRole('button', { name: 'Có, rút lại' }).click()
  await page.getByText(/^Đã rút lúc .* Lý do: cách tính sai\.$/).waitFor()
  await look('/cong-bo', 'đã rút')
})
