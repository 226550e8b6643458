import { fakeScores, type FakeUnit, type Showing } from './scores.ts'
import { editionRow, type FakeEdition, keyOf, MIXED } from './world.ts'
import type { Period, Periods, UnitView } from '../../../web/office/api/types.ts'

/** What the made-up doors of indices know. */
export interface FakeIndices {
  readonly editions: FakeEdition[]
  readonly units: readonly UnitView[]
  readonly periods: Periods
  /** How each unit's answers are shown; null: nothing has been computed. */
  readonly showing: (unit: number) => Showing | null
}

export type FakeAnswer =
  { status: number; code: string; issues?: { path: string; code: string }[] } | { body: unknown; status?: number }
const refuse = (status: number, code: string, issues: { path: string; code: string }[] = []): FakeAnswer => ({
  status,
  code,
  issues,
})

/** Answers a request to a door of indices, or null when the address is none of theirs. */
export function indexAnswer(world: FakeIndices, method: string, url: URL, body: string): FakeAnswer | null {
  const path = url.pathname.replace(/^\/api/, '')
  const ask = (name: string) => url.searchParams.get(name) ?? ''
  if (path === '/indices' && method === 'GET') return { body: { items: world.editions.map(editionRow), next: null } }
  const scores = /^\/units\/(\d+)\/scores$/.exec(path)
  if (scores !== null) return unitAnswer(world, Number(scores[1]), ask, fakeScores)
  void body
  return null
}

type Made = (unit: FakeUnit, edition: FakeEdition, period: Period) => unknown

function unitAnswer(world: FakeIndices, id: number, ask: (name: string) => string, make: Made): FakeAnswer {
  const unit = world.units.find((one) => one.id === id)
  const edition = world.editions.find((one) => {
    const key = keyOf(one)
    return key.id === ask('index') && (ask('edition') === '' || key.edition === ask('edition'))
  })
  const period = world.periods.items.find(({ from, to }) => from === ask('from') && to === ask('to'))
  if (unit === undefined || edition === undefined || period === undefined) return refuse(404, 'not_found')
  const showing = world.showing(id)
  if (showing === null) return refuse(404, 'no_run')
  const { name, kind } = unit
  const lift = showing === 'full' && id === 16 ? 0.12 : 0
  const isMixed = showing === 'full' && edition.definition.id === MIXED
  const fake: FakeUnit = { id, name, kind, showing: isMixed ? 'mixed' : showing, lift, hasPeers: kind !== 'province' }
  return { body: make(fake, edition, period) }
}
