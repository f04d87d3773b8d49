import path from 'node:path'
import type { CodeWrapping } from '../contract/code-wrapping.ts'
import { ok } from '../contract/result.ts'
import type { FilePurpose } from '../contract/setup.ts'
import { isLive, openLiveTill } from './live/open-live-till.ts'
import type { LiveNetwork } from './live/live-gateway.ts'
import { openLivePlace } from './live/live-place.ts'
import { createSetup, type SetupControls } from './live/setup.ts'
import { hostTill, type TillHost } from './till-host.ts'
import { openTrainingTill } from './training/open-training-till.ts'

interface TillHostOptions {
  readonly userData: string
  readonly options: {
    readonly mode: 'training' | 'live' | null
    readonly trainingGateway: string | null
  }
  readonly network: LiveNetwork
  /** What codes are wrapped in now. */
  readonly wrapping: () => CodeWrapping
  readonly chooseFiles: (purpose: FilePurpose) => Promise<readonly string[]>
  readonly onFault: (cause: unknown) => void
  readonly onKeychainMissing: (detail: string) => void
}

/** The till of this computer, live once it has been set up and training before, with the set-up that makes it so. */
export async function openTillHost(
  parts: TillHostOptions,
): Promise<{ tillHost: TillHost; setup: SetupControls }> {
  const { userData, options, network, onFault } = parts
  const place = openLivePlace(userData)

  const tillHost = await hostTill(async () => {
    const mode = options.mode ?? (isLive(place) ? 'live' : 'training')
    if (mode === 'live') return openLiveTill({ place, network, onFault, wrapping: parts.wrapping })
    return ok(
      await openTrainingTill({
        folder: path.join(userData, 'training'),
        trainingGateway: options.trainingGateway,
        userAgent: network.userAgent,
        onFault,
        wrapping: parts.wrapping,
        onKeychainMissing: parts.onKeychainMissing,
      }),
    )
  }, onFault)
  const setup = createSetup({ place, network, reopen: () => tillHost.reopen() })
  return {
    tillHost,
    setup: {
      ...setup,
      async chooseFiles(purpose, merchantId) {
        const paths = await parts.chooseFiles(purpose)
        return paths.length === 0 ? null : setup.takeFiles(purpose, merchantId, paths)
      },
    },
  }
}
