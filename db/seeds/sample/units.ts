import type { UnitKind } from '../../schema/units.ts'

/** A unit of the sample tenant: real names, invented numbers in the H-codes. */
export interface SampleUnit {
  /** Short name used in the truth table and in tests. */
  readonly key: string
  readonly name: string
  readonly kind: UnitKind
  /** The province's own code. */
  readonly own: string
  /** How dossier codes began before the merger (level-1 code last, TT 01/2018), or null for a unit made by it. */
  readonly oldPrefix: string | null
  /** How dossier codes begin since the merger (level-1 code first), or null for a unit that ended with it. */
  readonly prefix: string | null
  /** The national province above it. */
  readonly province: 'present' | 'former_hung_yen' | 'former_thai_binh'
  /** Key of the unit that a former one went into. */
  readonly successor: string | null
}

type Present = readonly [
  key: string,
  name: string,
  kind: UnitKind,
  own: string,
  oldPrefix: string | null,
  prefix: string,
]
type Former = readonly [key: string, successor: string, name: string, kind: UnitKind, own: string, oldPrefix: string]

const PRESENT: readonly Present[] = [
  ['nnmt', 'Sở Nông nghiệp và Môi trường', 'department', 'SNNMT', '000.00.11.H31', 'H31.11'],
  ['xd', 'Sở Xây dựng', 'department', 'SXD', '000.00.12.H31', 'H31.12'],
  ['tc', 'Sở Tài chính', 'department', 'STC', '000.00.13.H31', 'H31.13'],
  ['tp', 'Sở Tư pháp', 'department', 'STP', '000.00.14.H31', 'H31.14'],
  ['nv', 'Sở Nội vụ', 'department', 'SNV', '000.00.15.H31', 'H31.15'],
  ['yt', 'Sở Y tế', 'department', 'SYT', '000.00.16.H31', 'H31.16'],
  ['centre', 'Trung tâm Phục vụ hành chính công tỉnh Hưng Yên', 'centre', 'TTPVHCC', '000.00.20.H31', 'H31.20'],
  ['pho-hien', 'Bộ phận Một cửa phường Phố Hiến', 'one_stop', 'MC-PHOHIEN', null, 'H31.101'],
  ['thai-binh', 'Bộ phận Một cửa phường Thái Bình', 'one_stop', 'MC-THAIBINH', null, 'H31.102'],
  ['my-hao', 'Bộ phận Một cửa phường Mỹ Hào', 'one_stop', 'MC-MYHAO', null, 'H31.103'],
  ['khoai-chau', 'Bộ phận Một cửa xã Khoái Châu', 'one_stop', 'MC-KHOAICHAU', null, 'H31.104'],
  ['tien-hai', 'Bộ phận Một cửa xã Tiền Hải', 'one_stop', 'MC-TIENHAI', null, 'H31.105'],
]

/** Thái Bình's departments and centre, and one commune of each one-stop shop's predecessors. */
const FORMER: readonly Former[] = [
  ['tb-nnmt', 'nnmt', 'Sở Nông nghiệp và Môi trường tỉnh Thái Bình', 'department', 'TB-SNNMT', '000.00.11.H54'],
  ['tb-xd', 'xd', 'Sở Xây dựng tỉnh Thái Bình', 'department', 'TB-SXD', '000.00.12.H54'],
  ['tb-tc', 'tc', 'Sở Tài chính tỉnh Thái Bình', 'department', 'TB-STC', '000.00.13.H54'],
  ['tb-tp', 'tp', 'Sở Tư pháp tỉnh Thái Bình', 'department', 'TB-STP', '000.00.14.H54'],
  ['tb-nv', 'nv', 'Sở Nội vụ tỉnh Thái Bình', 'department', 'TB-SNV', '000.00.15.H54'],
  ['tb-yt', 'yt', 'Sở Y tế tỉnh Thái Bình', 'department', 'TB-SYT', '000.00.16.H54'],
  ['tb-centre', 'centre', 'Trung tâm Phục vụ hành chính công tỉnh Thái Bình', 'centre', 'TB-TTPVHCC', '000.00.20.H54'],
  ['hien-nam', 'pho-hien', 'Bộ phận Một cửa phường Hiến Nam', 'one_stop', 'MC-HIENNAM', '021.01.30.H31'],
  ['bo-xuyen', 'thai-binh', 'Bộ phận Một cửa phường Bồ Xuyên', 'one_stop', 'MC-BOXUYEN', '022.01.30.H54'],
  ['nhan-hoa', 'my-hao', 'Bộ phận Một cửa phường Nhân Hòa', 'one_stop', 'MC-NHANHOA', '023.02.30.H31'],
  ['tt-khoai-chau', 'khoai-chau', 'Bộ phận Một cửa thị trấn Khoái Châu', 'one_stop', 'MC-TTKHOAICHAU', '024.03.30.H31'],
  ['tt-tien-hai', 'tien-hai', 'Bộ phận Một cửa thị trấn Tiền Hải', 'one_stop', 'MC-TTTIENHAI', '025.04.30.H54'],
]

/** Present units first, so that their ids, which are given in this order, come before those of the former ones. */
export const SAMPLE_UNITS: readonly SampleUnit[] = [
  ...PRESENT.map(([key, name, kind, own, oldPrefix, prefix]): SampleUnit => ({
    key,
    name,
    kind,
    own,
    oldPrefix,
    prefix,
    province: 'present',
    successor: null,
  })),
  ...FORMER.map(([key, successor, name, kind, own, oldPrefix]): SampleUnit => ({
    key,
    name,
    kind,
    own,
    oldPrefix,
    prefix: null,
    province: oldPrefix.endsWith('H54') ? 'former_thai_binh' : 'former_hung_yen',
    successor,
  })),
]

/** Place of a unit in `SAMPLE_UNITS`. @throws RangeError for an unknown key */
export function unitIndex(key: string): number {
  const index = SAMPLE_UNITS.findIndex((unit) => unit.key === key)
  if (index < 0) throw new RangeError(`no sample unit ${key}`)
  return index
}
