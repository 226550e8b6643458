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

export function ErrorNotice(props: { error: unknown; heading?: string; retry?: () => void }) {
  const location = useLocation()
  const refusal = () => (props.error instanceof ApiError ? props.error : null)
  const signedOut = () => refusal()?.status === 401
  return (
    <Notice kind="error" heading={props.heading ?? t('error.heading')}>
      <p>{errorSentence(props.error)}</p>
      <Show when={refusal()?.status === 500 && refusal()?.requestId}>
        {(id) => <p class="quiet">{t('error.requestId', { id: id() })}</p>}
      </Show>
      <Show when={signedOut()}>
        <p>
          <A class="button" href={path.signIn(location.pathname + location.search)}>
            {t('error.signInAgain')}
          </A>
        </p>
      </Show>
      <Show when={!signedOut() && props.retry}>
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
