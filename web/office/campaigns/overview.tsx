import { A, revalidate } from '@solidjs/router'
import { createSignal, For, Show } from 'solid-js'
import { Notice } from '../../ui/notice.tsx'
import { asChange, closeCampaign, openCampaign, putCampaign } from '../api/campaigns.ts'
import type { Campaign } from '../api/campaign-types.ts'
import { day, instant } from '../lib/format.ts'
import { locale } from '../lib/locale.ts'
import { path, type CampaignTab } from '../path.ts'
import { Boundary } from '../shell/boundary.tsx'
import { FieldSummary } from './field-summary.tsx'
import { CampaignFrame } from './frame-of-campaign.tsx'
import { Frozen } from './frozen.tsx'
import { Careful, InputField, Refusal } from './parts.tsx'
import { say } from './words.ts'

/** Where a campaign stands and what comes next. */
export function CampaignPage() {
  return (
    <CampaignFrame tab="">
      {(campaign) => (
        <Show when={campaign().state !== 'draft'} fallback={<Draft campaign={campaign()} />}>
          <Running campaign={campaign()} />
        </Show>
      )}
    </CampaignFrame>
  )
}

function Draft(props: { campaign: Campaign }) {
  const of = () => props.campaign
  const steps = (): readonly { key: 'basics' | 'frame' | 'draw' | 'letters'; href: string; done: boolean | null }[] => [
    { key: 'basics', href: path.editCampaign(of().id), done: true },
    { key: 'frame', href: path.campaign(of().id, 'danh-sach-goc'), done: of().frame !== null },
    { key: 'draw', href: path.campaign(of().id, 'chon-mau'), done: of().sample !== null },
    { key: 'letters', href: path.campaign(of().id, 'thu'), done: (of().design?.letter.sender ?? '') !== '' },
  ]
  const open = async () => {
    await openCampaign(of().id)
    await revalidate()
  }
  return (
    <>
      <section aria-labelledby="steps">
        <h2 id="steps">{say('steps.title')}</h2>
        <ol class="steps">
          <For each={steps()}>
            {(step) => (
              <li data-done={step.done ? '' : undefined}>
                <span>
                  <A href={step.href}>{say(`steps.${step.key}`)}</A>
                  <span class="cell-note">{say(`steps.${step.key}.what`)}</span>
                </span>
                <span class="step-state">{say(step.done ? 'steps.done' : 'steps.todo')}</span>
              </li>
            )}
          </For>
        </ol>
      </section>
      <section aria-labelledby="opening">
        <h2 id="opening">{say('open.title')}</h2>
        <Show when={of().sample !== null} fallback={<p class="empty">{say('open.notYet')}</p>}>
          <p>{say('open.lead')}</p>
          <Frozen campaign={of()} />
          <Show when={of().frame?.contacts !== 0 && of().design?.letter.sender === ''}>
            <p class="caution">{say('open.noSender')}</p>
          </Show>
          <p>
            <Careful label={say('open.button')} title={say('open.ask')} confirm={say('open.confirm')} run={open}>
              <p>{say('open.frozen')}</p>
              <Frozen campaign={of()} />
              <p>{say('open.after')}</p>
            </Careful>
          </p>
        </Show>
      </section>
    </>
  )
}

function Running(props: { campaign: Campaign }) {
  const of = () => props.campaign
  const close = async () => {
    await closeCampaign(of().id)
    await revalidate()
  }
  const next: readonly CampaignTab[] = ['thu', 'tien-do', 'doi-tuong']
  return (
    <>
      <Show when={of().closedAt}>
        {(at) => (
          <Notice kind="info">
            <p>{say('closed.at', { at: instant(at(), locale()) })}</p>
          </Notice>
        )}
      </Show>
      <section aria-labelledby="standing">
        <h2 id="standing">{say('standing.title')}</h2>
        <Boundary>
          <FieldSummary id={of().id} />
        </Boundary>
        <Show when={of().state === 'open'}>
          <ul class="next-links">
            <For each={next}>
              {(tab) => (
                <li>
                  <A href={path.campaign(of().id, tab)}>{say(`next.${tab as 'thu'}`)}</A>
                </li>
              )}
            </For>
          </ul>
        </Show>
      </section>
      <section aria-labelledby="frozen">
        <h2 id="frozen">{say('frozen.title')}</h2>
        <p>{say('frozen.lead')}</p>
        <Frozen campaign={of()} />
      </section>
      <Show when={of().state === 'open'}>
        <section aria-labelledby="closing">
          <h2 id="closing">{say('close.title')}</h2>
          <p>{say('close.lead', { day: day(of().closesOn, locale()) })}</p>
          <LaterDay campaign={of()} />
          <p>
            <Careful
              label={say('close.button')}
              title={say('close.ask')}
              confirm={say('close.confirm')}
              kind="quiet"
              run={close}
            >
              <p>{say('close.what')}</p>
            </Careful>
          </p>
        </section>
      </Show>
    </>
  )
}

/** Moves the last day of an open campaign; only a later one is taken. */
function LaterDay(props: { campaign: Campaign }) {
  const [state, setState] = createSignal<'idle' | 'busy' | 'saved'>('idle')
  const [failure, setFailure] = createSignal<unknown>(null)
  const submit = async (event: SubmitEvent & { currentTarget: HTMLFormElement }) => {
    event.preventDefault()
    if (state() === 'busy') return
    const closesOn = String(new FormData(event.currentTarget).get('closesOn') ?? '')
    setFailure(null)
    setState('busy')
    try {
      await putCampaign(props.campaign.id, { ...asChange(props.campaign), closesOn })
      await revalidate()
      setState('saved')
    } catch (error) {
      setFailure(() => error)
      setState('idle')
    }
  }
  return (
    <form class="toolbar" novalidate onSubmit={(event) => void submit(event)}>
      <InputField
        label={say('close.later')}
        name="closesOn"
        type="date"
        value={props.campaign.closesOn}
        min={props.campaign.closesOn}
        input={() => setState('idle')}
      />
      <button type="submit" class="button" data-kind="quiet" aria-disabled={state() === 'busy'}>
        {say('close.move')}
      </button>
      <p role="status">{state() === 'saved' ? say('saved') : ''}</p>
      <Show when={failure()}>{(error) => <Refusal error={error()} />}</Show>
    </form>
  )
}
