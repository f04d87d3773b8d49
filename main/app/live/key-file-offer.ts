import { createHash } from 'node:crypto'
import { rmSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { parseJson } from '../../contract/json.ts'
import { FinishedSetup } from '../../contract/setup.ts'
import { readFileIfThere, writePrivateFile } from '../../credentials/private-file.ts'
import { maxSourceFileBytes } from '../../credentials/source-file.ts'
import { readRegularFile } from '../../outside/regular-file.ts'
import type { TakenFile } from './taken-files.ts'

const Offer = z.strictObject({
  /** The files that hold the key that was stored: where they are, and what they held then. */
  files: z.array(z.strictObject({ path: z.string(), sha256: z.string() })),
  isProven: FinishedSetup.shape.isProven,
  isNext: FinishedSetup.shape.isNext,
})
type Offer = z.infer<typeof Offer>

/** What an owner is told of a set-up that was saved, until they acknowledge it. */
export interface KeyFileOffer {
  /** `null` where there is none. */
  current(): FinishedSetup | null
  make(keyFiles: readonly TakenFile[], about: Pick<FinishedSetup, 'isProven' | 'isNext'>): void
  /**
   * Moves the files to the recycle bin and returns the names of those that are left. What is no longer what the key was read
   * from is somebody else's by now, and stays.
   */
  deleteFiles(): Promise<string[]>
  end(): void
}

/**
 * Keeps the offer in `key-files.json` in the live folder: a power cut must not leave a merchant's key in a download folder
 * with nobody to say so. It names files and holds nothing of them.
 */
export function openKeyFileOffer(
  folder: string,
  moveToTrash: (file: string) => Promise<boolean>,
): KeyFileOffer {
  const file = path.join(folder, 'key-files.json')

  function read(): Offer | null {
    const content = readFileIfThere(file)
    if (content === null) return null
    const parsed = Offer.safeParse(parseJson(new TextDecoder().decode(content)))
    return parsed.success ? parsed.data : null
  }

  function write(offer: Offer): void {
    writePrivateFile(file, Buffer.from(`${JSON.stringify(offer, null, 2)}\n`))
  }

  return {
    current() {
      const offer = read()
      if (offer === null) return null
      const { files, isProven, isNext } = offer
      return { sources: namesOf(files), isProven, isNext }
    },
    make(keyFiles, about) {
      const files = keyFiles.map(({ path: at, bytes }) => ({ path: at, sha256: sha256(bytes) }))
      write({ files, ...about })
    },
    async deleteFiles() {
      const offer = read()
      if (offer?.isProven !== true) return []
      const left: Offer['files'] = []
      for (const each of offer.files) {
        const found = await readRegularFile(each.path, maxSourceFileBytes)
        const isOther = found.ok && sha256(found.value) !== each.sha256
        // What is not there may be on a stick that was pulled out.
        if (!isOther && !(found.ok && (await moveToTrash(each.path)))) left.push(each)
      }
      write({ ...offer, files: left })
      return namesOf(left)
    },
    end: () => rmSync(file, { force: true }),
  }
}

function namesOf(files: Offer['files']): string[] {
  return files.map((each) => path.basename(each.path))
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
