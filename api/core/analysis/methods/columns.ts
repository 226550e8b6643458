import { z } from 'zod'

/** An option that names a column of the data file. */
export const columnOption = (fallback: string, meaning: string) =>
  z.string().min(1).max(200).default(fallback).describe(`column: ${meaning}`)

/** The share of a two-sided interval. */
export const confOption = z.number().gt(0).lt(1).default(0.95).describe('confidence of the two-sided interval')

/** Names of rows, carried into the result. */
export const unitOption = columnOption('unit', 'name of the row; not needed')
