import { A, revalidate, useNavigate } from '@solidjs/router'
import { For, Show, type ParentProps } from 'solid-js'
import { signOut } from '../api/queries.ts'
import type { Me, Role } from '../api/types.ts'
import { t } from '../lib/locale.ts'
import { useSession } from '../lib/session.tsx'
import type { OfficeKey } from '../../i18n/office.vi.ts'
import { forgetTypedDrafts } from '../paper/draft.ts'
import { path } from '../path.ts'
import { JumpLink } from './jump-link.tsx'
import { LanguageSwitch } from './language-switch.tsx'

type Entry = { key: OfficeKey; href: (me: Me) => string | null; roles: readonly Role[]; external?: true }

const ENTRIES: readonly Entry[] = [
  {
    key: 'nav.home',
    href: (me) => (me.province === null ? null : path.unit(me.province.id)),
    roles: ['administrator'],
  },
  { key: 'nav.units', href: () => path.units(), roles: ['administrator'] },
  { key: 'nav.indices', href: () => path.editions(), roles: ['administrator'] },
  { key: 'nav.publications', href: () => path.publications(), roles: ['administrator'] },
  { key: 'nav.import', href: () => path.import(), roles: ['administrator', 'importer'] },
  { key: 'nav.invitations', href: () => path.invitations(), roles: ['administrator', 'importer'] },
  { key: 'nav.slips', href: () => path.slips(), roles: ['administrator', 'importer'] },
  { key: 'nav.campaigns', href: () => path.campaigns(), roles: ['administrator'] },
  { key: 'nav.questionnaires', href: () => path.questionnaires(), roles: ['administrator'] },
  { key: 'nav.interviews', href: () => path.interviews(), roles: ['interviewer'], external: true },
  { key: 'nav.settings', href: () => path.settings(), roles: ['administrator'] },
]

function Navigation() {
  const me = useSession()
  const entries = () =>
    ENTRIES.flatMap((entry) => {
      const href = entry.roles.includes(me().role) ? entry.href(me()) : null
      return href === null ? [] : [{ key: entry.key, href, external: entry.external }]
    })
  return (
    <nav class="frame-nav" aria-label={t('nav.label')}>
      <ul>
        <For each={entries()}>
          {(entry) => (
            <li>
              <A href={entry.href} end={entry.key === 'nav.units'} rel={entry.external ? 'external' : undefined}>
                {t(entry.key)}
              </A>
            </li>
          )}
        </For>
      </ul>
    </nav>
  )
}

/** What surrounds every signed-in page: skip link, header, sample banner, main, footer. */
export function Frame(props: ParentProps) {
  const me = useSession()
  const navigate = useNavigate()
  const leave = async () => {
    // Whatever the server says, this browser forgets: a failed sign-out must not leave numbers on the screen.
    await signOut().catch(() => undefined)
    forgetTypedDrafts(me().user.id)
    await revalidate()
    navigate(path.signIn(), { replace: true })
  }
  return (
    <>
      <JumpLink class="skip-link" to="main">
        {t('app.skip')}
      </JumpLink>
      <header class="frame-header">
        <div class="frame-bar">
          <A class="brand" href={path.home()}>
            <span class="brand-name">{t('app.name')}</span>
            <span class="brand-tenant">{me().tenant.name}</span>
          </A>
          <div class="frame-tools">
            <LanguageSwitch />
            <p class="frame-person">
              <span class="visually-hidden">{t('nav.signedInAs', { name: '' })}</span>
              {me().user.name || me().user.email} · {t(`role.${me().role}`)}
            </p>
            <button type="button" class="frame-leave" onClick={() => void leave()}>
              {t('nav.signOut')}
            </button>
          </div>
        </div>
        <Navigation />
      </header>
      <Show when={me().tenant.sample}>
        <SampleBanner />
      </Show>
      <main id="main" class="frame-main" tabindex="-1">
        {props.children}
      </main>
      <footer class="frame-footer">
        <p>{t('app.footer')}</p>
      </footer>
    </>
  )
}

export function SampleBanner() {
  return (
    <aside class="sample-banner" aria-label={t('app.sampleMark')}>
      <p>
        <strong>{t('app.sampleMark')}</strong> {t('app.sampleText')}
      </p>
    </aside>
  )
}
