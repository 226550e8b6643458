import { beforeAll, describe, expect, test } from 'vitest'
import { answers } from '../../api/openapi/answers.ts'
import '../../api/openapi/result-operations.ts'
import { ended, ratedCampaign } from '../support/answered-campaign.ts'
import { openWorldCampaign } from '../support/campaign.ts'
import type { Setting } from './door.ts'
import { nakedNumbers } from './estimates.ts'
import { expectProblem, type Json } from './http.ts'

/** Weights, factors, counts and bounds stand alone on these pages; an Estimate is whole wherever there is one. */
const ANYWHERE = /./

/** What a campaign's answers say: sub-indicators, questions, weights and quality, with sensitive answers joined by this front door. */
export function resultsSuite(of: () => Setting): void {
  let path: string
  const ask = async (name: string, method: string, door: string, json?: unknown): Promise<Json> => {
    const response = await of().administrator(method, `${path}${door}`, json === undefined ? {} : { json })
    expect(response.status, response.text).toBe(200)
    expect(answers.get(name)?.parse(response.json)).toEqual(response.json)
    expect(nakedNumbers(response.json, ANYWHERE)).toEqual([])
    return response.json
  }
  beforeAll(async () => {
    const { id } = await ratedCampaign(of().world, 'Khảo sát DDCI, hợp đồng')
    await ended(of().world, id)
    path = `/api/campaigns/${id}`
  })

  describe('results of a campaign', () => {
    test.each(['results', 'results/units', 'results/questions', 'weights', 'quality'])(
      '%s is for administrators alone',
      async (door) => {
        expectProblem(await of().anyone('GET', `${path}/${door}`), 401, 'not_signed_in')
        expectProblem(await of().importer('GET', `${path}/${door}`), 403, 'forbidden')
      },
    )

    test('sub-indicators, units and questions are whole, and sensitive answers are among them', async () => {
      const { chosen, weights } = await ask('CampaignResults', 'GET', '/results?rho=0.1')
      expect(weights.n).toBe(60)
      const element = (code: string) => chosen.elements.find((one: Json) => one.code === code)
      expect(element('DDCI').selection).toMatchObject({ rho: 0.1 })
      expect(element('D_COST_PAY').estimate.n).toBe(72)
      expect((await ask('CampaignUnitResults', 'GET', '/results/units')).items).toHaveLength(2)
      const { items } = await ask('CampaignQuestions', 'GET', '/results/questions?limit=200')
      expect(items.find((one: Json) => one.code === 'D_COST_PAY').counts.answered).toBe(72)
    })

    test('how answers are weighed and which are kept out is set and taken back', async () => {
      const { frame } = await ask('CampaignWeights', 'GET', '/weights')
      const margins = frame.filter((one: Json) => one.attribute === 'Ngành')
      const set = await ask('CampaignWeights', 'PUT', '/weights', { classes: ['Ngành'], margins, cap: 5 })
      expect(set.margins.map((one: Json) => Math.round(one.after))).toEqual(set.margins.map((one: Json) => one.total))
      // as large as settings get: 500 classes of long names are read, and refused only because the frame has none of them
      const totals = Array.from({ length: 500 }, (_, i) => ({ value: `${i} ${'x'.repeat(600)}`, total: 1 }))
      const all = { json: { classes: [], margins: [{ attribute: 'Ngành', totals }], cap: null } }
      expectProblem(await of().administrator('PUT', `${path}/weights`, all), 422, 'invalid_input')
      await ask('CampaignWeights', 'PUT', '/weights', { classes: [], margins: [], cap: null })
      const rules = [{ code: 'speeding', limit: 0.3 }]
      expect((await ask('CampaignQuality', 'PUT', '/quality', { rules })).keptOut).toBe(8)
      expect((await ask('CampaignQuality', 'PUT', '/quality', { rules: [] })).keptOut).toBe(0)
    })

    test('a draft, an unknown campaign and an unknown edition are told apart', async () => {
      const { id } = await openWorldCampaign(of().world)
      await of().world.sql`update campaign set state = 'draft' where id = ${id}`
      expectProblem(await of().administrator('GET', `/api/campaigns/${id}/results`), 409, 'wrong_state')
      expectProblem(await of().administrator('GET', '/api/campaigns/999999/quality'), 404, 'not_found')
      expectProblem(await of().administrator('GET', `${path}/results?edition=papi@1`), 404, 'not_found')
      expectProblem(await of().administrator('GET', `${path}/results?rho=2`), 422, 'invalid_input')
    })
  })
}
