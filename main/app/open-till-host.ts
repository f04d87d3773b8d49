import path from 'node:path'
import type { CodeWrapping } from '../contract/code-wrapping.ts'
import { err, ok, type Result } from '../contract/result.ts'
import type { FilePurpose } from '../contract/setup.ts'
import { isLive, openLiveTill } from './live/open-live-till.ts'
import type { LiveNetwork } from './live/live-gateway.ts'
import { type LivePlace, openLivePlace } from './live/live-place.ts'
import type { Profile } from '../credentials/profile.ts'
import type { SecretFault } from '../keychain/secret-store.ts'
import type { ClosedTill, OpenTill } from './open-till.ts'
import { type ChainDesk, createChainDesk } from './live/chain-desk.ts'
import { createNoChainDesk } from './live/no-chain-desk.ts'
import { type Arrival, createArrival, type Here } from './live/arrival.ts'
import { createDecommission, type Decommission } from './live/decommission.ts'
import { hasServer } from './live/chain-files.ts'
import { finishDecommission } from './live/decommission-mark.ts'
import { finishArrival } from './live/finish-arrival.ts'
import { createMismatchDesk, type MismatchDesk } from './live/mismatch-desk.ts'
import { createProvisionedTill, type ProvisionedTill } from './live/provisioned-till.ts'
import { createOwnerCheck, type OwnerCheck } from './live/owner-check.ts'
import { createSetup, type SetupControls } from './live/setup.ts'
import { scryptPins } from '../shop/pin-hasher.ts'
import { hostTill, type TillHost } from './till-host.ts'
import { openTrainingTill } from './training/open-training-till.ts'

interface TillHostOptions {
  readonly userData: string
  /** From the command line; see `LaunchOptions`. */
  readonly launch: {
    readonly mode: 'training' | 'live' | null
    readonly trainingGateway: string | null
    readonly practice: boolean
  }
  readonly network: LiveNetwork
  /** What codes are wrapped in now; called for each code. */
  readonly wrapping: () => CodeWrapping
  /** Whether a cashier can see what the counter says. */
  readonly isCounterInFront: () => boolean
  /** The system's file dialog; returns no file when it was cancelled. */
  readonly chooseFiles: (purpose: FilePurpose) => Promise<readonly string[]>
  /** Asks for the program of the shop's server; `null` when the dialog was cancelled. */
  readonly chooseProgram: () => Promise<string | null>
  /** Asks for the folder that records are sealed into; `null` when the dialog was cancelled. */
  readonly chooseFolder: () => Promise<string | null>
  /** Moves a file to the recycle bin; false where it could not be moved. */
  readonly moveToTrash: (file: string) => Promise<boolean>
  /** Called now and then with the time, epoch milliseconds, before which the shop keeps nothing personal. */
  readonly onForget: (before: number) => void
  readonly onFault: (cause: unknown) => void
  /** Called when training keeps its keys in memory, with the keychain's error text. */
  readonly onKeychainMissing: (detail: string) => void
}

/**
 * Opens the till of this computer: a live one once it has been set up, a training one before. Returns it with the set-up.
 * Rejects when the training till cannot be opened.
 */
export async function openTillHost(options: TillHostOptions): Promise<{
  host: TillHost
  setup: SetupControls
  owners: OwnerCheck & MismatchDesk
  arrival: Arrival
  /** `reopen`: opens the till anew, with the same person signed in. */
  chain: (reopen: () => Promise<void>) => ChainDesk
  decommission: Decommission
  provisioned: ProvisionedTill
}> {
  const { userData, launch, network, onForget, onFault, wrapping, isCounterInFront } = options
  const place = openLivePlace(userData, {
    isPractice: launch.practice,
    onAnchorFault: ({ code, detail }) => onFault(new Error(`anchor: ${code}: ${detail}`)),
  })
  const mismatches = createMismatchDesk()
  const ownerCheck = createOwnerCheck({
    anchor: place.anchor,
    pins: scryptPins,
    secrets: place.secrets,
    elapsed: () => performance.now(),
  })

  let openedUnder: Profile | null = null
  const host = await hostTill(async () => {
    const removed = await finishDecommission(place)
    const finished = removed.ok ? await finishArrival(place) : removed
    if (!finished.ok) return closedByKeychain(finished.error)
    const mode = launch.mode ?? (isLive(place) ? 'live' : 'training')
    if (mode === 'live') {
      openedUnder = place.profiles.get()
      const opened = await openLiveTill({
        place,
        network,
        onForget,
        onFault,
        wrapping,
        isCounterInFront,
        mismatches,
        ownerCheck,
      })
      mismatches.ended(opened.ok)
      return opened
    }
    return ok(
      await openTrainingTill({
        folder: path.join(userData, 'training'),
        trainingGateway: launch.trainingGateway,
        userAgent: network.userAgent,
        onForget,
        onFault,
        wrapping,
        isCounterInFront,
        onKeychainMissing: options.onKeychainMissing,
      }),
    )
  }, onFault)
  const setup = createSetup({
    place,
    network,
    moveToTrash: options.moveToTrash,
    reopen: () => host.reopen(),
    async probe() {
      const open = host.current()
      if (open?.ok === true) await open.value.till.probe()
    },
    // Whoever sets up an open live till was let in by its own staff.
    async ownersToAsk() {
      const isOpen =
        host.current()?.ok === true && (launch.mode ?? 'live') === 'live' && isLive(place)
      return isOpen || (await ownerCheck.isConfirmed()) ? [] : ownerCheck.owners()
    },
  })
  const arrival = createArrival({
    place,
    here: () => (launch.practice ? { kind: 'closed' } : whatIsHere(host.current(), place)),
    isOwnerThere: () => ownerCheck.isConfirmed(),
  })
  const decommission = createDecommission({
    place,
    live: () => liveNow(host)?.backup ?? null,
    open: () => {
      const { waiting = 0, review = 0 } = liveNow(host)?.till.state().queue ?? {}
      return waiting + review
    },
    isShopServer: () => hasServer(place.folder),
    isOwnerThere: () => ownerCheck.isConfirmed(),
    chooseFolder: options.chooseFolder,
    reopen: (meanwhile) => host.reopen(meanwhile),
    onFault,
  })
  const chain = (reopen: () => Promise<void>): ChainDesk =>
    launch.practice
      ? createNoChainDesk()
      : createChainDesk({
          place,
          live: () => (liveNow(host)?.mode === 'live' ? liveNow(host) : null),
          reopen,
          chooseProgram: options.chooseProgram,
          chooseFolder: options.chooseFolder,
          onFault,
        })
  const provisioned = createProvisionedTill({
    place,
    isBound: launch.practice || launch.mode === 'training',
    openedUnder: () => openedUnder,
  })
  return {
    host,
    provisioned,
    arrival,
    chain,
    decommission,
    owners: { ...ownerCheck, ...mismatches },
    setup: {
      ...setup,
      ...(launch.practice && { test: notInPractice, apply: notInPractice }),
      async chooseFiles(purpose, merchantId) {
        const paths = await options.chooseFiles(purpose)
        return paths.length === 0 ? null : setup.takeFiles(purpose, merchantId, paths)
      },
    },
  }
}

function liveNow(host: TillHost): OpenTill | null {
  const current = host.current()
  return current?.ok === true ? current.value : null
}

/** What the records of another computer would find. */
function whatIsHere(
  current: ReturnType<TillHost['current']>,
  place: Pick<LivePlace, 'profiles' | 'databaseFile' | 'folder'>,
): Here {
  if (current === null) return { kind: 'closed' }
  if (!current.ok) {
    const { code } = current.error
    if (code === 'decommissioned') return { kind: 'nothing' }
    return { kind: code === 'data-key-missing' ? 'keyless' : 'closed' }
  }
  const { backup } = current.value
  if (backup !== null) return { kind: 'till', ...backup.holds() }
  return { kind: isLive(place) ? 'closed' : 'nothing' }
}

function closedByKeychain({ code }: SecretFault): Result<OpenTill, ClosedTill> {
  const shown = code === 'locked' ? 'keychain-locked' : 'keychain-unavailable'
  return err({ mode: 'live', code: shown, certificate: null, owners: [] })
}

/** The page offers no set-up there. Nothing of a practice may reach WeChat Pay. */
function notInPractice(): Promise<never> {
  return Promise.reject(new Error('a practice window is not set up'))
}
