import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'

export type TempDir = AsyncDisposable & { readonly path: string }

/** A folder of its own under the system's temp, removed on dispose; for `await using`. */
export async function tempDir(name = 'rig'): Promise<TempDir> {
  // The real path: git compares `includeIf.gitdir` and worktrees by it, and macOS's /tmp is a link.
  const path = await realpath(await mkdtemp(join(tmpdir(), `fanout-${name}-`)))
  return {
    path,
    // Retries: a process that is just dying may still create a file while the folder is being removed.
    [Symbol.asyncDispose]: () =>
      rm(path, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 }).catch(async () => {
        // It gets to folders that lie deeper than any path.
        await promisify(execFile)('rm', ['-rf', path])
      }),
  }
}

/** Relative path -> content, folders made as needed. */
export async function writeFiles(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name)
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, content)
  }
}

/** The lines that others have written to a file so far; none where there is no file. */
export async function linesIn(file: string): Promise<string[]> {
  return (await readFile(file, 'utf8').catch(() => '')).split('\n').filter(line => line !== '')
}
