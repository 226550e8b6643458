import { createAccount, createKey } from '../accounts/create.ts'
import { randomToken } from '../random.ts'
import { type Call, type Command, UsageError } from './command.ts'

const ROLES = ['administrator', 'importer', 'interviewer'] as const
const PASSWORD_BYTES = 10

export const createAccountCommand: Command = {
  words: 'accounts create',
  takes: [],
  options: {
    email: { type: 'string' },
    role: { type: 'string' },
    name: { type: 'string' },
    'password-stdin': { type: 'boolean' },
  },
  summary: 'Make an account, or give an existing one this role and a new password',
  help: [
    ['--email E', 'e-mail address to sign in with'],
    ['--role R', ROLES.join(', ')],
    ['--name N', 'name shown in the office; default: the e-mail address'],
    [
      '--password-stdin',
      'read the password (12 to 128 characters) from standard input; else one is made and shown once',
    ],
  ],
  async run(call) {
    const { email, name } = call.values
    if (typeof email !== 'string') throw new UsageError('Which e-mail address? Give --email E.')
    const role = ROLES.find((one) => one === call.values.role)
    if (!role) throw new UsageError(`Which role? Give --role ${ROLES.join(' or --role ')}.`)
    const given = call.values['password-stdin'] === true ? await readPassword(call) : null
    const password = given ?? randomToken(PASSWORD_BYTES)
    const tenant = await call.tenant()
    const account = { tenantId: tenant.id, email, name: typeof name === 'string' ? name : email, role, password }
    const made = await createAccount(call.services, account)
    const shown = given === null ? { password } : {}
    return {
      json: { email: made.email, role, tenant: { id: tenant.id, name: tenant.name }, created: made.created, ...shown },
      text: [
        `${made.created ? 'Made' : 'Changed'} the account ${made.email} (${role} of ${tenant.name}).`,
        ...(given === null ? [`Password, shown only now: ${password}`] : []),
        '',
      ].join('\n'),
    }
  },
}

export const createKeyCommand: Command = {
  words: 'keys create',
  takes: [],
  options: { role: { type: 'string' } },
  summary: 'Make a key with which a one-stop system calls the API (Authorization: Bearer KEY)',
  help: [['--role importer', 'what the key may do: import dossiers and fetch links']],
  async run(call) {
    if (call.values.role !== 'importer') throw new UsageError('Which role? Give --role importer; keys have no other.')
    const tenant = await call.tenant()
    const key = await createKey(call.services, tenant.id)
    call.io.err(`A key of ${tenant.name}, shown only now:`)
    return { json: { key, role: 'importer', tenant: { id: tenant.id, name: tenant.name } }, text: `${key}\n` }
  },
}

/** The first line of standard input. */
async function readPassword({ io }: Call): Promise<string> {
  const parts: Uint8Array[] = []
  for await (const part of io.stdin) parts.push(typeof part === 'string' ? Buffer.from(part) : part)
  const [line = ''] = Buffer.concat(parts).toString('utf8').split(/\r?\n/)
  return line
}
