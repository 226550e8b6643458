import type { ParentProps } from 'solid-js'
import { useArrival, useTitle } from '../lib/arrival.ts'
import { t } from '../lib/locale.ts'

/** The page's one `<h1>`: names the tab and takes the focus after a change of page. */
export function PageHeading(props: ParentProps<{ title: string }>) {
  let heading: HTMLHeadingElement | undefined
  useTitle(() => t('app.title', { page: props.title }))
  useArrival(() => heading)
  return (
    <h1 ref={(element) => (heading = element)} tabindex="-1">
      {props.title}
    </h1>
  )
}
