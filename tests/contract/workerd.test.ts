import { describe } from 'vitest'
import { startWorkerd } from '../support/workerd.ts'
import { contractSuite } from './suite.ts'

describe('the Workers front door', () => {
  contractSuite(async ({ url }) => {
    const server = await startWorkerd({ url })
    return {
      url: server.url,
      // A request through wrangler takes five times as long.
      every: 5,
      runJobs: async () => void (await server.scheduled()),
      citizen: () => startWorkerd({ url, vars: { SURFACE: 'citizen' } }),
      stop: server.stop,
    }
  })
})
