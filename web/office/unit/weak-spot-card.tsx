import { For, Show } from 'solid-js'
import { IntervalBar } from '../../charts/interval-bar.tsx'
import { Pieces } from '../../ui/pieces.tsx'
import type { Compare, Estimate, WeakSpot } from '../api/types.ts'
import { SHARE } from '../figures/reading-cell.tsx'
import { count, decimal, percent, percentRange } from '../lib/format.ts'
import { locale, own, sentence, t } from '../lib/locale.ts'
import { phraseOf, weakWords } from './weak-words.ts'

/** One weak spot: the sentence, the two intervals on one line each, and the way down to the counts. */
export function WeakSpotCard(props: { spot: WeakSpot; compare: Compare; rest: string }) {
  const words = () =>
    weakWords(props.spot, props.compare, t(phraseOf(props.spot.item), { item: own(props.spot.short) }), locale())
  return (
    <article class="card weak-card">
      <h3>
        {own(props.spot.short)}
        <span class="visually-hidden">: {props.spot.procedure.name}</span>
      </h3>
      <Show when={words()}>
        {(said) => (
          <p class="weak-sentence">
            <For each={said()}>
              {(one, i) => (
                <>
                  {i() > 0 ? ' ' : ''}
                  <span data-role={one.key}>
                    <Pieces of={sentence(one.key, one.params)} />
                  </span>
                </>
              )}
            </For>
          </p>
        )}
      </Show>
      <figure class="weak-chart">
        <figcaption class="visually-hidden">{t('weak.chart')}</figcaption>
        <Row label={t('weak.here')} estimate={props.spot.estimate} mark="here" />
        <Row label={props.rest} estimate={props.spot.rest} mark="rest" />
        <p class="weak-axis" aria-hidden="true">
          <span>{percent(0, locale())}</span>
          <span>{percent(0.5, locale())}</span>
          <span>{percent(1, locale())}</span>
        </p>
      </figure>
      <p class="quiet">
        {t('weak.procedureCode', { code: props.spot.procedure.code })} · {t(`weak.rates.${props.spot.rates}`)}
      </p>
      <WeakCounts spot={props.spot} rest={props.rest} />
    </article>
  )
}

function Row(props: { label: string; estimate: Estimate; mark: 'here' | 'rest' }) {
  const text = () => {
    const { est, lo, hi, n } = props.estimate
    if (est === null || lo === null || hi === null || n === null) return t('reading.notMeasured')
    return t('weak.barText', {
      share: percent(est, locale()),
      range: percentRange(lo, hi, locale()),
      n: count(n, locale()),
    })
  }
  return (
    <div class="weak-row">
      <span class="weak-row-label">{props.label}</span>
      <IntervalBar
        domain={SHARE}
        lo={props.estimate.lo}
        hi={props.estimate.hi}
        est={props.estimate.est}
        mark={props.mark}
      />
      <span class="weak-row-text">{text()}</span>
    </div>
  )
}

function WeakCounts(props: { spot: WeakSpot; rest: string }) {
  const counts = () => props.spot.counts
  const points = (share: number) => decimal(share * 100, 1, locale())
  const rows = () => [
    ...counts().options.map((option) => ({ name: own(option.text), n: option.n, strong: false })),
    { name: t('weak.favourable'), n: counts().favourable, strong: true },
    { name: t('weak.valid'), n: counts().valid, strong: true },
    { name: t('weak.na'), n: counts().na, strong: false },
    { name: t('weak.restFavourable', { rest: props.rest }), n: counts().restFavourable, strong: true },
    { name: t('weak.restValid', { rest: props.rest }), n: counts().restValid, strong: true },
  ]
  return (
    <details class="how">
      <summary>
        {t('weak.counts')}
        <span class="visually-hidden">
          : {own(props.spot.short)}, {props.spot.procedure.name}
        </span>
      </summary>
      <div class="scroll-table">
        <table class="compact">
          <caption>
            {t('weak.countsCaption', { item: own(props.spot.short), procedure: props.spot.procedure.name })}
          </caption>
          <thead>
            <tr>
              <th scope="col">{t('weak.answer')}</th>
              <th scope="col" class="number">
                {t('weak.number')}
              </th>
            </tr>
          </thead>
          <tbody>
            <For each={rows()}>
              {(row) => (
                <tr data-strong={row.strong ? '' : undefined}>
                  <th scope="row">{row.name}</th>
                  <td class="number">{count(row.n, locale())}</td>
                </tr>
              )}
            </For>
          </tbody>
        </table>
      </div>
      <Show when={props.spot.shortfall.est !== null && props.spot.shortfall}>
        {(shortfall) => (
          <p>
            {t('weak.difference', {
              value: points(shortfall().est ?? 0),
              range: `${points(shortfall().lo ?? 0)}–${points(shortfall().hi ?? 0)}`,
            })}
          </p>
        )}
      </Show>
    </details>
  )
}
