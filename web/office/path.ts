import type { Compare, Period } from './api/types.ts'
import { search } from './api/http.ts'

export type EditionName = { readonly id: string; readonly edition: string }
/** The parts of a unit's index page; the empty one is the page itself. */
export type IndexTab = '' | 'cach-tinh' | 'thay-doi' | 'do-vung' | 'gia-dinh'
type IndexView = {
  edition?: EditionName | undefined
  period?: Period | undefined
  run?: number | null | undefined
  node?: string | undefined
}
/** What can be seen of a campaign's answers. */
export type ResultsPart = 'ket-qua' | 'cau-hoi' | 'trong-so' | 'chat-luong'

/** The only place where page addresses are written. */
export const path = {
  home: () => '/',
  signIn: (back?: string) => `/dang-nhap${search({ ve: back })}`,
  units: (words?: string, kind?: string) => `/don-vi${search({ q: words, kind })}`,
  unit: (id: number, view?: { period?: Period | undefined; compare?: Compare | undefined }) =>
    `/don-vi/${id}${search({ from: view?.period?.from, to: view?.period?.to, compare: view?.compare })}`,
  import: () => '/nhap-ho-so',
  invitations: (since?: string) => `/giay-moi${search({ since })}`,
  slips: () => '/phieu-giay',
  /** A page of its own, for tablets: links to it are `rel="external"`. */
  interviews: () => '/phong-van',
  campaigns: () => '/khao-sat',
  newCampaign: () => '/khao-sat/tao',
  campaign: (id: number, tab: CampaignTab = '') => `/khao-sat/${id}${tab === '' ? '' : `/${tab}`}`,
  editCampaign: (id: number) => `/khao-sat/${id}/sua`,
  campaignCases: (id: number, asked: Readonly<Record<string, string>>) => `/khao-sat/${id}/doi-tuong${search(asked)}`,
  questionnaires: () => '/bo-cau-hoi',
  questionnaire: (code: string, version: number) => `/bo-cau-hoi/${encodeURIComponent(code)}/${version}`,
  settings: () => '/cai-dat',
  /** Index pages name editions in the query: their names hold dots, which a page's path must not. */
  unitIndex: (id: number, tab: IndexTab = '', view: IndexView = {}) =>
    `/don-vi/${id}/chi-so${tab === '' ? '' : `/${tab}`}${search({
      index: view.edition?.id,
      edition: view.edition?.edition,
      from: view.period?.from,
      to: view.period?.to,
      run: view.run,
      node: view.node,
    })}`,
  editions: () => '/chi-so',
  edition: (key: EditionName) => `/chi-so/phien-ban${search({ index: key.id, edition: key.edition })}`,
  editEdition: (key: EditionName) => `/chi-so/sua${search({ index: key.id, edition: key.edition })}`,
  indexRuns: (key: EditionName) => `/chi-so/lan-tinh${search({ index: key.id, edition: key.edition })}`,
  indexRun: (id: number) => `/chi-so/lan-tinh/${id}`,
  publications: () => '/cong-bo',
  publication: (id: number) => `/cong-bo/${id}`,
  agreement: () => '/chi-so/doi-chieu',
  paper: (campaign: number, code?: string) => `/khao-sat/${campaign}/phieu-giay${search({ ma: code })}`,
  paperEntry: (campaign: number, one: number, pass: number) => `/khao-sat/${campaign}/phieu-giay/${one}/${pass}`,
  paperDifferences: (campaign: number, one: number) => `/khao-sat/${campaign}/phieu-giay/${one}/so-sanh`,
  results: (campaign: number, part: ResultsPart = 'ket-qua') => `/khao-sat/${campaign}/${part}`,
}

/** A way back after sign-in: only an address of this site, never another host. */
export function safeBack(back: string | undefined): string {
  return back !== undefined && /^\/(?![/\\])/.test(back) && !back.startsWith('/dang-nhap') ? back : path.home()
}

/** The parts of a campaign's pages; the empty one is its first. */
export type CampaignTab =
  '' | 'danh-sach-goc' | 'chon-mau' | 'thu' | 'han-muc' | 'tien-do' | 'doi-tuong' | 'so-ma' | 'nhat-ky'
