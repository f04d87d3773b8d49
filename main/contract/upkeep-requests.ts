import { z } from 'zod'
import { backupPasswordLength } from './backup-password.ts'
import { nothing, outcome, type RequestKind } from './requests.ts'
import {
  BackupFacts,
  BackupFault,
  BackupPasswordFault,
  Restored,
  RestoreFault,
  SetAside,
} from './upkeep.ts'

const needs = 'change-settings'
const password = z.strictObject({ password: z.string().min(1).max(backupPasswordLength.most) })
const facts = outcome(BackupFacts, RestoreFault)

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
  /** Returns a password that nobody guesses, for a person to write down. */
  'backup.suggestPassword': { input: nothing, output: z.string(), needs },
  /** From now on backups open with this password on any computer. Those that were made before keep what they had. */
  'backup.setPassword': {
    input: password,
    output: outcome(z.null(), BackupPasswordFault),
    needs,
    audited: [],
  },
  'backup.turnOff': { input: nothing, output: z.null(), needs, audited: [] },
  /** Opens the file dialog and returns what the chosen backup contains; `null` when cancelled. */
  'backup.choose': { input: nothing, output: outcome(BackupFacts.nullable(), RestoreFault), needs },
  /** Opens the chosen backup of another computer with its password, and returns what it contains. */
  'backup.unlock': { input: password, output: facts, needs },
  /** Returns the records that were put aside on this computer, newest first. */
  'backup.setAside': { input: nothing, output: z.array(SetAside), needs },
  /** Chooses one of them, as `backup.choose` does a file. */
  'backup.chooseSetAside': {
    input: z.strictObject({ name: z.string().max(200) }),
    output: facts,
    needs,
  },
  /** Restores the chosen backup. */
  'backup.restore': {
    input: nothing,
    output: outcome(Restored, RestoreFault),
    needs,
    audited: [],
  },
} as const satisfies Record<string, RequestKind>
