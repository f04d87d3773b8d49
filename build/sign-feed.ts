// npm run release:feed -- FILE [PERCENT]: says to which share of the tills a published version goes, and signs the list anew.
import { signFeed, setStaging } from './release/feed.ts'
import { runTask, TaskError } from './project.ts'

await runTask(async () => {
  const [feed = '', percent] = process.argv.slice(2)
  const key = process.env['HEXIAO_TILL_UPDATE_KEY'] ?? ''
  if (feed === '' || key === '')
    throw new TaskError('Name the list (latest*.yml), and the key in HEXIAO_TILL_UPDATE_KEY.')
  if (percent !== undefined) setStaging(feed, Number(percent))
  console.log(signFeed(feed, key))
  return 0
})
