import { describe, expect, it } from 'vitest'
import { papiLikeSubdimension } from '../../../api/core/index/papiLike.ts'
import { pciLike } from '../../../api/core/index/pciLike.ts'
import { qd766Points } from '../../../api/core/index/qd766.ts'
import { scoreRows } from '../../../api/core/index/score-rows.ts'
import { tt01Grade } from '../../../api/core/index/tt01.ts'
import { makeEstimate } from '../../../api/core/stats/estimate.ts'
import { shippedIndices } from '../../../db/seeds/indices/shipped.ts'
import { edition, scoreFigures } from '../../support/editions.ts'

type Figures = Readonly<Record<string, number>>

/** Scores of one unit. */
function scores(id: string, figures: Figures) {
  const scored = scoreFigures(edition(id), new Map([['x', figures]]))
  return Object.fromEntries(scoreRows(scored).map(({ node, score, grade }) => [node, { score, grade }]))
}
const all = (id: string, value: number): Figures =>
  Object.fromEntries(edition(id).indicators.map(({ code }) => [code, value]))

describe('every shipped edition', () => {
  it.each(shippedIndices.map((one) => [one.id, one] as const))('%s names rows that exist in its lineage', (_, one) => {
    for (const row of [...one.nodes, ...one.indicators]) {
      for (const { edition: id, code } of row.lineage ?? []) {
        const other = edition(id)
        if (code !== null) expect([...other.nodes, ...other.indicators].map((r) => r.code)).toContain(code)
      }
    }
  })

  it.each(shippedIndices.map((one) => [one.id, one] as const))(
    '%s has a public source in every row, and says on itself what is not established',
    (_, one) => {
      for (const { source } of [...one.nodes, ...one.indicators, ...(one.blanks ?? [])]) {
        expect(source).not.toMatch(/shared|\.csv|\.md/)
      }
      expect(one.notes?.length).toBeGreaterThan(0)
    },
  )

  it('is our own wherever its name says estimate, and never then called PAPI or PCI alone', () => {
    for (const { id, official, label } of shippedIndices) {
      expect(official, id).toBe(!/-like|sipas|ddci/.test(id))
      if (!official) expect(label.vi, id).toMatch(/ước lượng nội bộ|mẫu/i)
    }
  })
})

describe('TT 01/2018', () => {
  it('nine criteria of 2/1/0 make 18, with the grade of tt01Grade at every bound', () => {
    expect(scores('tt01-2018', all('tt01-2018', 2))['TT01']).toEqual({ score: 18, grade: 'excellent' })
    for (let points = 0; points <= 18; points += 0.5) {
      const { TT01: total } = scores('tt01-2018', all('tt01-2018', points / 9))
      expect(total!.score).toBeCloseTo(points, 12)
      expect(total!.grade).toBe(tt01Grade(points))
    }
  })

  it('without the criteria an office enters there is the part of 0–8, and neither total nor grade', () => {
    const got = scores('tt01-2018', { C1: 2, C3: 1, C4: 0.5, C7: 2 })
    expect(got['RATED']!.score).toBe(5.5)
    expect(got['TT01']).toEqual({ score: null, grade: null })
  })
})

describe('QĐ 766', () => {
  const full = { ...all('qd766', 100), ONLINE: 12, TTTT: 10 }

  it('everything at its target makes 100, and the groups their maxima', () => {
    const got = scores('qd766', { ...full, 4.2: 80, 4.3: 80, 5.4: 90 })
    expect(Object.fromEntries(Object.entries(got).map(([node, { score }]) => [node, score]))).toEqual({
      QD766: 100,
      CKMB: 18,
      TDGQ: 20,
      MDSH: 22,
      MDHL: 18,
    })
    expect(got['QD766']!.grade).toBe('excellent')
  })

  it('below its target an item earns R/target of its points, as qd766Points has it', () => {
    for (const rate of [0, 0.3, 0.62, 0.8999, 0.9, 1]) {
      const got = scores('qd766', { ...full, 5.4: 100 * rate })
      expect(got['MDHL']!.score).toBeCloseTo(12 + qd766Points(rate), 12)
    }
    expect(scores('qd766', { ...full, 4.2: 40, 1.1: 50 })['QD766']!.score).toBeCloseTo(100 - 2 - 3, 12)
  })

  it('without petitions their points go to what is left of the group; no other group may have gaps', () => {
    const { '5.2': _, '5.3': __, ...silent } = { ...full, 5.4: 45 } as Record<string, number>
    expect(scores('qd766', silent)['MDHL']!.score).toBeCloseTo(9, 12)
    const { '1.1': ___, ...gap } = full as Record<string, number>
    expect(scores('qd766', gap)['QD766']!.score).toBeNull()
  })

  it('the two readings of 5.4 differ in that item and nothing else', () => {
    const [union, sum] = [edition('qd766'), edition('qd766-sum')]
    const others = (one: typeof union) => one.indicators.filter(({ code }) => code !== '5.4')
    expect(others(sum)).toEqual(others(union))
    expect([sum.nodes, sum.blanks]).toEqual([union.nodes, union.blanks])
    expect(sum.indicators.find(({ code }) => code === '5.4')!.from).toEqual({ hard: 'qd766.5.4.sum' })
  })

  it('Đồng Tháp’s published groups of 2026 make its published total (dichvucong.gov.vn, 9 October 2026)', () => {
    const groups = { CKMB: 11.46, TDGQ: 17.69, ONLINE: 8.84, TTTT: 6.32, MDSH: 9.72, MDHL: 14.58 }
    const { score, grade } = scores('qd766-groups', groups)['QD766']!
    expect(score).toBeCloseTo(68.61, 12)
    expect(grade).toBeNull()
  })
})

describe('from surveys', () => {
  const extremes = (id: string, best: boolean): Figures =>
    Object.fromEntries(
      edition(id).indicators.map(({ code, direction, normalise }) => {
        const { min = 0, max = 1 } = normalise.bounds ?? {}
        return [code, (direction === 'higher') === best ? max : min]
      }),
    )

  it.each([
    ['papi-like-survey', 'PAPI-LIKE'],
    ['pci-like-survey', 'PCI-LIKE'],
    ['sipas-like', 'SIPAS-LIKE'],
    ['ddci-departments', 'DDCI'],
    ['ddci-localities', 'DDCI'],
  ])('%s runs from one end of its scale to the other', (id, root) => {
    const { min, max } = edition(id).scale
    expect(scores(id, extremes(id, false))[root]!.score).toBeCloseTo(min, 10)
    expect(scores(id, extremes(id, true))[root]!.score).toBeCloseTo(max, 10)
  })

  it('a PAPI-like sub-dimension lies on the published range 1/k to 10/k, and a dimension on 1 to 10', () => {
    const best = scores('papi-like-survey', extremes('papi-like-survey', true))
    expect([best['S1.1']!.score, best['S5.4']!.score, best['D8']!.score]).toEqual([
      2.5,
      expect.closeTo(10 / 3, 12),
      expect.closeTo(10, 12),
    ])
  })

  it('coverage is said for every node, and never more than there is', () => {
    for (const { id, official, nodes } of shippedIndices) {
      if (official) continue
      for (const { code, coverage } of nodes) {
        if (id.startsWith('ddci') && code === 'DDCI') continue
        expect(coverage, `${id} ${code}`).toBeDefined()
        if (coverage!.of !== null) expect(coverage!.covered).toBeLessThanOrEqual(coverage!.of)
      }
    }
  })
})

describe('from ratings after procedures', () => {
  const estimate = (est: number) =>
    makeEstimate({ est, se: 0.1, df: 10, lo: est, hi: est, n: 50, nEff: 50, method: 'test' })

  it('PAPI-like 5.x is the figure papiLikeSubdimension gives, and the dimension their sum', () => {
    const shares = [0.9, 0.8, 0.7, 0.95, 0.6, 0.85, 0.75, 1]
    const figures: Record<string, number> = {}
    for (const { code } of edition('papi-like-ratings').indicators) {
      figures[code] = shares[Object.keys(figures).length % 8]!
    }
    const got = scores('papi-like-ratings', figures)
    const want = papiLikeSubdimension(estimate(shares.reduce((a, b) => a + b, 0))).est!
    for (const code of ['S5.1', 'S5.3', 'S5.4']) expect(got[code]!.score).toBeCloseTo(want, 12)
    expect(got['D5']!.score).toBeCloseTo(3 * want, 12)
  })

  it('PCI-like is the figure pciLike gives', () => {
    const shares = { B_TIME: 0.9, B_VISITS: 0.7, B_PAPERWORK: 0.6, B_FEES: 0.95, B_STAFF: 0.8, B_HARASS: 0.75 }
    const mean = Object.values(shares).reduce((a, b) => a + b, 0) / 6
    expect(scores('pci-like-ratings', shares)['PCI-LIKE']!.score).toBeCloseTo(pciLike(estimate(mean)).est!, 12)
  })

  it('an item that nobody answered leaves the composite blank instead of judging it by the others', () => {
    expect(scores('pci-like-ratings', { B_TIME: 0.9 })['PCI-LIKE']!.score).toBeNull()
  })
})
