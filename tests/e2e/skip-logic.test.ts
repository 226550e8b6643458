import { resolve } from 'node:path'
import type { Browser } from 'playwright-core'
import { build } from 'vite'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { answerKeys, askedSections } from '../../api/core/questionnaire/asked.ts'
import { checkSurveyAnswers } from '../../api/core/questionnaire/check.ts'
import { answered, generated } from '../core/questionnaire/generated.ts'
import { launchBrowser } from '../support/chromium.ts'

const root = resolve(import.meta.dirname, '../..')
const CASES = 2000
const FORMS = ['A', 'B', null] as const

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser?.close())

/** A file of the core as a browser gets it: bundled, made smaller, under the name of the file. */
async function bundled(name: 'asked' | 'check'): Promise<string> {
  const made = await build({
    configFile: false,
    root,
    logLevel: 'error',
    build: { write: false, lib: { entry: `api/core/questionnaire/${name}.ts`, name, formats: ['iife'] } },
  })
  const [first] = Array.isArray(made) ? made : [made]
  if (first === undefined || !('output' in first)) throw new Error('nothing was built')
  return first.output[0].code
}

it(`skip logic and the checks of answers give the same in Chromium as on the server, over ${CASES} generated cases`, async () => {
  const cases = Array.from({ length: CASES }, (_, seed) => {
    const questionnaire = generated(seed)
    return {
      questionnaire,
      answers: answered(questionnaire, seed),
      form: FORMS[seed % FORMS.length] ?? null,
      complete: seed % 2 === 0,
    }
  })
  const here = cases.map(({ questionnaire, answers, form, complete }) => ({
    keys: answerKeys(askedSections(questionnaire, answers)),
    issues: checkSurveyAnswers(questionnaire, answers, { form, units: null }, complete),
  }))
  // the cases tell something: questions are skipped, and answers refused, in many and not in all
  const told = here.filter(({ issues }) => issues.some(({ code }) => code === 'hidden_item')).length
  expect(told).toBeGreaterThan(CASES / 10)
  expect(here.some(({ issues }) => issues.length === 0)).toBe(true)

  const page = await browser.newPage()
  for (const name of ['asked', 'check'] as const) await page.addScriptTag({ content: await bundled(name) })
  const there = await page.evaluate(
    `((cases) => cases.map(({ questionnaire, answers, form, complete }) => ({
      keys: asked.answerKeys(asked.askedSections(questionnaire, answers)),
      issues: check.checkSurveyAnswers(questionnaire, answers, { form, units: null }, complete),
    })))(${JSON.stringify(cases)})`,
  )
  expect(there).toEqual(here)
})
