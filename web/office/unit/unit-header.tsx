import { A } from '@solidjs/router'
import { For, Show } from 'solid-js'
import type { Summary, UnitRef } from '../api/types.ts'
import { day, instant } from '../lib/format.ts'
import { hasKey, locale, t } from '../lib/locale.ts'
import { useSession } from '../lib/session.tsx'
import { path } from '../path.ts'
import { validity } from './validity.ts'
import { PageHeading } from '../shell/page-heading.tsx'
import { SampleBanner } from '../shell/frame.tsx'

/** Which unit this is: its name, kind, since when, what it grew out of, and any break of the series in this period. */
export function UnitHeader(props: { summary: Summary }) {
  const me = useSession()
  const unit = () => props.summary.unit
  // Former provinces and communes come from the national list; only the tenant's own offices have pages.
  const hasPages = () => ['department', 'centre', 'one_stop'].includes(unit().kind)
  const breakSentence = (one: { on: string; code: string }) => {
    const key = `unit.break.${one.code}`
    return t(hasKey(key) ? key : 'unit.break.other', { on: day(one.on, locale()) })
  }
  return (
    <header class="unit-header">
      {/* The frame shows the banner for a sample tenant; this one is for a sample unit in any other tenant. */}
      <Show when={props.summary.sample && !me().tenant.sample}>
        <SampleBanner />
      </Show>
      <PageHeading title={unit().name} />
      <p class="unit-facts">
        <span>{t(`kind.${unit().kind}`)}</span>
        <Show when={unit().parent}>
          {(parent) => <A href={path.unit(parent().id)}>{t('unit.parent', { name: parent().name })}</A>}
        </Show>
        <Show when={validity(unit())}>{(text) => <span>{text()}</span>}</Show>
        <span>{t('unit.asOf', { at: instant(props.summary.asOf, locale()) })}</span>
        <A href={path.unitIndex(unit().id, '', { period: props.summary.period })}>{t('unit.toIndex')}</A>
      </p>
      <Lineage label={t('unit.predecessors')} units={unit().predecessors} linked={hasPages()} />
      <Lineage label={t('unit.successors')} units={unit().successors} linked={hasPages()} />
      <For each={props.summary.breaks}>{(one) => <p class="series-break">{breakSentence(one)}</p>}</For>
    </header>
  )
}

function Lineage(props: { label: string; units: readonly UnitRef[]; linked: boolean }) {
  return (
    <Show when={props.units.length > 0}>
      <p class="lineage">
        {props.label}{' '}
        <For each={props.units}>
          {(unit, i) => (
            <>
              {i() > 0 ? '; ' : ''}
              <Show when={props.linked} fallback={unit.name}>
                <A href={path.unit(unit.id)}>{unit.name}</A>
              </Show>
            </>
          )}
        </For>
      </p>
    </Show>
  )
}
