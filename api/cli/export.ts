import { existsSync } from 'node:fs'
import type { Writable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { writeWholeFile } from '../../db/whole-file.ts'
import type { Language } from '../core/instrument/definition.ts'
import { localDate } from '../core/time/moment.ts'
import { lastWholeMonth, monthsBetween } from '../core/time/period.ts'
import { RESPONSE_COLUMNS, SCORE_COLUMNS, UNIT_COLUMNS } from '../exports/columns.ts'
import type { CsvLook } from '../exports/csv.ts'
import type { KeptBack } from '../exports/month-rows.ts'
import { responseExport } from '../exports/responses.ts'
import type { ExportColumn, OpenExport } from '../exports/row-export.ts'
import { SCORE_SOURCES, scoreExport } from '../exports/scores.ts'
import { unitExport } from '../exports/units.ts'
import { writeRows, type Written } from '../exports/write.ts'
import { pageScope } from '../indices/scope.ts'
import { explain } from '../node/database.ts'
import { type Call, type Command, type Result, UsageError } from './command.ts'
import { OutputClosedError } from './io.ts'
import { keepHeapSmall } from './small-heap.ts'

const LOOK = { bom: { type: 'boolean' }, separator: { type: 'string' } } as const
const LOOK_HELP = [
  ['--bom', 'begin with the mark of UTF-8 by which Excel knows Vietnamese letters'],
  ['--separator S', 'comma (default) or semicolon'],
] as const
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
    const labels = readLabels(values.labels)
    const unitIds = await unitsOf(call, tenant.id)
    const kept: KeptBack = { generalised: 0, left: 0 }
    const choice = { from, to: to ?? ended, unitIds, labels }
    const done = await write(call, tenant.id, (session, look) => responseExport(session, tenant.id, choice, look, kept))
    if (kept.left > 0)
      call.io.err(`${kept.left} answers stay: fewer than ten of their month and questionnaire are there.`)
    return told(call, done, kept)
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
    return told(call, await write(call, tenant.id, unitExport(tenant.id)))
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
    return told(call, await write(call, tenant.id, scoreExport(tenant.id, source, choice)))
  },
}

/** Writes into the file, which appears when it is whole, or on standard output. */
async function write(call: Call, tenantId: number, open: OpenExport): Promise<Written> {
  const { io, files, json, database } = call
  const [file] = files
  if (json && file === undefined) throw new UsageError('--json tells about a file; name one.')
  if (file !== undefined && existsSync(file))
    throw new UsageError(`${file} exists already; an export never replaces a file.`)
  const look = readLook(call)
  keepHeapSmall()
  try {
    if (file !== undefined)
      return await writeWholeFile(file, async (out) => {
        // a failure reaches whoever writes
        out.on('error', () => undefined)
        const written = await writeRows(database.url, tenantId, open, look, (piece) => taken(out, piece))
        await finished(out.end())
        return written
      })
    // a letter may end in the next piece
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
    return await writeRows(database.url, tenantId, open, look, (piece) =>
      io.out(decoder.decode(piece, { stream: true })),
    )
  } catch (error) {
    // elsewhere a reader may go when it has seen enough; whoever takes an export for whole must learn that it is not
    if (error instanceof OutputClosedError)
      throw new Error('whoever read it has gone before the export was whole.', { cause: error })
    throw explain(error)
  }
}

/** Writes a piece and waits until it has left. */
function taken(out: Writable, piece: Uint8Array): Promise<void> {
  return new Promise((done, fail) => void out.write(piece, (error) => (error ? fail(error) : done())))
}

function told({ io, files: [file] }: Call, done: Written, more: object = {}): Result | null {
  if (file !== undefined)
    return {
      json: { file, ...done, ...more },
      text: `${done.rows} rows in ${file}: ${done.bytes} bytes, SHA-256 ${done.sha256}.\n`,
    }
  io.err(`${done.rows} rows, ${done.bytes} bytes, SHA-256 ${done.sha256}`)
  return null
}

function readLook({ values: { bom, separator = ',' } }: Call): CsvLook {
  if (separator !== ',' && separator !== ';') throw new UsageError("--separator takes ',' or ';'.")
  return { bom: bom === true, separator }
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

function readLabels(given: string | boolean | undefined): Language | null {
  if (given === undefined) return null
  if (given !== 'vi' && given !== 'en') throw new UsageError('--labels takes vi or en.')
  return given
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
