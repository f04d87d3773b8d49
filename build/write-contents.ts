// node build/write-contents.ts: after npm run package, takes what is in it for right. Look at the difference.
import fs from 'node:fs'
import { packagedApp } from './packaged-app.ts'
import { contentsFile, contentsOf } from './shipped/contents.ts'

fs.writeFileSync(contentsFile, `${contentsOf(packagedApp().resources).join('\n')}\n`)
