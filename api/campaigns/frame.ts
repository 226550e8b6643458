import { communesByName, deleteFrame, frameDigest } from '../../db/queries/campaign-frame.ts'
import { noteEvent, updateCampaign } from '../../db/queries/campaigns.ts'
import { DossierFileError } from '../core/dossier/errors.ts'
import type { OpenRecordsOptions } from '../core/dossier/read/open.ts'
import type { ByteSource } from '../core/dossier/read/record.ts'
import { localDate } from '../core/time/moment.ts'
import { AppError } from '../errors.ts'
import type { Services } from '../services.ts'
import { designOf, holdDraft, type Actor } from './campaign.ts'
import { communeFinder } from './communes.ts'
import { openFrame } from './frame-file.ts'
import { frameIntake, type Taken } from './frame-intake.ts'

/** What an import of a frame did. A frame with a fault is refused as a whole: a part of it would be another population. */
export interface FrameReport extends Taken {
  stored: boolean
  sha256: string | null
  ignoredColumns: readonly string[]
}

/**
 * Reads the frame of a draft by its design, in place of the one it had; whatever was drawn from that is forgotten. One
 * transaction: a damaged file, or one with a fault in any row, changes nothing.
 * @throws AppError not_found; campaign_frozen; invalid_input no_design; invalid_file | too_large with the reason
 */
export async function importFrame(
  services: Services,
  by: Actor,
  campaignId: number,
  source: ByteSource,
  limits: OpenRecordsOptions = {},
): Promise<FrameReport> {
  const key = { tenantId: by.tenantId, campaignId }
  const now = services.now()
  try {
    return await services.db.withTenant(by.tenantId, async (trx) => {
      const design = designOf(await holdDraft(trx, key))
      if (design === null) throw new AppError('invalid_input', [{ path: 'design', code: 'no_design' }])
      const file = await openFrame(source, design, limits)
      await deleteFrame(trx, key)
      const findCommune = communeFinder(
        design.columns.commune === null ? [] : await communesByName(trx, by.tenantId, localDate(now.toISOString())),
      )
      const intake = frameIntake(trx, key, design, { contactKeys: services.contactKeys, findCommune })
      for await (const row of file.rows) await intake.take(row)
      const taken = await intake.finish()
      const report = { stored: false, sha256: null, ignoredColumns: file.ignoredColumns, ...taken }
      if (report.issues.length > 0) throw new RefusedFrame(report)
      const sha256 = await frameDigest(trx, key)
      const drawn = { seed: null, drawn_at: null, drawn_by: null }
      await updateCampaign(trx, by.tenantId, campaignId, { frame_sha256: sha256, ...drawn })
      const { rows, strata, contacts } = report
      const detail = { rows, strata, contacts, sha256 }
      await noteEvent(trx, by.tenantId, campaignId, { at: now, actor: by.actor, action: 'frame_imported', detail })
      return { ...report, stored: true, sha256 }
    })
  } catch (error) {
    if (error instanceof RefusedFrame) return error.report
    if (!(error instanceof DossierFileError)) throw error
    const code = error.code === 'file_too_large' ? 'too_large' : 'invalid_file'
    throw new AppError(code, [{ path: 'file', code: error.code }])
  }
}

/** Undoes what was written of a frame that turned out to have a fault. */
class RefusedFrame extends Error {
  readonly report: FrameReport
  constructor(report: FrameReport) {
    super('the frame has faults')
    this.report = report
  }
}
