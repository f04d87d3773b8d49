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
