import path from 'node:path'
import type { FileFault } from '../../contract/file-fault.ts'
import type { SetupFault, TakenFiles } from '../../contract/setup.ts'
import { certificateFacts } from '../../credentials/certificate-expiry.ts'
import type { ReadPair } from '../../credentials/merchant-pair.ts'
import { textOf } from '../../credentials/source-file.ts'
import { readPublicKeyPem } from '../../credentials/verification-keys.ts'
import { readFiles, type TakenFile } from './taken-files.ts'

/**
 * Files that were handed over for one purpose, in memory alone. What is chosen anew takes the place of what was there, and
 * is judged at once.
 */
interface HandedOver {
  /** The names of the files and what was found in them. */
  judge(merchantId: string): Promise<TakenFiles>
  take(paths: readonly string[], merchantId: string): Promise<TakenFiles>
  /** Takes one file back. */
  remove(name: string, merchantId: string): Promise<TakenFiles>
  clear(): void
}

export interface MerchantFiles extends HandedOver {
  readonly all: readonly TakenFile[]
}

/** Files that could not even be read. They are named until others are chosen. */
interface Unread {
  readonly names: readonly string[]
  readonly fault: FileFault['code']
}

const halves: readonly (SetupFault | null)[] = ['key-missing', 'certificate-missing']

/**
 * The merchant's certificate and key. They may come one after the other: where one of the two alone is held, a choice
 * that brings the other joins it.
 */
export function createMerchantFiles(readPair: ReadPair, clock: () => number): MerchantFiles {
  let files: readonly TakenFile[] = []
  let unread: Unread | null = null

  async function faultOf(of: readonly TakenFile[], merchantId: string) {
    if (of.length === 0) return null
    const pair = await readPair(of, merchantId)
    return pair.ok ? null : pair.error.code
  }

  async function judge(merchantId: string): Promise<TakenFiles> {
    if (unread !== null) return taken(unread.names, unread.fault)
    const names = files.map(({ name }) => name)
    if (names.length === 0) return taken([], null)
    const pair = await readPair(files, merchantId)
    if (!pair.ok) return taken(names, pair.error.code)
    return { ...taken(names, null), certificate: certificateFacts(pair.value.certificate, clock()) }
  }

  return {
    get all() {
      return files
    },
    judge,
    async take(paths, merchantId) {
      const read = await readFiles('merchant', paths)
      if (!read.ok) {
        files = []
        unread = { names: namesOf(paths), fault: read.error.code }
        return judge(merchantId)
      }
      const added = read.value
      const before = await faultOf(files, merchantId)
      const alone = await faultOf(added, merchantId)
      const isOtherHalf = halves.includes(before) && halves.includes(alone) && before !== alone
      files = isOtherHalf ? [...files, ...added] : added
      unread = null
      return judge(merchantId)
    },
    remove(name, merchantId) {
      files = files.filter((file) => file.name !== name)
      unread = null
      return judge(merchantId)
    },
    clear() {
      files = []
      unread = null
    },
  }
}

export interface PublicKeyFile extends HandedOver {
  /** The key alone, in PEM; `null` while no file with one is held. */
  readonly pem: string | null
}

/** WeChat Pay's public key. Of a file that holds none nothing is kept but its name. */
export function createPublicKeyFile(): PublicKeyFile {
  let held: { readonly name: string; readonly pem: string } | null = null
  let unusable: { readonly names: readonly string[]; readonly fault: SetupFault } | null = null

  async function judge(): Promise<TakenFiles> {
    if (unusable !== null) return taken(unusable.names, unusable.fault)
    return taken(held === null ? [] : [held.name], null)
  }

  function clear(): void {
    held = null
    unusable = null
  }

  return {
    get pem() {
      return held?.pem ?? null
    },
    judge,
    async take(paths) {
      const read = await readFiles('public-key', paths.slice(0, 1))
      const pem = read.ok
        ? readPublicKeyPem(read.value.map(({ bytes }) => textOf(bytes)).join())
        : read
      const names = namesOf(paths.slice(0, 1))
      clear()
      if (pem.ok) held = { name: names.join(), pem: pem.value }
      else unusable = { names, fault: pem.error.code }
      return judge()
    },
    remove() {
      clear()
      return judge()
    },
    clear,
  }
}

function namesOf(paths: readonly string[]): string[] {
  return paths.map((file) => path.basename(file))
}

function taken(names: readonly string[], fault: SetupFault | null): TakenFiles {
  return { names: [...names], fault, certificate: null }
}
