import type { ShopServerView } from '../contract/chain.ts'
import type { Language } from '../contract/language.ts'
import { fill } from '../contract/words/fill.ts'
import { catalogues } from '../contract/words/index.ts'
import type { OrderName } from './arguments.ts'

/** How the server is, and for `code` what is typed at the till, as lines for a terminal. */
export function replyText(server: ShopServerView, order: OrderName, language: Language): string {
  const { shopServer } = catalogues[language].commands
  const { chain } = catalogues[language]
  const { pairing, gate, tills, addresses, port } = server
  const { code } = pairing
  const shown = code === null ? '' : `${code.slice(0, 4)} ${code.slice(4)}`
  if (order === 'code')
    return fill(shopServer.code, {
      code: shown,
      minutes: Math.round(pairing.leftMs / 60_000),
      address: addresses.join(', ') || `?:${port}`,
    })
  const missing = gate.missing.map(({ name }) => name).join(', ')
  return [
    chain.serverState[server.state],
    ...(gate.state === 'gathering' ? [fill(chain.gate.missing, { names: missing })] : []),
    ...(server.isDiskLow ? [chain.here.diskLow] : []),
    fill(shopServer.address, { address: addresses.join(', '), port }),
    ...tills.map(({ name, mustRejoin }) =>
      [`- ${name}`, ...(mustRejoin ? [chain.tills.mustRejoin] : [])].join(' · '),
    ),
    ...(tills.length === 0 ? [shopServer.noTills] : []),
  ].join('\n')
}
