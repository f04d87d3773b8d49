import { readFileSync, rmSync, statSync } from 'node:fs'
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
import { certificateExpiry } from '../../credentials/certificate-expiry.ts'
import { readStoredSecret } from '../../credentials/credential-source.ts'
import { readMerchantPair } from '../../credentials/merchant-pair.ts'
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
import { maxSourceFileBytes, type SourceFile, textOf } from '../../credentials/source-file.ts'
import type { LiveNetwork } from './live-gateway.ts'
import type { LivePlace } from './live-place.ts'
import { testUnsaved } from './unsaved-setup.ts'

interface SetupParts {
  readonly place: LivePlace
  readonly network: LiveNetwork
  /** Opens the till anew with what was set up. */
  readonly reopen: () => Promise<void>
}

export interface Setup {
  state(): SetupState
  takeFiles(purpose: FilePurpose, merchantId: string, paths: readonly string[]): TakenFiles
  /** What is wrong with one part. Keeps the answers: whoever leaves here goes on here. */
  check(part: SetupPart, form: SetupFormSoFar): SetupFault | null
  test(form: SetupForm): Promise<TestedSetup>
  apply(form: SetupForm): Promise<AppliedSetup>
  deleteSources(): { left: string[] }
  forget(): void
}

/** As the page reaches it: with the system's file dialog. */
export interface SetupControls extends Setup {
  /** `null` when the dialog was cancelled. */
  chooseFiles(purpose: FilePurpose, merchantId: string): Promise<TakenFiles | null>
}

interface HeldFile extends SourceFile {
  readonly path: string
}

/** Set-up in the window. The files handed over are held here until they are applied or let go; the page sees facts. */
export function createSetup({ place, network, reopen }: SetupParts): Setup {
  const { profiles, secrets, clock } = place
  const draft = openSetupDraft(place.folder)
  let merchantFiles: readonly HeldFile[] = []
  let heldKey = ''
  /** Where applied secrets came from. */
  let sources: readonly string[] = []

  function keep(draftNow: SetupDraft, publicKey = draft.get()?.publicKey ?? null): void {
    const { merchantId, appid, tillId, publicKeyId, hosts } = draftNow
    draft.set({ merchantId, appid, tillId, publicKeyId, hosts, publicKey })
  }

  function answers(): SetupDraft {
    const profile = profiles.get()
    return (
      draft.get() ?? {
        merchantId: profile?.merchantId ?? '',
        appid: profile?.appid ?? '',
        tillId: profile?.tillId ?? '',
        publicKeyId: profile?.publicKey?.id ?? '',
        hosts: profile?.hosts ?? wechatpayHosts,
      }
    )
  }

  function publicKeyOf({ publicKeyId: id }: SetupFormSoFar): Provisioning['publicKey'] {
    // A file without its id is not meant: the API v3 key is.
    if (id === '') return null
    const handedOver = draft.get()?.publicKey
    if (handedOver) return { id, pem: handedOver.pem }
    const before = profiles.get()?.publicKey ?? null
    return before?.id === id ? before : { id, pem: '' }
  }

  /** The one given, else the one saved; `null` for none. */
  async function apiV3KeyOf(form: SetupForm): Promise<Result<string | null, ProvisionFault>> {
    const given = form.apiV3Key === '' ? heldKey : form.apiV3Key
    if (given !== '') return ok(given)
    if (profiles.get()?.hasApiV3Key !== true || form.dropsApiV3Key) return ok(null)
    const stored = await readStoredSecret(secrets, 'api-v3-key')
    // What the profile names and the keychain has lost is given anew.
    if (stored.ok) return stored
    const { code } = stored.error
    return code === 'credentials-missing' ? ok(null) : err({ code })
  }

  async function provisioningOf(form: SetupForm): Promise<Result<Provisioning, ProvisionFault>> {
    const apiV3Key = await apiV3KeyOf(form)
    if (!apiV3Key.ok) return apiV3Key
    const { merchantId, appid, tillId, hosts } = form
    const isKept = merchantFiles.length === 0 || form.isNextCertificate
    return ok({
      merchantId,
      appid,
      tillId,
      hosts,
      proxy: profiles.get()?.proxy ?? 'system',
      signing: isKept ? { kind: 'kept' } : { kind: 'files', files: merchantFiles },
      publicKey: publicKeyOf(form),
      apiV3Key: apiV3Key.value,
    })
  }

  function judgeMerchantFiles(merchantId: string): TakenFiles {
    const names = merchantFiles.map(({ name }) => name)
    if (names.length === 0) return { names, fault: null, certificate: null }
    const pair = readMerchantPair(merchantFiles, merchantId)
    return pair.ok
      ? { names, fault: null, certificate: factsOf(pair.value.certificate, clock()) }
      : { names, fault: pair.error.code, certificate: null }
  }

  function saved(): SetupState['saved'] {
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
    state() {
      const { merchantId, appid, tillId, publicKeyId, hosts } = answers()
      const publicKey = draft.get()?.publicKey ?? null
      return {
        draft: { merchantId, appid, tillId, publicKeyId, hosts },
        taken: {
          merchant: judgeMerchantFiles(merchantId),
          'public-key': {
            names: publicKey === null ? [] : [publicKey.name],
            fault: null,
            certificate: null,
          },
        },
        holdsApiV3Key: heldKey !== '',
        saved: saved(),
      }
    },
    takeFiles(purpose, merchantId, paths) {
      const added = paths.map(readHeld)
      if (purpose === 'public-key') {
        const [file] = added
        if (file) keep(answers(), { name: file.name, pem: textOf(file.bytes) })
        return { names: added.map(({ name }) => name), fault: null, certificate: null }
      }
      // Certificate and key may come one after the other; another file of the same name takes its place.
      const isAnother = ({ name }: HeldFile) => added.every((file) => file.name !== name)
      merchantFiles = [...merchantFiles.filter(isAnother), ...added]
      const taken = judgeMerchantFiles(merchantId)
      // What cannot be used is not held: the next choice starts afresh.
      if (taken.fault !== null && !['key-missing', 'certificate-missing'].includes(taken.fault))
        merchantFiles = []
      return taken
    },
    check(part, form) {
      keep(form)
      if (part === 'shop')
        return isQueueOfAnotherMerchant(form, place) ? 'other-merchant-while-waiting' : null
      if (form.apiV3Key !== '') heldKey = form.apiV3Key
      const publicKey = publicKeyOf(form)
      const keepsKey = profiles.get()?.hasApiV3Key === true && !form.dropsApiV3Key
      // A key that is in the keychain already was checked when it was put there.
      if (publicKey === null && heldKey === '' && keepsKey) return null
      const trust = checkTrust({ publicKey, apiV3Key: heldKey === '' ? null : heldKey })
      if (!trust.ok && trust.error.code.startsWith('api-v3-key')) heldKey = ''
      return trust.ok ? null : trust.error.code
    },
    async test(form) {
      const given = await provisioningOf(form)
      if (!given.ok) return faultOf(given.error)
      const checked = checkProvisioning(given.value, place)
      if (!checked.ok) return faultOf(checked.error)
      const report = await testUnsaved(given.value, place, network)
      return report.ok ? { kind: 'tested', report: report.value } : faultOf(report.error)
    },
    async apply(form) {
      const given = await provisioningOf(form)
      if (!given.ok) return faultOf(given.error)
      const checked = checkProvisioning(given.value, place)
      if (!checked.ok) return faultOf(checked.error)
      if (form.isNextCertificate && merchantFiles.length > 0) {
        const staged = await stageNextPair(merchantFiles, place)
        if (!staged.ok) return faultOf(staged.error)
      }
      const applied = await provision(given.value, place)
      if (!applied.ok) return faultOf(applied.error)
      sources = merchantFiles.map((file) => file.path)
      const names = merchantFiles.map(({ name }) => name)
      letGo()
      await reopen()
      return { kind: 'applied', sources: names }
    },
    deleteSources() {
      const left = sources.filter((file) => !wasDeleted(file))
      sources = left
      return { left: left.map((file) => path.basename(file)) }
    },
    forget() {
      letGo()
      sources = []
    },
  }

  function letGo(): void {
    merchantFiles = []
    heldKey = ''
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

function readHeld(file: string): HeldFile {
  const name = path.basename(file)
  try {
    const isTooLarge = statSync(file).size > maxSourceFileBytes
    const bytes = isTooLarge ? new Uint8Array(maxSourceFileBytes + 1) : readFileSync(file)
    return { name, path: file, bytes }
  } catch {
    // Gone, or not ours to read: judged as the empty file that it is to us.
    return { name, path: file, bytes: new Uint8Array() }
  }
}

function wasDeleted(file: string): boolean {
  try {
    rmSync(file, { force: true })
    return true
  } catch {
    // Of another account, or on a read-only medium: the person is told its name.
    return false
  }
}
