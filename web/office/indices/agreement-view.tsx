import { For, Show } from 'solid-js'
import { count, decimal } from '../lib/format.ts'
import { locale, own } from '../lib/locale.ts'
import { LongTable } from '../shell/paged-table.tsx'
import { AgreementPlot } from './agreement-plot.tsx'
import { signed } from './score-format.ts'
import type { Agreement } from './types.ts'
import { say } from './words.ts'

/** Two decimals, with a true minus. */
const two = (value: number): string => decimal(value, 2, locale()).replace('-', '−')
const n = (value: number): string => count(value, locale())

/** How far ours and the published values agree, in sentences with their intervals; what cannot be said is said. */
export function AgreementView(props: { agreement: Agreement }) {
  return (
    <>
      <section aria-labelledby="muc-khop">
        <h2 id="muc-khop">{say('agreement.how')}</h2>
        <p>
          {say('agreement.basis', {
            n: n(props.agreement.n),
            units: n(props.agreement.units),
            years: n(props.agreement.years),
          })}
        </p>
        <Show when={!props.agreement.calibratable}>
          <p class="caution">{say('agreement.tooFewUnits')}</p>
        </Show>
        <Show when={props.agreement.calibratable}>
          <dl class="agreement-numbers">
            <For each={measures(props.agreement)}>
              {(measure) => (
                <div>
                  <dt>{measure.name}</dt>
                  <dd>
                    {measure.value}
                    <span class="cell-note">{measure.note}</span>
                  </dd>
                </div>
              )}
            </For>
          </dl>
          <AgreementPlot agreement={props.agreement} />
        </Show>
        <Changes agreement={props.agreement} />
      </section>
      <Show when={props.agreement.pairs.length > 0}>
        <Pairs agreement={props.agreement} />
      </Show>
      <CoverageOf agreement={props.agreement} />
    </>
  )
}

type Measure = { name: string; value: string; note: string }

function measures({ spearman, blandAltman, concordance, outOfSample }: Agreement): Measure[] {
  const found: Measure[] = []
  const range = (lo: number | null, hi: number | null) =>
    lo === null || hi === null ? say('agreement.noRange') : say('agreement.range', { lo: two(lo), hi: two(hi) })
  if (spearman !== null && spearman.est !== null)
    found.push({
      name: say('agreement.spearman'),
      value: `${two(spearman.est)} ${range(spearman.lo, spearman.hi)}`,
      note: say('agreement.spearmanNote'),
    })
  if (concordance !== null && concordance.ccc !== null)
    found.push({
      name: say('agreement.lin'),
      value: `${two(concordance.ccc)} ${range(concordance.lo, concordance.hi)}`,
      note: say('agreement.linNote'),
    })
  if (blandAltman?.bias)
    found.push({
      name: say('agreement.bias'),
      value: `${signed(blandAltman.bias.est, 2)} ${range(blandAltman.bias.lo, blandAltman.bias.hi)}`,
      note: say('agreement.biasNote'),
    })
  if (blandAltman?.lower && blandAltman.upper)
    found.push({
      name: say('agreement.limits'),
      value: say('agreement.between', {
        lo: signed(blandAltman.lower.est, 2),
        hi: signed(blandAltman.upper.est, 2),
      }),
      note: say('agreement.limitsNote'),
    })
  if (outOfSample !== null)
    found.push({
      name: say('agreement.outOfSample'),
      value: say('agreement.errors', { plain: two(outOfSample.plain), equated: two(outOfSample.equated) }),
      note: say('agreement.outOfSampleNote'),
    })
  return found
}

/** Whether both rose or fell from one year to the next. */
function Changes(props: { agreement: Agreement }) {
  const changes = () => props.agreement.changes
  const clear = () => changes().filter(({ unclear }) => !unclear)
  return (
    <>
      <h3>{say('agreement.direction')}</h3>
      <Show when={changes().length > 0} fallback={<p>{say('agreement.noChanges')}</p>}>
        <p>
          {say('agreement.directionText', {
            agree: n(clear().filter(({ agrees }) => agrees).length),
            clear: n(clear().length),
            unclear: n(changes().length - clear().length),
          })}
        </p>
        <LongTable
          rows={changes()}
          caption={say('agreement.changesCaption')}
          captionHidden
          head={
            <>
              <th scope="col">{say('agreement.unit')}</th>
              <th scope="col">{say('agreement.years')}</th>
              <th scope="col" class="number">
                {say('agreement.oursChange')}
              </th>
              <th scope="col" class="number">
                {say('agreement.officialChange')}
              </th>
              <th scope="col">{say('agreement.same')}</th>
            </>
          }
        >
          {(change) => (
            <tr>
              <th scope="row">{unitName(props.agreement, change.unit)}</th>
              <td>{`${change.from}–${change.to}`}</td>
              <td class="number">{signed(change.ours, 2)}</td>
              <td class="number">{signed(change.official, 2)}</td>
              <td>
                {say(change.unclear ? 'agreement.unclear' : change.agrees ? 'agreement.agrees' : 'agreement.differs')}
              </td>
            </tr>
          )}
        </LongTable>
      </Show>
    </>
  )
}

const unitName = ({ pairs }: Agreement, id: number): string => pairs.find(({ unit }) => unit.id === id)?.unit.name ?? ''

/** Both values of each unit and year. */
function Pairs(props: { agreement: Agreement }) {
  return (
    <section aria-labelledby="tung-cap">
      <h2 id="tung-cap">{say('agreement.pairs')}</h2>
      <LongTable
        rows={props.agreement.pairs}
        caption={say('agreement.pairsCaption')}
        captionHidden
        head={
          <>
            <th scope="col">{say('agreement.unit')}</th>
            <th scope="col">{say('agreement.year')}</th>
            <th scope="col">{say('agreement.oursValue')}</th>
            <th scope="col">{say('agreement.officialValue')}</th>
          </>
        }
      >
        {(pair) => (
          <tr>
            <th scope="row">{pair.unit.name}</th>
            <td>{pair.year}</td>
            <td>
              {pair.ours.lo === null || pair.ours.hi === null
                ? two(pair.ours.est ?? 0)
                : say('score.value', {
                    value: two(pair.ours.est ?? 0),
                    range: `${two(pair.ours.lo)}–${two(pair.ours.hi)}`,
                    n: n(pair.ours.n ?? 0),
                  })}
            </td>
            <td>
              {two(pair.official.value)}
              <Show when={pair.official.estimated}>
                {' '}
                <EstimatedMark />
              </Show>
            </td>
          </tr>
        )}
      </LongTable>
    </section>
  )
}

/** Not published for this unit, but carried from those that went into it. */
export function EstimatedMark() {
  return <span class="estimated-mark">{say('agreement.estimated')}</span>
}

/** Which parts of the published index ours can see at all. */
function CoverageOf(props: { agreement: Agreement }) {
  return (
    <section aria-labelledby="do-phu">
      <h2 id="do-phu">{say('agreement.coverage')}</h2>
      <Show when={props.agreement.coverage} fallback={<p>{say('agreement.noCoverage')}</p>}>
        {(coverage) => (
          <>
            <p>{say('agreement.coverageText', { seen: n(coverage().seen), of: n(coverage().of) })}</p>
            <ul class="blank-list">
              <For each={coverage().parts}>
                {(part) => (
                  <li>
                    <strong>{own(part.label)}</strong>: {say(part.seen ? 'agreement.seen' : 'agreement.notSeen')}{' '}
                    {part.coverage === null ? '' : own(part.coverage.note)}
                  </li>
                )}
              </For>
            </ul>
          </>
        )}
      </Show>
    </section>
  )
}
