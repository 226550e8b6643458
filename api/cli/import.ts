import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { refreshStatistics } from '../../db/statistics.ts'
import { importDossiers } from '../dossiers/import.ts'
import { importProcedures, importUnits } from '../units/import.ts'
import { type Call, type Command, type Result, UsageError } from './command.ts'
import { issueLine, type LineIssue } from './sentences.ts'
import { keepHeapSmall } from './small-heap.ts'

const MANY_ROWS = 10_000

export const importDossiersCommand: Command = {
  words: 'import dossiers',
  takes: ['FILE'],
  options: {},
  summary: 'Import a dossier list (CSV or XLSX) of any size; good rows are kept, bad ones told',
  help: [],
  run: async (call) => {
    keepHeapSmall()
    const source = await openFile(call)
    const tenant = await call.tenant()
    const done = await importDossiers(call.services, { tenantId: tenant.id, actor: 'cli' }, source)
    if (done.created + done.updated >= MANY_ROWS) await refreshStatistics(call.database.ownerUrl)
    return report(call, done)
  },
}

export const importUnitsCommand: Command = {
  words: 'import units',
  takes: ['FILE'],
  options: {},
  summary: 'Import units: id_ngoai, ten, loai, ma_cha, ma_h, ma_tinh, ma_xa, hieu_luc_tu, hieu_luc_den',
  help: [],
  run: async (call) => {
    const source = await openFile(call)
    const tenant = await call.tenant()
    return report(call, await importUnits(call.services, tenant.id, source))
  },
}

export const importProceduresCommand: Command = {
  words: 'import procedures',
  takes: ['FILE'],
  options: {},
  summary: 'Import procedures: ma_tthc, ten, linh_vuc, cap, thoi_han_ngay, nhom_papi (5.1 | 5.3 | 5.4 | none)',
  help: [],
  run: async (call) => {
    const source = await openFile(call)
    const tenant = await call.tenant()
    return report(call, await importProcedures(call.services, tenant.id, source))
  },
}

/** The file as a stream; that it can be read is known before anything else is done. */
export async function openFile({ files: [file = ''] }: Call): Promise<AsyncIterable<Uint8Array>> {
  const found = await stat(file)
  if (found.isDirectory()) throw new UsageError(`${file} is a folder, not a file.`)
  return createReadStream(file)
}

interface Report {
  rows: number
  created: number
  updated: number
  unchanged: number
  rejected: number
  ignoredColumns: readonly string[]
  issues: readonly LineIssue[]
  issuesOmitted: number
}

function report({ io, json }: Call, done: Report): Result {
  if (!json) for (const issue of done.issues) io.err(issueLine(issue))
  if (!json && done.issuesOmitted > 0) io.err(`… và ${done.issuesOmitted} lỗi khác · and ${done.issuesOmitted} more`)
  const { rows, created, updated, unchanged, rejected, ignoredColumns } = done
  const lines = [
    `${rows} dòng: ${created} mới, ${updated} cập nhật, ${unchanged} không đổi, ${rejected} bị từ chối`,
    `${rows} rows: ${created} created, ${updated} updated, ${unchanged} unchanged, ${rejected} rejected`,
    ...(ignoredColumns.length > 0 ? [`Cột bỏ qua · Ignored columns: ${ignoredColumns.join(', ')}`] : []),
  ]
  return { json: done, text: `${lines.join('\n')}\n`, rejected: rejected > 0 }
}
