import { createAccountCommand, createKeyCommand } from './accounts.ts'
import { backupCommand } from './backup.ts'
import type { Command } from './command.ts'
import { estimateCommand } from './estimate.ts'
import { importDossiersCommand, importProceduresCommand, importUnitsCommand } from './import.ts'
import { importFrameCommand } from './import-frame.ts'
import { importHardCommand, importOfficialCommand } from './import-figures.ts'
import { indexListCommand, indexShowCommand, indexValidateCommand } from './index-definitions.ts'
import { indexEstimateCommand } from './index-estimate.ts'
import { indexScoreCommand } from './index-score.ts'
import { exportSurveyCommand } from './export-survey.ts'
import { exportResponsesCommand, exportScoresCommand, exportUnitsCommand } from './export.ts'
import { exportInvitationsCommand } from './invitations.ts'
import { runJobCommand } from './jobs.ts'
import { restoreCommand } from './restore.ts'
import { loadSampleCommand, removeSampleCommand } from './sample.ts'
import { statsCommand } from './stats.ts'
import { verifyCommand } from './verify.ts'

/** Everything an operator can do from the command line, in the order of `--help`. */
export const commands: readonly Command[] = [
  importDossiersCommand,
  importUnitsCommand,
  importProceduresCommand,
  importOfficialCommand,
  importHardCommand,
  importFrameCommand,
  exportInvitationsCommand,
  exportResponsesCommand,
  exportScoresCommand,
  exportSurveyCommand,
  exportUnitsCommand,
  createAccountCommand,
  createKeyCommand,
  estimateCommand,
  statsCommand,
  indexListCommand,
  indexShowCommand,
  indexValidateCommand,
  indexScoreCommand,
  indexEstimateCommand,
  loadSampleCommand,
  removeSampleCommand,
  runJobCommand,
  backupCommand,
  restoreCommand,
  verifyCommand,
]
