import path from 'node:path'
import { err, ok, type Result } from '../../contract/result.ts'
import {
  type AppliedSetup,
  type CertificateFacts,
  type FilePurpose,
  type SetupFault,
  type SetupDraft,
  type SetupForm,
  type SetupFormSoFar,
  type SetupPart,
  type SetupState,
  type TakenFiles,
  type TestedSetup,
  wechatpayHosts,
} from '../../contract/setup.ts'
import type { Owner } from '../../contract/owner.ts'
import { deleteSource } from '../../credentials/delete-source.ts'
import { certificateExpiry } from '../../credentials/certificate-expiry.ts'
import { readStoredSecret } from '../../credentials/credential-source.ts'
import {
  checkProvisioning,
  checkTrust,
  isQueueOfAnotherMerchant,
  provision,
  type ProvisionFault,
  type Provisioning,
  stageNextPair,
} from '../../credentials/provision.ts'
import { certificateInForce, type CertificateRecord } from '../../credentials/profile.ts'
import { openSetupDraft } from '../../credentials/setup-draft.ts'
import { textOf } from '../../credentials/source-file.ts'
import type { LiveNetwork } from './live-gateway.ts'
import type { LivePlace } from './live-place.ts'
import { readFiles, type TakenFile } from './taken-files.ts'
import { testUnsavedSetup } from './unsaved-setup.ts'

interface SetupParts {
  readonly place: LivePlace
  readonly network: LiveNetwork
  /** Opens the till anew, under the settings that were saved. */
  readonly reopen: () => Promise<void>
  /** The owners of whom one has to confirm a change first; empty where nobody has to. */
  readonly ownersToAsk: () => Promise<readonly Owner[]>
}

/** Set-up of a live till, as the page drives it. Faults are the codes that the page shows. */
export interface Setup {
  state(): Promise<SetupState>
  /** Reads files that a person handed over, and keeps them in memory until they are applied or forgotten. */
  takeFiles(purpose: FilePurpose, merchantId: string, paths: readonly string[]): Promise<TakenFiles>
  /** Returns what is wrong with one part, if anything, and saves the form as a draft to go on from later. */
  check(part: SetupPart, form: SetupFormSoFar): SetupFault | null
  /** Tests the connection with what was entered, saving nothing. */
  test(form: SetupForm): Promise<TestedSetup>
  /** Saves what was entered and opens the till anew. */
  apply(form: SetupForm): Promise<AppliedSetup>
  /** Deletes the files that applied secrets came from; returns the names of those that could not be deleted. */
  deleteSources(): { left: string[] }
  /** Drops everything that was entered and not applied. */
  forget(): void
}

/** Set-up together with the system's file dialog. */
export interface SetupControls extends Setup {
  /** `null` when the dialog was cancelled. */
  chooseFiles(purpose: FilePurpose, merchantId: string): Promise<TakenFiles | null>
}

/** Secrets that were handed over stay in here until they are applied or forgotten; the page gets facts about them. */
export function createSetup({ place, network, reopen, ownersToAsk }: SetupParts): Setup {
  const { profiles, secrets, clock } = place
  const draft = openSetupDraft(place.folder)
  let merchantFiles: readonly TakenFile[] = []
  /** Empty when none was entered. */
  let enteredApiV3Key = ''
  /** The files that applied secrets came from. */
  let sourceFiles: readonly string[] = []

  function saveDraft(entered: SetupDraft, publicKey = draft.get()?.publicKey ?? null): void {
    const { merchantId, appid, tillId, publicKeyId, hosts, trustsSystem } = entered
    draft.set({ merchantId, appid, tillId, publicKeyId, hosts, trustsSystem, publicKey })
  }

  /** The draft, or the saved settings where no set-up was begun. */
  function currentDraft(): SetupDraft {
    const profile = profiles.get()
    return (
      draft.get() ?? {
        merchantId: profile?.merchantId ?? '',
        appid: profile?.appid ?? '',
        tillId: profile?.tillId ?? '',
        publicKeyId: profile?.publicKey?.id ?? '',
        hosts: profile?.hosts ?? wechatpayHosts,
        trustsSystem: profile?.authorities === 'system',
      }
    )
  }

  function publicKeyOf({ publicKeyId: id }: SetupFormSoFar): Provisioning['publicKey'] {
    // A person who enters no id means the API v3 key, even if a file was handed over.
    if (id === '') return null
    const handedOver = draft.get()?.publicKey
    if (handedOver) return { id, pem: handedOver.pem }
    const saved = profiles.get()?.publicKey ?? null
    return saved?.id === id ? saved : { id, pem: '' }
  }

  /** The key that was entered, or else the one that is saved; `null` when there is neither. */
  async function apiV3KeyOf(form: SetupForm): Promise<Result<string | null, ProvisionFault>> {
    const entered = form.apiV3Key === '' ? enteredApiV3Key : form.apiV3Key
    if (entered !== '') return ok(entered)
    if (profiles.get()?.hasApiV3Key !== true || form.dropsApiV3Key) return ok(null)
    const stored = await readStoredSecret(secrets, 'api-v3-key')
    // A key that the keychain has lost counts as none, so that it can be entered again.
    if (stored.ok) return stored
    const { code } = stored.error
    return code === 'credentials-missing' ? ok(null) : err({ code })
  }

  async function provisioningOf(form: SetupForm): Promise<Result<Provisioning, ProvisionFault>> {
    const apiV3Key = await apiV3KeyOf(form)
    if (!apiV3Key.ok) return apiV3Key
    const { merchantId, appid, tillId, hosts, trustsSystem } = form
    const isKept = merchantFiles.length === 0 || form.isNextCertificate
    return ok({
      merchantId,
      appid,
      tillId,
      hosts,
      proxy: profiles.get()?.proxy ?? 'system',
      authorities: trustsSystem ? 'system' : 'public',
      signing: isKept ? { kind: 'kept' } : { kind: 'files', files: merchantFiles },
      publicKey: publicKeyOf(form),
      apiV3Key: apiV3Key.value,
    })
  }

  async function checkMerchantFiles(merchantId: string): Promise<TakenFiles> {
    const names = merchantFiles.map(({ name }) => name)
    if (names.length === 0) return { names, fault: null, certificate: null }
    const pair = await place.readPair(merchantFiles, merchantId)
    return pair.ok
      ? { names, fault: null, certificate: factsOf(pair.value.certificate, clock()) }
      : { names, fault: pair.error.code, certificate: null }
  }

  function savedState(): SetupState['saved'] {
    const profile = profiles.get()
    if (profile === null) return null
    const { signing, merchantId, publicKey, hasApiV3Key } = profile
    const now = clock()
    const inForce = certificateInForce(profile, now)
    const next = signing.kind === 'keychain' ? signing.next : null
    return {
      merchantId,
      certificate: factsOf(inForce, now),
      next: next === null || next.serial === inForce.serial ? null : factsOf(next, now),
      mayHaveNext: signing.kind === 'keychain',
      publicKeyId: publicKey?.id ?? '',
      hasApiV3Key,
    }
  }

  return {
    async state() {
      const { merchantId, appid, tillId, publicKeyId, hosts, trustsSystem } = currentDraft()
      const publicKey = draft.get()?.publicKey ?? null
      return {
        draft: { merchantId, appid, tillId, publicKeyId, hosts, trustsSystem },
        taken: {
          merchant: await checkMerchantFiles(merchantId),
          'public-key': {
            names: publicKey === null ? [] : [publicKey.name],
            fault: null,
            certificate: null,
          },
        },
        holdsApiV3Key: enteredApiV3Key !== '',
        saved: savedState(),
      }
    },
    async takeFiles(purpose, merchantId, paths) {
      const names = paths.map((file) => path.basename(file))
      const read = await readFiles(purpose, paths)
      if (!read.ok) return { names, fault: read.error.code, certificate: null }
      const added = read.value
      if (purpose === 'public-key') {
        const [file] = added
        if (file) saveDraft(currentDraft(), { name: file.name, pem: textOf(file.bytes) })
        return { names, fault: null, certificate: null }
      }
      // Certificate and key may be handed over one after the other. A file replaces an earlier one of its name.
      const isAnother = ({ name }: TakenFile) => added.every((file) => file.name !== name)
      merchantFiles = [...merchantFiles.filter(isAnother), ...added]
      const taken = await checkMerchantFiles(merchantId)
      // Unusable files are dropped, so that the next ones are checked without them.
      if (taken.fault !== null && !['key-missing', 'certificate-missing'].includes(taken.fault))
        merchantFiles = []
      return taken
    },
    check(part, form) {
      saveDraft(form)
      if (part === 'shop')
        return isQueueOfAnotherMerchant(form, place) ? 'other-merchant-while-waiting' : null
      if (form.apiV3Key !== '') enteredApiV3Key = form.apiV3Key
      const publicKey = publicKeyOf(form)
      const keepsSavedKey = profiles.get()?.hasApiV3Key === true && !form.dropsApiV3Key
      // A key that is in the keychain was checked before it was stored.
      if (publicKey === null && enteredApiV3Key === '' && keepsSavedKey) return null
      const apiV3Key = enteredApiV3Key === '' ? null : enteredApiV3Key
      const trust = checkTrust({ publicKey, apiV3Key })
      if (!trust.ok && trust.error.code.startsWith('api-v3-key')) enteredApiV3Key = ''
      return trust.ok ? null : trust.error.code
    },
    async test(form) {
      const given = await provisioningOf(form)
      if (!given.ok) return faultOf(given.error)
      const checked = await checkProvisioning(given.value, place)
      if (!checked.ok) return faultOf(checked.error)
      const report = await testUnsavedSetup(given.value, place, network)
      return report.ok ? { kind: 'tested', report: report.value } : faultOf(report.error)
    },
    async apply(form) {
      const owners = await ownersToAsk()
      if (owners.length > 0) return { kind: 'owner-needed', owners: [...owners] }
      const given = await provisioningOf(form)
      if (!given.ok) return faultOf(given.error)
      const checked = await checkProvisioning(given.value, place)
      if (!checked.ok) return faultOf(checked.error)
      if (form.isNextCertificate && merchantFiles.length > 0) {
        const staged = await stageNextPair(merchantFiles, place)
        if (!staged.ok) return faultOf(staged.error)
      }
      const applied = await provision(given.value, place)
      if (!applied.ok) return faultOf(applied.error)
      sourceFiles = merchantFiles.map((file) => file.path)
      const names = merchantFiles.map(({ name }) => name)
      forgetEntered()
      await reopen()
      return { kind: 'applied', sources: names }
    },
    deleteSources() {
      const left = sourceFiles.filter((file) => !deleteSource(file))
      sourceFiles = left
      return { left: left.map((file) => path.basename(file)) }
    },
    forget() {
      forgetEntered()
      sourceFiles = []
    },
  }

  function forgetEntered(): void {
    merchantFiles = []
    enteredApiV3Key = ''
    draft.clear()
  }
}

/** The fault as the page gets it. */
function faultOf({ code }: ProvisionFault): { kind: 'fault'; fault: SetupFault } {
  return { kind: 'fault', fault: code }
}

function factsOf(
  certificate: Pick<CertificateRecord, 'serial' | 'validFrom' | 'validUntil'>,
  now: number,
): CertificateFacts {
  const { serial, validUntil } = certificate
  return { serial, validUntil, ...certificateExpiry(certificate, now) }
}
