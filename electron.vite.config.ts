import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import { licenceList } from './build/shipped/licence-list.ts'
import { channelNames } from './main/contract/api.ts'

const licences = licenceList(import.meta.dirname)

// Syntax is lowered to what the development runtime (Electron 33) understands; Electron 45 runs the same files.
export default defineConfig({
  main: {
    plugins: [licences.plugin()],
    build: {
      target: 'node20',
      externalizeDeps: true,
      rolldownOptions: {
        // The others are programs of threads (main/engine/start-engine.ts, main/outside/worker-file.ts).
        input: {
          index: 'main/index.ts',
          engine: 'main/engine/thread.ts',
          'outside-worker': 'main/outside/worker.ts',
        },
        // Beside them, so that a thread's program is found from wherever its starter is bundled.
        output: { chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  preload: {
    plugins: [licences.plugin()],
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
    plugins: [react(), licences.plugin(true)],
    build: {
      target: 'chrome130',
      minify: true,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: { input: { index: 'renderer/index.html' } },
    },
  },
})
