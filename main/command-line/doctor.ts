import type { ConnectionFinding, ConnectionReport } from '../contract/setup.ts'
import { testConnection } from '../credentials/connection-test.ts'
import {
  createCredentialSource,
  type LiveCredentialSource,
} from '../credentials/credential-source.ts'
import type { Profile } from '../credentials/profile.ts'
import type { TrustMaterial } from '../wechatpay/credentials.ts'
import { createLiveGateway, createProxyResolver, nothingKept } from '../app/live/live-gateway.ts'
import { wordsHere } from '../words-here.ts'
import { checkRecords } from './check-records.ts'
import { decommissioned } from '../app/live/decommission-mark.ts'
import { checkChain } from './check-chain.ts'
import { checkBackup } from './check-upkeep.ts'
import { checkCertificate, dateOf, checkFolder, checkKeychain } from './checks.ts'
import { checkTls } from './check-tls.ts'
import type { CommandPlace } from './place.ts'
import {
  type Check,
  createCheckWriter,
  createReport,
  type CheckWriter,
  type Report,
} from './report.ts'

/** For one host. */
const testTimeoutMs = 15_000
/** A clock that is off by more than this gets a warning, as on the screen (`ClockSkew`). */
const noticeableSkewMs = 60_000

/** Checks everything that a live till needs to redeem, and changes nothing. */
export async function runDoctor(place: CommandPlace): Promise<Report> {
  const { profiles, secrets, language, folder, clock } = place
  const write = createCheckWriter(language)
  const profile = profiles.get()
  const checks = [
    checkSettings(place, write),
    await checkKeychain(secrets, write, language),
    checkFolder(folder, write),
    await checkRecords(place, write),
  ]
  if (profile === null) {
    for (const check of ['key', 'certificate', 'proxy', 'tls', 'host', 'signature'] as const)
      checks.push(write.line(check, 'skipped', 'not-checked'))
    return createReport('doctor', checks)
  }
  checks.push(...checkCertificate(profile, clock(), write), checkBackup(place, write))
  checks.push(...(await checkChain(place, write)))
  const credentials = createCredentialSource(place)
  try {
    const key = await checkKey(profile, credentials, write)
    checks.push(
      key,
      ...(await checkProxy(profile, place, write)),
      ...(await checkTls(profile, place, write)),
    )
    if (key.state === 'ok') checks.push(...(await checkNetwork(profile, credentials, place, write)))
    else
      for (const check of ['host', 'signature', 'clock'] as const)
        checks.push(write.line(check, 'skipped', 'not-checked'))
  } finally {
    await credentials.close()
  }
  return createReport('doctor', checks)
}

/** Whether this till is provisioned. */
export function checkSettings(
  { profiles, folder }: Pick<CommandPlace, 'profiles' | 'folder'>,
  write: CheckWriter,
): Check {
  const profile = profiles.get()
  const was = profile === null ? decommissioned({ folder }) : null
  if (was !== null) {
    const { tillId, file, at } = was
    return write.line('settings', 'attention', 'decommissioned', { tillId, file, date: dateOf(at) })
  }
  const damaged = profiles.damagedFile()
  if (damaged !== null)
    return write.line('settings', 'failed', 'settings-damaged', { file: damaged })
  if (profile === null) return write.line('settings', 'failed', 'not-provisioned')
  const { merchantId, tillId } = profile
  return write.line('settings', 'ok', 'provisioned', { merchantId, tillId })
}

/** Whether the key of the certificate in force can be used. */
async function checkKey(
  { signing }: Profile,
  credentials: LiveCredentialSource,
  write: CheckWriter,
): Promise<Check> {
  const current = await credentials.current()
  if (!current.ok) return write.line('key', 'failed', 'key-missing', { fault: current.error.code })
  if (signing.kind === 'remote')
    return write.line('key', 'ok', 'key-remote', { url: signing.signer.url })
  return write.line('key', 'ok', 'key-there')
}

/** By which proxy each host is reached. */
async function checkProxy(
  profile: Profile,
  place: CommandPlace,
  write: CheckWriter,
): Promise<Check[]> {
  const resolve = createProxyResolver(profile.proxy, place.resolveProxy)
  const checks: Check[] = []
  for (const host of profile.hosts) {
    const way = await resolve(`${host}/`)
    checks.push(write.line('proxy', 'ok', 'proxy-way', { host, way }))
  }
  return checks
}

/** With these the host was not reached, so that nothing is known of the signature. */
const notReached: readonly ConnectionFinding[] = [
  'name-not-found',
  'no-connection',
  'no-answer',
  'proxy',
  'tls',
  'not-wechat-pay',
  'service-error',
]

/** Whether each host can be reached and accepts this till's signature, and whether the clock is right. */
async function checkNetwork(
  profile: Profile,
  credentials: LiveCredentialSource,
  place: CommandPlace,
  write: CheckWriter,
): Promise<Check[]> {
  const reports: { host: string; report: ConnectionReport }[] = []
  for (const host of profile.hosts) {
    // One by one, because a gateway with several hosts falls back from one to the next.
    const gateway = createLiveGateway(
      { ...profile, hosts: [host] },
      credentials,
      place,
      nothingKept,
    )
    const signal = AbortSignal.timeout(testTimeoutMs)
    try {
      reports.push({
        host,
        report: await testConnection(
          gateway,
          { trust: await trustOf(credentials), appid: profile.appid },
          signal,
        ),
      })
    } finally {
      await gateway.close()
    }
  }
  const checks = reports.map(({ host, report: { finding } }) =>
    notReached.includes(finding)
      ? describe('host', finding, { host }, place, write)
      : write.line('host', 'ok', 'host-reached', { host }),
  )
  const reached = reports.find(({ report }) => !notReached.includes(report.finding))?.report
  if (reached === undefined) {
    checks.push(write.line('signature', 'skipped', 'not-checked'))
    return [...checks, write.line('clock', 'skipped', 'clock-unknown')]
  }
  const { finding, said, requestId, clockOffsetMs } = reached
  const values = { said: said && `${said.code}: ${said.message}`, requestId }
  checks.push(describe('signature', finding, values, place, write))
  const seconds = Math.round(Math.abs(clockOffsetMs) / 1000)
  const isOff = Math.abs(clockOffsetMs) > noticeableSkewMs
  checks.push(
    write.line('clock', isOff ? 'warning' : 'ok', isOff ? 'clock-off' : 'clock-right', { seconds }),
  )
  return checks
}

async function trustOf(credentials: LiveCredentialSource): Promise<TrustMaterial> {
  const current = await credentials.current()
  return current.ok ? current.value.trust : { publicKey: null, apiV3Key: null }
}

function describe(
  check: 'host' | 'signature',
  finding: ConnectionFinding,
  values: Check['values'],
  { language }: CommandPlace,
  write: CheckWriter,
): Check {
  const { title, action } = wordsHere(language).setup.connection[finding]
  // What WeChat Pay says of a good signature is that the question's object is not there: an error to whoever reads it.
  const about = values['host'] ?? (finding === 'passed' ? '' : values['said']) ?? ''
  const text = [title, action, String(about)].filter((part) => part !== '').join(' · ')
  const isOpen = finding === 'public-key-not-used' || finding === 'reply-not-signed'
  const state = finding === 'passed' ? 'ok' : isOpen ? 'warning' : 'failed'
  return write.text(check, state, finding, text, values)
}
