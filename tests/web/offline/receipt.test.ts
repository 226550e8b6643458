import { describe, expect, it } from 'vitest'
import { idOf, newSecret, parseReceiptCode, receiptCode, withdrawHashOf } from '../../../web/offline/receipt.ts'

const secret = newSecret(Uint8Array.from({ length: 20 }, (_, at) => at * 13))

describe('the receipt code', () => {
  it('is the secret alone when this device made the id', () => {
    const code = receiptCode({ id: idOf(secret), secret })
    expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){4}[0-9A-HJKMNP-TV-Z]{4}$/)
    expect(parseReceiptCode(code)).toEqual({ id: idOf(secret), secret })
  })

  it('carries the id as well when another device made it', () => {
    for (const id of [
      '0f1e2d3c-4b5a-4978-8695-a4b3c2d1e0ff',
      '00000000-0000-4000-8000-000000000000',
      'ffffffff-ffff-4fff-bfff-ffffffffffff',
    ]) {
      expect(parseReceiptCode(receiptCode({ id, secret }))).toEqual({ id, secret })
    }
  })

  it('is read as people type it', () => {
    const code = receiptCode({ id: idOf(secret), secret })
    const typed = ` ${code.toLowerCase().replace(/-/g, ' ').replace(/0/g, 'o').replace(/1/g, 'l')} `
    expect(parseReceiptCode(typed)).toEqual({ id: idOf(secret), secret })
    expect(parseReceiptCode(code.replace(/-/g, '–'))).toEqual({ id: idOf(secret), secret })
  })

  it.each(['', 'abc', `${secret}0`, `${secret.slice(1)}U`, '💥'.repeat(10)])(
    'is refused when it cannot be one: %j',
    (typed) => {
      expect(parseReceiptCode(typed)).toBeNull()
    },
  )
})

describe('idOf', () => {
  it('is a UUID of version 8 that any UUID check accepts', () => {
    expect(idOf(secret)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  })
})

describe('withdrawHashOf', () => {
  it('is the hexadecimal SHA-256 of the secret as text, as the server computes it', async () => {
    const known = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(secret))
    const hex = Array.from(new Uint8Array(known), (byte) => byte.toString(16).padStart(2, '0')).join('')
    expect(withdrawHashOf(secret)).toBe(hex)
  })
})
