import type { Draft } from './draft.ts'

/** What every kind of draft has, so that one of another kind or secret is not taken for it. */
type Kept = { readonly format: 1; readonly token: string }

/** Where the draft of one secret lives. Every change is read, changed and written at once, so tabs do not undo each other. */
export type DraftStore<D> = {
  readonly read: () => D | null
  readonly write: (draft: D | null) => void
  /** False when the browser keeps nothing (private mode, storage off): a reload would lose what is not sent. */
  readonly isLasting: () => boolean
  /** Whether a storage event is about this draft (a null key means all was cleared). */
  readonly isOf: (event: StorageEvent) => boolean
}

/** Before the token of a rating's draft. */
export const RATING = 'lang-nghe.rating.'

/**
 * Keeps something in the browser's local storage under a token. localStorage and not IndexedDB: it is written before
 * the tap handler returns, and the other tabs of the browser see it at once.
 */
export function localStore<D extends Kept>(
  prefix: string,
  token: string,
  storage: Storage | null = browserStorage(),
): DraftStore<D> {
  const key = prefix + token
  let memory: D | null = null
  let lasting = storage !== null
  return {
    read: () => {
      if (!lasting || storage === null) return memory
      return parseKept<D>(storage.getItem(key), token)
    },
    write: (draft) => {
      memory = draft
      if (!lasting || storage === null) return
      try {
        if (draft === null) storage.removeItem(key)
        else storage.setItem(key, JSON.stringify(draft))
      } catch {
        lasting = false
      }
    },
    isLasting: () => lasting,
    isOf: (event) => [null, key].includes(event.key),
  }
}

/** The draft kept on this device whose response has this id, so that withdrawing it by code also clears it here. */
export function forgetDraft(id: string, storage: Storage | null = browserStorage()): void {
  if (storage === null) return
  for (const key of Object.keys(storage)) {
    if (!key.startsWith(RATING)) continue
    const draft = parseKept<Draft>(storage.getItem(key), key.slice(RATING.length))
    if (draft?.id === id) storage.removeItem(key)
  }
}

/** Forgets what is kept under keys that begin so. @param isOver of these only those whose text is one to forget */
export function forgetAll(
  prefix: string,
  isOver: (text: string) => boolean = () => true,
  storage: Storage | null = browserStorage(),
): void {
  if (storage === null) return
  for (const key of Object.keys(storage)) {
    if (key.startsWith(prefix) && isOver(storage.getItem(key) ?? '')) storage.removeItem(key)
  }
}

function browserStorage(): Storage | null {
  try {
    return window.localStorage
  } catch {
    return null
  }
}

// Another version of this page may have written another form; what cannot be read is treated as absent.
function parseKept<D extends Kept>(text: string | null, token: string): D | null {
  if (text === null) return null
  try {
    const kept = JSON.parse(text) as D
    return kept.format === 1 && kept.token === token ? kept : null
  } catch {
    return null
  }
}
