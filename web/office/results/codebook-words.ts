import type { Text } from '../../i18n/i18n.ts'
import type { Column, Part } from '../api/codebook.ts'

/** Texts of the codebook; both languages stand beside each other, and come with its page alone. */
export const words = {
  lead: {
    vi: '{n} phiếu hoàn thành của “{campaign}”, theo bảng hỏi {questionnaire} (phiên bản {version}). Đây là ước lượng nội bộ, không phải PAPI/PCI chính thức.',
    en: '{n} complete answers of “{campaign}”, by the questionnaire {questionnaire} (version {version}). These are internal estimates, not the official PAPI/PCI.',
  },
  files: { vi: 'Tải dữ liệu', en: 'Download data' },
  filesLead: {
    vi: 'Mỗi lần tải được ghi vào nhật ký của đợt khảo sát cùng tên người tải.',
    en: 'Every download is noted in the log of the campaign with the name of who took it.',
  },
  untilClosed: {
    vi: 'Tải được khi đợt khảo sát đã đóng: hai tệp hơn kém nhau một phiếu sẽ làm lộ phiếu đó.',
    en: 'To be had once the survey is closed: two files one answer apart would give that answer away.',
  },
  csvCodes: { vi: 'CSV, mã', en: 'CSV, codes' },
  csvWords: { vi: 'CSV, chữ', en: 'CSV, words' },
  xlsx: { vi: 'Excel', en: 'Excel' },
  sav: { vi: 'SPSS (.sav)', en: 'SPSS (.sav)' },
  book: { vi: 'Tải sổ mã này (CSV)', en: 'Download this codebook (CSV)' },
  care: { vi: 'Trước khi dùng', en: 'Before you use them' },
  risk: {
    vi: '{small} trong {n} phiếu có chung tầng và thuộc tính khung mẫu ({attributes}) với chưa đến {minimum} phiếu; {alone} phiếu không chung với phiếu nào. Ai biết khung mẫu có thể đoán ra người trả lời: hãy giữ tệp như dữ liệu cá nhân, không công bố từng dòng, không công bố số liệu của nhóm dưới {minimum} phiếu.',
    en: '{small} of {n} answers share stratum and attributes of the frame ({attributes}) with fewer than {minimum}; {alone} share them with none. Whoever knows the frame may guess who answered: keep the file like personal data, publish no rows, and no figure of fewer than {minimum} answers.',
  },
  apart: {
    vi: 'Câu hỏi nhạy cảm nằm trong tệp riêng, không có trọng số, tầng hay thuộc tính, xếp theo nội dung để không ghép được với tệp khác; chỉ có khi đợt khảo sát đã đóng và có từ 30 phiếu trở lên. Cơ quan có chưa đến 30 dòng thì không được nêu; câu có chưa đến 30 người trả lời, hoặc chưa đến 30 người không được hỏi, thì để trống cả cột; dòng mà chưa đến 30 dòng được hỏi giống nhau thì bỏ. Chữ tự viết cũng nằm riêng. Không có tên, địa chỉ, mã doanh nghiệp hay hộ, đường liên kết, ngày giờ.',
    en: 'Sensitive questions are in a file of their own without weight, stratum or attributes, in the order of what they say, so that it cannot be joined with another; there is one only once the survey is closed, from 30 answers on. A unit of fewer than 30 rows is not named; the column of a question that fewer than 30 answered, or that fewer than 30 were not asked, is empty; rows that fewer than 30 are alike in what was asked are left out. What people wrote is apart too. No name, address, code of the frame, link or time is in any file.',
  },
  weights: {
    vi: 'Dùng trọng số “weight” cho mọi ước lượng, “stratum” và “psu” (nếu có) cho sai số. Phiếu bị loại theo quy tắc chất lượng vẫn có trong tệp với “kept_out”, không có trọng số.',
    en: 'Use “weight” for every estimate, “stratum” and “psu” (where there is one) for its error. Answers kept out by a rule of quality are in the file with “kept_out” and without a weight.',
  },
  missing: { vi: 'Không có giá trị', en: 'No value' },
  missingLead: {
    vi: 'Ba điều khác nhau, không điều nào là số 0.',
    en: 'Three different things, and none of them is zero.',
  },
  inCsv: { vi: 'trong CSV', en: 'in CSV' },
  inSav: { vi: 'trong SPSS', en: 'in SPSS' },
  meaning: { vi: 'nghĩa là', en: 'means' },
  column: { vi: 'Cột', en: 'Column' },
  label: { vi: 'Nội dung', en: 'What it holds' },
  kind: { vi: 'Loại', en: 'Kind' },
  codes: { vi: 'Mã (số trong SPSS) và nghĩa', en: 'Codes (number in SPSS) and meaning' },
  more: { vi: '… và {n} mã khác, xem tệp sổ mã', en: '… and {n} more, see the file' },
} satisfies Record<string, Text>

export const partNames: Readonly<Record<Part, Text>> = {
  answers: { vi: 'Phiếu: mỗi dòng một phiếu', en: 'Answers: a row for each' },
  units: {
    vi: 'Cơ quan được đánh giá: mỗi dòng một phiếu và một cơ quan',
    en: 'Units: a row for each answer and unit',
  },
  sensitive: { vi: 'Câu hỏi nhạy cảm, để riêng', en: 'Sensitive questions, apart' },
  sensitive_units: { vi: 'Câu hỏi nhạy cảm về từng cơ quan, để riêng', en: 'Sensitive questions about units, apart' },
  texts: { vi: 'Chữ tự viết, để riêng', en: 'Written answers, apart' },
}

export const missingWords: Readonly<Record<keyof NonNullable<Column['missing']>, Text>> = {
  dont_know: { vi: 'không biết / không trả lời', en: "don't know / no answer" },
  skipped: { vi: 'được hỏi, để trống', en: 'asked, left empty' },
  not_asked: { vi: 'không được hỏi', en: 'not asked' },
}

export const kindNames: Readonly<Record<'nominal' | 'ordinal' | 'scale' | 'day' | 'text', Text>> = {
  nominal: { vi: 'phân loại', en: 'classes' },
  ordinal: { vi: 'thứ bậc', en: 'ordered' },
  scale: { vi: 'số', en: 'number' },
  day: { vi: 'ngày', en: 'day' },
  text: { vi: 'chữ', en: 'text' },
}
