import { contextBridge, ipcRenderer } from 'electron'
import { builtInOfficeNames } from '../contract/built-in-office-names.ts'
import { bindings } from '../contract/page-bindings.ts'
import { platformOf } from '../contract/platform.ts'
import { bindCalls } from '../contract/till-bridge.ts'

contextBridge.exposeInMainWorld(
  'office',
  Object.freeze({
    ...bindCalls(builtInOfficeNames, bindings(ipcRenderer)),
    platform: platformOf(process.platform),
  }),
)
