import * as tls from 'node:tls'

/**
 * Whose certificates are trusted for TLS. `public`: the authorities that Node is built with, which are Mozilla's.
 * `system`: those and what this computer's system trusts besides, such as a firewall's or whatever somebody installed.
 */
export type Authorities = 'public' | 'system'

/** Returns the certificates of the authorities, PEM. What the environment names (`NODE_EXTRA_CA_CERTS`) is not among them. */
export function certificatesOf(authorities: Authorities): readonly string[] {
  if (authorities === 'public') return tls.rootCertificates
  // Missing before Node 22.15, where the public ones have to do.
  const { getCACertificates } = tls
  if (typeof getCACertificates !== 'function') return tls.rootCertificates
  return [...tls.rootCertificates, ...getCACertificates('system')]
}
