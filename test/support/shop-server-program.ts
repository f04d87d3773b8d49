import path from 'node:path'
import { Reply } from '../../main/shop-server/orders.ts'
import { type BackOfficeProgram, startBackOfficeProgram } from './back-office-program.ts'

const source = path.join(import.meta.dirname, '../../main/shop-server/main.ts')

export interface ShopServerProgram extends BackOfficeProgram {
  order(...words: string[]): Promise<Reply>
}

/** Starts `hexiao-till shop-server`, and waits until it says that it runs. */
export async function startShopServerProgram(
  folder: string,
  port: number,
  script = source,
): Promise<ShopServerProgram> {
  const program = await startBackOfficeProgram(script, folder, port)
  return {
    ...program,
    order: async (...words) => Reply.parse(JSON.parse(await program.text(...words, '--json'))),
  }
}
