import { createHash, createPrivateKey, sign } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { parse, stringify } from 'yaml'
import { TaskError } from '../project.ts'

const feedNames: Readonly<Partial<Record<NodeJS.Platform, string>>> = {
  win32: 'latest.yml',
  darwin: 'latest-mac.yml',
  linux: 'latest-linux.yml',
}

/** What electron-updater can replace; the rest is for people. */
const replacing = /\.(AppImage|deb|rpm|exe|zip)$/

/** Writes the list of versions that tills read (docs/decisions/0053-updates.md). Returns the file. */
export async function writeFeed(
  version: string,
  files: readonly string[],
  to: string,
): Promise<string> {
  const feed = path.join(to, feedNames[process.platform] ?? 'latest.yml')
  const listed = await Promise.all(
    files
      // A zip is a package on macOS alone; on Linux it is for people.
      .filter(
        (file) => replacing.test(file) && (process.platform === 'darwin' || !file.endsWith('.zip')),
      )
      .map(async (file) => ({
        url: path.basename(file),
        sha512: await sha512(file),
        size: fs.statSync(file).size,
      })),
  )
  fs.writeFileSync(feed, stringify({ version, files: listed }, { lineWidth: 0 }))
  return feed
}

/** Says to which share of the tills a version goes, 1–100 percent of them; each till is always on the same side. */
export function setStaging(feed: string, percent: number): void {
  const content: unknown = parse(fs.readFileSync(feed, 'utf8'))
  if (typeof content !== 'object' || content === null || !Number.isInteger(percent))
    throw new TaskError(`${feed} is no list of versions, or ${percent} no percentage`)
  fs.writeFileSync(feed, stringify({ ...content, stagingPercentage: percent }, { lineWidth: 0 }))
}

/** Signs a list of versions with an Ed25519 key (PEM). Returns the signature's file. */
export function signFeed(feed: string, keyPem: string): string {
  const text = fs.readFileSync(feed, 'utf8')
  const key = createPrivateKey(keyPem)
  const signature = sign(null, Buffer.from(text), key).toString('base64')
  const file = `${feed}.sig`
  fs.writeFileSync(file, `${signature}\n`)
  return file
}

async function sha512(file: string): Promise<string> {
  const hash = createHash('sha512')
  await pipeline(fs.createReadStream(file), hash)
  return hash.digest('base64')
}
