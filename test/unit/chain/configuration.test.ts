import { describe, expect, test } from 'vitest'
import { ChainProfile } from '../../../main/chain/profile.ts'
import { remember } from '../../../main/chain/memory.ts'
import { serverConfiguration, tillPermissions } from '../../../main/chain/server/configuration.ts'
import { journalStream, locksStream } from '../../../main/chain/server/streams.ts'

const limits = { locks: 1000, journal: 2000 }

describe("the configuration of a shop's server", () => {
  test('writes every lock through, speaks TLS first, and has no path that breaks out of its place', () => {
    const storeFolder = 'C:\\Users\\张 "三"\\store\n}'
    const written: unknown = JSON.parse(
      serverConfiguration({
        host: '0.0.0.0',
        port: 7422,
        storeFolder,
        pidFile: 'p',
        certificateFile: 'c',
        keyFile: 'k',
        keeper: 'UK',
        tills: ['UA', 'UB'],
        limits,
        office: null,
      }),
    )
    expect(written).toMatchObject({
      tls: { handshake_first: true },
      jetstream: { store_dir: storeFolder, sync_interval: 'always' },
      accounts: { SHOP: { users: [{ nkey: 'UK' }, { nkey: 'UA' }, { nkey: 'UB' }] } },
    })
    expect(JSON.stringify(written)).not.toMatch(/password|token|http_port|monitor/)
  })

  test("a till has no right with a wildcard over another's, or over the API", () => {
    const { publish, subscribe } = tillPermissions('UA')
    const wide = [...publish.allow, ...subscribe.allow].filter((subject) =>
      /^[*>]|^\$JS\.API\.(\*|>)|PURGE|DELETE|CREATE|UPDATE|^gate|\$SYS/.test(subject),
    )
    expect(wide).toEqual(['gate.*'])
    expect(publish.allow).not.toContain('gate.*')
  })

  test('both streams take one message a subject and give none away; locks never grow old', () => {
    for (const stream of [locksStream('a', limits), journalStream('b', limits)])
      expect(stream).toMatchObject({
        max_msgs_per_subject: 1,
        discard: 'new',
        discard_new_per_subject: true,
        deny_delete: true,
        deny_purge: true,
        allow_rollup_hdrs: false,
        num_replicas: 1,
      })
    expect(locksStream('a', limits).max_age).toBeUndefined()
  })
})

test('a profile names one host and port', () => {
  const authority = '-----BEGIN CERTIFICATE-----\nA'
  const isTaken = (address: string): boolean =>
    ChainProfile.safeParse({ version: 1, address, authority }).success
  expect(['192.168.1.9:7422', 'office-pc:7422', '[fe80::1]:7422'].map(isTaken)).toEqual([
    true,
    true,
    true,
  ])
  expect(['192.168.1.9', 'nats://a:1', 'a:1,b:2', 'a b:1'].map(isTaken)).toEqual([
    false,
    false,
    false,
    false,
  ])
})

test('what cannot be read of the server is as nothing, and a disk that refuses is a fault', () => {
  const faults: unknown[] = []
  const refusing = {
    read: () => ({ version: 2 }),
    write() {
      throw new Error('full')
    },
  }
  const remembered = remember(refusing, (cause) => faults.push(cause))
  expect(remembered.get()).toEqual({ version: 1, pin: null, news: null, releases: [] })
  remembered.change({ pin: { incarnation: 'a', sequence: 1 } }, true)
  expect(remembered.get().pin).toEqual({ incarnation: 'a', sequence: 1 })
  expect(faults).toHaveLength(1)
})
