import path from 'node:path'

/** The Node that the npm package `node` carries; the machine's own may be too old for the dependencies. */
export function projectNode(root) {
  return path.join(
    root,
    'node_modules/node/bin',
    process.platform === 'win32' ? 'node.exe' : 'node',
  )
}

/** PATH (under the spelling this machine uses) with the project's tools, its Node among them, in front. */
export function searchPathWithProjectTools(root) {
  const name = Object.keys(process.env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH'
  const tools = path.join(root, 'node_modules/.bin')
  const entries = (process.env[name] ?? '').split(path.delimiter).filter((entry) => entry !== tools)
  return { [name]: [tools, ...entries].join(path.delimiter) }
}
