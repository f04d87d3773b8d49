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
import { checkOwner } from './check-owner.ts'
import { runDoctor } from './doctor.ts'
import type { CommandPlace } from './place.ts'
import {
  factsOfProfile,
  factsOfProvisioning,
  profileChanges,
  type ProfileFacts,
} from './profile-changes.ts'
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
import { changesCheck, shopChecks, shopFaultCheck } from './shop-checks.ts'

/**
 * Provisions the till from a settings file, or stores the next certificate beside the one in use. Everything is checked
 * before anything is stored: the file, who wants it, the keys with WeChat Pay, and how the shop would be.
 */
export async function provisionFromFile(
  command: Pick<Command, 'file' | 'next' | 'deleteSources' | 'ownerPinFile' | 'dryRun' | 'tillId'>,
  place: CommandPlace,
): Promise<Report> {
  const write = createCheckWriter(place.language)
  const { next: isNext, dryRun: isDryRun } = command
  const read = await readAll(command, place)
  if (!read.ok) {
    const detail = detailOf(read.error, place)
    return report([write.line('settings', 'failed', read.error.code, { detail })])
  }
  const owner = await checkOwner(command.ownerPinFile, place)
  if (!owner.ok) return report([write.line('settings', 'failed', owner.error)])
  const { provisioning } = read.value
  const doubt = await testBefore(provisioning, isNext, place, write)
  if (doubt !== null) return report([doubt])
  // The next certificate is laid beside the one in use, and nothing else is touched.
  const wanted = isNext ? null : read.value.shop
  const shop = (dry: boolean): ReturnType<CommandPlace['shopDesk']['carryOut']> | null =>
    wanted && place.shopDesk.carryOut({ ...wanted, by: owner.value, isDryRun: dry })
  const planned = await shop(true)
  // A till that does not open may be what the new keys mend.
  const isFatal = planned?.ok === false && (isDryRun || planned.error.code !== 'till-closed')
  if (isFatal) return report([shopFaultCheck(planned.error, place.language, write)])
  const before = factsOfProfile(place.profiles.get(), place.clock())
  if (isDryRun) {
    const checked = isNext ? ok(null) : await checkProvisioning(provisioning, place)
    if (!checked.ok) return report([describeFault(checked.error, place, write)])
    const after = await factsOfProvisioning(provisioning, place.readPair)
    const changes = changesOf(before, after, true, write)
    return report([
      changes,
      ...(planned?.ok !== true ? [] : shopChecks(planned.value, true, write)),
    ])
  }
  const { signing } = provisioning
  const done: Result<Profile, ProvisionFault> = isNext
    ? await stageNextPair(signing.kind === 'files' ? signing.files : [], place)
    : await provision(provisioning, place)
  if (!done.ok) return report([describeFault(done.error, place, write)])
  const changes = changesOf(before, factsOfProfile(done.value, place.clock()), false, write)
  place.tellWindow?.()
  const carriedOut = await shop(false)
  const shopLines =
    carriedOut === null
      ? []
      : carriedOut.ok
        ? shopChecks(carriedOut.value, false, write)
        : [shopFaultCheck(carriedOut.error, place.language, write)]
  const doctor = await runDoctor(place)
  const window = write.line(
    'window',
    'ok',
    place.tellWindow === null ? 'window-closed' : 'window-told',
  )
  const checks = [changes, ...shopLines, ...doctor.checks, window]
  // A PIN that no till has yet is nowhere else.
  const mayDelete = isProven(checks) && carriedOut?.ok !== false
  // What was not looked at now, such as the PINs beside a next certificate, is nobody's to delete.
  const input = isNext ? { ...read.value, secretFiles: [] } : read.value
  const sources = await checkSources(input, command.deleteSources, mayDelete, place)
  return report(sources === null ? checks : [...checks, sources])
}

function report(checks: readonly Check[]): Report {
  return createReport('provision', checks)
}

async function readAll(
  { file, tillId }: Pick<Command, 'file' | 'tillId'>,
  { workingFolder, standardInput }: CommandPlace,
): Promise<Result<ProvisionInput, ProvisionFileFault>> {
  const settings = await readSettingsFile(file ?? '', { folder: workingFolder, standardInput })
  if (!settings.ok) return settings
  const { bytes, folder } = settings.value
  return readProvisionFile(bytes, { folder, standardInput, tillId })
}

function changesOf(
  before: ProfileFacts,
  after: ProfileFacts,
  isDryRun: boolean,
  write: CheckWriter,
): Check {
  const changed = profileChanges(before, after)
  return changesCheck(
    'merchant',
    changed,
    Object.keys(after).length - changed.length,
    isDryRun,
    write,
  )
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
      if (isUnknown) return `${path}: ${expected.unknown}`
      if (path === '') return expected.file
      return `${path}: ${namesFor(path).flatMap((name) => all.get(name) ?? [])[0] ?? expected.file}`
    })
    .join('; ')
}

/** The names under which what is expected of a field may stand: its own without places in lists, and those of its groups. */
function namesFor(field: string): string[] {
  const parts = field.split('.').filter((part) => !/^\d+$/.test(part))
  return parts.map((_, at) => parts.slice(0, parts.length - at).join('.'))
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
