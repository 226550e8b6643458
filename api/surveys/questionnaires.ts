import { findTenantByPrefix } from '../../db/queries/accounts.ts'
import { findQuestionnaire } from '../../db/queries/questionnaires.ts'
import type { Database } from '../../db/client.ts'
import type { UnitKind } from '../../db/schema/units.ts'
import type { Questionnaire } from '../core/questionnaire/definition.ts'
import { keptApart } from '../core/questionnaire/parts.ts'
import { definitionOf } from '../questionnaires/questionnaire.ts'

/** A questionnaire of a tenant that is no draft, ready for checking answers. */
export interface KnownQuestionnaire {
  readonly tenantId: number
  readonly definition: Questionnaire
  readonly sha256: string
  /** Codes of answers that are kept apart. */
  readonly apart: ReadonlySet<string>
  /** Codes of the items in which units are chosen, and kinds of the units that they offer. */
  readonly unitItems: ReadonlySet<string>
  readonly unitKinds: readonly UnitKind[]
}
export type FindQuestionnaire = (
  db: Database,
  tenantPrefix: string,
  code: string,
  version: number,
) => Promise<KnownQuestionnaire | null>

/** What a code looks like; anything else is of no questionnaire, and PostgreSQL refuses some of it. */
const CODE = /^[a-z0-9-]{1,64}$/
/** More than an instance has in use; then all are read again. */
const KEPT_MAX = 200

/**
 * Finds questionnaires and keeps what was found, because one that is no draft is never edited. One for each database: ids belong
 * to it.
 */
export function rememberQuestionnaires(): FindQuestionnaire {
  const known = new Map<string, KnownQuestionnaire>()
  return async (db, tenantPrefix, code, version) => {
    const key = `${tenantPrefix} ${code} ${version}`
    const kept = known.get(key)
    if (kept) return kept
    if (!CODE.test(code)) return null
    const tenant = await findTenantByPrefix(db.shared, tenantPrefix)
    if (!tenant) return null
    const stored = await db.withTenant(tenant.id, (trx) => findQuestionnaire(trx, tenant.id, { code, version }))
    if (!stored || stored.state === 'draft') return null
    if (known.size >= KEPT_MAX) known.clear()
    const found = prepared(tenant.id, definitionOf(stored), stored.sha256)
    known.set(key, found)
    return found
  }
}

function prepared(tenantId: number, definition: Questionnaire, sha256: string): KnownQuestionnaire {
  const unitItems = definition.sections.flatMap(({ items }) => items.filter((item) => item.type === 'units'))
  return {
    tenantId,
    definition,
    sha256,
    apart: keptApart(definition),
    unitItems: new Set(unitItems.map(({ code }) => code)),
    unitKinds: [...new Set(unitItems.flatMap(({ kinds }) => kinds as readonly UnitKind[]))],
  }
}
