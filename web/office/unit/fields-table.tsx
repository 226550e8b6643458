import { For, Show } from 'solid-js'
import { ScrollTable } from '../../ui/scroll-table.tsx'
import type { FieldRow, Period } from '../api/types.ts'
import { ReadingCell } from '../figures/reading-cell.tsx'
import { byName, count } from '../lib/format.ts'
import { locale, t } from '../lib/locale.ts'
import { SECTION } from './contents.tsx'
import { nameOfPeriod } from './period-name.ts'
import { Section } from './section.tsx'

/** Satisfaction by field (lĩnh vực), by name. A month is not split by field, so it has the dossiers alone. */
export function FieldsSection(props: { fields: readonly FieldRow[]; period: Period }) {
  const sorted = () => {
    const compare = byName(locale())
    return [...props.fields].sort((a, b) => compare(a.field, b.field))
  }
  const isMonth = () => props.period.kind === 'month'
  return (
    <Section id={SECTION.fields} title={t('fields.title')}>
      <Show when={props.fields.length > 0} fallback={<p class="empty">{t('fields.none')}</p>}>
        <Show when={isMonth()}>
          <p class="lead">{t('fields.month')}</p>
        </Show>
        <ScrollTable
          caption={t(isMonth() ? 'fields.captionMonth' : 'fields.caption', { period: nameOfPeriod(props.period) })}
          class="wide-first"
        >
          <thead>
            <tr>
              <th scope="col">{t('fields.field')}</th>
              <Show when={!isMonth()}>
                <th scope="col" class="reading-column">
                  {t('table.satisfaction')}
                </th>
              </Show>
              <th scope="col" class="number">
                {t('table.dossiers')}
              </th>
            </tr>
          </thead>
          <tbody>
            <For each={sorted()}>
              {(row) => (
                <tr>
                  <th scope="row">{row.field}</th>
                  <Show when={!isMonth()}>
                    <td>
                      <ReadingCell estimate={row.satisfaction} needed={row.needed} />
                    </td>
                  </Show>
                  <td class="number">{count(row.dossiers, locale())}</td>
                </tr>
              )}
            </For>
          </tbody>
        </ScrollTable>
      </Show>
    </Section>
  )
}
