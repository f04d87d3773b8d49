import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import vm from 'node:vm'
import { projectRoot } from '../../../build/project.ts'
import { VirtualClock } from './virtual-clock.ts'

type Callable = (...args: readonly unknown[]) => unknown

export function isCallable(value: unknown): value is Callable {
  return typeof value === 'function'
}

/** Reads a property of a value whose type is unknown. */
export function member(of: unknown, name: string): unknown {
  if ((typeof of !== 'object' && typeof of !== 'function') || of === null) return undefined
  const value: unknown = Reflect.get(of, name)
  return value
}

export function call(of: unknown, name: string, ...args: readonly unknown[]): unknown {
  const method = member(of, name)
  if (!isCallable(method)) throw new Error(`no method ${name}`)
  return Reflect.apply(method, of, args)
}

/**
 * The parts of a page that the scanner libraries use, on a clock of its own. It runs published CommonJS files
 * unmodified.
 */
export class PageSandbox {
  readonly clock = new VirtualClock()
  readonly document: object
  private readonly listeners = new Map<string, Set<Callable>>()
  private readonly context: vm.Context
  private readonly modules = new Map<string, unknown>()

  constructor(replaced: Readonly<Record<string, unknown>> = {}) {
    for (const [name, module] of Object.entries(replaced)) this.modules.set(name, module)
    this.document = {
      addEventListener: (type: string, listener: Callable) => this.listen(type, listener),
      removeEventListener: (type: string, listener: Callable) =>
        this.listeners.get(type)?.delete(listener),
      dispatchEvent: () => true,
      activeElement: null,
    }
    const { clock } = this
    const setTimer =
      (repeats: boolean) =>
      (timed: unknown, ms: unknown, ...given: readonly unknown[]): number =>
        clock.set(() => isCallable(timed) && timed(...given), Number(ms ?? 0), repeats)
    this.context = vm.createContext({
      document: this.document,
      performance: { now: () => clock.now },
      Date: { now: () => clock.now },
      setTimeout: setTimer(false),
      setInterval: setTimer(true),
      clearTimeout: (id: number) => clock.clear(id),
      clearInterval: (id: number) => clock.clear(id),
      CustomEvent: Event,
      URL,
      // What the libraries print about codes that they reject is of no use here.
      console: { log() {}, error() {} },
    })
    vm.runInContext('globalThis.window = globalThis', this.context)
  }

  dispatch(event: { readonly type: string }): void {
    for (const listener of this.listeners.get(event.type) ?? []) {
      Reflect.apply(listener, this.document, [event])
    }
  }

  /** Returns the exports of a package's file, given by its path under `node_modules`. */
  load(file: string): unknown {
    return this.loadFile(path.join(projectRoot, 'node_modules', file))
  }

  private loadFile(file: string): unknown {
    const module = { exports: {} }
    const requireFrom = createRequire(file)
    const load = (name: string): unknown =>
      this.modules.get(name) ?? this.loadFile(requireFrom.resolve(name))
    const wrapped: unknown = vm.runInContext(
      `(function (module, exports, require, process) {${fs.readFileSync(file, 'utf8')}\n})`,
      this.context,
      { filename: file },
    )
    if (isCallable(wrapped)) {
      wrapped(module, module.exports, load, { env: { NODE_ENV: 'production' } })
    }
    return module.exports
  }

  private listen(type: string, listener: Callable): void {
    const known = this.listeners.get(type) ?? new Set()
    this.listeners.set(type, known.add(listener))
  }
}
