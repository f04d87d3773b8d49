import { Provider, type ResolvedUpdateFileInfo, type UpdateInfo } from 'electron-updater'
import {
  parseUpdateInfo,
  type ProviderRuntimeOptions,
} from 'electron-updater/out/providers/Provider.js'
import path from 'node:path'
import { z } from 'zod'
import { isSignedFeed, maxSignatureBytes, signatureOf } from '../updates/signed-feed.ts'
import { feedAddress, maxFeedBytes } from '../updates/update-feed.ts'

/** The list of versions is not the maintainers', or has no signature. */
export class UnsignedFeedError extends Error {
  override name = 'UnsignedFeedError'
}

/** What is used of a feed; a file without a sum, or in another folder, is none that the maintainers published so. */
const Feed = z.looseObject({
  version: z.string(),
  files: z
    .array(
      z.looseObject({
        url: z.string().refine((url) => path.posix.basename(url) === url && !url.includes('\\')),
        sha512: z.base64().length(88),
      }),
    )
    .min(1),
  stagingPercentage: z.number().min(0).max(100).optional(),
})

export interface SignedFeedOptions {
  readonly address: string
  readonly publicKeyPem: string
  /** Returns `null` for what is not there, or is too long. Rejects without a reply. */
  readonly read: (url: URL, maxBytes: number) => Promise<string | null>
}

/** Returns electron-updater's source of versions: one folder on a web server, whose list the maintainers signed. */
export function signedProvider(
  of: SignedFeedOptions,
): new (
  options: unknown,
  updater: unknown,
  runtime: ProviderRuntimeOptions,
) => Provider<UpdateInfo> {
  const url = feedAddress(of.address, process.platform)
  return class extends Provider<UpdateInfo> {
    constructor(_options: unknown, _updater: unknown, runtime: ProviderRuntimeOptions) {
      super(runtime)
    }

    async getLatestVersion(): Promise<UpdateInfo> {
      const name = path.posix.basename(url.pathname)
      const feed = await of.read(url, maxFeedBytes)
      const signature = await of.read(new URL(signatureOf(name), url), maxSignatureBytes)
      if (feed === null || signature === null || !isSignedFeed(feed, signature, of.publicKeyPem))
        throw new UnsignedFeedError(`the feed ${name} is not signed`)
      // Parsed once it is known whose it is: a YAML parser is not for what anybody may have written.
      const parsed = parseUpdateInfo(feed, name, url)
      Feed.parse(parsed)
      return parsed
    }

    resolveFiles({ files }: UpdateInfo): ResolvedUpdateFileInfo[] {
      return files.map((info) => ({ url: new URL(info.url, url), info }))
    }
  }
}
