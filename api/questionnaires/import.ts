import { findQuestionnaire } from '../../db/queries/questionnaires.ts'
import { DossierFileError } from '../core/dossier/errors.ts'
import { isOldWorkbook, isXlsx, openSheets, xlsxLimits } from '../core/dossier/read/xlsx.ts'
import type { Questionnaire } from '../core/questionnaire/definition.ts'
import type { QuestionnaireKey } from '../core/questionnaire/own.ts'
import { CODES } from '../core/questionnaire/schema.ts'
import { draftFaults } from '../core/questionnaire/validate.ts'
import { convertXlsform, type Converted } from '../core/questionnaire/xlsform/convert.ts'
import type { RawSheet } from '../core/questionnaire/xlsform/sheet.ts'
import { AppError } from '../errors.ts'
import { MAX_DEFINITION_BYTES } from '../middleware/body.ts'
import type { Services } from '../services.ts'
import { textOf } from './questionnaire.ts'
import { storeDraft, type Actor } from './write.ts'

/** What an import is told beside the file; a name here wins over the file's own. */
export interface ImportWish {
  readonly code?: string | undefined
  readonly version?: number | undefined
  readonly population: Questionnaire['population']
}
/** A form is small: what an isolate unpacks in passing. */
const LIMITS = {
  ...xlsxLimits,
  unpackedBytesMax: 32 * 1024 * 1024,
  sharedLengthMax: 4 * 1024 * 1024,
  rowsMax: 20_000,
  cellsMax: 100,
}
/** What is stored can be sent again by whoever changes it. */
const DEFINITION_BYTES_MAX = MAX_DEFINITION_BYTES - 64 * 1024
const SHEETS_MAX = 20
const ROWS_MAX = 5001

/**
 * Reads a questionnaire from our own JSON or an XLSForm workbook into a draft of the tenant's own; what of an XLSForm could not be
 * taken is listed. The same file again gives the draft that it made, as long as nobody has changed that.
 * @throws AppError malformed_json; invalid_file with the reason; invalid_input with every fault that is no draft's; id_taken
 */
export async function importQuestionnaire(
  services: Services,
  by: Actor,
  bytes: Uint8Array,
  wish: ImportWish,
): Promise<{ key: QuestionnaireKey; created: boolean } & Pick<Converted, 'left' | 'leftOmitted'>> {
  const { questionnaire, left, leftOmitted } = await readFile(bytes, wish)
  const faults = draftFaults(questionnaire)
  if (faults.length > 0)
    throw new AppError(
      'invalid_input',
      faults.map(({ path, code }) => ({ path: path === '' ? 'file' : path, code })),
    )
  const named = questionnaire as Questionnaire
  const key = { code: named.code, version: named.version }
  if (!CODES.questionnaire.test(key.code)) throw new AppError('invalid_input', [{ path: 'code', code: 'bad_form' }])
  const { text, sha256 } = textOf(named)
  if (new TextEncoder().encode(text).length > DEFINITION_BYTES_MAX) throw new AppError('too_large')
  const created = await services.db.withTenant(by.tenantId, async (trx) => {
    const before = await findQuestionnaire(trx, by.tenantId, key)
    if (before?.state === 'draft' && before.sha256 === sha256) return false
    await storeDraft(trx, services, by, named, null)
    return true
  })
  return { key, created, left, leftOmitted }
}

async function readFile(
  bytes: Uint8Array,
  { code, version, population }: ImportWish,
): Promise<{ questionnaire: unknown } & Pick<Converted, 'left' | 'leftOmitted'>> {
  const name = { ...(code === undefined ? {} : { code }), ...(version === undefined ? {} : { version }) }
  if (!isXlsx(bytes)) {
    if (isOldWorkbook(bytes)) throw new AppError('invalid_file', [{ path: 'file', code: 'unsupported_workbook' }])
    const value = parseJson(bytes)
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
    return { questionnaire: isObject ? { ...value, ...name } : value, left: [], leftOmitted: 0 }
  }
  const converted = convertXlsform(await readSheets(bytes), population)
  if (converted.questionnaire === null) throw new AppError('invalid_file', [{ path: 'file', code: 'no_questions' }])
  return { ...converted, questionnaire: { ...converted.questionnaire, ...name } }
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (error) {
    throw new AppError('malformed_json', [], { cause: error })
  }
}

async function readSheets(bytes: Uint8Array): Promise<RawSheet[]> {
  try {
    const { sheets } = await openSheets(bytes, LIMITS)
    if (sheets.length > SHEETS_MAX) throw new DossierFileError('file_too_large')
    const read: RawSheet[] = []
    for (const { name, records } of sheets) {
      const rows: { line: number; cells: string[] }[] = []
      for await (const { line, cells } of records()) {
        if (rows.length >= ROWS_MAX) throw new DossierFileError('too_many_rows')
        rows.push({ line, cells })
      }
      read.push({ name, rows })
    }
    return read
  } catch (error) {
    if (!(error instanceof DossierFileError)) throw error
    const code = error.code === 'file_too_large' ? 'too_large' : 'invalid_file'
    throw new AppError(code, [{ path: 'file', code: error.code }])
  }
}
