import { isGoodFinding } from '../../contract/connection-finding.ts'
import { err, ok, type Result } from '../../contract/result.ts'
import {
  type AppliedSetup,
  type FilePurpose,
  type FinishedSetup,
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
import { certificateFacts } from '../../credentials/certificate-expiry.ts'
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
import { certificateInForce, pairInForce } from '../../credentials/profile.ts'
import type { SecretName } from '../../keychain/secret-store.ts'
import { openSetupDraft } from '../../credentials/setup-draft.ts'
import { openKeyFileOffer } from './key-file-offer.ts'
import { createMerchantFiles, createPublicKeyFile } from './handed-over-files.ts'
import type { LiveNetwork } from './live-gateway.ts'
import type { LivePlace } from './live-place.ts'
import type { TakenFile } from './taken-files.ts'
import { testUnsavedSetup } from './unsaved-setup.ts'

interface SetupParts {
  readonly place: LivePlace
  readonly network: LiveNetwork
  /** Moves a file to the recycle bin; false where it could not be moved. */
  readonly moveToTrash: (file: string) => Promise<boolean>
  /** Opens the till anew, under the settings that were saved. */
  readonly reopen: () => Promise<void>
  /** Has the open till ask whether WeChat Pay can be reached. */
  readonly probe: () => Promise<unknown>
  /** The owners of whom one has to confirm a change first; empty where nobody has to. */
  readonly ownersToAsk: () => Promise<readonly Owner[]>
}

/** Set-up of a live till, as the page drives it. Faults are the codes that the page shows. */
export interface Setup {
  state(): Promise<SetupState>
  /** Reads files that a person handed over, and keeps them in memory until they are applied or forgotten. */
  takeFiles(purpose: FilePurpose, merchantId: string, paths: readonly string[]): Promise<TakenFiles>
  /** Takes one of the files back. */
  removeFile(purpose: FilePurpose, merchantId: string, name: string): Promise<TakenFiles>
  /** Returns what is wrong with one part, if anything, and saves the form as a draft to go on from later. */
  check(part: SetupPart, form: SetupFormSoFar): SetupFault | null
  /** Tests the connection with what was entered, saving nothing. */
  test(form: SetupForm): Promise<TestedSetup>
  /** Saves what was entered and opens the till anew. */
  apply(form: SetupForm): Promise<AppliedSetup>
  /**
   * The set-up that was saved, until somebody has acknowledged it: opening the till anew ends on the sign-in screen where
   * there are staff. Kept over restarts. `null` where there is none.
   */
  finished(): FinishedSetup | null
  acknowledge(): void
  /** Moves the files that hold the key that was stored to the recycle bin; returns the names of those that are left. */
  deleteSources(): Promise<{ left: string[] }>
  /** Drops everything that was entered and not applied. */
  forget(): void
}

/** Set-up together with the system's file dialog. */
export interface SetupControls extends Setup {
  /** `null` when the dialog was cancelled. */
  chooseFiles(purpose: FilePurpose, merchantId: string): Promise<TakenFiles | null>
}

/** Secrets that were handed over stay in here until they are applied or forgotten; the page gets facts about them. */
export function createSetup(parts: SetupParts): Setup {
  const { place, network, moveToTrash, reopen, probe, ownersToAsk } = parts
  const { profiles, secrets, clock } = place
  const draft = openSetupDraft(place.folder)
  const offer = openKeyFileOffer(place.folder, moveToTrash)
  const merchant = createMerchantFiles(place.readPair, clock)
  const publicKeyFile = createPublicKeyFile()
  const handedOver = { merchant, 'public-key': publicKeyFile }
  /** The files whose key WeChat Pay was seen to accept. */
  let proven: readonly TakenFile[] | null = null
  /** Empty when none was entered. */
  let enteredApiV3Key = ''

  /** The draft, or the saved settings where no set-up was begun. */
  function currentDraft(): SetupDraft {
    const profile = profiles.get()
    const entered = draft.get()
    const hosts = profile?.hosts ?? wechatpayHosts
    if (entered !== null)
      return { ...entered, hosts: entered.hosts.length === 0 ? hosts : entered.hosts }
    return {
      merchantId: profile?.merchantId ?? '',
      appid: profile?.appid ?? '',
      tillId: profile?.tillId ?? '',
      publicKeyId: profile?.publicKey?.id ?? '',
      hosts,
      trustsSystem: profile?.authorities === 'system',
    }
  }

  function publicKeyOf({ publicKeyId: id }: SetupFormSoFar): Provisioning['publicKey'] {
    // A person who enters no id means the API v3 key, even if a file was handed over.
    if (id === '') return null
    if (publicKeyFile.pem !== null) return { id, pem: publicKeyFile.pem }
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
    const isKept = merchant.all.length === 0 || form.isNextCertificate
    return ok({
      merchantId,
      appid,
      tillId,
      hosts,
      proxy: profiles.get()?.proxy ?? 'system',
      authorities: trustsSystem ? 'system' : 'public',
      signing: isKept ? { kind: 'kept' } : { kind: 'files', files: merchant.all },
      publicKey: publicKeyOf(form),
      apiV3Key: apiV3Key.value,
    })
  }

  /** Tests with the key that was handed over, also where another one signs until it takes over. */
  async function testOf(given: Provisioning): Promise<TestedSetup> {
    const files = merchant.all
    const signing = files.length === 0 ? given.signing : ({ kind: 'files', files } as const)
    const report = await testUnsavedSetup({ ...given, signing }, place, network)
    if (!report.ok) return faultOf(report.error)
    if (isGoodFinding(report.value.finding)) proven = files
    return { kind: 'tested', report: report.value }
  }

  /** Only these may be deleted: what else was chosen with them is not the till's. */
  async function keyFilesOf(merchantId: string): Promise<TakenFile[]> {
    const files = merchant.all
    const pair = files.length === 0 ? null : await place.readPair(files, merchantId)
    const keyIn = pair?.ok === true ? pair.value.keyIn : []
    return files.filter((_, at) => keyIn.includes(at))
  }

  /** Also where the keychain does not say. */
  async function isInKeychain(name: SecretName): Promise<boolean> {
    const read = await secrets.read(name)
    return !read.ok || read.value !== null
  }

  async function savedState(): Promise<SetupState['saved']> {
    const profile = profiles.get()
    if (profile === null) return null
    const { signing, merchantId, publicKey, hasApiV3Key } = profile
    const now = clock()
    const inForce = certificateInForce(profile, now)
    const next = signing.kind === 'keychain' ? signing.next : null
    return {
      merchantId,
      certificate: certificateFacts(inForce, now),
      next: next === null || next.serial === inForce.serial ? null : certificateFacts(next, now),
      mayHaveNext: signing.kind === 'keychain',
      publicKeyId: publicKey?.id ?? '',
      hasApiV3Key: hasApiV3Key && (await isInKeychain('api-v3-key')),
      hasKey: await isInKeychain(
        signing.kind === 'remote' ? 'remote-signer-key' : pairInForce(signing, now).keptAs,
      ),
    }
  }

  return {
    async state() {
      const entered = currentDraft()
      return {
        draft: entered,
        taken: {
          merchant: await merchant.judge(entered.merchantId),
          'public-key': await publicKeyFile.judge(entered.merchantId),
        },
        holdsApiV3Key: enteredApiV3Key !== '',
        saved: await savedState(),
      }
    },
    takeFiles: (purpose, merchantId, paths) => handedOver[purpose].take(paths, merchantId),
    removeFile: (purpose, merchantId, name) => handedOver[purpose].remove(name, merchantId),
    check(part, form) {
      draft.set(form)
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
      return testOf(given.value)
    },
    async apply(form) {
      const owners = await ownersToAsk()
      if (owners.length > 0) return { kind: 'owner-needed', owners: [...owners] }
      const given = await provisioningOf(form)
      if (!given.ok) return faultOf(given.error)
      const checked = await checkProvisioning(given.value, place)
      if (!checked.ok) return faultOf(checked.error)
      if (form.isNextCertificate && merchant.all.length > 0) {
        // When it takes over nobody is there to see it refused.
        const tested = proven === merchant.all ? null : await testOf(given.value)
        if (tested !== null && proven !== merchant.all) return tested
        const staged = await stageNextPair(merchant.all, place)
        if (!staged.ok) return faultOf(staged.error)
      }
      const keyFiles = await keyFilesOf(form.merchantId)
      const applied = await provision(given.value, place)
      if (!applied.ok) return faultOf(applied.error)
      const isProven = proven === merchant.all
      const about = { isProven, isNext: form.isNextCertificate && keyFiles.length > 0 }
      offer.make(keyFiles, about)
      const sources = keyFiles.map(({ name }) => name)
      const done = { kind: 'applied' as const, sources, ...about }
      forgetEntered()
      await reopen()
      // A test that passed a moment ago is not to be followed by "not connected yet".
      if (isProven) await probe()
      return done
    },
    finished: () => offer.current(),
    acknowledge: () => offer.end(),
    deleteSources: async () => ({ left: await offer.deleteFiles() }),
    forget: forgetEntered,
  }

  function forgetEntered(): void {
    merchant.clear()
    publicKeyFile.clear()
    enteredApiV3Key = ''
    draft.clear()
  }
}

/** The fault as the page gets it. */
function faultOf({ code }: ProvisionFault): { kind: 'fault'; fault: SetupFault } {
  return { kind: 'fault', fault: code }
}
