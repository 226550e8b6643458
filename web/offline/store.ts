import type { Draft } from './draft.ts'

/** Where one invitation's draft lives. Every change is read, changed and written at once, so tabs do not undo each other. */
export type DraftStore = {
  readonly read: () => Draft | null
  readonly write: (draft: Draft | null) => void
  /** False when the browser keeps nothing (private mode, storage off): a reload would lose what is not sent. */
  readonly isLasting: () => boolean
}

const PREFIX = 'lang-nghe.rating.'

/**
 * Keeps a draft in the browser's local storage under its token. localStorage and not IndexedDB: it is written before
 * the tap handler returns, and the other tabs of the browser see it at once.
 */
export function localDraftStore(token: string, storage: Storage | null = browserStorage()): DraftStore {
  const key = PREFIX + token
  let memory: Draft | null = null
  let lasting = storage !== null
  return {
    read: () => {
      if (!lasting || storage === null) return memory
      return parseDraft(storage.getItem(key), token)
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
  }
}

/** Whether a storage event is about this token's draft (a null key means all was cleared). */
export function isDraftKey(key: string | null, token: string): boolean {
  return key === null || key === PREFIX + token
}

/** The draft kept on this device whose response has this id, so that withdrawing it by code also clears it here. */
export function forgetDraft(id: string, storage: Storage | null = browserStorage()): void {
  if (storage === null) return
  for (const key of Object.keys(storage)) {
    if (!key.startsWith(PREFIX)) continue
    const draft = parseDraft(storage.getItem(key), key.slice(PREFIX.length))
    if (draft?.id === id) storage.removeItem(key)
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
function parseDraft(text: string | null, token: string): Draft | null {
  if (text === null) return null
  try {
    const draft = JSON.parse(text) as Draft
    return draft.format === 1 && draft.token === token ? draft : null
  } catch {
    return null
  }
}
