import type { IndexDefinition } from '../../../api/core/index/definition.ts'
import papiLike from '../../../db/seeds/indices/papi-like/papi-like-ratings.json' with { type: 'json' }
import papiSurvey from '../../../db/seeds/indices/papi-like/papi-like-survey.json' with { type: 'json' }
import papi2021 from '../../../db/seeds/indices/papi/papi-2021.json' with { type: 'json' }
import sipas from '../../../db/seeds/indices/sipas-like/sipas-like.json' with { type: 'json' }
import type { EditionKey, EditionRow, EditionState, IndexRun } from '../../../web/office/indices/types.ts'

/** The editions of the made-up office: real ones, with one draft, one published and one retired of the province's own. */
export interface FakeEdition {
  state: EditionState
  definition: IndexDefinition
  sha256: string
}

/** An edition that asks for no share of its parts, so that every kind of gap can stand beside a total. */
export const MIXED = 'hung-yen-rieng'

export const hex = (seed: string): string => {
  let at = 7
  return Array.from({ length: 64 }, (_, i) => {
    at = (at * 31 + (seed.codePointAt(i % seed.length) ?? 0) + i) % 65_521
    return (at % 16).toString(16)
  }).join('')
}

const own = (source: unknown, id: string, edition: string, state: EditionState): FakeEdition => {
  const definition = { ...(source as IndexDefinition), id, edition, official: false }
  return { state, definition, sha256: hex(`${id}${edition}`) }
}
const shipped = (source: unknown): FakeEdition => {
  const definition = source as IndexDefinition
  return { state: 'shipped', definition, sha256: hex(definition.id) }
}

export const fakeEditions = (): FakeEdition[] => [
  shipped(papiLike),
  shipped(papiSurvey),
  shipped(sipas),
  shipped(papi2021),
  own(sipas, 'hung-yen-mot-cua', '2026', 'draft'),
  own({ ...papiLike, nodes: papiLike.nodes.map((node) => ({ ...node, minShare: 0 })) }, MIXED, '2025', 'published'),
  own(papiLike, 'hung-yen-cu', '2024', 'retired'),
]

export const keyOf = ({ definition }: FakeEdition): EditionKey => ({
  id: definition.id,
  edition: String(definition.edition),
})

export function editionRow(edition: FakeEdition): EditionRow {
  const { state, definition, sha256 } = edition
  const isOwn = state !== 'shipped'
  return {
    ...keyOf(edition),
    state,
    official: definition.official,
    label: definition.label,
    scale: definition.scale,
    nodes: definition.nodes.length,
    indicators: definition.indicators.length,
    sha256,
    copiedFrom: isOwn ? { id: 'sipas-like', edition: '1', sha256: hex('sipas-like') } : null,
    changedAt: isOwn ? '2026-11-20T09:15:00+07:00' : null,
    changedBy: isOwn ? 'Nguyễn Thị Hạnh' : null,
    publishedAt: state === 'published' || state === 'retired' ? '2026-01-05T08:00:00+07:00' : null,
    publishedBy: state === 'published' || state === 'retired' ? 'Nguyễn Thị Hạnh' : null,
  }
}

/** A run of an edition for a period. */
export function fakeRun(edition: FakeEdition, from: string, to: string, id = 41): IndexRun {
  const { id: index, edition: version } = keyOf(edition)
  const kind = from === to ? 'month' : from.endsWith('-01') && to.endsWith('-12') ? 'year' : 'quarter'
  return {
    id,
    index,
    edition: version,
    kind,
    from,
    to,
    madeAt: '2026-11-23T01:12:00+07:00',
    madeBy: id % 2 === 1 ? 'job' : 'Nguyễn Thị Hạnh',
    nightly: id % 2 === 1,
    answers: 23_510,
    codeVersion: '1',
    definitionSha256: edition.sha256,
    inputsSha256: hex(`inputs${id}`),
    unitsSha256: hex('units'),
  }
}
