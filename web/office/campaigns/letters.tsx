import { createAsync, revalidate } from '@solidjs/router'
import { createSignal, For, Show } from 'solid-js'
import { Notice } from '../../ui/notice.tsx'
import { getCampaign, getWaiting, letterAddress, noteSent } from '../api/campaigns.ts'
import type { Campaign, Mailing, Waiting } from '../api/campaign-types.ts'
import { count } from '../lib/format.ts'
import { locale } from '../lib/locale.ts'
import { Boundary } from '../shell/boundary.tsx'
import { CampaignFrame } from './frame-of-campaign.tsx'
import { LetterHead } from './letter-head.tsx'
import { Careful, InputField } from './parts.tsx'
import { inDays } from './request.ts'
import { say } from './words.ts'

const n = (value: number) => count(value, locale())

/** Before opening what letters say, afterwards printing them and noting that they went out. */
export function LettersPage() {
  return (
    <CampaignFrame tab="thu">
      {(campaign) => (
        <>
          <p class="lead">{say('letters.lead')}</p>
          <Show when={campaign().state === 'draft'}>
            <LetterHead campaign={campaign()} />
          </Show>
          <Show when={campaign().state === 'open'}>
            <p class="caution">{say('letters.secret')}</p>
            <Boundary>
              <Printing campaign={campaign()} />
            </Boundary>
          </Show>
          <Show when={campaign().state === 'closed'}>
            <p class="empty">{say('letters.closed')}</p>
          </Show>
        </>
      )}
    </CampaignFrame>
  )
}

function Printing(props: { campaign: Campaign }) {
  const [again, setAgain] = createSignal(false)
  const waiting = createAsync(() => getWaiting(props.campaign.id, again()))
  return (
    <>
      <label class="choice">
        <input type="checkbox" checked={again()} onChange={(event) => setAgain(event.currentTarget.checked)} />
        <span>{say('letters.again')}</span>
      </label>
      <Show when={waiting()}>
        {(known) => (
          <Show when={known().isReadable} fallback={<Unreadable />}>
            <For each={['invitation', 'reminder'] as const}>
              {(mailing) => (
                <MailingPart campaign={props.campaign} mailing={mailing} again={again()} waiting={known()} />
              )}
            </For>
          </Show>
        )}
      </Show>
    </>
  )
}

/** Letters carry names and addresses, and these cannot be read here. */
function Unreadable() {
  return (
    <Notice kind="error" heading={say('letters.unreadable')}>
      <p>{say('refused.contact_key_missing')}</p>
      <p>{say('letters.operator')}</p>
    </Notice>
  )
}

function MailingPart(props: { campaign: Campaign; mailing: Mailing; again: boolean; waiting: Waiting }) {
  const part = () => props.waiting[props.mailing]
  return (
    <section aria-labelledby={`mailing-${props.mailing}`}>
      <h2 id={`mailing-${props.mailing}`}>{say(`letters.${props.mailing}`)}</h2>
      <p>{say(`letters.${props.mailing}.who`)}</p>
      <Show when={part().cases > 0} fallback={<p class="empty">{say(`letters.${props.mailing}.none`)}</p>}>
        <p>{say('letters.waiting', { n: n(part().cases) })}</p>
        <ol class="batches">
          <For each={part().batches}>{(batch, at) => <Batch {...props} batch={batch} at={at()} />}</For>
        </ol>
        <p class="quiet">{say('letters.howToPrint')}</p>
        <Show when={!props.again}>
          <Sent campaign={props.campaign} mailing={props.mailing} cases={part().cases} />
        </Show>
      </Show>
    </section>
  )
}

function Batch(props: {
  campaign: Campaign
  mailing: Mailing
  again: boolean
  batch: { cursor: string; cases: number }
  at: number
}) {
  const title = () => say('letters.batch', { at: n(props.at + 1), n: n(props.batch.cases) })
  const asked = () => ({ again: props.again, cursor: props.batch.cursor })
  const links = () => [
    { key: 'letters.print' as const, href: letterAddress(props.campaign.id, { kind: props.mailing, ...asked() }) },
    ...(['dl', 'c5'] as const).map((format) => ({
      key: `letters.envelope.${format}` as const,
      href: letterAddress(props.campaign.id, { kind: 'envelope', to: props.mailing, format, ...asked() }),
    })),
  ]
  return (
    <li>
      <span>{title()}</span>
      <span class="batch-links">
        <For each={links()}>
          {({ key, href }) => (
            <a href={href} target="_blank" rel="noopener noreferrer">
              {say(key)}
              <span class="visually-hidden">{`, ${title()}`}</span>
            </a>
          )}
        </For>
      </span>
    </li>
  )
}

/** Notes that all letters that wait went out: from then on they wait no more. */
function Sent(props: { campaign: Campaign; mailing: Mailing; cases: number }) {
  const [sentOn, setSentOn] = createSignal(inDays(0))
  const [sent, setSent] = createSignal<number | null>(null)
  const run = async () => {
    const done = await noteSent(props.campaign.id, props.mailing, sentOn())
    setSent(done.sent)
    await revalidate([getWaiting.key, getCampaign.key])
  }
  return (
    <div>
      <Careful
        label={say('letters.sent')}
        about={say(`letters.${props.mailing}`)}
        title={say('letters.sentAsk', { n: n(props.cases) })}
        confirm={say('letters.sentConfirm')}
        run={run}
      >
        <p>{say(`letters.sentWhat.${props.mailing}`)}</p>
        <InputField
          label={say('letters.sentOn')}
          name="sentOn"
          type="date"
          value={sentOn()}
          max={inDays(0)}
          input={setSentOn}
        />
      </Careful>
      <p role="status">
        <Show when={sent()}>{(number) => say('letters.noted', { n: n(number()) })}</Show>
      </p>
    </div>
  )
}
