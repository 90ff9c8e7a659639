/** `state.json`: the folded state for people and tools, within a second of a change and at the end. */
import type { RunState, TaskState } from '../decide/task.ts'
import { reasonOf } from '../decide/verdict.ts'
import { writeAtomic } from './files.ts'
import type { JournalHead } from './journal.ts'

export interface StateFile {
  update(state: RunState): void
  /** Writes what is still due. */
  close(): Promise<void>
}

const WITHIN_MS = 300

/** `titles` by task id; `mask` takes secrets out of all that is written. */
export function openStateFile(
  file: string,
  head: JournalHead,
  titles: Readonly<Record<string, string>>,
  mask: (text: string) => string,
): StateFile {
  const text = (state: RunState): string => mask(`${JSON.stringify(shape(state, head, titles), null, 2)}\n`)
  let due: RunState | null = null
  let timer: NodeJS.Timeout | null = null
  let writing: Promise<void> = Promise.resolve()
  const write = (): void => {
    timer = null
    const state = due
    due = null
    if (state === null) return
    // The journal is the memory; a state file that cannot be written costs nobody anything.
    writing = writing.then(() => writeAtomic(file, text(state))).catch(() => {})
  }
  return {
    update: state => {
      due = state
      timer ??= setTimeout(write, WITHIN_MS)
    },
    close: async () => {
      if (timer) clearTimeout(timer)
      write()
      await writing
    },
  }
}

function shape(state: RunState, head: JournalHead, titles: Readonly<Record<string, string>>): unknown {
  return {
    schema_version: 1,
    run: {
      key: head.run_key,
      branch: head.branch,
      base_sha: head.base_sha,
      tip_sha: state.lane.tip,
      started_at: head.started_at,
      halt: state.halt,
    },
    tasks: state.tasks.map(task => ({
      id: task.id,
      title: titles[task.id] ?? task.id,
      stage: task.stage.kind,
      outcome: task.stage.kind === 'ended' ? task.stage.outcome : null,
      ...reasonFor(task, head),
      commit: task.commit,
      candidate_sha: task.candidate?.commit ?? null,
      attempts: { worker: task.workerRuns, push: task.pushes, remediation: task.remediations },
      started_at: task.startedAt,
      finished_at: task.finishedAt,
    })),
  }
}

function reasonFor(task: TaskState, head: JournalHead): object {
  const failure = task.stage.kind === 'ended' ? task.stage.failure : null
  if (failure === null) return { reason: null, message: null, fix: null }
  const { code, message, fix } = reasonOf(failure, task, { branch: head.branch, baseSha: head.base_sha })
  return { reason: code, message, fix }
}
