import { holdCell, releaseCases } from '../../db/queries/campaign-draw.ts'
import { noteEvent } from '../../db/queries/campaigns.ts'
import { designWeight, inclusionProbability } from '../core/sampling/draw.ts'
import { AppError } from '../errors.ts'
import type { Services } from '../services.ts'
import { campaignView, holdOpen, type Actor } from './campaign.ts'
import { makeSecrets } from './open.ts'

/** Which replacements: of a stratum, or of a first-stage unit drawn in it, up to so many in all. */
export interface Release {
  readonly stratum: string
  readonly psu: string | null
  readonly released: number
}

/**
 * Releases replacements of an open campaign in the order of the draw. All cases of the cell, and the answers that are there, get the
 * weight of the larger sample. The number is of all released so far, so the same request again changes nothing.
 * @throws AppError not_found for an unknown campaign or cell; wrong_state; invalid_input for more than there are, or fewer than before
 */
export async function releaseReplacements(services: Services, by: Actor, campaignId: number, release: Release) {
  const key = { tenantId: by.tenantId, campaignId }
  const now = services.now()
  return services.db.withTenant(by.tenantId, async (trx) => {
    await holdOpen(trx, key)
    const cell = await holdCell(trx, key, { stratum: release.stratum, psu: release.psu ?? '' })
    if (!cell) throw new AppError('not_found')
    const refuse = (code: string): never => {
      throw new AppError('invalid_input', [{ path: 'released', code }])
    }
    if (release.released > cell.reserve) refuse('too_many')
    if (release.released < cell.released) refuse('already_released')
    if (release.released === cell.released) return campaignView(trx, key)
    const asked = cell.main + release.released
    const about = { first: cell.first_probability, members: cell.members }
    await releaseCases(trx, key, cell, {
      released: release.released,
      probability: inclusionProbability(about, asked),
      weight: designWeight(about, asked),
    })
    await makeSecrets(services, trx, key)
    const detail = { ...release, before: cell.released }
    await noteEvent(trx, by.tenantId, campaignId, { at: now, actor: by.actor, action: 'released', detail })
    return campaignView(trx, key)
  })
}
