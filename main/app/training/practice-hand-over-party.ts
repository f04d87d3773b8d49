import { err, ok } from '../../contract/result.ts'
import type { HandOverParty } from '../hand-over-party.ts'
import type { PracticeMerchant } from './practice-credentials.ts'

/** Every computer practises with a key of its own: files of any are taken, in practice alone. */
export function practiceHandOverParty(
  { credentials, publicKey }: Pick<PracticeMerchant, 'credentials' | 'publicKey'>,
  tillId: string,
): HandOverParty {
  const { merchantId, appid, serial, signer } = credentials
  return {
    head: async () => ok({ mode: 'training', merchantId, appid, tillId, serial, publicKey }),
    async sign(message, signal) {
      const signed = await signer.sign(message, signal)
      return signed.ok ? signed : err({ code: 'not-signed' })
    },
    reader: () => ({ mode: 'training', merchantId, appid, trusted: null }),
  }
}
