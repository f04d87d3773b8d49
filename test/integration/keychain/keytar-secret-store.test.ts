import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  createKeytarSecretStore,
  type Keytar,
  maxSecretBytes,
} from '../../../main/keychain/keytar-secret-store.ts'
import { createPracticeKeys } from '../../../main/training/practice-keys.ts'

const load = async (): Promise<Keytar> => (await import('keytar')).default

// The whole file runs on a desktop session of the tests' own, with a real gnome-keyring that is unlocked.
describe('the real keychain', () => {
  const service = `Hexiao Till (test ${process.pid})`
  const store = createKeytarSecretStore({ service, load })

  test('passes its probe', async () => {
    expect(await store.probe()).toEqual({ ok: true, value: null })
  })

  test('keeps a merchant key, gives it back to a second store and forgets it', async () => {
    const { privateKeyPem } = await createPracticeKeys()
    expect(await store.read('merchant-private-key')).toEqual({ ok: true, value: null })
    expect(await store.write('merchant-private-key', privateKeyPem)).toEqual({
      ok: true,
      value: null,
    })
    const again = createKeytarSecretStore({ service, load })
    expect(await again.read('merchant-private-key')).toEqual({ ok: true, value: privateKeyPem })
    const other = createKeytarSecretStore({ service: `${service} other`, load })
    expect(await other.read('merchant-private-key')).toEqual({ ok: true, value: null })
    await store.remove('merchant-private-key')
    expect(await store.read('merchant-private-key')).toEqual({ ok: true, value: null })
  })

  test('takes a secret at the limit of Windows credentials and refuses one over it', async () => {
    const most = '钥'.repeat(maxSecretBytes / 3 - 1) + 'x'.repeat((maxSecretBytes % 3) + 3)
    expect(Buffer.byteLength(most)).toBe(maxSecretBytes)
    expect(await store.write('data-key', most)).toEqual({ ok: true, value: null })
    expect(await store.read('data-key')).toEqual({ ok: true, value: most })
    expect(await store.write('data-key', `${most}x`)).toMatchObject({
      ok: false,
      error: { code: 'too-large' },
    })
    expect(await store.read('data-key')).toEqual({ ok: true, value: most })
    await store.remove('data-key')
  })
})

/** Runs `probe()` in a process of its own, whose desktop is not ours. */
function probeIn(env: NodeJS.ProcessEnv): unknown {
  const script = `
    import { createKeytarSecretStore } from './main/keychain/keytar-secret-store.ts'
    const load = async () => (await import('keytar')).default
    const store = createKeytarSecretStore({ service: 'Hexiao Till (test)', load })
    const result = await store.probe()
    console.log(JSON.stringify(result.ok ? 'ok' : result.error.code))`
  const root = path.join(import.meta.dirname, '../../..')
  const args = ['--input-type=module', '--eval', script]
  return JSON.parse(execFileSync(process.execPath, args, { cwd: root, env, encoding: 'utf8' }))
}

describe('a keychain that is not there', () => {
  test('is unavailable without a session bus', () => {
    // libsecret looks in all three places for a bus.
    const { DBUS_SESSION_BUS_ADDRESS: _, XDG_RUNTIME_DIR: __, DISPLAY: ___, ...env } = process.env
    expect(probeIn(env)).toBe('unavailable')
  })

  test('is unavailable on a bus without a keyring', async () => {
    const home = mkdtempSync(path.join(os.tmpdir(), 'hexiao-till-no-keyring-'))
    // A bus of its own whose service folders are empty: nothing can start a keyring on it.
    const config = path.join(home, 'bus.conf')
    writeFileSync(
      config,
      `<busconfig><type>session</type><listen>unix:dir=${home}</listen>
       <policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/>
       <allow own="*"/></policy></busconfig>`,
    )
    const bus = spawn('dbus-daemon', [`--config-file=${config}`, '--print-address', '--nofork'])
    try {
      const address = await new Promise<string>((resolve, reject) => {
        bus.once('error', reject)
        bus.stdout.once('data', (line: Buffer) => resolve(line.toString().trim()))
      })
      expect(probeIn({ ...process.env, DBUS_SESSION_BUS_ADDRESS: address })).toBe('unavailable')
    } finally {
      bus.kill()
      rmSync(home, { recursive: true, force: true })
    }
  })
})
