import type { Moment } from '../time/moment.ts'
import { instantMs, localDate, readMoment } from '../time/moment.ts'
import { isDossierCode, parseProcedureCode } from './code.ts'
import type { DossierColumn } from './columns.ts'
import type { DossierRow, DossierStatus } from './dossier.ts'
import type { RowIssue, RowIssueCode } from './errors.ts'
import type { StatusWord } from './values.ts'
import { parseApplicant, parseChannel, parseStatus } from './values.ts'

/** The cells of one row by canonical column; an absent column and an empty cell mean the same: not stated. */
export type DossierCells = Partial<Record<DossierColumn, string>>

export interface RowOptions {
  /**
   * Instant after which nothing can have happened yet (now, plus what clocks may differ). Without it the future is not checked.
   * It matters most for `cap_nhat_luc`: one row dated years ahead would block every later update of its dossier.
   */
  notAfter?: string
}

export type RowOutcome = { ok: true; dossier: DossierRow } | { ok: false; issues: RowIssue[] }

const codeLengthMax = 64
const nameLengthMax = 500

/** Characters that are no text: controls, lone surrogates, and marks that turn the reading direction of what is printed. */
const notText = /[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/u

/**
 * Reads one row of a dossier list, or says everything that is wrong with it. What it takes for granted:
 * - An applicant that is not stated is a citizen; a receiving unit that is not stated is the responsible one (`defaulted`).
 * - A state that is not stated follows from the latest of the days of return, refusal and withdrawal.
 * - For "refused" and "withdrawn" the day of return stands in for a missing day of their own: the papers went back that day. The
 *   row then has no return. "Withdrawn" may lack any day, since lists seldom have one.
 */
export function parseDossierRow(cells: DossierCells, line: number, options: RowOptions = {}): RowOutcome {
  const issues: RowIssue[] = []
  const refuse = (column: DossierColumn, code: RowIssueCode) => void issues.push({ line, column, code })

  const code = text(cells, 'ma_ho_so', codeLengthMax, refuse)
  const procedureText = text(cells, 'ma_tthc', codeLengthMax, refuse)
  const responsible = text(cells, 'ma_don_vi', codeLengthMax, refuse)
  const receiving = text(cells, 'ma_don_vi_tiep_nhan', codeLengthMax, refuse)
  const procedureName = text(cells, 'ten_tthc', nameLengthMax, refuse)
  const field = text(cells, 'linh_vuc', nameLengthMax, refuse)

  if (code !== null && code !== '' && !isDossierCode(code)) refuse('ma_ho_so', 'invalid_dossier_code')
  const procedureCode = procedureText === null ? null : parseProcedureCode(procedureText)
  if (procedureText && procedureCode === null) refuse('ma_tthc', 'invalid_procedure_code')

  const applicant = word(cells, 'doi_tuong', parseApplicant, refuse)
  const channel = word(cells, 'kenh_nop', parseChannel, refuse)
  const statusWord = word(cells, 'trang_thai', parseStatus, refuse)

  const received = date(cells, 'ngay_tiep_nhan', refuse)
  const dates = {
    due: date(cells, 'ngay_hen_tra', refuse),
    returned: date(cells, 'ngay_tra', refuse),
    supplement: date(cells, 'ngay_yeu_cau_bo_sung', refuse),
    refused: date(cells, 'ngay_tu_choi', refuse),
    withdrawn: date(cells, 'ngay_rut', refuse),
  }
  const sourceUpdated = date(cells, 'cap_nhat_luc', refuse)

  for (const column of ['ma_ho_so', 'ma_tthc', 'ma_don_vi', 'ngay_tiep_nhan'] as const) {
    if ((cells[column] ?? '').trim() === '') refuse(column, 'required')
  }
  if (received) {
    for (const key of ['due', 'returned', 'supplement', 'refused', 'withdrawn'] as const) {
      const moment = dates[key]
      if (moment && isBefore(moment, received)) refuse(dateColumn[key], 'before_received')
    }
  }
  if (options.notAfter !== undefined) {
    const latest = instantMs(options.notAfter)
    const happened = { ...dates, received, sourceUpdated }
    for (const key of ['received', 'returned', 'supplement', 'refused', 'withdrawn', 'sourceUpdated'] as const) {
      const moment = happened[key]
      if (moment && moment.ms > latest) refuse(dateColumn[key], 'in_future')
    }
  }

  const end = conclude(statusWord, dates, refuse)
  // The nulls cannot remain once there is no issue; the compiler cannot see that.
  if (issues.length > 0 || !code || !procedureCode || !responsible || !received) return { ok: false, issues }
  return {
    ok: true,
    dossier: {
      code,
      procedureCode,
      procedureName: procedureName || null,
      field: field || null,
      responsibleUnitCode: responsible,
      receivingUnitCode: receiving || responsible,
      applicant: applicant ?? 'citizen',
      channel,
      receivedAt: received.iso,
      dueAt: dates.due?.iso ?? null,
      returnedAt: end.returned?.iso ?? null,
      supplementAt: dates.supplement?.iso ?? null,
      refusedAt: end.refused?.iso ?? null,
      withdrawnAt: end.withdrawn?.iso ?? null,
      status: end.status,
      sourceUpdatedAt: sourceUpdated?.iso ?? null,
      defaulted: [...(applicant ? [] : ['applicant' as const]), ...(receiving ? [] : ['receivingUnitCode' as const])],
    },
  }
}

const dateColumn = {
  received: 'ngay_tiep_nhan',
  due: 'ngay_hen_tra',
  returned: 'ngay_tra',
  supplement: 'ngay_yeu_cau_bo_sung',
  refused: 'ngay_tu_choi',
  withdrawn: 'ngay_rut',
  sourceUpdated: 'cap_nhat_luc',
} as const satisfies Record<string, DossierColumn>

type Refuse = (column: DossierColumn, code: RowIssueCode) => void

interface Ends {
  returned: Moment | null
  refused: Moment | null
  withdrawn: Moment | null
  supplement: Moment | null
}

/** The trimmed text of a cell ('' = not stated), or null after an issue. Names may hold line breaks, codes may not. */
function text(cells: DossierCells, column: DossierColumn, lengthMax: number, refuse: Refuse): string | null {
  const raw = (cells[column] ?? '').trim()
  const value = lengthMax === nameLengthMax ? raw.replace(/\s+/g, ' ').normalize('NFC') : raw
  if (notText.test(value)) refuse(column, 'control_character')
  else if (value.length > lengthMax) refuse(column, 'too_long')
  else return value
  return null
}

function word<Value>(
  cells: DossierCells,
  column: DossierColumn,
  parse: (text: string) => Value | null,
  refuse: Refuse,
): Value | null {
  const raw = (cells[column] ?? '').trim()
  if (raw === '') return null
  const value = parse(raw)
  if (value === null) refuse(column, 'unknown_value')
  return value
}

function date(cells: DossierCells, column: DossierColumn, refuse: Refuse): Moment | null {
  const raw = (cells[column] ?? '').trim()
  if (raw === '') return null
  const moment = raw.length > 40 ? null : readMoment(raw, { endOfDay: column === 'ngay_hen_tra' })
  if (moment === null) refuse(column, 'invalid_date')
  return moment
}

/** A bare day is compared as a day: returned on the day of receipt is not before a receipt at two in the afternoon. */
function isBefore(moment: Moment, received: Moment): boolean {
  return moment.bare ? localDate(moment.iso) < localDate(received.iso) : moment.ms < received.ms
}

function conclude(
  stated: StatusWord | null,
  dates: Ends,
  refuse: Refuse,
): Omit<Ends, 'supplement'> & { status: DossierStatus } {
  const status =
    stated === null
      ? statusFromDates(dates)
      : stated === 'ready'
        ? dates.returned
          ? 'returned'
          : 'processing'
        : stated
  const { returned, refused, withdrawn } = dates
  switch (status) {
    case 'returned':
      if (!returned) refuse('ngay_tra', 'missing_return_date')
      return { status, returned, refused, withdrawn }
    case 'refused':
      if (!refused && !returned) refuse('ngay_tu_choi', 'missing_refusal_date')
      return { status, returned: refused ? returned : null, refused: refused ?? returned, withdrawn }
    case 'withdrawn':
      return { status, returned: withdrawn ? returned : null, refused, withdrawn: withdrawn ?? returned }
    case 'processing':
    case 'supplement_requested':
      if (returned) refuse('trang_thai', 'status_conflict')
      return { status, returned, refused, withdrawn }
  }
}

/** The latest end counts; at the same time a withdrawal or refusal explains the papers handed back. */
function statusFromDates({ returned, refused, withdrawn, supplement }: Ends): DossierStatus {
  let latest: { status: DossierStatus; ms: number } | null = null
  for (const [status, moment] of [
    ['withdrawn', withdrawn],
    ['refused', refused],
    ['returned', returned],
  ] as const) {
    if (moment && (latest === null || moment.ms > latest.ms)) latest = { status, ms: moment.ms }
  }
  return latest?.status ?? (supplement ? 'supplement_requested' : 'processing')
}
