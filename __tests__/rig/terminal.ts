import { spawn } from 'node:child_process'
import xterm from '@xterm/headless'
import { type Env, hermeticEnv } from './exec.ts'

export type TerminalOptions = {
  readonly cwd: string
  readonly env?: Env
  readonly columns?: number
  readonly rows?: number
}

/** A terminal with a program in it, as a person sees it: what is on the screen, and what can be typed. */
export type TerminalSession = AsyncDisposable & {
  /** What is on the screen now, line by line, without trailing spaces. */
  screen(): string[]
  /** All that has scrolled by and the screen, as the terminal holds it. */
  text(): string
  /** Every byte that the program has written so far. */
  raw(): string
  /** Whether the cursor is seen, and in which column of which line of `screen()` it is. */
  cursor(): { readonly visible: boolean; readonly row: number; readonly column: number }
  /** Resolves when the screen fits; throws with the screen when that takes too long. */
  until(fits: RegExp | ((screen: string) => boolean), timeoutMs?: number): Promise<void>
  /** As from a keyboard: `\x03` is Ctrl-C. */
  type(keys: string): void
  /** The exit code. */
  readonly done: Promise<number | null>
}

const HIDE = '\x1b[?25l'
const SHOW = '\x1b[?25h'

/** A real pseudo-terminal (util-linux `script`), its screen kept by the terminal emulator of xterm.js. */
export async function startTerminal(
  command: readonly string[],
  { cwd, env = {}, columns = 80, rows = 24 }: TerminalOptions,
): Promise<TerminalSession> {
  const line = command.map(word => `'${word.replaceAll("'", "'\\''")}'`).join(' ')
  const inside = `stty cols ${columns} rows ${rows}; exec ${line}`
  const child = spawn('script', ['--quiet', '--return', '--flush', '--command', inside, '/dev/null'], {
    cwd,
    env: hermeticEnv({ TERM: 'xterm-256color', SHELL: '/bin/bash', LC_ALL: 'C.UTF-8', ...env }),
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const emulator = new xterm.Terminal({ cols: columns, rows, scrollback: 10_000, allowProposedApi: true })
  let bytes = ''
  let drawn: Promise<void> = Promise.resolve()
  const watchers = new Set<() => void>()
  child.stdin.on('error', () => {})
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    bytes += text
    drawn = new Promise(resolve => emulator.write(text, resolve))
    drawn.then(() => {
      for (const look of watchers) look()
    })
  })
  const done = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', code => drawn.then(() => resolve(code)))
  })
  const lines = (from: number, to: number): string[] => {
    const { active } = emulator.buffer
    const rows = Array.from({ length: to - from }, (_, i) => active.getLine(from + i))
    return rows.map(row => row?.translateToString(true) ?? '')
  }
  const screen = (): string[] => {
    const { baseY } = emulator.buffer.active
    return lines(baseY, baseY + rows)
  }
  return {
    screen,
    done,
    text: () => lines(0, emulator.buffer.active.length).join('\n').trimEnd(),
    raw: () => bytes,
    cursor: () => {
      const { cursorX, cursorY } = emulator.buffer.active
      return { visible: bytes.lastIndexOf(HIDE) <= bytes.lastIndexOf(SHOW), row: cursorY, column: cursorX }
    },
    until: (fits, timeoutMs = 50_000) =>
      new Promise((resolve, reject) => {
        const leave = (): void => {
          clearTimeout(timer)
          watchers.delete(look)
        }
        const look = (): void => {
          const text = screen().join('\n')
          if (!(fits instanceof RegExp ? fits.test(text) : fits(text))) return
          leave()
          resolve()
        }
        const timer = setTimeout(() => {
          leave()
          reject(new Error(`never ${fits}; the screen:\n${screen().join('\n')}`))
        }, timeoutMs)
        watchers.add(look)
        look()
      }),
    type: keys => void child.stdin.write(keys),
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL')
      await done
      emulator.dispose()
    },
  }
}
