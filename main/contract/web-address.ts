const loopback = ['127.0.0.1', '[::1]', 'localhost']

/** https, or plain http on this computer alone, where tests and training listen; without name, password or query. */
export function isHttpsOrLoopback(address: string): boolean {
  const [, scheme, name] =
    /^(https?):\/\/(\[[^\]]+\]|[^/:?#@]+)(?::\d+)?(?:\/[^?#]*)?$/i.exec(address) ?? []
  const isPlain = scheme?.toLowerCase() === 'http'
  return scheme !== undefined && (!isPlain || loopback.includes(name?.toLowerCase() ?? ''))
}
