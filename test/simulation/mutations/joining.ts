import type { Mutation } from './mutation.ts'

const desk = 'main/chain/pairing/pairing-desk.ts'
const till = 'main/chain/pairing/join-shop.ts'
const spake2 = 'main/chain/pairing/spake2.ts'
const join = 'main/app/live/join-a-shop.ts'
const become = 'main/app/live/become-server.ts'
const orders = 'main/app/live/chain-desk.ts'
const key = 'main/app/live/change-shop-key.ts'
const cursor = 'main/store/journal-cursor.ts'
const control = 'main/back-office/control-socket.ts'

/** Bugs in how a shop of tills is set up: its codes, its server, and who belongs to it. */
export const joiningMutations: readonly Mutation[] = [
  {
    name: 'pairing: a wrong code is let in',
    file: desk,
    find: "    if (!keys.confirms(Buffer.from(confirmation.data.word, 'base64'))) {",
    replace: '    if (confirmation.data.word.length === 0) {',
  },
  {
    name: 'pairing: a code can be guessed without end',
    file: desk,
    find: '    tried.attempts += 1\n',
    replace: '',
  },
  {
    name: 'pairing: a code is good for a second till',
    file: desk,
    find: '    if (tried.isUsed || isLate) {',
    replace: '    if (isLate && !tried.isUsed) {',
  },
  {
    name: 'pairing: a till that never said that it kept the key stays in the shop',
    file: desk,
    find: '      if (!isKept) await parts.abandon(till.data)\n',
    replace: '',
  },
  {
    name: 'pairing: the till believes whoever answers',
    file: till,
    find: "  if (!keys.confirms(Buffer.from(confirmation.value.word, 'base64'))) return err('wrong-code')\n",
    replace: '',
  },
  {
    name: 'pairing: a share that is no point of the curve is taken',
    file: spake2,
    find: '      if (point === null) return null\n',
    replace: '      if (point === null) throw new Error()\n',
  },
  {
    name: 'joining: what was kept stays where the server has not let the till in',
    file: join,
    find: "    await keepAs(before, keyBefore.value)\n    return 'interrupted'",
    replace: "    return 'interrupted'",
  },
  {
    name: 'joining: a last word that was lost counts as not joined',
    file: join,
    find: '  if (!(await joining.value.kept()) && !(await isAdmitted(profile, own))) {',
    replace: '  if (!(await joining.value.kept())) {',
  },
  {
    name: 'setting up: a folder that nobody chose is taken over',
    file: become,
    find: "  if (!work.offeredFolders.has(from) && from !== work.stoppedFolder()) return 'folder-not-a-server'\n",
    replace: '',
  },
  {
    name: "setting up: a shop's folder is run without its key",
    file: become,
    find: "  if (moved !== null && known.value === null) return 'chain-key-missing'\n",
    replace: '',
  },
  {
    name: 'setting up: a program that the page names is started',
    file: become,
    find: "  if (!work.offered.has(given.program)) return 'program-not-chosen'\n",
    replace: '',
  },
  {
    name: 'the gate is opened for tills that the person was not shown',
    file: orders,
    find: "        if (gate.missing.some(({ key }) => !seen.includes(key))) return 'missing-changed'\n",
    replace: '',
  },
  {
    name: 'a till leaves before its files say so',
    file: orders,
    find: '        if (!changed.ok) return changed.error\n        await till.chain?.leave()\n',
    replace: '        await till.chain?.leave()\n        if (!changed.ok) return changed.error\n',
  },
  {
    name: "the shop's key: the others are cut off though the keychain refused",
    file: key,
    find: "      if (!(await secrets.write('chain-key', freshChainKey())).ok) return\n",
    replace: "      await secrets.write('chain-key', freshChainKey())\n",
  },
  {
    name: "the shop's key: tills that join again get the old one",
    file: key,
    find: '  await work.stop()\n  await work.start(kept.serving)\n',
    replace: '',
  },
  {
    name: 'the journal: another shop is told what was recorded before',
    file: cursor,
    find: '    if (this.#acknowledged() !== null && (before === null || before === shop)) return\n',
    replace: '    if (this.#acknowledged() !== null) return\n',
  },
  {
    name: 'a second server runs in one folder',
    file: control,
    find: "  if (other !== null) return 'runs-already'\n",
    replace: '',
  },
]
