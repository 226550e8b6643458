import { createAsync, useIsRouting, useParams, useSearchParams } from '@solidjs/router'
import { createMemo, Show } from 'solid-js'
import { ApiError } from '../api/errors.ts'
import { getPeriods, getSummary } from '../api/queries.ts'
import type { Compare, Periods, Summary, UnitKind } from '../api/types.ts'
import { t } from '../lib/locale.ts'
import { choosePeriod } from '../lib/period.ts'
import { Boundary } from '../shell/boundary.tsx'
import { ChildrenSection } from '../unit/children-table.tsx'
import { CountsSection } from '../unit/counts.tsx'
import { FieldsSection } from '../unit/fields-table.tsx'
import { FiguresSection } from '../unit/figures.tsx'
import { FilterBar } from '../unit/filter-bar.tsx'
import { ItemsSection } from '../unit/items-table.tsx'
import { Contents } from '../unit/contents.tsx'
import { NoPeriods } from '../unit/no-periods.tsx'
import { nameOfPeriod } from '../unit/period-name.ts'
import { UnitHeader } from '../unit/unit-header.tsx'
import { WeakSection } from '../unit/weak-section.tsx'

/** What a unit can be compared with, the usual one first. A province is all of its units: nothing is left beside it. */
const comparesOf = (kind: UnitKind): readonly Compare[] =>
  kind === 'province' ? ['previous'] : ['province', 'peers', 'previous']

/** The department page: what was done, what people said, and where the unit is weak, in one calendar period. */
export function UnitPage() {
  const params = useParams<{ id: string }>()
  return (
    <Show keyed when={params.id}>
      {(id) => (
        <div class="page">
          <Boundary page>
            <Periodic unit={Number(id)} />
          </Boundary>
        </div>
      )}
    </Show>
  )
}

function Periodic(props: { unit: number }) {
  const periods = createAsync(() => getPeriods())
  return (
    <Show when={periods()}>
      {(known) => (
        <Show when={known().items.length > 0} fallback={<NoPeriods title={t('nav.units')} />}>
          <UnitInPeriod unit={props.unit} periods={known()} />
        </Show>
      )}
    </Show>
  )
}

function UnitInPeriod(props: { unit: number; periods: Periods }) {
  const [search, setSearch] = useSearchParams<{ from?: string; to?: string; compare?: string }>()
  const routing = useIsRouting()
  const period = createMemo(() => choosePeriod(props.periods.items, props.periods.latest, search.from, search.to))
  const summary = createAsync(async () => {
    const asked = period()
    if (asked === null) throw new ApiError(404, 'not_found', null, [])
    return getSummary(props.unit, asked)
  })
  return (
    <Show when={summary()}>
      {(loaded) => {
        const compares = () => comparesOf(loaded().unit.kind)
        const compare = (): Compare => compares().find((one) => one === search.compare) ?? compares()[0] ?? 'previous'
        return (
          <>
            <UnitHeader summary={loaded()} />
            <FilterBar
              periods={props.periods.items}
              period={loaded().period}
              compare={compare()}
              compares={compares()}
              choose={(next) =>
                setSearch({ from: next.period.from, to: next.period.to, compare: next.compare }, { scroll: false })
              }
            />
            <p class="showing" role="status" data-busy={routing() ? '' : undefined}>
              {routing()
                ? t('app.updating')
                : t('unit.showing', {
                    period: nameOfPeriod(loaded().period),
                    compare: t(`compare.${compare()}`),
                  })}
            </p>
            <div aria-busy={routing()} class="unit-body">
              <Show when={loaded().counts.dossiers > 0} fallback={<NoDossiers summary={loaded()} />}>
                <UnitBody summary={loaded()} compare={compare()} />
              </Show>
            </div>
          </>
        )
      }}
    </Show>
  )
}

function NoDossiers(props: { summary: Summary }) {
  return (
    <div class="empty">
      <p>{t('unit.noDossiers', { period: nameOfPeriod(props.summary.period) })}</p>
      <p>{t('unit.noDossiersNext')}</p>
    </div>
  )
}

function UnitBody(props: { summary: Summary; compare: Compare }) {
  return (
    <>
      <Contents summary={props.summary} />
      <CountsSection summary={props.summary} />
      <WeakSection unit={props.summary.unit.id} period={props.summary.period} compare={props.compare} />
      <FiguresSection figures={props.summary.figures} unit={props.summary.unit.id} period={props.summary.period} />
      <ItemsSection items={props.summary.items} period={props.summary.period} />
      <FieldsSection fields={props.summary.fields} period={props.summary.period} />
      <Show when={props.summary.children.length > 0}>
        <ChildrenSection rows={props.summary.children} period={props.summary.period} />
      </Show>
    </>
  )
}
