import { createProxyResolver } from '../app/live/live-gateway.ts'
import type { Profile } from '../credentials/profile.ts'
import { certificatesOf } from '../wechatpay/authorities.ts'
import { parseProxyList } from '../wechatpay/proxy-list.ts'
import { lookAtIssuer } from '../wechatpay/tls-issuer.ts'
import type { CommandPlace } from './place.ts'
import type { Check, CheckWriter } from './report.ts'

const lookMs = 10_000

/**
 * Who vouches for each host: a public authority, or something on the way that re-signs TLS and reads what is sent. `trusted`
 * are the public authorities, PEM. A host of this computer is reached without TLS, and not looked at.
 */
export async function checkTls(
  { hosts, proxy, authorities: setting }: Pick<Profile, 'hosts' | 'proxy' | 'authorities'>,
  { resolveProxy }: Pick<CommandPlace, 'resolveProxy'>,
  write: CheckWriter,
  trusted = certificatesOf('public'),
): Promise<Check[]> {
  const resolve = createProxyResolver(proxy, resolveProxy)
  const checks: Check[] = []
  for (const host of hosts.filter((each) => each.startsWith('https:'))) {
    const [route = 'direct'] = parseProxyList(await resolve(`${host}/`))
    const seen = await lookAtIssuer(host, { route, timeoutMs: lookMs, authorities: trusted })
    if (seen === null) {
      checks.push(write.line('tls', 'skipped', 'not-checked'))
      continue
    }
    const values = { host, issuer: seen.name }
    if (seen.isTrusted) checks.push(write.line('tls', 'ok', 'tls-public', values))
    else if (setting === 'system') checks.push(write.line('tls', 'warning', 'tls-resigned', values))
    else checks.push(write.line('tls', 'failed', 'tls-resigned-refused', values))
  }
  return checks
}
