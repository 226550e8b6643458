import { A } from '@solidjs/router'
import { Show } from 'solid-js'
import { count, instant } from '../lib/format.ts'
import { locale } from '../lib/locale.ts'
import { path } from '../path.ts'
import { Boundary } from '../shell/boundary.tsx'
import { CellsTable } from './cells-table.tsx'
import { CampaignFrame } from './frame-of-campaign.tsx'
import { Facts } from './parts.tsx'
import { PlanForm } from './plan-form.tsx'
import { say } from './words.ts'

const n = (value: number) => count(value, locale())

/** The sampling plan, the draw, and replacements while the campaign is open. */
export function SamplePage() {
  return (
    <CampaignFrame tab="chon-mau">
      {(campaign) => (
        <>
          <p class="lead">{say(campaign().state === 'draft' ? 'sample.lead' : 'sample.leadOpen')}</p>
          <Show
            when={campaign().frame !== null}
            fallback={
              <div class="empty">
                <p>{say('sample.noFrame')}</p>
                <p>
                  <A class="button" href={path.campaign(campaign().id, 'danh-sach-goc')}>
                    {say('sample.toFrame')}
                  </A>
                </p>
              </div>
            }
          >
            <Show when={campaign().state === 'draft'}>
              <Boundary>
                <PlanForm campaign={campaign()} />
              </Boundary>
            </Show>
            <Show when={campaign().sample}>
              {(sample) => (
                <section aria-labelledby="drawn">
                  <h2 id="drawn" tabindex="-1">
                    {say('sample.drawn')}
                  </h2>
                  <Facts
                    of={[
                      [
                        say('facts.sample'),
                        say('facts.sampleOf', { main: n(sample().main), reserve: n(sample().reserve) }),
                      ],
                      [say('sample.released'), n(sample().released)],
                      [say('facts.seed'), <code>{sample().seed}</code>],
                      [say('sample.at'), instant(sample().drawnAt, locale())],
                    ]}
                  />
                  <p class="quiet">{say('sample.again')}</p>
                  <Boundary>
                    <CellsTable campaign={campaign()} />
                  </Boundary>
                  <Show when={campaign().state === 'draft'}>
                    <p>
                      <A class="button" href={path.campaign(campaign().id)}>
                        {say('sample.next')}
                      </A>
                    </p>
                  </Show>
                </section>
              )}
            </Show>
          </Show>
        </>
      )}
    </CampaignFrame>
  )
}
