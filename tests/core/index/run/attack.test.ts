import { describe, expect, it } from 'vitest'
import { itemVisibility } from '../../../../api/core/figures/visibility.ts'
import type { IndexDefinition } from '../../../../api/core/index/definition.ts'
import { AnswerBookBuilder, type PlaceLines } from '../../../../api/core/index/run/answer-book.ts'
import { sharedColumns } from '../../../../api/core/index/run/columns.ts'
import { GAPS, type RunInputs } from '../../../../api/core/index/run/inputs.ts'
import { scopeAnswers } from '../../../../api/core/index/run/scope-answers.ts'
import { runScores } from '../../../../api/core/index/run/scores.ts'
import { OTHER_FIELDS, unitInput } from '../../../../api/core/index/run/unit-inputs.ts'
import type { Instrument } from '../../../../api/core/instrument/definition.ts'
import { publicScopes } from '../../../../api/core/publication/scopes.ts'
import { calendarPeriod } from '../../../../api/core/time/period.ts'
import rating from '../../../../db/seeds/instruments/dossier-rating/1.json' with { type: 'json' }
import { seeded } from '../../stats/seeded.ts'
import { inverseOf, Span } from './span.ts'

const instrument = rating as unknown as Instrument
const quarter = calendarPeriod('2026-01', '2026-03')!
const MINIMUM = 10
/** Two items that rate the deciding unit and two that rate the counter, in two nodes. */
const ITEMS = ['Q_PAPERWORK', 'Q_INFO', 'Q_DEADLINE_MET', 'Q_RESPECT']
const RECEIVING = [false, true, false, true]
const NODE_OF = ['A', 'A', 'B', 'B']

const label = { vi: 'x', en: 'x' }
const node = (code: string, parent: string | null) => ({ code, parent, aggregate: 'mean' as const, label, source: 'x' })
const definition: IndexDefinition = {
  id: 'attack',
  edition: '1',
  official: false,
  label,
  scale: { min: 0, max: 1 },
  nodes: [node('TOTAL', null), node('A', 'TOTAL'), node('B', 'TOTAL')],
  indicators: ITEMS.map((item, j) => ({
    code: `I${j}`,
    parent: NODE_OF[j]!,
    direction: 'higher',
    normalise: { method: 'none' },
    from: { instrument: instrument.code, item, statistic: 'share' },
    label,
    source: 'x',
  })),
}

interface World {
  units: { id: number; kind: string; parentId: number | null }[]
  /** Answers to each item by the unit that decided and the one that took in. */
  flows: { responsible: number; receiving: number; n: number[] }[]
}

/** Departments with a centre, communes with or without a counter below them; a few dossiers go everywhere. */
function world(seed: number): World {
  const next = seeded(seed)
  const departments = 1 + Math.floor(next() * 3)
  const communes = 1 + Math.floor(next() * 3)
  const units: World['units'] = [{ id: 1, kind: 'centre', parentId: 99 }]
  const flows: World['flows'] = []
  const busy = 4 + next() * 30
  const add = (responsible: number, receiving: number, much: number) => {
    const n = ITEMS.map(() => (next() < 0.15 ? 0 : Math.floor(next() * busy * much)))
    if (n.some((count) => count > 0)) flows.push({ responsible, receiving, n })
  }
  for (let d = 0; d < departments; d += 1) {
    const id = 10 + d
    units.push({ id, kind: 'department', parentId: 99 })
    add(id, 1, 1)
    if (next() < 0.5) add(id, id, 0.4)
  }
  for (let c = 0; c < communes; c += 1) {
    const id = 20 + c
    units.push({ id, kind: 'commune', parentId: 99 })
    const shop = next() < 0.7 ? 40 + c : null
    if (shop !== null) units.push({ id: shop, kind: 'one_stop', parentId: id })
    add(id, shop ?? id, 1)
    if (shop !== null && next() < 0.5) add(id, id, 0.3)
    if (next() < 0.3) add(id, 1, 0.3)
  }
  return { units, flows }
}

/** The answers as a book: each person answers one item, on days that follow each other. */
function bookOf({ flows }: World) {
  const rows = flows.map(({ responsible, receiving, n }): PlaceLines => {
    const lines = n.flatMap((count, j) =>
      Array.from({ length: count }, (_, k) => `${1 + (k % 28)}{"${ITEMS[j]}": ${k % 3 === 0 ? 1 : 0}}`),
    )
    const place = { instrument: 1, responsible, receiving, field: 'x', group: null, late: false, channel: null }
    return { ...place, lines: lines.join('\n') }
  })
  const builder = new AnswerBookBuilder()
  builder.add('2026-01', rows)
  return builder.build()
}

function scoresOf(given: World) {
  const { columns, editions } = sharedColumns([definition], [{ id: 1, definition: instrument }])
  const scopes = publicScopes(given.units, 99)
  // a dossier for every answer: each stands for itself, and the reader knows it
  const register = given.flows.map(({ responsible, n }) => ({
    responsible,
    field: 'x',
    late: false,
    channel: null,
    n: n.reduce((sum, count) => sum + count, 0),
  }))
  const ids = given.units.map(({ id }) => id)
  const visibility = ITEMS.map((_, j) =>
    itemVisibility(
      given.units,
      quarter,
      given.flows.map(({ responsible, receiving, n }) => ({
        unitId: RECEIVING[j] ? receiving : responsible,
        month: '2026-01-01',
        n: n[j]!,
      })),
    ),
  )
  const isShown = (unit: number, column: number) =>
    visibility[ITEMS.indexOf(columns[column]!.source.item)]!.reason(`unit:${unit}`, quarter) === null
  const said = scopeAnswers(bookOf(given), ['2026-01'], columns, register, ids, scopes, isShown)
  const inputs: RunInputs = {
    definition: { id: 'attack', edition: '1', sha256: '' },
    period: { from: quarter.from, to: quarter.to },
    sources: editions[0]!.sources,
    mixGroups: ['x', OTHER_FIELDS],
    units: said.scopes.map(({ scope, ...answers }) =>
      unitInput(
        definition,
        editions[0]!,
        columns,
        {
          ...answers,
          unit: { unit: scope.unit, name: '', kind: '', parentId: null, dossiers: 0, invited: 0, answered: 0 },
          hidden: columns.map(({ source }) => {
            const j = ITEMS.indexOf(source.item)
            return visibility[j]!.reason(scope.scope, quarter) === 'complementary'
          }),
          register: new Map(),
        },
        new Map(),
        ['x', OTHER_FIELDS],
      ),
    ),
  }
  const columnAt = (j: number) => columns.findIndex(({ source }) => source.item === ITEMS[j])
  const isWidened = (s: number, j: number) => said.scopes[s]!.widened?.[columnAt(j)] === 1
  return { scopes, inputs, isWidened, scores: runScores(inputs, definition, new Map()) }
}

/** Sum over the atoms (flow × item) that a column of a scope counts. */
function atomsOf(given: World, members: readonly number[] | null, j: number, isWidened: boolean): bigint[] {
  const inside = (unit: number) => members === null || members.includes(unit)
  return given.flows.flatMap(({ responsible, receiving }) =>
    ITEMS.map((_, item) => {
      const judged = RECEIVING[j] ? receiving : responsible
      const counts = isWidened ? inside(responsible) || inside(receiving) : inside(judged)
      return item === j && counts ? 1n : 0n
    }),
  )
}

const scaled = (vector: readonly bigint[], by: bigint) => vector.map((value) => value * by)
const plus = (a: readonly bigint[], b: readonly bigint[]) => a.map((value, k) => value + b[k]!)

describe('what a reader can compute over the index tree and the tree of units', () => {
  it('is no indicator and no node that rests on 1–9 answers, in 300 random provinces', () => {
    let hidden = 0
    let shownNodes = 0
    for (let seed = 1; seed <= 300; seed += 1) {
      const given = world(seed)
      const { scopes, inputs, isWidened, scores } = scoresOf(given)
      const span = new Span()
      const secrets: { name: string; vector: bigint[] }[] = []
      for (const [s, { members, unit }] of scopes.entries()) {
        const input = inputs.units[s]!
        const gap = (j: number) => GAPS[input.gap[j]!]!
        const column = (j: number) => {
          const n = input.n[j]!
          const vector = atomsOf(given, members, j, isWidened(s, j))
          // an estimate is the sum over its answers by their number, which is shown beside it
          return { n, mean: n > 0 ? scaled(vector, inverseOf(BigInt(n))) : vector, vector }
        }
        const element = (code: string) => scores[s]!.elements.find((one) => one.code === code)!
        const isUsed = (j: number) => input.n[j]! >= MINIMUM && gap(j) !== 'complementary'
        const nodes = ['A', 'B'].map((code) => {
          const used = [0, 1, 2, 3].filter((j) => NODE_OF[j] === code && isUsed(j))
          const share = inverseOf(BigInt(Math.max(1, used.length)))
          const vector = used
            .map((j) => scaled(column(j).mean, share))
            .reduce(
              plus,
              column(0).vector.map(() => 0n),
            )
          return { code, used, vector }
        })
        for (const { code, used, vector } of nodes) {
          if (element(code).stage === 'hidden') continue
          expect(used.length, `seed ${seed} unit ${unit} ${code}`).toBeGreaterThan(0)
          shownNodes += 1
          span.add(vector)
        }
        const present = nodes.filter(({ used }) => used.length > 0)
        if (element('TOTAL').stage !== 'hidden') {
          const share = inverseOf(BigInt(present.length))
          span.add(present.map(({ vector }) => scaled(vector, share)).reduce(plus))
        }
        for (const j of [0, 1, 2, 3]) {
          const { n, vector } = column(j)
          if (element(`I${j}`).stage !== 'hidden') span.add(vector)
          else if (n > 0 && n < MINIMUM) secrets.push({ name: `seed ${seed} unit ${unit} I${j} n=${n}`, vector })
          // what was said of the unit itself, which its other pages tell where it is enough
          const own = atomsOf(given, members, j, false)
          const ownN = given.flows.reduce((sum, flow, f) => sum + flow.n[j]! * Number(own[f * ITEMS.length + j]), 0)
          if (ownN > 0 && ownN < MINIMUM)
            secrets.push({ name: `seed ${seed} unit ${unit} I${j} own n=${ownN}`, vector: own })
        }
        for (const code of ['A', 'B']) {
          const few = [0, 1, 2, 3].filter((j) => NODE_OF[j] === code && input.n[j]! > 0 && input.n[j]! < MINIMUM)
          if (few.length === 0) continue
          secrets.push({
            name: `seed ${seed} unit ${unit} ${code} of ${few.length}`,
            vector: few.map((j) => column(j).mean).reduce(plus),
          })
        }
      }
      for (const { name, vector } of secrets) {
        hidden += 1
        expect(span.contains(vector), name).toBe(false)
      }
    }
    // the worlds are small enough to hide much and large enough to show much
    expect(hidden).toBeGreaterThan(500)
    expect(shownNodes).toBeGreaterThan(500)
  }, 120_000)

  it('is not more than it was before when hidden indicators enter a node: they do not', () => {
    const given: World = {
      units: [
        { id: 10, kind: 'department', parentId: 99 },
        { id: 11, kind: 'department', parentId: 99 },
        { id: 12, kind: 'department', parentId: 99 },
      ],
      flows: [
        { responsible: 10, receiving: 10, n: [40, 40, 40, 40] },
        { responsible: 11, receiving: 11, n: [40, 40, 40, 40] },
        { responsible: 12, receiving: 12, n: [5, 40, 40, 40] },
      ],
    }
    const { scores } = scoresOf(given)
    const element = (unit: number, code: string) =>
      scores.find((one) => one.unit === unit)!.elements.find((one) => one.code === code)!
    expect(element(12, 'I0').estimate).toMatchObject({ suppressed: 'too_few', n: 5, est: null })
    expect(element(12, 'A')).toMatchObject({ stage: 'full', present: 1, of: 2 })
    expect(element(12, 'A').estimate.est).toBe(element(12, 'I1').estimate.est)
    const others = [element(10, 'I0'), element(11, 'I0'), element(99, 'I0')]
    expect(others.filter(({ estimate }) => estimate.suppressed === 'complementary').length).toBe(1)
  })
})
