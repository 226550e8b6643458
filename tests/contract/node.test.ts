import { describe } from 'vitest'
import { startNodeServer } from '../support/node-server.ts'
import { contractSuite } from './suite.ts'

describe('the Node front door', () => {
  contractSuite(async ({ url, ownerUrl }) => {
    const server = await startNodeServer({ url, ownerUrl })
    return {
      url: server.url,
      // They run by themselves every few seconds.
      runJobs: () => Promise.resolve(),
      citizen: () => startNodeServer({ url, ownerUrl, env: { SURFACE: 'citizen' } }),
      stop: server.stop,
    }
  })
})
