import { seeded } from '../../core/stats/seeded.ts'
import { quantile } from '../../support/benchmark.ts'
import type { BenchProvince } from './province.ts'

/** A page of the office: what is asked about which unit over which span. */
export interface Page {
  /** `province` or `unit`, since a total reads all units. */
  readonly about: 'unit' | 'province'
  readonly kind: keyof typeof KINDS
  readonly span: keyof typeof SPANS
}
/** The spans end with the last month, into which answers keep coming. */
export const SPANS = {
  quarter: { from: '2025-10', to: '2025-12' },
  '12 months': { from: '2025-01', to: '2025-12' },
} as const
const KINDS = {
  summary: 'summary?',
  'weak spots, compare=previous': 'weak-spots?compare=previous&',
  'weak spots, compare=province': 'weak-spots?compare=province&',
} as const

/** Every page that is measured. The province is not compared with itself. */
export const PAGES: readonly Page[] = (Object.keys(SPANS) as Page['span'][]).flatMap((span) =>
  (Object.keys(KINDS) as Page['kind'][]).flatMap((kind): Page[] => [
    { about: 'unit', kind, span },
    ...(kind.endsWith('province') ? [] : [{ about: 'province', kind, span } as const]),
  ]),
)

export const nameOf = ({ about, kind, span }: Page): string => `${kind} of a ${about}, ${span}`

/** Milliseconds below which 95 % of a page's visits must stay. */
export const targetMs = ({ kind }: Page): number => (kind.endsWith('province') ? 150 : 50)

/** Units as people of an office open them: of each kind alike, in a fixed order that mixes them. */
export function unitsToVisit(province: BenchProvince): () => number {
  const next = seeded(11)
  const kinds = [province.departments, province.communes, province.counters]
  let at = 0
  return () => {
    const kind = kinds[(at += 1) % kinds.length] ?? []
    return kind[Math.floor(next() * kind.length)] ?? province.provinceId
  }
}

/** Opens pages as a browser that is signed in does. */
export interface Visitor {
  /** @returns milliseconds until the whole answer was read; @throws when it was none */
  open(page: Page, unitId: number): Promise<number>
}

/** Signs in. */
export async function visitor(origin: string, who: { email: string; password: string }): Promise<Visitor> {
  const reply = await fetch(`${origin}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Origin: origin },
    body: JSON.stringify(who),
  })
  const cookie = reply.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
  return {
    open: async ({ kind, span }, unitId) => {
      const { from, to } = SPANS[span]
      const started = performance.now()
      const response = await fetch(`${origin}/api/units/${unitId}/${KINDS[kind]}from=${from}&to=${to}`, {
        headers: { Cookie: cookie },
      })
      await response.text()
      const ms = performance.now() - started
      if (response.status !== 200) throw new Error(`a page was answered with ${response.status}`)
      return ms
    },
  }
}

/** Times of one page's visits, in words for a note. */
export function spread(times: readonly number[]): string {
  const sorted = times.toSorted((a, b) => a - b)
  const at = (part: number) => Math.round(quantile(sorted, part) * 10) / 10
  return `n ${sorted.length}, p50 ${at(0.5)}, most ${at(1)}`
}

export const p95 = (times: readonly number[]): number =>
  quantile(
    times.toSorted((a, b) => a - b),
    0.95,
  )
