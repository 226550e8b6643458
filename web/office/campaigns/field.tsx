import { createAsync, createAsyncStore, revalidate } from '@solidjs/router'
import { createSignal, For, onCleanup, Show } from 'solid-js'
import { ScrollTable } from '../../ui/scroll-table.tsx'
import { getField, getFieldStrata } from '../api/campaigns.ts'
import type { Campaign, FieldLine, FieldReport, FieldStratum } from '../api/campaign-types.ts'
import type { Page } from '../api/types.ts'
import { count, percent } from '../lib/format.ts'
import { locale } from '../lib/locale.ts'
import { createPaged } from '../lib/paged.ts'
import { Boundary } from '../shell/boundary.tsx'
import { focusRow, MoreButton } from '../shell/more-button.tsx'
import { DaysChart } from './days-chart.tsx'
import { FieldProgress } from './field-summary.tsx'
import { CampaignFrame } from './frame-of-campaign.tsx'
import { SectionsOfField } from './field-sections.tsx'
import { RateCell } from '../figures/rate-cell.tsx'
import { stratumName } from './strata-table.tsx'
import { say } from './words.ts'

const n = (value: number) => count(value, locale())
const REFRESH_MS = 30_000
const OUTCOMES = [
  'complete',
  'partial',
  'refused',
  'nonContact',
  'other',
  'unknown',
  'ineligible',
  'quotaFull',
] as const
const RATES = ['rr1', 'rr2', 'rr3', 'rr4'] as const

/** How the field work stands; while the campaign is open it is read anew every half minute, as long as somebody looks. */
export function FieldPage() {
  return (
    <CampaignFrame tab="tien-do">
      {(campaign) => (
        <Show when={campaign().state !== 'draft'} fallback={<p class="empty">{say('field.notOpen')}</p>}>
          <Boundary>
            <Live campaign={campaign()} />
          </Boundary>
        </Show>
      )}
    </CampaignFrame>
  )
}

function Live(props: { campaign: Campaign }) {
  // a store: what has not changed stays as it is on the page, opened details and the focus too
  const report = createAsyncStore(() => getField(props.campaign.id))
  const [at, setAt] = createSignal(new Date())
  const [isPaused, setPaused] = createSignal(props.campaign.state !== 'open')
  const refresh = () => revalidate([getField.key, getFieldStrata.key]).then(() => setAt(new Date()))
  const timer = setInterval(() => {
    if (!isPaused() && document.visibilityState === 'visible') refresh().catch(() => undefined)
  }, REFRESH_MS)
  onCleanup(() => clearInterval(timer))
  const time = () => at().toLocaleTimeString(locale() === 'vi' ? 'vi-VN' : 'en-GB', { timeZone: 'Asia/Ho_Chi_Minh' })
  return (
    <Show when={report()}>
      {(known) => (
        <>
          <FieldProgress report={known()} />
          <Show when={props.campaign.state === 'open'}>
            <p class="refresh">
              <span>{say(isPaused() ? 'field.at' : 'field.atLive', { time: time() })}</span>
              <button type="button" class="button" data-kind="quiet" onClick={() => setPaused((was) => !was)}>
                {say(isPaused() ? 'field.resume' : 'field.pause')}
              </button>
              <button type="button" class="button" data-kind="quiet" onClick={() => void refresh()}>
                {say('field.now')}
              </button>
            </p>
          </Show>
          <Report report={known()} />
        </>
      )}
    </Show>
  )
}

function Report(props: { report: FieldReport }) {
  return (
    <>
      <section aria-labelledby="outcomes">
        <h2 id="outcomes">{say('outcomes.title')}</h2>
        <p class="lead">{say('outcomes.lead', { frame: n(props.report.frame), sampled: n(props.report.sampled) })}</p>
        <OutcomesTable line={props.report} />
      </section>
      <section aria-labelledby="rates">
        <h2 id="rates">{say('rates.title')}</h2>
        <p class="lead">{say('rates.lead', { e: percent(props.report.eligible, locale()) })}</p>
        <p>{say('rates.plain')}</p>
        <ScrollTable caption={say('rates.title')} captionHidden class="wide-first">
          <thead>
            <tr>
              <th scope="col">{say('rates.rate')}</th>
              <th scope="col" class="reading-column">
                {say('rates.value')}
              </th>
            </tr>
          </thead>
          <tbody>
            <For each={RATES}>
              {(rate) => (
                <tr>
                  <th scope="row">
                    {say(`rates.${rate}`)}
                    <span class="cell-note">{say(`rates.${rate}.is`)}</span>
                  </th>
                  <td>
                    <RateCell rate={props.report.rates[rate]} />
                  </td>
                </tr>
              )}
            </For>
          </tbody>
        </ScrollTable>
      </section>
      <Strata id={props.report.campaign.id} />
      <section aria-labelledby="days">
        <h2 id="days">{say('days.title')}</h2>
        <Show when={props.report.days.length > 0} fallback={<p class="empty">{say('days.none')}</p>}>
          <DaysChart days={props.report.days} />
        </Show>
      </section>
      <section aria-labelledby="sections">
        <h2 id="sections">{say('sections.title')}</h2>
        <p class="lead">{say('sections.lead')}</p>
        <SectionsOfField sections={props.report.sections} />
      </section>
    </>
  )
}

/** What became of cases, each with its part and what it means. */
function OutcomesTable(props: { line: FieldLine }) {
  const part = (value: number) => percent(props.line.sampled === 0 ? 0 : value / props.line.sampled, locale())
  return (
    <ScrollTable caption={say('outcomes.caption')} class="wide-first compact">
      <thead>
        <tr>
          <th scope="col">{say('outcomes.outcome')}</th>
          <th scope="col" class="number">
            {say('outcomes.cases')}
          </th>
          <th scope="col" class="number">
            {say('outcomes.part')}
          </th>
        </tr>
      </thead>
      <tbody>
        <For each={OUTCOMES}>
          {(outcome) => (
            <tr>
              <th scope="row">
                {say(`outcome.${outcome}`)}
                <span class="cell-note">{say(`outcome.${outcome}.is`)}</span>
              </th>
              <td class="number">{n(props.line.outcomes[outcome])}</td>
              <td class="number">{part(props.line.outcomes[outcome])}</td>
            </tr>
          )}
        </For>
        <tr data-strong>
          <th scope="row">
            {say('outcomes.all')}
            <span class="cell-note">{say('outcomes.reached', { n: n(props.line.reached) })}</span>
          </th>
          <td class="number">{n(props.line.sampled)}</td>
          <td class="number">{part(props.line.sampled)}</td>
        </tr>
      </tbody>
    </ScrollTable>
  )
}

function Strata(props: { id: number }) {
  const first = createAsync(() => getFieldStrata(props.id, null))
  return (
    <section aria-labelledby="by-stratum">
      <h2 id="by-stratum">{say('byStratum.title')}</h2>
      <Show keyed when={first()}>
        {(page) => <StrataRows id={props.id} first={page} />}
      </Show>
    </section>
  )
}

const COLUMNS = ['frame', 'sampled', 'reached', 'answered', 'refused', 'ineligible'] as const

function StrataRows(props: { id: number; first: Page<FieldStratum> }) {
  // The list lives exactly as long as its first page (keyed above), so reading the props once is right.
  const list = createPaged(props.first, (cursor) => getFieldStrata(props.id, cursor))
  let body: HTMLTableSectionElement | undefined
  const value = (row: FieldStratum, column: (typeof COLUMNS)[number]): number =>
    column === 'refused' || column === 'ineligible' ? row.outcomes[column] : row[column]
  return (
    <>
      <ScrollTable caption={say('byStratum.caption')} class="wide-first compact">
        <thead>
          <tr>
            <th scope="col">{say('stratum')}</th>
            <For each={COLUMNS}>
              {(column) => (
                <th scope="col" class="number">
                  {say(`byStratum.${column}`)}
                </th>
              )}
            </For>
            <th scope="col" class="reading-column">
              {say('rates.rr3')}
            </th>
          </tr>
        </thead>
        <tbody ref={(element) => (body = element)}>
          <For each={list.items()}>
            {(row) => (
              <tr>
                <th scope="row">{stratumName(row.stratum)}</th>
                <For each={COLUMNS}>{(column) => <td class="number">{n(value(row, column))}</td>}</For>
                <td>
                  <RateCell rate={row.rates.rr3} />
                </td>
              </tr>
            )}
          </For>
        </tbody>
      </ScrollTable>
      <MoreButton list={list} arrived={(index) => focusRow(body, index)} />
    </>
  )
}
