import { For, Show } from 'solid-js'
import { IntervalBar } from '../../charts/interval-bar.tsx'
import { ScrollTable } from '../../ui/scroll-table.tsx'
import { count, decimal, percent } from '../lib/format.ts'
import { locale, own } from '../lib/locale.ts'
import type { PlaceSpan, Sensitivity, UnitScores } from './types.ts'
import { say, sayIf } from './words.ts'

const SPANS = ['weights', 'normalisation', 'dropped'] as const

/** Spans of places under other choices, and which choice moves places most. */
export function SensitivityView(props: { found: Sensitivity; scores: UnitScores }) {
  const n = (value: number) => count(value, locale())
  const params = () => ({ draws: n(props.found.draws), spread: percent(props.found.spread, locale()) })
  return (
    <section aria-labelledby="do-vung">
      <h2 id="do-vung">{say('firm.title')}</h2>
      <Show when={props.found.all} fallback={<p class="empty">{say('firm.none')}</p>}>
        {(all) => (
          <>
            <p class="lead">
              {say(all().lo === all().hi ? 'firm.one' : 'firm.all', {
                lo: n(all().lo),
                hi: n(all().hi),
                of: n(props.found.of),
              })}
            </p>
            <p>{say('firm.notError')}</p>
            <ul class="firm-list">
              <For each={SPANS}>
                {(kind) => (
                  <Show when={props.found[kind]}>
                    {(span) => (
                      <li>
                        <strong>{say(`firm.${kind}`, params())}</strong>
                        <SpanBar span={span()} of={props.found.of} />
                        <span>
                          {say(span().lo === span().hi ? 'firm.still' : 'firm.span', {
                            lo: n(span().lo),
                            hi: n(span().hi),
                            of: n(props.found.of),
                          })}
                        </span>
                      </li>
                    )}
                  </Show>
                )}
              </For>
            </ul>
            <p class="bar-ends" aria-hidden="true">
              <span>{say('firm.first')}</span>
              <span>{say('firm.last', { of: n(props.found.of) })}</span>
            </p>
          </>
        )}
      </Show>
      <Show when={props.found.variants.length > 0}>
        <ScrollTable caption={say('firm.variants')} class="wide-first">
          <thead>
            <tr>
              <th scope="col">{say('firm.choice')}</th>
              <th scope="col" class="number">
                {say('firm.move')}
              </th>
            </tr>
          </thead>
          <tbody>
            <For each={props.found.variants}>
              {(variant) => (
                <tr>
                  <th scope="row">{variantName(variant, props.scores)}</th>
                  <td class="number">{decimal(variant.meanMove, 1, locale())}</td>
                </tr>
              )}
            </For>
          </tbody>
        </ScrollTable>
      </Show>
    </section>
  )
}

function SpanBar(props: { span: PlaceSpan; of: number }) {
  return (
    <IntervalBar
      domain={{ min: 1, max: Math.max(2, props.of) }}
      lo={props.span.lo}
      hi={props.span.hi}
      est={props.span.median}
    />
  )
}

function variantName({ kind, name }: Sensitivity['variants'][number], scores: UnitScores): string {
  if (kind === 'normalisation') return say('firm.otherScale', { name: sayIf(`firm.scale.${name}`) ?? name })
  const label = scores.elements.find(({ code }) => code === name)?.label
  return say('firm.without', { name: label === undefined ? name : own(label) })
}
