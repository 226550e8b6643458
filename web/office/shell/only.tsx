import { Show, type ParentProps } from 'solid-js'
import type { Role } from '../api/types.ts'
import { t } from '../lib/locale.ts'
import { useSession } from '../lib/session.tsx'
import { PageHeading } from './page-heading.tsx'

/** Shows a page only to the roles that may use it. The server decides for itself; this only spares a useless request. */
export function Only(props: ParentProps<{ roles: readonly Role[] }>) {
  const me = useSession()
  return (
    <Show
      when={props.roles.includes(me().role)}
      fallback={
        <div class="page">
          <PageHeading title={t('noAccess.title')} />
          <p>{t('noAccess.text')}</p>
        </div>
      }
    >
      {props.children}
    </Show>
  )
}
