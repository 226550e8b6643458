import { parentPort, workerData } from 'node:worker_threads'
import { createDatabase } from '../../db/client.ts'
import { listTenants } from '../../db/queries/accounts.ts'
import { rebuildTallies } from '../jobs/tally.ts'

/** The thread of `tallyThread`: counts each time it is told to, and answers when it is done with the code of what failed, if anything did. */
const db = createDatabase(workerData as string, { max: 1 })

async function count(): Promise<{ failed: string | null }> {
  try {
    for (const tenant of await listTenants(db.shared)) await rebuildTallies({ db }, tenant.id)
    return { failed: null }
  } catch (error) {
    return { failed: (error as { code?: string }).code ?? '' }
  }
}

parentPort?.on('message', () => void count().then((result) => parentPort?.postMessage(result, [])))
