/** `state.json`: the folded state for people and tools, within a second of a change and at the end. */
import type { RunState } from '../decide/task.ts'
import { writeJson } from './files.ts'
import type { JournalHead } from './journal.ts'

export interface StateFile {
  update(state: RunState): void
  /** Writes what is still due. */
  close(): Promise<void>
}

const WITHIN_MS = 300

export function openStateFile(file: string, head: JournalHead): StateFile {
  let due: RunState | null = null
  let timer: NodeJS.Timeout | null = null
  let writing: Promise<void> = Promise.resolve()
  const write = (): void => {
    timer = null
    const state = due
    due = null
    if (state === null) return
    // The journal is the memory; a state file that cannot be written costs nobody anything.
    writing = writing.then(() => writeJson(file, shape(state, head))).catch(() => {})
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

function shape(state: RunState, head: JournalHead): unknown {
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
      stage: task.stage.kind,
      outcome: task.stage.kind === 'ended' ? task.stage.outcome : null,
      reason: task.stage.kind === 'ended' ? (task.stage.failure?.code ?? null) : null,
      commit: task.commit,
      candidate_sha: task.candidate?.commit ?? null,
      attempts: { worker: task.workerRuns, push: task.pushes, remediation: task.remediations },
      started_at: task.startedAt,
      finished_at: task.finishedAt,
    })),
  }
}
