import { submission } from '../support/submission.ts'
import type { World } from '../support/world.ts'
import type { Callers } from './callers.ts'

const DAY_MS = 86_400_000

/** The month in which the world's dossiers were returned, in Vietnamese time. */
export function monthOfReturns(): { from: string; to: string } {
  const month = new Date(Date.now() - DAY_MS + 7 * 3_600_000).toISOString().slice(0, 7)
  return { from: month, to: month }
}

export interface Run {
  id: number
  state: string
  inputsSha256: string
  withdrawn: { reason: string } | null
}
export interface Shown {
  est: number | null
  lo: number | null
  hi: number | null
  n: number | null
  suppressed: string | null
}
export interface PublicAnswer {
  unit: { id: number; name: string }
  run: { id: number; withdrawn: { reason: string } | null; inputsSha256: string }
  figures: { code: string; estimate: Shown; notes: string[]; carriedFrom: number | null }[]
  responseRate: Shown
  notMeasured: string[]
  sample: boolean
}

/** Ratings and runs of a world, through the product's own doors. */
export function publishing(world: World, callers: Callers) {
  const json = async <T>(response: Response): Promise<T> => (await response.json()) as T
  const post = (path: string, body: unknown = {}) => callers.call('administrator', 'POST', path, body)
  return {
    /** New dossiers of a unit, each rated. @returns tokens and response ids */
    rate: async (unit: string, overall: readonly string[], more: Record<string, string> = {}) => {
      const asks = await world.asks(overall.length, { ma_don_vi: unit })
      const sent: { id: string; secret: string; code: string }[] = []
      for (const [k, { code, token }] of asks.entries()) {
        const body = submission(token, { answers: { OVERALL: overall[k], ...more } })
        const response = await callers.call('anonymous', 'POST', '/api/responses', body)
        if (response.status !== 201) throw new Error(`an answer was refused: ${await response.text()}`)
        sent.push({ id: body.id, secret: 'bí mật', code })
      }
      return sent
    },
    withdrawAnswer: async ({ id, secret }: { id: string; secret: string }) => {
      const response = await callers.call('anonymous', 'POST', '/api/withdrawals', { id, secret })
      if (response.status !== 200) throw new Error(`a withdrawal was refused: ${await response.text()}`)
    },
    /** Brings the dossiers in again as returned too late. */
    correct: (unit: string, codes: readonly string[]) =>
      world.bring(
        codes.map((code) =>
          world.line({
            ma_ho_so: code,
            ma_don_vi: unit,
            ngay_hen_tra: new Date(Date.now() - 2 * DAY_MS).toISOString(),
          }),
        ),
      ),
    prepare: async (period = monthOfReturns()): Promise<Run> => {
      const response = await post('/api/runs', period)
      if (response.status !== 201) throw new Error(`preparing was refused: ${await response.text()}`)
      return json<Run>(response)
    },
    publish: (id: number) => post(`/api/runs/${id}/publish`),
    withdraw: (id: number, reason = 'wrong_data') => post(`/api/runs/${id}/withdraw`, { reason }),
    rerun: (id: number) => post(`/api/runs/${id}/rerun`),
    /** Prepares and publishes. */
    release: async (period = monthOfReturns()): Promise<Run> => {
      const prepared = await post('/api/runs', period)
      const run = await json<Run>(prepared)
      const response = await post(`/api/runs/${run.id}/publish`)
      if (response.status !== 200) throw new Error(`publishing was refused: ${await response.text()}`)
      return json<Run>(response)
    },
    publicUnit: (id: number, run?: number) =>
      callers.call('anonymous', 'GET', `/api/public/units/${id}${run === undefined ? '' : `?run=${run}`}`),
    /** One figure of a unit as the public sees it. */
    figure: async (id: number, code = 'satisfaction', run?: number) => {
      const response = await callers.call(
        'anonymous',
        'GET',
        `/api/public/units/${id}${run === undefined ? '' : `?run=${run}`}`,
      )
      const found = (await json<PublicAnswer>(response)).figures.find((one) => one.code === code)
      if (!found) throw new Error(`${code} is not published`)
      return found
    },
    /** The newest response rate of a unit as the public sees it. */
    responseRate: async (id: number) =>
      (await json<PublicAnswer>(await callers.call('anonymous', 'GET', `/api/public/units/${id}`))).responseRate,
  }
}

/** `n` answers of which the first `good` are favourable. */
export function answers(n: number, good: number): string[] {
  return Array.from({ length: n }, (_, k) => (k < good ? '4' : '2'))
}
