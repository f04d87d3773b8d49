import path from 'node:path'
import { cacheFolder } from '../project.ts'

/** The package of Debian's that has the shop's engine (docs/decisions/0059-an-engine-for-a-shop.md). Needs glibc 2.34. */
export const enginePackage = {
  name: 'nats-server',
  suite: 'trixie',
  version: '2.10.27-1+b2',
  architecture: 'amd64',
  sha256: '6d913ac987b78734c08537c2adeb1526cf735f216173a9170d94b185fcfe6f8a',
} as const

/** Names a `nats-server` to take instead: on Windows and macOS the release of its makers, of this version or a newer one. */
export const engineVariable = 'HEXIAO_TILL_NATS_SERVER'

/** Where the fetched engine is kept. */
export function cachedEngine(): string {
  const { name, version, architecture } = enginePackage
  return path.join(cacheFolder(), `${name}-${version}-${architecture}`, name)
}
