import { begun, copyLines } from '../../db/backup/copy-lines.ts'
import type { Session } from '../../db/backup/session.ts'
import {
  ALIKE_PARTS,
  answeredMonths,
  answerRows,
  instrumentsOf,
  namedProcedures,
  namedUnits,
} from '../../db/queries/export-responses.ts'
import { itemsOf, type Instrument, type InstrumentItem, type Language } from '../core/instrument/definition.ts'
import { RESPONSE_COLUMNS } from './columns.ts'
import type { CsvLook } from './csv.ts'
import type { About } from './descriptors.ts'
import { MonthRows, type KeptBack } from './month-rows.ts'
import { Numbered } from './numbered.ts'
import { TruncatedError, type Piece, type RowExport } from './row-export.ts'
import { RowText, type RowLook } from './row-text.ts'
import { NOT_KNOWN, wordsOf } from './words.ts'

/** Which answers leave and how they look. Months are `YYYY-MM`; null: no bound. */
export interface ResponseChoice {
  from: string | null
  /** Not after the last month that has ended. */
  to: string
  /** Only answers told to be about these units; null: all. */
  unitIds: readonly number[] | null
  labels: Language | null
}
const PIECE_LENGTH = 32 * 1024

/**
 * Answers as rows for the province's own analyst, on the operator's machine and through no door of HTTP.
 *
 * A row bears no name, but who has the register of dossiers could find whose it is: one unit, one procedure and one day are
 * often one dossier. The link from a dossier to its answer exists in `ask` alone and is cut after the withdrawal window; a file
 * must not bring it back. So a row leaves with its month, never with a day; without code, link, token, hashes, times, device and
 * language; and with as much of what describes it as at least ten answers of that month share (`tellable`), which is the number
 * below which no figure is shown. Free text stays: it says who one is. Sensitive items stay as well: they are shown from thirty
 * answers on, and a "yes" about a bribe in a row of ten is no figure. One granularity, whole months that have ended and no
 * "since yesterday": two files of different cut would give away what either holds back.
 *
 * Not covered: ten people who all said the same; setting such a file beside one of another day, or beside figures on pages.
 *
 * @param kept grows while the rows are read
 */
export async function responseExport(
  session: Session,
  tenantId: number,
  choice: ResponseChoice,
  csv: CsvLook,
  kept: KeptBack,
): Promise<RowExport> {
  const answered = await answeredMonths(session, tenantId)
  const instruments = await instrumentsOf(session, [...new Set(answered.map(({ instrument }) => instrument))])
  const { leaving, staying } = parted(instruments.map(({ definition }) => definition as Instrument))
  const about: About = {
    units: byId(await namedUnits(session, tenantId)),
    procedures: byId(await namedProcedures(session, tenantId)),
  }
  const look: RowLook = {
    items: [...leaving.keys()],
    forms: new Map(instruments.map(({ id, code, version }) => [String(id), `${code}@${version}`])),
    words: choice.labels === null ? new Map() : words(about, leaving, choice.labels),
    units: choice.unitIds && new Set(choice.unitIds.map(String)),
    separator: csv.separator,
  }
  const chosen = answered.filter(({ month }) => month >= (choice.from ?? '') && month <= choice.to)
  const months = new Map<string, number>()
  for (const { month, n } of chosen) months.set(month, (months.get(month) ?? 0) + n)
  return {
    header: [...RESPONSE_COLUMNS.map(({ name }) => name), ...look.items],
    pieces: rowsOfMonths(session, tenantId, { months, staying, about, text: new RowText(look), kept }),
  }
}

interface Plan {
  /** How many answers each month holds. */
  months: ReadonlyMap<string, number>
  staying: readonly string[]
  about: About
  text: RowText
  kept: KeptBack
}

async function* rowsOfMonths(session: Session, tenantId: number, plan: Plan): AsyncGenerator<Piece> {
  const months = [...plan.months.keys()]
  const read = (month: string | undefined) =>
    month === undefined ? null : begun(copyLines(session, answerRows(tenantId, month, plan.staying)))
  let coming = read(months[0])
  const alike = ALIKE_PARTS.map(() => new Numbered())
  try {
    for (const [at, month] of months.entries()) {
      const rows = new MonthRows(month, plan.about, plan.text, alike)
      const lines: string[] = []
      for await (const some of coming?.pieces ?? []) for (const line of some) lines.push(line)
      // the server reads the next month while this one is told and written
      coming = read(months[at + 1])
      for (const line of lines) rows.add(line)
      const n = plan.months.get(month) ?? 0
      if (rows.count !== n) throw new TruncatedError(rows.count, n)
      yield* piecesOf(rows.shown(plan.kept))
    }
  } finally {
    await coming?.end()
  }
}

function* piecesOf(lines: Iterable<string>): Generator<Piece> {
  let [text, rows] = ['', 0]
  for (const line of lines) {
    text += line
    rows += 1
    if (text.length < PIECE_LENGTH) continue
    yield { text: Buffer.from(text), rows }
    ;[text, rows] = ['', 0]
  }
  if (rows > 0) yield { text: Buffer.from(text), rows }
}

/** Items by code, the newest version of each: choices that are not sensitive in any version leave, all others stay. */
function parted(newestFirst: readonly Instrument[]): { leaving: Map<string, InstrumentItem>; staying: string[] } {
  const items = newestFirst.flatMap(itemsOf)
  const staying = new Set(items.filter(({ type, sensitive }) => type !== 'single' || sensitive).map(({ code }) => code))
  const leaving = new Map<string, InstrumentItem>()
  for (const item of items) if (!staying.has(item.code) && !leaving.has(item.code)) leaving.set(item.code, item)
  return { leaving, staying: [...staying] }
}

function words(about: About, items: ReadonlyMap<string, InstrumentItem>, language: Language): RowLook['words'] {
  const units = new Map([...about.units].map(([id, { name }]) => [id, name]))
  const all = wordsOf(language)
  all
    .set('don_vi', units)
    .set('don_vi_tiep_nhan', units)
    .set('ma_tthc', new Map([...about.procedures.values()].map(({ code, name }) => [code, name])))
  for (const { code, options } of items.values()) {
    const texts = options.map((option) => [option.code, option.text[language]] as const)
    all.set(code, new Map([...texts, ['na', NOT_KNOWN[language]]]))
  }
  return all
}

function byId<T extends { id: number }>(rows: readonly T[]): Map<string, T> {
  return new Map(rows.map((row) => [String(row.id), row]))
}
