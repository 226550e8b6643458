import { createAsync, revalidate } from '@solidjs/router'
import { For, Show } from 'solid-js'
import { Notice } from '../../ui/notice.tsx'
import { getCases, getConflicts, getField, putCaseAnswer } from '../api/campaigns.ts'
import type { Campaign, Conflict } from '../api/campaign-types.ts'
import type { Page } from '../api/types.ts'
import { instant } from '../lib/format.ts'
import { locale } from '../lib/locale.ts'
import { PagedTable } from '../shell/paged-table.tsx'
import { Careful } from './parts.tsx'
import { say } from './words.ts'

/** Cases with more than one answer, or with none that counts, until somebody says which one stands. Nothing when there are none. */
export function Conflicts(props: { campaign: Campaign }) {
  const first = createAsync(() => getConflicts(props.campaign.id, null))
  return (
    <Show keyed when={first()}>
      {(page) => (
        <Show when={page.items.length > 0}>
          <section aria-labelledby="conflicts">
            <h2 id="conflicts">{say('conflicts.title')}</h2>
            <p class="lead">{say('conflicts.lead')}</p>
            <Show when={props.campaign.state === 'closed'}>
              <Notice kind="info">
                <p>{say('conflicts.until')}</p>
              </Notice>
            </Show>
            <Rows campaign={props.campaign} first={page} />
          </section>
        </Show>
      )}
    </Show>
  )
}

function Rows(props: { campaign: Campaign; first: Page<Conflict> }) {
  return (
    <PagedTable
      first={props.first}
      load={(cursor) => getConflicts(props.campaign.id, cursor)}
      caption={say('conflicts.title')}
      captionHidden
      class="compact"
      head={
        <For each={['case', 'answers'] as const}>{(column) => <th scope="col">{say(`conflicts.${column}`)}</th>}</For>
      }
    >
      {(one) => (
        <tr>
          <th scope="row" class="code">
            {one.code}
          </th>
          <td>
            <ul>
              <For each={one.answers}>
                {(answer) => (
                  <li>
                    <Answer campaign={props.campaign} one={one} answer={answer} />
                  </li>
                )}
              </For>
            </ul>
          </td>
        </tr>
      )}
    </PagedTable>
  )
}

function Answer(props: { campaign: Campaign; one: Conflict; answer: Conflict['answers'][number] }) {
  const from = () =>
    props.answer.mode === 'interviewer'
      ? say('conflicts.from', { who: props.answer.interviewer ?? '–', device: props.answer.device ?? '–' })
      : say(`conflicts.${props.answer.mode}`)
  const words = () =>
    say('conflicts.answer', {
      from: from(),
      received: instant(props.answer.receivedAt, locale()),
      state: say(props.answer.complete ? 'case.complete' : 'case.partial'),
      standing: say(`conflicts.${props.answer.standing}`),
    })
  const choose = async () => {
    await putCaseAnswer(props.campaign.id, props.one.case, props.answer.id)
    await revalidate([getConflicts.key, getCases.key, getField.key])
  }
  return (
    <>
      <p>{words()}</p>
      <Careful
        kind="quiet"
        label={say('conflicts.choose')}
        about={`${props.one.code}, ${words()}`}
        title={say('conflicts.chooseTitle', { code: props.one.code })}
        confirm={say('conflicts.confirm')}
        run={choose}
      >
        <p>{words()}</p>
        <p>{say('conflicts.others')}</p>
      </Careful>
    </>
  )
}
