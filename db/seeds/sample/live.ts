import { DAY_SECONDS, dayText, localDay } from './calendar.ts'

/** A row of a dossier list, by the column names of the file contract. */
export type ListRow = Readonly<Record<string, string>>

/**
 * One dossier that ended today in Phố Hiến, as a row for the ordinary importer: what follows from it (event, ask, secret) is then
 * made as for any other. A row for each day; the same one all day long.
 */
export function liveDossierRow(now: Date): ListRow {
  const seconds = Math.floor(now.getTime() / 1000)
  const today = dayText(localDay(seconds))
  const yesterday = dayText(localDay(seconds - DAY_SECONDS))
  return {
    ma_ho_so: `H31.101-${yesterday.slice(2).replaceAll('-', '')}-9001`,
    ma_tthc: '1.001193',
    ten_tthc: 'Đăng ký khai sinh',
    linh_vuc: 'Hộ tịch',
    ma_don_vi: 'H31.101',
    doi_tuong: 'công dân',
    kenh_nop: 'trực tiếp',
    ngay_tiep_nhan: yesterday,
    ngay_hen_tra: today,
    ngay_tra: today,
    trang_thai: 'đã trả kết quả',
  }
}
