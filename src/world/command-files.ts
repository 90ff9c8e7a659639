/** The runner's command files, kept from those who find their paths where we cannot hide them (`/proc`, RUNNER_TEMP). */
import { readStart, removeAll, writeAtomic } from './files.ts'

// The job summary is written anew, whole, by step-summary.ts.
const NAMES = ['GITHUB_ENV', 'GITHUB_OUTPUT', 'GITHUB_PATH', 'GITHUB_STATE'] as const
/** More is never ours. */
const LARGEST = 16 * 1024 * 1024

/** Remembers what the files hold; what is returned makes them hold exactly that again, whatever they became. */
export async function rememberCommandFiles(
  env: Readonly<Record<string, string | undefined>>,
): Promise<() => Promise<void>> {
  const read = async (path: string): Promise<string | null> => readStart(path, LARGEST)
  const paths = NAMES.flatMap(name => env[name] || [])
  const known = await Promise.all(paths.map(async path => ({ path, content: (await read(path)) ?? '' })))
  return async () => {
    for (const { path, content } of known) {
      if ((await read(path)) === content) continue
      await removeAll(path)
      await writeAtomic(path, content)
    }
  }
}
