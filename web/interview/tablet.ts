import { createMemo, createSignal } from 'solid-js'
import { keepPage } from '../offline/keep-page.ts'
import type { Case, Disposition, Draft, Kept } from './kept.ts'
import { tell } from './numbers.ts'
import { changeOwner, leave, othersWaiting, readHoldings, settle, type Holdings } from './records.ts'
import { openShelf, type Shelf } from './shelf.ts'
import { standingOf, unsentOf, type Standing } from './standing.ts'
import { nowIso, syncTablet, type Ending } from './sync.ts'
import { getMe, signIn, signOut } from './wire.ts'

/** `unkept`: the browser keeps nothing, so nothing may be begun. */
export type Phase = 'loading' | 'unkept' | 'signedOut' | 'unprepared' | 'ready'
export type SignInFault = 'wrong' | 'role' | 'otherPerson' | 'unreachable' | 'busy'

/** Everything the page knows and does; the components only show it. */
export function createTablet() {
  const [shelf, setShelf] = createSignal<Shelf | null>(null)
  const [isUnkept, setUnkept] = createSignal(false)
  const [holdings, setHoldings] = createSignal<Holdings | null | undefined>(undefined)
  const [waitingOthers, setWaitingOthers] = createSignal<readonly string[]>([])
  const [isSyncing, setSyncing] = createSignal(false)
  const [ending, setEnding] = createSignal<Ending | null>(null)
  const [isOnline, setOnline] = createSignal(navigator.onLine)
  const [isPageKept, setPageKept] = createSignal(false)
  const [isLasting, setLasting] = createSignal(false)

  const phase = createMemo((): Phase => {
    if (isUnkept()) return 'unkept'
    const now = holdings()
    if (now === undefined) return 'loading'
    if (now === null) return 'signedOut'
    return now.owner.label === null || now.owner.downloadedAt === null ? 'unprepared' : 'ready'
  })
  const owner = () => holdings()?.owner ?? null
  const itemsOf = createMemo(() => groupedByCase(holdings()?.items ?? []))
  const draftOf = createMemo(() => new Map((holdings()?.drafts ?? []).map((draft) => [draft.case, draft])))
  const standing = (one: Case): Standing => standingOf(one, draftOf().get(one.case), itemsOf().get(one.case) ?? [])
  const unsent = createMemo(() => unsentOf(holdings()?.drafts ?? [], holdings()?.items ?? []))

  async function reload(): Promise<void> {
    const open = shelf()
    if (open === null) return
    const now = await readHoldings(open)
    setWaitingOthers((await othersWaiting(open, now?.owner.id ?? null)).map(({ email }) => email))
    setHoldings(now)
  }

  async function start(): Promise<void> {
    try {
      const open = await openShelf()
      setShelf(() => open)
      await reload()
    } catch {
      setUnkept(true)
      return
    }
    keepPage('/interview-worker.js', '/phong-van')
    void navigator.storage?.persisted?.().then(setLasting)
    // never settles where no service worker can be had
    void navigator.serviceWorker?.ready.then(() => setPageKept(true))
    await wake()
  }

  /** What a network is used for without being asked: ending a session, taking over one, and sending what is finished. */
  async function wake(): Promise<void> {
    const open = shelf()
    if (open === null || !navigator.onLine) return
    const tablet = await open('readonly', (place) => place.get('tablet', 'tablet'))
    if (tablet?.current) {
      if (phase() === 'ready' && unsent().finished + unsent().visits > 0) await sync()
    } else if (tablet?.isSignOutDue) await endSession(open)
    else await takeOver(open)
  }

  async function endSession(open: Shelf): Promise<void> {
    const reply = await signOut()
    // one that has ended by itself is as good
    if (reply.kind === 'unreachable') return
    await open('readwrite', async (place) => {
      const tablet = await place.get('tablet', 'tablet')
      if (tablet?.current === null) place.put('tablet', 'tablet', { current: null, isSignOutDue: false })
    })
  }

  /** An interviewer who comes from the office is signed in already. */
  async function takeOver(open: Shelf): Promise<void> {
    const me = await getMe()
    if (me.kind !== 'ok' || me.body.role !== 'interviewer') return
    await settle(open, me.body)
    await reload()
  }

  /** Signs in; with somebody's interviews on the screen only as that person. */
  async function enter(email: string, password: string): Promise<SignInFault | null> {
    const open = shelf()
    if (open === null) return 'unreachable'
    const reply = await signIn(email, password)
    if (reply.kind === 'unreachable') return reply.why === 'silence' ? 'unreachable' : 'busy'
    if (reply.kind === 'problem') return 'wrong'
    const me = await getMe()
    if (me.kind !== 'ok') return 'unreachable'
    const before = owner()
    const isOther = before !== null && before.id !== me.body.user.id
    if (me.body.role !== 'interviewer' || isOther) {
      await signOut()
      return isOther ? 'otherPerson' : 'role'
    }
    await settle(open, me.body)
    setEnding(null)
    await reload()
    if (phase() === 'ready') await sync()
    return null
  }

  /** Names the tablet, asks the browser to keep what is on it, and takes the assignment. */
  async function prepare(label: string): Promise<void> {
    const [open, known] = [shelf(), owner()]
    if (open === null || known === null) return
    // the browser may ask the person, or decide by itself
    void navigator.storage?.persist?.().then(setLasting)
    await changeOwner(open, known.id, { label })
    await reload()
    await sync()
  }

  async function exit(): Promise<void> {
    const [open, known] = [shelf(), owner()]
    if (open === null || known === null) return
    await leave(open, known.id)
    setEnding(null)
    await reload()
    await endSession(open)
  }

  async function sync(): Promise<void> {
    const [open, known] = [shelf(), owner()]
    if (open === null || known === null || isSyncing()) return
    setSyncing(true)
    try {
      setEnding(await syncTablet(open, known))
    } catch {
      setEnding({ kind: 'failed', code: 'device' })
    } finally {
      await reload()
      setSyncing(false)
    }
  }

  /** Notes what became of a visit. */
  async function note(id: number, disposition: Disposition): Promise<void> {
    const [open, known] = [shelf(), owner()]
    if (open === null || known === null) return
    await tell(open, known.id, { case: id, now: nowIso(), disposition })
    await reload()
  }

  /** Opens an interview again that the server has refused; it keeps its number. */
  async function reopen(id: number): Promise<void> {
    const [open, known] = [shelf(), owner()]
    if (open === null || known === null) return
    await open('readwrite', async (place) => {
      const draft = await place.get('drafts', [known.id, id])
      if (draft !== undefined) place.put('drafts', [known.id, id], { ...draft, finished: false, page: null })
    })
    await reload()
  }

  /** Writes an interview down as it is now; a finished one gets its number. */
  async function keep(draft: Draft): Promise<void> {
    const [open, known] = [shelf(), owner()]
    if (open === null || known === null) throw new Error('nobody is signed in')
    if (draft.finished) {
      await tell(open, known.id, { case: draft.case, now: nowIso(), disposition: null, draft })
      await reload()
    } else await open('readwrite', async (place) => place.put('drafts', [known.id, draft.case], draft))
  }

  window.addEventListener('online', () => {
    setOnline(true)
    void wake()
  })
  window.addEventListener('offline', () => setOnline(false))
  document.addEventListener('visibilitychange', () => {
    // another tab may have worked on the same cases
    if (document.visibilityState === 'visible') void reload()
  })
  void start()

  return {
    phase,
    owner,
    holdings: () => holdings() ?? null,
    waitingOthers,
    isSyncing,
    ending,
    isOnline,
    isPageKept,
    isLasting,
    unsent,
    standing,
    itemsOf: (id: number) => itemsOf().get(id) ?? [],
    draftOf: (id: number) => draftOf().get(id),
    reload,
    enter,
    prepare,
    exit,
    sync,
    note,
    reopen,
    keep,
  }
}

export type TabletSession = ReturnType<typeof createTablet>

function groupedByCase(items: readonly Kept[]): ReadonlyMap<number, readonly Kept[]> {
  const groups = new Map<number, Kept[]>()
  for (const item of items) groups.set(item.case, [...(groups.get(item.case) ?? []), item])
  return groups
}
