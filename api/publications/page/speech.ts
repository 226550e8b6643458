import { en } from './words.en.ts'
import { vi, type WordKey } from './words.vi.ts'

export type Language = 'vi' | 'en'
const DICTIONARY = { vi, en } as const
const TAG = { vi: 'vi-VN', en: 'en-GB' } as const
const ROMAN = ['I', 'II', 'III', 'IV'] as const

/** Words, numbers and days of one language. */
export function speech(language: Language) {
  const words: Readonly<Record<string, string>> = DICTIONARY[language]
  const say = (key: WordKey, values: Readonly<Record<string, string | number>> = {}) =>
    (words[key] ?? key).replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
  const decimal = (value: number, digits: number) =>
    new Intl.NumberFormat(TAG[language], { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value)
  /** A share 0…1 as whole percent; answers carry no more precision. */
  const percent = (share: number) =>
    new Intl.NumberFormat(TAG[language], { style: 'percent', maximumFractionDigits: 0 }).format(share)
  const date = (iso: string, time: boolean) =>
    new Intl.DateTimeFormat(TAG[language], {
      day: language === 'vi' ? '2-digit' : 'numeric',
      month: language === 'vi' ? '2-digit' : 'short',
      year: 'numeric',
      timeZone: 'Asia/Ho_Chi_Minh',
      ...(time ? { hour: '2-digit', minute: '2-digit', hour12: false } : {}),
    }).format(new Date(iso))
  return {
    language,
    say,
    /** The word of a code that may be unknown here. */
    sayOr: (key: string, otherwise: string) => words[key] ?? otherwise,
    count: (value: number) => decimal(value, 0),
    decimal,
    percent,
    percentRange: (lo: number, hi: number) => `${decimal(Math.round(lo * 100), 0)}–${percent(hi)}`,
    day: (iso: string) => date(iso, false),
    instant: (iso: string) => date(iso, true),
    period: ({ kind, from }: { kind: 'month' | 'quarter' | 'year'; from: string }) => {
      const month = Number(from.slice(5, 7))
      return say(`period.${kind}`, {
        month,
        quarter: ROMAN[Math.floor((month - 1) / 3)] ?? '',
        year: from.slice(0, 4),
      })
    },
  }
}
export type Speech = ReturnType<typeof speech>
