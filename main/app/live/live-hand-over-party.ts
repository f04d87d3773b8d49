import { createPublicKey } from 'node:crypto'
import { err, ok, type Result } from '../../contract/result.ts'
import { readStoredSecret } from '../../credentials/credential-source.ts'
import { encodePublicKey } from '../../credentials/merchant-certificate.ts'
import { decodePrivateKey } from '../../credentials/merchant-private-key.ts'
import {
  certificateInForce,
  knownPublicKeys,
  pairInForce,
  type Profile,
} from '../../credentials/profile.ts'
import type { CredentialSource } from '../../wechatpay/credentials.ts'
import type { EnvelopeFault } from '../../outside/hand-over-envelope.ts'
import type { HandOverParty } from '../hand-over-party.ts'
import type { LivePlace } from './live-place.ts'

/** The merchant is that of the profile the till was opened with; its certificates are read anew each time. */
export function liveHandOverParty(
  opened: Profile,
  { profiles, secrets, clock }: Pick<LivePlace, 'profiles' | 'secrets' | 'clock'>,
  credentials: CredentialSource,
): HandOverParty {
  const { merchantId, appid, tillId } = opened
  const profileNow = (): Profile => profiles.get() ?? opened

  /** A profile of an earlier version lacks it; it is derived from the key where that is in the keychain. */
  async function publicKeyOf(profile: Profile): Promise<Result<string, EnvelopeFault>> {
    const { publicKey } = certificateInForce(profile, clock())
    if (publicKey !== undefined) return ok(publicKey)
    if (profile.signing.kind === 'remote') return err({ code: 'set-up-again' })
    const kept = await readStoredSecret(secrets, pairInForce(profile.signing, clock()).keptAs)
    const key = kept.ok ? decodePrivateKey(kept.value) : kept
    return key.ok ? ok(encodePublicKey(createPublicKey(key.value))) : err({ code: 'not-signed' })
  }

  return {
    async head() {
      const profile = profileNow()
      const publicKey = await publicKeyOf(profile)
      if (!publicKey.ok) return publicKey
      const { serial } = certificateInForce(profile, clock())
      return ok({ mode: 'live', merchantId, appid, tillId, serial, publicKey: publicKey.value })
    },
    async sign(message, signal) {
      const current = await credentials.current()
      if (!current.ok) return err({ code: 'not-signed' })
      const signed = await current.value.signer.sign(message, signal)
      return signed.ok ? signed : err({ code: 'not-signed' })
    },
    reader: () => ({
      mode: 'live',
      merchantId,
      appid,
      trusted: knownPublicKeys(profileNow(), clock()),
    }),
  }
}
