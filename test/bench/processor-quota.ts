import fs from 'node:fs'
import path from 'node:path'
import { TaskError } from '../../build/project.ts'

/** Within this time the processes may use their share; a scheduler of a slow processor is not coarser. */
const periodUs = 100_000

/**
 * Holds this process, and all that it starts from now on, to a share of one processor's time, e.g. 0.4: about what the
 * processor of an old checkout PC does. By a control group of Linux's (version 1 or 2), which takes an administrator.
 * Throws a `TaskError` where there is none. Ends with the process.
 */
export function holdToQuota(share: number): void {
  const quotaUs = Math.round(share * periodUs)
  const group = groupOf()
  try {
    fs.mkdirSync(group.folder, { recursive: true })
    for (const [file, value] of group.settings(quotaUs))
      fs.writeFileSync(path.join(group.folder, file), value)
    fs.writeFileSync(path.join(group.folder, 'cgroup.procs'), String(process.pid))
  } catch (cause) {
    throw new TaskError('A share of the processor needs Linux and its administrator (root).', {
      cause,
    })
  }
  process.on('exit', () => {
    // This process is in the group until it ends, so that the group has to be left first.
    fs.writeFileSync(path.join(group.parent, 'cgroup.procs'), String(process.pid))
    fs.rmdirSync(group.folder)
  })
}

interface Group {
  readonly parent: string
  readonly folder: string
  readonly settings: (quotaUs: number) => readonly (readonly [file: string, value: string])[]
}

function groupOf(): Group {
  const name = `hexiao-till-bench-${process.pid}`
  const ofVersion1 = '/sys/fs/cgroup/cpu'
  if (fs.existsSync(path.join(ofVersion1, 'cpu.cfs_quota_us')))
    return {
      parent: ofVersion1,
      folder: path.join(ofVersion1, name),
      settings: (quotaUs) => [
        ['cpu.cfs_period_us', String(periodUs)],
        ['cpu.cfs_quota_us', String(quotaUs)],
      ],
    }
  const parent = '/sys/fs/cgroup'
  return {
    parent,
    folder: path.join(parent, name),
    settings: (quotaUs) => [['cpu.max', `${quotaUs} ${periodUs}`]],
  }
}
