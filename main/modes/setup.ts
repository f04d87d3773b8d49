import { readFileSync, rmSync, statSync } from 'node:fs'
import path from 'node:path'
import { ok, type Result } from '../contract/result.ts'
import {
  type AppliedSetup,
  type FilePurpose,
  type SetupFault,
  type SetupForm,
  type SetupState,
  type TakenFiles,
  type TestedSetup,
  wechatpayHosts,
} from '../contract/setup.ts'
import { certificateExpiry } from '../credentials/certificate-expiry.ts'
import { testConnection } from '../credentials/connection-test.ts'
import { readMerchantPair } from '../credentials/merchant-pair.ts'
import { checkProvisioning, provision, type Provisioning } from '../credentials/provision.ts'
import { maxSourceFileBytes, type SourceFile, textOf } from '../credentials/source-file.ts'
import { createLocalSigner } from '../wechatpay/local-signer.ts'
import { readTrust } from '../wechatpay/merchant-credentials.ts'
import { createLiveGateway, type LiveNetwork } from './live-gateway.ts'
import type { LivePlace } from './live-place.ts'

interface SetupParts {
  readonly place: LivePlace
  readonly network: LiveNetwork
  /** Opens the till anew with what was set up. */
  readonly reopen: () => Promise<void>
}

export interface Setup {
  state(): SetupState
  takeFiles(purpose: FilePurpose, merchantId: string, paths: readonly string[]): TakenFiles
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

const testPatienceMs = 15_000

/** Set-up in the window. The files handed over are held here until they are applied or let go; the page sees facts. */
export function createSetup({ place, network, reopen }: SetupParts): Setup {
  const { profiles, clock } = place
  let held: Record<FilePurpose, readonly HeldFile[]> = { merchant: [], 'public-key': [] }
  /** Where applied secrets came from. */
  let sources: readonly string[] = []

  function provisioningOf(form: SetupForm): Provisioning {
    const { merchantId, appid, tillId, hosts, publicKeyId, apiV3Key } = form
    const before = profiles.get()
    const [file] = held['public-key']
    const isKept = file === undefined && before?.publicKey?.id === publicKeyId
    const pem = file === undefined ? '' : textOf(file.bytes)
    return {
      merchantId,
      appid,
      tillId,
      hosts,
      proxy: before?.proxy ?? 'system',
      signing: { kind: 'files', files: held.merchant },
      publicKey: isKept
        ? (before?.publicKey ?? null)
        : file === undefined && publicKeyId === ''
          ? null
          : { id: publicKeyId, pem },
      apiV3Key: apiV3Key === '' ? null : apiV3Key,
    }
  }

  return {
    state() {
      const profile = profiles.get()
      return {
        merchantId: profile?.merchantId ?? '',
        appid: profile?.appid ?? '',
        tillId: profile?.tillId ?? '',
        publicKeyId: profile?.publicKey?.id ?? '',
        hosts: profile?.hosts ?? wechatpayHosts,
      }
    },
    takeFiles(purpose, merchantId, paths) {
      const added = paths.map(readHeld)
      // Certificate and key may come one after the other; another file of the same name takes its place.
      const isAnother = ({ name }: HeldFile) => added.every((file) => file.name !== name)
      const before = purpose === 'merchant' ? held.merchant.filter(isAnother) : []
      held = { ...held, [purpose]: [...before, ...added] }
      const names = held[purpose].map(({ name }) => name)
      if (purpose === 'public-key') return { names, fault: null, certificate: null }
      const pair = readMerchantPair(held.merchant, merchantId)
      if (!pair.ok) {
        // What cannot be used is not held: the next choice starts afresh.
        if (pair.error !== 'key-missing' && pair.error !== 'certificate-missing')
          held = { ...held, merchant: [] }
        return { names, fault: pair.error, certificate: null }
      }
      const { serial, validUntil } = pair.value.certificate
      const expiry = certificateExpiry(pair.value.certificate, clock())
      return { names, fault: null, certificate: { serial, validUntil, ...expiry } }
    },
    async test(form) {
      const provisioning = provisioningOf(form)
      const checked = checkProvisioning(provisioning, place)
      if (checked !== null) return { kind: 'fault', fault: checked }
      const report = await testUnsaved(provisioning, network)
      return report.ok
        ? { kind: 'tested', report: report.value }
        : { kind: 'fault', fault: report.error }
    },
    async apply(form) {
      const applied = await provision(provisioningOf(form), place)
      if (!applied.ok) return { kind: 'fault', fault: applied.error }
      sources = held.merchant.map((file) => file.path)
      const names = held.merchant.map(({ name }) => name)
      held = { merchant: [], 'public-key': [] }
      await reopen()
      return { kind: 'applied', sources: names }
    },
    deleteSources() {
      const left = sources.filter((file) => !wasDeleted(file))
      sources = left
      return { left: left.map((file) => path.basename(file)) }
    },
    forget() {
      held = { merchant: [], 'public-key': [] }
      sources = []
    },
  }
}

/** With keys that are nowhere but in memory: what does not work is not kept. */
async function testUnsaved(
  given: Provisioning,
  network: LiveNetwork,
): Promise<Result<Awaited<ReturnType<typeof testConnection>>, SetupFault>> {
  const { merchantId, appid, signing } = given
  const pair = readMerchantPair(signing.kind === 'files' ? signing.files : [], merchantId)
  if (!pair.ok) return pair
  const trust = readTrust({ publicKey: given.publicKey, apiV3Key: given.apiV3Key?.trim() ?? null })
  if (!trust.ok) return { ok: false, error: 'nothing-to-verify-with' }
  const credentials = {
    merchantId,
    appid,
    serial: pair.value.certificate.serial,
    signer: createLocalSigner(pair.value.privateKey),
    trust: trust.value,
  }
  const source = { current: async () => ok(credentials) }
  const { hosts, proxy } = given
  const gateway = createLiveGateway({ hosts: [...hosts], proxy }, source, network)
  try {
    const hasPublicKey = given.publicKey !== null
    const patience = AbortSignal.timeout(testPatienceMs)
    return ok(await testConnection(gateway, { hasPublicKey }, patience))
  } finally {
    await gateway.close()
  }
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
