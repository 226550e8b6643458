import { expect, test } from 'vitest'
import { replicatesInThreads } from '../../../api/node/replicates.ts'
import { AnswersBuilder } from '../../../api/core/index/estimate/answers.ts'
import { type BootstrapPlan, bootstrapReplicates } from '../../../api/core/index/estimate/bootstrap.ts'
import { clusterSample } from '../../../api/core/index/estimate/cluster-sample.ts'
import { rowsOf } from '../../../api/core/index/estimate/linearise.ts'
import { flatIndex } from '../../core/index/small.ts'

function plan(): BootstrapPlan {
  const builder = new AnswersBuilder([{ code: 'A', rates: 'responsible', statistic: 'mean' }])
  for (let i = 0; i < 40; i += 1) builder.add({ responsible: 0, receiving: 0, day: i % 20 }, [(i * 7) % 5])
  const answers = builder.build()
  const inScope = Uint8Array.of(1)
  const sample = clusterSample(answers, rowsOf(answers, inScope), inScope)
  const definition = flatIndex({ A: {} })
  return {
    definition,
    goalposts: new Map(),
    columnOf: Int32Array.of(0),
    scale: 'frozen',
    units: [{ sample, hard: Float64Array.of(NaN) }],
  }
}

test('threads share the replicates and give the digits of one', async () => {
  const parts = await replicatesInThreads(plan(), { seed: 3, replicates: 25, threads: 2 })
  expect(parts.map((part) => part.length)).toEqual([13, 12])
  expect(Float64Array.from(parts.flatMap((part) => [...part]))).toEqual(
    bootstrapReplicates(plan(), { seed: 3, from: 0, to: 25 }),
  )
})

test('a fault in a thread comes back as an error', async () => {
  const broken = { ...plan(), definition: { ...plan().definition, nodes: [] } }
  await expect(replicatesInThreads(broken, { seed: 3, replicates: 25, threads: 2 })).rejects.toThrow(RangeError)
})
