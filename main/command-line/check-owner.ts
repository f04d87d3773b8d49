import { createOwnerCheck } from '../app/live/owner-check.ts'
import { Pin } from '../contract/staff.ts'
import { err, ok, type Result } from '../contract/result.ts'
import { textOf } from '../credentials/source-file.ts'
import { scryptPins } from '../shop/pin-hasher.ts'
import type { CommandPlace } from './place.ts'
import { readSettingsFile } from './provision-file.ts'

/** Returns the owner who confirmed this, `-` on a till without staff; fails where none of its owners did. */
export async function checkOwner(
  pinFile: string | null,
  { anchor, secrets, workingFolder, standardInput }: CommandPlace,
): Promise<Result<string, 'owner-pin-needed' | 'owner-pin-wrong'>> {
  const owner = createOwnerCheck({
    anchor,
    pins: scryptPins,
    secrets,
    elapsed: () => performance.now(),
  })
  // Where the keychain does not work, nothing is provisioned anyway.
  if (await owner.isConfirmed()) return ok('-')
  if (pinFile === null) return err('owner-pin-needed')
  const read = await readSettingsFile(pinFile, { folder: workingFolder, standardInput })
  const pin = Pin.safeParse(read.ok ? textOf(read.value.bytes).trim() : '')
  const confirmed = pin.success ? await owner.confirm({ pin: pin.data }) : null
  return confirmed?.ok === true ? confirmed : err('owner-pin-wrong')
}
