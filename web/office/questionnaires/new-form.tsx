import { revalidate, useNavigate } from '@solidjs/router'
import { createSignal, For, Show } from 'solid-js'
import { path } from '../path.ts'
import { createQuestionnaire, getQuestionnaires } from './queries.ts'
import { Refusal } from './refusal.tsx'
import type { NewDraft, Population, QuestionnaireKey } from './types.ts'
import { say } from './words.ts'

const CODE = /^[a-z][a-z0-9-]{0,62}$/

/** A new draft: empty, or the copy of another questionnaire. */
export function NewForm(props: { from?: QuestionnaireKey; suggest?: QuestionnaireKey }) {
  const navigate = useNavigate()
  const [fault, setFault] = createSignal<'new.badCode' | 'new.noTitle' | null>(null)
  const [failure, setFailure] = createSignal<unknown>(null)
  const [isBusy, setBusy] = createSignal(false)

  const submit = async (event: SubmitEvent & { currentTarget: HTMLFormElement }) => {
    event.preventDefault()
    if (isBusy()) return
    const form = new FormData(event.currentTarget)
    const text = (name: string) => String(form.get(name) ?? '').trim()
    const key = { code: text('code'), version: Number(text('version')) }
    const title = { vi: text('vi'), en: text('en') }
    const isNamed = props.from !== undefined || (title.vi !== '' && title.en !== '')
    setFailure(null)
    setFault(!CODE.test(key.code) || !(key.version >= 1) ? 'new.badCode' : isNamed ? null : 'new.noTitle')
    if (fault() !== null) return
    const draft: NewDraft = props.from
      ? { ...key, from: { code: props.from.code, version: props.from.version } }
      : { ...key, title, population: text('population') as Population }
    setBusy(true)
    try {
      await createQuestionnaire(draft)
      await revalidate(getQuestionnaires.key)
      navigate(path.questionnaire(key.code, key.version))
    } catch (error) {
      setFailure(() => error)
    } finally {
      setBusy(false)
    }
  }

  return (
    <form class="card settings" novalidate onSubmit={(event) => void submit(event)} aria-labelledby="new-form-title">
      <h3 id="new-form-title">{props.from ? say('copy.title') : say('new.empty')}</h3>
      <p class="field-hint">{props.from ? say('copy.hint') : say('new.emptyHint')}</p>
      <Show when={fault()}>
        {(key) => (
          <p class="field-error" role="alert">
            {say(key())}
          </p>
        )}
      </Show>
      <Show when={props.from === undefined}>
        <For each={['vi', 'en'] as const}>
          {(language) => (
            <div class="field wide">
              <label for={`new-${language}`}>{say(`language.${language}`, { label: say('whole.title') })}</label>
              <input id={`new-${language}`} name={language} type="text" maxlength={200} lang={language} />
            </div>
          )}
        </For>
        <div class="field">
          <label for="new-population">{say('whole.population')}</label>
          <select id="new-population" name="population">
            <option value="business">{say('population.business')}</option>
            <option value="citizen">{say('population.citizen')}</option>
          </select>
        </div>
      </Show>
      <div class="row">
        <div class="field">
          <label for="new-code">{say('new.code')}</label>
          <p class="field-hint" id="new-code-hint">
            {say('new.codeHint')}
          </p>
          <input
            id="new-code"
            name="code"
            type="text"
            maxlength={63}
            value={props.suggest?.code ?? ''}
            aria-describedby="new-code-hint"
          />
        </div>
        <div class="field short">
          <label for="new-version">{say('new.version')}</label>
          <input id="new-version" name="version" type="number" min={1} max={9999} value={props.suggest?.version ?? 1} />
        </div>
      </div>
      <button type="submit" class="button" aria-disabled={isBusy()}>
        {props.from ? say('copy.submit') : say('new.submit')}
      </button>
      <Show when={failure()}>{(error) => <Refusal error={error()} heading={say('new.problem')} />}</Show>
    </form>
  )
}
