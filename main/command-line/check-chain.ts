import { X509Certificate } from 'node:crypto'
import { statfsSync } from 'node:fs'
import path from 'node:path'
import { connect } from 'node:tls'
import { type ChainFiles, readChainFiles, serverFolder } from '../app/live/chain-files.ts'
import type { ChainProfile } from '../chain/profile.ts'
import { readFileIfThere } from '../credentials/private-file.ts'
import { dateOf } from './checks.ts'
import type { CommandPlace } from './place.ts'
import type { Check, CheckWriter } from './report.ts'

type Place = Pick<CommandPlace, 'folder' | 'secrets' | 'clock'>

const dayMs = 86_400_000
/** The server renews its certificate half a year before it ends; nearer to the end than this, it has not. */
const soonMs = 30 * dayMs
/** As the server has it (`shop-server.ts`). */
const lowDisk = 1024 ** 3
const answerMs = 5000

/** What a till's own files say of its shop; nothing for a till alone. Asks neither keychain nor network. */
export function chainStatus(
  { folder, clock }: Omit<Place, 'secrets'>,
  write: CheckWriter,
): Check[] {
  const files = readFiles(folder)
  if (files === 'damaged') return [write.line('chain', 'failed', 'chain-damaged')]
  if (files.profile === null) return []
  const { address } = files.profile
  const checks = [write.line('chain', 'ok', 'chain-joined', { address })]
  if (files.server !== null)
    checks.push(...serverHere(folder, clock(), files.server.serving.port, write))
  return checks
}

/** The same, and whether the keys are there and the server answers this till. */
export async function checkChain(place: Place, write: CheckWriter): Promise<Check[]> {
  const files = readFiles(place.folder)
  if (files === 'damaged' || files.profile === null) return chainStatus(place, write)
  const of = files.server === null ? [] : chainStatus(place, write).slice(1)
  const [chainKey, seed] = [
    await place.secrets.read('chain-key'),
    await place.secrets.read('chain-till-seed'),
  ]
  // The keychain's own check says why.
  if (!chainKey.ok || !seed.ok) return [write.line('chain', 'skipped', 'not-checked'), ...of]
  if (chainKey.value === null || seed.value === null)
    return [write.line('chain', 'failed', 'chain-keys-missing'), ...of]
  return [await askServer(files.profile, seed.value, place.clock(), write), ...of]
}

/** Connects as the till does, and claims nothing. */
async function askServer(
  { address, authority }: ChainProfile,
  seed: string,
  now: number,
  write: CheckWriter,
): Promise<Check> {
  const { tryLine } = await import('../chain/try-line.ts')
  const state = await tryLine({ address, authority }, seed, answerMs)
  const values = { address }
  switch (state) {
    case 'up': {
      const end = await certificateEnd(address, authority)
      const date = end === null ? '–' : dateOf(end)
      const isSoon = end !== null && end - now < soonMs
      const code = isSoon ? 'chain-certificate-soon' : 'chain-up'
      return write.line('chain', isSoon ? 'attention' : 'ok', code, { ...values, date })
    }
    case 'other-server':
    case 'expired':
    case 'not-admitted':
      return write.line('chain', 'failed', `chain-${state}`, values)
    default:
      // Each scan goes on without it.
      return write.line('chain', 'attention', 'chain-no-server', values)
  }
}

/** When the certificate that the server shows ends, epoch milliseconds. */
async function certificateEnd(address: string, authority: string): Promise<number | null> {
  const [{ serverName }, { hostOf, readAddress }] = await Promise.all([
    import('../chain/names.ts'),
    import('../chain/address.ts'),
  ])
  const where = readAddress(address)
  if (where === null) return null
  return new Promise((resolve) => {
    const socket = connect({
      host: hostOf(where),
      port: where.port,
      ca: authority,
      servername: serverName,
      timeout: answerMs,
    })
    const end = (at: number | null): void => {
      socket.destroy()
      resolve(at)
    }
    socket.once('secureConnect', () => {
      const shown = socket.getPeerX509Certificate()
      end(shown === undefined ? null : Date.parse(shown.validTo))
    })
    socket.once('timeout', () => end(null))
    socket.once('error', () => end(null))
  })
}

/** The server, where it is this computer. */
function serverHere(folder: string, now: number, port: number, write: CheckWriter): Check[] {
  const of = serverFolder(folder)
  const { bavail, bsize } = statfsSync(of)
  const gib = Number(((bavail * bsize) / lowDisk).toFixed(1))
  const shown = readFileIfThere(path.join(of, 'server.crt'))
  const end = shown === null ? null : Date.parse(new X509Certificate(shown).validTo)
  const values = { port, gib, date: end === null ? '–' : dateOf(end) }
  const checks: Check[] = []
  if (end !== null && end - now < soonMs)
    checks.push(write.line('chain', 'attention', 'chain-own-certificate-soon', values))
  else checks.push(write.line('chain', 'ok', 'chain-server-here', values))
  if (bavail * bsize < lowDisk)
    checks.push(write.line('chain', 'attention', 'chain-disk-low', values))
  return checks
}

function readFiles(folder: string): ChainFiles | 'damaged' {
  try {
    return readChainFiles(folder)
  } catch {
    return 'damaged'
  }
}
