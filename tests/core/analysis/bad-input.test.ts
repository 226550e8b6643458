import { describe, expect, it } from 'vitest'
import { OptionsError } from '../../../api/core/analysis/method.ts'
import { findMethod } from '../../../api/core/analysis/registry.ts'
import { DataError } from '../../../api/core/table/data-error.ts'
import type { Table } from '../../../api/core/table/table.ts'
import { type Sample, samples } from './samples.ts'
import { samplesInTime } from './samples-in-time.ts'

const tableOf = ({ header, rows }: Sample): Table => ({
  file: 'data.csv',
  columns: header,
  rows: rows.map((cells, i) => ({ line: i + 2, cells })),
})
const changed = (sample: Sample, change: (cell: string, row: number, column: string) => string): Sample => ({
  ...sample,
  rows: sample.rows.map((cells, row) => cells.map((cell, at) => change(cell, row, sample.header[at]!))),
})
const outcome = (name: string, sample: Sample, table = tableOf(sample)): unknown => {
  try {
    return findMethod(name)!.run(table, sample.options ?? {})
  } catch (error) {
    if (error instanceof DataError || error instanceof OptionsError) return error
    throw new Error(`${name} broke`, { cause: error })
  }
}
/** Every number of a result is finite; `method` sees to that, and this sees to `method`. */
const isSound = (found: unknown): void => {
  if (found instanceof Error) return
  if (typeof found === 'number') expect(Number.isFinite(found)).toBe(true)
  else if (typeof found === 'object' && found !== null) Object.values(found).forEach(isSound)
}
const firstFault = (found: unknown) => {
  expect(found).toBeInstanceOf(DataError)
  const { file, faults } = found as DataError
  expect(file).toBe('data.csv')
  return faults[0]
}

for (const [name, cases] of Object.entries({ ...samples, ...samplesInTime })) {
  for (const [index, sample] of cases.entries()) {
    const { numeric, header } = sample
    describe(`${name} ${index + 1}`, () => {
      it('uses a sound table', () => {
        const found = outcome(name, sample)
        expect(found).not.toBeInstanceOf(Error)
        isSound(found)
      })

      it.each(numeric)('names the cell of %s with a decimal comma, a word, NaN or infinity', (column) => {
        for (const [text, code] of [
          ['1,5', 'decimal_comma'],
          ['many', 'not_a_number'],
          ['NaN', 'not_finite'],
          ['-Infinity', 'not_finite'],
          ['1e999', 'not_finite'],
        ] as const) {
          const found = outcome(
            name,
            changed(sample, (cell, row, at) => (row === 1 && at === column ? text : cell)),
          )
          expect(firstFault(found)).toEqual({ code, line: 3, column })
        }
      })

      it.each(numeric)('names %s when no header matches it', (column) => {
        const renamed = { ...sample, header: header.map((each) => (each === column ? 'other' : each)) }
        expect(firstFault(outcome(name, renamed))).toEqual({ code: 'missing_column', line: 1, column })
      })

      it.each(numeric)(
        'is defined or refuses where %s is constant, empty, zero, negative, tiny, huge or odd',
        (column) => {
          for (const text of ['1', '0', '', '-3', '1e-300', '1e-9', '1e300', '0.5', '1000000000']) {
            isSound(
              outcome(
                name,
                changed(sample, (cell, _, at) => (at === column ? text : cell)),
              ),
            )
            isSound(
              outcome(
                name,
                changed(sample, (cell, row, at) => (row === 0 && at === column ? text : cell)),
              ),
            )
          }
        },
      )

      it('is defined or refuses for one row, two rows, rows all alike and empty rows', () => {
        isSound(outcome(name, { ...sample, rows: sample.rows.slice(0, 1) }))
        isSound(outcome(name, { ...sample, rows: sample.rows.slice(0, 2) }))
        isSound(outcome(name, { ...sample, rows: sample.rows.map(() => sample.rows[0]!) }))
        isSound(
          outcome(
            name,
            changed(sample, () => ''),
          ),
        )
      })

      if (header.includes('unit') && sample.repeats !== true)
        it('names the line of a second row for the same unit', () => {
          const twice = { ...sample, rows: [...sample.rows, sample.rows[0]!] }
          expect(firstFault(outcome(name, twice))).toEqual({
            code: 'duplicate_unit',
            line: sample.rows.length + 2,
            column: 'unit',
          })
        })

      it('refuses an option it does not have', () => {
        const found = outcome(name, { ...sample, options: { ...sample.options, nothing: 1 } })
        expect((found as OptionsError).faults).toContainEqual({ path: 'nothing', code: 'unknown_option' })
      })
    })
  }
}
