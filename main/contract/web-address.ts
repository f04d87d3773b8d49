const noPath = /^[^/]*\/\/[^/]+\/?$/

/** Whether it is an address of a server alone: `https://host[:port]`. */
export function isHostAddress(address: string): boolean {
  return isHttpsOrLoopback(address) && noPath.test(address)
}

/** Returns the addresses in a text, with the `https://` that people leave out. */
export function hostsIn(text: string): string[] {
  return text
    .split(/[\s,，;；、]+/)
    .filter((host) => host !== '')
    .map((host) => (host.includes('://') ? host : `https://${host}`))
}

const loopback = ['127.0.0.1', '[::1]', 'localhost']

/**
 * Whether an address is https, or plain http on this computer, where tests and training listen. An address with user
 * name, password or query is refused.
 */
export function isHttpsOrLoopback(address: string): boolean {
  const [, scheme, name] =
    /^(https?):\/\/(\[[^\]]+\]|[^/:?#@]+)(?::\d+)?(?:\/[^?#]*)?$/i.exec(address) ?? []
  const isPlain = scheme?.toLowerCase() === 'http'
  return scheme !== undefined && (!isPlain || loopback.includes(name?.toLowerCase() ?? ''))
}
