import { A, createAsync, revalidate, useNavigate } from '@solidjs/router'
import { Show } from 'solid-js'
import { getPeriods } from '../api/queries.ts'
import type { Page, Period, Periods } from '../api/types.ts'
import { runFailure } from '../indices/not-computed.tsx'
import { getRuns, makeRun } from '../indices/queries.ts'
import type { Edition, IndexRun } from '../indices/types.ts'
import { whoWords } from '../indices/who.ts'
import { WithEdition } from '../indices/with-edition.tsx'
import { say } from '../indices/words.ts'
import { count, instant } from '../lib/format.ts'
import { locale, own } from '../lib/locale.ts'
import { useSession } from '../lib/session.tsx'
import { path } from '../path.ts'
import { Boundary } from '../shell/boundary.tsx'
import { PagedTable } from '../shell/paged-table.tsx'
import { PageHeading } from '../shell/page-heading.tsx'
import { PeriodForm } from '../unit/period-form.tsx'
import { nameOfPeriod } from '../unit/period-name.ts'

/** When an index was computed, for which periods, and a way to compute it for another. */
export function IndexRunsPage() {
  return <WithEdition>{(edition) => <View edition={edition()} />}</WithEdition>
}

function View(props: { edition: Edition }) {
  const periods = createAsync(() => getPeriods())
  const canCompute = () => props.edition.state === 'shipped' || props.edition.state === 'published'
  return (
    <>
      <PageHeading title={say('runs.heading', { name: own(props.edition.label) })} />
      <p class="unit-facts">
        <A href={path.edition(props.edition)}>{say('edit.back')}</A>
      </p>
      <p class="lead">{say('runs.lead')}</p>
      <Show when={canCompute() && periods()}>{(known) => <Start edition={props.edition} periods={known()} />}</Show>
      <Boundary>
        <List edition={props.edition} />
      </Boundary>
    </>
  )
}

function Start(props: { edition: Edition; periods: Periods }) {
  const navigate = useNavigate()
  const start = async (period: Period) => {
    const run = await makeRun(props.edition, period)
    await revalidate()
    navigate(path.indexRun(run.id))
  }
  return <PeriodForm periods={props.periods} label={say('runs.start')} run={start} problem={runFailure} />
}

function List(props: { edition: Edition }) {
  const first = createAsync(() => getRuns({ id: props.edition.id, edition: props.edition.edition }, null))
  return (
    <Show keyed when={first()}>
      {(page) => (
        <Show when={page.items.length > 0} fallback={<p class="empty">{say('runs.none')}</p>}>
          <Rows first={page} edition={props.edition} />
        </Show>
      )}
    </Show>
  )
}

function Rows(props: { first: Page<IndexRun>; edition: Edition }) {
  const me = useSession()
  return (
    <PagedTable
      first={props.first}
      load={(cursor) => getRuns({ id: props.edition.id, edition: props.edition.edition }, cursor)}
      caption={say('runs.caption')}
      captionHidden
      head={
        <>
          <th scope="col">{say('series.period')}</th>
          <th scope="col">{say('runs.at')}</th>
          <th scope="col">{say('runs.by')}</th>
          <th scope="col" class="number">
            {say('runs.answers')}
          </th>
        </>
      }
    >
      {(run) => (
        <tr>
          <th scope="row">
            <A href={path.indexRun(run.id)}>{nameOfPeriod(run)}</A>
          </th>
          <td>{instant(run.madeAt, locale())}</td>
          <td>{whoWords(run.madeBy, me())}</td>
          <td class="number">{count(run.answers, locale())}</td>
        </tr>
      )}
    </PagedTable>
  )
}
