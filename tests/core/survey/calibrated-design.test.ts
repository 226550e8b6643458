import { expect, test } from 'vitest'
import { readTable } from '../../../api/core/table/read-table.ts'
import { makeDesign } from '../../../api/core/survey/design.ts'
import { preparedDesign } from '../../../api/core/survey/estimate-design.ts'

/** 60 firms of two sizes; the frame has 200 small and 100 large ones. */
async function firms() {
  const lines = Array.from(
    { length: 60 },
    (_, i) => `${i % 3 === 0 ? 'large' : 'small'},${i % 5 === 0 ? 'a' : 'b'},${1 + (i % 7)}`,
  )
  return readTable([Buffer.from(['size,sector,staff', ...lines].join('\n'))] as never, 'firms.csv')
}
const margins = { size: { small: 200, large: 100 }, sector: { a: 45, b: 255 } }

test.each(['rake', 'linear', 'raking', 'logit'] as const)('%s reproduces the known totals', async (method) => {
  const table = await firms()
  const bounds = method === 'logit' ? { bounds: [0.2, 12] as [number, number] } : {}
  const layout = { calibrate: { method, margins, ...bounds } }
  const design = preparedDesign(table, { ...layout, ask: [] })
  const total = (of: (i: number) => boolean) => design.weight.reduce((sum, weight, i) => sum + (of(i) ? weight : 0), 0)
  expect(total((i) => i % 3 === 0)).toBeCloseTo(100, 6)
  expect(total((i) => i % 5 === 0)).toBeCloseTo(45, 6)
  const before = makeDesign(table, {})
  expect(new Set(design.weight.map((weight, row) => weight / before.weight[row]!)).size).toBeGreaterThan(1)
})

test('GREG meets the total of a number too', async () => {
  const table = await firms()
  const spec = { calibrate: { method: 'linear' as const, margins: { '(Intercept)': 300, staff: 1150 } } }
  const design = preparedDesign(table, { ...spec, ask: [] })
  expect(design.weight.reduce((sum, weight, i) => sum + weight * (1 + (i % 7)), 0)).toBeCloseTo(1150, 8)
})
