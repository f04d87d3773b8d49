/** How a host is reached: directly, or through the proxy with this URL. */
export type Route = 'direct' | `${'http' | 'https' | 'socks5'}://${string}`

/**
 * Parses the result of a proxy auto-configuration, as Electron's `session.resolveProxy` returns it:
 * `PROXY a:8080; SOCKS5 b:1080; DIRECT`, best first. Kinds that this program cannot use (SOCKS 4) are left out.
 */
export function parseProxyList(list: string): Route[] {
  return list.split(';').flatMap((entry) => {
    const [keyword = '', address = ''] = entry.trim().split(/\s+/)
    const route = parseEntry(keyword.toUpperCase(), address)
    return route === null ? [] : [route]
  })
}

function parseEntry(keyword: string, address: string): Route | null {
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
