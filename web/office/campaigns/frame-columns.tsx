import { For, Index, Show } from 'solid-js'
import { ScrollTable } from '../../ui/scroll-table.tsx'
import { isContact, ROLES, type Role } from './columns.ts'
import type { Peek } from './peek-file.ts'
import { say } from './words.ts'

/** The columns of a file, each with an example and what it is for. */
export function Columns(props: {
  peek: Peek
  roles: readonly Role[]
  keeps: boolean
  choose: (at: number, role: Role) => void
}) {
  const offered = () => ROLES.filter((role) => props.keeps || !isContact(role))
  return (
    <ScrollTable caption={say('columns.caption')} class="wide-first compact">
      <thead>
        <tr>
          <th scope="col">{say('columns.header')}</th>
          <th scope="col">{say('columns.role')}</th>
        </tr>
      </thead>
      <tbody>
        <Index each={props.peek.headers}>
          {(header, at) => (
            <tr>
              <th scope="row">
                {header()}
                <Show when={props.peek.example[at]}>
                  {(value) => <span class="cell-note">{say('columns.example', { value: value() })}</span>}
                </Show>
              </th>
              <td>
                <select
                  aria-label={say('columns.roleOf', { column: header() })}
                  onChange={(event) => {
                    const role = ROLES.find((one) => one === event.currentTarget.value)
                    if (role !== undefined) props.choose(at, role)
                  }}
                >
                  <For each={offered()}>
                    {(role) => (
                      <option value={role} selected={props.roles[at] === role}>
                        {say(`role.${role}`)}
                      </option>
                    )}
                  </For>
                </select>
              </td>
            </tr>
          )}
        </Index>
      </tbody>
    </ScrollTable>
  )
}

/** What the roles mean. */
export function RoleHelp() {
  return (
    <details class="how">
      <summary>{say('roles.help')}</summary>
      <dl class="role-help">
        <For each={['code', 'stratum', 'commune', 'attribute', 'psu'] as const}>
          {(role) => (
            <div>
              <dt>{say(`role.${role}`)}</dt>
              <dd>{say(`role.${role}.is`)}</dd>
            </div>
          )}
        </For>
      </dl>
    </details>
  )
}
