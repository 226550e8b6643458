import { describe, expect, test } from 'vitest'
import { DataError } from '../../../api/core/table/data-error.ts'
import { readTable } from '../../../api/core/table/read-table.ts'
import { completeNumbers, numbers, texts } from '../../../api/core/table/table.ts'

const read = (text: string) => readTable(new TextEncoder().encode(text), 'data.csv')
const faultsOf = async (work: () => unknown) => {
  try {
    await work()
  } catch (error) {
    if (error instanceof DataError) return error.faults
    throw error
  }
  return []
}

describe('an analyst’s table', () => {
  test('keeps what is missing missing, whatever mark stands for it', async () => {
    const table = await read('\ufeffunit,x,y\nA,1.5,NA\n\nB,,TRUE\n')
    expect(numbers(table, 'x')).toEqual([1.5, null])
    expect(numbers(table, 'y')).toEqual([null, 1])
    expect(texts(table, 'unit')).toEqual(['A', 'B'])
    expect(table.rows.map(({ line }) => line)).toEqual([2, 4])
  })

  test('names line and column of every cell that is no number, and never reads it as zero', async () => {
    const table = await read('unit;x\nA;1,5\nB;abc\nC;NaN\nD;-Inf\nE;1e999\nF;0x10')
    expect(await faultsOf(() => numbers(table, 'x'))).toEqual(
      [2, 3, 4, 5, 6, 7].map((line, at) => ({
        line,
        column: 'x',
        code: ['decimal_comma', 'not_a_number', 'not_finite', 'not_finite', 'not_finite', 'not_a_number'][at],
      })),
    )
  })

  test('refuses a missing value where all are needed, and a column that is not there', async () => {
    const table = await read('unit,x\nA,1\nB,\n')
    expect(await faultsOf(() => completeNumbers(table, 'x'))).toEqual([{ code: 'missing_value', line: 3, column: 'x' }])
    expect(await faultsOf(() => numbers(table, 'z'))).toEqual([{ code: 'missing_column', line: 1, column: 'z' }])
  })

  test.each([
    ['', 'empty_file'],
    ['a,b\n', 'no_rows'],
    ['a,a\n1,2', 'duplicate_column'],
    ['a,\n1,2', 'unnamed_column'],
    ['a,b\n1', 'too_few_cells'],
    ['a,b\n1,2,3', 'too_many_cells'],
    ['a,b\n"1,2', 'unclosed_quote'],
  ])('%j is refused as %s', async (text, code) => {
    expect((await faultsOf(() => read(text))).map((fault) => fault.code)).toContain(code)
  })
})
