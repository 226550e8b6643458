import {
  ALIKE_COLUMNS,
  type AlikeColumn,
  type NamedProcedure,
  type NamedUnit,
} from '../../db/queries/export-responses.ts'

/** What answers are about, by id as text. */
export interface About {
  readonly units: ReadonlyMap<string, NamedUnit>
  readonly procedures: ReadonlyMap<string, NamedProcedure>
}
/** Values of `ALIKE_COLUMNS` in their order, as COPY writes them. */
export type AlikeValues = readonly string[]

const LATENESS = ['unknown', 'early', 'on_time', 'late']
const place = (column: AlikeColumn): number => ALIKE_COLUMNS.indexOf(column)
const plain = (column: AlikeColumn) => {
  const at = place(column)
  return (values: AlikeValues): string => values[at] ?? ''
}
const [unit, procedure, lateness, channel] = [
  plain('responsible_unit_id'),
  plain('procedure_id'),
  plain('lateness'),
  plain('channel'),
]
export const [streamOf, instrumentOf, applicantOf] = [plain('stream'), plain('instrument_id'), plain('applicant')]

/**
 * What describes an answer, from the coarsest to the finest: what `core/disclosure/tellable` holds back, it holds back from the
 * end. Which items a person was asked tells citizens from others anyway, so kinds of applicants come first, within their form.
 */
export const DESCRIPTORS: readonly { column: string; of: (values: AlikeValues, about: About) => string }[] = [
  { column: 'doi_tuong', of: applicantOf },
  { column: 'loai_don_vi', of: (values, { units }) => units.get(unit(values))?.kind ?? '' },
  { column: 'don_vi', of: unit },
  { column: 'linh_vuc', of: (values, { procedures }) => procedures.get(procedure(values))?.field ?? '' },
  { column: 'ma_tthc', of: (values, { procedures }) => procedures.get(procedure(values))?.code ?? '' },
  { column: 'su_kien', of: plain('event') },
  { column: 'dung_han', of: (values) => LATENESS[Number(lateness(values))] ?? '' },
  { column: 'kenh_nop', of: (values) => (channel(values) === '\\N' ? '' : channel(values)) },
  { column: 'don_vi_tiep_nhan', of: plain('receiving_unit_id') },
  { column: 'nguoi_tra_loi', of: plain('respondent') },
]
