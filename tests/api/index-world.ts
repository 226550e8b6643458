import { submission } from '../support/submission.ts'
import type { World } from '../support/world.ts'
import type { Callers } from './callers.ts'

/** An Estimate as the doors give it. */
export interface Shown {
  est: number | null
  se: number | null
  lo: number | null
  hi: number | null
  n: number | null
  nEff: number | null
  method: string
  suppressed: string | null
}
export interface ShownElement {
  code: string
  kind: string
  estimate: Shown
  present: number
  of: number
  needed: number | null
  grade: string | null
  indicator: { raw: Shown; from: string; goalposts: { min: number; max: number } | null } | null
  warnings: string[]
}
export interface ShownScores {
  run: { id: number; inputsSha256: string; nightly: boolean; definitionSha256: string }
  elements: ShownElement[]
  warnings: string[]
  counts: { dossiers: number; invited: number; answered: number }
}

/** The quarter before this one, and a month of it: nothing in it is in the future, and all of it is one calendar year. */
export function lastQuarter(): { from: string; to: string; months: string[] } {
  const now = new Date()
  const first = new Date(Date.UTC(now.getUTCFullYear(), Math.floor(now.getUTCMonth() / 3) * 3 - 3, 1))
  const months = [0, 1, 2].map((k) =>
    new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + k, 1)).toISOString().slice(0, 7),
  )
  return { from: months[0]!, to: months[2]!, months }
}

const label = { vi: 'Chỉ số thử', en: 'Trial index' }
const share = (code: string, parent: string, item: string) => ({
  code,
  parent,
  direction: 'higher',
  normalise: { method: 'goalposts', to: [0, 100], bounds: { mode: 'fixed', min: 0, max: 1 } },
  from: { instrument: 'dossier-rating', item, statistic: 'share' },
  label,
  source: 'test',
})

/** A small edition over three items: TOTAL = mean of INFO (Q_INFO and Q_PAPERWORK) and GENERAL (OVERALL). */
export function smallEdition(id: string, edition: string): object {
  const node = (code: string, parent: string | null) => ({ code, parent, aggregate: 'mean', label, source: 'test' })
  return {
    id,
    edition,
    official: false,
    label,
    scale: { min: 0, max: 100 },
    nodes: [node('TOTAL', null), node('INFO', 'TOTAL'), node('GENERAL', 'TOTAL')],
    indicators: [share('I1', 'INFO', 'Q_INFO'), share('I2', 'INFO', 'Q_PAPERWORK'), share('G1', 'GENERAL', 'OVERALL')],
  }
}

/** Doors of indices of a world. */
export function indexing(world: World, callers: Callers) {
  const ask = async <T>(method: string, path: string, body?: unknown): Promise<{ status: number; json: T }> => {
    const response = await callers.call('administrator', method, path, body)
    return { status: response.status, json: (await response.json()) as T }
  }
  const period = lastQuarter()
  return {
    ask,
    period,
    /** Publishes a definition as an edition of the world's own. */
    publish: async (definition: object) => {
      const { id, edition } = definition as { id: string; edition: string }
      const from = { id: 'papi-2021', edition: '2021+' }
      const { json } = await ask<{ sha256: string }>('POST', '/api/indices', { from, id, edition })
      const path = `/api/indices/${id}/editions/${edition}`
      const put = await ask('PUT', path, { basedOn: json.sha256, definition })
      if (put.status !== 200) throw new Error(`the definition was refused: ${JSON.stringify(put.json)}`)
      await ask('POST', `${path}/publish`, {})
    },
    /** Rated dossiers of a unit, spread over the days of the quarter. @returns codes and what is needed to withdraw */
    rate: async (unit: string, answers: readonly Record<string, unknown>[], line: Record<string, string> = {}) => {
      const sent: { code: string; id: string }[] = []
      const byDay = Map.groupBy(answers.entries(), ([k]) => k % 24)
      for (const [day, list] of byDay) {
        const month = period.months[day % 3]!
        const date = `${month}-${String(2 + day).padStart(2, '0')}`
        const dates = { ngay_tiep_nhan: date, ngay_hen_tra: date, ngay_tra: date }
        const asks = await world.asks(list.length, { ma_don_vi: unit, ...dates, ...line })
        for (const [k, { code, token }] of asks.entries()) {
          const body = submission(token, { answers: list[k]![1], complete: true })
          const response = await callers.call('anonymous', 'POST', '/api/responses', body)
          if (response.status !== 201) throw new Error(`an answer was refused: ${await response.text()}`)
          sent.push({ code, id: body.id })
        }
      }
      return sent
    },
    compute: (id: string, edition: string) =>
      ask<{ id: number; inputsSha256: string; code?: string }>('POST', `/api/indices/${id}/editions/${edition}/runs`, {
        from: period.from,
        to: period.to,
      }),
    scores: (unit: number, index: string, more = '') =>
      ask<ShownScores & { code?: string }>(
        'GET',
        `/api/units/${unit}/scores?index=${index}&from=${period.from}&to=${period.to}${more}`,
      ),
    element: ({ elements }: ShownScores, code: string): ShownElement => {
      const found = elements.find((one) => one.code === code)
      if (!found) throw new Error(`there is no element ${code}`)
      return found
    },
  }
}

/** `n` answers to the small edition's items, of which the first `good` are favourable to each. */
export function smallAnswers(n: number, good: { info: number; paper: number; overall: number }) {
  return Array.from({ length: n }, (_, k) => ({
    OVERALL: k < good.overall ? '5' : '2',
    Q_INFO: k < good.info ? 'yes' : 'no',
    Q_PAPERWORK: k < good.paper ? 'yes' : 'no',
  }))
}
