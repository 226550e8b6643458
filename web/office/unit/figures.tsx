import { For, Show } from 'solid-js'
import type { OfficeKey } from '../../i18n/office.vi.ts'
import type { Figure, FigureCode, Period } from '../api/types.ts'
import { FigureCard } from '../figures/figure-card.tsx'
import { t } from '../lib/locale.ts'
import { CriteriaForm } from './criteria-form.tsx'
import { SECTION } from './contents.tsx'
import { Section } from './section.tsx'

const GROUPS: readonly { key: OfficeKey; lead?: OfficeKey; codes: readonly FigureCode[] }[] = [
  {
    key: 'figures.rules',
    codes: ['qd766_5_4_union', 'qd766_5_4_sum', 'tt01_subtotal', 'tt01_grade'],
  },
  {
    key: 'figures.papi',
    lead: 'figures.papiLead',
    codes: ['papi_like_5', 'papi_like_5_1', 'papi_like_5_3', 'papi_like_5_4'],
  },
  { key: 'figures.pci', lead: 'figures.pciLead', codes: ['pci_like'] },
]

/** The figures beside overall satisfaction (which opens the page), grouped by the rule or index they follow. */
export function FiguresSection(props: { figures: readonly Figure[]; unit: number; period: Period }) {
  const of = (codes: readonly FigureCode[]) =>
    codes.flatMap((code) => props.figures.filter((figure) => figure.code === code))
  return (
    <Section id={SECTION.figures} title={t('figures.title')}>
      <For each={GROUPS}>
        {(group) => (
          <Show when={of(group.codes).length > 0}>
            <h3>{t(group.key)}</h3>
            <Show when={group.lead}>{(lead) => <p class="lead">{t(lead())}</p>}</Show>
            <div class="cards">
              <For each={of(group.codes)}>
                {(figure) => (
                  <FigureCard figure={figure}>
                    <Show when={figure.code === 'tt01_grade'}>
                      <CriteriaForm unit={props.unit} period={props.period} />
                    </Show>
                  </FigureCard>
                )}
              </For>
            </div>
          </Show>
        )}
      </For>
    </Section>
  )
}
