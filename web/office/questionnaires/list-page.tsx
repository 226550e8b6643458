import { A, createAsync } from '@solidjs/router'
import { For, Show } from 'solid-js'
import { ScrollTable } from '../../ui/scroll-table.tsx'
import type { Page } from '../api/types.ts'
import { count, day } from '../lib/format.ts'
import { locale, own } from '../lib/locale.ts'
import { createPaged } from '../lib/paged.ts'
import { path } from '../path.ts'
import { Boundary } from '../shell/boundary.tsx'
import { focusRow, MoreButton } from '../shell/more-button.tsx'
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
  // The list lives exactly as long as its first page (keyed above), so reading the props once is right.
  const list = createPaged(props.first, (cursor) => getQuestionnaires(cursor))
  let body: HTMLTableSectionElement | undefined
  return (
    <>
      <ScrollTable caption={say('list.caption')} class="compact wide-first">
        <thead>
          <tr>
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
          </tr>
        </thead>
        <tbody ref={(element) => (body = element)}>
          <For each={list.items()}>
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
          </For>
        </tbody>
      </ScrollTable>
      <MoreButton list={list} arrived={(index) => focusRow(body, index)} />
    </>
  )
}
