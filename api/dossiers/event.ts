import { z } from 'zod'
import { lockTenant } from '../../db/queries/accounts.ts'
import { findDossiers } from '../../db/queries/register.ts'
import type { EventType } from '../../db/schema/dossiers.ts'
import { isDossierCode } from '../core/dossier/code.ts'
import { parseDossierRow, type DossierCells } from '../core/dossier/row.ts'
import { AppError } from '../errors.ts'
import type { Services } from '../services.ts'
import { applyDossiers } from './apply.ts'
import { notAfter } from './future.ts'
import { codesBehind, toStored } from './stored.ts'

const text = z.string().max(500)
/** The body of an event: when it was, and for a dossier that is not known yet what a list would say of it, under the same names. */
export const eventSchema = z.strictObject({
  at: z.string().max(40),
  ma_tthc: text.optional(),
  ten_tthc: text.optional(),
  linh_vuc: text.optional(),
  ma_don_vi: text.optional(),
  ma_don_vi_tiep_nhan: text.optional(),
  doi_tuong: text.optional(),
  kenh_nop: text.optional(),
  ngay_tiep_nhan: text.optional(),
  ngay_hen_tra: text.optional(),
  cap_nhat_luc: text.optional(),
})
export const eventTypeSchema = z.enum(['received', 'supplement_requested', 'refused', 'returned', 'withdrawn'])

const CELLS: Record<
  EventType,
  { column: 'ngay_tiep_nhan' | 'ngay_yeu_cau_bo_sung' | 'ngay_tu_choi' | 'ngay_tra' | 'ngay_rut'; status: string }
> = {
  received: { column: 'ngay_tiep_nhan', status: 'đang giải quyết' },
  supplement_requested: { column: 'ngay_yeu_cau_bo_sung', status: 'yêu cầu bổ sung' },
  refused: { column: 'ngay_tu_choi', status: 'từ chối' },
  returned: { column: 'ngay_tra', status: 'đã trả kết quả' },
  withdrawn: { column: 'ngay_rut', status: 'rút hồ sơ' },
}

/**
 * Takes one event from a one-stop system. The same event again changes nothing; events may come in any order, and a
 * finished dossier is not reopened by an earlier one.
 * @returns whether the dossier is new, changed, or as it was
 * @throws AppError invalid_input with the columns that are wrong or missing
 */
export async function putEvent(
  services: Services,
  caller: { tenantId: number; actor: string },
  event: { code: string; type: EventType; n: number; body: z.infer<typeof eventSchema> },
): Promise<{ state: 'created' | 'updated' | 'unchanged' }> {
  const code = event.code.trim()
  if (!isDossierCode(code)) throw new AppError('invalid_input', [{ path: 'code', code: 'invalid_dossier_code' }])
  const { at, ...given } = event.body
  const { column, status } = CELLS[event.type]
  return services.db.withTenant(caller.tenantId, async (trx) => {
    const tenant = await lockTenant(trx, caller.tenantId)
    if (!tenant) throw new AppError('not_found')
    const [before] = await findDossiers(trx, tenant.id, [code])
    const stored = before
      ? toStored(before, await codesBehind(trx, tenant.id, [before]), { responsible: null, receiving: null })
      : null
    const cells: DossierCells = {
      ...(stored && {
        ma_tthc: stored.procedureCode,
        ma_don_vi: stored.responsibleUnitCode,
        ma_don_vi_tiep_nhan: stored.receivingUnitCode,
        ngay_tiep_nhan: stored.receivedAt,
      }),
      ...stated(given),
      ma_ho_so: code,
      trang_thai: status,
      [column]: at,
    }
    const parsed = parseDossierRow(cells, 1, { notAfter: notAfter(services.now()) })
    if (!parsed.ok) {
      throw new AppError(
        'invalid_input',
        parsed.issues.map((issue) => ({
          path: issue.column === column ? 'at' : (issue.column ?? ''),
          code: issue.code,
        })),
      )
    }
    const moment = momentOf(event.type, parsed.dossier) ?? new Date(services.now()).toISOString()
    const applied = await applyDossiers(
      trx,
      { tenant, actor: caller.actor, now: services.now(), tokenKeys: services.tokenKeys },
      [{ line: 1, dossier: parsed.dossier, events: [{ type: event.type, n: event.n, at: moment }] }],
    )
    const [issue] = applied.issues
    if (issue) throw new AppError('invalid_input', [{ path: issue.column ?? '', code: issue.code }])
    return { state: applied.created > 0 ? 'created' : applied.updated > 0 ? 'updated' : 'unchanged' }
  })
}

function momentOf(
  type: EventType,
  dossier: {
    receivedAt: string
    supplementAt: string | null
    refusedAt: string | null
    returnedAt: string | null
    withdrawnAt: string | null
  },
) {
  if (type === 'received') return dossier.receivedAt
  if (type === 'supplement_requested') return dossier.supplementAt
  if (type === 'refused') return dossier.refusedAt
  return type === 'returned' ? dossier.returnedAt : dossier.withdrawnAt
}

/** Only what the body states. */
function stated(given: Record<string, string | undefined>): DossierCells {
  return Object.fromEntries(Object.entries(given).filter((entry) => entry[1] !== undefined)) as DossierCells
}
