/**
 * The columns of a dossier list that are read, by canonical name. All others are dropped on reading. `ngay_rut` (withdrawn on)
 * is optional like the other dates; without it a withdrawn dossier takes `ngay_tra` as its last day.
 */
export const dossierColumns = [
  'ma_ho_so',
  'ma_tthc',
  'ten_tthc',
  'linh_vuc',
  'ma_don_vi',
  'ma_don_vi_tiep_nhan',
  'doi_tuong',
  'kenh_nop',
  'ngay_tiep_nhan',
  'ngay_hen_tra',
  'ngay_tra',
  'ngay_yeu_cau_bo_sung',
  'ngay_tu_choi',
  'ngay_rut',
  'trang_thai',
  'cap_nhat_luc',
] as const

export type DossierColumn = (typeof dossierColumns)[number]

/** Without these a row says nothing that could be counted. */
export const requiredColumns = ['ma_ho_so', 'ma_tthc', 'ma_don_vi', 'ngay_tiep_nhan'] as const satisfies DossierColumn[]

export const dateColumns: ReadonlySet<DossierColumn> = new Set<DossierColumn>([
  'ngay_tiep_nhan',
  'ngay_hen_tra',
  'ngay_tra',
  'ngay_yeu_cau_bo_sung',
  'ngay_tu_choi',
  'ngay_rut',
  'cap_nhat_luc',
])

interface Names {
  /** Names that can only mean this column. */
  plain: readonly string[]
  /** Names that mean this column when the file has no plain one, e.g. `Cơ quan giải quyết` beside `Mã cơ quan giải quyết`. */
  loose?: readonly string[]
}

/**
 * What offices and their software call the columns; the canonical name itself always counts. No name here may be one under
 * which a list keeps personal data (`Chủ hồ sơ`, `Người nộp`, `Địa chỉ`, `Số điện thoại`, `CCCD` …). `Ngày nộp` and `Ngày có kết quả`
 * are left out on purpose: handing in and having a result are not receipt and return.
 */
export const columnNames: Record<DossierColumn, Names> = {
  ma_ho_so: {
    plain: ['Mã hồ sơ', 'Mã số hồ sơ', 'Mã HS', 'Mã hồ sơ TTHC', 'Mã hồ sơ thủ tục hành chính'],
    loose: ['Số hồ sơ', 'Số biên nhận', 'Mã biên nhận'],
  },
  ma_tthc: {
    plain: [
      'Mã TTHC',
      'Mã thủ tục',
      'Mã thủ tục hành chính',
      'Mã số TTHC',
      'Mã số thủ tục hành chính',
      'Mã TTHC quốc gia',
      'Mã thủ tục hành chính quốc gia',
    ],
  },
  ten_tthc: {
    plain: ['Tên TTHC', 'Tên thủ tục', 'Tên thủ tục hành chính'],
    loose: ['Thủ tục hành chính', 'Thủ tục', 'TTHC', 'Tên dịch vụ công', 'Dịch vụ công'],
  },
  linh_vuc: { plain: ['Lĩnh vực', 'Tên lĩnh vực', 'Lĩnh vực TTHC', 'Lĩnh vực thủ tục hành chính'] },
  ma_don_vi: {
    plain: [
      'Mã đơn vị',
      'Mã đơn vị giải quyết',
      'Mã đơn vị xử lý',
      'Mã cơ quan',
      'Mã cơ quan giải quyết',
      'Mã cơ quan xử lý',
      'Mã cơ quan thực hiện',
      'Mã định danh đơn vị',
      'Mã định danh cơ quan',
    ],
    loose: [
      'Cơ quan giải quyết',
      'Cơ quan xử lý',
      'Cơ quan thực hiện',
      'Cơ quan thụ lý',
      'Cơ quan chủ trì',
      'Đơn vị',
      'Đơn vị giải quyết',
      'Đơn vị xử lý',
      'Đơn vị thực hiện',
      'Đơn vị thụ lý',
      'Đơn vị chủ trì',
    ],
  },
  ma_don_vi_tiep_nhan: {
    plain: [
      'Mã đơn vị tiếp nhận',
      'Mã cơ quan tiếp nhận',
      'Mã nơi tiếp nhận',
      'Mã bộ phận tiếp nhận',
      'Mã điểm tiếp nhận',
    ],
    loose: [
      'Đơn vị tiếp nhận',
      'Cơ quan tiếp nhận',
      'Nơi tiếp nhận',
      'Bộ phận tiếp nhận',
      'Điểm tiếp nhận',
      'Đơn vị tiếp nhận hồ sơ',
      'Nơi tiếp nhận hồ sơ',
    ],
  },
  doi_tuong: {
    plain: ['Đối tượng', 'Loại đối tượng', 'Đối tượng nộp', 'Đối tượng nộp hồ sơ', 'Đối tượng thực hiện'],
    loose: ['Loại khách hàng', 'Loại chủ hồ sơ', 'Loại người nộp', 'Loại hồ sơ theo đối tượng'],
  },
  kenh_nop: {
    plain: ['Kênh nộp', 'Kênh nộp hồ sơ', 'Hình thức nộp', 'Hình thức nộp hồ sơ', 'Phương thức nộp', 'Cách thức nộp'],
    loose: [
      'Kênh tiếp nhận',
      'Hình thức tiếp nhận',
      'Hình thức tiếp nhận hồ sơ',
      'Phương thức tiếp nhận',
      'Cách thức thực hiện',
    ],
  },
  ngay_tiep_nhan: {
    plain: [
      'Ngày tiếp nhận',
      'Ngày tiếp nhận hồ sơ',
      'Thời gian tiếp nhận',
      'Thời điểm tiếp nhận',
      'Ngày giờ tiếp nhận',
    ],
    loose: ['Ngày nhận', 'Ngày nhận hồ sơ', 'Thời gian tiếp nhận hồ sơ', 'Tiếp nhận lúc'],
  },
  ngay_hen_tra: {
    plain: [
      'Ngày hẹn trả',
      'Ngày hẹn trả kết quả',
      'Ngày hẹn trả KQ',
      'Thời gian hẹn trả',
      'Thời gian hẹn trả kết quả',
    ],
    loose: ['Ngày hẹn', 'Hẹn trả', 'Hẹn trả kết quả', 'Hạn trả', 'Hạn trả kết quả', 'Hạn giải quyết', 'Hạn xử lý'],
  },
  ngay_tra: {
    plain: ['Ngày trả', 'Ngày trả kết quả', 'Ngày trả KQ', 'Thời gian trả kết quả', 'Thời điểm trả kết quả'],
    loose: ['Ngày trả thực tế', 'Ngày trả kết quả thực tế', 'Thời gian trả', 'Ngày hoàn thành', 'Ngày kết thúc'],
  },
  ngay_yeu_cau_bo_sung: {
    plain: ['Ngày yêu cầu bổ sung', 'Ngày yêu cầu bổ sung hồ sơ', 'Thời gian yêu cầu bổ sung', 'Ngày YCBS'],
    loose: ['Ngày yêu cầu bổ sung, hoàn thiện hồ sơ', 'Ngày thông báo bổ sung'],
  },
  ngay_tu_choi: {
    plain: [
      'Ngày từ chối',
      'Ngày từ chối hồ sơ',
      'Ngày từ chối tiếp nhận',
      'Ngày từ chối giải quyết',
      'Thời gian từ chối',
    ],
    loose: ['Ngày không tiếp nhận'],
  },
  ngay_rut: { plain: ['Ngày rút', 'Ngày rút hồ sơ', 'Thời gian rút hồ sơ'] },
  trang_thai: {
    plain: ['Trạng thái', 'Trạng thái hồ sơ'],
    loose: ['Trạng thái xử lý', 'Tình trạng', 'Tình trạng hồ sơ', 'Tình trạng xử lý', 'Tình trạng giải quyết'],
  },
  cap_nhat_luc: {
    plain: ['Cập nhật lúc', 'Ngày cập nhật', 'Thời gian cập nhật', 'Thời điểm cập nhật'],
    loose: ['Cập nhật lần cuối', 'Ngày cập nhật cuối', 'Lần cập nhật cuối', 'Thời gian cập nhật cuối'],
  },
}
