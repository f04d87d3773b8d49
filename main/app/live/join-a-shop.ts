import { addressText, readAddress } from '../../chain/address.ts'
import { changeChainFiles, forgetServer, removeProfile, writeProfile } from './chain-files.ts'
import type { JoinOrder } from './chain-orders.ts'
import type { ChainFaultCode, ChainWork, TillOfShop } from './chain-work.ts'

const admittedWithinMs = 5000

/** Joins the shop of the server at this address with the code that it shows. Where that fails, everything is as it was. */
export async function joinAShop(
  work: ChainWork,
  { address, code }: JoinOrder,
  till: TillOfShop,
): Promise<ChainFaultCode | null> {
  const { place, reopen } = work.parts
  const { folder, secrets } = place
  if (work.hosted !== null) return 'is-server'
  const before = work.files().profile
  if (before !== null && till.chain?.view().state === 'checked') return 'already-joined'
  const where = readAddress(address)
  if (where === null) return 'address-wrong'
  const { readPairingCode } = await import('../../chain/pairing/code.ts')
  const plain = readPairingCode(code)
  if (plain === null) return 'wrong-code'
  const own = await work.ownSeed()
  const keyBefore = await secrets.read('chain-key')
  if (own === null || !keyBefore.ok) return 'key-not-kept'
  const { joinShop } = await import('../../chain/pairing/join-shop.ts')
  const joining = await joinShop(where, plain, { key: own.key, name: till.identity.tillId })
  if (!joining.ok) return joining.error
  const { grant } = joining.value
  const profile = { version: 1, address: addressText(where), authority: grant.authority } as const
  const keepAs = async (next: typeof before, chainKey: string | null): Promise<boolean> => {
    const kept =
      chainKey === null
        ? await secrets.remove('chain-key')
        : await secrets.write('chain-key', chainKey)
    if (!kept.ok) return false
    const changed = await changeChainFiles(
      place,
      (present) => ({ ...present, profile: next }),
      () => {
        if (next?.authority !== before?.authority) forgetServer(folder)
        if (next === null) removeProfile(folder)
        else writeProfile(folder, next)
      },
    )
    return changed.ok
  }
  if (!(await keepAs(profile, grant.chainKey))) {
    joining.value.giveUp()
    await keepAs(before, keyBefore.value)
    return 'key-not-kept'
  }
  // Where its last word was lost, the server itself says whether this till is let in.
  if (!(await joining.value.kept()) && !(await isAdmitted(profile, own))) {
    await keepAs(before, keyBefore.value)
    return 'interrupted'
  }
  await reopen()
  return null
}

/** Whether the shop's server lets this till in. */
async function isAdmitted(
  { address, authority }: { readonly address: string; readonly authority: string },
  own: { readonly key: string; readonly seed: string },
): Promise<boolean> {
  const { openLine } = await import('../../chain/line.ts')
  const line = openLine({
    address,
    authority,
    ...own,
    random: Math.random,
    onFault: () => undefined,
  })
  try {
    const until = performance.now() + admittedWithinMs
    while (performance.now() < until && line.state() !== 'not-admitted') {
      if (line.state() === 'up') return true
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    return false
  } finally {
    await line.close()
  }
}
