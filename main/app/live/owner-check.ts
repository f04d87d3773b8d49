import type { AnchoredOwner } from '../../anchor/anchor.ts'
import type { AnchorKeeper } from '../../anchor/anchor-keeper.ts'
import { err, ok, type Result } from '../../contract/result.ts'
import type { Owner, OwnerProof } from '../../contract/owner.ts'
import type { PinFault } from '../../contract/staff.ts'
import type { SecretStore } from '../../keychain/secret-store.ts'
import { firstLockoutMs, lockoutAfter, triesAllowed } from '../../shop/lockout.ts'
import type { PinHasher } from '../../shop/ports.ts'
import { readRecoveryCode } from '../../shop/recovery-code.ts'

/** Checks that an owner is there where no till is open, or where its records cannot be believed. */
export interface OwnerCheck {
  /** Whom a PIN is asked of; empty where there is no staff, so that nobody can be asked. */
  owners(): Owner[]
  /**
   * Asks these instead of the anchor's owners: of a till whose keychain has lost its anchor. `null`: the anchor's
   * again.
   */
  askInstead(owners: readonly AnchoredOwner[] | null): void
  /** Returns the name of the owner. Fails on a wrong PIN, and while a lockout after several of them lasts. */
  confirm(proof: OwnerProof): Promise<Result<string, PinFault>>
  /** Whether an owner was confirmed in the last minutes, or none can be asked. Asks the keychain who they are. */
  isConfirmed(): Promise<boolean>
}

/** What somebody gave, and whose hashes it may fit. */
interface Claim {
  readonly secret: string
  readonly owners: readonly Pick<AnchoredOwner, 'name' | 'pinHash'>[]
}

interface OwnerCheckParts {
  readonly anchor: AnchorKeeper
  readonly pins: PinHasher
  /** Has the hash of the owner's recovery code. */
  readonly secrets: Pick<SecretStore, 'read'>
  /** Milliseconds since some fixed moment. Nobody can set it. */
  readonly elapsed: () => number
}

/** As long as a set-up may take. */
const confirmedMs = 1_800_000

export function createOwnerCheck(parts: OwnerCheckParts): OwnerCheck {
  const { anchor, pins, secrets, elapsed } = parts
  let instead: readonly AnchoredOwner[] | null = null
  let confirmedAt: number | null = null
  /** Wrong PINs where there is no anchor to count them in. */
  let wrongHere = 0
  /** A restart does not shorten a lockout: the whole of it begins again. */
  let lockedSince = elapsed()

  function asked(): readonly AnchoredOwner[] {
    return instead ?? anchor.current()?.owners ?? []
  }

  function wrongPins(): number {
    return Math.max(wrongHere, anchor.current()?.wrongPins ?? 0)
  }

  function lockedForMs(): number {
    const lockoutMs = lockoutAfter(wrongPins())
    return lockoutMs === null ? 0 : Math.max(0, lockedSince + lockoutMs - elapsed())
  }

  async function claimed(proof: OwnerProof): Promise<Claim> {
    if ('recoveryCode' in proof) {
      const kept = await secrets.read('owner-recovery')
      const pinHash = kept.ok ? kept.value : null
      const secret = readRecoveryCode(proof.recoveryCode)
      const [first] = asked()
      const owners = first && pinHash !== null && secret !== null ? [{ ...first, pinHash }] : []
      return { secret: secret ?? '', owners }
    }
    if ('id' in proof)
      return { secret: proof.pin, owners: asked().filter(({ id }) => id === proof.id) }
    return 'pin' in proof ? { secret: proof.pin, owners: asked() } : { secret: '', owners: [] }
  }

  async function count(wrong: number): Promise<boolean> {
    wrongHere = wrong
    const counted = await anchor.change((present) => ({ ...present, wrongPins: wrong }))
    return counted.ok || counted.error.code === 'missing'
  }

  return {
    owners: () => asked().map(({ id, name }) => ({ id, name })),
    askInstead(owners) {
      instead = owners
    },
    async confirm(proof) {
      // A till without staff asks nobody.
      if (asked().length === 0) {
        confirmedAt = elapsed()
        return ok('-')
      }
      const { secret, owners } = await claimed(proof)
      if (owners.length === 0) return err({ code: 'not-found' })
      const wait = lockedForMs()
      if (wait > 0) return err({ code: 'locked-out', waitMs: wait })
      // Counted as wrong before it is checked: pulling the plug during the check must not give a free guess.
      const tried = wrongPins() + 1
      if (!(await count(tried))) return err({ code: 'locked-out', waitMs: firstLockoutMs })
      lockedSince = elapsed()
      for (const { name, pinHash } of owners)
        if (await pins.verify(secret, pinHash)) {
          await count(0)
          confirmedAt = elapsed()
          return ok(name)
        }
      const left = triesAllowed - tried
      return left > 0
        ? err({ code: 'wrong-pin', triesLeft: left })
        : err({ code: 'locked-out', waitMs: lockedForMs() })
    },
    async isConfirmed() {
      if (anchor.current() === null) await anchor.read()
      if (asked().length === 0) return true
      return confirmedAt !== null && elapsed() - confirmedAt < confirmedMs
    },
  }
}
