import { existsSync, renameSync } from 'node:fs'
import { addressText, readAddress } from '../../chain/address.ts'
import type { ChainFault, ChainSetup, ChainView, ServerProgram } from '../../contract/chain.ts'
import { err, ok, type Result } from '../../contract/result.ts'
import { becomeServer, movedServer } from './become-server.ts'
import { changeShopKey } from './change-shop-key.ts'
import type { ChainOrders } from './chain-orders.ts'
import { changeChainFiles, removeProfile, serverFolder, writeProfile } from './chain-files.ts'
import {
  type ChainDeskParts,
  type ChainFaultCode,
  ChainWork,
  type TillOfShop,
} from './chain-work.ts'
import { joinAShop } from './join-a-shop.ts'

/** The orders of an owner, and what has to be told and closed. */
export interface ChainDesk extends ChainOrders {
  /** How the server on this computer is, for the snapshot; `null` where none is. */
  glance(): ChainView['server']
  /** To be called after every change of the till: starts the server once a till is open. */
  sync(): void
  /** Calls the listener when what `read` and the snapshot say has changed. Returns how to stop it. */
  subscribe(listener: () => void): () => void
  /** Stops the shop's server where it runs here. */
  close(): Promise<void>
}

type Carried = Promise<Result<ChainSetup, ChainFault>>

const everyMs = 1000

export function createChainDesk(parts: ChainDeskParts): ChainDesk {
  const { place, live, reopen, onFault } = parts
  const { folder, secrets } = place
  const work = new ChainWork(parts)
  const { changes, offered, offeredFolders } = work
  let starting: Promise<void> | null = null
  let working: Promise<unknown> = Promise.resolve()
  let isClosed = false
  let shown = ''
  let watching: NodeJS.Timeout | null = null

  /** Line, gate and journal change by themselves. A till alone has none of them, and nothing is looked at there. */
  function watch(): void {
    const isAlone = (live()?.chain ?? null) === null && work.hosted === null
    if (isClosed || isAlone === (watching === null)) return
    if (watching !== null) clearInterval(watching)
    watching = isAlone ? null : setInterval(look, everyMs).unref()
  }

  function look(): void {
    const now = JSON.stringify([live()?.chain?.view() ?? null, work.glance()])
    if (now === shown) return
    shown = now
    changes.tell()
  }

  function read(): ChainSetup {
    const till = live()
    if (till === null) return notLiveYet
    const { profile } = work.files()
    const joined = profile && {
      state: till.chain?.view().state ?? ('keys-missing' as const),
      address: profile.address,
      tillId: till.identity.tillId,
    }
    return {
      isLive: true,
      joined,
      server: work.hosted?.view(work.ownKey()) ?? null,
      stoppedFolder: work.stoppedFolder(),
    }
  }

  /** Orders are carried out one after the other, and none while no live till is open. */
  function order(carryOut: (till: TillOfShop) => Promise<ChainFaultCode | null>): Carried {
    const done = working.then(async (): Promise<Result<ChainSetup, ChainFault>> => {
      const till = live()
      if (till === null || isClosed) return err({ code: 'not-live' })
      await starting
      const fault = await carryOut(till)
      changes.tell()
      return fault === null ? ok(read()) : err({ code: fault })
    })
    working = done.catch(() => undefined)
    return done
  }

  return {
    read,
    glance: () => work.glance(),
    subscribe: changes.add,
    async findProgram() {
      if (live() === null) return []
      const { findPrograms } = await import('../../chain/server/find-program.ts')
      const found = await findPrograms()
      for (const { file } of found) offered.add(file)
      return found
    },
    async chooseProgram(): Promise<ServerProgram | null> {
      const file = live() === null ? null : await parts.chooseProgram()
      if (file === null) return null
      offered.add(file)
      const { checkProgram } = await import('../../chain/server/find-program.ts')
      return checkProgram(file)
    },
    async chooseServerFolder() {
      if (live() === null) return err({ code: 'not-live' })
      const chosen = await parts.chooseFolder()
      if (chosen === null) return ok(null)
      offeredFolders.add(chosen)
      const server = movedServer(work, chosen)
      if (typeof server === 'string') return err({ code: server })
      return ok({ folder: chosen, tills: server.tills.map(({ name }) => name) })
    },
    becomeServer: (given, by) => order((till) => becomeServer(work, given, till, by)),
    stopServer: (by) =>
      order(async () => {
        if (work.files().server === null) return 'not-server'
        await work.stop()
        const changed = await changeChainFiles(
          place,
          () => ({ profile: null, server: null }),
          () => {
            renameSync(serverFolder(folder), work.nextStoppedFolder())
            removeProfile(folder)
          },
        )
        if (!changed.ok) return changed.error
        work.note('shop-server-ended', by)
        await reopen()
        return null
      }),
    offerCode: () =>
      order(async () => {
        const { hosted } = work
        if (hosted === null) return 'not-server'
        if (hosted.view(null).state !== 'running') return 'not-answering'
        if (hosted.pairing === null) return 'chain-key-missing'
        return hosted.pairing.offer()
      }),
    withdrawCode: () =>
      order(async () => {
        work.hosted?.pairing?.withdraw()
        return work.hosted === null ? 'not-server' : null
      }),
    join: (given) => order((till) => joinAShop(work, given, till)),
    setAddress: (address) =>
      order(async () => {
        const { profile, server } = work.files()
        if (server !== null) return 'is-server'
        if (profile === null) return 'not-joined'
        const where = readAddress(address)
        if (where === null) return 'address-wrong'
        const next = { ...profile, address: addressText(where) }
        const changed = await changeChainFiles(
          place,
          (present) => ({ ...present, profile: next }),
          () => writeProfile(folder, next),
        )
        if (!changed.ok) return changed.error
        await reopen()
        return null
      }),
    leave: (by) =>
      order(async (till) => {
        const { profile, server, isDamaged } = work.files()
        if (server !== null) return 'is-server'
        // A file that cannot be read is left behind as well.
        if (profile === null && !isDamaged) return 'not-joined'
        const changed = await changeChainFiles(
          place,
          (present) => ({ ...present, profile: null }),
          () => removeProfile(folder),
        )
        // Said after it: a till that the keychain keeps in the shop has not left it.
        if (!changed.ok) return changed.error
        await till.chain?.leave()
        work.note('chain-left', by)
        await reopen()
        await secrets.remove('chain-key')
        await secrets.remove('chain-till-seed')
        return null
      }),
    removeTill: (key, by) =>
      order(async () => {
        const { hosted } = work
        if (hosted === null) return 'not-server'
        const { server } = hosted
        const till = server.tills().find((each) => each.key === key)
        if (till === undefined) return 'till-not-there'
        if (key === work.ownKey()) return 'own-till'
        const isWritten = await work.changeRoster(
          (tills) => tills.filter((each) => each.key !== key),
          () => server.remove(key),
        )
        if (!isWritten) return 'key-not-kept'
        work.note('shop-till-removed', by, { name: till.name })
        return null
      }),
    openGate: (seen, by) =>
      order(async () => {
        const { hosted } = work
        if (hosted === null) return 'not-server'
        const { gate } = hosted.view(null)
        if (gate.state === 'unknown') return 'not-answering'
        if (gate.state === 'open') return null
        // What the person was not shown is not decided by them.
        if (gate.missing.some(({ key }) => !seen.includes(key))) return 'missing-changed'
        if (!(await hosted.server.openGate())) return 'not-answering'
        work.note('shop-gate-opened', by, { names: gate.missing.map(({ name }) => name) })
        return null
      }),
    changeKey: (by) => order(() => changeShopKey(work, by)),
    sync() {
      watch()
      if (isClosed || live() === null || work.hosted !== null || starting !== null) return
      if (work.fault !== null || !existsSync(serverFolder(folder))) return
      const { server } = work.files()
      if (server === null) return
      starting = work
        .start(server.serving)
        .then(watch, onFault)
        .finally(() => (starting = null))
    },
    async close() {
      isClosed = true
      if (watching !== null) clearInterval(watching)
      await working
      await starting
      await work.stop()
    },
  }
}

/** Where no live till is open. */
export const notLiveYet: ChainSetup = {
  isLive: false,
  joined: null,
  server: null,
  stoppedFolder: null,
}
