/**
 * dist/ from src/: tsc strips the types into build/, ncc bundles each entry into a folder of its own. The same
 * sources give the same bytes anywhere. `--check` bundles elsewhere and exits 1 where dist/ differs.
 */
import { execFile } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const ROOT = join(import.meta.dirname, '..')
const DIST = join(ROOT, 'dist')
const ENTRIES = ['main', 'post', 'cli'] as const
const TSC = 'node_modules/typescript/bin/tsc'
const NCC = 'node_modules/@vercel/ncc/dist/ncc/cli.js'
const SHEBANG = '#!/usr/bin/env node\n'

async function build(out: string): Promise<void> {
  await rm(join(ROOT, 'build'), { recursive: true, force: true })
  await node(TSC, '--project', 'tsconfig.build.json')
  // Only now: sources that do not compile leave dist/ alone.
  await rm(out, { recursive: true, force: true })
  await Promise.all(ENTRIES.map(entry => bundle(entry, join(out, entry))))
  await makeExecutable(join(out, 'cli', 'index.js'))
}

/** Lazy imports become files of their own beside index.js; package.json says that they are modules. */
async function bundle(entry: string, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  // ncc takes tsc's output only: this TypeScript has no API that its own loader could call.
  await node(
    NCC,
    'build',
    `build/${entry}.js`,
    '--out',
    folder,
    '--no-cache',
    '--quiet',
    '--license',
    'licenses.txt',
  )
}

async function makeExecutable(file: string): Promise<void> {
  const code = await readFile(file, 'utf8')
  if (!code.startsWith('#!')) await writeFile(file, SHEBANG + code)
  await chmod(file, 0o755)
}

/** Runs a tool of node_modules; throws with all it said. */
async function node(script: string, ...args: readonly string[]): Promise<void> {
  try {
    await promisify(execFile)(process.execPath, [script, ...args], { cwd: ROOT, maxBuffer: 64 * 1024 * 1024 })
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string }
    throw new Error(`${stdout}${stderr}${script} ${args.join(' ')} failed`, { cause: error })
  }
}

/** Paths below `folder` with their bytes, sorted; empty where there is no such folder. */
async function filesIn(folder: string): Promise<ReadonlyMap<string, Buffer>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  const paths = entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name))
  const read = paths.sort().map(async path => [path.slice(folder.length + 1), await readFile(path)] as const)
  return new Map(await Promise.all(read))
}

async function differences(wanted: string, found: string): Promise<readonly string[]> {
  const [built, committed] = [await filesIn(wanted), await filesIn(found)]
  const changed = [...built].flatMap(([path, bytes]) => {
    const there = committed.get(path)
    if (there === undefined) return [`missing: dist/${path}`]
    return there.equals(bytes) ? [] : [`differs: dist/${path} (${there.length} bytes, built ${bytes.length})`]
  })
  const extra = [...committed.keys()].filter(path => !built.has(path)).map(path => `too many: dist/${path}`)
  const cli = await stat(join(found, 'cli', 'index.js')).catch(() => null)
  const plain = cli !== null && process.platform !== 'win32' && (cli.mode & 0o111) === 0
  return [...changed, ...extra, ...(plain ? ['not executable: dist/cli/index.js'] : [])]
}

async function check(): Promise<number> {
  const temporary = await mkdtemp(join(tmpdir(), 'fanout-dist-'))
  try {
    await build(join(temporary, 'dist'))
    const found = await differences(join(temporary, 'dist'), DIST)
    for (const line of found) console.error(line)
    console.log(found.length === 0 ? 'dist: made from these sources' : 'dist is out of date, run: make build')
    return found.length === 0 ? 0 : 1
  } finally {
    await rm(temporary, { recursive: true, force: true })
  }
}

async function write(): Promise<number> {
  // Beside dist/ first: whoever runs the bundles meanwhile has them whole.
  const fresh = `${DIST}.new`
  await build(fresh)
  await rm(DIST, { recursive: true, force: true })
  await rename(fresh, DIST)
  for (const [path, bytes] of await filesIn(DIST)) {
    console.log(`${String(Math.ceil(bytes.length / 1024)).padStart(7)} KiB  dist/${path}`)
  }
  return 0
}

const work = process.argv.includes('--check') ? check() : write()
process.exitCode = await work.catch((error: Error) => {
  console.error(error.message)
  return 1
})
