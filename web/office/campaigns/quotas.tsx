import { createAsync, revalidate } from '@solidjs/router'
import { createSignal, For, Index, Show } from 'solid-js'
import { Notice } from '../../ui/notice.tsx'
import { ScrollTable } from '../../ui/scroll-table.tsx'
import { asChange, getCampaign, getStrata, putCampaign } from '../api/campaigns.ts'
import type { Campaign, Quota } from '../api/campaign-types.ts'
import { count } from '../lib/format.ts'
import { locale } from '../lib/locale.ts'
import { CampaignFrame } from './frame-of-campaign.tsx'
import { Progress, Refusal } from './parts.tsx'
import { say } from './words.ts'

const n = (value: number) => count(value, locale())

/** How many complete answers of a class are taken at most. */
export function QuotasPage() {
  return (
    <CampaignFrame tab="han-muc">
      {(campaign) => (
        <>
          <p class="lead">{say('quotas.lead')}</p>
          <Show when={campaign().quotas.length > 0} fallback={<p class="empty">{say('quotas.none')}</p>}>
            <Taken campaign={campaign()} />
          </Show>
          <Show when={campaign().state !== 'closed'}>
            <Show when={campaign().design !== null} fallback={<p>{say('quotas.frameFirst')}</p>}>
              <Edit campaign={campaign()} />
            </Show>
          </Show>
        </>
      )}
    </CampaignFrame>
  )
}

const className = (attribute: string) => (attribute === '' ? say('stratum') : attribute)

function Taken(props: { campaign: Campaign }) {
  return (
    <ScrollTable caption={say('quotas.caption')} class="wide-first compact">
      <thead>
        <tr>
          <th scope="col">{say('quotas.class')}</th>
          <th scope="col">{say('quotas.value')}</th>
          <th scope="col" class="number">
            {say('quotas.taken')}
          </th>
          <th scope="col">{say('quotas.full')}</th>
        </tr>
      </thead>
      <tbody>
        <For each={props.campaign.quotas}>
          {(quota) => {
            const words = () => say('quotas.takenOf', { taken: n(quota.taken), most: n(quota.most) })
            return (
              <tr>
                <th scope="row">{className(quota.attribute)}</th>
                <td>{quota.value}</td>
                <td class="number">{words()}</td>
                <td>
                  <Progress part={quota.taken} whole={quota.most} label={words()} />
                  <Show when={quota.taken >= quota.most}>
                    <span class="cell-note">{say('quotas.isFull')}</span>
                  </Show>
                </td>
              </tr>
            )
          }}
        </For>
      </tbody>
    </ScrollTable>
  )
}

function Edit(props: { campaign: Campaign }) {
  const strata = createAsync(() => getStrata(props.campaign.id))
  const [rows, setRows] = createSignal<readonly Quota[]>(asChange(props.campaign).quotas)
  const [state, setState] = createSignal<'idle' | 'busy' | 'saved'>('idle')
  const [failure, setFailure] = createSignal<unknown>(null)
  const classes = () => {
    const { strata: columns = [], attributes = [] } = props.campaign.design?.columns ?? {}
    return ['', ...new Set([...columns, ...attributes])]
  }
  const change = (at: number, part: Partial<Quota>) => {
    setState('idle')
    setRows((known) => known.map((row, i) => (i === at ? { ...row, ...part } : row)))
  }
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    if (state() === 'busy') return
    setState('busy')
    setFailure(null)
    try {
      await putCampaign(props.campaign.id, { ...asChange(props.campaign), quotas: [...rows()] })
      await revalidate(getCampaign.key)
      setState('saved')
    } catch (error) {
      setFailure(() => error)
      setState('idle')
    }
  }
  return (
    <form class="card plan-form" novalidate onSubmit={(event) => void submit(event)}>
      <h2>{say('quotas.edit')}</h2>
      <datalist id="strata-names">
        <For each={strata()}>{({ stratum }) => <option value={stratum} />}</For>
      </datalist>
      <Index each={rows()}>
        {(row, at) => (
          <fieldset class="quota">
            <legend>{say('quotas.number', { n: at + 1 })}</legend>
            <div class="field-row">
              <div class="field">
                <label for={`quota-class-${at}`}>{say('quotas.class')}</label>
                <select
                  id={`quota-class-${at}`}
                  onChange={(event) => change(at, { attribute: event.currentTarget.value })}
                >
                  <For each={classes()}>
                    {(name) => (
                      <option value={name} selected={name === row().attribute}>
                        {className(name)}
                      </option>
                    )}
                  </For>
                </select>
              </div>
              <div class="field">
                <label for={`quota-value-${at}`}>{say('quotas.value')}</label>
                <input
                  id={`quota-value-${at}`}
                  type="text"
                  list={row().attribute === '' ? 'strata-names' : undefined}
                  value={row().value}
                  onInput={(event) => change(at, { value: event.currentTarget.value })}
                />
              </div>
              <div class="field">
                <label for={`quota-most-${at}`}>{say('quotas.most')}</label>
                <input
                  id={`quota-most-${at}`}
                  type="number"
                  min={1}
                  value={row().most}
                  onInput={(event) => change(at, { most: Number(event.currentTarget.value) })}
                />
              </div>
              <button
                type="button"
                class="button"
                data-kind="quiet"
                onClick={() => setRows((known) => known.filter((_, i) => i !== at))}
              >
                {say('quotas.remove')}
                <span class="visually-hidden">{` ${say('quotas.number', { n: at + 1 })}`}</span>
              </button>
            </div>
          </fieldset>
        )}
      </Index>
      <div class="buttons">
        <button
          type="button"
          class="button"
          data-kind="quiet"
          onClick={() => setRows((known) => [...known, { attribute: '', value: '', most: 100 }])}
        >
          {say('quotas.add')}
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
  )
}
