import type { Mutation } from './mutation.ts'

const start = 'main/engine/start-engine.ts'
const toldQuery = 'main/store/told-query.ts'
const stage = 'main/redemption/stage.ts'

/** The engine's thread and the window's, and what a restart shows. */
export const threadingMutations: readonly Mutation[] = [
  {
    name: 'what nobody on the thread caught is told to nobody',
    file: start,
    find: '    isEnding = true\n    onFault(cause)\n',
    replace: '    isEnding = true\n',
  },
  {
    name: 'a thread that ended by itself is not noticed',
    file: start,
    find: '    if (!isEnding) onFault(',
    replace: '    if (isEnding) onFault(',
  },
  {
    name: 'a till that is still being opened is waited for at the end',
    file: start,
    find: '      if (latest !== null) await engine.close()\n',
    replace: '      await engine.close()\n',
  },
  {
    name: 'an older snapshot replaces a newer one at the window',
    file: start,
    find: '    if (latest !== null && snapshot.revision < latest.revision) return\n    latest = snapshot\n',
    replace: '    latest ??= snapshot\n',
  },
  {
    name: 'a request that nobody knows is carried out',
    file: 'main/ipc/serve-page.ts',
    find: 'channelNames.requests.find((each) => each === name)',
    replace: "channelNames.requests.find((each) => each === name || each === 'app.retry')",
  },
  {
    name: 'what became known of a rested order after its end is shown by a restart',
    file: toldQuery,
    find: '      if (isCleared) ended.add(orderNo)\n      if (isCleared) continue\n',
    replace: '      if (isCleared) continue\n',
  },
  {
    name: 'what was told beside the coupon shown is forgotten by a restart after a rest',
    file: stage,
    find: '      this.#before = others\n',
    replace: '',
  },
  {
    name: 'coupons of an order before the restart stand beside the next total',
    file: stage,
    find: '  dropEarlier(): void {\n    this.#before = []\n',
    replace: '  dropEarlier(): void {\n',
  },
]
