import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { answerKeys, askedSections } from '../../api/core/questionnaire/asked.ts'
import { shippedQuestionnaires } from '../../db/seeds/questionnaires/shipped.ts'
import { launchBrowser } from '../support/chromium.ts'
import { testDatabase, type TestDatabase } from '../support/database.ts'
import { type NodeServer, startNodeServer } from '../support/node-server.ts'
import { surveyWorld, type SurveyWorld } from './survey-world.ts'

let database: TestDatabase
let survey: SurveyWorld
let server: NodeServer
let browser: Browser

beforeAll(async () => {
  database = await testDatabase('reference')
  survey = await surveyWorld(database, 10)
  server = await startNodeServer(database)
  browser = await launchBrowser()
})

afterAll(async () => {
  await browser?.close()
  await server?.stop()
  await survey?.stop()
  await database?.drop()
})

it('a survey of more than 60 questions is there after at most 70 KB, heads and bodies as they travelled', async () => {
  const business = shippedQuestionnaires.find(({ code }) => code === 'business-survey')!
  expect(answerKeys(askedSections(business, {})).length).toBeGreaterThanOrEqual(60)
  const [one] = await survey.open({})
  const context = await browser.newContext({ viewport: { width: 360, height: 740 } })
  const page = await context.newPage()
  const cdp = await context.newCDPSession(page)
  await cdp.send('Network.enable')
  const paths = new Map<string, string>()
  const bytes = new Map<string, number>()
  cdp.on('Network.requestWillBeSent', ({ requestId, request }) =>
    paths.set(requestId, new URL(request.url).pathname.replace(one!.token, '…')),
  )
  cdp.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const path = paths.get(requestId) ?? ''
    bytes.set(path, (bytes.get(path) ?? 0) + encodedDataLength)
  })
  await page.goto(`${server.url}/s/${one!.token}`)
  await page.getByRole('button', { name: 'Bắt đầu' }).click()
  await page.getByRole('heading', { name: 'Về doanh nghiệp' }).waitFor()
  await page.waitForLoadState('networkidle')
  const all = [...bytes.values()].reduce((sum, one) => sum + one, 0)
  console.log(`first load: ${all} bytes ${JSON.stringify(Object.fromEntries(bytes))}`)
  expect([...bytes.keys()]).toContain('/api/surveys/…')
  expect(all).toBeGreaterThan(10_000)
  expect(all).toBeLessThanOrEqual(70_000)
  await context.close()
})
