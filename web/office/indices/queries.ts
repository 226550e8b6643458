import { query } from '@solidjs/router'
import { ApiError } from '../api/errors.ts'
import { search, send, sendJson } from '../api/http.ts'
import type { Page, Period } from '../api/types.ts'
import type {
  Agreement,
  Edition,
  EditionKey,
  EditionRow,
  Explanation,
  FigureImportReport,
  IndexDefinition,
  IndexRun,
  OfficialIndices,
  OfficialResults,
  OfficialSeries,
  RerunReport,
  RunDetail,
  ScoreChange,
  ScoreSeries,
  Sensitivity,
  UnitScores,
} from './types.ts'

/** The scores that are asked for: an edition, a period, and one run of them where the address names one. */
export type Asked = { edition: EditionKey; period: Period; run: number | null }

const asked = ({ edition, period, run }: Asked) => ({
  index: edition.id,
  edition: edition.edition,
  from: period.from,
  to: period.to,
  run,
})
const editionPath = ({ id, edition }: EditionKey): string =>
  `/api/indices/${encodeURIComponent(id)}/editions/${encodeURIComponent(edition)}`

/** `null` where nothing has been computed yet: a state of the page, not a failure. */
async function orNotComputed<T>(read: Promise<T>): Promise<T | null> {
  try {
    return await read
  } catch (error) {
    if (error instanceof ApiError && error.code === 'no_run') return null
    throw error
  }
}

const EDITIONS_PER_PAGE = 200

/** Every edition: shipped ones first, then the province's own. There are a few dozen at most. */
export const getEditions = query(async (): Promise<EditionRow[]> => {
  const found: EditionRow[] = []
  let cursor: string | null = null
  do {
    const page: Page<EditionRow> = await send(`/api/indices${search({ cursor, limit: EDITIONS_PER_PAGE })}`)
    found.push(...page.items)
    cursor = page.next
  } while (cursor !== null)
  return found
}, 'index-editions')

export const getEdition = query((key: EditionKey) => send<Edition>(editionPath(key)), 'index-edition')

export const getScores = query(
  (unit: number, what: Asked) => orNotComputed(send<UnitScores>(`/api/units/${unit}/scores${search(asked(what))}`)),
  'unit-scores',
)

export const getExplanation = query(
  (unit: number, what: Asked, node: string | null) =>
    orNotComputed(send<Explanation>(`/api/units/${unit}/scores/explain${search({ ...asked(what), node })}`)),
  'score-explanation',
)

export const getChange = query(
  (unit: number, what: Asked, base: Period) =>
    orNotComputed(
      send<ScoreChange>(
        `/api/units/${unit}/scores/change${search({ ...asked(what), baseFrom: base.from, baseTo: base.to })}`,
      ),
    ),
  'score-change',
)

export const getSeries = query(
  (unit: number, { edition, period }: Asked, node: string | null) =>
    orNotComputed(
      send<ScoreSeries>(
        `/api/units/${unit}/scores/series${search({ index: edition.id, node, from: period.from, to: period.to })}`,
      ),
    ),
  'score-series',
)

export const getSensitivity = query(
  (unit: number, what: Asked) =>
    orNotComputed(send<Sensitivity>(`/api/units/${unit}/scores/sensitivity${search(asked(what))}`)),
  'score-sensitivity',
)

export const getRuns = query(
  (key: EditionKey, cursor: string | null) =>
    send<Page<IndexRun>>(`${editionPath(key)}/runs${search({ cursor, limit: 20 })}`),
  'index-runs',
)

export const getRun = query((id: number) => send<RunDetail>(`/api/index-runs/${id}`), 'index-run')

export const getOfficialIndices = query(() => send<OfficialIndices>('/api/official-indices'), 'official-indices')

export const getOfficialResults = query(
  (index: string, year: string, cursor: string | null) =>
    send<OfficialResults>(`/api/official-results${search({ index, year, cursor, limit: 50 })}`),
  'official-results',
)

export const getOfficialSeries = query(
  (unit: number, what: { official: string; node: string; index: string; ourNode: string }) =>
    send<OfficialSeries>(`/api/units/${unit}/official${search(what)}`),
  'official-series',
)

export const getAgreement = query(
  (what: { index: string; node: string; official: string; officialNode: string }) =>
    send<Agreement>(
      `/api/indices/${encodeURIComponent(what.index)}/agreement${search({
        official: what.official,
        node: what.node,
        officialNode: what.officialNode,
      })}`,
    ),
  'index-agreement',
)

/** Writes. */
export const copyEdition = (
  from: EditionKey,
  to: EditionKey & { label: { vi: string; en: string } },
): Promise<Edition> => sendJson('POST', '/api/indices', { from: { id: from.id, edition: from.edition }, ...to })

export const putEdition = (key: EditionKey, basedOn: string, definition: IndexDefinition): Promise<Edition> =>
  sendJson('PUT', editionPath(key), { basedOn, definition })

export const publishEdition = (key: EditionKey): Promise<Edition> => sendJson('POST', `${editionPath(key)}/publish`, {})
export const retireEdition = (key: EditionKey): Promise<Edition> => sendJson('POST', `${editionPath(key)}/retire`, {})
export const discardEdition = (key: EditionKey): Promise<unknown> => sendJson('POST', `${editionPath(key)}/discard`, {})

export const makeRun = (key: EditionKey, { from, to }: Period): Promise<RunDetail> =>
  sendJson('POST', `${editionPath(key)}/runs`, { from, to })

export const rerun = (id: number): Promise<RerunReport> => sendJson('POST', `/api/index-runs/${id}/rerun`, {})

export const importOfficial = (file: File): Promise<FigureImportReport> =>
  send('/api/official-results', { method: 'POST', headers: { 'content-type': 'text/csv' }, body: file })
