import { findTenant, updateSettings } from '../../db/queries/accounts.ts'
import { allUnits, findUnit } from '../../db/queries/units.ts'
import type { TenantSettings } from '../../db/schema/accounts.ts'
import { AppError } from '../errors.ts'
import type { Services } from '../services.ts'
import type { Principal } from './principal.ts'

/** Who is signed in, for whom, and the province whose overview opens first: the parent of the tenant's own units. */
export async function readMe(services: Services, principal: Principal) {
  const tenant = await findTenant(services.db.shared, principal.tenantId)
  if (!tenant) throw new AppError('not_found')
  const province = await services.db.withTenant(tenant.id, async (trx) => {
    const units = await allUnits(trx, tenant.id)
    const own = new Set(units.map((unit) => unit.id))
    const root =
      units.find((unit) => unit.kind === 'province')?.id ??
      units.map((unit) => unit.parent_id).find((id) => id !== null && !own.has(id))
    const found = root ? await findUnit(trx, root) : undefined
    return found ? { id: found.id, name: found.name ?? '' } : null
  })
  return { user: principal.user, tenant: { name: tenant.name, sample: tenant.sample }, role: principal.role, province }
}

export async function readSettings(services: Services, tenantId: number): Promise<TenantSettings> {
  const tenant = await findTenant(services.db.shared, tenantId)
  if (!tenant) throw new AppError('not_found')
  return tenant.settings
}

/** Replaces a tenant's settings; events already asked stay asked. */
export async function writeSettings(
  services: Services,
  tenantId: number,
  settings: TenantSettings,
): Promise<TenantSettings> {
  const unique = { inviteEvents: [...new Set(settings.inviteEvents)] }
  await updateSettings(services.db.shared, tenantId, unique)
  return unique
}
