import { createAsync } from '@solidjs/router'
import { createUniqueId, For, Show } from 'solid-js'
import { getWeakSpots } from '../api/queries.ts'
import type { Compare, Period, WeakSpots } from '../api/types.ts'
import { count } from '../lib/format.ts'
import { locale, t } from '../lib/locale.ts'
import { createPaged } from '../lib/paged.ts'
import { previousPeriod } from '../lib/period.ts'
import { Boundary } from '../shell/boundary.tsx'
import { focusRow, MoreButton } from '../shell/more-button.tsx'
import { SECTION } from './contents.tsx'
import { nameOfPeriod } from './period-name.ts'
import { Section } from './section.tsx'
import { NotCompared, WeakMethod } from './weak-method.tsx'
import { WeakSpotCard } from './weak-spot-card.tsx'

/** What the unit is compared with, named: the period before carries its own name. */
export const restName = (compare: Compare, period: Period): string =>
  t(`compare.restName.${compare}`, { period: nameOfPeriod(previousPeriod(period)) })

/** Where the unit is clearly worse than what it is compared with, surest first. */
export function WeakSection(props: { unit: number; period: Period; compare: Compare }) {
  return (
    <Section id={SECTION.weak} title={t('weak.title')} class="weak">
      <Boundary>
        <WeakSpotsLoaded unit={props.unit} period={props.period} compare={props.compare} />
      </Boundary>
    </Section>
  )
}

function WeakSpotsLoaded(props: { unit: number; period: Period; compare: Compare }) {
  const first = createAsync(() => getWeakSpots(props.unit, props.period, props.compare, null))
  return (
    <Show keyed when={first()}>
      {(page) => (
        <>
          <Show when={page.items.length > 0} fallback={<NoWeakSpots tested={page.tested} />}>
            <p class="lead">{t('weak.lead', { rest: t(`weak.leadRest.${page.compare}`) })}</p>
            <WeakList first={page} />
          </Show>
          <WeakMethod page={page} />
          <NotCompared page={page} />
        </>
      )}
    </Show>
  )
}

function NoWeakSpots(props: { tested: number }) {
  return (
    <div class="empty">
      <Show when={props.tested > 0} fallback={<p>{t('weak.noneUntested')}</p>}>
        <p>
          <strong>{t('weak.none')}</strong>
        </p>
        <p>{t('weak.noneTested', { tested: count(props.tested, locale()) })}</p>
      </Show>
    </div>
  )
}

function WeakList(props: { first: WeakSpots }) {
  const id = createUniqueId()
  // The list lives exactly as long as its first page (keyed above), so reading the props once is right.
  const { unit, period, compare } = props.first
  const list = createPaged(props.first, (cursor) => getWeakSpots(unit.id, period, compare, cursor))
  const rest = () => restName(compare, period)
  let rows: HTMLOListElement | undefined
  return (
    <>
      <ol class="weak-list" ref={(element) => (rows = element)} aria-describedby={id}>
        <For each={list.items()}>
          {(spot) => (
            <li>
              <WeakSpotCard spot={spot} compare={compare} rest={rest()} />
            </li>
          )}
        </For>
      </ol>
      <p class="quiet" id={id} role="status">
        {t('weak.progress', { n: count(list.items().length, locale()), total: count(props.first.total, locale()) })}
      </p>
      <MoreButton list={list} arrived={(index) => focusRow(rows, index)} />
    </>
  )
}
