import { createAsync, Navigate, useLocation } from '@solidjs/router'
import { Show, type ParentProps } from 'solid-js'
import { getMe } from '../api/queries.ts'
import { SessionProvider } from '../lib/session.tsx'
import { path } from '../path.ts'
import { Boundary } from './boundary.tsx'
import { Frame } from './frame.tsx'

/** Lets only a signed-in person through; anybody else is led to the sign-in page and back again afterwards. */
export function SignedIn(props: ParentProps) {
  return (
    <Boundary>
      <Gate>{props.children}</Gate>
    </Boundary>
  )
}

function Gate(props: ParentProps) {
  const me = createAsync(() => getMe())
  const location = useLocation()
  return (
    <>
      {/* `undefined` is still loading; only `null` means nobody is signed in. */}
      <Show when={me() === null}>
        <Navigate href={path.signIn(location.pathname + location.search)} />
      </Show>
      <Show when={me()}>
        {(known) => (
          <SessionProvider me={known()}>
            <Frame>{props.children}</Frame>
          </SessionProvider>
        )}
      </Show>
    </>
  )
}
