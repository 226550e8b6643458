import { createReadStream } from 'node:fs'
import { estimateDesign, parseDesign, type SurveyEstimate } from '../../api/core/survey/estimate-design.ts'
import { readTable } from '../../api/core/table/read-table.ts'
import type { Table } from '../../api/core/table/table.ts'
import { oracleJson } from './shared.ts'

const tables = new Map<string, Promise<Table>>()

/** One of the reference samples, read by our own reader. */
export function sample(name: string): Promise<Table> {
  const path = `../shared/oracles/survey/input/${name}.csv`
  const known = tables.get(name) ?? readTable(createReadStream(path), path)
  tables.set(name, known)
  return known
}

/** A design as the reference file writes it, in formulas of R. */
export interface OracleDesign {
  readonly data: string
  readonly ids: string
  readonly strata: string | null
  readonly weights: string | null
  readonly fpc: string | null
}

const columnsOf = (formula: string | null): string[] =>
  formula === null || formula === '~1'
    ? []
    : formula
        .slice(1)
        .split('+')
        .map((name) => name.trim())

/** The same design in our own file's words. */
export function layoutOf({ ids, strata, weights, fpc }: OracleDesign) {
  const one = (formula: string | null) => columnsOf(formula)[0]
  return {
    clusters: columnsOf(ids),
    fpc: columnsOf(fpc),
    ...(one(strata) === undefined ? {} : { strata: one(strata) }),
    ...(one(weights) === undefined ? {} : { weight: one(weights) }),
  }
}

/** Asks a design the way the command line does. */
export async function ask(name: string, layout: object, ...asks: object[]): Promise<SurveyEstimate[]> {
  return estimateDesign(await sample(name), parseDesign({ ...layout, ask: asks }))
}

export type OracleCases = Record<string, { design: OracleDesign } & Record<string, unknown>>

export function surveyCases(): OracleCases {
  return (oracleJson('survey/expected/estimates.json') as { cases: OracleCases }).cases
}
