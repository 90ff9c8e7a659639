/** Feeds the live view of a run: its state, and the last line of each worker's log. */
import { join } from 'node:path'
import { liveFrame, type Moment, NOTHING_WATCHED, watched } from '../action/live-view.ts'
import type { About, Start } from '../run-request.ts'
import { readEnd } from '../world/files.ts'
import type { Terminal } from './terminal.ts'

export interface RunView {
  directory(dir: string): void
  readonly state: NonNullable<Start['onState']>
  /** Resolves when nothing of the run directory is read any more. */
  end(): Promise<void>
}

const READ_MS = 1000
/** As many logs are looked at: more do not fit on a screen. */
const MOST_LOGS = 16
const LOG_BYTES = 4096

export function watchRun(terminal: Terminal): RunView {
  const startedAt = Date.now()
  let about: About = { branch: '', dryRun: false, titles: {}, mask: text => text }
  let state: Moment['state'] = null
  let seen = NOTHING_WATCHED
  let dir: string | null = null
  let lastLines: ReadonlyMap<string, string> = new Map()
  let reading: Promise<void> = Promise.resolve()
  terminal.follow(({ width, height }) => {
    const moment: Moment = { ...about, state, watched: seen, lastLines, startedAt, now: Date.now() }
    return liveFrame(moment, { width, height, color: terminal.color })
  })

  async function read(): Promise<void> {
    const running = state?.tasks.filter(
      ({ stage }) => stage.kind === 'working' || stage.kind === 'remediating',
    )
    const found = (running ?? []).slice(0, MOST_LOGS).map(async ({ id, stage }) => {
      const name = stage.kind === 'working' ? 'worker.log' : 'remediation.log'
      const end = await readEnd(join(dir ?? '', 'tasks', id, name), LOG_BYTES).catch(() => '')
      return [id, lastLine(about.mask(end))] as const
    })
    lastLines = new Map(await Promise.all(found))
  }
  const timer = setInterval(() => {
    if (dir !== null) reading = reading.then(read)
  }, READ_MS).unref()
  return {
    directory: path => {
      dir = path
    },
    state: (now, event, of) => {
      about = of
      state = now
      if (event !== null) seen = watched(seen, event)
    },
    end: async () => {
      clearInterval(timer)
      await reading
    },
  }
}

/** Whole lines only: half a secret would not be known for one. */
function lastLine(end: string): string {
  const cut = Buffer.byteLength(end) >= LOG_BYTES
  const lines = end.split(/\r\n|\r|\n/).slice(cut ? 1 : 0, -1)
  return lines.findLast(line => line.trim() !== '') ?? ''
}
