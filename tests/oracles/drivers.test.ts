import { describe, expect, it } from 'vitest'
import { findMethod } from '../../api/core/analysis/registry.ts'
import { oraclesPresent } from './shared.ts'
import { oracleTable } from './oracle-table.ts'

describe.skipIf(!oraclesPresent())('drivers of fertility in Switzerland, 1888', () => {
  const run = (name: string, options: object) =>
    findMethod(name)!.run(oracleTable('drivers/input/swiss.csv'), { y: 'Fertility', ...options }) as {
      r2: number
      drivers: Record<string, number>[]
      coefficients: Record<string, number>[]
    }

  it('LMG is what Grömping (Journal of Statistical Software 17, 2006) prints for this model', () => {
    const got = run('drivers', { bootstrap: 0 })
    expect(got.r2).toBeCloseTo(0.7067350015927, 12)
    const want = [0.05709122, 0.17117303, 0.26013468, 0.10557015, 0.11276592]
    got.drivers.forEach(({ lmg }, j) => expect(lmg).toBeCloseTo(want[j]!, 8))
  })

  it('the regression is that of R lm at 13 digits', () => {
    const { coefficients } = run('regression', {})
    const want = [
      [66.9151816789687, 10.7060375853304],
      [-0.1721139709415, 0.0703039231786],
      [-0.2580082398347, 0.2538782008921],
      [-0.8709400629394, 0.1830286015713],
      [0.1041153307438, 0.0352578525362],
      [1.077048140691, 0.3817196508581],
    ]
    coefficients.forEach(({ estimate, se }, j) => {
      expect(estimate).toBeCloseTo(want[j]![0]!, 11)
      expect(se).toBeCloseTo(want[j]![1]!, 11)
    })
  })

  it('weighted, it is that of R lm with weights', () => {
    const others = ['Agriculture', 'Examination', 'Catholic', 'Infant.Mortality']
    const got = run('regression', { weight: 'Education', drivers: others })
    expect(got).toMatchObject({
      df: 42,
      sigma: expect.closeTo(35.1474179022, 9),
      r2: expect.closeTo(0.575664639328, 11),
    })
    expect(got.coefficients[0]).toMatchObject({
      estimate: expect.closeTo(46.2635272758492, 9),
      se: expect.closeTo(16.1342983790355, 9),
    })
    expect(got.coefficients[2]).toMatchObject({
      estimate: expect.closeTo(-0.993994481496, 10),
      se: expect.closeTo(0.3027427485545, 10),
    })
  })
})
