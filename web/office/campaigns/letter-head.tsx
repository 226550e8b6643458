import { revalidate } from '@solidjs/router'
import { createSignal, For, Show } from 'solid-js'
import { Notice } from '../../ui/notice.tsx'
import { asChange, getCampaign, putCampaign } from '../api/campaigns.ts'
import type { Campaign, CampaignDesign } from '../api/campaign-types.ts'
import { useSession } from '../lib/session.tsx'
import { firstDesign } from './columns.ts'
import { InputField, Refusal } from './parts.tsx'
import { previewLetter } from './preview-letter.ts'
import { say } from './words.ts'

type Letter = CampaignDesign['letter']
const LINES = ['sender', 'senderAddress', 'phone', 'email', 'place', 'signerTitle', 'signerName'] as const
const PURPOSE_CHARS_MAX = 600

/** Who writes the letters, and what the survey is for; frozen with the rest when the campaign opens. */
export function LetterHead(props: { campaign: Campaign }) {
  const me = useSession()
  const design = () => props.campaign.design ?? firstDesign(me().tenant.name)
  const [letter, setLetter] = createSignal<Letter>(design().letter)
  const [state, setState] = createSignal<'idle' | 'busy' | 'saved'>('idle')
  const [failure, setFailure] = createSignal<unknown>(null)
  const change = (part: Partial<Letter>) => {
    setState('idle')
    setLetter((known) => ({ ...known, ...part }))
  }
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    if (state() === 'busy') return
    setState('busy')
    setFailure(null)
    try {
      await putCampaign(props.campaign.id, { ...asChange(props.campaign), design: { ...design(), letter: letter() } })
      await revalidate(getCampaign.key)
      setState('saved')
    } catch (error) {
      setFailure(() => error)
      setState('idle')
    }
  }
  return (
    <Show when={props.campaign.design !== null} fallback={<p class="empty">{say('letters.frameFirst')}</p>}>
      <form class="card plan-form" novalidate onSubmit={(event) => void submit(event)}>
        <h2>{say('letter.title')}</h2>
        <div class="field-row">
          <For each={LINES}>
            {(line) => (
              <InputField
                label={say(`letter.${line}`)}
                name={line}
                value={letter()[line]}
                input={(value) => change({ [line]: value })}
              />
            )}
          </For>
        </div>
        <For each={['vi', 'en'] as const}>
          {(language) => (
            <div class="field">
              <label for={`purpose-${language}`}>{say(`letter.purpose.${language}`)}</label>
              <p class="field-hint" id={`purpose-${language}-hint`}>
                {say('letter.purposeHint')}
              </p>
              <textarea
                id={`purpose-${language}`}
                rows={3}
                maxlength={PURPOSE_CHARS_MAX}
                aria-describedby={`purpose-${language}-hint`}
                value={letter().purpose[language]}
                onInput={(event) => change({ purpose: { ...letter().purpose, [language]: event.currentTarget.value } })}
              />
            </div>
          )}
        </For>
        <div class="buttons">
          <button
            type="button"
            class="button"
            data-kind="quiet"
            onClick={() => previewLetter(props.campaign, letter(), me().tenant.sample)}
          >
            {say('preview.open')}
          </button>
          <button type="submit" class="button" aria-disabled={state() === 'busy'}>
            {state() === 'busy' ? say('busy') : say('save')}
          </button>
        </div>
        <Show when={state() === 'saved'}>
          <Notice kind="success">
            <p>{say('saved')}</p>
          </Notice>
        </Show>
        <Show when={failure()}>{(error) => <Refusal error={error()} />}</Show>
      </form>
    </Show>
  )
}
