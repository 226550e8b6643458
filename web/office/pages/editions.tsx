import { A, createAsync } from '@solidjs/router'
import { For, Show } from 'solid-js'
import { ScrollTable } from '../../ui/scroll-table.tsx'
import { EDITION_GROUPS, groupOf } from '../indices/choose-edition.ts'
import { getEditions } from '../indices/queries.ts'
import { say } from '../indices/words.ts'
import { count } from '../lib/format.ts'
import { locale, own } from '../lib/locale.ts'
import { path } from '../path.ts'
import { Boundary } from '../shell/boundary.tsx'
import { PageHeading } from '../shell/page-heading.tsx'

/** Every index there is: the province's own, our approximations, and the structures of published ones. */
export function EditionsPage() {
  return (
    <div class="page">
      <PageHeading title={say('editions.title')} />
      <p class="lead">{say('editions.lead')}</p>
      <p>
        <A href={path.agreement()}>{say('agreement.title')}</A>
      </p>
      <Boundary>
        <Listed />
      </Boundary>
    </div>
  )
}

function Listed() {
  const editions = createAsync(() => getEditions())
  const of = (group: (typeof EDITION_GROUPS)[number]) => (editions() ?? []).filter((one) => groupOf(one) === group)
  return (
    <Show when={editions()}>
      <For each={EDITION_GROUPS}>
        {(group) => (
          <section aria-labelledby={`nhom-${group}`}>
            <h2 id={`nhom-${group}`}>{say(`editions.group.${group}`)}</h2>
            <Show when={of(group).length > 0} fallback={<p class="empty">{say('editions.noneOwn')}</p>}>
              <ScrollTable caption={say(`editions.group.${group}`)} captionHidden class="wide-first">
                <thead>
                  <tr>
                    <th scope="col">{say('editions.name')}</th>
                    <th scope="col">{say('editions.edition')}</th>
                    <th scope="col">{say('editions.state')}</th>
                    <th scope="col" class="number">
                      {say('editions.indicators')}
                    </th>
                  </tr>
                </thead>
                <tbody>
                  <For each={of(group)}>
                    {(row) => (
                      <tr>
                        <th scope="row">
                          <A href={path.edition(row)}>{own(row.label)}</A>
                          <span class="cell-note">{row.id}</span>
                        </th>
                        <td>{row.edition}</td>
                        <td>{say(`edition.state.${row.state}`)}</td>
                        <td class="number">{count(row.indicators, locale())}</td>
                      </tr>
                    )}
                  </For>
                </tbody>
              </ScrollTable>
            </Show>
          </section>
        )}
      </For>
    </Show>
  )
}
