import { createOwnerCheck } from '../app/live/owner-check.ts'
import { scryptPins } from '../shop/pin-hasher.ts'
import { Pin } from '../contract/staff.ts'
import { textOf } from '../credentials/source-file.ts'
import { ok, type Result } from '../contract/result.ts'
import { deleteSource } from '../credentials/delete-source.ts'
import type { Profile } from '../credentials/profile.ts'
import {
  checkProvisioning,
  provision,
  type ProvisionFault,
  type Provisioning,
  stageNextPair,
} from '../credentials/provision.ts'
import { testUnsavedSetup } from '../app/live/unsaved-setup.ts'
import { isGoodFinding } from '../contract/connection-finding.ts'
import { wordsHere } from '../words-here.ts'
import { keychainRemedy } from './checks.ts'
import type { Command } from './command.ts'
import { runDoctor } from './doctor.ts'
import type { CommandPlace } from './place.ts'
import {
  type ProvisionFileFault,
  type ProvisionInput,
  readProvisionFile,
  readSettingsFile,
} from './provision-file.ts'
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
    const detail = detailOf(read.error, place)
    return createReport('provision', [
      write.line('settings', 'failed', read.error.code, { detail }),
    ])
  }
  const refusal = await checkOwner(command.ownerPinFile, place)
  if (refusal !== null)
    return createReport('provision', [write.line('settings', 'failed', refusal)])
  const { provisioning } = read.value
  const doubt = await testBefore(provisioning, command.next, place, write)
  if (doubt !== null) return createReport('provision', [doubt])
  let done: Result<Profile, ProvisionFault>
  if (!command.next) done = await provision(provisioning, place)
  else {
    const { signing } = provisioning
    done = await stageNextPair(signing.kind === 'files' ? signing.files : [], place)
  }
  if (!done.ok) return createReport('provision', [describeFault(done.error, place, write)])
  const { checks } = await runDoctor(place)
  const sources = await checkSources(read.value, command.deleteSources, isProven(checks), place)
  return createReport('provision', sources === null ? checks : [...checks, sources])
}

function isProven(checks: readonly Check[]): boolean {
  return checks.some(
    ({ check, state }) => check === 'signature' && state !== 'failed' && state !== 'skipped',
  )
}

/**
 * Asks WeChat Pay a signed question under what is to be stored. Returns why it must not be: a public key or API v3 key that
 * its answer does not verify with was swapped, and nobody is there when the next certificate takes over. `null` otherwise;
 * what else may be wrong, such as the line, `doctor` says.
 */
async function testBefore(
  provisioning: Provisioning,
  isNext: boolean,
  place: CommandPlace,
  write: CheckWriter,
): Promise<Check | null> {
  if (provisioning.signing.kind !== 'files') return null
  // Faults of the settings are named by what stores them.
  const checked = isNext ? ok(null) : await checkProvisioning(provisioning, place)
  const tested = checked.ok ? await testUnsavedSetup(provisioning, place, place) : checked
  if (!tested.ok) return null
  const { finding } = tested.value
  const isSwapped = finding === 'reply-not-verified' || finding === 'api-v3-key-wrong'
  if (!isSwapped && (!isNext || isGoodFinding(finding))) return null
  const { title, action } = wordsHere(place.language).setup.connection[finding]
  return write.line('signature', 'failed', 'not-stored', { why: `${title} · ${action}`, finding })
}

/** Names the fields that do not fit, with what is expected of each. */
function detailOf({ detail, fields }: ProvisionFileFault, { language }: CommandPlace): string {
  if (fields === undefined) return detail
  const { field: expected } = wordsHere(language).commands
  const all = new Map(Object.entries(expected))
  return fields
    .map(({ path, isUnknown }) => {
      const [name = ''] = path.split('.')
      if (isUnknown) return `${path}: ${expected.unknown}`
      return path === '' ? expected.file : `${path}: ${all.get(name) ?? expected.file}`
    })
    .join('; ')
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
async function checkSources(
  input: ProvisionInput,
  deletes: boolean,
  isKeyProven: boolean,
  place: CommandPlace,
): Promise<Check | null> {
  const write = createCheckWriter(place.language)
  const secretFiles = [...(await keyFilesOf(input, place)), ...input.secretFiles]
  if (secretFiles.length === 0) return null
  const files = secretFiles.join(', ')
  if (deletes && !isKeyProven)
    return write.line('sources', 'warning', 'sources-unproven', { files })
  if (!deletes) return write.line('sources', 'warning', 'sources-kept', { files })
  const left = secretFiles.filter((file) => !deleteSource(file))
  if (left.length > 0)
    return write.line('sources', 'warning', 'sources-not-deleted', { files: left.join(', ') })
  return write.line('sources', 'ok', 'sources-deleted', { count: secretFiles.length })
}

/** The files that hold the key that was stored. Others were named with it and are nobody's secret. */
async function keyFilesOf(
  { provisioning: { signing, merchantId }, certificatePaths }: ProvisionInput,
  { readPair }: CommandPlace,
): Promise<string[]> {
  if (signing.kind !== 'files') return []
  const pair = await readPair(signing.files, merchantId)
  const keyIn = pair.ok ? pair.value.keyIn : []
  return keyIn.flatMap((at) => certificatePaths[at] ?? [])
}
