import path from 'node:path'
import { z } from 'zod'
import { parseJson } from '../contract/json.ts'
import type { FileFault } from '../contract/file-fault.ts'
import { err, ok, type Result } from '../contract/result.ts'
import { Appid, Host, MerchantId, TillId, wechatpayHosts } from '../contract/setup.ts'
import { AuthoritiesSetting, ProxySetting } from '../credentials/profile.ts'
import type { Provisioning } from '../credentials/provision.ts'
import { maxSourceFileBytes, type SourceFile, textOf } from '../credentials/source-file.ts'
import { readRegularFile } from '../outside/regular-file.ts'
import { File, readShopPart, secretFilesOf, ShopPart, type WantedShop } from './provision-shop.ts'

/**
 * `till.json` (docs/provisioning.md). It names the files with secrets and holds none: a key that is written into it is
 * refused like any unknown field.
 */
export const ProvisionFile = z.strictObject({
  merchantId: MerchantId,
  appid: Appid,
  /** Where it is missing, `--till-id` gives it: one file then serves every till of a merchant. */
  tillId: TillId.optional(),
  certificateFiles: z.array(File).min(1).max(4).optional(),
  remoteSigner: z
    .strictObject({
      url: z.url({ protocol: /^https$/ }),
      merchantCertificateFile: File,
      clientCertificateFile: File,
      clientKeyFile: File,
      authoritiesFile: File,
    })
    .optional(),
  apiV3KeyFile: File.optional(),
  publicKey: z.strictObject({ id: z.string(), file: File }).optional(),
  hosts: z.array(Host).min(1).max(4).default(wechatpayHosts),
  proxy: ProxySetting.default('system'),
  authorities: AuthoritiesSetting.default('public'),
  shop: ShopPart.optional(),
})

/** What file names in the settings file refer to. */
export interface FileSources {
  /** The folder that relative paths start from. */
  readonly folder: string
  readonly standardInput: StandardInput
  /** From the command line; it wins over the file's. */
  readonly tillId?: string | null
}

/** Reads all of standard input, and is called at most once; returns `null` for more than `maxBytes`. */
export type StandardInput = (maxBytes: number) => Promise<Uint8Array | null>

export interface ProvisionFileFault {
  readonly code: 'settings-unreadable' | 'pin-unreadable' | FileFault['code']
  /** What is wrong with the settings, or which file it is. */
  readonly detail: string
  /** The fields that do not fit, to be named with what is expected of them. Never their values. */
  readonly fields?: readonly FieldFault[]
}

export interface FieldFault {
  /** `publicKey.id`; empty for the whole file. */
  readonly path: string
  readonly isUnknown: boolean
}

/** `till.json` has some hundred bytes. */
const maxSettingsBytes = 65_536
/** Of a file that holds one PEM or a line of text. */
const maxTextBytes = 20_000
/** There may be several authorities. */
const maxAuthoritiesBytes = 100_000

/** Reads the settings file itself; returns it with the folder that relative paths in it start from. */
export async function readSettingsFile(
  file: string,
  { folder, standardInput }: FileSources,
): Promise<Result<{ bytes: Uint8Array; folder: string }, ProvisionFileFault>> {
  const read = await readInput(file, maxSettingsBytes, { folder, standardInput })
  if (!read.ok) return read
  return ok({
    bytes: read.value,
    folder: file === '-' ? folder : path.dirname(path.resolve(folder, file)),
  })
}

async function readInput(
  name: string,
  maxBytes: number,
  { folder, standardInput }: FileSources,
): Promise<Result<Uint8Array, ProvisionFileFault>> {
  if (name === '-') {
    const all = await standardInput(maxBytes)
    return all === null ? err({ code: 'file-too-large', detail: name }) : ok(all)
  }
  const file = path.resolve(folder, name)
  const read = await readRegularFile(file, maxBytes)
  return read.ok ? read : err({ code: read.error.code, detail: file })
}

/** What the settings file and the files that it names hold. */
export interface ProvisionInput {
  readonly provisioning: Provisioning
  /** How the shop is to be; `null` where the file does not say. */
  readonly shop: WantedShop | null
  /** The paths of files that hold other secrets than the merchant's key, for deletion once the keychain has those. */
  readonly secretFiles: readonly string[]
  /** The paths of `certificateFiles`, of which some hold the merchant's key; `null` is standard input. */
  readonly certificatePaths: readonly (string | null)[]
}

/**
 * Reads the settings file, whose bytes are `content`, and every file that it names. Fails when it does not fit its
 * schema or a file cannot be read. The contents of those files are checked by `provision`.
 */
export async function readProvisionFile(
  content: Uint8Array,
  sources: FileSources,
): Promise<Result<ProvisionInput, ProvisionFileFault>> {
  const parsed = ProvisionFile.safeParse(parseJson(textOf(content)))
  if (!parsed.success) {
    const fields = fieldsOf(parsed.error)
    return err({ ...unreadable(fields.map(({ path: name }) => name).join(', ')), fields })
  }
  const settings = parsed.data
  const { certificateFiles, remoteSigner, apiV3KeyFile, publicKey } = settings
  const tillId = TillId.safeParse(sources.tillId ?? settings.tillId)
  if (!tillId.success)
    return err({ ...unreadable('tillId'), fields: [{ path: 'tillId', isUnknown: false }] })
  if ((certificateFiles === undefined) === (remoteSigner === undefined))
    return err(unreadable('either certificateFiles or remoteSigner'))
  const shopFiles = settings.shop === undefined ? [] : secretFilesOf(settings.shop)
  const otherSecrets = [remoteSigner?.clientKeyFile, apiV3KeyFile, ...shopFiles]
  const secretNames = [...(certificateFiles ?? []), ...otherSecrets]
  if (secretNames.filter((name) => name === '-').length > 1)
    return err(unreadable('standard input (-) can be one file alone'))

  const reader = createReader(sources)
  try {
    const { merchantId, appid, hosts, proxy, authorities } = settings
    const provisioning: Provisioning = {
      merchantId,
      appid,
      tillId: tillId.data,
      hosts,
      proxy,
      authorities,
      signing: remoteSigner
        ? {
            kind: 'remote',
            certificatePem: await reader.text(remoteSigner.merchantCertificateFile),
            clientKeyPem: await reader.text(remoteSigner.clientKeyFile),
            signer: {
              url: remoteSigner.url,
              clientCertificatePem: await reader.text(remoteSigner.clientCertificateFile),
              authoritiesPem: await reader.text(remoteSigner.authoritiesFile, maxAuthoritiesBytes),
            },
          }
        : { kind: 'files', files: await reader.all(certificateFiles ?? []) },
      publicKey: publicKey ? { id: publicKey.id, pem: await reader.text(publicKey.file) } : null,
      apiV3Key: apiV3KeyFile === undefined ? null : await reader.text(apiV3KeyFile),
    }
    const pathOf = (name: string) => (name === '-' ? null : path.resolve(sources.folder, name))
    const secretFiles = otherSecrets.flatMap(
      (name) => (name === undefined ? null : pathOf(name)) ?? [],
    )
    const certificatePaths = (certificateFiles ?? []).map(pathOf)
    const shop =
      settings.shop === undefined
        ? null
        : await readShopPart(settings.shop, sources.folder, (name) => reader.text(name))
    if (shop !== null && 'badPinFile' in shop)
      return err({ code: 'pin-unreadable', detail: shop.badPinFile })
    return ok({ provisioning, shop: shop?.wanted ?? null, secretFiles, certificatePaths })
  } catch (cause) {
    if (cause instanceof NotRead) return err(cause.fault)
    throw cause
  }
}

/** Thrown out of the reading of any file, and caught in `readProvisionFile`. */
class NotRead extends Error {
  readonly fault: ProvisionFileFault
  constructor(fault: ProvisionFileFault) {
    super(fault.code)
    this.fault = fault
  }
}

function createReader(sources: FileSources) {
  async function read(name: string, maxBytes: number): Promise<SourceFile> {
    const input = await readInput(name, maxBytes, sources)
    if (!input.ok) throw new NotRead(input.error)
    return { name, bytes: input.value }
  }
  return {
    text: async (name: string, maxBytes = maxTextBytes) =>
      textOf((await read(name, maxBytes)).bytes),
    all: (names: readonly string[]) =>
      Promise.all(names.map((name) => read(name, maxSourceFileBytes))),
  }
}

function unreadable(detail: string): ProvisionFileFault {
  return { code: 'settings-unreadable', detail }
}

function fieldsOf({ issues }: z.ZodError): FieldFault[] {
  const fields = issues.flatMap((issue): FieldFault[] => {
    const at = issue.path.map(String)
    if (issue.code !== 'unrecognized_keys') return [{ path: at.join('.'), isUnknown: false }]
    return issue.keys.map((key) => ({ path: [...at, key].join('.'), isUnknown: true }))
  })
  // One field may have several faults.
  return fields.filter(
    ({ path: name }, index) => fields.findIndex((other) => other.path === name) === index,
  )
}
