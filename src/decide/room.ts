/** Whether the disk can take the workspaces of a run. */

export interface Room {
  /** Of one checkout, in bytes. */
  readonly tree: number
  readonly free: number
  readonly workers: number
  /** Tasks that may still get a workspace. */
  readonly tasks: number
  /** Checkouts beside the workspaces: gate slots. */
  readonly gates: number
}

export interface Judged {
  /** `never`: the workers alone need more than there is. `maybe`: it depends on how long work waits for the lane. */
  readonly fits: 'yes' | 'maybe' | 'never'
  /** Bytes that are needed whatever happens, and if every task's workspace waits for its landing. */
  readonly least: number
  readonly most: number
}

export function judgeRoom({ tree, free, workers, tasks, gates }: Room): Judged {
  // Slots and workers use the disk together only once there is something to gate.
  const least = tree * Math.min(workers, tasks)
  const most = tree * (tasks + (tasks > 0 ? gates : 0))
  return { fits: least > free ? 'never' : most > free ? 'maybe' : 'yes', least, most }
}

/** `1.2 GB`; a thousand, not 1024. */
export function inBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  const step = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(bytes, 1)) / 3))
  const value = bytes / 1000 ** step
  return `${step === 0 ? value : value.toFixed(1)} ${units[step]}`
}
