import { A, revalidate } from '@solidjs/router'
import { createSignal, For, Show } from 'solid-js'
import { Notice } from '../../ui/notice.tsx'
import { ScrollTable } from '../../ui/scroll-table.tsx'
import { getStrata } from '../api/campaigns.ts'
import type { Campaign, FrameReport } from '../api/campaign-types.ts'
import { useFocus } from '../lib/arrival.ts'
import { count } from '../lib/format.ts'
import { locale } from '../lib/locale.ts'
import { path } from '../path.ts'
import { Boundary } from '../shell/boundary.tsx'
import { CampaignFrame } from './frame-of-campaign.tsx'
import { FrameForm } from './frame-form.tsx'
import { contactsFact } from './frozen.tsx'
import { Facts } from './parts.tsx'
import { StrataTable } from './strata-table.tsx'
import { say, sayIf } from './words.ts'

const n = (value: number) => count(value, locale())

/** The list that the sample is drawn from: reading it, and what it holds. */
export function FramePage() {
  const [finished, setFinished] = createSignal<{ name: string; report: FrameReport } | null>(null)
  const done = async (name: string, report: FrameReport) => {
    await revalidate(getStrata.key)
    setFinished({ name, report })
  }
  return (
    <CampaignFrame tab="danh-sach-goc">
      {(campaign) => (
        <>
          <p class="lead">{say('frame.lead')}</p>
          <Show when={campaign().state === 'draft'} fallback={<p>{say('frame.isFrozen')}</p>}>
            <FrameForm campaign={campaign()} started={() => setFinished(null)} done={done} />
          </Show>
          <Show keyed when={finished()}>
            {(file) => <Report name={file.name} report={file.report} campaign={campaign()} />}
          </Show>
          <Show when={campaign().frame}>
            {(frame) => (
              <section aria-labelledby="frame-now">
                <h2 id="frame-now">{say('frame.now')}</h2>
                <Facts
                  of={[
                    [say('frame.members'), n(frame().members)],
                    [say('frame.strata'), n(frame().strata)],
                    contactsFact(frame().contacts),
                    [say('facts.sha'), <code class="sha">{frame().sha256}</code>],
                  ]}
                />
                <Boundary>
                  <StrataTable id={campaign().id} members={frame().members} />
                </Boundary>
              </section>
            )}
          </Show>
        </>
      )}
    </CampaignFrame>
  )
}

/** What became of a file: taken in as a whole, or refused as a whole with every fault by line and column. */
function Report(props: { name: string; report: FrameReport; campaign: Campaign }) {
  const report = () => props.report
  let heading: HTMLHeadingElement | undefined
  useFocus(() => heading)
  return (
    <section class="import-result" aria-labelledby="frame-result">
      <h2 id="frame-result" tabindex="-1" ref={(element) => (heading = element)}>
        {say(report().stored ? 'frame.taken' : 'frame.refused', { file: props.name })}
      </h2>
      <Show
        when={report().stored}
        fallback={
          <Notice kind="error">
            <p>
              {say('frame.refusedWhy', {
                rows: n(report().rows),
                n: n(report().issues.length + report().issuesOmitted),
              })}
            </p>
          </Notice>
        }
      >
        <p>{say('frame.takenOf', { rows: n(report().rows), strata: n(report().strata) })}</p>
        <p>
          <A class="button" href={path.campaign(props.campaign.id, 'chon-mau')}>
            {say('frame.next')}
          </A>
        </p>
      </Show>
      <Show when={report().issues.length > 0}>
        <Faults report={report()} />
      </Show>
      <Show when={report().similarStrata.length > 0}>
        <Notice kind="info" heading={say('frame.similar')}>
          <ul>
            <For each={report().similarStrata}>
              {([one, other]) => <li>{say('frame.similarPair', { one, other })}</li>}
            </For>
          </ul>
        </Notice>
      </Show>
      <Show when={report().ignoredColumns.length > 0}>
        <p>{say('frame.ignored', { columns: report().ignoredColumns.join(', ') })}</p>
      </Show>
    </section>
  )
}

function Faults(props: { report: FrameReport }) {
  return (
    <>
      <ScrollTable caption={say('frame.faults')} class="compact">
        <thead>
          <tr>
            <th scope="col" class="number">
              {say('frame.line')}
            </th>
            <th scope="col">{say('frame.column')}</th>
            <th scope="col">{say('frame.fault')}</th>
          </tr>
        </thead>
        <tbody>
          <For each={props.report.issues}>
            {(issue) => (
              <tr>
                <th scope="row" class="number">
                  {n(issue.line)}
                </th>
                <td>{issue.column ?? say('frame.wholeRow')}</td>
                <td>{sayIf(`row.${issue.code}`) ?? say('row.other', { code: issue.code })}</td>
              </tr>
            )}
          </For>
        </tbody>
      </ScrollTable>
      <Show when={props.report.issuesOmitted > 0}>
        <p>{say('frame.more', { n: n(props.report.issuesOmitted) })}</p>
      </Show>
    </>
  )
}
