import { createAsync } from '@solidjs/router'
import { Show } from 'solid-js'
import { getImports } from '../api/queries.ts'
import type { ImportRun, Page } from '../api/types.ts'
import { count, instant } from '../lib/format.ts'
import { locale, t } from '../lib/locale.ts'
import { actorName } from './actor-name.ts'
import { PagedTable } from '../shell/paged-table.tsx'

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
  const n = (value: number) => count(value, locale())
  return (
    <PagedTable
      first={props.first}
      load={getImports}
      caption={t('import.historyCaption')}
      captionHidden
      class="compact"
      head={
        <>
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
        </>
      }
    >
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
    </PagedTable>
  )
}
