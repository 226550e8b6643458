import {
  ALIKE_PARTS,
  CIRCUMSTANCES,
  VALUE_END,
  type AlikePart,
  type Circumstance,
  type NamedProcedure,
  type NamedUnit,
} from '../../db/queries/export-responses.ts'

/** What answers are about, by id as text. */
export interface About {
  readonly units: ReadonlyMap<string, NamedUnit>
  readonly procedures: ReadonlyMap<string, NamedProcedure>
}

const LATENESS = ['unknown', 'early', 'on_time', 'late']
const circumstance = (name: Circumstance) => {
  const at = CIRCUMSTANCES.indexOf(name)
  return (text: string): string => text.split(VALUE_END)[at] ?? ''
}
const lateness = circumstance('lateness')
export const [streamOf, instrumentOf, applicantOf] = [
  circumstance('stream'),
  circumstance('instrument_id'),
  circumstance('applicant'),
]

/** A column that describes an answer, made of one part of what tells it from others. */
interface Descriptor {
  readonly column: string
  readonly part: number
  readonly of: (text: string, about: About) => string
}
const descriptor = (column: string, part: AlikePart, of: Descriptor['of']): Descriptor => ({
  column,
  part: ALIKE_PARTS.indexOf(part),
  of,
})
const itself = (text: string): string => text

/**
 * What describes an answer, from the coarsest to the finest: what `core/disclosure/tellable` holds back, it holds back from the
 * end. Which items a person was asked tells citizens from others anyway, so kinds of applicants come first, within their form.
 */
export const DESCRIPTORS: readonly Descriptor[] = [
  descriptor('doi_tuong', 'circumstances', applicantOf),
  descriptor('loai_don_vi', 'responsible_unit_id', (id, { units }) => units.get(id)?.kind ?? ''),
  descriptor('don_vi', 'responsible_unit_id', itself),
  descriptor('linh_vuc', 'procedure_id', (id, { procedures }) => procedures.get(id)?.field ?? ''),
  descriptor('ma_tthc', 'procedure_id', (id, { procedures }) => procedures.get(id)?.code ?? ''),
  descriptor('su_kien', 'circumstances', circumstance('event')),
  descriptor('dung_han', 'circumstances', (text) => LATENESS[Number(lateness(text))] ?? ''),
  descriptor('kenh_nop', 'circumstances', circumstance('channel')),
  descriptor('don_vi_tiep_nhan', 'receiving_unit_id', itself),
  descriptor('nguoi_tra_loi', 'circumstances', circumstance('respondent')),
]
