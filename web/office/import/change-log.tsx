import { createAsync } from '@solidjs/router'
import { Show } from 'solid-js'
import { getChanges } from '../api/queries.ts'
import type { DossierChange, Page } from '../api/types.ts'
import { instant } from '../lib/format.ts'
import { hasKey, keyOr, locale, t } from '../lib/locale.ts'
import { PagedTable } from '../shell/paged-table.tsx'
import { actorName } from './actor-name.ts'
import { columnName } from './file-error.ts'

/** Which values of known dossiers were changed by later imports. */
export function ChangeLog() {
  const first = createAsync(() => getChanges(null))
  return (
    <section aria-labelledby="changes">
      <h2 id="changes">{t('import.changes')}</h2>
      <p class="lead">{t('import.changesLead')}</p>
      <Show keyed when={first()}>
        {(page) => (
          <Show when={page.items.length > 0} fallback={<p class="empty">{t('import.changesNone')}</p>}>
            <Changes first={page} />
          </Show>
        )}
      </Show>
    </section>
  )
}

/** A stored field is called by the column of the list it comes from. */
const COLUMN_OF: Readonly<Record<string, string>> = {
  procedureCode: 'ma_tthc',
  responsibleUnitCode: 'ma_don_vi',
  receivingUnitCode: 'ma_don_vi_tiep_nhan',
  applicant: 'doi_tuong',
  channel: 'kenh_nop',
  receivedAt: 'ngay_tiep_nhan',
  dueAt: 'ngay_hen_tra',
  returnedAt: 'ngay_tra',
  supplementAt: 'ngay_yeu_cau_bo_sung',
  refusedAt: 'ngay_tu_choi',
  withdrawnAt: 'ngay_rut',
  status: 'trang_thai',
  sourceUpdatedAt: 'cap_nhat_luc',
}

/** Instants read as local time, the words of a column as people say them, codes as they are. */
function written(value: string | null): string {
  if (value === null || value === '') return '–'
  if (/^\d{4}-\d{2}-\d{2}T/.test(value)) return instant(value, locale())
  return hasKey(`value.${value}`) ? t(keyOr(`value.${value}`, 'import.field')) : value
}

function Changes(props: { first: Page<DossierChange> }) {
  return (
    <PagedTable
      first={props.first}
      load={getChanges}
      caption={t('import.changesCaption')}
      captionHidden
      class="compact"
      head={
        <>
          <th scope="col">{t('import.at')}</th>
          <th scope="col">{t('import.dossier')}</th>
          <th scope="col">{t('import.field')}</th>
          <th scope="col">{t('import.before')}</th>
          <th scope="col">{t('import.after')}</th>
          <th scope="col">{t('import.by')}</th>
        </>
      }
    >
      {(change) => (
        <tr>
          <td>{instant(change.at, locale())}</td>
          <th scope="row" class="code">
            {change.dossier}
          </th>
          <td>{columnName(COLUMN_OF[change.field] ?? change.field)}</td>
          <td>{written(change.old)}</td>
          <td>{written(change.new)}</td>
          <td>{actorName(change.by)}</td>
        </tr>
      )}
    </PagedTable>
  )
}
