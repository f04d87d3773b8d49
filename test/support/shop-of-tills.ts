import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { onTestFinished } from 'vitest'
import { type Chain, openChain } from '../../main/chain/chain.ts'
import type { ChainState } from '../../main/chain/memory.ts'
import type { OfficeFile } from '../../main/chain/office/office-file.ts'
import type { StorageLimits } from '../../main/chain/server/configuration.ts'
import type { ShopServer } from '../../main/chain/server/shop-server.ts'
import { createTillKey, type TillKey } from '../../main/chain/till-key.ts'
import type { PeerRedemption } from '../../main/redemption/peers.ts'
import type { Claim, ClaimResult } from '../../main/redemption/shop-lock.ts'
import { freePort } from './free-port.ts'
import { createMemoryOutbox, type MemoryOutbox } from './memory-outbox.ts'
import { roomy, startServerAt, until } from './server-of-shop.ts'

export interface TestTill {
  readonly chain: Chain
  readonly keys: TillKey
  readonly outbox: MemoryOutbox
  readonly heard: PeerRedemption[]
  readonly faults: unknown[]
  /** Claims that the till says it has won. */
  readonly won: Claim[]
  /** What it has written of the server. */
  state(): ChainState | null
  /** Ends it as a program ends, and starts it again with what is on its disk. */
  restart(): Promise<TestTill>
}

export interface TestShop {
  server: ShopServer
  readonly folder: string
  readonly port: number
  readonly chainKey: Uint8Array
  /** What the server wrote. */
  readonly lines: string[]
  /** Lets a till in and starts it. Resolves once it is connected. */
  till(name: string): Promise<TestTill>
  /** Stops the server with its keeper, does `meanwhile` with its files, and starts both again. */
  restartServer(meanwhile?: () => void): Promise<void>
}

interface Kept {
  readonly name: string
  readonly keys: TillKey
  readonly outbox: MemoryOutbox
  readonly heard: PeerRedemption[]
  readonly won: Claim[]
  state: ChainState | null
}

/** Starts a shop's server, real and on loopback. Everything ends with the test. */
export async function openShop({
  limits = roomy,
  office = null,
}: {
  readonly limits?: StorageLimits
  readonly office?: OfficeFile | null
} = {}): Promise<TestShop> {
  const folder = mkdtempSync(path.join(tmpdir(), 'hexiao-shop-'))
  const port = await freePort()
  const chainKey = randomBytes(32)
  const lines: string[] = []
  const closers: (() => Promise<void>)[] = []
  const start = (): Promise<ShopServer> => startServerAt(folder, port, { lines, limits, office })

  const shop: TestShop = {
    server: await start(),
    folder,
    port,
    chainKey,
    lines,
    async till(name) {
      const keys = createTillKey()
      shop.server.add({ key: keys.key, name })
      return open({ name, keys, outbox: createMemoryOutbox(), heard: [], won: [], state: null })
    },
    async restartServer(meanwhile) {
      await shop.server.stop()
      meanwhile?.()
      shop.server = await start()
    },
  }
  onTestFinished(async () => {
    await Promise.all(closers.map((close) => close()))
    await shop.server.stop()
    rmSync(folder, { recursive: true, force: true })
  })
  return shop

  async function open(kept: Kept): Promise<TestTill> {
    const faults: unknown[] = []
    const chain = openChain({
      address: `127.0.0.1:${port}`,
      authority: shop.server.authority,
      seed: kept.keys.seed,
      chainKey,
      tillId: kept.name,
      memory: {
        read: () => kept.state,
        write: (state) => {
          kept.state = state
        },
      },
      outbox: kept.outbox,
      heldClaims: () => kept.won,
      hear: (peers) => kept.heard.push(...peers),
      random: Math.random,
      onFault: (cause) => faults.push(cause),
    })
    closers.push(() => chain.close())
    await until(() => chain.health().standing === 'open', `${kept.name} is open`)
    const { keys, outbox, heard, won } = kept
    return {
      chain,
      keys,
      outbox,
      heard,
      faults,
      won,
      state: () => kept.state,
      async restart() {
        await chain.close()
        return open(kept)
      },
    }
  }
}

/** Claims until the server says who has it: on a busy machine one question may outlive its deadline. */
export async function answered(
  till: Pick<TestTill, 'chain'>,
  claim: Claim,
  stopping?: AbortSignal,
): Promise<ClaimResult> {
  for (;;) {
    const result = await till.chain.lock.claim(claim)
    if (result.outcome !== 'unanswered' || stopping?.aborted) return result
    await sleep(20)
  }
}

let count = 0

/** A claim on a coupon, under a new number. */
export function claimOn(couponCode: string, of: Partial<Claim> = {}): Claim {
  count += 1
  return {
    couponCode,
    stockId: null,
    useRequestNo: `R${count}`,
    at: 1_700_000_000_000 + count,
    ...of,
  }
}
