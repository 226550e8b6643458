import { describe, expect, it } from 'vitest'
import { sha256, toHex } from '../../../web/offline/sha256.ts'

describe('sha256', () => {
  // FIPS 180-4 example values.
  it.each([
    ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    [
      'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq',
      '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
    ],
  ])('gives the published value for %j', (text, hash) => {
    expect(toHex(sha256(text))).toBe(hash)
  })

  it('agrees with WebCrypto at every length around the block limits', async () => {
    for (let length = 0; length <= 200; length += 1) {
      const text = 'ố'.repeat(length >> 2) + 'k'.repeat(length)
      const known = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
      expect(toHex(sha256(text))).toBe(toHex(new Uint8Array(known)))
    }
  })
})
