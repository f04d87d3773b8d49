import { z } from 'zod'
import { nothing, outcome, type RequestKind } from './requests.ts'
import { BackupFacts, BackupFault, RestoreFault } from './upkeep.ts'

const needs = 'change-settings'

/** Requests for starting with the computer, and for making and restoring backups. */
export const upkeepRequests = {
  /** Reads the setting of the operating system. */
  'startUp.read': { input: nothing, output: z.object({ isOn: z.boolean() }), needs },
  'startUp.set': {
    input: z.strictObject({ isOn: z.boolean() }),
    output: z.null(),
    needs,
    audited: ['isOn'],
  },
  /** Opens the file dialog, makes the first backup in the chosen folder and returns it; `null` when cancelled. */
  'backup.chooseFolder': {
    input: nothing,
    output: outcome(z.string().nullable(), BackupFault),
    needs,
    audited: [],
  },
  /** Makes a backup; returns the file's name. */
  'backup.make': { input: nothing, output: outcome(z.string(), BackupFault), needs, audited: [] },
  'backup.turnOff': { input: nothing, output: z.null(), needs, audited: [] },
  /** Opens the file dialog and returns what the chosen backup contains; `null` when cancelled. */
  'backup.choose': { input: nothing, output: outcome(BackupFacts.nullable(), RestoreFault), needs },
  /** Restores the chosen backup; returns the path under which the present records are kept. */
  'backup.restore': {
    input: nothing,
    output: outcome(z.string(), RestoreFault),
    needs,
    audited: [],
  },
} as const satisfies Record<string, RequestKind>
