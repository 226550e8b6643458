import { A, createAsync, useParams, useSearchParams } from '@solidjs/router'
import { For, Show } from 'solid-js'
import type { Domain } from '../../charts/scale.ts'
import type { Estimate } from '../api/types.ts'
import { shortReading } from '../figures/reading-cell.tsx'
import { readEstimate, writeRange, writeValue } from '../figures/reading.ts'
import { say, sayIf } from '../indices/words.ts'
import { count, instant } from '../lib/format.ts'
import { hasKey, locale, t } from '../lib/locale.ts'
import { path } from '../path.ts'
import { PublicationActions } from '../publications/actions.tsx'
import { getReview, type Change, type Review } from '../publications/queries.ts'
import { Boundary } from '../shell/boundary.tsx'
import { PagedTable } from '../shell/paged-table.tsx'
import { PageHeading } from '../shell/page-heading.tsx'
import { nameOfPeriod } from '../unit/period-name.ts'

const CHANGES: readonly Change[] = ['new', 'changed', 'shown', 'hidden', 'carried', 'gone', 'same']

/** A run beside what the public saw before it: looked through, then published or withdrawn. */
export function PublicationPage() {
  const params = useParams<{ id: string }>()
  return (
    <Show keyed when={params.id}>
      {(id) => (
        <div class="page">
          <Boundary page>
            <Loaded id={Number(id)} />
          </Boundary>
        </div>
      )}
    </Show>
  )
}

function Loaded(props: { id: number }) {
  const [search, setSearch] = useSearchParams<{ show?: string }>()
  const show = () => (search.show === 'all' ? 'all' : 'changed')
  const review = createAsync(() => getReview(props.id, show(), null))
  return (
    <Show when={review()}>
      {(known) => (
        <>
          <PageHeading title={say('public.heading', { period: nameOfPeriod(known().run) })} />
          <p class="unit-facts">
            <A href={path.publications()}>{say('public.title')}</A>
            <span>{say(`public.state.${known().run.state}`)}</span>
            <span>{say('public.prepared', { at: instant(known().run.preparedAt, locale()) })}</span>
          </p>
          <Show when={known().run.withdrawn}>
            {(gone) => (
              <p class="caution">
                {say('public.withdrawn', {
                  at: instant(gone().at, locale()),
                  reason: say(`public.reason.${gone().reason ?? 'other'}`),
                })}
              </p>
            )}
          </Show>
          <PublicationActions run={known().run} />
          <section aria-labelledby="ra-soat">
            <h2 id="ra-soat">{say('public.review')}</h2>
            <p class="lead">
              {say(known().previous === null ? 'public.first' : 'public.compared', {
                units: count(known().units, locale()),
              })}
            </p>
            <Show when={known().heldBack > 0}>
              <p class="caution">{say('public.heldBack', { n: count(known().heldBack, locale()) })}</p>
            </Show>
            <ul>
              <For each={CHANGES.filter((change) => known().changes[change] > 0)}>
                {(change) => (
                  <li>
                    {say(`public.change.${change}`)}: {count(known().changes[change], locale())}
                  </li>
                )}
              </For>
            </ul>
            <fieldset class="segments">
              <legend>{say('public.show')}</legend>
              <div class="segments-row">
                <For each={['changed', 'all'] as const}>
                  {(one) => (
                    <label>
                      <input
                        type="radio"
                        name="show"
                        checked={show() === one}
                        onChange={() => setSearch({ show: one }, { scroll: false })}
                      />
                      <span>{say(`public.show.${one}`)}</span>
                    </label>
                  )}
                </For>
              </div>
            </fieldset>
            <Show keyed when={known()}>
              {(first) => (
                <Show when={first.items.length > 0} fallback={<p class="empty">{say('public.noneChanged')}</p>}>
                  <Rows first={first} show={show()} />
                </Show>
              )}
            </Show>
          </section>
        </>
      )}
    </Show>
  )
}

/** A figure as the unit's page calls it; what only the public pages have is named here. */
const figureName = (code: string): string => {
  const key = `figure.${code}`
  return hasKey(key) ? t(key) : (sayIf(`public.${key}`) ?? code)
}

/**
 * A published number in words. The response rate counts people who were invited and QĐ 766 dossiers: neither is a number of
 * answers.
 */
function inWords(code: string, estimate: Estimate, needed: number | null, scale: Domain): string {
  const reading = readEstimate(estimate, needed)
  const words = shortReading(reading, scale, estimate.se)
  if (reading.kind === 'plain' && reading.n !== null)
    return say('public.reading.dossiers', { value: words, n: count(reading.n, locale()) })
  if (code !== 'response_rate') return words
  if (reading.kind === 'too_few') return say('public.reading.invitedFew')
  if (reading.kind !== 'value' && reading.kind !== 'interval') return words
  const range = writeRange(reading.lo, reading.hi, scale, estimate.se, locale())
  const n = count(reading.n, locale())
  return reading.kind === 'value'
    ? say('public.reading.invited', { value: writeValue(reading.est, scale, estimate.se, locale()), range, n })
    : say('public.reading.invitedInterval', { range, n })
}

function Rows(props: { first: Review; show: 'all' | 'changed' }) {
  return (
    <PagedTable
      first={props.first}
      load={(cursor) => getReview(props.first.run.id, props.show, cursor)}
      caption={say('public.review')}
      captionHidden
      class="wide-first"
      head={
        <>
          <th scope="col">{say('agreement.unit')}</th>
          <th scope="col">{say('public.figure')}</th>
          <th scope="col">{say('public.now')}</th>
          <th scope="col">{say('public.before')}</th>
          <th scope="col">{say('public.change')}</th>
        </>
      }
    >
      {(row) => (
        <tr>
          <th scope="row">{row.unit.name}</th>
          <td>{figureName(row.code)}</td>
          <td>{inWords(row.code, row.estimate, row.needed, row.scale)}</td>
          <td>{row.previous === null ? '–' : inWords(row.code, row.previous, null, row.scale)}</td>
          <td>{say(`public.change.${row.change}`)}</td>
        </tr>
      )}
    </PagedTable>
  )
}
