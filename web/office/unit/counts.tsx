import { For, Show } from 'solid-js'
import type { OfficeKey } from '../../i18n/office.vi.ts'
import type { Counts, Summary } from '../api/types.ts'
import { FigureCard } from '../figures/figure-card.tsx'
import { readEstimate } from '../figures/reading.ts'
import { count, percent, percentRange } from '../lib/format.ts'
import { locale, t } from '../lib/locale.ts'
import { SECTION } from './contents.tsx'
import { Section } from './section.tsx'

const FUNNEL: readonly { key: OfficeKey; of: (counts: Counts) => number }[] = [
  { key: 'counts.invited', of: (counts) => counts.invited },
  { key: 'counts.opened', of: (counts) => counts.opened },
  { key: 'counts.answered', of: (counts) => counts.answered },
]
const DEADLINES: readonly { key: OfficeKey; of: (counts: Counts) => number }[] = [
  { key: 'counts.early', of: (counts) => counts.early },
  { key: 'counts.onTime', of: (counts) => counts.onTime },
  { key: 'counts.late', of: (counts) => counts.late },
  { key: 'counts.pendingLate', of: (counts) => counts.pendingLate },
]

/** The register's own counts: how many dossiers, how many people were asked and answered, and the time limits. */
export function CountsSection(props: { summary: Summary }) {
  const counts = () => props.summary.counts
  const rate = () => {
    const reading = readEstimate(props.summary.responseRate, null)
    if (reading.kind === 'value') {
      return `${percent(reading.est, locale())} (${percentRange(reading.lo, reading.hi, locale())})`
    }
    return reading.kind === 'plain' ? percent(reading.est, locale()) : null
  }
  return (
    <Section id={SECTION.counts} title={t('overview.title')}>
      <div class="overview">
        <Show when={props.summary.figures.find((figure) => figure.code === 'satisfaction')}>
          {(satisfaction) => (
            <div class="overview-figure">
              <FigureCard figure={satisfaction()} heading="h3" />
            </div>
          )}
        </Show>
        <div class="overview-group">
          <h3>{t('counts.title')}</h3>
          <dl class="tiles">
            <div class="tile">
              <dt>{t('counts.dossiers')}</dt>
              <dd>
                <span class="tile-number">{count(counts().dossiers, locale())}</span>
                <span class="tile-note">{t('counts.finished', { n: count(counts().finished, locale()) })}</span>
              </dd>
            </div>
            <For each={FUNNEL}>
              {(step) => (
                <div class="tile">
                  <dt>{t(step.key)}</dt>
                  <dd>
                    <span class="tile-number">{count(step.of(counts()), locale())}</span>
                    <Show when={step.key !== 'counts.invited' && counts().invited > 0}>
                      <span class="tile-note">
                        {t('counts.ofInvited', { share: percent(step.of(counts()) / counts().invited, locale()) })}
                      </span>
                    </Show>
                  </dd>
                </div>
              )}
            </For>
          </dl>
          <Show when={counts().invited > 0} fallback={<p class="quiet">{t('counts.noInvitations')}</p>}>
            <p class="response-rate">
              <Show when={rate()}>
                {(value) => (
                  <>
                    <strong>{t('counts.responseRate', { value: value() })}</strong>.{' '}
                  </>
                )}
              </Show>
              <span class="quiet">{t('counts.responseRateNote')}</span>
            </p>
          </Show>
        </div>
        <div class="overview-group">
          <h3>{t('counts.deadlines')}</h3>
          <dl class="rows">
            <For each={DEADLINES}>
              {(row) => (
                <div>
                  <dt>{t(row.key)}</dt>
                  <dd>{count(row.of(counts()), locale())}</dd>
                </div>
              )}
            </For>
          </dl>
          <p class="quiet">{t('counts.lead')}</p>
        </div>
      </div>
    </Section>
  )
}
