import { Pin, RecoveryForm, StaffName } from '../contract/staff.ts'
import { textOf } from '../credentials/source-file.ts'
import type { Command } from './command.ts'
import type { CommandPlace } from './place.ts'
import { readSettingsFile } from './provision-file.ts'
import { createCheckWriter, createReport, type Report } from './report.ts'
import { shopChecks, shopFaultCheck } from './shop-checks.ts'

/** Gives an owner who forgot their PIN another one, on the recovery code. Both come from files, or one from standard input. */
export async function resetOwnerByCode(
  { owner, recoveryCodeFile, pinFile }: Pick<Command, 'owner' | 'recoveryCodeFile' | 'pinFile'>,
  place: CommandPlace,
): Promise<Report> {
  const write = createCheckWriter(place.language)
  const code = RecoveryForm.shape.code.safeParse(await textIn(recoveryCodeFile, place))
  const pin = Pin.safeParse(await textIn(pinFile, place))
  const name = StaffName.safeParse(owner)
  const unreadable = (detail: string | null): Report =>
    report([write.line('settings', 'failed', 'settings-unreadable', { detail })])
  if (!code.success) return unreadable(recoveryCodeFile)
  if (!pin.success) return unreadable(pinFile)
  if (!name.success) return unreadable(owner)
  const done = await place.shopDesk.carryOut({
    by: name.data,
    isDryRun: false,
    settings: {},
    staff: [],
    backup: { folder: null, password: null },
    updates: {},
    preferences: {},
    resetOwner: { name: name.data, code: code.data, pin: pin.data },
  })
  return report(
    done.ok
      ? shopChecks(done.value, false, write)
      : [shopFaultCheck(done.error, place.language, write)],
  )
}

function report(checks: Report['checks']): Report {
  return createReport('reset-owner', checks)
}

/** `null` where it cannot be read. */
async function textIn(
  file: string | null,
  { workingFolder, standardInput }: CommandPlace,
): Promise<string | null> {
  const read = await readSettingsFile(file ?? '', { folder: workingFolder, standardInput })
  return read.ok ? textOf(read.value.bytes).trim() : null
}
