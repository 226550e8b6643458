import { DossierFileError } from '../core/dossier/errors.ts'
import { openRecords, type OpenRecordsOptions } from '../core/dossier/read/open.ts'
import type { ByteSource, TableRecord } from '../core/dossier/read/record.ts'
import type { CampaignDesign } from '../core/sampling/campaign-design.ts'
import {
  matchFrameHeader,
  namedColumns,
  readFrameRow,
  type FrameHeader,
  type FrameIssue,
  type FrameRow,
} from '../core/sampling/frame.ts'
import { AppError } from '../errors.ts'

/** A frame file with its header read and its rows to come. */
export interface FrameFile {
  readonly ignoredColumns: readonly string[]
  readonly rows: AsyncGenerator<FrameRow | FrameIssue[]>
}
const TITLE_ROWS_MAX = 10
const IGNORED_SHOWN_MAX = 50

/**
 * Opens a frame, CSV or XLSX, and reads as far as its header. Columns that the design does not name are dropped on reading.
 * @throws AppError invalid_file with the columns that are missing or there twice; DossierFileError
 */
export async function openFrame(
  source: ByteSource,
  design: CampaignDesign,
  limits: OpenRecordsOptions,
): Promise<FrameFile> {
  const { format, records } = await openRecords(source, limits)
  const header = await findHeader(records, namedColumns(design))
  const width = Math.max(...header.at.values()) + 1
  return {
    ignoredColumns: header.ignored.slice(0, IGNORED_SHOWN_MAX),
    rows: readRows(records, design, header, format === 'csv' ? Math.max(width, header.width) : null),
  }
}

async function findHeader(records: AsyncGenerator<TableRecord>, wanted: readonly string[]) {
  let nearest: Extract<FrameHeader, { ok: false }> | null = null
  for (let i = 0; i < TITLE_ROWS_MAX; i += 1) {
    const next = await records.next()
    if (next.done) break
    const match = matchFrameHeader(next.value.cells, wanted)
    if (match.ok) return { ...match, width: next.value.cells.length }
    if (nearest === null || match.columns.length < nearest.columns.length) nearest = match
  }
  if (nearest === null) throw new DossierFileError('empty_file')
  const { code } = nearest
  throw new AppError(
    'invalid_file',
    nearest.columns.map((column) => ({ path: column, code })),
  )
}

/** @param width cells that a row may have; more mean a stray separator, and that cells stand in wrong columns */
async function* readRows(
  records: AsyncGenerator<TableRecord>,
  design: CampaignDesign,
  header: Extract<FrameHeader, { ok: true }>,
  width: number | null,
): AsyncGenerator<FrameRow | FrameIssue[]> {
  for await (const record of records) {
    const { line, cells, problem } = record
    if (problem) yield [{ line, column: null, code: problem }]
    else if (width !== null && cells.slice(width).some((cell) => cell.trim() !== ''))
      yield [{ line, column: null, code: 'cell_count' }]
    else yield readFrameRow(record, design, header.at)
  }
}
