/** Whether the machine has the memory that its workers will take, judged by the largest one that has ended. */
import { inBytes } from './room.ts'

export interface Need {
  /** What the largest worker took, in bytes. */
  readonly largest: number
  readonly workers: number
  /** Those that are still to run, and run. */
  readonly tasks: number
  /** Before any of them ran. */
  readonly free: number
}

/** A sentence for the log; null: there is enough, as far as that tells. */
export function memoryWarning({ largest, workers, tasks, free }: Need): string | null {
  const together = Math.min(workers, tasks)
  if (together * largest <= free) return null
  const fit = Math.max(1, Math.floor(free / largest))
  return (
    `The largest worker took ${inBytes(largest)}, ${together} at a time may take ${inBytes(together * largest)}, and ${inBytes(free)} was free before they began: ` +
    `the kernel may kill some of them (exit code 137). Set \`workers: ${fit}\`, or take a runner with more memory.`
  )
}
