import { A, createAsync } from '@solidjs/router'
import { Show } from 'solid-js'
import type { Page } from '../api/types.ts'
import { count, day } from '../lib/format.ts'
import { locale, own } from '../lib/locale.ts'
import { path } from '../path.ts'
import { Boundary } from '../shell/boundary.tsx'
import { PagedTable } from '../shell/paged-table.tsx'
import { PageHeading } from '../shell/page-heading.tsx'
import { ImportForm } from './import-form.tsx'
import { NewForm } from './new-form.tsx'
import { getQuestionnaires } from './queries.ts'
import { StateMark } from './state-mark.tsx'
import type { QuestionnaireLine } from './types.ts'
import { say } from './words.ts'

/** All questionnaires with their states, and the ways to a new one. */
export function QuestionnairesPage() {
  return (
    <div class="page questionnaires">
      <PageHeading title={say('list.title')} />
      <p class="lead">{say('list.lead')}</p>
      <Boundary>
        <Loaded />
      </Boundary>
      <section aria-labelledby="new">
        <h2 id="new">{say('new.title')}</h2>
        <div class="two-cards">
          <NewForm />
          <ImportForm />
        </div>
      </section>
    </div>
  )
}

function Loaded() {
  const first = createAsync(() => getQuestionnaires(null))
  return (
    <Show keyed when={first()}>
      {(page) => <Table first={page} />}
    </Show>
  )
}

function Table(props: { first: Page<QuestionnaireLine> }) {
  return (
    <PagedTable
      first={props.first}
      load={(cursor) => getQuestionnaires(cursor)}
      caption={say('list.caption')}
      class="compact wide-first"
      head={
        <>
          <th scope="col">{say('list.name')}</th>
          <th scope="col">{say('list.state')}</th>
          <th scope="col">{say('list.for')}</th>
          <th scope="col" class="number">
            {say('list.questions')}
          </th>
          <th scope="col" class="number">
            {say('list.minutes')}
          </th>
          <th scope="col">{say('list.changed')}</th>
        </>
      }
    >
      {(one) => (
        <tr>
          <th scope="row">
            <A href={path.questionnaire(one.code, one.version)}>{own(one.title) || one.code}</A>
            <span class="cell-note">{say('key', { code: one.code, version: one.version })}</span>
          </th>
          <td>
            <StateMark state={one.state} />
          </td>
          <td>{say(`population.${one.population}`)}</td>
          <td class="number">{count(one.questions, locale())}</td>
          <td class="number">{count(one.minutes, locale())}</td>
          <td>{one.changedAt === null ? '–' : day(one.changedAt, locale())}</td>
        </tr>
      )}
    </PagedTable>
  )
}
