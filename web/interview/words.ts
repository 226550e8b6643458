import { fill, type Locale, type Params } from '../i18n/i18n.ts'
import { interviewEn } from '../i18n/interview.en.ts'
import { interviewVi, type InterviewWords } from '../i18n/interview.vi.ts'
import { language } from '../i18n/speaking.ts'

// Both languages are in the bundle: switching must work without a network.
const WORDS: Readonly<Record<Locale, InterviewWords>> = { vi: interviewVi, en: interviewEn }

export type Word = keyof InterviewWords

/** A word of the page in the current language. */
export function t(key: Word, params?: Params): string {
  return fill(WORDS[language()][key], params)
}

const two = (value: number) => String(value).padStart(2, '0')

/** A moment by the tablet's clock, day and minute. */
export function moment(iso: string): string {
  const at = new Date(iso)
  const clock = `${two(at.getHours())}:${two(at.getMinutes())}`
  const [date, month] = [two(at.getDate()), two(at.getMonth() + 1)]
  return language() === 'vi'
    ? `${clock} ngày ${date}/${month}/${at.getFullYear()}`
    : `${clock} on ${at.getFullYear()}-${month}-${date}`
}

/** Why the server has not taken an item. */
export function refusal(code: string): string {
  const key = `refused_${code}`
  return key in interviewVi ? t(key as Word) : t('refused_other', { code })
}
