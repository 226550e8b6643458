import type { Finding } from '../../db/backup/check.ts'
import type { Keys } from '../../db/backup/format.ts'
import { createDatabase } from '../../db/client.ts'
import { listTenants } from '../../db/queries/accounts.ts'
import { newestSecrets } from '../../db/queries/secrets.ts'
import { parseTokenKeys, sha256, toHex, tokenMaker } from '../invitations/token.ts'

const SAMPLE = 20

/** Whether the present keys still make the links that were given out: the newest ones of each key are made again. */
export async function checkLinks(ownerUrl: string, keys: Keys | null): Promise<Finding[]> {
  const known = keys === null ? null : parseTokenKeys(keys.TOKEN_KEYS)
  const db = createDatabase(ownerUrl, { max: 1 })
  try {
    const findings: Finding[] = []
    for (const tenant of await listTenants(db.shared)) {
      const asks = await db.withTenant(tenant.id, (trx) => newestSecrets(trx, tenant.id, SAMPLE))
      let wrong = 0
      for (const ask of asks) {
        const make = known?.byVersion.has(ask.key_version) ? tokenMaker(known, ask.key_version, tenant) : null
        const token = make?.(ask.id)
        if (token === undefined || toHex(sha256(token)) !== toHex(ask.token_hash)) wrong += 1
      }
      findings.push({ check: 'links_not_of_these_keys', subject: `tenant ${tenant.id}`, wrong })
    }
    return findings
  } finally {
    await db.close()
  }
}
