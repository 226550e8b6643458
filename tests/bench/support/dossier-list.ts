import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { seeded } from '../../core/stats/seeded.ts'

const DEPARTMENTS = 20
const COMMUNES = 170
const COMMUNE_PROCEDURES = 120
const DEPARTMENT_PROCEDURES = 9
const DAY_MS = 86_400_000
const FIRST_DAY_MS = Date.UTC(2025, 0, 1)
const DAYS = 365
const LINES_PER_PIECE = 500

const COLUMNS = [
  ['Mã hồ sơ', 'Mã TTHC', 'Tên TTHC', 'Lĩnh vực', 'Mã đơn vị', 'Mã đơn vị tiếp nhận', 'Chủ hồ sơ', 'Số điện thoại'],
  ['Đối tượng', 'Hình thức nộp', 'Ngày tiếp nhận', 'Ngày hẹn trả', 'Ngày trả kết quả', 'Ngày yêu cầu bổ sung'],
  ['Ngày từ chối', 'Trạng thái', 'Cập nhật lúc'],
].flat()

/** Units of a list: departments that share a centre, communes each with a one-stop shop of its own, 361 together. */
export function unitList(): string {
  const unit = (code: string, name: string, kind: string) => `${code};${name};${kind};33`
  return [
    'id_ngoai;ten;loai;ma_tinh',
    unit('TT', 'Trung tâm Phục vụ hành chính công', 'Trung tâm'),
    ...Array.from({ length: DEPARTMENTS }, (_, k) => unit(`S${k}`, `Sở số ${k}`, 'Sở')),
    ...Array.from({ length: COMMUNES }, (_, k) => unit(`X${k}`, `Xã số ${k}`, 'Xã')),
    ...Array.from({ length: COMMUNES }, (_, k) => unit(`MC${k}`, `Bộ phận Một cửa xã số ${k}`, 'Một cửa')),
    '',
  ].join('\n')
}

/**
 * Rows of a list as a one-stop shop's software gives it out for a year, by day of receipt: header first, then cells. Most
 * dossiers are returned; some are refused, some asked for supplements, some open. The same count gives the same rows.
 */
export function* dossierRows(count: number): Generator<readonly string[]> {
  yield COLUMNS
  const next = seeded(20261128)
  const below = (n: number) => Math.floor(next() * n)
  for (let i = 0; i < count; i += 1) {
    const day = Math.floor((i * DAYS) / count)
    const receivedMs = FIRST_DAY_MS + day * DAY_MS + (1 + below(8)) * 3_600_000 + below(3600) * 1000
    const [isDepartment, place] = next() < 0.3 ? [true, below(DEPARTMENTS)] : [false, below(COMMUNES)]
    const days = 1 + below(15)
    const [ending, isSupplemented] = [next(), next() < 0.05]
    const outcomeMs = receivedMs + Math.max(1, days - 2 + below(4)) * DAY_MS
    const [isReturned, isRefused] = [ending < 0.95, ending >= 0.95 && ending < 0.98]
    const procedure = isDepartment
      ? COMMUNE_PROCEDURES + place * DEPARTMENT_PROCEDURES + often(next(), DEPARTMENT_PROCEDURES)
      : often(next(), COMMUNE_PROCEDURES)
    yield [
      `H33.${100 + place}-${compact(receivedMs)}-${String(i).padStart(7, '0')}`,
      `1.${String(procedure).padStart(6, '0')}`,
      `Thủ tục hành chính số ${procedure}`,
      `Lĩnh vực ${procedure % 20}`,
      isDepartment ? `S${place}` : `X${place}`,
      isDepartment ? 'TT' : `MC${place}`,
      'Nguyễn Văn A',
      `09${String(below(100_000_000)).padStart(8, '0')}`,
      next() < 0.85 ? 'Công dân' : 'Doanh nghiệp',
      next() < 0.6 ? 'Trực tuyến' : 'Trực tiếp',
      written(receivedMs),
      written(receivedMs + days * DAY_MS).slice(0, 10),
      isReturned ? written(outcomeMs) : '',
      isSupplemented ? written(receivedMs + DAY_MS / 2) : '',
      isRefused ? written(outcomeMs) : '',
      isReturned ? 'Đã trả kết quả' : isRefused ? 'Từ chối' : 'Đang giải quyết',
      written(isReturned || isRefused ? outcomeMs : receivedMs),
    ]
  }
}

/** Of `n` things, the k-th about 1/k as often as the first, as with procedures of an office. */
function often(chance: number, n: number): number {
  return Math.min(n - 1, Math.floor((n + 1) ** chance) - 1)
}

/** Writes such a list as CSV. */
export async function writeDossierCsv(path: string, count: number): Promise<void> {
  await pipeline(Readable.from(csvPieces(count)), createWriteStream(path))
}

function* csvPieces(count: number): Generator<string> {
  let lines: string[] = []
  for (const cells of dossierRows(count)) {
    lines.push(`${cells.join(';')}\n`)
    if (lines.length < LINES_PER_PIECE) continue
    yield lines.join('')
    lines = []
  }
  yield lines.join('')
}

/** `dd/MM/yyyy HH:mm:ss` of a wall clock kept in milliseconds. */
function written(ms: number): string {
  const iso = new Date(ms).toISOString()
  return `${iso.slice(8, 10)}/${iso.slice(5, 7)}/${iso.slice(0, 4)} ${iso.slice(11, 19)}`
}

function compact(ms: number): string {
  const iso = new Date(ms).toISOString()
  return `${iso.slice(2, 4)}${iso.slice(5, 7)}${iso.slice(8, 10)}`
}
