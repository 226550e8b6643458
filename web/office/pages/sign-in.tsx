import { revalidate, useNavigate, useSearchParams } from '@solidjs/router'
import { createSignal, Show } from 'solid-js'
import { Notice } from '../../ui/notice.tsx'
import { ApiError } from '../api/errors.ts'
import { signIn } from '../api/queries.ts'
import { t } from '../lib/locale.ts'
import type { OfficeKey } from '../../i18n/office.vi.ts'
import { safeBack } from '../path.ts'
import { errorSentence } from '../shell/error-notice.tsx'
import { LanguageSwitch } from '../shell/language-switch.tsx'
import { PageHeading } from '../shell/page-heading.tsx'

type Faults = { email?: OfficeKey; password?: OfficeKey }

/** The sentence for a refused sign-in: which of the two was wrong is never said. */
const refusal = (error: unknown): string =>
  error instanceof ApiError && (error.status === 401 || error.status === 400 || error.status === 422)
    ? t('signIn.wrong')
    : errorSentence(error)

export function SignInPage() {
  const navigate = useNavigate()
  const [search] = useSearchParams<{ ve?: string }>()
  const [faults, setFaults] = createSignal<Faults>({})
  const [failure, setFailure] = createSignal<unknown>(null)
  const [busy, setBusy] = createSignal(false)
  let email: HTMLInputElement | undefined
  let password: HTMLInputElement | undefined

  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    if (busy()) return
    const address = email?.value.trim() ?? ''
    const secret = password?.value ?? ''
    const found: Faults = {
      ...(address.includes('@') ? {} : { email: 'signIn.emailMissing' as const }),
      ...(secret === '' ? { password: 'signIn.passwordMissing' as const } : {}),
    }
    setFaults(found)
    setFailure(null)
    if (found.email !== undefined) return email?.focus()
    if (found.password !== undefined) return password?.focus()
    setBusy(true)
    try {
      await signIn(address, secret)
      await revalidate()
      navigate(safeBack(search.ve), { replace: true })
    } catch (error) {
      setFailure(() => error)
      password?.focus()
    } finally {
      setBusy(false)
    }
  }

  return (
    <div class="sign-in">
      <div class="sign-in-language">
        <LanguageSwitch />
      </div>
      <main class="sign-in-card" id="main">
        <p class="sign-in-brand">
          <span class="brand-name">{t('app.name')}</span>
          <span>{t('app.tagline')}</span>
        </p>
        <PageHeading title={t('signIn.title')} />
        <p>{t('signIn.lead')}</p>
        <Show when={failure()}>
          {(error) => (
            <Notice kind="error" heading={t('signIn.problem')}>
              <p>{refusal(error())}</p>
            </Notice>
          )}
        </Show>
        <form novalidate onSubmit={(event) => void submit(event)}>
          <div class="field">
            <label for="email">{t('signIn.email')}</label>
            <Show when={faults().email}>
              {(key) => (
                <p class="field-error" id="email-error">
                  {t(key())}
                </p>
              )}
            </Show>
            <input
              id="email"
              name="email"
              type="email"
              autocomplete="username"
              required
              ref={(element) => (email = element)}
              aria-invalid={faults().email !== undefined}
              aria-describedby={faults().email === undefined ? undefined : 'email-error'}
            />
          </div>
          <div class="field">
            <label for="password">{t('signIn.password')}</label>
            <Show when={faults().password}>
              {(key) => (
                <p class="field-error" id="password-error">
                  {t(key())}
                </p>
              )}
            </Show>
            <input
              id="password"
              name="password"
              type="password"
              autocomplete="current-password"
              required
              ref={(element) => (password = element)}
              aria-invalid={faults().password !== undefined}
              aria-describedby={faults().password === undefined ? undefined : 'password-error'}
            />
          </div>
          <button type="submit" class="button" aria-disabled={busy()}>
            {busy() ? t('signIn.busy') : t('signIn.submit')}
          </button>
        </form>
        <p class="quiet">{t('signIn.forgot')}</p>
      </main>
    </div>
  )
}
