/**
 * Git LFS: contents that commits only point at. They are no part of a push or a bundle and must go beside it. Where a
 * store holds none, which is where git-lfs is not in use, none of this costs more than a look.
 */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { access, constants, copyFile, mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { filesBelow, isFile } from './files.ts'
import { git, gitOk } from './git.ts'

/** git-lfs's own layout: `<git directory>/lfs/objects/ab/cd/abcd...`. */
function placeOf(folder: string, oid: string): string {
  return join(folder, 'objects', oid.slice(0, 2), oid.slice(2, 4), oid)
}

const POINTER = /^version https:\/\/git-lfs\.github\.com\/spec\/v1\n(?:ext-.*\n)*oid sha256:([0-9a-f]{64})$/gm
/** git-lfs takes no larger file for a pointer. */
const LARGEST_POINTER = 1024

/** The contents that commits of `wanted`, and not of `known`, point at, as far as the store holds them. */
export async function lfsContents(
  storeDir: string,
  wanted: readonly string[],
  known: readonly string[],
): Promise<readonly string[]> {
  const folder = join(storeDir, 'lfs')
  if (wanted.length === 0 || !(await isThere(join(folder, 'objects')))) return []
  const range = ['rev-list', '--objects', '--no-object-names', ...wanted, '--not', ...known]
  const checked = await gitOk(storeDir, ['cat-file', '--batch-check'], {
    input: await gitOk(storeDir, range),
  })
  const there = await Promise.all(
    (await named(checked, storeDir)).map(async oid => ((await isThere(placeOf(folder, oid))) ? [oid] : [])),
  )
  return there.flat()
}

/** Those of the blobs that are pointers: what Git LFS would store in place of a content. */
export async function pointersAmong(
  blobs: readonly string[],
  storeDir: string,
): Promise<ReadonlySet<string>> {
  const input = blobs.map(blob => `${blob}\n`).join('')
  const small = smallOf(await gitOk(storeDir, ['cat-file', '--batch-check'], { input }))
  const texts = await Promise.all(
    small.map(blob => gitOk(storeDir, ['cat-file', 'blob', blob], { encoding: 'latin1' })),
  )
  return new Set(
    small.filter((_, i) => texts[i]!.match(POINTER) !== null && texts[i]!.startsWith('version ')),
  )
}

/** Of answers of `cat-file --batch-check`: the blobs that are small enough. */
function smallOf(checked: string): readonly string[] {
  return checked.split('\n').flatMap(line => {
    const [, blob, size] = /^(\S+) blob (\d+)$/.exec(line) ?? []
    return blob && Number(size) < LARGEST_POINTER ? [blob] : []
  })
}

/** What the blobs among these answers of `cat-file --batch-check` point at. */
async function named(checked: string, storeDir: string): Promise<readonly string[]> {
  const small = smallOf(checked)
  if (small.length === 0) return []
  const texts = await gitOk(storeDir, ['cat-file', '--batch'], {
    input: `${small.join('\n')}\n`,
    encoding: 'latin1',
  })
  return [...new Set([...texts.matchAll(POINTER)].map(match => match[1]!))]
}

/** Takes over what these blobs point at from a worker's git directory: its own git-lfs has put it there. */
export async function takeLfsOf(blobs: readonly string[], gitDir: string, storeDir: string): Promise<void> {
  const folder = join(gitDir, 'lfs')
  if (blobs.length === 0 || !(await isThere(join(folder, 'objects')))) return
  const checked = await gitOk(storeDir, ['cat-file', '--batch-check'], { input: `${blobs.join('\n')}\n` })
  for (const oid of await named(checked, storeDir)) {
    const from = placeOf(folder, oid)
    if (!(await isFile(from)) || (await digestOf(from)) !== oid) continue
    await copyNew(from, placeOf(join(storeDir, 'lfs'), oid))
  }
}

async function digestOf(file: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(file)) hash.update(chunk)
  return hash.digest('hex')
}

/** Puts those of a range into `<folder>/lfs`, from where they can be copied into any git directory. */
export async function keepLfs(storeDir: string, base: string, commit: string, folder: string): Promise<void> {
  for (const oid of await lfsContents(storeDir, [commit], [base])) {
    await copyNew(placeOf(join(storeDir, 'lfs'), oid), placeOf(join(folder, 'lfs'), oid))
  }
}

/** Takes over what lies beside a bundle, or in another store. */
export async function takeLfs(source: string, storeDir: string): Promise<void> {
  const folder = source.endsWith('.bundle') ? dirname(source) : source
  const names = await filesBelow(join(folder, 'lfs', 'objects'))
  for (const name of names) {
    if (!/^[0-9a-f]{2}\/[0-9a-f]{2}\/[0-9a-f]{64}$/.test(name)) continue
    await copyNew(join(folder, 'lfs/objects', name), join(storeDir, 'lfs/objects', name))
  }
}

/** What `git lfs push` is to upload to: as the branch's own `.lfsconfig` says, never as a candidate's. */
export async function lfsUrl(storeDir: string, branch: string, pushUrl: string): Promise<string> {
  const args = ['config', '--blob', `refs/heads/${branch}:.lfsconfig`, '--get', 'lfs.url']
  const { exitCode, stdout } = await git(storeDir, args)
  if (exitCode === 0 && stdout.trim() !== '') return stdout.trim()
  return pushUrl.startsWith('/') ? `file://${pushUrl}` : pushUrl
}

async function copyNew(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true })
  await copyFile(from, to, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE).catch(error => {
    if (error.code !== 'EEXIST') throw error
  })
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
