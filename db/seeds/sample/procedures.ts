import type { Applicant } from '../../schema/dossiers.ts'

/** A procedure of the sample and how it behaves. */
export interface SampleProcedure {
  /** National code where a public source gives it; else one from 9.000001 on. */
  readonly code: string
  /** With "(mã mẫu)" at its end where the code is invented. */
  readonly name: string
  readonly field: string
  readonly level: string
  readonly papiGroup: '5.1' | '5.3' | '5.4' | 'none'
  /** Working days. */
  readonly dueDays: number
  /** Key of the department that decides, or null for what one-stop shops of communes decide. */
  readonly department: string | null
  readonly applicants: Readonly<Record<Applicant, number>>
  /** Communes decide it only since the merger (before, districts did). */
  readonly sinceMerger: boolean
  /** Relative number of dossiers, among departments or among communes. */
  readonly weight: number
  /** Share of dossiers that end late, everywhere but where the truth table plants lateness. */
  readonly late: number
}

type Row = readonly [
  ...[code: string, name: string, field: string, department: string | null],
  ...[papiGroup: SampleProcedure['papiGroup'], dueDays: number, weight: number],
  ...[applicants: 'citizens' | 'firms', sinceMerger: boolean],
]

/** Codes that do not begin with 9 are those of the national catalogue, as the public portal shows them. */
const ROWS: readonly Row[] = [
  ['1.001193', 'Đăng ký khai sinh', 'Hộ tịch', null, '5.4', 1, 13, 'citizens', false],
  ['2.000815', 'Chứng thực bản sao từ bản chính', 'Chứng thực', null, '5.1', 1, 22, 'citizens', false],
  ['2.000806', 'Đăng ký kết hôn có yếu tố nước ngoài', 'Hộ tịch', null, '5.4', 10, 1.5, 'citizens', true],
  ['1.000419', 'Đăng ký khai tử lưu động', 'Hộ tịch', null, '5.4', 2, 0.7, 'citizens', false],
  ['9.000001', 'Cấp bản sao trích lục hộ tịch', 'Hộ tịch', null, '5.4', 1, 8, 'citizens', false],
  ['9.000002', 'Xác nhận tình trạng hôn nhân', 'Hộ tịch', null, '5.4', 3, 8, 'citizens', false],
  ['9.000003', 'Chứng thực chữ ký', 'Chứng thực', null, '5.1', 1, 6, 'citizens', false],
  ['9.000004', 'Chứng thực hợp đồng, giao dịch', 'Chứng thực', null, '5.1', 2, 5, 'citizens', false],
  ['9.000005', 'Cấp giấy chứng nhận quyền sử dụng đất lần đầu', 'Đất đai', null, '5.3', 20, 12, 'citizens', true],
  ['9.000006', 'Cấp giấy phép xây dựng nhà ở riêng lẻ', 'Xây dựng', null, 'none', 15, 10, 'citizens', true],
  ['9.000007', 'Đăng ký thành lập hộ kinh doanh', 'Đăng ký kinh doanh', null, 'none', 3, 10, 'firms', true],
  ['9.000008', 'Trợ cấp xã hội hằng tháng', 'Bảo trợ xã hội', null, 'none', 10, 4, 'citizens', false],
  ['9.000009', 'Đăng ký biến động quyền sử dụng đất', 'Đất đai', 'nnmt', '5.3', 10, 15, 'citizens', false],
  ['9.000010', 'Cấp đổi giấy chứng nhận quyền sử dụng đất', 'Đất đai', 'nnmt', '5.3', 7, 8, 'citizens', false],
  ['9.000011', 'Giao đất, cho thuê đất đối với tổ chức', 'Đất đai', 'nnmt', 'none', 20, 1.5, 'firms', false],
  ['9.000012', 'Cấp giấy phép môi trường', 'Môi trường', 'nnmt', 'none', 30, 1.5, 'firms', false],
  ['9.000013', 'Cấp giấy phép xây dựng công trình', 'Xây dựng', 'xd', 'none', 20, 4, 'firms', false],
  ['9.000014', 'Thẩm định báo cáo nghiên cứu khả thi', 'Xây dựng', 'xd', 'none', 25, 2, 'firms', false],
  ['9.000015', 'Cấp chứng chỉ hành nghề xây dựng', 'Xây dựng', 'xd', 'none', 14, 3, 'citizens', false],
  ['9.000016', 'Đăng ký thành lập doanh nghiệp', 'Đăng ký kinh doanh', 'tc', 'none', 3, 9, 'firms', false],
  ['9.000017', 'Đăng ký thay đổi doanh nghiệp', 'Đăng ký kinh doanh', 'tc', 'none', 3, 9, 'firms', false],
  ['9.000018', 'Chấp thuận chủ trương đầu tư', 'Đầu tư', 'tc', 'none', 30, 1, 'firms', false],
  ['9.000019', 'Cấp giấy chứng nhận đăng ký đầu tư', 'Đầu tư', 'tc', 'none', 15, 6, 'firms', false],
  ['9.000020', 'Xác nhận có quốc tịch Việt Nam', 'Quốc tịch', 'tp', 'none', 15, 2, 'citizens', false],
  ['9.000021', 'Đăng ký tập sự hành nghề công chứng', 'Bổ trợ tư pháp', 'tp', 'none', 7, 1.5, 'citizens', false],
  ['9.000022', 'Đăng ký hoạt động văn phòng luật sư', 'Bổ trợ tư pháp', 'tp', 'none', 10, 1, 'firms', false],
  ['9.000023', 'Cấp giấy phép lao động cho người nước ngoài', 'Lao động', 'nv', 'none', 10, 6, 'firms', false],
  ['9.000024', 'Đăng ký nội quy lao động', 'Lao động', 'nv', 'none', 7, 2.5, 'firms', false],
  ['9.000025', 'Giải quyết chế độ đối với người có công', 'Người có công', 'nv', 'none', 20, 4, 'citizens', false],
  ['9.000026', 'Cấp giấy phép hành nghề khám bệnh, chữa bệnh', 'Y tế', 'yt', 'none', 15, 4, 'citizens', false],
  ['9.000027', 'Cấp giấy phép hoạt động phòng khám', 'Y tế', 'yt', 'none', 30, 1, 'firms', false],
  ['9.000028', 'Cấp chứng nhận đủ điều kiện kinh doanh dược', 'Y tế', 'yt', 'none', 15, 3, 'firms', false],
]

/** Share of late dossiers. Equal within a field, so that procedures of one field can stand in for each other as peers. */
const LATE_BY_FIELD: Readonly<Record<string, number>> = {
  'Hộ tịch': 0.03,
  'Chứng thực': 0.02,
  'Đất đai': 0.16,
  'Xây dựng': 0.1,
  'Đăng ký kinh doanh': 0.04,
  'Bảo trợ xã hội': 0.08,
  'Môi trường': 0.15,
  'Đầu tư': 0.12,
  'Quốc tịch': 0.07,
  'Bổ trợ tư pháp': 0.05,
  'Lao động': 0.07,
  'Người có công': 0.1,
  'Y tế': 0.09,
}

const APPLICANTS = {
  citizens: { citizen: 1, business: 0, organisation: 0 },
  firms: { citizen: 0, business: 0.92, organisation: 0.08 },
} as const satisfies Record<string, SampleProcedure['applicants']>

export const SAMPLE_PROCEDURES: readonly SampleProcedure[] = ROWS.map(
  ([code, name, field, department, papiGroup, dueDays, weight, applicants, sinceMerger]) => ({
    code,
    name: code.startsWith('9.') ? `${name} (mã mẫu)` : name,
    field,
    level: department === null ? 'Cấp xã' : 'Cấp tỉnh',
    papiGroup,
    dueDays,
    department,
    applicants: APPLICANTS[applicants],
    sinceMerger,
    weight,
    late: LATE_BY_FIELD[field] ?? 0.08,
  }),
)

/** Place of a procedure in `SAMPLE_PROCEDURES`. @throws RangeError for an unknown code */
export function procedureIndex(code: string): number {
  const index = SAMPLE_PROCEDURES.findIndex((one) => one.code === code)
  if (index < 0) throw new RangeError(`no sample procedure ${code}`)
  return index
}
