import path from 'node:path'

/** Returns the path of the Node in the npm package `node`; the machine's own may be too old for the dependencies. */
export function projectNode(root) {
  return path.join(
    root,
    'node_modules/node/bin',
    process.platform === 'win32' ? 'node.exe' : 'node',
  )
}

/** Returns PATH (with the name that this machine uses for it) with the project's tools and its Node in front. */
export function searchPathWithProjectTools(root) {
  const name = Object.keys(process.env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH'
  const tools = path.join(root, 'node_modules/.bin')
  const entries = (process.env[name] ?? '').split(path.delimiter).filter((entry) => entry !== tools)
  return { [name]: [tools, ...entries].join(path.delimiter) }
}
