import { OptionsError } from '../analysis/method.ts'
import { DataError, type DataFault } from '../table/data-error.ts'
import { completeNumbers, type Table, texts } from '../table/table.ts'
import type { Projection } from './projection.ts'
import type { DesignSpec, Lonely } from './spec.ts'

/** One stage of sampling: units drawn within strata; from the second stage on the strata lie within the units above. */
export interface Stage {
  /** Sampling unit of each row, from 0. */
  readonly unit: Int32Array
  readonly units: number
  readonly stratumOfUnit: Int32Array
  readonly strata: readonly string[]
  /** Units drawn from each stratum. */
  readonly sampled: Float64Array
  /** Units in each stratum's population; null: drawn with replacement or from a population without end. */
  readonly population: Float64Array | null
  /** Product of the fractions drawn above each stratum, 1 at the first stage. */
  readonly carried: Float64Array
}

/** A sample with its weights, stages and, once calibrated, what the margins already explain. */
export interface Design {
  readonly size: number
  readonly weight: Float64Array
  readonly stages: readonly Stage[]
  readonly lonely: Lonely
  readonly projection: Projection | null
}

type Layout = Pick<DesignSpec, 'strata' | 'clusters' | 'fpc' | 'weight' | 'lonely'>

/**
 * The design of a table's rows. Units are nested: the same number in two strata, or below two units, means two units.
 * @throws DataError `missing_column` `missing_value` `not_a_number` `negative_weight` `no_positive_weight` `bad_fpc`
 *   `fpc_varies` `fpc_below_sample` `one_sampling_unit` `mixed_fpc`; OptionsError `too_many_columns`
 */
export function makeDesign(table: Table, layout: Layout): Design {
  const size = table.rows.length
  const strata = [layout.strata ?? []].flat()
  const clusters = layout.clusters ?? []
  const fpc = [layout.fpc ?? []].flat()
  const depth = Math.max(1, clusters.length)
  if (strata.length > depth) throw new OptionsError([{ path: 'strata', code: 'more_than_stages' }])
  if (fpc.length > depth) throw new OptionsError([{ path: 'fpc', code: 'more_than_stages' }])
  const populations = readPopulations(table, fpc)
  const stages: Stage[] = []
  let above: Stage | null = null
  for (let level = 0; level < depth; level += 1) {
    const stratumColumn = strata[Math.min(level, strata.length - 1)]
    const unitColumn = clusters[level]
    const stage: Stage = makeStage(table, {
      above,
      stratum: stratumColumn === undefined ? null : complete(table, stratumColumn),
      unit: unitColumn === undefined ? null : complete(table, unitColumn),
      population: populations[level] ?? null,
      column: fpc[level] ?? '',
    })
    stages.push(stage)
    // Without a correction above, the first stage holds all the variance.
    if (stage.population === null) break
    above = stage
  }
  const merged = layout.lonely === 'merge' ? [mergeLonely(stages[0]!), ...stages.slice(1)] : stages
  const weight = layout.weight === undefined ? weightFromStages(stages, size) : readWeights(table, layout.weight)
  return { size, weight, stages: merged, lonely: layout.lonely ?? 'fail', projection: null }
}

function complete(table: Table, column: string): string[] {
  const faults: DataFault[] = []
  const cells = texts(table, column).map((cell, i) => {
    if (cell === null) faults.push({ code: 'missing_value', line: table.rows[i]!.line, column })
    return cell ?? ''
  })
  if (faults.length > 0) throw new DataError(table.file, faults)
  return cells
}

function readWeights(table: Table, column: string): Float64Array {
  const weights = completeNumbers(table, column)
  const faults = weights.flatMap((weight, i) =>
    weight < 0 ? [{ code: 'negative_weight', line: table.rows[i]!.line, column }] : [],
  )
  if (faults.length > 0) throw new DataError(table.file, faults)
  if (!weights.some((weight) => weight > 0)) {
    throw new DataError(table.file, [{ code: 'no_positive_weight', line: table.rows[0]?.line ?? null, column }])
  }
  return Float64Array.from(weights)
}

/** Population size of each row and stage, or the fraction drawn as a negative number: the two must not be mixed. */
function readPopulations(table: Table, columns: readonly string[]): Float64Array[] {
  const read = columns.map((column) => completeNumbers(table, column))
  const faults = read.flatMap((values, level) =>
    values.flatMap((value, i) =>
      value > 0 ? [] : [{ code: 'bad_fpc', line: table.rows[i]!.line, column: columns[level]! }],
    ),
  )
  if (faults.length > 0) throw new DataError(table.file, faults)
  const sizes = read.some((values) => values.some((value) => value > 1))
  const mixed = sizes
    ? read.flatMap((values, level) =>
        values.flatMap((value, i) =>
          value < 1 ? [{ code: 'mixed_fpc', line: table.rows[i]!.line, column: columns[level]! }] : [],
        ),
      )
    : []
  if (mixed.length > 0) throw new DataError(table.file, mixed)
  return read.map((values) => Float64Array.from(values, (value) => (sizes ? value : -value)))
}

function makeStage(
  table: Table,
  given: {
    above: Stage | null
    stratum: readonly string[] | null
    unit: readonly string[] | null
    population: Float64Array | null
    column: string
  },
): Stage {
  const { above } = given
  const stratumCodes = new Map<string, number>()
  const unitCodes = new Map<string, number>()
  const unit = new Int32Array(table.rows.length)
  const stratumOfUnit: number[] = []
  const labels: string[] = []
  const firstLines: number[] = []
  const sampled: number[] = []
  const population: number[] = []
  const carried: number[] = []
  const faults: DataFault[] = []
  for (let row = 0; row < unit.length; row += 1) {
    const parent = above === null ? 0 : above.unit[row]!
    const label = given.stratum?.[row] ?? ''
    const stratum = codeOf(stratumCodes, `${parent}\u0000${label}`)
    if (stratum === labels.length) {
      labels.push(label)
      firstLines.push(table.rows[row]!.line)
      sampled.push(0)
      population.push(given.population?.[row] ?? 0)
      const outer = above === null ? 0 : above.stratumOfUnit[parent]!
      carried.push(above === null ? 1 : (above.carried[outer]! * above.sampled[outer]!) / above.population![outer]!)
    } else if (given.population !== null && given.population[row] !== population[stratum]) {
      faults.push({ code: 'fpc_varies', line: table.rows[row]!.line, column: given.column })
    }
    const code = codeOf(unitCodes, given.unit === null ? String(row) : `${stratum}\u0000${given.unit[row]!}`)
    if (code === stratumOfUnit.length) {
      stratumOfUnit.push(stratum)
      sampled[stratum]! += 1
    }
    unit[row] = code
  }
  if (faults.length > 0) throw new DataError(table.file, faults)
  const sizes = given.population === null ? null : population.map((size, h) => (size < 0 ? sampled[h]! / -size : size))
  const below = (sizes ?? []).flatMap((size, h): DataFault[] =>
    size < sampled[h]! - 1e-9 ? [{ code: 'fpc_below_sample', line: firstLines[h]!, column: given.column }] : [],
  )
  if (below.length > 0) throw new DataError(table.file, below)
  return {
    unit,
    units: stratumOfUnit.length,
    stratumOfUnit: Int32Array.from(stratumOfUnit),
    strata: labels,
    sampled: Float64Array.from(sampled),
    population: sizes === null ? null : Float64Array.from(sizes),
    carried: Float64Array.from(carried),
  }
}

function codeOf(codes: Map<string, number>, key: string): number {
  const known = codes.get(key)
  if (known !== undefined) return known
  codes.set(key, codes.size)
  return codes.size - 1
}

/** One over the product of the fractions drawn, where the stages tell it; else 1. */
function weightFromStages(stages: readonly Stage[], size: number): Float64Array {
  const weight = new Float64Array(size).fill(1)
  for (const { unit, stratumOfUnit, sampled, population } of stages) {
    if (population === null) continue
    for (let row = 0; row < size; row += 1) {
      const stratum = stratumOfUnit[unit[row]!]!
      weight[row]! *= population[stratum]! / sampled[stratum]!
    }
  }
  return weight
}

/**
 * Strata of one sampling unit are joined to each other; a single one joins the stratum with the fewest units. Joining
 * strata can only make the variance larger in expectation.
 */
function mergeLonely(stage: Stage): Stage {
  const lonely = [...stage.sampled.keys()].filter(
    (h) => stage.sampled[h] === 1 && (stage.population === null || stage.population[h]! > 1),
  )
  if (lonely.length === 0 || stage.strata.length === 1) return stage
  const others = [...stage.sampled.keys()].filter((h) => !lonely.includes(h))
  if (lonely.length === 1) {
    others.sort((a, b) => stage.sampled[a]! - stage.sampled[b]! || (stage.strata[a]! < stage.strata[b]! ? -1 : 1))
    lonely.push(others[0]!)
  }
  const into = Math.min(...lonely)
  const sampled = Float64Array.from(stage.sampled)
  const population = stage.population === null ? null : Float64Array.from(stage.population)
  sampled[into] = lonely.reduce((sum, h) => sum + stage.sampled[h]!, 0)
  if (population !== null) population[into] = lonely.reduce((sum, h) => sum + stage.population![h]!, 0)
  const stratumOfUnit = stage.stratumOfUnit.map((h) => (lonely.includes(h) ? into : h))
  return { ...stage, sampled, population, stratumOfUnit }
}
