import { revalidate, useBeforeLeave, useNavigate } from '@solidjs/router'
import { createSignal, onCleanup, Show } from 'solid-js'
import { AskFirst } from '../../ui/ask-first.tsx'
import { Notice } from '../../ui/notice.tsx'
import { download } from '../lib/csv.ts'
import { path } from '../path.ts'
import { createEditing, EditingProvider } from './editing.ts'
import { nearestField, openOf } from './fault-words.ts'
import { FaultSummary } from './fault-summary.tsx'
import { Outline } from './outline.tsx'
import { Preview } from './preview.tsx'
import {
  discardQuestionnaire,
  getQuestionnaire,
  getQuestionnaires,
  publishQuestionnaire,
  putQuestionnaire,
} from './queries.ts'
import { Refusal } from './refusal.tsx'
import type { QuestionnaireFault, WholeQuestionnaire } from './types.ts'
import { say } from './words.ts'

/** A draft: what is asked on the left, what the respondent sees on the right, what is wrong above. */
export function Editor(props: { stored: WholeQuestionnaire }) {
  // The editor lives exactly as long as the draft that it was opened with (keyed above).
  const editing = createEditing(props.stored.definition)
  const navigate = useNavigate()
  const [basedOn, setBasedOn] = createSignal(props.stored.sha256)
  const [place, setPlace] = createSignal('')
  const [busy, setBusy] = createSignal(false)
  const [isSaved, setSaved] = createSignal(false)
  const [failure, setFailure] = createSignal<{ error: unknown; heading: string } | null>(null)
  let isLeaving = false

  /** @returns whether it went well */
  async function attempt(heading: string, work: () => Promise<void>): Promise<boolean> {
    if (busy()) return false
    setBusy(true)
    setFailure(null)
    try {
      await work()
      return true
    } catch (error) {
      setFailure({ error, heading })
      return false
    } finally {
      setBusy(false)
    }
  }
  async function store(): Promise<void> {
    const at = editing.edits()
    setBasedOn((await putQuestionnaire(basedOn(), editing.plain())).sha256)
    editing.saved(at)
  }
  const save = async () => {
    setSaved(false)
    if (await attempt(say('save.problem'), store)) setSaved(true)
  }
  const publish = async () => {
    await attempt(say('publish.problem'), async () => {
      if (editing.isChanged()) await store()
      await publishQuestionnaire(props.stored, basedOn())
      isLeaving = true
      await revalidate([getQuestionnaire.key, getQuestionnaires.key])
    })
  }
  const discard = async () => {
    await attempt(say('action.problem'), async () => {
      await discardQuestionnaire(props.stored)
      isLeaving = true
      await revalidate(getQuestionnaires.key)
      navigate(path.questionnaires())
    })
  }
  /** What is on the screen as a file, saved or not. */
  const keep = () => {
    const { code, version } = props.stored
    download(`${code}-${version}.json`, JSON.stringify(editing.plain(), null, 2), 'application/json')
  }
  const go = (fault: QuestionnaireFault) => {
    setPlace(openOf(fault.path) || 'whole')
    queueMicrotask(() => {
      const field = nearestField(fault.path) ?? document.getElementById(`open-${place().replaceAll('.', '-')}`)
      field?.closest('details')?.setAttribute('open', '')
      field?.scrollIntoView({ block: 'center' })
      field?.focus({ preventScroll: true })
    })
  }

  const isUnsaved = () => editing.isChanged() && !isLeaving
  useBeforeLeave((event) => {
    if (isUnsaved() && !event.defaultPrevented && !confirm(say('save.leave'))) event.preventDefault()
  })
  const warn = (event: BeforeUnloadEvent) => {
    if (isUnsaved()) event.preventDefault()
  }
  addEventListener('beforeunload', warn)
  onCleanup(() => removeEventListener('beforeunload', warn))

  return (
    <EditingProvider value={editing}>
      <div class="editor-bar">
        <div class="actions">
          <button type="button" class="button" aria-disabled={busy()} onClick={() => void save()}>
            {busy() ? say('save.busy') : say('save.save')}
          </button>
          <button
            type="button"
            class="button"
            data-kind="quiet"
            aria-disabled={!editing.canUndo()}
            onClick={() => editing.undo()}
          >
            {say('action.undo')}
          </button>
          <AskFirst
            kind="quiet"
            label={say('action.publish')}
            title={say('publish.ask')}
            confirm={say('publish.confirm')}
            cancel={say('confirm.cancel')}
            off={editing.hindrances().length > 0}
            run={publish}
            failed={(error) => <Refusal error={error} heading={say('publish.problem')} />}
          >
            <p>{say('publish.sure')}</p>
          </AskFirst>
          <button type="button" class="button" data-kind="quiet" onClick={keep}>
            {say('action.export')}
          </button>
          <AskFirst
            kind="quiet"
            label={say('action.discard')}
            title={say('discard.ask')}
            confirm={say('discard.confirm')}
            cancel={say('confirm.cancel')}
            run={discard}
            failed={(error) => <Refusal error={error} heading={say('action.problem')} />}
          >
            <p>{say('discard.sure')}</p>
          </AskFirst>
        </div>
        <p role="status" class="quiet">
          {editing.isChanged() ? say('save.unsaved') : isSaved() ? say('save.saved') : ''}{' '}
          {say('minutes', { n: editing.minutes() })}
        </p>
        <Show when={editing.hindrances().length > 0}>
          <p class="quiet">{say('publish.notYet')}</p>
        </Show>
        <Show when={failure()}>{(known) => <Refusal error={known().error} heading={known().heading} />}</Show>
      </div>
      <FaultSummary go={go} />
      <div class="editor">
        <div class="editor-main">
          <Outline opened={{ place, open: setPlace }} />
        </div>
        <Preview definition={editing.plain()} place={place()} />
      </div>
      <Show when={editing.definition.definition.sections.length === 0}>
        <Notice kind="info">
          <p>{say('editor.empty')}</p>
        </Notice>
      </Show>
    </EditingProvider>
  )
}
