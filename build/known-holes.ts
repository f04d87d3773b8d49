// npm run audit: asks the registry for known holes in what ships. Fails on a grave one. Where the registry gives none, or
// is not reached, that is said, and nothing fails.
import fs from 'node:fs'
import path from 'node:path'
import { npmOutput } from './npm.ts'
import { projectRoot, runTask } from './project.ts'
import { type Hole, readAudit } from './shipped/audit.ts'
import { licenceListFile } from './shipped/licence-list.ts'
import type { ShippedPackage } from './shipped/shipped-package.ts'

await runTask(async () => {
  const { output } = await npmOutput(['audit', '--json'])
  const audit = readAudit(output)
  if (audit.kind === 'not-reachable') {
    console.log(
      `Known holes: not reachable. The registry says nothing of them here (${audit.why}).`,
    )
    return 0
  }
  const shipped = new Set(readShipped())
  const grave = audit.holes.filter((hole) => hole.isGrave && shipped.has(hole.name))
  for (const hole of audit.holes) console.log(describe(hole, shipped.has(hole.name)))
  console.log(
    `Known holes: ${audit.holes.length}, of these grave and in what ships: ${grave.length}`,
  )
  return grave.length === 0 ? 0 : 1
})

function readShipped(): string[] {
  const file = path.join(projectRoot, licenceListFile)
  const list: ShippedPackage[] = JSON.parse(fs.readFileSync(file, 'utf8'))
  return list.map(({ name }) => name)
}

function describe({ name, severity, titles }: Hole, isShipped: boolean): string {
  return `${isShipped ? 'ships' : 'tools'}  ${severity}  ${name}: ${titles.join('; ')}`
}
