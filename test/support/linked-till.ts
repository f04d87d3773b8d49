import { PosSettings } from '../../main/contract/pos.ts'
import { createPosLink, type PosLink, type PosLinkTill } from '../../main/pos/link.ts'
import { Paired } from '../../main/pos/schemas.ts'
import { freePort } from './free-port.ts'
import { ScriptedTill, tenYuanOff } from './scripted-till.ts'

/** A scripted till that knows the batch of every coupon (¥10 off from ¥50), with its link over real sockets. */
export class LinkedTill {
  readonly scripted = new ScriptedTill()
  readonly link: PosLink
  readonly records: unknown[] = []
  mode: PosLinkTill['mode']
  #settings: PosSettings

  private constructor(settings: PosSettings, mode: PosLinkTill['mode']) {
    this.scripted.store.stocks.save(tenYuanOff, this.scripted.now)
    this.scripted.till.start()
    this.#settings = settings
    this.mode = mode
    this.link = createPosLink({
      till: () => this.#till(),
      isPractice: false,
      elapsed: () => performance.now(),
      now: () => this.scripted.now,
      fileTime: Date.now,
      onFault: (cause) => this.scripted.faults.push(cause),
    })
    this.scripted.till.onCounter(() => this.link.changed())
  }

  static async open(
    change: Partial<PosSettings> = {},
    mode: PosLinkTill['mode'] = 'live',
  ): Promise<LinkedTill> {
    const port = await freePort()
    const linked = new LinkedTill(PosSettings.parse({ isOn: true, port, ...change }), mode)
    linked.link.sync()
    await linked.link.settled()
    return linked
  }

  get port(): number {
    return this.#settings.port
  }

  get origin(): string {
    return `http://127.0.0.1:${this.port}`
  }

  #till(): PosLinkTill {
    const { till, store, now } = this.scripted
    return {
      till,
      store: store.pos,
      mode: this.mode,
      tillId: 'T1',
      now: () => now,
      settings: this.#settings,
      record: (act) => this.records.push(act),
    }
  }

  /** Changes the settings of the link, as an owner does. */
  async set(change: Partial<PosSettings>): Promise<void> {
    this.#settings = { ...this.#settings, ...change }
    this.link.sync()
    await this.link.settled()
  }

  /** Pairs a POS and returns its token. */
  async pair(): Promise<string> {
    const paired = await fetch(`${this.origin}/v1/pairings`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code: this.link.offer().pairing?.code, name: 'POS' }),
    })
    return Paired.parse(await paired.json()).token
  }

  /** Asks as a POS with this token. */
  ask(token: string, method: string, path: string, body?: object, key = path): Promise<Response> {
    return fetch(`${this.origin}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'idempotency-key': key,
      },
      ...(body && { body: JSON.stringify(body) }),
    })
  }

  async close(): Promise<void> {
    await this.link.close()
    this.scripted.close()
  }
}
