import fs from 'node:fs'
import path from 'node:path'
import { runOrThrow } from '../command.ts'
import { requireFromProject } from '../project.ts'

/**
 * Returns where the runtime keeps the better-sqlite3 binary that it can load. The published binary needs Node-API 10
 * and crashes on this runtime's Node-API 9. The same sources are compiled against the experimental Node-API, which in
 * version 9 already has the one feature that they need (references to strings).
 */
export function sqliteBinary(runtimeFolder: string): string {
  return path.join(runtimeFolder, 'better-sqlite3', `${sqlitePackage().version}.node`)
}

/** Follows better-sqlite3's binding.gyp. Calling the compiler directly avoids node-gyp, make and Python. */
export async function compileSqlite(work: string, runtimeFolder: string): Promise<void> {
  const { folder } = sqlitePackage()
  const sqlite = path.join(folder, 'deps/sqlite3')
  const options = ['-O2', '-fPIC', '-w', '-DNDEBUG', `-I${sqlite}`, ...sqliteDefines(folder)]
  const includes = [
    path.dirname(requireFromProject.resolve('node-addon-api/package.json')),
    path.join(path.dirname(requireFromProject.resolve('node-api-headers/package.json')), 'include'),
  ].map((include) => `-I${include}`)
  const defines = [
    'NODE_API_EXPERIMENTAL_NO_WARNING',
    'NODE_API_EXPERIMENTAL_NOGC_ENV_OPT_OUT',
    'NAPI_DISABLE_CPP_EXCEPTIONS',
    'NODE_API_SWALLOW_UNTHROWABLE_EXCEPTIONS',
    'NODE_GYP_MODULE_NAME=better_sqlite3',
    'BUILDING_NODE_EXTENSION',
  ].map((define) => `-D${define}`)
  const experimental = ['-include', path.join(import.meta.dirname, 'node-api-experimental.h')]
  const library = path.join(work, 'sqlite3.o')
  const addon = path.join(work, 'better_sqlite3.o')
  const c = ['-std=c99', ...options]
  const hidden = ['-fvisibility=hidden', '-fvisibility-inlines-hidden']
  const cpp = ['-std=c++20', ...hidden, ...options, ...defines, ...includes, ...experimental]
  await Promise.all([
    runOrThrow('gcc', [...c, '-c', path.join(sqlite, 'sqlite3.c'), '-o', library]),
    runOrThrow('g++', [...cpp, '-c', path.join(folder, 'src/better_sqlite3.cpp'), '-o', addon]),
  ])
  const binary = path.join(work, 'better_sqlite3.node')
  const link = ['-shared', '-Wl,-Bsymbolic', '-Wl,--exclude-libs,ALL', addon, library, '-ldl']
  await runOrThrow('g++', [...link, '-o', binary])
  fs.mkdirSync(path.dirname(sqliteBinary(runtimeFolder)), { recursive: true })
  fs.renameSync(binary, sqliteBinary(runtimeFolder))
}

/** Returns SQLite's compile options exactly as better-sqlite3 builds it. */
function sqliteDefines(folder: string): string[] {
  const gypi = fs.readFileSync(path.join(folder, 'deps/defines.gypi'), 'utf8')
  return [...gypi.matchAll(/^\s*'(\w+(?:=[^']*)?)',$/gm)].map((match) => `-D${match[1]}`)
}

function sqlitePackage(): { folder: string; version: string } {
  const file = requireFromProject.resolve('better-sqlite3/package.json')
  const manifest: unknown = JSON.parse(fs.readFileSync(file, 'utf8'))
  if (typeof manifest !== 'object' || manifest === null || !('version' in manifest)) {
    throw new Error(`${file} names no version`)
  }
  return { folder: path.dirname(file), version: String(manifest.version) }
}
