import { extractFile } from '@electron/asar'
import path from 'node:path'

/**
 * Returns the code that is loaded with a script of the archive: its own and that of everything it imports, but for what it
 * imports later, when it is wanted. `script` is its path in the archive, e.g. `out/main/index.cjs`.
 */
export function loadedCode(archive: string, script: string): string {
  const folder = path.posix.dirname(script)
  const loaded = new Map<string, string>()
  load(path.posix.basename(script))
  return [...loaded.values()].join('\n')

  function load(name: string): void {
    if (loaded.has(name)) return
    const code = extractFile(archive, path.join(folder, name)).toString('utf8')
    loaded.set(name, code)
    for (const [, imported, required] of code.matchAll(importOf)) {
      const next = imported ?? required
      if (next !== undefined) load(next)
    }
  }
}

/**
 * An import or export of another script of the same folder, as the bundler writes it: minified for the page, and at the
 * beginning of a line for Node. What is required in the middle of a line is loaded when it is wanted.
 */
const importOf =
  /(?:^|[;}\n])\s*(?:import|export)\s*(?:[\w$*{}\s,]*?\bfrom\s*|[*{][\w$*{}\s,]*?from\s*)?["']\.\/([^"']+\.js)["']|^(?:(?:const|let|var) [\w$]+ = )?require\("\.\/([^"]+\.cjs)"\)/gm
