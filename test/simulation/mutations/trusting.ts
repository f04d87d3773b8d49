import type { Mutation } from './mutation.ts'

const guard = 'main/wechatpay/reply-guard.ts'
const fits = 'main/wechatpay/reply-fits.ts'
const switches = 'main/desktop/switches.ts'

/** What is believed of a reply, and of a command line, although somebody else may have written it. */
export const trustingMutations: readonly Mutation[] = [
  {
    name: "the system's authorities are trusted without being asked for",
    file: 'main/wechatpay/authorities.ts',
    find: "if (authorities === 'public') return tls.rootCertificates",
    replace: "if (authorities === 'public' && tls.rootCertificates.length === 0) return []",
  },
  {
    name: "a till of an earlier version goes on trusting the system's authorities",
    file: 'main/credentials/profile.ts',
    find: "AuthoritiesSetting.default('public')",
    replace: "AuthoritiesSetting.default('system')",
  },
  {
    name: 'the setting about authorities is not applied',
    file: 'main/app/live/live-gateway.ts',
    find: 'certificateAuthorities: profile.authorities,',
    replace: "certificateAuthorities: 'public',",
  },
  {
    name: 'the doctor takes a firewall for a public authority',
    file: 'main/wechatpay/tls-issuer.ts',
    find: 'isTrusted: socket.authorized })',
    replace: 'isTrusted: issuer !== null })',
  },
  {
    name: 'a reply that was accepted before is accepted again',
    file: guard,
    find: '    if (this.#seen.has(name)) return false\n',
    replace: '',
  },
  {
    name: 'after a restart a reply from before it is accepted',
    file: guard,
    find: 'this.#highestMs - allowedMs : this.#highestMs + 1\n',
    replace: 'this.#highestMs - allowedMs : 0\n',
  },
  {
    name: 'a reply signed long before its request is accepted',
    file: guard,
    find: '    return now === null || timestampMs > now - (this.#clock.local() - span.sentAt) - beforeSendingMs\n',
    replace: '    return true\n',
  },
  {
    name: 'an unverified reply sets the time that replies are judged by',
    file: 'main/wechatpay/clock-skew.ts',
    find: '    return this.confirmedNow() ?? this.#clock() + this.#claimedOffsetMs\n',
    replace: '    return this.#clock() + this.#claimedOffsetMs\n',
  },
  {
    name: 'the confirmation of another batch confirms this one',
    file: fits,
    find: '  return !asked.success || !told.success || asked.data.stock_id === told.data.stock_id\n',
    replace: '  return true\n',
  },
  {
    name: 'facts of another coupon are taken for those of this one',
    file: fits,
    find: "  return told == null || told === '' || told === asked\n",
    replace: '  return true\n',
  },
  {
    name: 'the packaged program starts with a debugger',
    file: switches,
    find: '  if (!isPackaged || isInspected) return []\n',
    replace: '  if (isPackaged || isInspected) return []\n',
  },
]
