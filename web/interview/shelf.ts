import type { Campaign, Case, Draft, Kept, Owner, Tablet } from './kept.ts'

/** What lies where. Everything but the first two is kept for each owner apart, under `[owner, number]`. */
interface Places {
  tablet: Tablet
  owners: Owner
  campaigns: Campaign
  cases: Case
  drafts: Draft
  items: Kept
}
type Place = keyof Places
type Key = string | readonly [owner: string, number: number]

const NAME = 'lang-nghe-interviews'
const PLACES: readonly Place[] = ['tablet', 'owners', 'campaigns', 'cases', 'drafts', 'items']

/** The tablet's database within one transaction; nothing but it may be waited for in between. */
export interface Open {
  get<P extends Place>(place: P, key: Key): Promise<Places[P] | undefined>
  /** Everything of an owner, by number. */
  all<P extends Exclude<Place, 'tablet' | 'owners'>>(place: P, owner: string): Promise<Places[P][]>
  owners(): Promise<Owner[]>
  put<P extends Place>(place: P, key: Key, value: Places[P]): void
  remove(place: Place, key: Key): void
}

/** Runs work in one transaction: all of it is on the disk when the promise is kept, or none. Tabs wait for each other. */
export type Shelf = <T>(mode: 'readonly' | 'readwrite', work: (open: Open) => Promise<T>) => Promise<T>

/**
 * Opens the tablet's database. IndexedDB and not local storage: interviews of days do not fit there, and two tabs must not count the
 * same number. Four operations are used of it, for which a library would be more than they are.
 *
 * @throws DOMException where the browser keeps nothing (private mode)
 */
export async function openShelf(): Promise<Shelf> {
  const opening = indexedDB.open(NAME, 1)
  opening.addEventListener('upgradeneeded', () => {
    for (const place of PLACES) opening.result.createObjectStore(place)
  })
  const db = await kept(opening)
  // another tab with a newer page may change the form of the database
  db.addEventListener('versionchange', () => db.close())
  return async (mode, work) => {
    const trx = db.transaction(PLACES, mode, { durability: 'strict' })
    const ended = new Promise<void>((done, failed) => {
      trx.addEventListener('complete', () => done())
      trx.addEventListener('abort', () => failed(trx.error ?? new Error('the transaction was given up')))
    })
    // told by `await ended` below; what the work itself throws comes first
    ended.catch(() => undefined)
    try {
      const result = await work(opened(trx))
      trx.commit?.()
      await ended
      return result
    } catch (error) {
      abort(trx)
      throw error
    }
  }
}

function opened(trx: IDBTransaction): Open {
  return {
    get: (place, key) => kept(trx.objectStore(place).get(key as IDBValidKey)),
    all: (place, owner) => kept(trx.objectStore(place).getAll(IDBKeyRange.bound([owner], [owner, []]))),
    owners: () => kept(trx.objectStore('owners').getAll()),
    put: (place, key, value) => void trx.objectStore(place).put(value, key as IDBValidKey),
    remove: (place, key) => void trx.objectStore(place).delete(key as IDBValidKey),
  }
}

function kept<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((done, failed) => {
    request.addEventListener('success', () => done(request.result))
    request.addEventListener('error', () => failed(request.error ?? new Error('the request failed')))
  })
}

function abort(trx: IDBTransaction): void {
  try {
    trx.abort()
  } catch {
    // it has ended already
  }
}
