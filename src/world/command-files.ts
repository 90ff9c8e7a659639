/** The runner's command files, kept from those who find their paths where we cannot hide them (`/proc`, RUNNER_TEMP). */
import { isPlain, openRunnerFile } from './runner-file.ts'

type Env = Readonly<Record<string, string | undefined>>

// The job summary is written anew, whole, by step-summary.ts.
const NAMES = ['GITHUB_ENV', 'GITHUB_OUTPUT', 'GITHUB_PATH', 'GITHUB_STATE'] as const

/** Remembers what the files hold; what is returned makes them hold exactly that again, whatever they became. */
export function rememberCommandFiles(env: Env): () => Promise<void> {
  const known = NAMES.flatMap(name => {
    const file = env[name] ? openRunnerFile(env[name]) : null
    return file === null ? [] : [{ file, content: file.read() ?? Buffer.alloc(0) }]
  })
  return async () => {
    for (const { file, content } of known) {
      await file.write(content)
      file.close()
    }
  }
}

/** Variables that name what is no regular file, such as `/dev/null`: nothing is to be written there. */
export function leftAlone(env: Env): readonly string[] {
  return [...NAMES, 'GITHUB_STEP_SUMMARY'].filter(name => env[name] && !isPlain(env[name]))
}
