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

const modes = ['training', 'live', 'practice'] as const
const loopbackHosts = ['127.0.0.1', 'localhost', '[::1]']

/**
 * Reads the command line. `argument` returns the value of a switch, empty where it is not given. Throws when
 * `--training-gateway` is not an address of this computer, or `--mode` is not a mode.
 */
export function readLaunchOptions(
  argument: (name: string) => string,
  environment: Readonly<Record<string, string | undefined>>,
): LaunchOptions {
  const gateway = argument('training-gateway')
  const mode = modeOf(argument('mode'))
  const practice = mode === 'practice'
  return {
    mode: gateway !== '' || practice ? 'training' : mode,
    practice,
    trainingGateway: gateway === '' ? null : loopbackOrigin(gateway),
    developmentRuntime: environment['HEXIAO_TILL_DEVELOPMENT_RUNTIME'] === '1',
  }
}

function modeOf(name: string): (typeof modes)[number] | null {
  const mode = modes.find((each) => each === name) ?? null
  if (mode === null && name !== '') throw new Error(`--mode is one of ${modes.join(', ')}`)
  return mode
}

function loopbackOrigin(address: string): string {
  const url = URL.canParse(address) ? new URL(address) : null
  if (url?.protocol !== 'http:' || !loopbackHosts.includes(url.hostname))
    throw new Error('--training-gateway is an http address of this computer')
  return url.origin
}
