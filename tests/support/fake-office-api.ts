import { createServer, type IncomingMessage } from 'node:http'
import { pageResponse } from '../../api/pages.ts'
import { assetReader } from '../../api/node/assets.ts'
import type {
  Criteria,
  CriteriaChange,
  DossierChange,
  Estimate,
  Figure,
  ImportResult,
  ImportRun,
  Invitation,
  ItemRow,
  Me,
  Page,
  Periods,
  Settings,
  Summary,
  UnitView,
  WeakSpot,
  WeakSpots,
} from '../../web/office/api/types.ts'

import { indexAnswer, type FakeIndices } from './fake-indices/answer.ts'
import { fakeEditions } from './fake-indices/world.ts'

/**
 * The office's API with made-up answers, typed by the views the pages rely on, for looking at every page and state without
 * a database. States are chosen by what is asked for (a unit, an address, a password), never by switching the server.
 */
/** Who they are on the pages. */
const NAMES = { administrator: 'Nguyễn Thị Hạnh', importer: 'Trần Văn Ngọc' } as const
export const PEOPLE = {
  administrator: 'quantri@hungyen.example',
  importer: 'motcua@hungyen.example',
  /** Signs in to a tenant that has no dossiers yet. */
  beginner: 'moi@hungyen.example',
  password: 'mat-khau-mau',
} as const

export const UNIT = {
  province: 1,
  justice: 11,
  few: 12,
  intervalOnly: 13,
  noDossiers: 14,
  failing: 15,
  strong: 16,
  former: 90,
  unknown: 999,
} as const

const none = { est: null, se: null, df: null, lo: null, hi: null, n: null, nEff: null }
const suppressed = (reason: 'too_few' | 'complementary' | 'not_measured', n: number | null = null): Estimate => ({
  ...none,
  n,
  method: 'none',
  suppressed: reason,
})

/** Wilson's interval for `k` of `n`. */
export function share(k: number, n: number): Estimate {
  const z = 1.959963984540054
  const p = k / n
  const centre = (p + (z * z) / (2 * n)) / (1 + (z * z) / n)
  const half = (z * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n))) / (1 + (z * z) / n)
  const se = Math.sqrt((p * (1 - p)) / n)
  return { est: p, se, df: null, lo: centre - half, hi: centre + half, n, nEff: n, method: 'wilson', suppressed: null }
}
const onlyInterval = (k: number, n: number): Estimate => ({ ...share(k, n), est: null })
const mean = (est: number, se: number, n: number): Estimate => ({
  est,
  se,
  df: n - 1,
  lo: est - 1.96 * se,
  hi: est + 1.96 * se,
  n,
  nEff: n,
  method: 'available_case',
  suppressed: null,
})

/** A number counted over the whole register: no sampling error. */
const register = (est: number, n: number): Estimate => ({
  ...none,
  est,
  se: 0,
  lo: est,
  hi: est,
  n,
  nEff: n,
  method: 'register_count',
  suppressed: null,
})
const QD766_COUNTS = {
  code: 'qd766_counts',
  values: { total: 8118, late: 490, pendingLate: 88, answered: 2351 },
}

const UNITS: UnitView[] = (
  [
    [1, 'Tỉnh Hưng Yên', 'province', null],
    [11, 'Sở Tư pháp', 'department', 1],
    [12, 'Ban Quản lý các khu công nghiệp', 'department', 1],
    [13, 'Sở Văn hoá, Thể thao và Du lịch', 'department', 1],
    [14, 'Sở Dân tộc và Tôn giáo', 'department', 1],
    [15, 'Sở Khoa học và Công nghệ', 'department', 1],
    [16, 'Sở Tài chính', 'department', 1],
    [17, 'Sở Nông nghiệp và Môi trường', 'department', 1],
    [18, 'Sở Xây dựng', 'department', 1],
    [19, 'Trung tâm Phục vụ hành chính công tỉnh Hưng Yên', 'centre', 1],
    [20, 'Bộ phận Một cửa phường Phố Hiến', 'one_stop', 1],
    [21, 'Bộ phận Một cửa xã Đông Thái Ninh', 'one_stop', 1],
    [90, 'Sở Tư pháp tỉnh Thái Bình', 'department', null],
  ] as const
).map(([id, name, kind, parentId]) => ({
  id,
  name,
  kind,
  parentId,
  validFrom: id === 90 ? '2004-01-01' : '2025-07-01',
  validTo: id === 90 ? '2025-06-30' : null,
}))

const months = Array.from({ length: 18 }, (_, i) => {
  const index = 2025 * 12 + 4 + i
  return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`
})
const PERIODS: Periods = {
  items: [
    ...months.map((month) => ({ kind: 'month' as const, from: month, to: month })),
    ...['2025-07', '2025-10', '2026-01', '2026-04', '2026-07'].map((from) => ({
      kind: 'quarter' as const,
      from,
      to: `${from.slice(0, 5)}${String(Number(from.slice(5)) + 2).padStart(2, '0')}`,
    })),
    { kind: 'quarter', from: '2025-04', to: '2025-06' },
    { kind: 'year', from: '2025-01', to: '2025-12' },
    { kind: 'year', from: '2026-01', to: '2026-12' },
  ],
  latest: { kind: 'quarter', from: '2026-07', to: '2026-09' },
  next: null,
}

const yesNo = [
  { vi: 'Có', en: 'Yes' },
  { vi: 'Không', en: 'No' },
]
const ITEMS: readonly [code: string, vi: string, en: string, rates: ItemRow['rates'], percent: number][] = [
  ['OVERALL', 'Hài lòng chung', 'Overall satisfaction', 'both', 78],
  ['T3', 'Không phải liên hệ thêm để hoàn thiện hồ sơ', 'No further contacts to complete it', 'receiving', 71],
  ['T4', 'Không phải liên hệ cơ quan khác', 'No other office to contact', 'responsible', 83],
  ['T7', 'Thái độ cán bộ lịch sự, đúng mực', 'Officials polite and proper', 'receiving', 88],
  ['Q_INFO', 'Thông tin thủ tục rõ ràng', 'Clear information', 'receiving', 81],
  ['Q_FEES', 'Phí, lệ phí được niêm yết công khai', 'Fees displayed', 'receiving', 90],
  ['Q_COMPETENT', 'Cán bộ thạo việc', 'Officials competent', 'receiving', 86],
  ['Q_RESPECT', 'Cán bộ lịch sự, tôn trọng người dân', 'Officials respectful', 'receiving', 89],
  ['Q_PAPERWORK', 'Giấy tờ phải nộp hợp lý', 'Reasonable paperwork', 'responsible', 68],
  ['Q_DEADLINE_GIVEN', 'Hẹn rõ ngày trả kết quả', 'Date given', 'receiving', 62],
  ['Q_DEADLINE_MET', 'Nhận kết quả đúng hẹn', 'Date met', 'responsible', 74],
  ['Q_WINDOWS', 'Không phải đi qua nhiều cửa', 'Not several windows', 'responsible', 77],
  ['X_PAPERS', 'Không bị yêu cầu giấy tờ ngoài danh mục công khai', 'No papers outside the list', 'responsible', 72],
  ['X_PAYMENT', 'Không phải chi thêm ngoài phí, lệ phí', 'No extra payment', 'both', 96],
  ['B_TIME', 'Thời gian giải quyết không quá thời hạn', 'Within the time limit', 'responsible', 66],
]

const scaleOf = (code: Figure['code']): { min: number; max: number } => {
  if (code.startsWith('papi_like_5_')) return { min: 1 / 3, max: 10 / 3 }
  if (code === 'papi_like_5' || code === 'pci_like') return { min: 1, max: 10 }
  if (code.startsWith('qd766')) return { min: 0, max: 100 }
  if (code === 'tt01_subtotal') return { min: 0, max: 8 }
  return code === 'tt01_grade' ? { min: 0, max: 18 } : { min: 0, max: 1 }
}
const figure = (code: Figure['code'], estimate: Estimate, more: Partial<Figure> = {}): Figure => ({
  code,
  scale: scaleOf(code),
  estimate,
  needed: null,
  grade: null,
  steps: [],
  ...more,
  notes: ['internal_estimate', ...(more.notes ?? [])],
})

const usual = (): Figure[] => [
  figure('satisfaction', share(1834, 2351), {
    steps: [
      { code: 'overall_counts', values: { o5: 801, o4: 1033, o3: 270, o2: 166, o1: 81, na: 0 } },
      { code: 'favourable_share', values: { favourable: 1834, n: 2351, share: 1834 / 2351 } },
      { code: 'wilson', values: { n: 2351 } },
    ],
  }),
  figure('qd766_5_4_union', register(91.7, 8412), {
    notes: ['pakn_missing'],
    steps: [QD766_COUNTS, { code: 'qd766_union', values: { total: 8118, late: 490, dislikedNotLate: 181 } }],
  }),
  figure('qd766_5_4_sum', register(90.9, 8412), {
    notes: ['pakn_missing'],
    steps: [QD766_COUNTS, { code: 'qd766_sum', values: { total: 8118, late: 490, disliked: 247 } }],
  }),
  figure('tt01_subtotal', mean(6.42, 0.06, 1213), {
    notes: ['grade_needs_all_nine'],
    steps: [
      { code: 'tt01_time', values: { early: 3911, onTime: 3717, late: 402, mean: 1.437 } },
      { code: 'item_mean', values: { item: 'T3', n: 417, total: 671, mean: 1.609 } },
      { code: 'a_newer_step', values: { n: 12, share: 0.5 } },
      { code: 'sum_of_means', values: {} },
    ],
  }),
  figure('tt01_grade', suppressed('not_measured'), { notes: ['grade_needs_all_nine', 'not_measured'] }),
  figure('papi_like_5_1', mean(2.71, 0.04, 611)),
  figure('papi_like_5_3', suppressed('not_measured'), { notes: ['not_measured'] }),
  figure('papi_like_5_4', { ...mean(2.4, 0.16, 22), est: null, se: null }, { notes: ['interval_only'], needed: 8 }),
  figure('papi_like_5', suppressed('not_measured'), { notes: ['parts_missing', 'not_measured'] }),
  figure('pci_like', suppressed('complementary'), { notes: ['complementary'] }),
]
const scarce = (): Figure[] =>
  usual().map((one) => ({
    ...one,
    estimate: suppressed('too_few', 4),
    needed: 26,
    notes: ['internal_estimate', 'too_few'],
  }))

const itemRow = ([item, vi, en, rates, percent]: (typeof ITEMS)[number], i: number, unit: number): ItemRow => {
  const n = unit === UNIT.few ? 4 : unit === UNIT.intervalOnly ? 14 + i : 380 + 37 * i
  const yes = Math.round((n * percent) / 100)
  const hidden = unit === UNIT.few || item === 'X_PAYMENT'
  const estimate = hidden ? suppressed('too_few', n) : unit === UNIT.intervalOnly ? onlyInterval(yes, n) : share(yes, n)
  return {
    item,
    short: { vi, en },
    rates,
    estimate,
    counts: hidden || unit === UNIT.intervalOnly ? null : { options: [yes, n - yes], na: 7 + i },
    options: yesNo,
    needed: hidden ? 26 : null,
  }
}

function summary(id: number, from: string, to: string): Summary | null {
  const unit = UNITS.find((one) => one.id === id)
  const period = PERIODS.items.find((one) => one.from === from && one.to === to)
  if (unit === undefined || period === undefined) return null
  const quiet = id === UNIT.noDossiers
  const few = id === UNIT.few
  const province = id === UNIT.province
  const children = UNITS.filter((one) => one.parentId === 1).map((child, i) => ({
    unit: { id: child.id, name: child.name, kind: child.kind },
    dossiers: 5210 - 380 * i,
    answered: i === 1 ? 4 : 640 - 51 * i,
    satisfaction:
      i === 1
        ? suppressed('too_few', 4)
        : i === 2
          ? onlyInterval(17, 22)
          : i === 3
            ? suppressed('complementary')
            : share(480 - 41 * i, 640 - 51 * i),
    needed: i === 1 ? 26 : null,
  }))
  return {
    unit: {
      ...unit,
      parent: unit.parentId === null ? null : { id: 1, name: 'Tỉnh Hưng Yên' },
      predecessors:
        id === UNIT.justice
          ? [
              { id: 90, name: 'Sở Tư pháp tỉnh Thái Bình' },
              { id: 91, name: 'Sở Tư pháp tỉnh Hưng Yên (đến 30/06/2025)' },
            ]
          : [],
      successors: id === UNIT.former ? [{ id: 11, name: 'Sở Tư pháp' }] : [],
    },
    sample: true,
    period,
    asOf: '2026-11-23T08:15:00.000Z',
    breaks: period.kind === 'year' && period.from === '2025-01' ? [{ on: '2025-07-01', code: 'merger' }] : [],
    counts: quiet
      ? { dossiers: 0, finished: 0, invited: 0, opened: 0, answered: 0, late: 0, early: 0, onTime: 0, pendingLate: 0 }
      : few
        ? {
            dossiers: 41,
            finished: 36,
            invited: 36,
            opened: 9,
            answered: 4,
            late: 3,
            early: 20,
            onTime: 13,
            pendingLate: 1,
          }
        : {
            dossiers: 8412,
            finished: 8030,
            invited: 7984,
            opened: 3120,
            answered: 2351,
            late: 402,
            early: 3911,
            onTime: 3717,
            pendingLate: 88,
          },
    responseRate: quiet ? suppressed('not_measured') : few ? suppressed('too_few', 36) : share(2351, 7984),
    figures: few ? scarce() : usual(),
    items: quiet ? [] : ITEMS.map((item, i) => itemRow(item, i, id)),
    fields: quiet
      ? []
      : ['Hộ tịch', 'Chứng thực', 'Đất đai', 'Đầu tư', 'Lý lịch tư pháp'].map((field, i) => ({
          field,
          dossiers: 3120 - 540 * i,
          satisfaction:
            few || i === 4
              ? suppressed('too_few', 6)
              : i === 3
                ? onlyInterval(15, 21)
                : share(610 - 90 * i, 800 - 130 * i),
          needed: few || i === 4 ? 24 : null,
        })),
    children: province ? children : [],
  }
}

const PROCEDURES = [
  { id: 1, code: '1.001193', name: 'Đăng ký khai sinh' },
  {
    id: 2,
    code: '2.000815',
    name: 'Chứng thực bản sao từ bản chính giấy tờ, văn bản do cơ quan, tổ chức có thẩm quyền của Việt Nam cấp hoặc chứng nhận',
  },
  { id: 3, code: '2.000806', name: 'Đăng ký kết hôn có yếu tố nước ngoài' },
] as const

function weakSpot(i: number): WeakSpot {
  const item = ITEMS[[9, 12, 8, 10, 1, 4, 11][i % 7] ?? 0] ?? ITEMS[0]!
  const procedure = PROCEDURES[i % 3]!
  const n = 412 - 11 * i
  const k = Math.round(n * (0.62 + 0.01 * i))
  const here = share(k, n)
  const rest = share(9720 - 40 * i, 12000)
  const difference = (rest.est ?? 0) - (here.est ?? 0)
  return {
    item: item[0],
    short: { vi: item[1], en: item[2] },
    procedure,
    estimate: here,
    rest,
    shortfall: {
      ...here,
      est: difference,
      se: 0.024,
      // The last one reaches zero: a page must not claim a difference there.
      lo: i === 12 ? -0.01 : Math.max(0.004, difference - 0.055),
      hi: difference + 0.048,
      method: 'newcombe',
    },
    p: 0.0004 * (i + 1),
    counts: {
      favourable: k,
      valid: n,
      na: 23 + i,
      restFavourable: 9720 - 40 * i,
      restValid: 12000,
      options: yesNo.map((text, at) => ({ text, n: at === 0 ? k : n - k })),
    },
    rates: item[3],
  }
}

function weakSpots(id: number, from: string, to: string, compare: string, cursor: string | null): WeakSpots | null {
  const unit = UNITS.find((one) => one.id === id)
  const period = PERIODS.items.find((one) => one.from === from && one.to === to)
  if (unit === undefined || period === undefined) return null
  const empty = id === UNIT.few || id === UNIT.strong || id === UNIT.intervalOnly
  const start = Number(cursor ?? 0)
  const last = 13
  return {
    unit,
    period,
    compare: compare === 'previous' || compare === 'peers' ? compare : 'province',
    tested: id === UNIT.strong ? 64 : empty ? 0 : 148,
    q: 0.1,
    total: empty ? 0 : last,
    items: empty ? [] : Array.from({ length: Math.min(10, last - start) }, (_, i) => weakSpot(start + i)),
    next: !empty && start + 10 < last ? String(start + 10) : null,
    few: {
      cells: id === UNIT.strong ? 0 : 37,
      examples:
        id === UNIT.strong
          ? []
          : [
              {
                item: 'Q_INFO',
                short: { vi: 'Thông tin thủ tục rõ ràng', en: 'Clear information' },
                procedure: PROCEDURES[2],
                n: 6,
                needed: 24,
              },
              {
                item: 'T3',
                short: { vi: 'Không phải liên hệ thêm để hoàn thiện hồ sơ', en: 'No further contacts' },
                procedure: PROCEDURES[2],
                n: 3,
                needed: 27,
              },
            ],
    },
    intervalOnly:
      id === UNIT.strong
        ? []
        : [
            {
              item: 'Q_FEES',
              short: { vi: 'Phí, lệ phí được niêm yết công khai', en: 'Fees displayed' },
              procedure: PROCEDURES[1],
              estimate: onlyInterval(19, 24),
            },
          ],
  }
}

const IMPORTED: ImportResult = {
  rows: 1284,
  created: 1190,
  updated: 61,
  unchanged: 22,
  rejected: 11,
  ignoredColumns: ['Họ và tên người nộp', 'Số CCCD', 'Điện thoại'],
  issues: (
    [
      'invalid_dossier_code',
      'invalid_date',
      'unknown_unit',
      'required',
      'before_received',
      'missing_return_date',
      'status_conflict',
      'unknown_value',
      'cell_count',
      'in_future',
      'invalid_procedure_code',
    ] as const
  ).map((code, i) => ({
    line: 17 + 91 * i,
    column:
      code === 'cell_count'
        ? null
        : ((['ma_ho_so', 'ngay_hen_tra', 'ma_don_vi', 'ngay_tiep_nhan'] as const)[i % 4] ?? null),
    code,
    ...(i === 1 ? { header: 'Ngày hẹn trả kết quả' } : {}),
  })),
  issuesOmitted: 0,
}

const runs: ImportRun[] = Array.from({ length: 23 }, (_, i) => ({
  id: 23 - i,
  at: `2026-${String(11 - Math.floor(i / 12)).padStart(2, '0')}-${String(23 - (i % 12)).padStart(2, '0')}T07:0${i % 10}:00+07:00`,
  by: i % 3 === 2 ? 'key' : i % 3 === 1 ? NAMES.importer : NAMES.administrator,
  rows: 1200 + 13 * i,
  created: 1100 + 10 * i,
  updated: 60,
  unchanged: 29 + 3 * i,
  rejected: i % 4 === 0 ? 11 : 0,
}))
const changes: DossierChange[] = Array.from({ length: 6 }, (_, i) => ({
  id: i,
  at: '2026-11-23T07:00:00+07:00',
  by: NAMES.importer,
  dossier: i % 2 === 0 ? `H31.5-2609${15 + i}-0012` : `000.00.13.H54-230923-000${i}`,
  field: ['returnedAt', 'status', 'dueAt'][i % 3] ?? 'dueAt',
  old: i % 3 === 1 ? 'processing' : '2026-09-20T17:00:00+07:00',
  new: i % 3 === 1 ? 'returned' : '2026-09-22T17:00:00+07:00',
}))
const invitations: Invitation[] = Array.from({ length: 230 }, (_, i) => ({
  token: `HYN${'x'.repeat(20)}${i}`,
  url: `http://localhost/r/HYN${'x'.repeat(20)}${i}`,
  dossier: `H31.5-2611${10 + (i % 12)}-${String(i).padStart(4, '0')}`,
  procedure: PROCEDURES[i % 3]!,
  unit: { id: 11, name: 'Sở Tư pháp' },
  receivingUnit: { id: 19, name: 'Trung tâm Phục vụ hành chính công tỉnh Hưng Yên' },
  event: i % 9 === 0 ? 'refused' : 'returned',
  n: 1,
  day: '2026-11-20',
  createdAt: '2026-11-20T08:00:00+07:00',
  expiresAt: '2027-02-18T08:00:00+07:00',
}))

const paged = <Item>(items: readonly Item[], cursor: string | null, limit: number): Page<Item> => {
  const start = Number(cursor ?? 0)
  return { items: items.slice(start, start + limit), next: start + limit < items.length ? String(start + limit) : null }
}

const me = (email: string): Me => ({
  user: { id: email, email, name: email === PEOPLE.importer ? NAMES.importer : NAMES.administrator },
  tenant: { name: 'Hưng Yên (dữ liệu mẫu)', sample: true },
  role: email === PEOPLE.importer ? 'importer' : 'administrator',
  province: { id: 1, name: 'Tỉnh Hưng Yên' },
})

type Answer = { status: number; body: unknown; cookie?: string }
const ok = (body: unknown): Answer => ({ status: 200, body })
const refuse = (status: number, code: string, issues: { path: string; code: string }[] = []): Answer => ({
  status,
  body: { type: 'about:blank', title: code, status, code, requestId: 'req_01mau', issues },
})

/** What people can change, as long as this server runs. */
interface Entered {
  readonly settings: Settings
  readonly criteria: Criteria
  readonly indices: FakeIndices
}

const showingOf = (unit: number): ReturnType<FakeIndices['showing']> => {
  if (unit === UNIT.noDossiers) return null
  if (unit === UNIT.few) return 'few'
  return unit === UNIT.intervalOnly ? 'interval' : 'full'
}

async function answer(
  method: string,
  url: URL,
  cookie: string,
  body: string,
  { settings, criteria, indices }: Entered,
): Promise<Answer> {
  const path = url.pathname.replace(/^\/api/, '')
  const cursor = url.searchParams.get('cursor')
  const limit = Number(url.searchParams.get('limit') ?? 50)
  if (path === '/auth/sign-in/email') {
    const { email, password } = JSON.parse(body) as { email: string; password: string }
    if (email === 'nhieu@hungyen.example') return refuse(429, 'rate_limited')
    const known = [PEOPLE.administrator, PEOPLE.importer, PEOPLE.beginner].some((one) => one === email)
    if (!known || password !== PEOPLE.password) return { status: 401, body: { code: 'INVALID_EMAIL_OR_PASSWORD' } }
    return { status: 200, body: { user: { email } }, cookie: `office=${encodeURIComponent(email)}; Path=/; HttpOnly` }
  }
  if (path === '/auth/sign-out') return { status: 200, body: { success: true }, cookie: 'office=; Path=/; Max-Age=0' }
  const email = decodeURIComponent(/(?:^|; )office=([^;]*)/.exec(cookie)?.[1] ?? '')
  if (email === '') return refuse(401, 'not_signed_in')
  if (path === '/me') return ok(me(email))
  const empty = email === PEOPLE.beginner
  if (path === '/imports') return ok(paged(empty ? [] : runs, cursor, limit))
  if (path === '/dossiers/changes') return ok(paged(empty ? [] : changes, cursor, limit))
  if (path === '/invitations') return ok(paged(empty ? [] : invitations, cursor, limit))
  if (path === '/dossiers/import') {
    if (body.includes('THIEU COT')) {
      return refuse(422, 'invalid_file', [
        { path: 'ma_tthc', code: 'missing_column' },
        { path: 'ngay_tiep_nhan', code: 'missing_column' },
      ])
    }
    return body.includes('SACH') ? ok({ ...IMPORTED, rejected: 0, created: 1201, issues: [] }) : ok(IMPORTED)
  }
  if (email === PEOPLE.importer) return refuse(403, 'forbidden')
  if (path === '/periods') return ok(empty ? { items: [], latest: null, next: null } : PERIODS)
  if (path === '/settings') {
    if (method === 'PUT') settings.inviteEvents = (JSON.parse(body) as Settings).inviteEvents
    return ok(settings)
  }
  if (path === '/units') {
    const words = (url.searchParams.get('q') ?? '').toLowerCase()
    const kind = url.searchParams.get('kind')
    const found = UNITS.filter((one) => one.name.toLowerCase().includes(words) && (kind === null || one.kind === kind))
    return ok(paged(found, cursor, limit))
  }
  if (/^\/units\/\d+\/criteria$/.test(path)) {
    if (method === 'PUT')
      for (const [code, points] of Object.entries(JSON.parse(body) as CriteriaChange))
        if (points === null) delete criteria[code as keyof Criteria]
        else criteria[code as keyof Criteria] = points
    return ok({ criteria })
  }
  const ofIndices = indexAnswer(indices, method, url, body)
  if (ofIndices !== null)
    return 'code' in ofIndices
      ? refuse(ofIndices.status, ofIndices.code, ofIndices.issues)
      : { status: ofIndices.status ?? 200, body: ofIndices.body }
  const asked = /^\/units\/(\d+)\/(summary|weak-spots)$/.exec(path)
  if (asked === null) return refuse(404, 'not_found')
  const id = Number(asked[1])
  if (id === UNIT.failing && asked[2] === 'weak-spots') return refuse(500, 'internal')
  const from = url.searchParams.get('from') ?? ''
  const to = url.searchParams.get('to') ?? ''
  const found =
    asked[2] === 'summary'
      ? summary(id, from, to)
      : weakSpots(id, from, to, url.searchParams.get('compare') ?? '', cursor)
  return found === null ? refuse(404, 'not_found') : ok(found)
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

/** Serves the built pages of `dist` and the made-up API on a free port of 127.0.0.1. */
export async function startFakeOffice(dist: string, port = 0): Promise<{ origin: string; close: () => Promise<void> }> {
  const entered: Entered = {
    settings: { inviteEvents: ['returned', 'refused'] },
    criteria: { C8: 1 },
    indices: { editions: fakeEditions(), units: UNITS, periods: PERIODS, showing: showingOf },
  }
  const assets = assetReader(dist)
  const server = createServer((request, response) => {
    void (async () => {
      const url = new URL(request.url ?? '/', `http://${request.headers.host ?? 'localhost'}`)
      if (url.pathname.startsWith('/api/')) {
        const result = await answer(
          request.method ?? 'GET',
          url,
          request.headers.cookie ?? '',
          await read(request),
          entered,
        )
        const type = result.status < 400 ? 'application/json' : 'application/problem+json'
        response.writeHead(result.status, {
          'content-type': type,
          ...(result.cookie === undefined ? {} : { 'set-cookie': result.cookie }),
        })
        response.end(JSON.stringify(result.body))
        return
      }
      const page = await pageResponse(new Request(url), false, (asset) => assets(asset, ''))
      response.writeHead(page.status, Object.fromEntries(page.headers))
      response.end(Buffer.from(await page.arrayBuffer()))
    })()
  })
  await new Promise<void>((resolve) => void server.listen(port, '127.0.0.1', resolve))
  const address = server.address()
  const taken = typeof address === 'object' && address !== null ? address.port : port
  return {
    origin: `http://127.0.0.1:${taken}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
