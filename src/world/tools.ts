/** Short questions to the machine's other tools. */
import { getExecOutput } from '@actions/exec'

/** Whether make knows the target there. `make -n` prints what it would do and does not do it. */
export async function hasMakeTarget(dir: string, target: string): Promise<boolean> {
  try {
    const { exitCode, stderr } = await getExecOutput('make', ['--dry-run', '--silent', target], {
      cwd: dir,
      env: { ...(process.env as Record<string, string>), LC_ALL: 'C', MAKEFLAGS: '' },
      silent: true,
      ignoreReturnCode: true,
    })
    return exitCode === 0 || !/No rule to make target|no makefile found/i.test(stderr)
  } catch {
    // There is no make.
    return false
  }
}
