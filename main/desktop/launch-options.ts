import { z } from 'zod'

export interface LaunchOptions {
  /** `null`: live on a computer that has been provisioned, otherwise training. */
  readonly mode: 'training' | 'live' | null
  /** It is the practice window of a live till, with a folder of its own and no way to keychain or WeChat Pay. */
  readonly practice: boolean
  /** Control address of a stand-in that runs elsewhere on this computer; `null`: one inside this process. */
  readonly trainingGateway: string | null
  /** The program runs on the older Electron that development uses; the window's title says so. */
  readonly developmentRuntime: boolean
}

const LoopbackOrigin = z
  .url({ protocol: /^http$/, hostname: /^(127\.0\.0\.1|localhost|\[::1\])$/ })
  .transform((address) => new URL(address).origin)

const Mode = z
  .enum(['', 'training', 'live', 'practice'])
  .transform((mode) => (mode === '' ? null : mode))

/**
 * Reads the command line. `argument` returns the value of a switch, empty where it is not given. Throws when
 * `--training-gateway` is not an address of this computer, or `--mode` is not a mode.
 */
export function readLaunchOptions(
  argument: (name: string) => string,
  environment: Readonly<Record<string, string | undefined>>,
): LaunchOptions {
  const gateway = argument('training-gateway')
  const mode = Mode.parse(argument('mode'))
  const practice = mode === 'practice'
  return {
    mode: gateway !== '' || practice ? 'training' : mode,
    practice,
    trainingGateway: gateway === '' ? null : LoopbackOrigin.parse(gateway),
    developmentRuntime: environment['HEXIAO_TILL_DEVELOPMENT_RUNTIME'] === '1',
  }
}
