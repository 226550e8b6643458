import type { ExportColumn } from './row-export.ts'

const column = (name: string, vi: string, en: string): ExportColumn => ({ name, vi, en })

/** Columns of `export responses` before its items, one column for each item after them. */
export const RESPONSE_COLUMNS: readonly ExportColumn[] = [
  column('thang', 'tháng của sự kiện được hỏi, YYYY-MM', 'month of the event that was asked about, YYYY-MM'),
  column('nguon', 'nguồn phiếu: dossier, walk_in, …', 'stream: dossier, walk_in, …'),
  column('mau_phieu', 'mẫu phiếu và phiên bản', 'questionnaire and version'),
  column('doi_tuong', 'citizen, business, organisation', 'citizen, business, organisation'),
  column('loai_don_vi', 'loại đơn vị giải quyết', 'kind of the deciding unit'),
  column('don_vi', 'đơn vị giải quyết: id như trong export units', 'deciding unit: id as in export units'),
  column('linh_vuc', 'lĩnh vực của thủ tục', 'field of the procedure'),
  column('ma_tthc', 'mã thủ tục hành chính', 'code of the procedure'),
  column('su_kien', 'sự kiện được hỏi: returned, refused, …', 'event that was asked about: returned, refused, …'),
  column('dung_han', 'early, on_time, late, unknown', 'early, on_time, late, unknown'),
  column(
    'kenh_nop',
    'kênh nộp: direct, online, post; trống = không rõ',
    'channel: direct, online, post; empty = not known',
  ),
  column('don_vi_tiep_nhan', 'đơn vị tiếp nhận: id', 'receiving unit: id'),
  column('nguoi_tra_loi', 'ai trả lời: self, relative, assisted', 'who answered: self, relative, assisted'),
  column('hoan_thanh', 't: phiếu đã gửi xong; f: còn dở', 't: finished; f: left half-way'),
]

/** Columns of `export units`: those of a Units file, and the id by which other exports name a unit. */
export const UNIT_COLUMNS: readonly ExportColumn[] = [
  column('don_vi', 'id của đơn vị trong hệ thống', 'id of the unit here'),
  column('id_ngoai', 'mã riêng của tỉnh', "the province's own code"),
  column('ten', 'tên', 'name'),
  column('loai', 'loại đơn vị', 'kind'),
  column('ma_cha', 'mã riêng của đơn vị cấp trên', 'own code of the unit above'),
  column('ma_h', 'mã định danh H', 'H-code'),
  column('ma_tinh', 'mã tỉnh (Cục Thống kê)', "statistics office's code of the province"),
  column('ma_xa', 'mã xã (Cục Thống kê)', "statistics office's code of the commune"),
  column('hieu_luc_tu', 'có hiệu lực từ ngày', 'first day'),
  column('hieu_luc_den', 'có hiệu lực đến hết ngày', 'last day'),
]

/** Columns of `export scores`: an Estimate (est … suppressed) with what it is of. */
export const SCORE_COLUMNS: readonly ExportColumn[] = [
  column(
    'nguon',
    'publication: đợt công bố; index: lần tính bộ chỉ số',
    'publication: published run; index: run of an index',
  ),
  column('lan', 'số của đợt công bố hoặc lần tính', 'id of the run'),
  column('trang_thai', 'published, superseded, withdrawn', 'published, superseded, withdrawn'),
  column('tu_thang', 'từ tháng, YYYY-MM', 'first month, YYYY-MM'),
  column('den_thang', 'đến hết tháng, YYYY-MM', 'last month, YYYY-MM'),
  column('ngay', 'ngày công bố hoặc ngày tính', 'day of publishing, or of the run'),
  column('bo_chi_so', 'bộ chỉ số', 'index'),
  column('an_ban', 'ấn bản của bộ chỉ số', 'edition of the index'),
  column('don_vi', 'đơn vị: id như trong export units', 'unit: id as in export units'),
  column('ten_don_vi', 'tên đơn vị lúc tính', 'name of the unit then'),
  column('loai_don_vi', 'loại đơn vị', 'kind of the unit'),
  column('chi_tieu', 'chỉ tiêu hoặc nút của bộ chỉ số', 'figure, or node of the index'),
  column('thang_min', 'đầu thấp của thang điểm', 'low end of the scale'),
  column('thang_max', 'đầu cao của thang điểm', 'high end of the scale'),
  column('est', 'giá trị; trống khi chưa được nêu', 'value; empty when it may not be shown'),
  column('se', 'sai số chuẩn', 'standard error'),
  column('df', 'bậc tự do', 'degrees of freedom'),
  column('lo', 'đầu dưới của khoảng tin cậy 95 %', 'lower end of the 95 % interval'),
  column('hi', 'đầu trên của khoảng tin cậy 95 %', 'upper end of the 95 % interval'),
  column('n', 'số phiếu (hoặc hồ sơ) làm căn cứ', 'answers (or dossiers) behind it'),
  column('n_eff', 'cỡ mẫu hiệu quả', 'effective sample size'),
  column('method', 'cách tính', 'method'),
  column(
    'suppressed',
    'vì sao không nêu: too_few, complementary, not_measured',
    'why it is hidden: too_few, complementary, not_measured',
  ),
  column('xep_loai', 'xếp loại', 'grade'),
  column('lan_goc', 'đợt mà giá trị này được giữ lại từ đó', 'run whose value is carried on'),
  column('sha256', 'mã băm của định nghĩa đã dùng', 'hash of the definition used'),
]
