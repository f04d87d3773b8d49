import { openStore, type Store } from '../../main/store/store.ts'
import { testDataKey } from './test-data-key.ts'

/** A store on a file that nothing is wrong with. `logBytes` of 0: the log grows with what is written. */
export function openTestStore(
  file: string,
  dataKey: Uint8Array = testDataKey,
  logBytes?: number,
): Store {
  const opened = openStore({
    file,
    dataKey,
    // What a password costs is no part of any test.
    handOverCost: 10,
    ...(logBytes !== undefined && { logBytes }),
  })
  if (!opened.ok) throw new Error(`${file}: ${opened.error.code}`, opened.error)
  if (opened.value.rescue) throw new Error(`${file}: was damaged`)
  return opened.value
}
