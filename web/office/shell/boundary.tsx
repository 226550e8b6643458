import { revalidate } from '@solidjs/router'
import type { ParentProps } from 'solid-js'
import { AsyncBoundary } from '../../ui/async-boundary.tsx'
import { t } from '../lib/locale.ts'
import { ErrorNotice } from './error-notice.tsx'

/** The office's loading and error states around anything that reads from the API. */
export function Boundary(props: ParentProps) {
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
      failed={(error, reset) => <ErrorNotice error={error} retry={() => retry(reset)} />}
    >
      {props.children}
    </AsyncBoundary>
  )
}
