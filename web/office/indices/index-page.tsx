import { A, createAsync, useIsRouting, useParams, useSearchParams } from '@solidjs/router'
import { createMemo, For, Show, type JSX } from 'solid-js'
import { getPeriods } from '../api/queries.ts'
import type { Period, Periods } from '../api/types.ts'
import { day } from '../lib/format.ts'
import { locale, own, t } from '../lib/locale.ts'
import { choosePeriod } from '../lib/period.ts'
import { path, type IndexTab } from '../path.ts'
import { Boundary } from '../shell/boundary.tsx'
import { PageHeading } from '../shell/page-heading.tsx'
import { NoPeriods } from '../unit/no-periods.tsx'
import { nameOfPeriod } from '../unit/period-name.ts'
import { PageWarnings } from './about-index.tsx'
import { chooseEdition } from './choose-edition.ts'
import { IndexFilters } from './index-filters.tsx'
import { NotComputed } from './not-computed.tsx'
import { getEditions, getScores, type Asked } from './queries.ts'
import type { EditionRow, UnitScores } from './types.ts'
import { say } from './words.ts'

/** What a part of the page is made from. */
export type IndexView = { scores: UnitScores; asked: Asked; edition: EditionRow; periods: readonly Period[] }

type PartProps = { tab: IndexTab; children: (view: () => IndexView) => JSX.Element }

const TABS = [
  { tab: '', key: 'tab.scores', heading: 'heading.scores' },
  { tab: 'cach-tinh', key: 'tab.explain', heading: 'heading.explain' },
  { tab: 'thay-doi', key: 'tab.change', heading: 'heading.change' },
  { tab: 'do-vung', key: 'tab.sensitivity', heading: 'heading.sensitivity' },
  { tab: 'gia-dinh', key: 'tab.whatIf', heading: 'heading.whatIf' },
] as const
const headingOf = (tab: IndexTab) => TABS.find((one) => one.tab === tab)?.heading ?? 'heading.scores'

/** The frame of all parts of a unit's index page: whose scores, of which index and period, and the way to the other parts. */
export function IndexPage(props: PartProps) {
  const params = useParams<{ id: string }>()
  return (
    <Show keyed when={params.id}>
      {(id) => (
        <div class="page">
          <Boundary page>
            <WithChoices unit={Number(id)} {...props} />
          </Boundary>
        </div>
      )}
    </Show>
  )
}

function WithChoices(props: PartProps & { unit: number }) {
  const periods = createAsync(() => getPeriods())
  const editions = createAsync(() => getEditions())
  return (
    <Show when={periods()}>
      {(known) => (
        <Show when={known().items.length > 0} fallback={<NoPeriods title={say('page.title')} />}>
          <Show when={editions()}>{(listed) => <Chosen {...props} periods={known()} editions={listed()} />}</Show>
        </Show>
      )}
    </Show>
  )
}

function Chosen(props: PartProps & { unit: number; periods: Periods; editions: readonly EditionRow[] }) {
  const [search, setSearch] = useSearchParams<{
    index?: string
    edition?: string
    from?: string
    to?: string
    run?: string
  }>()
  const routing = useIsRouting()
  const edition = createMemo(() => chooseEdition(props.editions, search.index, search.edition))
  const period = createMemo(() => choosePeriod(props.periods.items, props.periods.latest, search.from, search.to))
  const run = () => (/^\d{1,15}$/.test(search.run ?? '') ? Number(search.run) : null)
  const asked = createMemo(() => {
    const [key, time] = [edition(), period()]
    return key === null || time === null
      ? null
      : { edition: { id: key.id, edition: key.edition }, period: time, run: run() }
  })
  const scores = createAsync(async () => {
    const what = asked()
    return what === null ? null : getScores(props.unit, what)
  })
  return (
    <Show when={asked() !== null && scores() !== undefined && { what: asked() as Asked, row: edition() as EditionRow }}>
      {(choice) => (
        <>
          <header class="unit-header">
            <PageHeading
              title={scores() ? say(headingOf(props.tab), { unit: scores()?.unit.name ?? '' }) : say('page.title')}
            />
            <p class="unit-facts">
              <A href={path.unit(props.unit, { period: choice().what.period })}>
                {scores() ? say('page.backTo', { unit: scores()?.unit.name ?? '' }) : say('page.back')}
              </A>
              <Show when={scores()}>{(loaded) => <span>{t(`kind.${loaded().unit.kind}`)}</span>}</Show>
            </p>
            <Breaks scores={scores() ?? null} />
          </header>
          <IndexFilters
            editions={props.editions}
            edition={choice().row}
            periods={props.periods.items}
            period={choice().what.period}
            choose={(next) =>
              setSearch(
                {
                  index: next.edition.id,
                  edition: next.edition.edition,
                  from: next.period.from,
                  to: next.period.to,
                  run: null,
                  node: null,
                },
                { scroll: false },
              )
            }
          />
          <p class="showing" role="status" data-busy={routing() ? '' : undefined}>
            {routing()
              ? t('app.updating')
              : say('page.showing', { index: own(choice().row.label), period: nameOfPeriod(choice().what.period) })}
          </p>
          <Tabs unit={props.unit} asked={choice().what} />
          <div aria-busy={routing()} class="unit-body index-body">
            <Show when={scores()} fallback={<NotComputed edition={choice().row} period={choice().what.period} />}>
              {(loaded) => (
                <>
                  <PageWarnings scores={loaded()} />
                  {props.children(() => ({
                    scores: loaded(),
                    asked: choice().what,
                    edition: choice().row,
                    periods: props.periods.items,
                  }))}
                </>
              )}
            </Show>
          </div>
        </>
      )}
    </Show>
  )
}

function Tabs(props: { unit: number; asked: Asked }) {
  return (
    <nav class="tabs" aria-label={say('tabs.label')}>
      <ul>
        <For each={TABS}>
          {({ tab, key }) => (
            <li>
              <A href={path.unitIndex(props.unit, tab, props.asked)} end>
                {say(key)}
              </A>
            </li>
          )}
        </For>
      </ul>
    </nav>
  )
}

/** What separates this period from others, before any number is read. */
function Breaks(props: { scores: UnitScores | null }) {
  return (
    <Show when={props.scores}>
      {(scores) => (
        <>
          <For each={scores().breaks}>
            {(one) => (
              <p class="series-break">
                {t(one.code === 'merger' ? 'unit.break.merger' : 'unit.break.other', { on: day(one.on, locale()) })}
              </p>
            )}
          </For>
          <Show when={scores().breaksBefore.length > 0}>
            <p class="series-break">
              {say('break.before', {
                list: scores()
                  .breaksBefore.map((code) => say(`break.${code}`))
                  .join('; '),
              })}
            </p>
          </Show>
        </>
      )}
    </Show>
  )
}
