import { afterAll, expect, test } from 'vitest'
import { launchBrowser } from './chromium.ts'

const browser = await launchBrowser()

afterAll(() => browser.close())

test('the browser draws Vietnamese letters in the system font', async () => {
  const page = await browser.newPage({ viewport: { width: 360, height: 200 } })
  // A letter that the font lacks is drawn as the same empty box as any other.
  await page.setContent('<p style="font: 32px system-ui"><span>ế</span><span>ự</span><span>ẫ</span><span>đ</span></p>')
  const shots = await Promise.all((await page.locator('span').all()).map((letter) => letter.screenshot()))
  expect(new Set(shots.map((shot) => shot.toString('base64'))).size).toBe(4)
})
