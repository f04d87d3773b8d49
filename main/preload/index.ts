import { contextBridge, ipcRenderer, webUtils } from 'electron'
import { builtInNames } from '../contract/built-in-names.ts'
import { bindings } from '../contract/page-bindings.ts'
import { platformOf } from '../contract/platform.ts'
import { bindCalls } from '../contract/till-bridge.ts'

const calls = bindCalls(builtInNames, bindings(ipcRenderer))

contextBridge.exposeInMainWorld(
  'till',
  Object.freeze({
    ...calls,
    platform: platformOf(process.platform),
    pathOfFile: (file: File) => webUtils.getPathForFile(file),
  }),
)
