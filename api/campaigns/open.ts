import type { Transaction } from 'kysely'
import { findTenant } from '../../db/queries/accounts.ts'
import { cutCaseLinks, campaignsOver, noteEvent, updateCampaign } from '../../db/queries/campaigns.ts'
import { dropPasses, dropPrivate, passesOver } from '../../db/queries/paper.ts'
import { casesWithoutSecret, giveSecrets } from '../../db/queries/survey-cases.ts'
import type { DB } from '../../db/schema/tables.ts'
import { localDate } from '../core/time/moment.ts'
import { AppError } from '../errors.ts'
import { sha256, toHex, tokenMaker } from '../invitations/token.ts'
import type { Services } from '../services.ts'
import { pseudonymOf } from '../surveys/case.ts'
import { campaignView, holdCampaign, type Actor, type CampaignKey } from './campaign.ts'

/** How long after its end a campaign still knows whose answers are whose; then only the design stands on them. */
export const LINK_DAYS = 30
const DAY_MS = 86_400_000
const PER_STATEMENT = 5000

/**
 * Opens a draft: every case gets its secret, and questionnaire, frame, strata, sample and seed are frozen. Opening twice is opening
 * once.
 * @throws AppError not_found; wrong_state once it is closed; invalid_input for one that is not drawn, or whose last day is over
 */
export async function openCampaign(services: Services, by: Actor, campaignId: number) {
  const key = { tenantId: by.tenantId, campaignId }
  const now = services.now()
  return services.db.withTenant(by.tenantId, async (trx) => {
    const row = await holdCampaign(trx, key)
    if (row.state === 'open') return campaignView(trx, key)
    if (row.state === 'closed') throw new AppError('wrong_state')
    if (row.seed === null) throw new AppError('invalid_input', [{ path: 'sample', code: 'not_drawn' }])
    if (row.closes_on < localDate(now.toISOString()))
      throw new AppError('invalid_input', [{ path: 'closesOn', code: 'in_past' }])
    const secrets = await makeSecrets(services, trx, key)
    await updateCampaign(trx, by.tenantId, campaignId, { state: 'open', opened_at: now, opened_by: by.actor })
    const detail = { secrets, seed: row.seed, frame: row.frame_sha256, closesOn: row.closes_on }
    await noteEvent(trx, by.tenantId, campaignId, { at: now, actor: by.actor, action: 'opened', detail })
    return campaignView(trx, key)
  })
}

/** Closes an open campaign: nothing is answered any more. Closing twice is closing once. @throws AppError not_found | wrong_state */
export async function closeCampaign(services: Services, by: Actor, campaignId: number) {
  const key = { tenantId: by.tenantId, campaignId }
  const now = services.now()
  return services.db.withTenant(by.tenantId, async (trx) => {
    const row = await holdCampaign(trx, key)
    if (row.state === 'draft') throw new AppError('wrong_state')
    if (row.state === 'open') await close(trx, key, { now, actor: by.actor })
    return campaignView(trx, key)
  })
}

/**
 * Closes campaigns whose last day is over; after `LINK_DAYS` it cuts links from answers to cases and forgets what was typed of paper
 * forms. @returns how many campaigns and links
 */
export async function runCampaigns(services: Services, tenantId: number): Promise<number> {
  const now = services.now()
  return services.db.withTenant(tenantId, async (trx) => {
    const over = await campaignsOver(trx, tenantId, localDate(now.toISOString()))
    for (const { id } of over) await close(trx, { tenantId, campaignId: id }, { now, actor: 'job' })
    const before = new Date(now.getTime() - LINK_DAYS * DAY_MS)
    await forgetPasses(services, trx, tenantId, before)
    return over.length + (await cutCaseLinks(trx, tenantId, before))
  })
}

/** Gives released cases that have none their secrets. @returns how many */
export async function makeSecrets(services: Services, trx: Transaction<DB>, key: CampaignKey): Promise<number> {
  const tenant = await findTenant(services.db.shared, key.tenantId)
  if (!tenant) throw new AppError('not_found')
  const { current } = services.tokenKeys
  const tokenOf = tokenMaker(services.tokenKeys, current, tenant, 'case')
  let made = 0
  for (let after = 0; ;) {
    const ids = await casesWithoutSecret(trx, key, after, PER_STATEMENT)
    if (ids.length === 0) return made
    const secrets = ids.map((id) => ({ id, token_hash: `\\x${toHex(sha256(tokenOf(id)))}` }))
    await giveSecrets(trx, key.tenantId, current, secrets)
    made += ids.length
    after = ids.at(-1) ?? after
  }
}

async function close(
  trx: Transaction<DB>,
  key: CampaignKey,
  { now, actor }: { now: Date; actor: string },
): Promise<void> {
  await updateCampaign(trx, key.tenantId, key.campaignId, { state: 'closed', closed_at: now, closed_by: actor })
  await noteEvent(trx, key.tenantId, key.campaignId, { at: now, actor, action: 'closed', detail: {} })
}

/**
 * Forgets typed passes over paper forms of campaigns closed before a moment, with their sensitive answers, which nothing else leads to:
 * those of a form whose passes were never merged would stay for ever.
 */
async function forgetPasses(services: Services, trx: Transaction<DB>, tenantId: number, before: Date): Promise<void> {
  for (;;) {
    const passes = await passesOver(trx, tenantId, before, PER_STATEMENT)
    if (passes.length === 0) return
    for (const [campaignId, own] of Map.groupBy(passes, (pass) => pass.campaign_id)) {
      const known = own.filter((pass) => services.tokenKeys.byVersion.has(pass.key_version))
      const names = known.map((pass) => pseudonymOf(services.tokenKeys, pass.key_version, tenantId, pass.private_id))
      if (names.length > 0) await dropPrivate(trx, { tenantId, campaignId }, names)
    }
    await dropPasses(trx, tenantId, passes.map((pass) => pass.case_id)) // prettier-ignore
  }
}
