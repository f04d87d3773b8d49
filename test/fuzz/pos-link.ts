import { createPosApp } from '../../main/pos/app.ts'
import { PosClients } from '../../main/pos/clients.ts'
import { PosFeed } from '../../main/pos/feed.ts'
import { OnceOnly } from '../../main/pos/once.ts'
import { ScriptedTill, tenYuanOff } from '../support/scripted-till.ts'

/** A scripted till that knows the batch of its coupons, with the link's app and without a server. */
export function openPosLink(port: number, origins: readonly string[]) {
  const scripted = new ScriptedTill({ patienceMs: 50, holdMs: 60_000 })
  scripted.store.stocks.save(tenYuanOff, scripted.now)
  scripted.till.start()
  const { store } = scripted
  const faults: unknown[] = []
  const onFault = (cause: unknown): void => void faults.push(cause)
  let elapsed = 0
  const clients = new PosClients({ elapsed: () => elapsed, now: () => scripted.now })
  const open = () =>
    ({
      till: scripted.till,
      store: store.pos,
      mode: 'live',
      tillId: 'T1',
      now: () => scripted.now,
    }) as const
  const app = createPosApp({
    till: open,
    clients,
    feed: new PosFeed(open),
    once: new OnceOnly(),
    port: () => port,
    origins: () => origins,
    elapsed: () => elapsed,
    onPaired: () => undefined,
    onFault,
  })
  return {
    scripted,
    store,
    clients,
    app,
    open,
    onFault,
    /** What was thrown, here and in the till. */
    faults: () => [...faults, ...scripted.faults],
    /** Lets the clock run by which attempts are counted. */
    elapse(ms: number) {
      elapsed += ms
    },
  }
}
