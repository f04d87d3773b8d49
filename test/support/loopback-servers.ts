import 'reflect-metadata'
import { createServer as createHttpServer } from 'node:http'
import { type AddressInfo, type Socket, connect, createServer as createTcpServer } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { SubjectAlternativeNameExtension, X509CertificateGenerator } from '@peculiar/x509'
import { onTestFinished } from 'vitest'

export interface Loopback {
  readonly port: number
  /** Returns how many connections or tunnels it has served. */
  readonly count: () => number
}

interface Listening {
  listen(port: number, host: string, done: () => void): unknown
  address(): AddressInfo | string | null
  close(): unknown
}

/** Listens on a free loopback port until the test ends. Returns the port. */
export async function listenOnLoopback(server: Listening): Promise<number> {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  onTestFinished(() => void server.close())
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('not listening on a port')
  return address.port
}

export async function closedPort(): Promise<number> {
  const server = createTcpServer()
  const port = await listenOnLoopback(server)
  await new Promise((resolve) => server.close(resolve))
  return port
}

export interface TlsIdentity {
  readonly certificatePem: string
  readonly keyPem: string
}

/** Creates a self-signed TLS certificate for `localhost`. */
export async function createTlsIdentity(): Promise<TlsIdentity> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const certificate = await X509CertificateGenerator.createSelfSigned(
    {
      name: 'CN=localhost',
      notBefore: new Date(Date.now() - 3_600_000),
      notAfter: new Date(Date.now() + 3_600_000),
      signingAlgorithm: algorithm,
      keys,
      extensions: [new SubjectAlternativeNameExtension([{ type: 'dns', value: 'localhost' }])],
    },
    crypto,
  )
  const der = Buffer.from(await crypto.subtle.exportKey('pkcs8', keys.privateKey))
  const keyPem = `-----BEGIN PRIVATE KEY-----\n${der.toString('base64')}\n-----END PRIVATE KEY-----\n`
  return { certificatePem: certificate.toString('pem'), keyPem }
}

/** Serves TLS in front of a plain loopback origin. */
export async function serveTls(identity: TlsIdentity, origin: string): Promise<Loopback> {
  let connections = 0
  const options = { key: identity.keyPem, cert: identity.certificatePem }
  const server = createTlsServer(options, (socket) => {
    connections += 1
    join(socket, connect(Number(new URL(origin).port), '127.0.0.1'))
  })
  const port = await listenOnLoopback(server)
  return { port, count: () => connections }
}

/** Serves an HTTP proxy. With a `status` other than 200 it refuses every tunnel. */
export async function serveHttpProxy(status = 200): Promise<Loopback> {
  let tunnels = 0
  const server = createHttpServer()
  server.on('connect', (request, socket: Socket) => {
    tunnels += 1
    socket.write(`HTTP/1.1 ${status} Proxy\r\n\r\n`)
    const [host = '', port = ''] = (request.url ?? '').split(':')
    if (status === 200) join(socket, connect(Number(port), host))
    else socket.end()
  })
  const port = await listenOnLoopback(server)
  return { port, count: () => tunnels }
}

/** Serves a SOCKS 5 proxy without authentication, for host names (RFC 1928). */
export async function serveSocks5(): Promise<Loopback> {
  let tunnels = 0
  const server = createTcpServer((socket) => {
    socket.once('data', () => {
      socket.write(Buffer.from([5, 0]))
      socket.once('data', (request) => {
        tunnels += 1
        const length = request[4] ?? 0
        const host = request.subarray(5, 5 + length).toString('latin1')
        const port = request.readUInt16BE(5 + length)
        socket.write(Buffer.from([5, 0, 0, 1, 127, 0, 0, 1, 0, 0]))
        join(socket, connect(port, host))
      })
    })
  })
  const port = await listenOnLoopback(server)
  return { port, count: () => tunnels }
}

function join(one: Socket, other: Socket): void {
  one.on('error', () => other.destroy())
  other.on('error', () => one.destroy())
  one.pipe(other)
  other.pipe(one)
}
