import { isIP } from 'node:net'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { readPort } from '../back-office/terminal.ts'

export const orderNames = ['status', 'attach', 'keys', 'expel'] as const
export type OrderName = (typeof orderNames)[number]

/** What was typed. `problem`: the word that is wrong or missing. */
export type OfficeHubCommand =
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly problem: string }
  | {
      readonly kind: 'run' | 'service'
      readonly folder: string
      /** DNS names and addresses by which others reach this computer; they are given the first. */
      readonly names: readonly string[]
      /** Path of `nats-server`; `null`: the first that is found. */
      readonly program: string | null
      readonly port: number
      readonly leafPort: number
    }
  | {
      readonly kind: 'order'
      readonly order: OrderName
      readonly folder: string
      /** The shop's, or for `keys` the chain's. */
      readonly name: string
      /** Where `attach` and `keys` write what they are given. */
      readonly output: string | null
    }

const options = {
  folder: { type: 'string' },
  names: { type: 'string' },
  program: { type: 'string' },
  port: { type: 'string' },
  'leaf-port': { type: 'string' },
  output: { type: 'string' },
  service: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const

const usualPort = 7650
const dnsName = /^(?!-)[A-Za-z0-9.-]{1,253}$/
/** What the file of a shop has room for. */
const longestName = 64

/** Reads `hexiao-till office-hub …`, without the first two words. */
export function readArguments(argv: readonly string[]): OfficeHubCommand {
  let read
  try {
    read = parseArgs({ args: [...argv], options, allowPositionals: true })
  } catch (cause) {
    return wrong(cause instanceof Error ? cause.message : '')
  }
  const { values, positionals } = read
  if (values.help || argv.length === 0) return { kind: 'help' }
  const [word = 'run', ...rest] = positionals
  const order = orderNames.find((each) => each === word)
  if (order === undefined && word !== 'run') return wrong(word)
  const takesName = order !== undefined && order !== 'status'
  const stray = rest[takesName ? 1 : 0]
  if (stray !== undefined) return wrong(stray)
  if (values.folder === undefined) return wrong('--folder')
  const folder = path.resolve(values.folder)
  if (order === undefined) return readRun(values, folder)
  const name = rest[0]?.trim() ?? ''
  if (takesName && (name === '' || name.length > longestName)) return wrong(order)
  const writes = order === 'attach' || order === 'keys'
  if (writes !== (values.output !== undefined)) return wrong('--output')
  const output = values.output === undefined ? null : path.resolve(values.output)
  return { kind: 'order', order, folder, name, output }
}

function readRun(
  values: {
    readonly names?: string
    readonly program?: string
    readonly port?: string
    readonly 'leaf-port'?: string
    readonly service: boolean
  },
  folder: string,
): OfficeHubCommand {
  const names = (values.names ?? '').split(',').map((name) => name.trim())
  if (!names.every((name) => dnsName.test(name) || isIP(name) !== 0)) return wrong('--names')
  const port = readPort(values.port) ?? usualPort
  if (port === 'wrong') return wrong('--port')
  const leafPort = readPort(values['leaf-port']) ?? port + 1
  if (leafPort === 'wrong' || leafPort === port) return wrong('--leaf-port')
  const program = values.program === undefined ? null : path.resolve(values.program)
  return { kind: values.service ? 'service' : 'run', folder, names, program, port, leafPort }
}

function wrong(problem: string): OfficeHubCommand {
  return { kind: 'wrong', problem }
}
