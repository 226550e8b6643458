import { createSignal, Show } from 'solid-js'
import { Title } from '../ui/phone-page.tsx'
import { SyncEnding } from './sync-panel.tsx'
import { SignOut } from './sign-out.tsx'
import type { TabletSession } from './tablet.ts'
import { t } from './words.ts'

const LABEL_MAX = 60

/** Before the first interview: a name for the tablet, and everything that is needed without a network. */
export function Prepare(props: { tablet: TabletSession }) {
  const owner = () => props.tablet.owner()
  const [label, setLabel] = createSignal<string | null>(null)
  const text = () => label() ?? owner()?.label ?? t('labelDefault', { name: owner()?.name ?? '' }).slice(0, LABEL_MAX)
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    const name = text()
      .replace(/[\p{Cc}\p{Surrogate}]/gu, '')
      .trim()
    if (name !== '') void props.tablet.prepare(name)
  }
  return (
    <>
      <Title text={t('prepareTitle')} focus />
      <p>{t('prepareLead')}</p>
      <form novalidate onSubmit={submit}>
        <label class="field">
          <span>{t('label')}</span>
          <span class="hint" id="label-hint">
            {t('labelHint')}
          </span>
          <input
            type="text"
            name="label"
            maxlength={LABEL_MAX}
            autocomplete="off"
            aria-describedby="label-hint"
            value={text()}
            onInput={(event) => setLabel(event.currentTarget.value)}
          />
        </label>
        <button
          type="submit"
          class="button"
          data-primary=""
          aria-disabled={props.tablet.isSyncing() ? 'true' : undefined}
        >
          {t(props.tablet.isSyncing() ? 'preparing' : 'prepare')}
        </button>
      </form>
      <SyncEnding tablet={props.tablet} />
      <Show when={owner()}>
        {(known) => (
          <p class="actions">
            <SignOut tablet={props.tablet} owner={known()} />
          </p>
        )}
      </Show>
    </>
  )
}
