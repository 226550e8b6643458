import { createHash, randomUUID } from 'node:crypto'
import postgres from 'postgres'
import type { AnswerWrite } from '../../../db/queries/submissions.ts'
import { submission } from '../../support/submission.ts'
import type { LoadResult } from './http-load.ts'
import { ownProcessorSeconds } from './processor-time.ts'
import { wholeWrite } from './whole-answer.ts'
import { serve } from './worker.ts'

/** The statement of a first answer, sent one by one by bare postgres.js with nothing around it. */
export interface SqlLoad {
  readonly url: string
  readonly tokens: readonly string[]
  readonly connections: number
  readonly seconds: number
  /**
   * `answers`: store_answers with one answer; `surveys`: store_survey_answers with one whole answer of tenant `tenantId`; `insert`: one prepared insert of a row of the same size into
   * a plain table.
   */
  readonly kind: 'answers' | 'surveys' | 'insert'
  readonly tenantId?: number
}

serve<SqlLoad, LoadResult>(async ({ url, tokens, connections, seconds, kind, tenantId = 0 }) => {
  const sql = postgres(url, { max: connections, onnotice: () => undefined })
  await Promise.all(Array.from({ length: connections }, () => sql`select pg_sleep(0.05)`))
  const send = {
    answers: () => answers(sql, tokens),
    surveys: () => surveys(sql, tokens, tenantId),
    insert: () => inserts(sql, tokens),
  }[kind]()
  const latenciesMs: number[] = []
  let [next, created] = [0, 0]
  const [started, used] = [performance.now(), ownProcessorSeconds()]
  const deadline = started + seconds * 1000
  await Promise.all(
    Array.from({ length: connections }, async () => {
      for (let one = send[next++]; one !== undefined && performance.now() < deadline; one = send[next++]) {
        const from = performance.now()
        if (await one()) created += 1
        latenciesMs.push(performance.now() - from)
      }
    }),
  )
  const taken = { seconds: (performance.now() - started) / 1000, processorSeconds: ownProcessorSeconds() - used }
  await sql.end()
  return {
    created,
    others: latenciesMs.length - created,
    ...taken,
    latenciesMs: latenciesMs.sort((a, b) => a - b),
  }
})

/** What is sent is made before the clock runs. */
function answers(sql: postgres.Sql, tokens: readonly string[]): (() => Promise<boolean>)[] {
  return tokens.map((token) => {
    const batch = JSON.stringify([writeOf(token)])
    return async () => {
      const stored =
        await sql`select hash, is_first from store_answers(${token.slice(0, 3)}::text, ${batch}::text::jsonb)`
      return stored.length === 1
    }
  })
}

function writeOf(token: string): AnswerWrite {
  const given = submission(token)
  const hash = createHash('sha256').update(token).digest('hex')
  return {
    token_hash: hash,
    instrument_id: 1,
    applicants: ['citizen', 'business', 'organisation'],
    id: given.id,
    revision: 1,
    complete: false,
    answers: given.answers,
    marks: { OVERALL: 3 },
    content_hash: hash,
    withdraw_hash: given.withdrawHash,
    respondent: given.respondent,
    language: given.language,
    started_at: given.startedAt,
    sent_at: given.sentAt,
    received_at: given.sentAt,
    answered_on: given.sentAt.slice(0, 10),
    item_ms: given.itemMs,
    device_hash: null,
  }
}

function surveys(sql: postgres.Sql, tokens: readonly string[], tenantId: number): (() => Promise<boolean>)[] {
  return tokens.map((token) => {
    const batch = JSON.stringify([wholeWrite(token, tenantId)])
    return async () => {
      const stored =
        await sql`select hash, is_first from store_survey_answers(${token.slice(0, 3)}::text, ${batch}::text::jsonb)`
      return stored.length === 1
    }
  })
}

function inserts(sql: postgres.Sql, tokens: readonly string[]): (() => Promise<boolean>)[] {
  return tokens.map((token) => {
    const { answers, itemMs, startedAt } = submission(token)
    const [id, said, ms] = [randomUUID(), JSON.stringify(answers), JSON.stringify(itemMs)]
    return async () => {
      const { count } = await sql`
        insert into bench_response (id, unit_id, answers, item_ms, hash, at)
        values (${id}, 1, ${said}::text::jsonb, ${ms}::text::jsonb, ${Buffer.from(token)}, ${startedAt})`
      return count === 1
    }
  })
}
