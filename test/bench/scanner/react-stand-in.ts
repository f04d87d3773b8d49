import { isCallable } from './page-sandbox.ts'

/** The three hooks that the compared libraries use, by React's rules: refs persist, effects run after the render. */
export function reactStandIn() {
  const refs: { current: unknown }[] = []
  const ranOnce = new Set<number>()
  let refAt = 0
  let effectAt = 0
  let effects: (() => void)[] = []
  const module = {
    useRef(initial: unknown) {
      const ref = refs[refAt] ?? { current: initial }
      refs[refAt] = ref
      refAt += 1
      return ref
    },
    useCallback: (callback: unknown) => callback,
    useEffect(effect: unknown, dependencies?: readonly unknown[]) {
      const id = effectAt
      effectAt += 1
      if (dependencies !== undefined && ranOnce.has(id)) return
      ranOnce.add(id)
      if (isCallable(effect)) effects.push(() => effect())
    },
  }
  return {
    module,
    render(hook: () => unknown): void {
      refAt = 0
      effectAt = 0
      effects = []
      hook()
      for (const effect of effects) effect()
    },
  }
}
