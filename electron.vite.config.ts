import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

// Syntax is lowered to what the development runtime (Electron 33) understands; Electron 45 runs the same files.
export default defineConfig({
  main: {
    build: {
      target: 'node20',
      externalizeDeps: true,
      rolldownOptions: { input: { index: 'main/index.ts' } },
    },
  },
  preload: {
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
