import { plainColumn, type ColumnValue, type DataColumn } from '../core/export/columns.ts'
import type { LocalText } from '../core/instrument/definition.ts'
import { RULE_CODES } from '../core/quality/rules.ts'

/** What a design column is made of. */
export interface DesignLists {
  readonly strata: readonly string[]
  /** First-stage units; empty: one stage. */
  readonly psus: readonly string[]
  /** Attributes of the frame with their values. */
  readonly attributes: readonly { readonly name: string; readonly values: readonly string[] }[]
  /** Forms of list experiments; fewer than two: none. */
  readonly forms: readonly string[]
}

const nominal = { measure: 'nominal' } as const
const weight = { decimals: 6 } as const
const MODES: readonly (readonly [string, LocalText])[] = [
  ['web', { vi: 'tự trả lời trên mạng', en: 'on the web' }],
  ['interviewer', { vi: 'điều tra viên', en: 'interviewer' }],
  ['paper', { vi: 'phiếu giấy', en: 'paper' }],
]

/** Number of the answer's row in the file of answers; joins the file of units to it. */
export const ROW = plainColumn('row', 'số thứ tự của phiếu trong tệp này', 'number of the answer in this file', nominal)
export const WEIGHT = plainColumn(
  'weight',
  'trọng số: phiếu này đại diện cho bao nhiêu đơn vị của tổng thể; trống = bị loại khỏi kết quả',
  'weight: members of the population for which this answer stands; empty = kept out of results',
  weight,
)

export function formColumn({ forms }: DesignLists): DataColumn[] {
  if (forms.length < 2) return []
  return [
    plainColumn('form', 'mẫu của câu hỏi danh sách', 'form of list questions', { ...nominal, values: coded(forms) }),
  ]
}

/** Columns of the file of answers before its items. */
export function designColumns(lists: DesignLists): DataColumn[] {
  const { strata, psus, attributes } = lists
  return [
    ROW,
    WEIGHT,
    plainColumn(
      'weight_design',
      'trọng số thiết kế: 1 / xác suất được chọn',
      'design weight: 1 / inclusion probability',
      weight,
    ),
    plainColumn(
      'weight_eligibility',
      'hệ số cho phiếu chưa rõ thuộc tổng thể',
      'factor for cases of unknown eligibility',
      weight,
    ),
    plainColumn('weight_response', 'hệ số cho không trả lời', 'factor for non-response', weight),
    plainColumn('weight_raking', 'hệ số hiệu chỉnh theo tổng thể đã biết', 'factor of raking to known totals', weight),
    plainColumn('stratum', 'tầng', 'stratum', { ...nominal, values: coded(strata) }),
    plainColumn('stratum_size', 'số đơn vị của khung mẫu trong tầng', 'members of the frame in the stratum'),
    ...(psus.length === 0
      ? []
      : [
          plainColumn('psu', 'cụm (đơn vị chọn bậc một)', 'cluster (first-stage unit)', {
            ...nominal,
            values: coded(psus),
          }),
        ]),
    ...attributes.map(({ name, values }, i) =>
      plainColumn(`frame_${i + 1}`, `khung mẫu: ${name}`, `frame: ${name}`, { ...nominal, values: coded(values) }),
    ),
    ...formColumn(lists),
    plainColumn('mode', 'cách trả lời', 'mode', { ...nominal, values: worded(MODES) }),
    plainColumn(
      'kept_out',
      'quy tắc loại phiếu này khỏi kết quả; trống = được tính',
      'rule that keeps the answer out of results; empty = it counts',
      {
        ...nominal,
        values: coded(RULE_CODES),
      },
    ),
  ]
}

/** Codes that are their own words. */
function coded(codes: readonly string[]): ColumnValue[] {
  return codes.map((code, i) => ({ code, number: i + 1, label: { vi: code, en: code } }))
}

function worded(words: typeof MODES): ColumnValue[] {
  return words.map(([code, label], i) => ({ code, number: i + 1, label }))
}
