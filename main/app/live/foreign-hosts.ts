import { wechatpayHosts } from '../../contract/setup.ts'

/** Returns the names of those that are not WeChat Pay's own, with their ports. */
export function foreignHosts(hosts: readonly string[]): string[] {
  return hosts.filter((host) => !isWechatpays(host)).map((host) => new URL(host).host)
}

function isWechatpays(host: string): boolean {
  return wechatpayHosts.some((known) => new URL(known).origin === new URL(host).origin)
}
