import { Navigate } from '@solidjs/router'
import { Show } from 'solid-js'
import { t } from '../lib/locale.ts'
import { useSession } from '../lib/session.tsx'
import { path } from '../path.ts'
import { PageHeading } from '../shell/page-heading.tsx'

/** The first page of each role: the whole province, the import, or the way to the page for tablets. */
export function HomePage() {
  const me = useSession()
  const first = () => {
    const { role, province } = me()
    if (role === 'importer') return path.import()
    return province === null ? path.units() : path.unit(province.id)
  }
  return (
    <Show when={me().role === 'interviewer'} fallback={<Navigate href={first()} />}>
      <div class="page">
        <PageHeading title={t('home.interviewerTitle')} />
        <p>{t('home.interviewer')}</p>
        <p>
          <a class="button" href={path.interviews()} rel="external">
            {t('home.interviews')}
          </a>
        </p>
      </div>
    </Show>
  )
}
