import { describe, expect, test } from 'vitest'
import { parseInstrument } from '../../api/core/instrument/validate.ts'
import dossierRating from '../../db/seeds/instruments/dossier-rating/1.json' with { type: 'json' }
import { dayNumber } from '../../db/seeds/sample/calendar.ts'
import { buildEras, expectedShare, type Flow } from '../../db/seeds/sample/flows.ts'
import { sampleInstrument } from '../../db/seeds/sample/items.ts'
import { procedureIndex, SAMPLE_PROCEDURES } from '../../db/seeds/sample/procedures.ts'
import { simulateCells } from '../../db/seeds/sample/simulate.ts'
import { PLANTED, plantedAt } from '../../db/seeds/sample/truth.ts'
import { SAMPLE_UNITS, unitIndex } from '../../db/seeds/sample/units.ts'

const instrument = sampleInstrument(parseInstrument(dossierRating))
const eras = buildEras(instrument)
const DAY = dayNumber('2026-05-04')

/** The cell's truth: does a planted row name the unit that this item rates in this flow? */
function plantedIn(flow: Flow, item: number) {
  const { code, rates } = instrument.items[item]!
  const unit = SAMPLE_UNITS[rates === 'receiving' ? flow.receiving : flow.responsible]!
  return plantedAt(unit.key, SAMPLE_PROCEDURES[flow.procedure]!.code, code)
}

describe('planted truths', () => {
  test('every unplanted flow has exactly the share of its peers of the same item and procedure, or else field', () => {
    const usual = new Map<string, number>()
    for (const [name, era] of Object.entries(eras)) {
      for (const flow of era.flows) {
        instrument.items.forEach((item, i) => {
          const { applicants, field } = SAMPLE_PROCEDURES[flow.procedure]!
          const block = instrument.blocks[applicants.citizen > 0 ? 'citizen' : 'business']
          if (plantedIn(flow, i) || !(block.includes(i) || i === instrument.overall)) return
          const key = `${field} ${item.code}`
          const share = expectedShare(instrument, flow, i, DAY)
          if (!usual.has(key)) usual.set(key, share)
          expect(share, `${name} ${key}`).toBeCloseTo(usual.get(key)!, 12)
        })
      }
    }
  })

  test('every planted cell lies 20 to 25 points below its peers', () => {
    for (const cell of PLANTED) {
      const item = instrument.items.findIndex((one) => one.code === cell.item)
      const procedure = procedureIndex(cell.procedure)
      const side = instrument.items[item]!.rates === 'receiving' ? 'receiving' : 'responsible'
      const flows = [...eras.after.flows, ...eras.before.flows].filter((flow) => flow.procedure === procedure)
      const here = flows.filter((flow) => flow[side] === unitIndex(cell.unit))
      const elsewhere = flows.find((flow) => flow[side] !== unitIndex(cell.unit))
      expect(here.length, cell.unit).toBeGreaterThan(0)
      const fall = expectedShare(instrument, elsewhere!, item, DAY) - expectedShare(instrument, here[0]!, item, DAY)
      expect(fall, `${cell.unit} ${cell.procedure} ${cell.item}`).toBeGreaterThanOrEqual(0.2)
      expect(fall).toBeLessThanOrEqual(0.26)
    }
  })

  test('a weakness that begins later is not there before', () => {
    const cell = PLANTED.find((one) => one.since !== null)!
    const item = instrument.items.findIndex((one) => one.code === cell.item)
    const flow = eras.after.flows.find(
      (one) => one.responsible === unitIndex(cell.unit) && one.procedure === procedureIndex(cell.procedure),
    )!
    const before = expectedShare(instrument, flow, item, dayNumber(cell.since!) - 1)
    const after = expectedShare(instrument, flow, item, dayNumber(cell.since!))
    expect(before - after).toBeCloseTo(cell.drop!, 12)
  })
})

describe('simulated counts', () => {
  test('the same seed gives the same counts, another seed others', () => {
    expect(simulateCells(3, 0.05)).toEqual(simulateCells(3, 0.05))
    expect(simulateCells(4, 0.05)).not.toEqual(simulateCells(3, 0.05))
  })

  test('observed shares scatter around the expected ones as chance does', () => {
    // Cells with one flow only, so that the expected share is known exactly; 3 times the default size.
    const cells = simulateCells(11, 3, { from: '2026-04', to: '2026-06' })
    let sum = 0
    let count = 0
    let worst = 0
    for (const cell of cells) {
      const unit = unitIndex(cell.unit)
      const item = instrument.items.findIndex((one) => one.code === cell.item)
      const side = instrument.items[item]!.rates === 'receiving' ? 'receiving' : 'responsible'
      const flows = eras.after.flows.filter(
        (flow) => flow[side] === unit && flow.procedure === procedureIndex(cell.procedure),
      )
      if (flows.length === 0 || cell.valid < 60) continue
      const expected = expectedShare(instrument, flows[0]!, item, DAY)
      const z = (cell.favourable / cell.valid - expected) / Math.sqrt((expected * (1 - expected)) / cell.valid)
      sum += z * z
      count += 1
      worst = Math.max(worst, Math.abs(z))
    }
    expect(count).toBeGreaterThan(150)
    // Mean of squared z is 1 with standard deviation √(2/count) at most 0.12 here; answers of one person add a little.
    expect(sum / count).toBeGreaterThan(0.7)
    expect(sum / count).toBeLessThan(1.4)
    expect(worst).toBeLessThan(4.5)
  })
})
