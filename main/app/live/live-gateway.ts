import { randomBytes } from 'node:crypto'
import type { GatewayReply } from '../../redemption/gateway.ts'
import type { Profile, ProxySetting } from '../../credentials/profile.ts'
import type { CertificateCache } from '../../wechatpay/certificate-cache.ts'
import type { CredentialSource } from '../../wechatpay/credentials.ts'
import type { ResolveProxy } from '../../wechatpay/transport.ts'
import type { VerifiedTimeMemory } from '../../wechatpay/reply-guard.ts'
import { createWechatpayGateway, type WechatpayGateway } from '../../wechatpay/wechatpay-gateway.ts'

export interface LiveNetwork {
  /** The system's proxies for a URL, as Electron's `session.resolveProxy` returns them. */
  readonly resolveProxy: ResolveProxy
  readonly userAgent: string
  /** Told of every reply of an open till, and of every call that got none. */
  readonly onReply?: (reply: GatewayReply) => void
}

/** For a gateway that makes a few calls and is closed again. */
export const nothingKept = { certificateCache: null, verifiedTime: null } as const

/** Creates the client for the profile's hosts: WeChat Pay's, or those of a chain's own gateway. */
export function createLiveGateway(
  profile: Pick<Profile, 'hosts' | 'proxy' | 'authorities'>,
  credentials: CredentialSource,
  { resolveProxy, userAgent, onReply }: LiveNetwork,
  kept: {
    readonly certificateCache: CertificateCache | null
    readonly verifiedTime: VerifiedTimeMemory | null
  },
): WechatpayGateway {
  return createWechatpayGateway({
    origins: profile.hosts,
    credentials,
    clock: Date.now,
    nonce: () => randomBytes(16).toString('hex'),
    userAgent,
    resolveProxy: createProxyResolver(profile.proxy, resolveProxy),
    ...kept,
    certificateAuthorities: profile.authorities,
    ...(onReply !== undefined && { onReply }),
  })
}

/** Applies a proxy setting to the system's resolver. */
export function createProxyResolver(setting: ProxySetting, system: ResolveProxy): ResolveProxy {
  if (setting === 'system') return system
  if (setting === 'direct') return async () => 'DIRECT'
  const { protocol, hostname, port } = new URL(setting)
  const [keyword, usualPort] = proxyKinds[protocol] ?? proxyKinds['http:']
  const entry = `${keyword} ${hostname}:${port === '' ? usualPort : port}`
  return async () => entry
}

const proxyKinds: Readonly<Record<string, readonly [string, number]>> & {
  readonly 'http:': readonly [string, number]
} = {
  'http:': ['PROXY', 80],
  'https:': ['HTTPS', 443],
  'socks5:': ['SOCKS5', 1080],
}
