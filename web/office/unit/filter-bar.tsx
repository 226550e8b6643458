import { createUniqueId, For } from 'solid-js'
import type { Compare, Period, PeriodKind } from '../api/types.ts'
import { t } from '../lib/locale.ts'
import { PERIOD_KINDS, periodsOf, sameTimeIn } from '../lib/period.ts'
import { nameOfPeriod } from './period-name.ts'

/** Period and comparison. The choice lives in the address, so a view can be sent to a colleague. */
export function FilterBar(props: {
  periods: readonly Period[]
  period: Period
  compare: Compare
  compares: readonly Compare[]
  choose: (next: { period: Period; compare: Compare }) => void
}) {
  const id = createUniqueId()
  const kinds = () => PERIOD_KINDS.filter((kind) => periodsOf(props.periods, kind).length > 0)
  const chooseKind = (kind: PeriodKind) => {
    const period = sameTimeIn(props.periods, kind, props.period)
    if (period !== null) props.choose({ period, compare: props.compare })
  }
  const choosePeriod = (from: string) => {
    const period = periodsOf(props.periods, props.period.kind).find((one) => one.from === from)
    if (period !== undefined) props.choose({ period, compare: props.compare })
  }
  return (
    <form class="toolbar filter-bar" aria-label={t('unit.filters')} onSubmit={(event) => event.preventDefault()}>
      <fieldset class="segments">
        <legend>{t('period.kind')}</legend>
        <div class="segments-row">
          <For each={kinds()}>
            {(kind) => (
              <label>
                <input
                  type="radio"
                  name={`${id}-kind`}
                  checked={props.period.kind === kind}
                  onChange={() => chooseKind(kind)}
                />
                <span>{t(`period.kind.${kind}`)}</span>
              </label>
            )}
          </For>
        </div>
      </fieldset>
      <div class="field">
        <label for={`${id}-period`}>{t('period.which')}</label>
        <select id={`${id}-period`} onChange={(event) => choosePeriod(event.currentTarget.value)}>
          <For each={periodsOf(props.periods, props.period.kind)}>
            {(period) => (
              <option value={period.from} selected={period.from === props.period.from}>
                {nameOfPeriod(period)}
              </option>
            )}
          </For>
        </select>
      </div>
      <div class="field">
        <label for={`${id}-compare`}>{t('compare.label')}</label>
        <select
          id={`${id}-compare`}
          onChange={(event) => {
            const compare = props.compares.find((one) => one === event.currentTarget.value)
            if (compare !== undefined) props.choose({ period: props.period, compare })
          }}
        >
          <For each={props.compares}>
            {(compare) => (
              <option value={compare} selected={compare === props.compare}>
                {t(`compare.${compare}`)}
              </option>
            )}
          </For>
        </select>
      </div>
    </form>
  )
}
