import { contextBridge, ipcRenderer, webUtils } from 'electron'
import { builtInNames } from '../contract/built-in-names.ts'
import { platformOf } from '../contract/platform.ts'
import { bindCalls } from '../contract/till-bridge.ts'

const calls = bindCalls(builtInNames, {
  call: (name) => (input: unknown) => ipcRenderer.invoke(name, input),
  listen: (name) => (listener: (payload: unknown) => void) => {
    // The page does not get the Electron event object, with which it could send on any channel.
    const relay = (_event: unknown, payload: unknown): void => listener(payload)
    ipcRenderer.on(name, relay)
    return () => {
      ipcRenderer.removeListener(name, relay)
    }
  },
})

contextBridge.exposeInMainWorld(
  'till',
  Object.freeze({
    ...calls,
    platform: platformOf(process.platform),
    pathOfFile: (file: File) => webUtils.getPathForFile(file),
  }),
)
