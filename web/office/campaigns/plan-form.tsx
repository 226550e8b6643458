import { createAsync, revalidate } from '@solidjs/router'
import { createSignal, For, Show } from 'solid-js'
import { jumpTo } from '../lib/arrival.ts'
import { asChange, drawSample, getStrata, putCampaign } from '../api/campaigns.ts'
import type { Campaign, CampaignDesign } from '../api/campaign-types.ts'
import { count } from '../lib/format.ts'
import { locale, t } from '../lib/locale.ts'
import { Careful, InputField, Refusal } from './parts.tsx'
import { allocationOf, planned, type Plan, type Stratum } from './plan.ts'
import { PlanTable } from './plan-table.tsx'
import { newSeed } from './request.ts'
import { stratumName } from './strata-table.tsx'
import { say, sayIf } from './words.ts'

const n = (value: number) => count(value, locale())
const REPLACEMENTS_PCT_MAX = 300
const FAULTS_SHOWN = 5

export function PlanForm(props: { campaign: Campaign }) {
  const strata = createAsync(() => getStrata(props.campaign.id))
  return (
    <Show when={props.campaign.design}>
      {(design) => (
        <Show when={strata()}>
          {(known) => <Fields campaign={props.campaign} design={design()} strata={known()} />}
        </Show>
      )}
    </Show>
  )
}

function planOf({ allocation, certainty, reserve, perUnit }: CampaignDesign, strata: readonly Stratum[]): Plan {
  const members = strata.reduce((sum, one) => sum + one.members, 0)
  const isNew = allocation.kind === 'proportional' && allocation.total === 0
  return {
    kind: allocation.kind,
    total: allocation.kind === 'proportional' && !isNew ? allocation.total : Math.min(members, 400),
    minimum: allocation.kind === 'proportional' ? allocation.minimum : 2,
    fixed: new Map(allocation.kind === 'fixed' ? allocation.strata.map((one) => [one.stratum, one.cases]) : []),
    whole: new Set(certainty),
    reservePct: Math.round(reserve * 100),
    perUnit,
  }
}

function Fields(props: { campaign: Campaign; design: CampaignDesign; strata: readonly Stratum[] }) {
  const [plan, setPlan] = createSignal(planOf(props.design, props.strata))
  const [seed, setSeed] = createSignal(String(props.campaign.sample?.seed ?? newSeed()))
  const [failure, setFailure] = createSignal<unknown>(null)
  const [busy, setBusy] = createSignal(false)
  const change = (part: Partial<Plan>) => setPlan((known) => ({ ...known, ...part }))
  const result = () => planned(plan(), props.strata)
  const reserve = () => (plan().reservePct >= 0 && plan().reservePct <= REPLACEMENTS_PCT_MAX ? plan().reservePct : null)
  const seedNumber = () => (/^\d{1,10}$/.test(seed()) && Number(seed()) < 2 ** 31 ? Number(seed()) : null)
  const isReady = () => result().faults.length === 0 && reserve() !== null && seedNumber() !== null

  const draw = async () => {
    const [pct, number] = [reserve(), seedNumber()]
    if (pct === null || number === null || busy()) return
    setBusy(true)
    setFailure(null)
    try {
      const { id } = await putCampaign(props.campaign.id, {
        ...asChange(props.campaign),
        design: {
          ...props.design,
          allocation: allocationOf(plan(), props.strata),
          certainty: [...plan().whole],
          reserve: pct / 100,
          perUnit: plan().perUnit,
        },
      })
      await drawSample(id, number)
    } finally {
      // the plan may be stored though nothing was drawn: the next try starts from there
      await revalidate()
      setBusy(false)
    }
    jumpTo('drawn')
  }
  return (
    <form class="card plan-form" novalidate onSubmit={(event) => event.preventDefault()}>
      <h2>{say('plan.title')}</h2>
      <fieldset class="segments">
        <legend>{say('plan.kind')}</legend>
        <For each={['proportional', 'fixed'] as const}>
          {(kind) => (
            <label class="choice">
              <input type="radio" name="kind" checked={plan().kind === kind} onChange={() => change({ kind })} />
              <span>{say(`plan.${kind}`)}</span>
            </label>
          )}
        </For>
      </fieldset>
      <Show when={plan().kind === 'proportional'}>
        <div class="field-row">
          <InputField
            label={say('plan.total')}
            name="total"
            type="number"
            min={0}
            value={plan().total}
            input={(value) => change({ total: Number(value) })}
          />
          <InputField
            label={say('plan.minimum')}
            name="minimum"
            type="number"
            min={0}
            value={plan().minimum}
            input={(value) => change({ minimum: Number(value) })}
          />
        </div>
      </Show>
      <div class="field-row">
        <InputField
          label={say('plan.reserve')}
          name="reserve"
          type="number"
          min={0}
          max={REPLACEMENTS_PCT_MAX}
          hint={say('plan.reserveHint')}
          fault={reserve() === null ? say('plan.reserveFault') : null}
          value={plan().reservePct}
          input={(value) => change({ reservePct: value === '' ? Number.NaN : Number(value) })}
        />
        <Show when={props.design.columns.psu !== null}>
          <InputField
            label={say('plan.perUnit')}
            name="perUnit"
            type="number"
            min={1}
            hint={say('plan.perUnitHint')}
            value={plan().perUnit ?? 10}
            input={(value) => change({ perUnit: Math.max(1, Math.trunc(Number(value)) || 1) })}
          />
        </Show>
        <InputField
          label={say('facts.seed')}
          name="seed"
          hint={say('plan.seedHint')}
          fault={seedNumber() === null ? say('plan.seedFault') : null}
          value={seed()}
          maxlength={10}
          input={setSeed}
        />
      </div>
      <PlanTable plan={plan()} strata={props.strata} cases={result().cases} change={change} />
      <div role="status" class="plan-result">
        <Show
          when={result().faults.length === 0}
          fallback={
            <ul class="field-error">
              <For each={result().faults.slice(0, FAULTS_SHOWN)}>
                {({ code, stratum }) => (
                  <li>{sayIf(`fault.${code}`, { where: stratumName(stratum ?? '') }) ?? code}</li>
                )}
              </For>
              <Show when={result().faults.length > FAULTS_SHOWN}>
                <li>{t('error.more', { n: result().faults.length - FAULTS_SHOWN })}</li>
              </Show>
            </ul>
          }
        >
          <p>
            {say('plan.sum', {
              main: n([...result().cases.values()].reduce((sum, one) => sum + one, 0)),
              strata: n(props.strata.length),
            })}
          </p>
        </Show>
      </div>
      <Show when={isReady()}>
        <Show
          when={props.campaign.sample !== null}
          fallback={
            <button
              type="button"
              class="button"
              aria-disabled={busy()}
              onClick={() => void draw().catch((error: unknown) => void setFailure(() => error))}
            >
              {busy() ? say('busy') : say('plan.draw')}
            </button>
          }
        >
          <Careful label={say('plan.redraw')} title={say('plan.redrawAsk')} confirm={say('plan.redraw')} run={draw}>
            <p>{say('plan.redrawWhat')}</p>
          </Careful>
        </Show>
      </Show>
      <Show when={failure()}>{(error) => <Refusal error={error()} heading={say('plan.problem')} />}</Show>
    </form>
  )
}
