import { z } from 'zod'
import { nothing, outcome, type RequestKind } from './requests.ts'
import { BackupFacts, BackupFault, RestoreFault } from './upkeep.ts'

const needs = 'change-settings'

/** Starting with the computer, backups and what they bring back. */
export const upkeepRequests = {
  /** As the system has it. */
  'startUp.read': { input: nothing, output: z.object({ isOn: z.boolean() }), needs },
  'startUp.set': { input: z.strictObject({ isOn: z.boolean() }), output: z.null(), needs },
  /** Opens the system's dialog, and makes the first backup there; `null` when it was cancelled. */
  'backup.chooseFolder': {
    input: nothing,
    output: outcome(z.string().nullable(), BackupFault),
    needs,
  },
  /** Answers the file's name. */
  'backup.make': { input: nothing, output: outcome(z.string(), BackupFault), needs },
  'backup.turnOff': { input: nothing, output: z.null(), needs },
  /** Opens the system's dialog and looks into the file; `null` when it was cancelled. */
  'backup.choose': { input: nothing, output: outcome(BackupFacts.nullable(), RestoreFault), needs },
  /** Puts the one that was chosen in the place of the records; answers where those are kept. */
  'backup.restore': { input: nothing, output: outcome(z.string(), RestoreFault), needs },
} as const satisfies Record<string, RequestKind>
