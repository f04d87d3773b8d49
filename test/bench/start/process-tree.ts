import fs from 'node:fs'

/** Returns a process and all that it started, by Linux's /proc. */
export function processTree(root: number): readonly number[] {
  const parents = new Map<number, number>()
  for (const name of fs.readdirSync('/proc')) {
    const id = Number(name)
    const parent = Number.isInteger(id) ? statOf(id)?.parent : undefined
    if (parent !== undefined) parents.set(id, parent)
  }
  const tree = new Set([root])
  let before = 0
  while (tree.size > before) {
    before = tree.size
    for (const [id, parent] of parents) if (tree.has(parent)) tree.add(id)
  }
  return [...tree]
}

/** Proportional memory of all processes of a tree, MB: what is shared counts once. */
export function memoryMb(root: number): number {
  const kilobytes = processTree(root).map((id) => {
    const pss = /^Pss:\s+(\d+) kB$/m.exec(read(`/proc/${id}/smaps_rollup`) ?? '')?.[1]
    return Number(pss ?? 0)
  })
  return kilobytes.reduce((sum, each) => sum + each, 0) / 1024
}

/** Processor time that a tree has used, seconds. */
export function processorSeconds(root: number): number {
  return processTree(root).reduce((sum, id) => sum + (statOf(id)?.ticks ?? 0), 0) / ticksPerSecond
}

/** Of Linux's `sysconf(_SC_CLK_TCK)`, which is 100 everywhere that Electron runs. */
const ticksPerSecond = 100

function statOf(id: number): { readonly parent: number; readonly ticks: number } | null {
  const text = read(`/proc/${id}/stat`)
  // The second field is the program's name in brackets, which may have spaces in it.
  const fields = text?.slice(text.lastIndexOf(')') + 2).split(' ')
  if (fields === undefined) return null
  return { parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) }
}

/** `null` for a process that has ended. */
function read(file: string): string | null {
  try {
    return fs.readFileSync(file, 'utf8')
  } catch {
    return null
  }
}
