import type { CodeWrapping } from '../../contract/code-wrapping.ts'
import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { ok } from '../../contract/result.ts'
import { readOrCreateDataKey } from '../../keychain/data-key.ts'
import { setAside } from '../../store/rescue.ts'
import { openStore, type Store } from '../../store/store.ts'
import { createControlClient } from '../../training/control-client.ts'
import { startStandIn } from '../../training/stand-in.ts'
import { createWechatpayGateway } from '../../wechatpay/wechatpay-gateway.ts'
import type { OpenTill } from '../open-till.ts'
import { enrolPracticeMerchant } from './practice-credentials.ts'
import { practiceHandOverParty } from './practice-hand-over-party.ts'
import { practiceSupervisor } from '../../contract/staff.ts'
import { assembleTill } from '../assemble-till.ts'
import { openRecoveryKeeper } from '../recovery-keeper.ts'
import { openTrainingSecrets } from './training-secrets.ts'

interface TrainingOptions {
  /** For the database and the stand-in's world, apart from live data. */
  readonly folder: string
  /** Control address of a stand-in that runs elsewhere on this computer; `null` starts one inside this process. */
  readonly trainingGateway: string | null
  readonly userAgent: string
  readonly onKeychainMissing: (detail: string) => void
  readonly wrapping: () => CodeWrapping
  /** Whether a cashier can see what the counter says. */
  readonly isCounterInFront: () => boolean
  readonly onForget: (before: number) => void
  readonly onFault: (cause: unknown) => void
}

const practiceTillId = 'TRAIN'

/**
 * Practice asks nobody about a file that somebody played with. One that a newer version of the program wrote is kept, under
 * another name, for that version. Throws when no file can be opened.
 */
function openPracticeStore(file: string, dataKey: Uint8Array): Store {
  const asItIs = openStore({ file, dataKey })
  if (asItIs.ok) return asItIs.value
  const { code } = asItIs.error
  if (code === 'from-newer-version') setAside(file, 'newer')
  else if (code !== 'schema-changed') throw new Error(`practice store: ${code}`, asItIs.error)
  const opened = openStore({ file, dataKey, rebuild: code === 'schema-changed' })
  if (!opened.ok) throw new Error(`practice store: ${opened.error.code}`, opened.error)
  return opened.value
}

/**
 * Opens a till for training: the same as a live one, except that its gateway is the stand-in and its keys are practice
 * keys. Rejects when something of it cannot be opened.
 */
export async function openTrainingTill(options: TrainingOptions): Promise<OpenTill> {
  const secrets = await openTrainingSecrets(({ detail }) => options.onKeychainMissing(detail))
  const standIn =
    options.trainingGateway === null
      ? await startStandIn({ worldFile: path.join(options.folder, 'stand-in.json') })
      : null
  const control = createControlClient(standIn?.controlOrigin ?? options.trainingGateway ?? '')
  const enrolled = await enrolPracticeMerchant(secrets, control)
  if (!enrolled.ok) throw new Error(`practice keys: ${enrolled.error.code}`)
  const { credentials, origin } = enrolled.value
  let { network } = enrolled.value

  const gateway = createWechatpayGateway({
    origins: [origin],
    credentials: { current: () => Promise.resolve(ok(credentials)) },
    clock: Date.now,
    nonce: () => randomBytes(16).toString('hex'),
    userAgent: options.userAgent,
    certificateCache: null,
    verifiedTime: null,
    certificateAuthorities: 'public',
    resolveProxy: null,
  })
  const dataKey = await readOrCreateDataKey(secrets)
  if (!dataKey.ok) throw new Error(`data key: ${dataKey.error.code}`)
  const recovery = await openRecoveryKeeper(secrets)
  if (!recovery.ok) throw new Error(`recovery code: ${recovery.error.code}`)
  const file = path.join(options.folder, 'till.db')
  const store = openPracticeStore(file, dataKey.value)
  const { till, shop, records, noteAct, stop } = assembleTill({
    shopLock: null,
    gateway,
    store: secrets.kind === 'memory' ? withoutLostStaff(store) : store,
    recovery: recovery.value,
    practice: practiceSupervisor,
    tillId: practiceTillId,
    appid: credentials.appid,
    wrapping: options.wrapping,
    isCounterInFront: options.isCounterInFront,
    onForget: options.onForget,
    onFault: options.onFault,
  })

  return {
    mode: 'training',
    identity: { merchantId: credentials.merchantId, tillId: practiceTillId },
    certificate: () => null,
    foreignHosts: [],
    chain: null,
    noteAct,
    handOverParty: practiceHandOverParty(enrolled.value, practiceTillId),
    backup: null,
    till,
    shop,
    records,
    posStore: store.pos,
    checkRecords: async () => ((await store.audit.isIntact()) ? 'intact' : 'broken'),
    expectScan: () => gateway.expectRequest(),
    clock: () => gateway.clockSkew(),
    rescue: store.rescue,
    keyStorage: secrets.kind,
    training: {
      network: () => network,
      samples: () => control.samples({}),
      renewSamples: () => control.renewSamples({}),
      setNetwork: async (next) => {
        await control.network({ network: next })
        // As the system's network event would, so that the outbox finds out at once.
        till.networkHint()
        network = next
      },
    },
    close: async () => {
      stop()
      await gateway.close()
      store.close()
      await standIn?.close()
    },
  }
}

/** Keys in memory end with the program. The staff of an earlier run is gone with them, and must not lock practice. */
function withoutLostStaff(store: Store): Store {
  const { staff } = store
  return {
    ...store,
    staff: {
      read: () => ({ ...staff.read(), unreadable: 0 }),
      save: (record) => staff.save(record),
    },
  }
}
