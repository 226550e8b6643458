import { lockTenant } from '../../db/queries/accounts.ts'
import { insertImportRun } from '../../db/queries/dossiers.ts'
import { lookUpByKey, noteManyRows } from '../../db/queries/register.ts'
import { DossierFileError, type RowIssue } from '../core/dossier/errors.ts'
import { openDossierFile, type DossierFileOptions } from '../core/dossier/file.ts'
import { laterRow } from '../core/dossier/plan.ts'
import type { ByteSource } from '../core/dossier/read/record.ts'
import { AppError } from '../errors.ts'
import type { Services } from '../services.ts'
import { applyDossiers, type LinedRow } from './apply.ts'
import { batches, eachAhead } from './batches.ts'
import { notAfter } from './future.ts'
import { newMemory } from './memory.ts'

/** What an import did. Only the first issues are listed; `issuesOmitted` counts the others. */
export interface ImportReport {
  rows: number
  created: number
  updated: number
  unchanged: number
  rejected: number
  ignoredColumns: string[]
  issues: RowIssue[]
  issuesOmitted: number
}
const ROWS_PER_BATCH = 500
const ISSUES_LISTED = 500
/** Rows after which the planner is told of them, and each time when there are so many times more. */
const MANY = { rows: 2000, times: 4 }

/**
 * Imports a dossier list. Good rows are kept and bad ones reported; the whole import is one transaction, so a file that
 * turns out to be damaged half-way changes nothing. Imports of one tenant wait for each other.
 * @throws AppError invalid_file with the reason, not_found for an unknown tenant
 */
export async function importDossiers(
  services: Services,
  caller: { tenantId: number; actor: string },
  source: ByteSource,
  limits: Pick<DossierFileOptions, 'xlsxBytesMax' | 'unpackedBytesMax' | 'sharedLengthMax'> = {},
): Promise<ImportReport> {
  const now = services.now()
  try {
    const file = await openDossierFile(source, {
      ...limits,
      notAfter: notAfter(now),
    })
    return await services.db.withTenant(caller.tenantId, async (trx) => {
      const tenant = await lockTenant(trx, caller.tenantId)
      if (!tenant) throw new AppError('not_found')
      const context = { tenant, actor: caller.actor, now, tokenKeys: services.tokenKeys }
      const report: ImportReport = {
        rows: 0,
        created: 0,
        updated: 0,
        unchanged: 0,
        rejected: 0,
        ignoredColumns: file.ignoredColumns,
        issues: [],
        issuesOmitted: 0,
      }
      const memory = newMemory()
      let many = MANY.rows
      await lookUpByKey(trx)
      await eachAhead(batches(file.rows, ROWS_PER_BATCH), async (batch) => {
        const good = batch.filter((row) => row.ok)
        const { rows, repeated } = onceEach(good)
        const applied = await applyDossiers(trx, context, rows, memory)
        report.rows += batch.length
        report.created += applied.created
        report.updated += applied.updated
        report.unchanged += applied.unchanged + repeated
        report.rejected += batch.length - good.length + applied.issues.length
        note(
          report,
          batch.flatMap((row) => (row.ok ? [] : row.issues)),
        )
        note(report, applied.issues)
        if (report.rows < many) return
        many *= MANY.times
        await noteManyRows(trx)
      })
      const { ignoredColumns: _columns, issues: _issues, issuesOmitted: _omitted, ...counts } = report
      await insertImportRun(trx, { tenant_id: tenant.id, at: now, actor: caller.actor, ...counts })
      report.issues.sort((a, b) => a.line - b.line)
      return report
    })
  } catch (error) {
    if (!(error instanceof DossierFileError)) throw error
    const code = error.code === 'file_too_large' ? 'too_large' : 'invalid_file'
    throw new AppError(
      code,
      error.columns.length > 0
        ? error.columns.map((column) => ({ path: column, code: error.code }))
        : [{ path: 'file', code: error.code }],
    )
  }
}

/** Of rows for the same dossier, the one that counts; the others change nothing. */
function onceEach(batch: LinedRow[]): { rows: LinedRow[]; repeated: number } {
  const byCode = new Map<string, LinedRow>()
  for (const row of batch) {
    const other = byCode.get(row.dossier.code)
    byCode.set(row.dossier.code, other ? laterRow(other, row) : row)
  }
  return { rows: [...byCode.values()], repeated: batch.length - byCode.size }
}

function note(report: ImportReport, issues: RowIssue[]): void {
  const room = Math.max(0, ISSUES_LISTED - report.issues.length)
  report.issues.push(...issues.slice(0, room))
  report.issuesOmitted += Math.max(0, issues.length - room)
}
