import { describe, expect, it } from 'vitest'
import { fill } from '../../../web/i18n/i18n.ts'
import { en } from '../../../web/i18n/office.en.ts'
import { vi } from '../../../web/i18n/office.vi.ts'
import type { Estimate, WeakSpot } from '../../../web/office/api/types.ts'
import { phraseOf, weakWords } from '../../../web/office/unit/weak-words.ts'

const estimate = (est: number, lo: number, hi: number, n: number): Estimate => ({
  est,
  se: 0.02,
  df: null,
  lo,
  hi,
  n,
  nEff: n,
  method: 'wilson',
  suppressed: null,
})
const spot: WeakSpot = {
  item: 'Q_DEADLINE_GIVEN',
  short: { vi: 'Hẹn rõ ngày trả kết quả', en: 'Clear date given' },
  procedure: { id: 1, code: '1.001193', name: 'Đăng ký khai sinh' },
  estimate: estimate(0.62, 0.58, 0.66, 412),
  rest: estimate(0.81, 0.8, 0.82, 12_000),
  shortfall: estimate(0.19, 0.129, 0.24, 412),
  p: 0.0001,
  counts: { favourable: 255, valid: 412, na: 20, restFavourable: 9720, restValid: 12_000, options: [] },
  rates: 'receiving',
}
const say = (one: WeakSpot, locale: 'vi' | 'en' = 'vi') => {
  const dictionary = locale === 'vi' ? vi : en
  return weakWords(one, 'province', dictionary[phraseOf(one.item)], locale)?.map((said) =>
    fill(dictionary[said.key], said.params),
  )
}

describe('the sentence of a weak spot', () => {
  it('says here, elsewhere and the sure difference, with answers and interval', () => {
    expect(say(spot)).toEqual([
      'Ở thủ tục <b>Đăng ký khai sinh</b>, 62% người trả lời cho biết được hẹn rõ ngày trả kết quả (khoảng 58–66%, 412 phiếu).',
      'Phần còn lại của tỉnh là 81%.',
      'Thấp hơn ít nhất 12 điểm phần trăm.',
    ])
  })

  it('is complete in English', () => {
    expect(say(spot, 'en')?.join(' ')).toBe(
      'For <b>Đăng ký khai sinh</b>, 62% of respondents said they were given a clear date for the result (about 58–66%, 412 answers). In the rest of the province it is 81%. Lower by at least 12 percentage points.',
    )
  })

  it('claims nothing when the interval of the difference reaches zero', () => {
    for (const lo of [0, -0.01]) {
      expect(say({ ...spot, shortfall: { ...spot.shortfall, lo } })?.at(-1)).toBe(
        'Chưa đủ bằng chứng để kết luận khác biệt.',
      )
    }
  })

  it('claims nothing when there is no interval', () => {
    const last = say({ ...spot, shortfall: { ...spot.shortfall, lo: null } })?.at(-1)
    expect(last).toBe('Chưa đủ bằng chứng để kết luận khác biệt.')
  })

  it('does not exist without its numbers', () => {
    expect(say({ ...spot, rest: { ...spot.rest, est: null } })).toBeUndefined()
    expect(say({ ...spot, estimate: { ...spot.estimate, n: null } })).toBeUndefined()
  })

  it('names an item without a phrase of its own by its short name', () => {
    expect(phraseOf('Z_NEW')).toBe('said.other')
    expect(vi['said.other']).toContain('{item}')
  })
})
