import { AppError } from '../../api/errors.ts'
import { runJob } from '../../api/jobs/run.ts'
import { submissionSchema } from '../../api/responses/schema.ts'
import { submitResponse } from '../../api/responses/submit.ts'
import { withdrawResponse } from '../../api/responses/withdraw.ts'
import { hashOf, submission } from '../support/submission.ts'
import type { World } from '../support/world.ts'

/** What writers did and were told. Ids stand in the order of their acknowledgement. */
export interface Load {
  readonly acknowledged: string[]
  readonly begun: Set<string>
  readonly withdrawn: string[]
  stop(): Promise<void>
}

/** Answers some asks, each once. @returns the ids of the answers */
export async function answerSome(world: World, count: number): Promise<string[]> {
  const ids: string[] = []
  for (const { token } of await world.asks(count)) {
    const body = submission(token)
    await submitResponse(world.services, submissionSchema.parse(body), null)
    ids.push(body.id)
  }
  return ids
}

/**
 * Writers that answer, revise, withdraw and bring dossiers in through the use cases, with the tally job beside them, until
 * they are stopped.
 */
export function startLoad(world: World, writers: number): Load {
  const load = { acknowledged: [] as string[], begun: new Set<string>(), withdrawn: [] as string[] }
  const stopping = new AbortController()
  const send = (body: ReturnType<typeof submission>): Promise<unknown> =>
    submitResponse(world.services, submissionSchema.parse(body), null)
  const write = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      const asks = await world.asks(12)
      for (const [i, { token }] of asks.entries()) {
        if (stopping.signal.aborted) return
        const body = submission(token, { withdrawHash: hashOf('giữ kín') })
        load.begun.add(body.id)
        await send(body)
        load.acknowledged.push(body.id)
        if (i % 3 === 0) await send({ ...body, revision: 2, complete: true, answers: { OVERALL: '2', T3: '1' } })
        if (i % 5 === 0) {
          await withdrawResponse(world.services, { id: body.id, secret: 'giữ kín' })
          load.withdrawn.push(body.id)
        }
      }
    }
  }
  const count = async (): Promise<void> => {
    while (!stopping.signal.aborted) await runJob(world.services, 'tally')
  }
  const running = [...Array.from({ length: writers }, write), count()]
  return {
    ...load,
    stop: async () => {
      stopping.abort()
      const ended = await Promise.allSettled(running)
      for (const { reason } of ended.filter((one) => one.status === 'rejected'))
        if (!(reason instanceof AppError)) throw reason
    },
  }
}
