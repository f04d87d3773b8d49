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

// This file runs in a desktop session of the tests' own, with a real, unlocked gnome-keyring.
describe('the real keychain', () => {
  const service = `Hexiao Till (test ${process.pid})`
  const store = createKeytarSecretStore({ service, load })

  test('passes its probe', async () => {
    expect(await store.probe()).toEqual({ ok: true, value: null })
  })

  test('keeps a merchant key, returns it to a second store, and deletes it', async () => {
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

  test('takes a secret as large as Windows allows, and refuses a larger one', async () => {
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

/** Runs `probe()` in a process with another desktop environment. */
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

describe('a missing keychain', () => {
  test('is unavailable without a session bus', () => {
    // libsecret looks for a bus in all three.
    const { DBUS_SESSION_BUS_ADDRESS: _, XDG_RUNTIME_DIR: __, DISPLAY: ___, ...env } = process.env
    expect(probeIn(env)).toBe('unavailable')
  })

  test('is unavailable on a bus without a keyring', async () => {
    const home = mkdtempSync(path.join(os.tmpdir(), 'hexiao-till-no-keyring-'))
    // A separate bus with empty service folders, so that no keyring can be started on it.
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
