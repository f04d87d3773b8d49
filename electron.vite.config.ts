import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import { channelNames } from './main/contract/api.ts'

// Syntax is lowered to what the development runtime (Electron 33) understands; Electron 45 runs the same files.
export default defineConfig({
  main: {
    build: {
      target: 'node20',
      externalizeDeps: true,
      rolldownOptions: {
        // The second is the program of a thread (main/outside/worker-file.ts).
        input: { index: 'main/index.ts', 'outside-worker': 'main/outside/worker.ts' },
      },
    },
  },
  preload: {
    // The list's names without its schemas, which would bring their library into the sandboxed script.
    define: { CHANNEL_NAMES: JSON.stringify(channelNames) },
    build: {
      target: 'node20',
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: 'main/preload/index.ts' },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'renderer',
    plugins: [react()],
    build: {
      target: 'chrome130',
      minify: true,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: { input: { index: 'renderer/index.html' } },
    },
  },
})
