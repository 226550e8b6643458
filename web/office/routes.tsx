import type { RouteDefinition } from '@solidjs/router'
import { lazy, type ParentProps } from 'solid-js'
import { getChanges, getImports, getMe, getPeriods, getSettings } from './api/queries.ts'
import { HomePage } from './pages/home.tsx'
import { NotFoundPage } from './pages/not-found.tsx'
import { SignInPage } from './pages/sign-in.tsx'
import { Boundary } from './shell/boundary.tsx'
import { Only } from './shell/only.tsx'
import { SignedIn } from './shell/signed-in.tsx'

const UnitsPage = lazy(async () => ({ default: (await import('./pages/units.tsx')).UnitsPage }))
const UnitPage = lazy(async () => ({ default: (await import('./pages/unit.tsx')).UnitPage }))
const ImportPage = lazy(async () => ({ default: (await import('./pages/import.tsx')).ImportPage }))
const InvitationsPage = lazy(async () => ({ default: (await import('./pages/invitations.tsx')).InvitationsPage }))
const SettingsPage = lazy(async () => ({ default: (await import('./pages/settings.tsx')).SettingsPage }))

const ForAdministrators = (props: ParentProps) => (
  <Only roles={['administrator']}>
    <Boundary>{props.children}</Boundary>
  </Only>
)
const ForStaff = (props: ParentProps) => <Boundary>{props.children}</Boundary>

/** Starts a read before its page is there. The page meets the same promise again and shows its failure. */
const warm = (...reads: Promise<unknown>[]): void => {
  for (const read of reads) read.catch(() => undefined)
}

/** The whole tree of office pages. */
export const routes: RouteDefinition[] = [
  { path: '/dang-nhap', component: SignInPage },
  {
    path: '/',
    component: SignedIn,
    preload: () => warm(getMe()),
    children: [
      { path: '/', component: HomePage },
      {
        path: '/',
        component: ForAdministrators,
        children: [
          { path: '/don-vi', component: UnitsPage, preload: () => warm(getPeriods()) },
          { path: '/don-vi/:id', component: UnitPage, preload: () => warm(getPeriods()) },
          { path: '/cai-dat', component: SettingsPage, preload: () => warm(getSettings()) },
        ],
      },
      {
        path: '/',
        component: ForStaff,
        children: [
          {
            path: '/nhap-ho-so',
            component: ImportPage,
            preload: () => warm(getImports(null), getChanges(null)),
          },
          { path: '/giay-moi', component: InvitationsPage },
        ],
      },
      { path: '*', component: NotFoundPage },
    ],
  },
]
