import { createOwnerCheck } from '../app/live/owner-check.ts'
import { scryptPins } from '../shop/pin-hasher.ts'
import { Pin } from '../contract/staff.ts'
import { textOf } from '../credentials/source-file.ts'
import type { Result } from '../contract/result.ts'
import { deleteSource } from '../credentials/delete-source.ts'
import type { Profile } from '../credentials/profile.ts'
import { provision, type ProvisionFault, stageNextPair } from '../credentials/provision.ts'
import { wordsHere } from '../words-here.ts'
import { checkCertificate, keychainRemedy } from './checks.ts'
import type { Command } from './command.ts'
import { checkSettings } from './doctor.ts'
import type { CommandPlace } from './place.ts'
import { type ProvisionInput, readProvisionFile, readSettingsFile } from './provision-file.ts'
import {
  type Check,
  type CheckWriter,
  createCheckWriter,
  createReport,
  type Report,
} from './report.ts'

/** Provisions the till from a settings file, or stores the next certificate beside the one in use. */
export async function provisionFromFile(
  command: Pick<Command, 'file' | 'next' | 'deleteSources' | 'ownerPinFile'>,
  place: CommandPlace,
): Promise<Report> {
  const write = createCheckWriter(place.language)
  const { workingFolder, standardInput } = place
  const settings = await readSettingsFile(command.file ?? '', {
    folder: workingFolder,
    standardInput,
  })
  const read = settings.ok
    ? await readProvisionFile(settings.value.bytes, {
        folder: settings.value.folder,
        standardInput,
      })
    : settings
  if (!read.ok) {
    const { code, detail } = read.error
    return createReport('provision', [write.line('settings', 'failed', code, { detail })])
  }
  const refusal = await checkOwner(command.ownerPinFile, place)
  if (refusal !== null)
    return createReport('provision', [write.line('settings', 'failed', refusal)])
  const { provisioning } = read.value
  let done: Result<Profile, ProvisionFault>
  if (!command.next) done = await provision(provisioning, place)
  else {
    const { signing } = provisioning
    done = await stageNextPair(signing.kind === 'files' ? signing.files : [], place)
  }
  if (!done.ok) return createReport('provision', [describeFault(done.error, place, write)])
  const checks = [
    checkSettings(place, write),
    ...checkCertificate(done.value, place.clock(), write),
  ]
  const sources = checkSources(read.value, command.deleteSources, write)
  return createReport('provision', sources === null ? checks : [...checks, sources])
}

/**
 * Returns why this till is not changed: it has staff, and no owner confirmed it. `null` where one did, or there is none.
 */
async function checkOwner(
  pinFile: string | null,
  { anchor, secrets, workingFolder, standardInput }: CommandPlace,
): Promise<'owner-pin-needed' | 'owner-pin-wrong' | null> {
  const owner = createOwnerCheck({
    anchor,
    pins: scryptPins,
    secrets,
    elapsed: () => performance.now(),
  })
  // Where the keychain does not work, nothing is provisioned anyway.
  if (await owner.isConfirmed()) return null
  if (pinFile === null) return 'owner-pin-needed'
  const read = await readSettingsFile(pinFile, { folder: workingFolder, standardInput })
  const pin = Pin.safeParse(read.ok ? textOf(read.value.bytes).trim() : '')
  const isRight = pin.success && (await owner.confirm({ pin: pin.data })).ok
  return isRight ? null : 'owner-pin-wrong'
}

function describeFault(
  { code: fault }: ProvisionFault,
  { language }: CommandPlace,
  write: CheckWriter,
): Check {
  if (fault === 'keychain-unavailable' || fault === 'keychain-locked') {
    const code = fault === 'keychain-locked' ? 'locked' : 'unavailable'
    return write.text('keychain', 'failed', fault, keychainRemedy(code, language))
  }
  const check = fault.startsWith('keychain-') ? 'keychain' : 'settings'
  return write.text(check, 'failed', fault, wordsHere(language).setup.fault[fault])
}

/** Deletes the files that held secrets, or warns of them: a merchant key signs refunds and transfers too. */
function checkSources(
  { secretFiles }: ProvisionInput,
  deletes: boolean,
  write: CheckWriter,
): Check | null {
  if (secretFiles.length === 0) return null
  const files = secretFiles.join(', ')
  if (!deletes) return write.line('sources', 'warning', 'sources-kept', { files })
  const left = secretFiles.filter((file) => !deleteSource(file))
  if (left.length > 0)
    return write.line('sources', 'warning', 'sources-not-deleted', { files: left.join(', ') })
  return write.line('sources', 'ok', 'sources-deleted', { count: secretFiles.length })
}
