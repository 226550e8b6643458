import { createSignal, Show } from 'solid-js'
import type { SignInFault, TabletSession } from './tablet.ts'
import { t } from './words.ts'

/** Signs in. @param props.email of the person whose interviews are on the screen; null: anybody */
export function SignInForm(props: { tablet: TabletSession; email: string | null }) {
  const [fault, setFault] = createSignal<SignInFault | 'empty' | null>(null)
  const [isBusy, setBusy] = createSignal(false)
  let email: HTMLInputElement | undefined
  let password: HTMLInputElement | undefined
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    if (isBusy()) return
    const [address, secret] = [props.email ?? email?.value.trim() ?? '', password?.value ?? '']
    if (!address.includes('@') || secret === '') {
      setFault('empty')
      return (address.includes('@') ? password : email)?.focus()
    }
    setBusy(true)
    setFault(null)
    const found = await props.tablet.enter(address, secret)
    setBusy(false)
    setFault(found)
    if (found !== null) password?.focus()
  }
  return (
    <form novalidate onSubmit={(event) => void submit(event)}>
      <p class="error" role="alert">
        <Show when={fault()}>
          {(code) => (
            <>
              <span class="visually-hidden">{t('errorPrefix')}</span>
              {t(`fault_${code()}`)}
            </>
          )}
        </Show>
      </p>
      <label class="field">
        <span>{t('email')}</span>
        <input
          type="email"
          name="email"
          autocomplete="username"
          readonly={props.email !== null}
          value={props.email ?? ''}
          ref={(element) => (email = element)}
        />
      </label>
      <label class="field">
        <span>{t('password')}</span>
        <input
          type="password"
          name="password"
          autocomplete="current-password"
          ref={(element) => (password = element)}
        />
      </label>
      <button type="submit" class="button" data-primary="" aria-disabled={isBusy() ? 'true' : undefined}>
        {t(isBusy() ? 'signingIn' : 'signIn')}
      </button>
    </form>
  )
}
