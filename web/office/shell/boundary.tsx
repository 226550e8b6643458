import { revalidate } from '@solidjs/router'
import { Show, type ParentProps } from 'solid-js'
import { AsyncBoundary } from '../../ui/async-boundary.tsx'
import { t } from '../lib/locale.ts'
import { ErrorNotice } from './error-notice.tsx'
import { PageHeading } from './page-heading.tsx'

/**
 * The office's loading and error states around anything that reads from the API. `page` where the page's own heading is
 * inside, so that a failed page still has one.
 */
export function Boundary(props: ParentProps<{ page?: boolean }>) {
  const retry = (reset: () => void) => {
    void revalidate()
    reset()
  }
  return (
    <AsyncBoundary
      loading={
        <p class="loading" role="status">
          {t('app.loading')}
        </p>
      }
      failed={(error, reset) => (
        <>
          <Show when={props.page}>
            <PageHeading title={t('error.page')} />
          </Show>
          <ErrorNotice error={error} {...(props.page ? { heading: null } : {})} retry={() => retry(reset)} />
        </>
      )}
    >
      {props.children}
    </AsyncBoundary>
  )
}
