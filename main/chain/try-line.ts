import { type LineState, openLine } from './line.ts'
import type { ChainProfile } from './profile.ts'
import { keyOf } from './till-key.ts'

const lookMs = 50

/**
 * Connects with this key, asks for nothing, and closes the connection again. Returns how the server took it; `connecting` or `no-server`
 * where it did not within `withinMs`. A server that starts anew in this moment is waited for.
 */
export async function tryLine(
  { address, authority }: Pick<ChainProfile, 'address' | 'authority'>,
  seed: string,
  withinMs: number,
): Promise<LineState> {
  const line = openLine({
    address,
    authority,
    seed,
    key: keyOf(seed),
    random: Math.random,
    onFault: () => undefined,
  })
  try {
    const until = performance.now() + withinMs
    while (isOpenQuestion(line.state()) && performance.now() < until)
      await new Promise((resolve) => setTimeout(resolve, lookMs))
    return line.state()
  } finally {
    await line.close()
  }
}

function isOpenQuestion(state: LineState): boolean {
  return state === 'connecting' || state === 'no-server'
}
