import type { Transaction } from 'kysely'
import { lockTenant } from '../../db/queries/accounts.ts'
import { countDossiersByCode, openAsksByCode } from '../../db/queries/live-asks.ts'
import type { DB } from '../../db/schema/tables.ts'
import { parseDossierRow } from '../core/dossier/row.ts'
import { localDate } from '../core/time/moment.ts'
import { applyDossiers } from '../dossiers/apply.ts'
import { sha256, toHex, tokenMaker, type TokenKeys } from '../invitations/token.ts'
import type { Services } from '../services.ts'

/** A one-stop shop of the sample, the beginning of its dossier codes, and one of its procedures. */
const UNIT = { code: 'MC-PHOHIEN', codePrefix: 'H31.101-' }
const PROCEDURE = { code: '2.000815', name: 'Chứng thực bản sao từ bản chính', field: 'Chứng thực' }
/** Serials of the sample's own dossiers stay far below. */
const SERIAL_PREFIX = '99'
/** How SQL's LIKE tells the codes made here from the sample's own. */
export const LIVE_CODE_LIKE = `${UNIT.codePrefix}______-${SERIAL_PREFIX}%`
const HOUR_MS = 3_600_000

/**
 * The secret of one rating that can be given now: of a sample dossier that was returned a moment ago and brought in as any
 * list is. Asked again, it is the same secret until the rating is begun or its link expires; then there is a new dossier.
 * @throws Error when the tenant is not the sample, or its units are gone
 */
export async function liveSampleAsk(
  services: Services,
  tenant: { id: number; prefix: string; sample: boolean },
): Promise<string> {
  if (!tenant.sample) throw new Error('only the sample tenant has sample dossiers')
  const now = services.now()
  return services.db.withTenant(tenant.id, async (trx) => {
    const locked = await lockTenant(trx, tenant.id)
    if (!locked) throw new Error('the sample tenant is gone')
    const found = await openToken(trx, services.tokenKeys, tenant, now)
    if (found !== null) return found
    const context = { tenant: { ...locked, settings: { inviteEvents: ['returned' as const] } }, actor: 'sample' }
    const row = { line: 1, dossier: await returnedDossier(trx, tenant.id, now) }
    const { issues } = await applyDossiers(trx, { ...context, now, tokenKeys: services.tokenKeys }, [row])
    const made = issues.length === 0 ? await openToken(trx, services.tokenKeys, tenant, now) : null
    if (made === null) throw new Error(`no live sample rating could be made (${issues[0]?.code ?? 'no ask'})`)
    return made
  })
}

/** The token of an unanswered live ask whose secret these keys can still make. */
async function openToken(trx: Transaction<DB>, keys: TokenKeys, tenant: { id: number; prefix: string }, now: Date) {
  for (const ask of await openAsksByCode(trx, tenant.id, LIVE_CODE_LIKE, now)) {
    if (!keys.byVersion.has(ask.key_version)) continue
    const token = tokenMaker(keys, ask.key_version, tenant)(ask.id)
    if (ask.token_hash && toHex(sha256(token)) === toHex(ask.token_hash)) return token
  }
  return null
}

async function returnedDossier(trx: Transaction<DB>, tenantId: number, now: Date) {
  const received = new Date(now.getTime() - HOUR_MS).toISOString()
  const day = localDate(received).slice(2).replaceAll('-', '')
  const prefix = `${UNIT.codePrefix}${day}-${SERIAL_PREFIX}`
  const serial = (await countDossiersByCode(trx, tenantId, prefix)) + 1
  const parsed = parseDossierRow(
    {
      ma_ho_so: `${prefix}${String(serial).padStart(2, '0')}`,
      ma_tthc: PROCEDURE.code,
      ten_tthc: PROCEDURE.name,
      linh_vuc: PROCEDURE.field,
      ma_don_vi: UNIT.code,
      doi_tuong: 'công dân',
      kenh_nop: 'trực tiếp',
      ngay_tiep_nhan: received,
      ngay_hen_tra: new Date(now.getTime() + HOUR_MS).toISOString(),
      ngay_tra: now.toISOString(),
      trang_thai: 'đã trả kết quả',
    },
    1,
  )
  if (!parsed.ok) throw new Error('the live sample dossier is not a dossier')
  return parsed.dossier
}
