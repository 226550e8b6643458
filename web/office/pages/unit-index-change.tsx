import { createAsync, useSearchParams } from '@solidjs/router'
import { createUniqueId, For, Show } from 'solid-js'
import type { Period } from '../api/types.ts'
import { ChangeTable } from '../indices/change-table.tsx'
import { IndexPage, type IndexView } from '../indices/index-page.tsx'
import { getChange, getSeries } from '../indices/queries.ts'
import { SeriesList } from '../indices/series-list.tsx'
import { say } from '../indices/words.ts'
import { periodsOf } from '../lib/period.ts'
import { Boundary } from '../shell/boundary.tsx'
import { nameOfPeriod } from '../unit/period-name.ts'

/** What a unit's scores did between two periods and why, and the whole line of periods with its breaks. */
export function UnitIndexChangePage() {
  return (
    <IndexPage tab="thay-doi">
      {(view) => (
        <>
          <Boundary>
            <Change view={view()} />
          </Boundary>
          <Boundary>
            <Series view={view()} />
          </Boundary>
        </>
      )}
    </IndexPage>
  )
}

/** Periods of the same length that lie before, the newest first. */
const earlier = ({ periods, asked }: IndexView): Period[] =>
  periodsOf(periods, asked.period.kind).filter(({ to }) => to < asked.period.from)

function Change(props: { view: IndexView }) {
  const id = createUniqueId()
  const [search, setSearch] = useSearchParams<{ base?: string }>()
  const base = () => earlier(props.view).find(({ from }) => from === search.base) ?? earlier(props.view)[0] ?? null
  const change = createAsync(async () => {
    const chosen = base()
    return chosen === null ? null : getChange(props.view.scores.unit.id, props.view.asked, chosen)
  })
  return (
    <section aria-labelledby="thay-doi">
      <h2 id="thay-doi">{say('change.title')}</h2>
      <Show when={base()} fallback={<p class="empty">{say('change.noEarlier')}</p>}>
        {(chosen) => (
          <>
            <div class="field change-base">
              <label for={id}>{say('change.base')}</label>
              <select id={id} onChange={(event) => setSearch({ base: event.currentTarget.value }, { scroll: false })}>
                <For each={earlier(props.view)}>
                  {(period) => (
                    <option value={period.from} selected={period.from === chosen().from}>
                      {nameOfPeriod(period)}
                    </option>
                  )}
                </For>
              </select>
            </div>
            <Show when={change() !== undefined}>
              <Show
                when={change()}
                fallback={<p class="empty">{say('change.notComputed', { period: nameOfPeriod(chosen()) })}</p>}
              >
                {(known) => <ChangeTable change={known()} scale={props.view.scores.index.scale} />}
              </Show>
            </Show>
          </>
        )}
      </Show>
    </section>
  )
}

function Series(props: { view: IndexView }) {
  const series = createAsync(() => getSeries(props.view.scores.unit.id, props.view.asked, null))
  return <Show when={series()}>{(known) => <SeriesList series={known()} scale={props.view.scores.index.scale} />}</Show>
}
