import { refreshStatistics } from '../../db/statistics.ts'
import { importFrame } from '../campaigns/frame.ts'
import { type Command, UsageError } from './command.ts'
import { openFile } from './import.ts'
import { issueLine } from './sentences.ts'

export const importFrameCommand: Command = {
  words: 'import frame',
  takes: ['FILE'],
  options: { campaign: { type: 'string' } },
  summary:
    'Read the frame of a survey (CSV or XLSX) of any size by the columns set in the office; a fault refuses the whole',
  help: [['--campaign ID', 'the draft whose frame it is: the number in the address of its pages']],
  run: async (call) => {
    const id = Number(call.values['campaign'])
    if (!Number.isSafeInteger(id) || id < 1) throw new UsageError('Name the survey: --campaign ID.')
    const source = await openFile(call)
    const tenant = await call.tenant()
    const done = await importFrame(call.services, { tenantId: tenant.id, actor: 'cli' }, id, source)
    const { stored, rows, strata, contacts, ignoredColumns, issues, issuesOmitted } = done
    if (stored) await refreshStatistics(call.database.ownerUrl)
    if (!call.json) for (const issue of issues) call.io.err(issueLine(issue))
    if (!call.json && issuesOmitted > 0) call.io.err(`… và ${issuesOmitted} lỗi khác · and ${issuesOmitted} more`)
    const lines = [
      stored
        ? `Đã nhận ${rows} dòng, ${strata} tầng, ${contacts} liên hệ · ${rows} rows, ${strata} strata, ${contacts} contacts taken`
        : `Đã đọc ${rows} dòng và không nhận dòng nào · ${rows} rows read and none taken`,
      ...(ignoredColumns.length > 0 ? [`Cột bỏ qua · Ignored columns: ${ignoredColumns.join(', ')}`] : []),
    ]
    return { json: done, text: `${lines.join('\n')}\n`, rejected: !stored }
  },
}
