import { revalidate } from '@solidjs/router'
import { createSignal, For, Show } from 'solid-js'
import { DossierFileError } from '../../../api/core/dossier/errors.ts'
import { asChange, getCampaign, importFrame, putCampaign } from '../api/campaigns.ts'
import type { Campaign, FrameReport } from '../api/campaign-types.ts'
import { fileFault } from '../import/import-form.tsx'
import { FileProblem } from '../import/file-problem.tsx'
import { keyOr, t } from '../lib/locale.ts'
import { useSession } from '../lib/session.tsx'
import {
  firstDesign,
  guessRoles,
  isContact,
  roleFault,
  rolesOf,
  withContactsShown,
  withRoles,
  type Role,
} from './columns.ts'
import { ContactsShown } from './contacts-shown.tsx'
import { FilePicker } from './file-picker.tsx'
import { Columns, RoleHelp } from './frame-columns.tsx'
import { Careful } from './parts.tsx'
import { peekFile, type Peek } from './peek-file.ts'
import { refusals, say } from './words.ts'

/** Reads a list in three steps on one page: choose the file, say what its columns are, send it. */
export function FrameForm(props: {
  campaign: Campaign
  started: () => void
  done: (name: string, report: FrameReport) => Promise<void>
}) {
  const me = useSession()
  const [file, setFile] = createSignal<File | null>(null)
  const [peek, setPeek] = createSignal<Peek | null>(null)
  const [roles, setRoles] = createSignal<readonly Role[]>([])
  const [keeps, setKeeps] = createSignal(props.campaign.design?.contacts !== null)
  const [shows, setShows] = createSignal(props.campaign.design?.contactsToInterviewers === true)
  const [fault, setFault] = createSignal<string | null>(null)
  const [failure, setFailure] = createSignal<unknown>(null)
  const [busy, setBusy] = createSignal(false)

  const choose = async (chosen: File | undefined) => {
    props.started()
    setFailure(null)
    setPeek(null)
    setFile(chosen ?? null)
    const wrong = fileFault(chosen)
    setFault(wrong === null ? null : t(wrong))
    if (chosen === undefined || wrong !== null) return
    try {
      const found = await peekFile(chosen)
      const { design } = props.campaign
      setRoles((design && rolesOf(design, found.headers)) ?? guessRoles(found.headers, keeps()))
      setPeek(found)
    } catch (error) {
      setFault(fileSentence(error))
    }
  }
  const keep = (wanted: boolean) => {
    setKeeps(wanted)
    const guessed = guessRoles(peek()?.headers ?? [], wanted)
    setRoles((known) =>
      known.map((role, i) => {
        if (!wanted) return isContact(role) ? 'none' : role
        return role === 'none' && isContact(guessed[i] ?? 'none') ? (guessed[i] ?? role) : role
      }),
    )
  }
  const send = async () => {
    const [chosen, seen] = [file(), peek()]
    if (chosen === null || seen === null || busy()) return
    props.started()
    setFailure(null)
    setBusy(true)
    try {
      const before = withContactsShown(props.campaign.design ?? firstDesign(me().tenant.name), keeps() && shows())
      const design = withRoles(before, seen.headers, roles())
      const { id } = await putCampaign(props.campaign.id, { ...asChange(props.campaign), design })
      await props.done(chosen.name, await importFrame(id, chosen))
    } finally {
      // the design may be stored though the file was refused: the next try starts from there
      await revalidate(getCampaign.key)
      setBusy(false)
    }
  }
  const sendOrSay = () => send().catch((error: unknown) => void setFailure(() => error))
  const wrong = () => roleFault(roles())

  return (
    <form class="card plan-form" novalidate onSubmit={(event) => event.preventDefault()}>
      <FilePicker name={file()?.name ?? null} fault={fault()} choose={choose} />
      <Show when={peek()}>
        {(seen) => (
          <>
            <fieldset>
              <legend>{say('contacts.title')}</legend>
              <For each={[true, false]}>
                {(wanted) => (
                  <label class="choice">
                    <input type="radio" name="contacts" checked={keeps() === wanted} onChange={() => keep(wanted)} />
                    <span>{say(wanted ? 'contacts.keep' : 'contacts.none')}</span>
                  </label>
                )}
              </For>
              <p class="field-hint">{say('contacts.hint')}</p>
              <Show when={keeps()}>
                <ContactsShown shown={shows()} change={setShows} />
              </Show>
            </fieldset>
            <Columns
              peek={seen()}
              roles={roles()}
              keeps={keeps()}
              choose={(at, role) => setRoles((known) => known.map((one, i) => (i === at ? role : one)))}
            />
            <RoleHelp />
            <Show when={wrong()}>{(code) => <p class="field-error">{say(`roles.${code()}`)}</p>}</Show>
            <Show when={wrong() === null}>
              <Show
                when={props.campaign.frame !== null}
                fallback={
                  <button type="button" class="button" aria-disabled={busy()} onClick={() => void sendOrSay()}>
                    {say('frame.send')}
                  </button>
                }
              >
                <Careful
                  label={say('frame.replace')}
                  title={say('frame.replaceAsk')}
                  confirm={say('frame.replace')}
                  run={send}
                >
                  <p>{say(props.campaign.sample === null ? 'frame.replaceWhat' : 'frame.replaceSample')}</p>
                </Careful>
              </Show>
            </Show>
          </>
        )}
      </Show>
      <p class="busy" role="status">
        {busy() ? say('frame.busy') : ''}
      </p>
      <Show when={failure()}>
        {(error) => <FileProblem error={error()} heading={say('frame.problem')} words={refusals} />}
      </Show>
      <p class="quiet">{say('frame.privacy')}</p>
    </form>
  )
}

function fileSentence(error: unknown): string {
  if (!(error instanceof DossierFileError)) return t('error.invalid_file')
  return t(keyOr(`file.${error.code}`, 'error.invalid_file'), { columns: '' })
}
