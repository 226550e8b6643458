import { createAccountCommand, createKeyCommand } from './accounts.ts'
import type { Command } from './command.ts'
import { importDossiersCommand, importProceduresCommand, importUnitsCommand } from './import.ts'
import { exportInvitationsCommand } from './invitations.ts'
import { runJobCommand } from './jobs.ts'
import { loadSampleCommand, removeSampleCommand } from './sample.ts'

/** Everything an operator can do from the command line, in the order of `--help`. */
export const commands: readonly Command[] = [
  importDossiersCommand,
  importUnitsCommand,
  importProceduresCommand,
  exportInvitationsCommand,
  createAccountCommand,
  createKeyCommand,
  loadSampleCommand,
  removeSampleCommand,
  runJobCommand,
]
