import { A, createAsync, useNavigate, useSearchParams } from '@solidjs/router'
import { For, Show } from 'solid-js'
import { getPeriods, getSummary, getUnits } from '../api/queries.ts'
import type { Page, Period, UnitKind, UnitRef, UnitView } from '../api/types.ts'
import { t } from '../lib/locale.ts'
import { useSession } from '../lib/session.tsx'
import { path } from '../path.ts'
import { Boundary } from '../shell/boundary.tsx'
import { PagedTable } from '../shell/paged-table.tsx'
import { PageHeading } from '../shell/page-heading.tsx'
import { ChildrenTable } from '../unit/children-table.tsx'
import { validity } from '../unit/validity.ts'

const KINDS: readonly UnitKind[] = ['province', 'department', 'centre', 'one_stop', 'commune', 'district']

export function UnitsPage() {
  const me = useSession()
  const [search] = useSearchParams<{ q?: string; kind?: string }>()
  const words = () => search.q ?? ''
  const kind = () => search.kind ?? ''
  const searching = () => words() !== '' || kind() !== ''
  return (
    <div class="page">
      <PageHeading title={t('units.title')} />
      <p class="lead">{t('units.lead')}</p>
      <UnitSearch words={words()} kind={kind()} />
      <Boundary>
        <Show when={!searching() && me().province} fallback={<UnitList words={words()} kind={kind()} />}>
          {(province) => <Overview province={province()} />}
        </Show>
      </Boundary>
    </div>
  )
}

function UnitSearch(props: { words: string; kind: string }) {
  const navigate = useNavigate()
  const submit = (event: SubmitEvent & { currentTarget: HTMLFormElement }) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    navigate(path.units(String(form.get('q') ?? '').trim(), String(form.get('kind') ?? '')))
  }
  return (
    <form class="toolbar" role="search" aria-label={t('units.search')} onSubmit={submit}>
      <div class="field">
        <label for="q">{t('units.search')}</label>
        <input id="q" name="q" type="search" maxlength="100" value={props.words} />
      </div>
      <div class="field">
        <label for="kind">{t('units.kind')}</label>
        <select id="kind" name="kind">
          <option value="">{t('units.kindAll')}</option>
          <For each={KINDS}>
            {(one) => (
              <option value={one} selected={one === props.kind}>
                {t(`kind.${one}`)}
              </option>
            )}
          </For>
        </select>
      </div>
      <button type="submit" class="button">
        {t('units.find')}
      </button>
      <Show when={props.words !== '' || props.kind !== ''}>
        <A class="button" data-kind="quiet" href={path.units()}>
          {t('units.clear')}
        </A>
      </Show>
    </form>
  )
}

function UnitList(props: { words: string; kind: string }) {
  const first = createAsync(() => getUnits(props.words, props.kind, null))
  return (
    <section aria-labelledby="results">
      <h2 id="results">{props.words === '' && props.kind === '' ? t('units.caption') : t('units.results')}</h2>
      <Show keyed when={first()}>
        {(page) => (
          <Show when={page.items.length > 0} fallback={<p class="empty">{t('units.none')}</p>}>
            <UnitRows first={page} words={props.words} kind={props.kind} />
          </Show>
        )}
      </Show>
    </section>
  )
}

function UnitRows(props: { first: Page<UnitView>; words: string; kind: string }) {
  return (
    <PagedTable
      first={props.first}
      load={(cursor) => getUnits(props.words, props.kind, cursor)}
      caption={t('units.caption')}
      captionHidden
      head={
        <>
          <th scope="col">{t('units.name')}</th>
          <th scope="col">{t('units.kind')}</th>
          <th scope="col">{t('units.validity')}</th>
        </>
      }
    >
      {(unit) => (
        <tr>
          <th scope="row">
            <A href={path.unit(unit.id)}>{unit.name}</A>
          </th>
          <td>{t(`kind.${unit.kind}`)}</td>
          <td>{validity(unit)}</td>
        </tr>
      )}
    </PagedTable>
  )
}

function Overview(props: { province: UnitRef }) {
  const periods = createAsync(() => getPeriods())
  return (
    <section aria-labelledby="overview">
      <h2 id="overview">{t('units.overview', { province: props.province.name })}</h2>
      <Show
        when={periods()?.latest}
        fallback={
          <Show when={periods() !== undefined}>
            <UnitList words="" kind="" />
          </Show>
        }
      >
        {(latest) => <OverviewTable province={props.province} period={latest()} />}
      </Show>
    </section>
  )
}

function OverviewTable(props: { province: UnitRef; period: Period }) {
  const summary = createAsync(() => getSummary(props.province.id, props.period))
  return (
    <>
      <p>{t('units.overviewLead')}</p>
      <Show when={summary()}>{(loaded) => <ChildrenTable rows={loaded().children} period={loaded().period} />}</Show>
    </>
  )
}
