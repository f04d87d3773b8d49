/** One way out to a host: straight, or through the proxy with this URL. */
export type Way = 'direct' | `${'http' | 'https' | 'socks5'}://${string}`

/**
 * Reads what a proxy auto-configuration answers, as Electron's `session.resolveProxy` gives it:
 * `PROXY a:8080; SOCKS5 b:1080; DIRECT`, best first. Kinds that this program cannot use (SOCKS 4) are left out.
 */
export function parseProxyList(list: string): Way[] {
  return list.split(';').flatMap((entry) => {
    const [keyword = '', address = ''] = entry.trim().split(/\s+/)
    const way = parseEntry(keyword.toUpperCase(), address)
    return way === null ? [] : [way]
  })
}

function parseEntry(keyword: string, address: string): Way | null {
  if (keyword === 'DIRECT') return 'direct'
  if (!/^(\[[0-9a-f:]+\]|[\w.-]+):\d{1,5}$/i.test(address)) return null
  switch (keyword) {
    case 'PROXY':
    case 'HTTP':
      return `http://${address}`
    case 'HTTPS':
      return `https://${address}`
    case 'SOCKS5':
      return `socks5://${address}`
    default:
      return null
  }
}
