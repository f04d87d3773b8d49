import { z } from 'zod'

export interface LaunchOptions {
  /** `null`: live where this computer has been provisioned, training elsewhere. */
  readonly mode: 'training' | 'live' | null
  /** Control address of a stand-in that runs elsewhere on this computer; the embedded one otherwise. */
  readonly trainingGateway: string | null
  /** Electron is the older one put together for development, and the window's title says so. */
  readonly developmentRuntime: boolean
}

const LoopbackOrigin = z
  .url({ protocol: /^http$/, hostname: /^(127\.0\.0\.1|localhost|\[::1\])$/ })
  .transform((address) => new URL(address).origin)

const Mode = z.enum(['', 'training', 'live']).transform((mode) => (mode === '' ? null : mode))

/**
 * Reads the command line.
 * @throws when `--training-gateway` names anything but this computer, or `--mode` no mode.
 */
export function readLaunchOptions(
  argument: (name: string) => string,
  environment: Readonly<Record<string, string | undefined>>,
): LaunchOptions {
  const gateway = argument('training-gateway')
  return {
    mode: gateway === '' ? Mode.parse(argument('mode')) : 'training',
    trainingGateway: gateway === '' ? null : LoopbackOrigin.parse(gateway),
    developmentRuntime: environment['HEXIAO_TILL_DEVELOPMENT_RUNTIME'] === '1',
  }
}
