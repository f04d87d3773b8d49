// `hexiao-till shop-server`: the shop's server on a computer without a till, run by Node (docs/decisions/0064-a-server-without-a-till.md).
import { giveOrder } from '../back-office/control-socket.ts'
import { serviceText } from '../back-office/service-text.ts'
import {
  complain,
  exitCodes,
  ownStart,
  print,
  terminalLanguage,
  untilAskedToEnd,
} from '../back-office/terminal.ts'
import { fill } from '../contract/words/fill.ts'
import { catalogues } from '../contract/words/index.ts'
import { readArguments, type ShopServerCommand } from './arguments.ts'
import { Reply } from './orders.ts'
import { replyText } from './reply-text.ts'
import { serve } from './serve.ts'
import { serviceOf } from './service.ts'

const language = terminalLanguage(process.env)
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
    case 'service':
      print(serviceText(serviceOf(command, ownStart())))
      return exitCodes.ok
    case 'order':
      return order(command)
    case 'run':
      return run(command)
  }
}

async function order(command: Extract<ShopServerCommand, { kind: 'order' }>): Promise<number> {
  const { folder, name, isJson } = command
  const reply = await giveOrder(folder, { order: command.order, name }, Reply)
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
  await untilAskedToEnd()
  await served.close()
  return exitCodes.ok
}
