import { createUniqueId } from 'solid-js'
import { say } from './words.ts'

/** Whether interviewers take along names and addresses of their own cases. */
export function ContactsShown(props: { shown: boolean; change?: (shown: boolean) => void }) {
  const id = createUniqueId()
  return (
    <>
      <label class="choice">
        <input
          type="checkbox"
          name="contactsToInterviewers"
          checked={props.shown}
          aria-describedby={id}
          onChange={(event) => props.change?.(event.currentTarget.checked)}
        />
        <span>{say('contacts.shown')}</span>
      </label>
      <p class="field-hint" id={id}>
        {say('contacts.shownHint')}
      </p>
    </>
  )
}
