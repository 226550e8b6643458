import { A } from '@solidjs/router'
import { For, Show } from 'solid-js'
import { ScrollTable } from '../../ui/scroll-table.tsx'
import type { ChildRow, Period } from '../api/types.ts'
import { ReadingCell } from '../figures/reading-cell.tsx'
import { byName, count } from '../lib/format.ts'
import { locale, t } from '../lib/locale.ts'
import { path } from '../path.ts'
import { SECTION } from './contents.tsx'
import { nameOfPeriod } from './period-name.ts'
import { Section } from './section.tsx'

export function ChildrenSection(props: { rows: readonly ChildRow[]; period: Period }) {
  return (
    <Section id={SECTION.children} title={t('children.title')}>
      <p class="lead">{t('units.overviewLead')}</p>
      <ChildrenTable rows={props.rows} period={props.period} />
    </Section>
  )
}

/** The units below a province with their satisfaction, by name: intervals overlap, so an order by score would mislead. */
export function ChildrenTable(props: { rows: readonly ChildRow[]; period: Period }) {
  const sorted = () => {
    const compare = byName(locale())
    return [...props.rows].sort((a, b) => compare(a.unit.name, b.unit.name))
  }
  const anyHidden = () => props.rows.some((row) => row.satisfaction.suppressed === 'complementary')
  return (
    <>
      <ScrollTable caption={t('children.caption', { period: nameOfPeriod(props.period) })} class="wide-first">
        <thead>
          <tr>
            <th scope="col">{t('children.unit')}</th>
            <th scope="col" class="reading-column">
              {t('table.satisfaction')}
            </th>
            <th scope="col" class="number">
              {t('table.dossiers')}
            </th>
            <th scope="col" class="number">
              {t('table.answered')}
            </th>
          </tr>
        </thead>
        <tbody>
          <For each={sorted()}>
            {(row) => (
              <tr>
                <th scope="row">
                  <A href={path.unit(row.unit.id, { period: props.period })}>{row.unit.name}</A>
                  <span class="cell-note">{t(`kind.${row.unit.kind}`)}</span>
                </th>
                <td>
                  <ReadingCell estimate={row.satisfaction} needed={row.needed} />
                </td>
                <td class="number">{count(row.dossiers, locale())}</td>
                <td class="number">{count(row.answered, locale())}</td>
              </tr>
            )}
          </For>
        </tbody>
      </ScrollTable>
      <Show when={anyHidden()}>
        <p class="quiet">{t('children.hidden')}</p>
      </Show>
    </>
  )
}
