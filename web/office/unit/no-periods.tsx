import { A } from '@solidjs/router'
import { t } from '../lib/locale.ts'
import { path } from '../path.ts'
import { PageHeading } from '../shell/page-heading.tsx'

/** Nothing has been imported, so there is no period to look at. */
export function NoPeriods(props: { title: string }) {
  return (
    <>
      <PageHeading title={props.title} />
      <div class="empty">
        <p>{t('unit.noPeriods')}</p>
        <p>
          <A class="button" href={path.import()}>
            {t('unit.noPeriodsNext')}
          </A>
        </p>
      </div>
    </>
  )
}
