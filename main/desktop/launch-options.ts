import { z } from 'zod'

export interface LaunchOptions {
  readonly mode: 'training' | 'live'
  /** Control address of a stand-in that runs elsewhere on this computer; the embedded one otherwise. */
  readonly trainingGateway: string | null
  /** Electron is the older one put together for development, and the window's title says so. */
  readonly developmentRuntime: boolean
}

const LoopbackOrigin = z
  .url({ protocol: /^http$/, hostname: /^(127\.0\.0\.1|localhost|\[::1\])$/ })
  .transform((address) => new URL(address).origin)

/**
 * Reads the command line. Training is the mode until live credentials are set up.
 * @throws when `--training-gateway` names anything but this computer.
 */
export function readLaunchOptions(
  argument: (name: string) => string,
  environment: Readonly<Record<string, string | undefined>>,
): LaunchOptions {
  const gateway = argument('training-gateway')
  return {
    mode: 'training',
    trainingGateway: gateway === '' ? null : LoopbackOrigin.parse(gateway),
    developmentRuntime: environment['HEXIAO_TILL_DEVELOPMENT_RUNTIME'] === '1',
  }
}
