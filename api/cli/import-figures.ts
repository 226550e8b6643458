import { importHard } from '../official/import-hard.ts'
import { importOfficial, type FigureImportReport } from '../official/import.ts'
import { describeFault } from '../core/table/data-error.ts'
import type { Call, Command, Result } from './command.ts'
import { readDataFile } from './data-file.ts'
import { explainFault } from './data-sentences.ts'

export const importOfficialCommand: Command = {
  words: 'import official',
  takes: ['FILE'],
  options: {},
  summary:
    'Import published results (PAPI, PCI, SIPAS, PAR, QĐ 766): index,edition,year,unit,node,value[,low,high,n],source',
  help: [],
  run: async (call) => {
    const table = await readDataFile(call.files[0] ?? '')
    const tenant = await call.tenant()
    return report(call, await importOfficial(call.services, { tenantId: tenant.id, actor: 'cli' }, table))
  },
}

export const importHardCommand: Command = {
  words: 'import hard',
  takes: ['FILE'],
  options: {},
  summary: 'Import figures that indices take from registers and publications: code,unit,period,value[,n],source',
  help: [],
  run: async (call) => {
    const table = await readDataFile(call.files[0] ?? '')
    const tenant = await call.tenant()
    return report(call, await importHard(call.services, { tenantId: tenant.id, actor: 'cli' }, table))
  },
}

function report({ io, json, files: [file = ''] }: Call, done: FigureImportReport): Result {
  if (!json) for (const issue of done.issues) io.err(explainFault(describeFault(file, issue), issue.code))
  if (!json && done.issuesOmitted > 0) io.err(`… và ${done.issuesOmitted} lỗi khác · and ${done.issuesOmitted} more`)
  const { rows, created, updated, unchanged, missing, rejected, ignoredColumns } = done
  const lines = [
    `${rows} dòng: ${created} mới, ${updated} cập nhật, ${unchanged} không đổi, ${missing} không có giá trị, ${rejected} bị từ chối`,
    `${rows} rows: ${created} created, ${updated} updated, ${unchanged} unchanged, ${missing} without a value, ${rejected} rejected`,
    ...(ignoredColumns.length > 0 ? [`Cột bỏ qua · Ignored columns: ${ignoredColumns.join(', ')}`] : []),
  ]
  return { json: done, text: `${lines.join('\n')}\n`, rejected: rejected > 0 }
}
