import { createHash } from 'node:crypto'
import { existsSync, rmSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import type { Anchor } from '../../anchor/anchor.ts'
import { ChainProfile } from '../../chain/profile.ts'
import { readKeeperState, type RosteredTill } from '../../chain/server/keeper-file.ts'
import { parseJson } from '../../contract/json.ts'
import { err, type Result, ok } from '../../contract/result.ts'
import { readFileIfThere, writePrivateFile } from '../../credentials/private-file.ts'
import type { LivePlace } from './live-place.ts'

/** By what the shop's server runs on this computer. */
export const Serving = z.strictObject({
  version: z.literal(1),
  program: z.string().min(1).max(4096),
  port: z.int().min(1).max(65_534),
})
export type Serving = z.infer<typeof Serving>

/** What of a shop of tills is on this computer, as far as nobody but the till may change it. */
export interface ChainFiles {
  /** `null`: a till alone. */
  readonly profile: ChainProfile | null
  /** `null`: not the shop's server. */
  readonly server: {
    readonly serving: Serving
    /** The certificate of its authority. */
    readonly authority: string
    readonly tills: readonly RosteredTill[]
  } | null
}

const decoder = new TextDecoder()

/** Throws on files that are damaged. */
export function readChainFiles(folder: string): ChainFiles {
  return { profile: readProfile(folder), server: readServer(serverFolder(folder)) }
}

/** Which shop this till belongs to; `null`: none. Throws on a damaged file. */
export function readProfile(folder: string): ChainProfile | null {
  const profile = readFileIfThere(profileFile(folder))
  return profile && ChainProfile.parse(parseJson(decoder.decode(profile)))
}

/** What of them can be read; the fault of what cannot is reported. */
export function readWhatIsWhole(
  folder: string,
  onFault: (cause: unknown) => void,
): ChainFiles & { readonly isDamaged: boolean } {
  let isDamaged = false
  const whole = <T>(read: () => T): T | null => {
    try {
      return read()
    } catch (cause) {
      isDamaged = true
      onFault(cause)
      return null
    }
  }
  const profile = whole(() => readProfile(folder))
  const server = whole(() => readServer(serverFolder(folder)))
  return { profile, server, isDamaged }
}

/** `null` where no server was ever started in this folder. Throws on one that is damaged. */
export function readServer(folder: string): ChainFiles['server'] {
  const serving = readFileIfThere(path.join(folder, 'serving.json'))
  if (serving === null) return null
  const state = readKeeperState(folder)
  if (state === null) throw new Error('the server has no keeper.json')
  return {
    serving: Serving.parse(parseJson(decoder.decode(serving))),
    authority: state.authority.certificate,
    tills: state.tills,
  }
}

/** Returns the digest for the anchor; empty on a till alone. */
export function chainDigest(folder: string): string {
  try {
    return digestOf(readChainFiles(folder))
  } catch {
    // Damaged by something else than the till, which writes them whole or not at all.
    return createHash('sha256').update('damaged').digest('base64')
  }
}

/** What the anchor says of them; nothing in one from before there were any. */
export function anchoredChain({ chain = [''] }: Anchor): readonly string[] {
  return chain
}

/**
 * Changes them with `write`, which is to write `next`. The anchor knows both the old and the new until they are written, so that the
 * process may end in between. Fails, with nothing written, where the keychain refuses. Rejects when `write` does.
 */
export async function changeChainFiles(
  { folder, anchor }: Pick<LivePlace, 'folder' | 'anchor'>,
  next: (present: ChainFiles) => ChainFiles,
  write: () => void | Promise<void>,
): Promise<Result<null, 'key-not-kept'>> {
  const present = readWhatIsWhole(folder, () => undefined)
  const [before, after] = [chainDigest(folder), digestOf(next(present))]
  const both = await anchor.change((known) => ({ ...known, chain: [before, after] }))
  // A till that was never anchored has nothing to hold them against.
  if (!both.ok && both.error.code !== 'missing') return err('key-not-kept')
  try {
    await write()
  } finally {
    // Where this is refused it is tried again; until then either fits.
    const written = chainDigest(folder)
    void anchor.change((known) => ({ ...known, chain: [written] }))
  }
  return ok(null)
}

export function writeProfile(folder: string, profile: ChainProfile): void {
  writePrivateFile(profileFile(folder), Buffer.from(JSON.stringify(ChainProfile.parse(profile))))
}

/** This till is a till alone. */
export function removeProfile(folder: string): void {
  rmSync(profileFile(folder), { force: true })
  forgetServer(folder)
}

/** What the till remembers of its server is of no use with another one. */
export function forgetServer(folder: string): void {
  rmSync(path.join(folder, 'chain-state.json'), { force: true })
}

/** `folder`: the server's own. */
export function writeServing(folder: string, serving: Serving): void {
  const file = path.join(folder, 'serving.json')
  writePrivateFile(file, Buffer.from(JSON.stringify(Serving.parse(serving))))
}

/** Whether the shop's server is on this computer, be it that its files are damaged. */
export function hasServer(folder: string): boolean {
  return existsSync(serverFolder(folder))
}

/** Where the shop's server is on a till's computer. */
export function serverFolder(folder: string): string {
  return path.join(folder, 'shop-server')
}

function profileFile(folder: string): string {
  return path.join(folder, 'chain.json')
}

function digestOf({ profile, server }: ChainFiles): string {
  if (profile === null && server === null) return ''
  const said = [
    profile && [profile.address, profile.authority],
    server && [
      server.serving.program,
      server.serving.port,
      server.authority,
      server.tills.map(({ key, name, mustRejoin = false }) => [key, name, mustRejoin]),
    ],
  ]
  return createHash('sha256').update(JSON.stringify(said)).digest('base64')
}
