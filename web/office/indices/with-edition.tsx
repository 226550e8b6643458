import { createAsync, useSearchParams } from '@solidjs/router'
import { Show, type JSX } from 'solid-js'
import { Boundary } from '../shell/boundary.tsx'
import { NotFoundPage } from '../pages/not-found.tsx'
import { getEdition } from './queries.ts'
import type { Edition } from './types.ts'

/** A page about the edition that the address names. */
export function WithEdition(props: { children: (edition: () => Edition) => JSX.Element }) {
  const [search] = useSearchParams<{ index?: string; edition?: string }>()
  return (
    <Show
      when={search.index && search.edition ? `${search.index} ${search.edition}` : null}
      fallback={<NotFoundPage />}
      keyed
    >
      <div class="page">
        <Boundary page>
          <Loaded index={search.index ?? ''} edition={search.edition ?? ''}>
            {props.children}
          </Loaded>
        </Boundary>
      </div>
    </Show>
  )
}

function Loaded(props: { index: string; edition: string; children: (edition: () => Edition) => JSX.Element }) {
  const edition = createAsync(() => getEdition({ id: props.index, edition: props.edition }))
  return <Show when={edition()}>{(known) => props.children(known)}</Show>
}
