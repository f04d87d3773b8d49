import { openStore, type Store } from '../../main/store/store.ts'
import { testDataKey } from './test-data-key.ts'

/** Opens a store on an undamaged file; throws when it cannot. With `logBytes` 0 the log grows with each write. */
export function openTestStore(
  file: string,
  dataKey: Uint8Array = testDataKey,
  logBytes?: number,
): Store {
  const opened = openStore({
    file,
    dataKey,
    // Cheap, because no test measures the cost of a password.
    handOverCost: 10,
    ...(logBytes !== undefined && { logBytes }),
  })
  if (!opened.ok) throw new Error(`${file}: ${opened.error.code}`, opened.error)
  if (opened.value.rescue) throw new Error(`${file}: was damaged`)
  return opened.value
}
