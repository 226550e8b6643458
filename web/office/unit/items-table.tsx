import { For, Show } from 'solid-js'
import { ScrollTable } from '../../ui/scroll-table.tsx'
import type { ItemRow, Period } from '../api/types.ts'
import { ReadingCell } from '../figures/reading-cell.tsx'
import { count } from '../lib/format.ts'
import { locale, own, t } from '../lib/locale.ts'
import { SECTION } from './contents.tsx'
import { nameOfPeriod } from './period-name.ts'
import { Section } from './section.tsx'

/** Every item asked, in the order of the questionnaire: favourable share, answers behind it, "not applicable". */
export function ItemsSection(props: { items: readonly ItemRow[]; period: Period }) {
  return (
    <Section id={SECTION.items} title={t('items.title')}>
      <p class="lead">{t('items.lead')}</p>
      <Show when={props.items.length > 0} fallback={<p class="empty">{t('items.none')}</p>}>
        <ScrollTable caption={t('items.caption', { period: nameOfPeriod(props.period) })} class="wide-first">
          <thead>
            <tr>
              <th scope="col">{t('items.item')}</th>
              <th scope="col" class="reading-column">
                {t('items.favourable')}
              </th>
              <th scope="col" class="number">
                {t('items.na')}
              </th>
            </tr>
          </thead>
          <tbody>
            <For each={props.items}>
              {(row) => (
                <tr>
                  <th scope="row">
                    {own(row.short)}
                    <span class="cell-note">{t(`items.rates.${row.rates}`)}</span>
                  </th>
                  <td>
                    <ReadingCell estimate={row.estimate} needed={row.needed} />
                  </td>
                  <td class="number">{row.counts === null ? '–' : count(row.counts.na, locale())}</td>
                </tr>
              )}
            </For>
          </tbody>
        </ScrollTable>
      </Show>
    </Section>
  )
}
