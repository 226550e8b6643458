import { A } from '@solidjs/router'
import { t } from '../lib/locale.ts'
import { path } from '../path.ts'
import { PageHeading } from '../shell/page-heading.tsx'

export function NotFoundPage() {
  return (
    <div class="page">
      <PageHeading title={t('notFound.title')} />
      <p>{t('notFound.text')}</p>
      <p>
        <A class="button" href={path.home()}>
          {t('notFound.back')}
        </A>
      </p>
    </div>
  )
}
