import { A, useLocation } from '@solidjs/router'
import { Show } from 'solid-js'
import { Notice } from '../../ui/notice.tsx'
import { ApiError, OfflineError } from '../api/errors.ts'
import { keyOr, t } from '../lib/locale.ts'
import { path } from '../path.ts'

/** The sentence for a failure. Codes without a sentence of their own read as a failure of the server. */
export function errorSentence(error: unknown): string {
  if (error instanceof OfflineError) return t('error.offline')
  if (error instanceof ApiError) return t(keyOr(`error.${error.code}`, 'error.internal'))
  return t('error.internal')
}

/** Whether a request failed because nobody is signed in any more. */
export const isSignedOut = (error: unknown): boolean => error instanceof ApiError && error.status === 401

/** Leads to the sign-in page and back here. */
export function SignInAgain() {
  const location = useLocation()
  return (
    <p>
      <A class="button" href={path.signIn(location.pathname + location.search)}>
        {t('error.signInAgain')}
      </A>
    </p>
  )
}

/** `heading` is left out (null) below a page's own heading. */
export function ErrorNotice(props: { error: unknown; heading?: string | null; retry?: () => void }) {
  const refusal = () => (props.error instanceof ApiError ? props.error : null)
  // Asking again for what does not exist helps nobody.
  const missing = () => refusal()?.status === 404
  const signedOut = () => isSignedOut(props.error)
  return (
    <Notice kind="error" heading={props.heading === null ? undefined : (props.heading ?? t('error.heading'))}>
      <p>{errorSentence(props.error)}</p>
      <Show when={refusal()?.status === 500 && refusal()?.requestId}>
        {(id) => <p class="quiet">{t('error.requestId', { id: id() })}</p>}
      </Show>
      <Show when={signedOut()}>
        <SignInAgain />
      </Show>
      <Show when={missing()}>
        <p>
          <A class="button" data-kind="quiet" href={path.home()}>
            {t('notFound.back')}
          </A>
        </p>
      </Show>
      <Show when={!signedOut() && !missing() && props.retry}>
        {(retry) => (
          <p>
            <button type="button" class="button" data-kind="quiet" onClick={() => retry()()}>
              {t('app.retry')}
            </button>
          </p>
        )}
      </Show>
    </Notice>
  )
}
