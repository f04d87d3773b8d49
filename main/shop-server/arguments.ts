import path from 'node:path'
import { parseArgs } from 'node:util'
import { readPort } from '../back-office/terminal.ts'

export const orderNames = ['status', 'code', 'remove', 'open', 'new-key'] as const
export type OrderName = (typeof orderNames)[number]

/** What was typed. `problem`: the word that is wrong or missing. */
export type ShopServerCommand =
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly problem: string }
  | {
      readonly kind: 'run' | 'service'
      readonly folder: string
      /** Path of `nats-server`; `null`: as it was last, or the first that is found. */
      readonly program: string | null
      readonly port: number | null
    }
  | {
      readonly kind: 'order'
      readonly order: OrderName
      readonly folder: string
      /** The till's name, for `remove`. */
      readonly name: string
      readonly isJson: boolean
    }

const options = {
  folder: { type: 'string' },
  program: { type: 'string' },
  port: { type: 'string' },
  json: { type: 'boolean', default: false },
  service: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const

/** Reads `hexiao-till shop-server …`, without the first two words. */
export function readArguments(argv: readonly string[]): ShopServerCommand {
  let read
  try {
    read = parseArgs({ args: [...argv], options, allowPositionals: true })
  } catch (cause) {
    return { kind: 'wrong', problem: cause instanceof Error ? cause.message : '' }
  }
  const { values, positionals } = read
  const [word = 'run', name = '', ...rest] = positionals
  if (values.help || (positionals.length === 0 && argv.length === 0)) return { kind: 'help' }
  const stray = word === 'remove' ? rest[0] : [name, ...rest].find((each) => each !== '')
  if (stray !== undefined) return { kind: 'wrong', problem: stray }
  if (values.folder === undefined) return { kind: 'wrong', problem: '--folder' }
  const folder = path.resolve(values.folder)
  const order = orderNames.find((each) => each === word)
  if (order !== undefined) {
    if (order === 'remove' && name === '') return { kind: 'wrong', problem: 'remove' }
    return { kind: 'order', order, folder, name, isJson: values.json }
  }
  if (word !== 'run') return { kind: 'wrong', problem: word }
  const port = readPort(values.port)
  if (port === 'wrong') return { kind: 'wrong', problem: '--port' }
  const program = values.program === undefined ? null : path.resolve(values.program)
  return { kind: values.service ? 'service' : 'run', folder, program, port }
}
