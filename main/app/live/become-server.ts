import { cpSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import path from 'node:path'
import { pairingPortOf } from '../../chain/address.ts'
import {
  type ChainFiles,
  changeChainFiles,
  forgetServer,
  readServer,
  serverFolder,
  type Serving,
  writeProfile,
  writeServing,
} from './chain-files.ts'
import { freshChainKey } from './fresh-chain-key.ts'
import type { ServerOrder } from './chain-orders.ts'
import type { ChainFaultCode, ChainWork, TillOfShop } from './chain-work.ts'

const startedWithinMs = 15_000

/**
 * Makes this computer the shop's server: of a new shop, or of one that was moved here or stopped here. Where it does not start,
 * everything is as it was, the shop's key included.
 */
export async function becomeServer(
  work: ChainWork,
  given: ServerOrder,
  till: TillOfShop,
  by: string,
): Promise<ChainFaultCode | null> {
  const { place, onFault, reopen } = work.parts
  const { folder, secrets } = place
  const { profile, server: present } = work.files()
  if (work.hosted !== null || present !== null) return 'is-server'
  if (!work.offered.has(given.program)) return 'program-not-chosen'
  const { checkProgram } = await import('../../chain/server/find-program.ts')
  const { fault } = await checkProgram(given.program)
  if (fault !== null) return `program-${fault}`
  if (!(await areFree(given.port, pairingPortOf(given.port)))) return 'port-taken'
  const moved = given.folder === null ? null : movedServer(work, given.folder)
  if (moved === 'folder-not-a-server') return moved
  if (profile !== null && profile.authority !== moved?.authority) return 'joined-elsewhere'
  const known = await secrets.read('chain-key')
  if (!known.ok) return 'key-not-kept'
  if (moved !== null && known.value === null) return 'chain-key-missing'
  const own = await work.ownSeed()
  if (own === null) return 'key-not-kept'
  if (moved === null && !(await secrets.write('chain-key', freshChainKey())).ok)
    return 'key-not-kept'
  const serving: Serving = { version: 1, program: given.program, port: given.port }
  const into = serverFolder(folder)
  const putKeyBack = async (): Promise<void> => {
    if (moved !== null) return
    if (known.value === null) await secrets.remove('chain-key')
    else await secrets.write('chain-key', known.value)
  }
  const giveUp = async (): Promise<void> => {
    await work.stop()
    await putKeyBack()
    rmSync(into, { recursive: true, force: true })
  }
  try {
    // One that cannot be read is put aside: its authority and its tills are in it, and nowhere else.
    if (existsSync(into)) renameSync(into, work.nextStoppedFolder())
    if (given.folder === null) mkdirSync(into, { recursive: true, mode: 0o700 })
    else copyServer(given.folder, into)
  } catch (cause) {
    onFault(cause)
    await putKeyBack()
    return 'folder-not-writable'
  }
  const isStarted = (await work.start(serving)) === null && (await answers(work))
  const running = work.running()
  if (!isStarted || running === null) {
    const isPortTaken = work.glance()?.state === 'port-taken'
    await giveUp()
    return isPortTaken ? 'port-taken' : 'not-started'
  }
  const { server } = running
  const { tillId } = till.identity
  if (!server.tills().some(({ key }) => key === own.key)) server.add({ key: own.key, name: tillId })
  const { authority } = server
  const self = { version: 1, address: `127.0.0.1:${given.port}`, authority } as const
  const written = await changeChainFiles(
    place,
    () => ({ profile: self, server: { serving, authority, tills: server.tills() } }),
    () => {
      if (profile === null) forgetServer(folder)
      writeServing(into, serving)
      writeProfile(folder, self)
    },
  )
  if (!written.ok) {
    await giveUp()
    return written.error
  }
  if (given.folder !== null && path.dirname(given.folder) === folder)
    rmSync(given.folder, { recursive: true, force: true })
  await reopen()
  work.note('shop-server-begun', by, { port: given.port })
  return null
}

/** Returns the server in a folder that a person chose, or that was stopped here. */
export function movedServer(
  work: ChainWork,
  from: string,
): NonNullable<ChainFiles['server']> | 'folder-not-a-server' {
  if (!work.offeredFolders.has(from) && from !== work.stoppedFolder()) return 'folder-not-a-server'
  try {
    return readServer(from) ?? 'folder-not-a-server'
  } catch {
    return 'folder-not-a-server'
  }
}

/** Whether the keeper has looked at the store, so that tills may come. */
async function answers(work: ChainWork): Promise<boolean> {
  const until = performance.now() + startedWithinMs
  while (performance.now() < until) {
    const state = work.glance()?.state
    if (state === 'running') return true
    if (state === 'port-taken' || state === 'not-started') return false
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return false
}

/** A copy beside, renamed once it is whole. */
function copyServer(from: string, to: string): void {
  const arriving = `${to}-arriving`
  rmSync(arriving, { recursive: true, force: true })
  cpSync(from, arriving, { recursive: true })
  renameSync(arriving, to)
}

async function areFree(...ports: readonly number[]): Promise<boolean> {
  const { createServer } = await import('node:net')
  const free = await Promise.all(
    ports.map(
      (port) =>
        new Promise<boolean>((resolve) => {
          const server = createServer()
          server.once('error', () => resolve(false))
          server.listen({ host: '0.0.0.0', port }, () => server.close(() => resolve(true)))
        }),
    ),
  )
  return free.every(Boolean)
}
