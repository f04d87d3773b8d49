import { freshChainKey } from './fresh-chain-key.ts'
import type { ChainFaultCode, ChainWork } from './chain-work.ts'

/**
 * Gives the shop a new key, which every other till gets by joining again. Where the keychain refuses it, nobody is cut off and the old
 * one stays.
 */
export async function changeShopKey(work: ChainWork, by: string): Promise<ChainFaultCode | null> {
  const { secrets } = work.parts.place
  const { hosted } = work
  const { server: kept } = work.files()
  const own = work.ownKey()
  if (hosted === null || kept === null || own === null) return 'not-server'
  if (hosted.view(own).state !== 'running') return 'not-answering'
  const { server } = hosted
  const { expelled } = await import('../../chain/server/shop-server.ts')
  const renewing: Promise<boolean>[] = []
  const isWritten = await work.changeRoster(
    (tills) => expelled(tills, own),
    async () => {
      // The anchor knows the roster that comes, so that nothing but the disk can refuse after this.
      if (!(await secrets.write('chain-key', freshChainKey())).ok) return
      // In the same turn: what the others wrote under the old key from here on, nobody could read.
      renewing.push(server.expelOthers(own))
    },
  )
  const [renewed] = renewing
  if (!isWritten || renewed === undefined) return 'key-not-kept'
  const isRenewed = await renewed
  // The desk at which the others join again is to give them the new key.
  await work.stop()
  await work.start(kept.serving)
  work.note('shop-key-changed', by)
  await work.parts.reopen()
  return isRenewed ? null : 'not-answering'
}
