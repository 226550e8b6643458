import { For, Show } from 'solid-js'
import type { Unsent } from './standing.ts'
import { t } from './words.ts'

/** What would be lost with the tablet, in words and numbers. */
export function UnsentLines(props: { of: Unsent }) {
  const lines = () =>
    (
      [
        ['finished', 'unsentFinished'],
        ['begun', 'unsentBegun'],
        ['visits', 'unsentVisits'],
      ] as const
    ).filter(([kind]) => props.of[kind] > 0)
  return (
    <Show when={lines().length > 0} fallback={<p class="unsent-none">{t('unsentNone')}</p>}>
      <ul class="unsent">
        <For each={lines()}>{([kind, word]) => <li>{t(word, { n: props.of[kind] })}</li>}</For>
      </ul>
    </Show>
  )
}
