import type { Finding } from '../../db/backup/check.ts'
import { createDatabase } from '../../db/client.ts'
import { listTenants } from '../../db/queries/accounts.ts'
import { newestContacts } from '../../db/queries/contacts.ts'
import { closedContacts } from '../campaigns/contacts.ts'
import { parseTokenKeys } from '../invitations/token.ts'

const SAMPLE = 20

/**
 * Whether the present CONTACT_KEYS open the names and addresses of survey frames: the newest ones of each key are opened. No backup
 * holds these keys, so a database that was restored elsewhere has them only when somebody brought them.
 */
export async function checkContacts(ownerUrl: string, contactKeys: string | null): Promise<Finding[]> {
  const keys = contactKeys === null ? null : parseTokenKeys(contactKeys)
  const db = createDatabase(ownerUrl, { max: 1 })
  try {
    const findings: Finding[] = []
    for (const tenant of await listTenants(db.shared)) {
      const contacts = await db.withTenant(tenant.id, (trx) =>
        newestContacts(trx, tenant.id, { ofEach: SAMPLE, campaignId: null }),
      )
      const closed = closedContacts(keys, tenant.id, contacts)
      findings.push({ check: 'contacts_not_of_these_keys', subject: `tenant ${tenant.id}`, wrong: closed.length })
    }
    return findings
  } finally {
    await db.close()
  }
}
