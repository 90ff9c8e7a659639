/** The job summary of this step: a file that the runner reads once the step has ended, however it ended. */
import { readText, writeSoon } from './files.ts'

export interface StepSummary {
  /** Replaces what was written here before. */
  write(markdown: string): Promise<void>
}

/** null: nobody reads one. What is in the file already stays in front. */
export async function openStepSummary(
  env: Readonly<Record<string, string | undefined>>,
): Promise<StepSummary | null> {
  const file = env.GITHUB_STEP_SUMMARY
  if (!file) return null
  const before = (await readText(file)) ?? ''
  return {
    write: markdown => writeSoon(file, before + markdown),
  }
}
