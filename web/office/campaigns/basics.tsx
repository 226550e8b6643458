import { A, createAsync, revalidate, useNavigate } from '@solidjs/router'
import { createSignal, For, Show } from 'solid-js'
import { asChange, createCampaign, getCampaigns, getQuestionnaireChoices, putCampaign } from '../api/campaigns.ts'
import type { Campaign, CampaignContent, QuestionnaireChoice } from '../api/campaign-types.ts'
import { ApiError } from '../api/errors.ts'
import { own } from '../lib/locale.ts'
import { path } from '../path.ts'
import { Boundary } from '../shell/boundary.tsx'
import { PageHeading } from '../shell/page-heading.tsx'
import { withContactsShown } from './columns.ts'
import { ContactsShown } from './contacts-shown.tsx'
import { CampaignFrame } from './frame-of-campaign.tsx'
import { InputField, Refusal, SelectField } from './parts.tsx'
import { inDays, monthOf, newRequestId } from './request.ts'
import { say, sayIf } from './words.ts'

/** A new campaign: what is asked, of which months, and when. */
export function NewCampaignPage() {
  const navigate = useNavigate()
  const requestId = newRequestId()
  const save = async (content: CampaignContent) => {
    const made = await createCampaign(requestId, content)
    await revalidate(getCampaigns.key)
    navigate(path.campaign(made.id, 'danh-sach-goc'))
  }
  return (
    <div class="page campaign">
      <PageHeading title={say('new.title')} />
      <p class="lead">{say('new.lead')}</p>
      <Boundary>
        <Chosen submit={say('new.submit')} save={save} />
      </Boundary>
    </div>
  )
}

/** The same of a draft. */
export function EditCampaignPage() {
  const navigate = useNavigate()
  const save = async (campaign: Campaign, content: CampaignContent, contactsShown: boolean) => {
    const design = campaign.design && withContactsShown(campaign.design, contactsShown)
    await putCampaign(campaign.id, { ...asChange(campaign), ...content, design })
    await revalidate()
    navigate(path.campaign(campaign.id))
  }
  return (
    <CampaignFrame tab="">
      {(campaign) => (
        <>
          <h2>{say('edit.title')}</h2>
          <p>{say('edit.lead')}</p>
          <Chosen
            campaign={campaign()}
            submit={say('save')}
            save={(content, shown) => save(campaign(), content, shown)}
          />
        </>
      )}
    </CampaignFrame>
  )
}

interface Saving {
  readonly campaign?: Campaign
  readonly submit: string
  readonly save: (content: CampaignContent, contactsShown: boolean) => Promise<void>
}

function Chosen(props: Saving) {
  const choices = createAsync(() => getQuestionnaireChoices())
  return <Show when={choices()}>{(known) => <Fields {...props} choices={known()} />}</Show>
}

const keyOf = ({ code, version }: { code: string; version: number }) => `${code}/${version}`

function Fields(props: Saving & { choices: QuestionnaireChoice[] }) {
  const [busy, setBusy] = createSignal(false)
  const [faults, setFaults] = createSignal<Readonly<Record<string, string>>>({})
  const [failure, setFailure] = createSignal<unknown>(null)
  const given = () => props.campaign
  const isGiven = (one: QuestionnaireChoice) => {
    const chosen = given()?.questionnaire
    return chosen !== undefined && keyOf(one) === keyOf(chosen)
  }
  const lastMonth = monthOf(-1)
  let form: HTMLFormElement | undefined

  const refuse = (found: Readonly<Record<string, string>>) => {
    setFaults(found)
    const first = Object.keys(found)[0]
    form?.querySelector<HTMLElement>(`[name="${first}"]`)?.focus()
  }
  const submit = async (event: SubmitEvent & { currentTarget: HTMLFormElement }) => {
    event.preventDefault()
    if (busy()) return
    const data = new FormData(event.currentTarget)
    const text = (name: string) => String(data.get(name) ?? '').trim()
    const chosen = props.choices.find((one) => keyOf(one) === text('questionnaire'))
    const found = Object.fromEntries(
      ['title', 'opensOn', 'closesOn', 'fromMonth', 'toMonth'].flatMap((name) =>
        text(name) === '' ? [[name, say('missing')]] : [],
      ),
    )
    setFailure(null)
    if (chosen === undefined || Object.keys(found).length > 0) return refuse(found)
    setFaults({})
    setBusy(true)
    try {
      const content = {
        title: text('title'),
        questionnaire: { code: chosen.code, version: chosen.version },
        opensOn: text('opensOn'),
        closesOn: text('closesOn'),
        fromMonth: text('fromMonth'),
        toMonth: text('toMonth'),
      }
      await props.save(content, data.has('contactsToInterviewers'))
    } catch (error) {
      const told = error instanceof ApiError ? error.issues : []
      const named = told.flatMap(({ path: at, code }) => {
        const sentence = sayIf(`fault.${code}`, { where: at })
        return sentence !== null && form?.querySelector(`[name="${at}"]`) ? [[at, sentence] as const] : []
      })
      if (named.length > 0) refuse(Object.fromEntries(named))
      else setFailure(() => error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <form
      ref={(element) => (form = element)}
      class="card plan-form"
      novalidate
      onSubmit={(event) => void submit(event)}
    >
      <InputField
        label={say('basics.title')}
        name="title"
        hint={say('basics.titleHint')}
        value={given()?.title}
        fault={faults()['title']}
      />
      <SelectField label={say('basics.questionnaire')} name="questionnaire" hint={say('basics.questionnaireHint')}>
        <For each={props.choices}>
          {(one) => (
            <option value={keyOf(one)} selected={isGiven(one)}>
              {say(one.shipped ? 'questionnaire.shipped' : 'questionnaire.own', {
                title: own(one.title),
                version: one.version,
                population: say(`population.${one.population}`),
              })}
            </option>
          )}
        </For>
      </SelectField>
      <p>
        <A href={path.questionnaires()}>{say('basics.toQuestionnaires')}</A>
      </p>
      <fieldset>
        <legend>{say('basics.days')}</legend>
        <div class="field-row">
          <InputField
            label={say('basics.opensOn')}
            name="opensOn"
            type="date"
            value={given()?.opensOn ?? inDays(7)}
            fault={faults()['opensOn']}
          />
          <InputField
            label={say('basics.closesOn')}
            name="closesOn"
            type="date"
            value={given()?.closesOn ?? inDays(37)}
            fault={faults()['closesOn']}
          />
        </div>
        <p class="field-hint">{say('basics.daysHint')}</p>
      </fieldset>
      <fieldset>
        <legend>{say('basics.months')}</legend>
        <div class="field-row">
          <InputField
            label={say('basics.fromMonth')}
            name="fromMonth"
            type="month"
            value={given()?.fromMonth ?? lastMonth}
            fault={faults()['fromMonth']}
          />
          <InputField
            label={say('basics.toMonth')}
            name="toMonth"
            type="month"
            value={given()?.toMonth ?? lastMonth}
            fault={faults()['toMonth']}
          />
        </div>
        <p class="field-hint">{say('basics.monthsHint')}</p>
      </fieldset>
      <Show when={given()?.design?.contacts}>
        <fieldset>
          <legend>{say('contacts.title')}</legend>
          <ContactsShown shown={given()?.design?.contactsToInterviewers === true} />
        </fieldset>
      </Show>
      <p class="quiet">{say('basics.modes')}</p>
      <button type="submit" class="button" aria-disabled={busy()}>
        {busy() ? say('busy') : props.submit}
      </button>
      <Show when={failure()}>{(error) => <Refusal error={error()} />}</Show>
    </form>
  )
}
