import { describe, expect, it } from 'vitest'
import {
  isDossierCode,
  isProcedureCode,
  parseProcedureCode,
  procedureCodeFromNumber,
} from '../../../api/core/dossier/code.ts'

describe('isDossierCode', () => {
  it.each([
    '000.00.13.H54-230923-0001',
    '000.00.00.H31-261008-1234567',
    'H15.50.05.13-261008-0975',
    'H21.217-261008-0001',
    'H31-261008-000123',
    ' H15.50.05.13-261008-0975 ',
  ])('accepts %s', (code) => {
    expect(isDossierCode(code)).toBe(true)
  })

  it.each([
    '',
    'G09.12.3-261008-02000123',
    'H15.50.05.13',
    'h15.50.05.13-261008-0975',
    '000.00.13.H54-230923-001',
    '000.00.13-230923-0001',
    '00.00.13.H54-230923-0001',
    'H15.50.05.13.1-261008-0975',
    'H15.50.05.13-26100-0975',
    'H15.50.05.13-261008-0975\nH15.50.05.13-261008-0976',
    'H15.50.05.13–261008–0975',
  ])('refuses %j', (code) => {
    expect(isDossierCode(code)).toBe(false)
  })
})

describe('procedure codes', () => {
  it('have one digit, a point and six digits', () => {
    expect(isProcedureCode('1.001193')).toBe(true)
    expect(isProcedureCode('1.001193.000.00.00.H31')).toBe(false)
    expect(isProcedureCode('1.00119')).toBe(false)
    expect(isProcedureCode('11.001193')).toBe(false)
  })

  it('lose the place that a portal appends', () => {
    expect(parseProcedureCode(' 1.001193 ')).toBe('1.001193')
    expect(parseProcedureCode('1.001193.000.00.00.H31')).toBe('1.001193')
    expect(parseProcedureCode('2.000815.H31.17')).toBe('2.000815')
    expect(parseProcedureCode('1.001193.')).toBeNull()
    expect(parseProcedureCode('1.0011930')).toBeNull()
    expect(parseProcedureCode('1,001193')).toBeNull()
  })

  it.each([
    ['1.001193', '1.001193'],
    ['1.0012', '1.001200'],
    ['1.001', '1.001000'],
    ['2', '2.000000'],
    ['1.0011929999999999', '1.001193'],
    ['2.0008150000000001', '2.000815'],
    ['1.0011935', '1.0011935'],
    ['12.001', '12.001'],
    ['-1.001', '-1.001'],
    ['1e5', '1e5'],
  ])('that a spreadsheet kept as the number %s are %s', (raw, code) => {
    expect(procedureCodeFromNumber(raw)).toBe(code)
  })

  it('survive a spreadsheet for every code there can be (a sample of each thousand)', () => {
    for (let n = 0; n < 10_000_000; n += 997) {
      const code = `${Math.floor(n / 1_000_000)}.${String(n % 1_000_000).padStart(6, '0')}`
      expect(procedureCodeFromNumber(String(Number(code)))).toBe(code)
      expect(procedureCodeFromNumber(Number(code).toPrecision(17))).toBe(code)
    }
  })
})
