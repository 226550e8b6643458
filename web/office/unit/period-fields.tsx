import { createUniqueId, For } from 'solid-js'
import type { Period, PeriodKind } from '../api/types.ts'
import { t } from '../lib/locale.ts'
import { PERIOD_KINDS, periodsOf, sameTimeIn } from '../lib/period.ts'
import { nameOfPeriod } from './period-name.ts'

/** Month, quarter or year, and which one. */
export function PeriodFields(props: { periods: readonly Period[]; period: Period; choose: (period: Period) => void }) {
  const id = createUniqueId()
  const kinds = () => PERIOD_KINDS.filter((kind) => periodsOf(props.periods, kind).length > 0)
  const chooseKind = (kind: PeriodKind) => {
    const period = sameTimeIn(props.periods, kind, props.period)
    if (period !== null) props.choose(period)
  }
  const choosePeriod = (from: string) => {
    const period = periodsOf(props.periods, props.period.kind).find((one) => one.from === from)
    if (period !== undefined) props.choose(period)
  }
  return (
    <>
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
    </>
  )
}
