import { A, createAsync, revalidate, useNavigate } from '@solidjs/router'
import { Show } from 'solid-js'
import { ApiError } from '../api/errors.ts'
import { getPeriods } from '../api/queries.ts'
import type { Page, Period, Periods } from '../api/types.ts'
import { whoWords } from '../indices/who.ts'
import { say } from '../indices/words.ts'
import { instant } from '../lib/format.ts'
import { locale } from '../lib/locale.ts'
import { useSession } from '../lib/session.tsx'
import { path } from '../path.ts'
import { getPublications, preparePublication, type Publication } from '../publications/queries.ts'
import { Boundary } from '../shell/boundary.tsx'
import { errorSentence } from '../shell/error-notice.tsx'
import { PagedTable } from '../shell/paged-table.tsx'
import { PageHeading } from '../shell/page-heading.tsx'
import { PeriodForm } from '../unit/period-form.tsx'
import { nameOfPeriod } from '../unit/period-name.ts'

/** What the public sees: runs that were prepared, looked through, published or withdrawn. */
export function PublicationsPage() {
  const periods = createAsync(() => getPeriods())
  return (
    <div class="page">
      <PageHeading title={say('public.title')} />
      <p class="lead">{say('public.lead')}</p>
      <Boundary>
        <Show when={periods()}>{(known) => <Prepare periods={known()} />}</Show>
      </Boundary>
      <Boundary>
        <List />
      </Boundary>
    </div>
  )
}

function Prepare(props: { periods: Periods }) {
  const navigate = useNavigate()
  const prepare = async (period: Period) => {
    const run = await preparePublication(period)
    await revalidate(getPublications.key)
    navigate(path.publication(run.id))
  }
  const problem = (error: unknown) =>
    error instanceof ApiError && error.issues.some(({ code }) => code === 'nothing_to_publish')
      ? say('run.nothing')
      : errorSentence(error)
  return <PeriodForm periods={props.periods} label={say('public.prepare')} run={prepare} problem={problem} />
}

function List() {
  const first = createAsync(() => getPublications(null))
  return (
    <Show keyed when={first()}>
      {(page) => (
        <Show when={page.items.length > 0} fallback={<p class="empty">{say('public.none')}</p>}>
          <Rows first={page} />
        </Show>
      )}
    </Show>
  )
}

function Rows(props: { first: Page<Publication> }) {
  const me = useSession()
  return (
    <PagedTable
      first={props.first}
      load={getPublications}
      caption={say('public.caption')}
      captionHidden
      head={
        <>
          <th scope="col">{say('series.period')}</th>
          <th scope="col">{say('editions.state')}</th>
          <th scope="col">{say('public.preparedAt')}</th>
          <th scope="col">{say('public.preparedBy')}</th>
          <th scope="col">{say('public.publishedAt')}</th>
        </>
      }
    >
      {(run) => (
        <tr>
          <th scope="row">
            <A href={path.publication(run.id)}>{nameOfPeriod(run)}</A>
          </th>
          <td>{say(`public.state.${run.state}`)}</td>
          <td>{instant(run.preparedAt, locale())}</td>
          <td>{whoWords(run.preparedBy, me())}</td>
          <td>{run.publishedAt === null ? '–' : instant(run.publishedAt, locale())}</td>
        </tr>
      )}
    </PagedTable>
  )
}
