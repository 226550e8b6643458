import { describe, expect, it } from 'vitest'
import { csvFile, csvLine } from '../../../web/office/lib/csv.ts'

describe('a CSV line', () => {
  it('quotes separators, quotes and line breaks', () => {
    expect(csvLine(['a,b', 'nói "có"', 'hai\ndòng', 5])).toBe('"a,b","nói ""có""","hai\ndòng",5')
  })

  it('keeps a spreadsheet from running a name as a formula', () => {
    expect(csvLine(['=HYPERLINK("x")', '+84', '@a'])).toBe(`"'=HYPERLINK(""x"")",'+84,'@a`)
  })
})

it('a CSV file starts with the mark by which Excel knows UTF-8', () => {
  expect(csvFile([['Đơn vị'], ['Sở Tư pháp']])).toBe('\u{feff}Đơn vị\r\nSở Tư pháp\r\n')
})
