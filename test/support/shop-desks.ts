import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, onTestFinished } from 'vitest'
import { createAnchorKeeper } from '../../main/anchor/anchor-keeper.ts'
import { type ChainDesk, createChainDesk } from '../../main/app/live/chain-desk.ts'
import { anchoredChain } from '../../main/app/live/chain-files.ts'
import { emptyAnchor } from '../../main/app/live/checked-store.ts'
import { openShopChain, type ShopChain } from '../../main/app/live/shop-chain.ts'
import type { SecretName } from '../../main/keychain/secret-store.ts'
import type { Claim } from '../../main/redemption/shop-lock.ts'
import { engineHere } from './engine-here.ts'
import { createLimitedKeychain } from './limited-keychain.ts'
import { createMemoryOutbox } from './memory-outbox.ts'
import { until } from './server-of-shop.ts'

/** A till without its counter: its files, its keychain, its side of the shop and the orders of its owner. */
export interface DeskOfShop {
  readonly desk: ChainDesk
  readonly folder: string
  readonly acts: string[]
  /** What was reported; whatever is left in it at the end fails the test. */
  readonly faults: unknown[]
  /** Names that the keychain does not take now. */
  readonly refused: Set<SecretName>
  /** The folder that the next folder dialog returns. */
  chosenFolder: string | null
  /** As it is opened from its files at present; `null`: a till alone. */
  chain(): ShopChain | null
  /** Makes it the shop's server. */
  becomes(port: number, folder?: string | null): ReturnType<ChainDesk['becomeServer']>
  /** Shows a code; returns it. */
  code(): Promise<string>
  /** Joins the shop of this server with a code that it shows for it. */
  joins(server: DeskOfShop, port: number): ReturnType<ChainDesk['join']>
  /** Waits until the till of this desk stands like this. */
  stands(state: string): Promise<void>
  claim(couponCode: string): Promise<string>
  keychain(name: SecretName): string | null
  /** Somebody removes a key from the keychain, and the till is started again. */
  forgets(name: SecretName): Promise<void>
  anchored(): readonly string[]
}

export async function openDesk(tillId: string): Promise<DeskOfShop> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'hexiao-shop-set-up-'))
  const limited = createLimitedKeychain()
  const kept = new Map<string, string>()
  const refused = new Set<SecretName>()
  const secrets = {
    ...limited,
    async write(name: SecretName, value: string) {
      if (refused.has(name)) return { ok: false, error: { code: 'locked', detail: '' } } as const
      kept.set(name, value)
      return limited.write(name, value)
    },
    async remove(name: SecretName) {
      kept.delete(name)
      return limited.remove(name)
    },
  }
  const anchor = createAnchorKeeper({
    secrets,
    after: () => () => undefined,
    onFault: () => undefined,
  })
  await anchor.place({ ...emptyAnchor, databaseId: 'd', profile: [] })
  const acts: string[] = []
  const faults: unknown[] = []
  // On a busy machine the keeper asks once more.
  const onFault = (cause: unknown): void => {
    if (!String(cause).includes('does not answer')) faults.push(cause)
  }
  const outbox = createMemoryOutbox()
  let chain: ShopChain | null = null
  async function reopen(): Promise<void> {
    await chain?.close()
    chain = await openShopChain({
      place: { folder, secrets, clock: Date.now },
      tillId,
      store: { journal: { ...outbox, begin: () => undefined } },
      onFault,
    })
    chain?.join({ heldClaims: () => [], hearFromPeers: () => undefined })
  }
  const desk = createChainDesk({
    place: { folder, secrets, anchor, clock: Date.now, profiles: { get: () => ({ tillId }) } },
    live: () => ({
      identity: { tillId },
      chain,
      noteAct: ({ event, input }) =>
        void acts.push(`${event} ${JSON.stringify(input?.['name'] ?? null)}`),
    }),
    reopen,
    chooseProgram: async () => engineHere,
    chooseFolder: async () => scene.chosenFolder,
    onFault,
  })
  onTestFinished(async () => {
    await chain?.close()
    await desk.close()
    rmSync(folder, { recursive: true, force: true })
    expect(faults).toEqual([])
  })
  let claims = 0
  const scene: DeskOfShop = {
    desk,
    folder,
    acts,
    faults,
    refused,
    chosenFolder: null,
    chain: () => chain,
    async becomes(port, from = null) {
      const program = await desk.chooseProgram()
      return desk.becomeServer({ program: program?.file ?? '', port, folder: from }, '王芳')
    },
    async code() {
      const offered = await desk.offerCode('王芳')
      if (!offered.ok) throw new Error(offered.error.code)
      return offered.value.server?.pairing.code ?? ''
    },
    async joins(server, port) {
      return desk.join({ address: `127.0.0.1:${port}`, code: await server.code() }, '王芳')
    },
    stands: (state) =>
      until(() => desk.read().joined?.state === state, `${tillId} is ${state}`, 20_000),
    async claim(couponCode) {
      claims += 1
      const useRequestNo = `${tillId}-${claims}`
      const claim: Claim = { couponCode, stockId: null, useRequestNo, at: Date.now() }
      return (await chain?.lock.claim(claim))?.outcome ?? 'no chain'
    },
    keychain: (name) => kept.get(name) ?? null,
    async forgets(name) {
      await secrets.remove(name)
      await reopen()
    },
    anchored() {
      const known = anchor.current()
      return known === null ? [] : anchoredChain(known)
    },
  }
  return scene
}
