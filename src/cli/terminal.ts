/** What a run shows while it goes on: lines where there is no terminal; lines above a view of the moment where there is one. */
import { harmless, stripAnsi } from '../decide/text.ts'
import type { Log } from '../world/log.ts'
import { hasColor } from './say.ts'

export interface Size {
  readonly width: number
  readonly height: number
}

export interface Terminal {
  readonly log: Log
  readonly color: boolean
  /** Whether `follow` shows anything. */
  readonly live: boolean
  /** From here on this is shown below the lines, drawn anew several times a second; its lines must fit. */
  follow(frame: (size: Size) => string): void
  /** Takes the view away and leaves the lines, whole and in order. Works at once, also within an exit. */
  close(): void
  [Symbol.dispose](): void
}

/** Makes a terminal show a line in another order than it has. */
const TURNING = /[\u202a-\u202e\u2066-\u2069]/g
const REDRAW_MS = 100
/** Below that there is no room for a view. */
const LEAST: Size = { width: 40, height: 8 }

export async function openTerminal(
  stream: NodeJS.WriteStream,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Terminal> {
  const color = hasColor(stream)
  const size = (): Size => ({ width: stream.columns ?? 100, height: stream.rows ?? 24 })
  const roomy = size().width >= LEAST.width && size().height >= LEAST.height
  const live = stream.isTTY && env.TERM !== 'dumb' && !env.CI && roomy
  const screen = live ? await openScreen(stream, size) : plainScreen(stream)
  const line = (text: string, prefix = ''): void => {
    const safe = harmless(text, prefix).replace(TURNING, '\ufffd')
    screen.line(color ? safe : stripAnsi(safe))
  }
  const log: Log = {
    line,
    warning: (title, text) => line(`warning: ${title}: ${text}`),
    notice: (title, text) => line(`note: ${title}: ${text}`),
    fold: (title, lines) => {
      line(`--- ${title}`)
      for (const each of lines) line(each, '  | ')
    },
    debug: text => {
      if (env.FANOUT_DEBUG) line(text)
    },
  }
  return { log, color, live, follow: screen.follow, close: screen.close, [Symbol.dispose]: screen.close }
}

interface Screen {
  line(text: string): void
  follow(frame: (size: Size) => string): void
  close(): void
}

function plainScreen(stream: NodeJS.WriteStream): Screen {
  return { line: text => stream.write(`${text}\n`), follow: () => {}, close: () => {} }
}

/** The cursor stays where it is seen: a run that is killed leaves nothing to repair. */
async function openScreen(stream: NodeJS.WriteStream, size: () => Size): Promise<Screen> {
  const { createLogUpdate } = await import('log-update')
  const view = createLogUpdate(stream, { showCursor: true })
  let lines: string[] = []
  let frame: ((size: Size) => string) | null = null
  // As they are, for the terminal to wrap: a path can still be copied from them.
  const flush = (): void => {
    if (lines.length === 0) return
    view.clear()
    stream.write(`${lines.join('\n')}\n`)
    lines = []
  }
  const draw = (): void => {
    flush()
    if (frame !== null) view(frame(size()))
  }
  const timer = setInterval(draw, REDRAW_MS).unref()
  let open = true
  return {
    line: text => {
      if (open) lines.push(text)
      else stream.write(`${text}\n`)
    },
    follow: next => {
      frame = next
    },
    close: () => {
      if (!open) return
      open = false
      clearInterval(timer)
      frame = null
      view.clear()
      flush()
      view.done()
    },
  }
}
