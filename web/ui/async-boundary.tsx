import { ErrorBoundary, Suspense, type JSX, type ParentProps } from 'solid-js'

/** The one place that waits and the one place that catches: a loading state and an error state around what loads. */
export function AsyncBoundary(
  props: ParentProps<{
    loading: JSX.Element
    failed: (error: unknown, retry: () => void) => JSX.Element
  }>,
) {
  return (
    <ErrorBoundary fallback={(error: unknown, retry) => props.failed(error, retry)}>
      <Suspense fallback={props.loading}>{props.children}</Suspense>
    </ErrorBoundary>
  )
}
