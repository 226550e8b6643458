import { Show } from 'solid-js'
import type { Params } from '../i18n/i18n.ts'
import type { Unreachable } from '../offline/sender.ts'
import { Title } from './phone-page.tsx'

/** How long somebody is asked to wait, in words. */
const WAITS = [
  { word: 'waitSeconds', ms: 1000, upToMs: 120_000 },
  { word: 'waitMinutes', ms: 60_000, upToMs: 7_200_000 },
  { word: 'waitHours', ms: 3_600_000, upToMs: Infinity },
] as const
type Word =
  'faultTitle' | 'fault' | 'faultBusy' | 'faultLimited' | 'again' | 'otherCode' | (typeof WAITS)[number]['word']

/** Why a form could not be opened just now, what is tried by itself, and what somebody can do. `door`: where codes are typed. */
export function CannotOpen(props: {
  delay: Unreachable | null
  door: '/r' | '/s'
  t: (word: Word, params?: Params) => string
  again: () => void
}) {
  const why = () => {
    const { t, delay } = props
    if (delay?.why === 'busy') return t('faultBusy')
    if (delay?.why !== 'limited') return t('fault')
    const wait = WAITS.find(({ upToMs }) => delay.retryAfterMs <= upToMs) ?? WAITS[0]
    return t('faultLimited', { wait: t(wait.word, { n: Math.max(1, Math.ceil(delay.retryAfterMs / wait.ms)) }) })
  }
  return (
    <>
      <Title text={props.t('faultTitle')} />
      <p role="status">{why()}</p>
      <button type="button" class="button" onClick={() => props.again()}>
        {props.t('again')}
      </button>
      <Show when={props.delay?.why === 'limited'}>
        <p>
          <a href={props.door}>{props.t('otherCode')}</a>
        </p>
      </Show>
    </>
  )
}
