import { fold } from '../../../api/core/dossier/fold.ts'
import type { CampaignDesign } from '../api/campaign-types.ts'

/** What a column of a frame is for. */
export const ROLES = [
  'none',
  'code',
  'stratum',
  'communeStratum',
  'commune',
  'attribute',
  'psu',
  'size',
  'name',
  'address',
  'phone',
  'email',
] as const
export type Role = (typeof ROLES)[number]
const CONTACTS = ['name', 'address', 'phone', 'email'] as const
/** Roles that one column alone can have. */
const SINGLE: readonly Role[] = ['code', 'psu', 'size', ...CONTACTS]
const PER_UNIT = 10

export const isContact = (role: Role): boolean => (CONTACTS as readonly string[]).includes(role)

/** Beginnings of headers, folded, and what such a column usually is; the first that fits. */
const USUAL: readonly (readonly [RegExp, Role])[] = [
  [/^(email|thudientu)/, 'email'],
  [/^(sdt|dienthoai|sodienthoai|phone)/, 'phone'],
  [/^diachi/, 'address'],
  [/^(ten|hoten|hovaten|chuho)/, 'name'],
  [/^(xa|phuong|xaphuong|donvihanhchinh|maxa)/, 'communeStratum'],
  [/^(loaihinh|quimo|khuvuc)/, 'stratum'],
  [/^(nganh|linhvuc|gioitinh|nhomtuoi)/, 'attribute'],
  [/^(masothue|mst|madoanhnghiep|maho|mahogiadinh|masodoanhnghiep|ma|code)/, 'code'],
]

/** A first guess of each column's role; every single role is guessed once. Contacts only where they are kept. */
export function guessRoles(headers: readonly string[], keepsContacts: boolean): Role[] {
  const taken = new Set<Role>()
  return headers.map((header) => {
    const role = USUAL.find(([begin]) => begin.test(fold(header)))?.[1] ?? 'none'
    if (taken.has(role) && SINGLE.includes(role)) return 'none'
    if (isContact(role) && !keepsContacts) return 'none'
    taken.add(role)
    return role
  })
}

/** Roles that a design gives to these headers; null when it names a column that is not among them. */
export function rolesOf(design: CampaignDesign, headers: readonly string[]): Role[] | null {
  const { columns, contacts } = design
  const named = new Map<string, Role>()
  const name = (header: string | null, role: Role) => header !== null && named.set(fold(header), role)
  columns.attributes.forEach((header) => name(header, 'attribute'))
  columns.strata.forEach((header) => name(header, 'stratum'))
  const communeIsStratum = columns.commune !== null && columns.strata.includes(columns.commune)
  name(columns.commune, communeIsStratum ? 'communeStratum' : 'commune')
  name(columns.psu, 'psu')
  name(columns.size, 'size')
  name(columns.code, 'code')
  for (const contact of CONTACTS) name(contacts?.[contact] ?? null, contact)
  const folded = headers.map(fold)
  if ([...named.keys()].some((header) => !folded.includes(header))) return null
  return folded.map((header) => named.get(header) ?? 'none')
}

export type RoleFault = 'no_code' | 'role_twice'

/** What cannot be right about a choice of roles. */
export function roleFault(roles: readonly Role[]): RoleFault | null {
  if (!roles.includes('code')) return 'no_code'
  const once = [...SINGLE, 'commune' as const]
  const count = (role: Role) => roles.filter((one) => one === role).length
  const communes = count('commune') + count('communeStratum')
  return communes > 1 || once.some((role) => count(role) > 1) ? 'role_twice' : null
}

/** The design with these roles; what else it decides stays, except that two stages need a number for each unit. */
export function withRoles(design: CampaignDesign, headers: readonly string[], roles: readonly Role[]): CampaignDesign {
  const all = (...wanted: Role[]) => headers.filter((_, i) => wanted.includes(roles[i] ?? 'none'))
  const one = (...wanted: Role[]) => all(...wanted)[0] ?? null
  const psu = one('psu')
  return {
    ...design,
    columns: {
      code: one('code') ?? '',
      strata: all('stratum', 'communeStratum'),
      commune: one('commune', 'communeStratum'),
      size: one('size'),
      psu,
      attributes: all('attribute'),
    },
    contacts: roles.some(isContact)
      ? { name: one('name'), address: one('address'), phone: one('phone'), email: one('email') }
      : null,
    perUnit: psu === null ? null : (design.perUnit ?? PER_UNIT),
  }
}

/** The design with the word on whether interviewers see names and addresses of their own cases. */
export function withContactsShown(design: CampaignDesign, shown: boolean): CampaignDesign {
  const { contactsToInterviewers: _before, ...rest } = design
  return shown ? { ...rest, contactsToInterviewers: true } : rest
}

/** A design before anything was decided. @param sender whose letters they are */
export function firstDesign(sender: string): CampaignDesign {
  return {
    columns: { code: '', strata: [], commune: null, size: null, psu: null, attributes: [] },
    contacts: null,
    allocation: { kind: 'proportional', total: 0, minimum: 2 },
    certainty: [],
    perUnit: null,
    reserve: 0.5,
    letter: {
      sender,
      senderAddress: '',
      phone: '',
      email: '',
      place: '',
      signerTitle: '',
      signerName: '',
      purpose: { vi: '', en: '' },
    },
  }
}
