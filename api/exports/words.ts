import type { Language, LocalText } from '../core/instrument/definition.ts'

const KINDS: Record<string, LocalText> = {
  province: { vi: 'Tỉnh, thành phố', en: 'Province' },
  department: { vi: 'Sở, ngành', en: 'Department' },
  commune: { vi: 'Xã, phường', en: 'Commune' },
  one_stop: { vi: 'Bộ phận Một cửa', en: 'One-stop shop' },
  centre: { vi: 'Trung tâm Phục vụ hành chính công', en: 'Public service centre' },
  district: { vi: 'Huyện', en: 'District' },
}
/** What the codes of a column mean. */
const WORDS: Record<string, Record<string, LocalText>> = {
  nguon: {
    dossier: { vi: 'hồ sơ', en: 'dossier' },
    walk_in: { vi: 'khách vãng lai', en: 'walk-in' },
    kiosk: { vi: 'máy tại quầy', en: 'kiosk' },
    campaign: { vi: 'đợt khảo sát', en: 'campaign' },
    paper: { vi: 'phiếu giấy', en: 'paper' },
    publication: { vi: 'đợt công bố', en: 'publication' },
    index: { vi: 'bộ chỉ số', en: 'index' },
  },
  doi_tuong: {
    citizen: { vi: 'công dân', en: 'citizen' },
    business: { vi: 'doanh nghiệp', en: 'business' },
    organisation: { vi: 'tổ chức', en: 'organisation' },
  },
  loai: KINDS,
  loai_don_vi: KINDS,
  su_kien: {
    received: { vi: 'tiếp nhận', en: 'received' },
    supplement_requested: { vi: 'yêu cầu bổ sung', en: 'supplement requested' },
    refused: { vi: 'từ chối', en: 'refused' },
    returned: { vi: 'trả kết quả', en: 'returned' },
    withdrawn: { vi: 'rút hồ sơ', en: 'withdrawn' },
  },
  dung_han: {
    unknown: { vi: 'không rõ', en: 'not known' },
    early: { vi: 'trước hạn', en: 'early' },
    on_time: { vi: 'đúng hạn', en: 'on time' },
    late: { vi: 'quá hạn', en: 'late' },
  },
  kenh_nop: {
    direct: { vi: 'trực tiếp', en: 'at the counter' },
    online: { vi: 'trực tuyến', en: 'online' },
    post: { vi: 'bưu chính', en: 'by post' },
  },
  nguoi_tra_loi: {
    self: { vi: 'chính người làm thủ tục', en: 'the applicant' },
    relative: { vi: 'người thân', en: 'a relative' },
    assisted: { vi: 'có người giúp', en: 'with help' },
  },
}
/** What an item's cell says when the person could not tell. */
export const NOT_KNOWN: LocalText = { vi: 'không nhớ / không áp dụng', en: 'cannot say / does not apply' }

/** Words of every coded column in one language, by code. */
export function wordsOf(language: Language): Map<string, ReadonlyMap<string, string>> {
  const inLanguage = (words: Record<string, LocalText>) =>
    new Map(Object.entries(words).map(([code, text]) => [code, text[language]]))
  return new Map(Object.entries(WORDS).map(([column, words]) => [column, inLanguage(words)]))
}
