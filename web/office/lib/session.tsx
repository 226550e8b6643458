import { createContext, useContext, type ParentProps } from 'solid-js'
import type { Me } from '../api/types.ts'

const Session = createContext<() => Me>()

export function SessionProvider(props: ParentProps<{ me: Me }>) {
  return <Session.Provider value={() => props.me}>{props.children}</Session.Provider>
}

/** Who is signed in. Only pages inside the signed-in frame may ask. */
export function useSession(): () => Me {
  const session = useContext(Session)
  if (session === undefined) throw new Error('useSession requires a SessionProvider above')
  return session
}
