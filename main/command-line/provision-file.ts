import { readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { err, ok, type Result } from '../contract/result.ts'
import { Appid, Host, MerchantId, TillId, wechatpayHosts } from '../contract/setup.ts'
import { ProxySetting } from '../credentials/profile.ts'
import type { Provisioning } from '../credentials/provision.ts'
import { maxSourceFileBytes, type SourceFile, textOf } from '../credentials/source-file.ts'

/** A path, absolute or from the folder of the settings file; `-` is standard input, which can be one file alone. */
const File = z.string().min(1)

/**
 * `till.json` (docs/provisioning.md). It names the files with secrets and holds none: a key that is written into it is
 * refused like any unknown field.
 */
export const ProvisionFile = z.strictObject({
  merchantId: MerchantId,
  appid: Appid,
  tillId: TillId,
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
})

/** What file names in the settings file refer to. */
export interface FileSources {
  /** The folder that relative paths start from. */
  readonly folder: string
  /** Reads all of standard input. Called at most once. */
  readonly standardInput: () => Promise<Uint8Array>
}

export type ProvisionFileFault =
  | { readonly code: 'settings-unreadable'; readonly detail: string }
  | { readonly code: 'file-not-there'; readonly detail: string }

/** What the settings file and the files that it names hold. */
export interface ProvisionInput {
  readonly provisioning: Provisioning
  /** The paths of files that hold secrets, for deletion once the keychain has those. */
  readonly secretFiles: readonly string[]
}

/**
 * Reads the settings file, whose bytes are `content`, and every file that it names. Fails when it does not fit its
 * schema or a file cannot be read. The contents of those files are checked by `provision`.
 */
export async function readProvisionFile(
  content: Uint8Array,
  sources: FileSources,
): Promise<Result<ProvisionInput, ProvisionFileFault>> {
  const parsed = ProvisionFile.safeParse(parseJson(content))
  if (!parsed.success) return err(unreadable(issuesOf(parsed.error)))
  const settings = parsed.data
  const { certificateFiles, remoteSigner, apiV3KeyFile, publicKey } = settings
  if ((certificateFiles === undefined) === (remoteSigner === undefined))
    return err(unreadable('either certificateFiles or remoteSigner'))
  const secretNames = [...(certificateFiles ?? []), remoteSigner?.clientKeyFile, apiV3KeyFile]
  if (secretNames.filter((name) => name === '-').length > 1)
    return err(unreadable('standard input (-) can be one file alone'))

  const reader = createReader(sources)
  try {
    const { merchantId, appid, tillId, hosts, proxy } = settings
    const provisioning: Provisioning = {
      merchantId,
      appid,
      tillId,
      hosts,
      proxy,
      signing: remoteSigner
        ? {
            kind: 'remote',
            certificatePem: await reader.text(remoteSigner.merchantCertificateFile),
            clientKeyPem: await reader.text(remoteSigner.clientKeyFile),
            signer: {
              url: remoteSigner.url,
              clientCertificatePem: await reader.text(remoteSigner.clientCertificateFile),
              authoritiesPem: await reader.text(remoteSigner.authoritiesFile),
            },
          }
        : { kind: 'files', files: await reader.all(certificateFiles ?? []) },
      publicKey: publicKey ? { id: publicKey.id, pem: await reader.text(publicKey.file) } : null,
      apiV3Key: apiV3KeyFile === undefined ? null : await reader.text(apiV3KeyFile),
    }
    const secretFiles = secretNames.flatMap((name) =>
      name === undefined || name === '-' ? [] : [path.resolve(sources.folder, name)],
    )
    return ok({ provisioning, secretFiles })
  } catch (cause) {
    if (cause instanceof FileNotThere) return err({ code: 'file-not-there', detail: cause.message })
    throw cause
  }
}

/** Thrown out of the reading of any file, and caught in `readProvisionFile`. */
class FileNotThere extends Error {}

function createReader({ folder, standardInput }: FileSources) {
  async function read(name: string): Promise<SourceFile> {
    if (name === '-') return { name, bytes: await standardInput() }
    const file = path.resolve(folder, name)
    try {
      // A file that is too large is not read: it may be a disk image that was chosen by mistake.
      const isTooLarge = statSync(file).size > maxSourceFileBytes
      return {
        name,
        bytes: isTooLarge ? new Uint8Array(maxSourceFileBytes + 1) : readFileSync(file),
      }
    } catch {
      throw new FileNotThere(file)
    }
  }
  return {
    text: async (name: string) => textOf((await read(name)).bytes),
    all: (names: readonly string[]) => Promise.all(names.map(read)),
  }
}

function unreadable(detail: string): ProvisionFileFault {
  return { code: 'settings-unreadable', detail }
}

/** The names of fields and what is wrong with them, never their values. */
function issuesOf({ issues }: z.ZodError): string {
  return issues
    .map((issue) => {
      const keys = issue.code === 'unrecognized_keys' ? issue.keys : []
      return `${[...issue.path, ...keys].map(String).join('.')}: ${issue.code}`
    })
    .join('; ')
}

function parseJson(content: Uint8Array): unknown {
  try {
    return JSON.parse(textOf(content).replace(/^\uFEFF/, ''))
  } catch {
    // Not JSON: the schema refuses it.
    return null
  }
}
