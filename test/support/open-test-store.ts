import { openStore, type TillStore } from '../../main/store/store.ts'

/** A store on a file that nothing is wrong with. */
export function openTestStore(file: string): TillStore {
  const opened = openStore(file)
  if (!opened.ok) throw new Error(`${file}: ${opened.error.code}`, opened.error)
  if (opened.value.rescue) throw new Error(`${file}: was damaged`)
  return opened.value
}
