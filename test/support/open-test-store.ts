import { openStore, type Store } from '../../main/store/store.ts'
import { testDataKey } from './test-data-key.ts'

/** A store on a file that nothing is wrong with. */
export function openTestStore(file: string, dataKey: Uint8Array = testDataKey): Store {
  const opened = openStore({ file, dataKey })
  if (!opened.ok) throw new Error(`${file}: ${opened.error.code}`, opened.error)
  if (opened.value.rescue) throw new Error(`${file}: was damaged`)
  return opened.value
}
