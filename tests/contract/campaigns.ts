import { describe, expect, test } from 'vitest'
import { campaignInput, firms } from '../support/campaign.ts'
import { csvOf } from '../support/world.ts'
import type { Setting } from './door.ts'
import { expectProblem, type Json } from './http.ts'

/** Surveys of a sample, from the list that is sampled to printed letters. */
export function campaignsSuite(of: () => Setting): void {
  describe('a survey of a sample', () => {
    test('is fed, drawn, opened, printed with names that were kept encrypted, and followed', async () => {
      const ask = async (method: string, path: string, json?: unknown): Promise<Json> => {
        const reply = await of().administrator(method, `/api/campaigns${path}`, json === undefined ? {} : { json })
        expect([200, 201], reply.text).toContain(reply.status)
        return reply.json ?? reply.text
      }
      const { id } = await ask('POST', '', campaignInput())
      const frame = (body: string) =>
        of().administrator('POST', `/api/campaigns/${id}/frame`, { body, headers: { 'Content-Type': 'text/csv' } })
      const lines = firms(60)
      const [first = {}] = lines
      const faulty = await frame(csvOf([...lines, first]))
      expect(faulty.json).toMatchObject({
        stored: false,
        issues: [{ line: 62, column: 'Mã số thuế', code: 'duplicate_code' }],
      })
      expect((await frame(csvOf(lines))).json).toMatchObject({ stored: true, rows: 60, strata: 4, contacts: 60 })
      expectProblem(await of().administrator('POST', `/api/campaigns/${id}/open`, { json: {} }), 422, 'invalid_input')
      const drawn = await ask('POST', `/${id}/draw`, { seed: 7 })
      expect(drawn.sample).toMatchObject({ seed: 7, main: 20 })
      expect((await ask('POST', `/${id}/open`, {})).state).toBe('open')
      expectProblem(await frame(csvOf(lines)), 409, 'campaign_frozen')
      const letters = await ask('GET', `/${id}/letters?kind=invitation&limit=200`)
      expect(letters.match(/Công ty Sao Mai \d+/g)).toHaveLength(20)
      expect(letters).not.toContain('<script')
      expect(await ask('GET', `/${id}/field`)).toMatchObject({ sampled: 20, answered: 0 })
      expect(JSON.stringify(await ask('GET', `/${id}/cases`))).not.toContain('Sao Mai')
      expect((await ask('POST', `/${id}/close`, {})).state).toBe('closed')
      expectProblem(await of().administrator('GET', `/api/campaigns/${id}/letters?kind=invitation`), 409, 'wrong_state')
    })

    test('is closed to whoever is no administrator', async () => {
      expectProblem(await of().anyone('GET', '/api/campaigns'), 401, 'not_signed_in')
      expectProblem(await of().importer('GET', '/api/campaigns'), 403, 'forbidden')
    })
  })
}
