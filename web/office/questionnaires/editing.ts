import { createContext, createDeferred, createMemo, createSignal, untrack, useContext } from 'solid-js'
import { createStore, reconcile, unwrap } from 'solid-js/store'
import type { Questionnaire } from '../../../api/core/questionnaire/definition.ts'
import { estimatedSeconds } from '../../../api/core/questionnaire/minutes.ts'
import type { QuestionnaireFault } from '../../../api/core/questionnaire/faults.ts'
import { questionnaireFaults } from '../../../api/core/questionnaire/validate.ts'
import { put, type Path } from './edit.ts'

const STEPS_MAX = 100
/** How long after a change its faults are looked for, at the latest. */
const FAULTS_MS = 400

/** A draft on the screen: the definition as it is now, its faults, and steps back. */
export function createEditing(stored: Questionnaire) {
  const [store, setStore] = createStore({ definition: structuredClone(stored) })
  const [edits, setEdits] = createSignal(0)
  const [savedAt, setSavedAt] = createSignal(0)
  const past: Questionnaire[] = []
  let lastField = ''

  /** What stands in the store, as plain data that nobody changes; reading it follows every change. */
  const plain = createMemo((): Questionnaire => {
    edits()
    return structuredClone(unwrap(store.definition))
  })
  const show = (definition: Questionnaire): void => {
    setStore('definition', reconcile(definition, { key: 'code' }))
    setEdits((n) => n + 1)
  }
  const later = createDeferred(edits, { timeoutMs: FAULTS_MS })
  const faults = createMemo((): QuestionnaireFault[] => {
    later()
    return questionnaireFaults(untrack(plain))
  })

  /** @param field of changes to one field in a row only the first is a step to go back to */
  function change(next: (definition: Questionnaire) => Questionnaire, field = ''): void {
    const before = structuredClone(unwrap(store.definition))
    if (field === '' || field !== lastField) {
      past.push(before)
      if (past.length > STEPS_MAX) past.shift()
    }
    lastField = field
    // What a field hands over may be a part of the store, which cannot be copied as it is.
    show(structuredClone(unwrap(next(before))))
  }

  return {
    definition: store,
    plain,
    faults,
    hindrances: () => faults().filter(({ note }) => note !== true),
    minutes: () => Math.max(1, Math.ceil(estimatedSeconds(plain()) / 60)),
    change,
    put: (path: Path, value: unknown): void => change((whole) => put(whole, path, value), path.join('.')),
    canUndo: () => (edits(), past.length > 0),
    undo(): void {
      const before = past.pop()
      lastField = ''
      if (before !== undefined) show(before)
    },
    isChanged: () => edits() !== savedAt(),
    /** What was on the screen when it was sent is stored now. */
    edits,
    saved: setSavedAt,
  }
}
export type Editing = ReturnType<typeof createEditing>

const Context = createContext<Editing>()
export const EditingProvider = Context.Provider

/** The draft that is being edited. Only what stands in the editor may ask. */
export function useEditing(): Editing {
  const editing = useContext(Context)
  if (editing === undefined) throw new Error('useEditing requires an EditingProvider above')
  return editing
}
