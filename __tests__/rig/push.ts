import { type Env, type RunResult, run } from './exec.ts'
import type { Clone } from './repo.ts'

/** A plain `git push --porcelain` of HEAD; stderr without the padding git puts after each `remote:` line. */
export async function push(clone: Clone, env: Env = {}): Promise<RunResult> {
  const result = await run('git', ['push', '--porcelain', 'origin', 'HEAD:refs/heads/main'], {
    cwd: clone.path,
    env,
  })
  return { ...result, stderr: result.stderr.replace(/ +$/gm, '') }
}
