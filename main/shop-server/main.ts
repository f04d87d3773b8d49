// `hexiao-till shop-server`: the shop's server on a computer without a till, run by Node (docs/decisions/0064-a-server-without-a-till.md).
import { fill } from '../contract/words/fill.ts'
import { catalogues } from '../contract/words/index.ts'
import { readArguments, type ShopServerCommand } from './arguments.ts'
import { giveOrder } from './control.ts'
import { replyText } from './reply-text.ts'
import { serve } from './serve.ts'
import { serviceText } from './service-text.ts'

const exitCodes = { ok: 0, failed: 1, usage: 64 } as const

const language = /^zh/i.test(process.env['LC_ALL'] ?? process.env['LANG'] ?? '') ? 'zh-CN' : 'en'
const words = catalogues[language].commands.shopServer
process.exitCode = await main(readArguments(process.argv.slice(2)))

async function main(command: ShopServerCommand): Promise<number> {
  switch (command.kind) {
    case 'help':
      print(words.usage)
      return exitCodes.ok
    case 'wrong':
      complain(fill(words.wrong, { problem: command.problem }))
      complain(words.usage)
      return exitCodes.usage
    case 'service': {
      const [node, script = ''] = process.argv
      print(serviceText(command, [node ?? 'node', script]))
      return exitCodes.ok
    }
    case 'order':
      return order(command)
    case 'run':
      return run(command)
  }
}

async function order(command: Extract<ShopServerCommand, { kind: 'order' }>): Promise<number> {
  const { folder, name, isJson } = command
  const reply = await giveOrder(folder, { order: command.order, name })
  if (isJson) print(JSON.stringify(reply))
  else if (reply === null) complain(fill(words.notRunning, { folder }))
  else if (reply.ok) print(replyText(reply.server, command.order, language))
  else complain(words.fault[reply.fault])
  return reply?.ok === true ? exitCodes.ok : exitCodes.failed
}

async function run(
  command: Extract<ShopServerCommand, { kind: 'run' | 'service' }>,
): Promise<number> {
  const served = await serve({ ...command, env: process.env, say: print })
  if (typeof served === 'string') {
    complain(words.notStarted[served === 'running' ? 'not-started' : served])
    return exitCodes.failed
  }
  print(fill(words.runs, { folder: command.folder, port: served.port }))
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const)
      process.once(signal, () => resolve())
  })
  await served.close()
  return exitCodes.ok
}

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}

function complain(text: string): void {
  process.stderr.write(`${text}\n`)
}
