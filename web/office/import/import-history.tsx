import { createAsync } from '@solidjs/router'
import { For, Show } from 'solid-js'
import { ScrollTable } from '../../ui/scroll-table.tsx'
import { getImports } from '../api/queries.ts'
import type { ImportRun, Page } from '../api/types.ts'
import { count, instant } from '../lib/format.ts'
import { locale, t } from '../lib/locale.ts'
import { createPaged } from '../lib/paged.ts'
import { actorName } from './actor-name.ts'
import { focusRow, MoreButton } from '../shell/more-button.tsx'

export function ImportHistory() {
  const first = createAsync(() => getImports(null))
  return (
    <section aria-labelledby="history">
      <h2 id="history">{t('import.history')}</h2>
      <Show keyed when={first()}>
        {(page) => (
          <Show when={page.items.length > 0} fallback={<p class="empty">{t('import.historyNone')}</p>}>
            <Runs first={page} />
          </Show>
        )}
      </Show>
    </section>
  )
}

function Runs(props: { first: Page<ImportRun> }) {
  // The list lives exactly as long as its first page (keyed above), so reading the props once is right.
  const list = createPaged(props.first, getImports)
  const n = (value: number) => count(value, locale())
  let body: HTMLTableSectionElement | undefined
  return (
    <>
      <ScrollTable caption={t('import.historyCaption')} captionHidden class="compact">
        <thead>
          <tr>
            <th scope="col">{t('import.at')}</th>
            <th scope="col">{t('import.by')}</th>
            <th scope="col" class="number">
              {t('import.rows')}
            </th>
            <th scope="col" class="number">
              {t('import.created')}
            </th>
            <th scope="col" class="number">
              {t('import.updated')}
            </th>
            <th scope="col" class="number">
              {t('import.unchanged')}
            </th>
            <th scope="col" class="number">
              {t('import.rejected')}
            </th>
          </tr>
        </thead>
        <tbody ref={(element) => (body = element)}>
          <For each={list.items()}>
            {(run) => (
              <tr>
                <th scope="row">{instant(run.at, locale())}</th>
                <td>{actorName(run.by)}</td>
                <td class="number">{n(run.rows)}</td>
                <td class="number">{n(run.created)}</td>
                <td class="number">{n(run.updated)}</td>
                <td class="number">{n(run.unchanged)}</td>
                <td class="number">{n(run.rejected)}</td>
              </tr>
            )}
          </For>
        </tbody>
      </ScrollTable>
      <MoreButton list={list} arrived={(index) => focusRow(body, index)} />
    </>
  )
}
