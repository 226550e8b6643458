import { For } from 'solid-js'
import type { OfficeKey } from '../../i18n/office.vi.ts'
import type { Summary } from '../api/types.ts'
import { t } from '../lib/locale.ts'
import { JumpLink } from '../shell/jump-link.tsx'

/** Anchors of the page's sections; they stay the same in every language. */
export const SECTION = {
  counts: 'tong-quan',
  weak: 'diem-yeu',
  figures: 'chi-so',
  items: 'noi-dung',
  fields: 'linh-vuc',
  children: 'don-vi',
} as const

const ENTRIES: readonly { to: string; key: OfficeKey }[] = [
  { to: SECTION.counts, key: 'overview.title' },
  { to: SECTION.weak, key: 'weak.title' },
  { to: SECTION.figures, key: 'figures.title' },
  { to: SECTION.items, key: 'items.title' },
  { to: SECTION.fields, key: 'fields.title' },
]

export function Contents(props: { summary: Summary }) {
  const entries = () =>
    props.summary.children.length > 0 ? [...ENTRIES, { to: SECTION.children, key: 'children.title' as const }] : ENTRIES
  return (
    <nav class="contents" aria-label={t('unit.onThisPage')}>
      <ul>
        <For each={entries()}>
          {(entry) => (
            <li>
              <JumpLink to={entry.to}>{t(entry.key)}</JumpLink>
            </li>
          )}
        </For>
      </ul>
    </nav>
  )
}
