import { fold } from '../dossier/fold.ts'

/** What a unit is to the platform. */
export type UnitKind = 'province' | 'department' | 'commune' | 'one_stop' | 'centre' | 'district'

/** Where a procedure is settled (cấp thực hiện). */
export type ProcedureLevel = 'central' | 'province' | 'district' | 'commune'

/** Whole words as offices write them, folded; Vietnamese first, then our own codes. */
const KINDS: Record<UnitKind, readonly string[]> = {
  province: [
    'tinh',
    'captinh',
    'ubndtinh',
    'uybannhandantinh',
    'thanhphotructhuoctrunguong',
    'thanhphotrunguong',
    'tptructhuoctw',
    'tptructhuoctrunguong',
    'province',
  ],
  department: [
    'so',
    'ban',
    'nganh',
    'sobannganh',
    'songanh',
    'bannganh',
    'coquanchuyenmon',
    'coquanchuyenmoncaptinh',
    'vanphongubnd',
    'vanphongubndtinh',
    'department',
  ],
  commune: [
    'xa',
    'phuong',
    'thitran',
    'dackhu',
    'capxa',
    'xaphuong',
    'xaphuongdackhu',
    'ubndxa',
    'ubndphuong',
    'ubnddackhu',
    'ubndcapxa',
    'uybannhandanxa',
    'uybannhandanphuong',
    'uybannhandancapxa',
    'commune',
  ],
  one_stop: [
    'bophanmotcua',
    'bpmotcua',
    'motcua',
    'bophantiepnhanvatraketqua',
    'bophantiepnhanvatrakq',
    'bophantnvatkq',
    'bophantntkq',
    'trungtamphucvuhanhchinhcongxa',
    'trungtamphucvuhanhchinhcongphuong',
    'trungtamphucvuhanhchinhcongdackhu',
    'trungtamphucvuhanhchinhcongcapxa',
    'ttpvhcccapxa',
    'onestop',
  ],
  centre: [
    'trungtam',
    'trungtamphucvuhanhchinhcong',
    'trungtamphucvuhanhchinhcongtinh',
    'trungtamphucvuhanhchinhcongcaptinh',
    'trungtamhanhchinhcong',
    'ttphucvuhanhchinhcong',
    'ttpvhcc',
    'ttpvhcctinh',
    'chinhanhtrungtamphucvuhanhchinhcong',
    'centre',
  ],
  district: [
    'huyen',
    'quan',
    'thixa',
    'thanhphothuoctinh',
    'tpthuoctinh',
    'caphuyen',
    'ubndhuyen',
    'ubndcaphuyen',
    'district',
  ],
}

const LEVELS: Record<ProcedureLevel, readonly string[]> = {
  central: ['trunguong', 'captrunguong', 'bo', 'capbo', 'bonganh', 'central'],
  province: ['tinh', 'captinh', 'province'],
  district: ['huyen', 'caphuyen', 'district'],
  commune: ['xa', 'capxa', 'commune'],
}

const kindByWord = byWord(KINDS)
const levelByWord = byWord(LEVELS)

/**
 * The kind a word of the `loai` column names, in any spelling offices use, or null. A bare "thành phố" is null: it was a
 * province-level city or a city within a province, and only the writer knows which.
 */
export function parseUnitKind(text: string): UnitKind | null {
  return kindByWord.get(fold(text)) ?? null
}

/** The levels named in the `cap` column ("Cấp tỉnh, Cấp xã"), each once; null when any part is not a level. */
export function parseLevels(text: string): ProcedureLevel[] | null {
  const levels = new Set<ProcedureLevel>()
  for (const part of text.split(/[,;/|\n]|\s+và\s+/)) {
    if (part.trim() === '') continue
    const level = levelByWord.get(fold(part))
    if (!level) return null
    levels.add(level)
  }
  return [...levels]
}

function byWord<K extends string>(words: Record<K, readonly string[]>): Map<string, K> {
  return new Map((Object.keys(words) as K[]).flatMap((kind) => words[kind].map((word) => [fold(word), kind] as const)))
}
