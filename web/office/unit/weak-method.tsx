import { For, Show } from 'solid-js'
import { ScrollTable } from '../../ui/scroll-table.tsx'
import type { WeakSpots } from '../api/types.ts'
import { ReadingCell } from '../figures/reading-cell.tsx'
import { count, decimal, percent } from '../lib/format.ts'
import { locale, own, t } from '../lib/locale.ts'

/** How weak spots are found, in plain words with this page's own numbers. */
export function WeakMethod(props: { page: WeakSpots }) {
  return (
    <details class="how weak-method">
      <summary>{t('weak.how')}</summary>
      <ul>
        <li>{t('weak.howTested', { tested: count(props.page.tested, locale()) })}</li>
        <Show when={props.page.compare !== 'previous'}>
          <li>{t('weak.howRest')}</li>
        </Show>
        <li>{t('weak.howQ', { q: decimal(props.page.q, 2, locale()), share: percent(props.page.q, locale()) })}</li>
        <li>{t('weak.howOrder')}</li>
      </ul>
    </details>
  )
}

/** What was left out of the comparison, so that an absent procedure is not taken for a good one. */
export function NotCompared(props: { page: WeakSpots }) {
  const nothing = () => props.page.few.cells === 0 && props.page.intervalOnly.length === 0
  return (
    <details class="how">
      <summary>{t('weak.notCompared')}</summary>
      <Show when={nothing()}>
        <p>{t('weak.allCompared')}</p>
      </Show>
      <Show when={props.page.few.cells > 0}>
        <p>{t('weak.fewCells', { cells: count(props.page.few.cells, locale()) })}</p>
      </Show>
      <Show when={props.page.few.examples.length > 0}>
        <ScrollTable caption={t('weak.fewCaption')} class="compact">
          <thead>
            <tr>
              <th scope="col">{t('weak.procedure')}</th>
              <th scope="col">{t('weak.item')}</th>
              <th scope="col" class="number">
                {t('weak.need')}
              </th>
            </tr>
          </thead>
          <tbody>
            <For each={props.page.few.examples}>
              {(cell) => (
                <tr>
                  <th scope="row">{cell.procedure.name}</th>
                  <td>{own(cell.short)}</td>
                  <td class="number">{t('weak.about', { n: count(cell.needed, locale()) })}</td>
                </tr>
              )}
            </For>
          </tbody>
        </ScrollTable>
      </Show>
      <Show when={props.page.intervalOnly.length > 0}>
        <p>{t('weak.intervalOnly')}</p>
        <ScrollTable caption={t('weak.intervalCaption')} class="compact">
          <thead>
            <tr>
              <th scope="col">{t('weak.procedure')}</th>
              <th scope="col">{t('weak.item')}</th>
              <th scope="col">{t('weak.range')}</th>
            </tr>
          </thead>
          <tbody>
            <For each={props.page.intervalOnly}>
              {(cell) => (
                <tr>
                  <th scope="row">{cell.procedure.name}</th>
                  <td>{own(cell.short)}</td>
                  <td>
                    <ReadingCell estimate={cell.estimate} needed={null} />
                  </td>
                </tr>
              )}
            </For>
          </tbody>
        </ScrollTable>
      </Show>
    </details>
  )
}
