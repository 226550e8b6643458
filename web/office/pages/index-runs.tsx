import { A, createAsync, revalidate, useNavigate } from '@solidjs/router'
import { createSignal, For, Show } from 'solid-js'
import { Notice } from '../../ui/notice.tsx'
import { ScrollTable } from '../../ui/scroll-table.tsx'
import { getPeriods } from '../api/queries.ts'
import type { Page, Periods } from '../api/types.ts'
import { runFailure } from '../indices/not-computed.tsx'
import { getRuns, makeRun } from '../indices/queries.ts'
import type { Edition, IndexRun } from '../indices/types.ts'
import { whoWords } from '../indices/who.ts'
import { WithEdition } from '../indices/with-edition.tsx'
import { say } from '../indices/words.ts'
import { count, instant } from '../lib/format.ts'
import { locale, own } from '../lib/locale.ts'
import { createPaged } from '../lib/paged.ts'
import { choosePeriod } from '../lib/period.ts'
import { useSession } from '../lib/session.tsx'
import { path } from '../path.ts'
import { Boundary } from '../shell/boundary.tsx'
import { focusRow, MoreButton } from '../shell/more-button.tsx'
import { PageHeading } from '../shell/page-heading.tsx'
import { PeriodFields } from '../unit/period-fields.tsx'
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
  const [chosen, setChosen] = createSignal(
    choosePeriod(props.periods.items, props.periods.latest, undefined, undefined),
  )
  const [busy, setBusy] = createSignal(false)
  const [failure, setFailure] = createSignal<unknown>(null)
  const start = async (event: SubmitEvent) => {
    event.preventDefault()
    const period = chosen()
    if (busy() || period === null) return
    setBusy(true)
    setFailure(null)
    try {
      const run = await makeRun(props.edition, period)
      await revalidate()
      navigate(path.indexRun(run.id))
    } catch (error) {
      setFailure(() => error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Show when={chosen()} fallback={<p class="empty">{say('run.nothing')}</p>}>
      {(period) => (
        <form
          class="toolbar filter-bar"
          aria-label={say('runs.start')}
          novalidate
          onSubmit={(event) => void start(event)}
        >
          <PeriodFields periods={props.periods.items} period={period()} choose={setChosen} />
          <button type="submit" class="button" aria-disabled={busy()}>
            {say(busy() ? 'run.busy' : 'runs.start')}
          </button>
          <Show when={failure()}>
            {(error) => (
              <Notice kind="error" heading={say('run.problem')}>
                <p>{runFailure(error())}</p>
              </Notice>
            )}
          </Show>
        </form>
      )}
    </Show>
  )
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
  // the list lives exactly as long as its first page (keyed above)
  const list = createPaged(props.first, (cursor) =>
    getRuns({ id: props.edition.id, edition: props.edition.edition }, cursor),
  )
  let body: HTMLTableSectionElement | undefined
  return (
    <>
      <ScrollTable caption={say('runs.caption')} captionHidden>
        <thead>
          <tr>
            <th scope="col">{say('series.period')}</th>
            <th scope="col">{say('runs.at')}</th>
            <th scope="col">{say('runs.by')}</th>
            <th scope="col" class="number">
              {say('runs.answers')}
            </th>
          </tr>
        </thead>
        <tbody ref={(element) => (body = element)}>
          <For each={list.items()}>
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
          </For>
        </tbody>
      </ScrollTable>
      <MoreButton list={list} arrived={(index) => focusRow(body, index)} />
    </>
  )
}
