import { defaultServerPort } from '../contract/chain.ts'

export interface ServerAddress {
  readonly host: string
  readonly port: number
}

const pattern = /^(?<host>[A-Za-z0-9._-]{1,253}|\[[0-9A-Fa-f:]{2,45}\])(?::(?<port>\d{1,5}))?$/

/** Reads what a person typed: a name or an address, with or without a port. `null` where it is neither. */
export function readAddress(typed: string): ServerAddress | null {
  // Digits and marks as a Chinese input method types them.
  const { host, port } = pattern.exec(typed.normalize('NFKC').trim())?.groups ?? {}
  if (host === undefined) return null
  const number = port === undefined ? defaultServerPort : Number(port)
  return number >= 1 && number <= 65_534 ? { host, port: number } : null
}

/** Returns it as `chain.json` has it. */
export function addressText({ host, port }: ServerAddress): string {
  return `${host}:${port}`
}

/** For a socket: without the brackets of an IPv6 address. */
export function hostOf({ host }: ServerAddress): string {
  return host.replaceAll(/[[\]]/g, '')
}

/** While a code is shown, the server lets tills join at the port after its own. */
export function pairingPortOf(port: number): number {
  return port + 1
}
