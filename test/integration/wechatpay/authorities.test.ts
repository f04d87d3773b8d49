import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import path from 'node:path'
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { checkTls } from '../../../main/command-line/check-tls.ts'
import { createCheckWriter } from '../../../main/command-line/report.ts'
import type { Profile } from '../../../main/credentials/profile.ts'
import {
  closedPort,
  listenOnLoopback,
  serveHttpProxy,
  serveTls,
  type TlsIdentity,
} from '../../support/loopback-servers.ts'
import { createPrivateAuthority } from '../../support/private-authority.ts'
import { temporaryFolder } from '../../support/store-fixture.ts'

const firewall = 'Firewall of the Shop'
let identity: TlsIdentity
let authorityPem: string
beforeAll(async () => {
  const authority = await createPrivateAuthority(firewall)
  authorityPem = authority.certificatePem
  identity = await authority.issue('localhost', ['localhost'])
})

/** A host behind something that re-signs TLS. */
async function resigned(): Promise<string> {
  const server = createServer((_, response) => response.writeHead(418).end())
  const behind = `http://localhost:${await listenOnLoopback(server)}`
  return `https://localhost:${(await serveTls(identity, behind)).port}`
}

/** As a till reaches it on a computer whose system trusts what re-signs, and whose environment names it too. */
async function reach(origin: string, setting: Profile['authorities']): Promise<string> {
  const folder = temporaryFolder()
  onTestFinished(() => folder.remove())
  const file = path.join(folder.path, 'authority.pem')
  writeFileSync(file, authorityPem)
  const script = path.join(import.meta.dirname, '../../support/reach-host-process.ts')
  const child = spawn(process.execPath, [script, origin, setting], {
    env: { ...process.env, SSL_CERT_FILE: file, NODE_EXTRA_CA_CERTS: file },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString()
  })
  await new Promise((resolve) => child.once('close', resolve))
  return output.trim()
}

describe('a host that the system alone vouches for', () => {
  test('is sent nothing, unless a setting says that the system is trusted', async () => {
    const origin = await resigned()
    expect(await reach(origin, 'public')).toBe('tls')
    expect(await reach(origin, 'system')).toBe('418')
  })
})

describe('the doctor', () => {
  const write = createCheckWriter('en')

  async function look(
    host: string,
    authorities: Profile['authorities'],
    { way = 'DIRECT', trusted }: { way?: string; trusted?: readonly string[] } = {},
  ) {
    const place = { resolveProxy: async () => way }
    const profile = { hosts: [host], proxy: 'system' as const, authorities }
    const [check] = await checkTls(profile, place, write, trusted)
    return check
  }

  test('says that TLS is re-signed, by whom, and what the setting makes of it', async () => {
    const host = await resigned()
    const values = { host, issuer: firewall }
    expect(await look(host, 'public')).toMatchObject({
      state: 'failed',
      code: 'tls-resigned-refused',
      values,
    })
    const trusted = await look(host, 'system')
    expect(trusted).toMatchObject({ state: 'warning', code: 'tls-resigned', values })
    expect(trusted?.text).toContain(firewall)
  })

  test('looks through a proxy too', async () => {
    const host = await resigned()
    const way = `PROXY 127.0.0.1:${(await serveHttpProxy()).port}`
    expect(await look(host, 'system', { way })).toMatchObject({ code: 'tls-resigned' })
    const refusing = `PROXY 127.0.0.1:${(await serveHttpProxy(407)).port}`
    expect(await look(host, 'system', { way: refusing })).toMatchObject({ code: 'not-checked' })
  })

  test('is content with an authority that counts as public, and says nothing where nothing is seen', async () => {
    const host = await resigned()
    const trusted = [authorityPem]
    expect(await look(host, 'public', { trusted })).toMatchObject({
      state: 'ok',
      code: 'tls-public',
    })
    const nowhere = `https://localhost:${await closedPort()}`
    expect(await look(nowhere, 'public')).toMatchObject({ state: 'skipped', code: 'not-checked' })
    expect(await look('http://localhost:1', 'public')).toBeUndefined()
  })
})
