import { A, revalidate } from '@solidjs/router'
import { createSignal, Show } from 'solid-js'
import { getChanges, getImports } from '../api/queries.ts'
import type { ImportResult } from '../api/types.ts'
import { ChangeLog } from '../import/change-log.tsx'
import { ImportForm } from '../import/import-form.tsx'
import { ImportHistory } from '../import/import-history.tsx'
import { ImportResultView } from '../import/import-result.tsx'
import { t } from '../lib/locale.ts'
import { path } from '../path.ts'
import { Boundary } from '../shell/boundary.tsx'
import { PageHeading } from '../shell/page-heading.tsx'

/** A one-stop shop's list goes in; what was kept, what was refused and why comes out. */
export function ImportPage() {
  const [finished, setFinished] = createSignal<{ name: string; result: ImportResult } | null>(null)
  const done = (name: string, result: ImportResult) => {
    setFinished({ name, result })
    void revalidate([getImports.key, getChanges.key])
  }
  return (
    <div class="page">
      <PageHeading title={t('import.title')} />
      <p class="lead">{t('import.lead')}</p>
      <ImportForm started={() => setFinished(null)} done={done} />
      <Show keyed when={finished()}>
        {(file) => <ImportResultView name={file.name} result={file.result} />}
      </Show>
      <p>
        <A href={path.invitations()}>{t('import.toInvitations')}</A>
      </p>
      <Boundary>
        <ImportHistory />
      </Boundary>
      <Boundary>
        <ChangeLog />
      </Boundary>
    </div>
  )
}
