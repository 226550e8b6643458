import { localDate } from '../core/time/moment.ts'
import { lastWholeMonth, monthsBetween } from '../core/time/period.ts'
import { RESPONSE_COLUMNS, SCORE_COLUMNS, UNIT_COLUMNS } from '../exports/columns.ts'
import type { KeptBack } from '../exports/month-rows.ts'
import { responseExport } from '../exports/responses.ts'
import type { ExportColumn, OpenExport } from '../exports/row-export.ts'
import { SCORE_SOURCES, scoreExport } from '../exports/scores.ts'
import { unitExport } from '../exports/units.ts'
import { writeRows, type Written } from '../exports/write.ts'
import { pageScope } from '../indices/scope.ts'
import { type Call, type Command, UsageError } from './command.ts'
import { csvLook, LOOK, LOOK_HELP, saveExport, toldExport, wordsLanguage } from './export-file.ts'
import { keepHeapSmall } from './small-heap.ts'

const MONTHS_HELP = [
  ['--from YYYY-MM', 'first month'],
  ['--to YYYY-MM', 'last month, included'],
] as const

export const exportResponsesCommand: Command = {
  words: 'export responses',
  takes: ['[FILE]'],
  options: {
    ...LOOK,
    from: { type: 'string' },
    to: { type: 'string' },
    unit: { type: 'string' },
    labels: { type: 'string' },
  },
  summary: 'Answers as rows for an analyst, as CSV into a file or on standard output; nobody can be found in them',
  help: [
    ...MONTHS_HELP,
    ['--unit ID', 'only answers about this unit and those below it, as far as they tell their unit'],
    ['--labels vi|en', 'words in place of codes'],
    ...LOOK_HELP,
  ],
  more: () =>
    [
      ...columnLines(RESPONSE_COLUMNS),
      '  then one column for each item of the questionnaires: code of the option, na = cannot say, empty = not answered',
      '',
      '  * = held back: fewer than ten answers of the month share it. Only months that have ended; no free text, no sensitive',
      '  items. What else it does not tell, and why: docs/exports.md',
      '',
    ].join('\n'),
  async run(call) {
    const { values, services } = call
    const tenant = await call.tenant()
    const ended = lastWholeMonth(localDate(services.now().toISOString()))
    const { from, to } = readMonths(call)
    if (to !== null && to > ended) throw new UsageError(`--to is ${ended} at most: only months that have ended.`)
    const labels = wordsLanguage(values.labels)
    const unitIds = await unitsOf(call, tenant.id)
    const kept: KeptBack = { generalised: 0, left: 0 }
    const choice = { from, to: to ?? ended, unitIds, labels }
    const done = await write(call, tenant.id, (session, look) => responseExport(session, tenant.id, choice, look, kept))
    if (kept.left > 0)
      call.io.err(`${kept.left} answers stay: fewer than ten of their month and questionnaire are there.`)
    return toldExport(call, done, kept)
  },
}

export const exportUnitsCommand: Command = {
  words: 'export units',
  takes: ['[FILE]'],
  options: LOOK,
  summary: 'Units in the columns of a Units file, with the ids that other exports name, as CSV',
  help: LOOK_HELP,
  more: () => [...columnLines(UNIT_COLUMNS), ''].join('\n'),
  async run(call) {
    const tenant = await call.tenant()
    return toldExport(call, await write(call, tenant.id, unitExport(tenant.id)))
  },
}

export const exportScoresCommand: Command = {
  words: 'export scores',
  takes: ['[FILE]'],
  options: {
    ...LOOK,
    of: { type: 'string' },
    run: { type: 'string' },
    from: { type: 'string' },
    to: { type: 'string' },
  },
  summary: 'Figures of published runs, or scores of runs of an index, each with interval and n, as CSV',
  help: [
    ['--of SOURCE', `${SCORE_SOURCES.join(' (default) or ')}`],
    ['--run ID', 'one run'],
    ...MONTHS_HELP,
    ...LOOK_HELP,
  ],
  more: () => [...columnLines(SCORE_COLUMNS), ''].join('\n'),
  async run(call) {
    const { of = 'publications', run } = call.values
    const source = SCORE_SOURCES.find((one) => one === of)
    if (!source) throw new UsageError(`--of takes ${SCORE_SOURCES.join(' or ')}.`)
    if (run !== undefined && !/^\d{1,15}$/.test(String(run))) throw new UsageError('--run takes the number of a run.')
    const { from, to } = readMonths(call)
    const tenant = await call.tenant()
    const choice = {
      runId: run === undefined ? null : Number(run),
      fromMonth: from && `${from}-01`,
      toMonth: to && `${to}-01`,
    }
    return toldExport(call, await write(call, tenant.id, scoreExport(tenant.id, source, choice)))
  },
}

function write(call: Call, tenantId: number, open: OpenExport): Promise<Written> {
  const look = csvLook(call)
  keepHeapSmall()
  return saveExport(call, (take) => writeRows(call.database.url, tenantId, open, look, take))
}

function readMonths({ values }: Call): { from: string | null; to: string | null } {
  const read = (name: 'from' | 'to'): string | null => {
    const given = values[name]
    if (given === undefined) return null
    const [month] = monthsBetween(String(given), String(given))
    if (month === undefined) throw new UsageError(`--${name} takes a month YYYY-MM.`)
    return month
  }
  const months = { from: read('from'), to: read('to') }
  if (months.from !== null && months.to !== null && months.from > months.to)
    throw new UsageError('--from is after --to.')
  return months
}

async function unitsOf({ services, values: { unit } }: Call, tenantId: number): Promise<readonly number[] | null> {
  if (unit === undefined) return null
  if (!/^\d{1,9}$/.test(String(unit))) throw new UsageError('--unit takes the id of a unit; see cli export units.')
  const scope = await services.db.withTenant(tenantId, (trx) => pageScope(trx, tenantId, Number(unit)))
  return scope.unitIds
}

function columnLines(columns: readonly ExportColumn[]): string[] {
  const width = Math.max(...columns.map(({ name }) => name.length))
  return ['Columns:', ...columns.map(({ name, en }) => `  ${name.padEnd(width)}  ${en}`)]
}
