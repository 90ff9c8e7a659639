/** The job summary of this step: a file that the runner reads once the step has ended, however it ended. */
import { openRunnerFile } from './runner-file.ts'

export interface StepSummary {
  /** Replaces what was written here before. */
  write(markdown: string): Promise<void>
}

/** null: nobody reads one, or it is no regular file. What is in the file already stays in front. */
export function openStepSummary(env: Readonly<Record<string, string | undefined>>): StepSummary | null {
  const path = env.GITHUB_STEP_SUMMARY
  const file = path ? openRunnerFile(path) : null
  if (file === null) return null
  const before = file.read() ?? Buffer.alloc(0)
  return {
    write: markdown => file.write(Buffer.concat([before, Buffer.from(markdown)])),
  }
}
