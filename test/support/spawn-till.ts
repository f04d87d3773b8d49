import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { createInterface } from 'node:readline'
import type { ControlClient } from '../../main/training/control-client.ts'
import { createPracticeKeys } from '../../main/training/practice-keys.ts'
import { TillProcessLine, type TillProcessSetup } from './till-process.ts'

/** Enrols a till with the stand-in. Returns the merchant's secrets in a form that another process can be given. */
export async function enrolTillProcess(
  control: ControlClient,
): Promise<TillProcessSetup['secrets']> {
  const { certificatePem, privateKeyPem, serial } = await createPracticeKeys()
  const enrolled = await control.enrol({ certificatePem })
  return {
    merchantId: enrolled.mchid,
    appid: enrolled.appid,
    serial,
    privateKeyPem,
    publicKey: { id: enrolled.publicKeyId, pem: enrolled.publicKeyPem },
    apiV3Key: null,
  }
}

export class TillProcess {
  /** Everything that it has printed so far, which is what the cashier saw. */
  readonly printed: TillProcessLine[] = []
  readonly #child: ChildProcess
  readonly #exited: Promise<unknown>
  #errors = ''
  #heard = Promise.withResolvers<void>()

  constructor(setup: TillProcessSetup, environment: NodeJS.ProcessEnv = {}) {
    const script = path.join(import.meta.dirname, 'till-process.ts')
    this.#child = spawn(process.execPath, [script], {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...process.env, ...environment },
    })
    this.#exited = once(this.#child, 'close')
    // Orders to a process that has ended are dropped.
    this.#child.stdin?.on('error', () => {})
    this.#child.stderr?.on('data', (chunk: Buffer) => (this.#errors += chunk.toString('utf8')))
    if (this.#child.stdout) {
      createInterface({ input: this.#child.stdout }).on('line', (line) => {
        // A line cut off by the kill was not shown.
        if (!line.endsWith('}')) return
        this.printed.push(TillProcessLine.parse(JSON.parse(line)))
        this.#heard.resolve()
        this.#heard = Promise.withResolvers()
      })
    }
    this.#write(setup)
  }

  scan(code: string): void {
    this.#write({ order: 'scan', code })
  }

  /** Resolves to the next line of this kind from now on; rejects when the process ends first. */
  async next<K extends TillProcessLine['kind']>(
    kind: K,
  ): Promise<Extract<TillProcessLine, { kind: K }>> {
    for (let from = this.printed.length; ; from = this.printed.length) {
      await Promise.race([this.#heard.promise, this.#endsTooSoon()])
      const line = this.printed.slice(from).find((entry) => isOfKind(entry, kind))
      if (line && isOfKind(line, kind)) return line
    }
  }

  async countWaiting(): Promise<number> {
    const answer = this.next('waiting')
    this.#write({ order: 'count-waiting' })
    return (await answer).count
  }

  /** Sends SIGKILL, which nothing in the process can handle. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL')
    await this.#exited
  }

  async #endsTooSoon(): Promise<never> {
    await this.#exited
    throw new Error(`the till's process ended: ${this.#errors}`)
  }

  #write(value: unknown): void {
    this.#child.stdin?.write(`${JSON.stringify(value)}\n`)
  }
}

function isOfKind<K extends TillProcessLine['kind']>(
  line: TillProcessLine,
  kind: K,
): line is Extract<TillProcessLine, { kind: K }> {
  return line.kind === kind
}
