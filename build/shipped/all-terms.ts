import type { ShippedPackage } from './shipped-package.ts'

const rule = '-'.repeat(80)

/** One text with the terms of everything that ships, ours first. */
export function allTerms(ours: string, shipped: readonly ShippedPackage[]): string {
  const others = shipped.map(
    ({ name, version, licence, text }) => `${rule}\n${name} ${version} (${licence})\n\n${text}\n`,
  )
  return `Hexiao Till

${ours.trim()}

Electron brings Chromium, Node.js and what they are made of. Their terms are in the files LICENSE.electron.txt and
LICENSES.chromium.html beside the program.

The following packages are part of Hexiao Till.

${others.join('\n')}`
}
