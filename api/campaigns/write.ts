import type { Transaction } from 'kysely'
import { deleteDraw } from '../../db/queries/campaign-draw.ts'
import { deleteFrame } from '../../db/queries/campaign-frame.ts'
import { putQuotas, quotasOf, type Quota } from '../../db/queries/campaign-quotas.ts'
import {
  insertCampaign,
  noteEvent,
  updateCampaign,
  type CampaignContent,
  type CampaignRow,
} from '../../db/queries/campaigns.ts'
import type { DB } from '../../db/schema/tables.ts'
import { canonicalText } from '../core/instrument/canonical.ts'
import { attributeColumns, designFaults, type CampaignDesign } from '../core/sampling/campaign-design.ts'
import { AppError, type Issue } from '../errors.ts'
import type { Services } from '../services.ts'
import { campaignView, designOf, holdCampaign, type Actor, type CampaignKey } from './campaign.ts'
import { takeQuestionnaire } from './questionnaires.ts'
import type { CampaignChange, CampaignInput } from './schema.ts'

/**
 * Makes a draft. The same request again gives the campaign that it made.
 * @throws AppError invalid_input; id_taken when the request made another campaign
 */
export async function createCampaign(services: Services, by: Actor, input: CampaignInput) {
  const now = services.now()
  refuse(inputIssues(services, input))
  return services.db.withTenant(by.tenantId, async (trx) => {
    const content = await contentOf(trx, { ...by, now }, input)
    const { id, created } = await insertCampaign(trx, by.tenantId, {
      ...content,
      request_id: input.requestId,
      created_at: now,
      created_by: by.actor,
    })
    const key = { tenantId: by.tenantId, campaignId: id }
    if (created) {
      await putQuotas(trx, key, input.quotas)
      await noteEvent(trx, by.tenantId, id, { at: now, actor: by.actor, action: 'created', detail: {} })
    } else if (!(await isSame(trx, key, await holdCampaign(trx, key), content, input.quotas))) {
      throw new AppError('id_taken')
    }
    return { created, campaign: await campaignView(trx, key) }
  })
}

/**
 * Changes a draft, or of an open campaign its quotas and, to a later one, its last day. What a frame was read by cannot be
 * changed without reading it again, and what a sample was drawn by not without drawing it again: they are forgotten then.
 * @throws AppError not_found; invalid_input; stale_campaign when somebody has changed it since; campaign_frozen
 */
export async function changeCampaign(services: Services, by: Actor, campaignId: number, change: CampaignChange) {
  const key = { tenantId: by.tenantId, campaignId }
  const now = services.now()
  refuse(inputIssues(services, change))
  return services.db.withTenant(by.tenantId, async (trx) => {
    const before = await holdCampaign(trx, key)
    const isFrozen = before.state !== 'draft'
    const content = isFrozen ? frozenContent(before, change) : await contentOf(trx, { ...by, now }, change)
    if (await isSame(trx, key, before, content, change.quotas)) return campaignView(trx, key)
    if (before.revision !== change.basedOn) throw new AppError('stale_campaign')
    if (before.state === 'closed') throw new AppError('campaign_frozen')
    if (isFrozen) refuseFrozen(before, content)
    const lost = isFrozen ? {} : await forget(trx, key, before, content)
    await putQuotas(trx, key, change.quotas)
    await updateCampaign(trx, by.tenantId, campaignId, { ...content, ...lost, revision: before.revision + 1 })
    const detail = isFrozen
      ? { closesOn: content.closes_on, before: before.closes_on, quotas: change.quotas.length }
      : { frameForgotten: 'frame_sha256' in lost, drawForgotten: 'seed' in lost }
    await noteEvent(trx, by.tenantId, campaignId, { at: now, actor: by.actor, action: 'changed', detail })
    return campaignView(trx, key)
  })
}

function inputIssues(services: Services, { design, ...input }: Omit<CampaignChange, 'basedOn'>): Issue[] {
  const issues: Issue[] = []
  if (input.opensOn > input.closesOn) issues.push({ path: 'closesOn', code: 'before_opening' })
  if (input.fromMonth > input.toMonth) issues.push({ path: 'toMonth', code: 'before_first' })
  const seen = new Set(input.quotas.map(({ attribute, value }) => `${attribute}\n${value}`))
  if (seen.size < input.quotas.length) issues.push({ path: 'quotas', code: 'duplicate' })
  const classes = new Set(design === null ? [] : attributeColumns(design))
  for (const [i, { attribute }] of input.quotas.entries())
    if (attribute !== '' && !classes.has(attribute))
      issues.push({ path: `quotas.${i}.attribute`, code: 'unknown_attribute' })
  if (design === null) return issues
  issues.push(...designFaults(design))
  if (design.contacts !== null && services.contactKeys === null)
    issues.push({ path: 'design.contacts', code: 'no_contact_key' })
  return issues
}

function refuse(issues: Issue[]): void {
  if (issues.length > 0) throw new AppError('invalid_input', issues.slice(0, 50))
}

async function contentOf(
  trx: Transaction<DB>,
  by: Actor & { now: Date },
  input: Omit<CampaignChange, 'basedOn' | 'quotas'>,
): Promise<CampaignContent> {
  const { population } = await takeQuestionnaire(trx, by, input.questionnaire)
  return { ...plainContent(input), population }
}

/** What a person asked for of a campaign that cannot change its questionnaire. */
function frozenContent(before: CampaignRow, change: CampaignChange): CampaignContent {
  return { ...plainContent(change), population: before.population }
}

function plainContent(input: Omit<CampaignChange, 'basedOn' | 'quotas'>) {
  return {
    title: input.title.normalize('NFC'),
    questionnaire_code: input.questionnaire.code,
    questionnaire_version: input.questionnaire.version,
    opens_on: input.opensOn,
    closes_on: input.closesOn,
    from_month: `${input.fromMonth}-01`,
    to_month: `${input.toMonth}-01`,
    design: input.design,
  }
}

async function isSame(
  trx: Transaction<DB>,
  key: CampaignKey,
  before: CampaignRow,
  content: CampaignContent,
  quotas: readonly Quota[],
): Promise<boolean> {
  const kept = (await quotasOf(trx, key)).map(({ taken: _taken, ...quota }) => quota)
  const sorted = (list: readonly Quota[]) => list.map((quota) => canonicalText(quota)).toSorted()
  return (
    Object.entries(content).every(([name, value]) => same(before[name as keyof CampaignContent], value)) &&
    same(sorted(kept), sorted(quotas))
  )
}

/** @throws AppError campaign_frozen naming what cannot be changed any more */
function refuseFrozen(before: CampaignRow, content: CampaignContent): void {
  const frozen = Object.entries(content).filter(
    ([name, value]) => name !== 'closes_on' && !same(before[name as keyof CampaignContent], value),
  )
  const issues = frozen.map(([name]) => ({
    path: name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase()),
    code: 'frozen',
  }))
  if (content.closes_on < before.closes_on) issues.push({ path: 'closesOn', code: 'earlier' })
  if (issues.length > 0) throw new AppError('campaign_frozen', issues)
}

/** Forgets a frame that was read by another design, or a draw that was made by one. */
async function forget(trx: Transaction<DB>, key: CampaignKey, before: CampaignRow, after: CampaignContent) {
  const [old, next] = [designOf(before), designOf(after)]
  const read = (design: CampaignDesign | null) => design && [design.columns, design.contacts]
  const drawn = (design: CampaignDesign | null) =>
    design && [design.allocation, design.certainty, design.perUnit, design.reserve]
  if (before.frame_sha256 !== null && !same(read(old), read(next))) {
    await deleteFrame(trx, key)
    return { frame_sha256: null, seed: null, drawn_at: null, drawn_by: null }
  }
  const isOther = !same(drawn(old), drawn(next)) || !same(questionnaire(before), questionnaire(after))
  if (before.seed === null || !isOther) return {}
  await deleteDraw(trx, key)
  return { seed: null, drawn_at: null, drawn_by: null }
}

/** Its forms are given by the draw. */
function questionnaire(content: CampaignContent) {
  return [content.questionnaire_code, content.questionnaire_version]
}

function same(a: unknown, b: unknown): boolean {
  return canonicalText(a ?? null) === canonicalText(b ?? null)
}
