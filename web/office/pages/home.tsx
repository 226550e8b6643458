import { Navigate } from '@solidjs/router'
import { useSession } from '../lib/session.tsx'
import { path } from '../path.ts'

/** The first page of each role: the whole province for an administrator, the import for an importer. */
export function HomePage() {
  const me = useSession()
  const first = () => {
    const { role, province } = me()
    if (role === 'importer') return path.import()
    return province === null ? path.units() : path.unit(province.id)
  }
  return <Navigate href={first()} />
}
