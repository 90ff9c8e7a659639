import { randomUUID } from 'node:crypto'
import { type Env, run } from './exec.ts'

export type Shown = { readonly command: string; readonly output: readonly string[] }
export type Performed = Shown & { readonly code: number; readonly said: readonly string[] }

/** The commands of a console block (`$ ` in front, a backslash goes on) and what it shows below each. */
export function commandsOf(block: string): readonly Shown[] {
  const found: { command: string; output: string[] }[] = []
  let open = false
  for (const line of block.trimEnd().split('\n')) {
    const last = found.at(-1)
    if (open && last) last.command += `\n${line}`
    else if (line.startsWith('$ ')) found.push({ command: line.slice(2), output: [] })
    else if (last) last.output.push(line)
    else throw new Error(`a console block begins with a command, not with ${JSON.stringify(line)}`)
    open = line.endsWith('\\') && (open || line.startsWith('$ '))
  }
  return found
}

/** Performs them one after another in one bash, as a terminal would; what they say is both streams together. */
export async function perform(block: string, cwd: string, env: Env): Promise<readonly Performed[]> {
  const shown = commandsOf(block)
  const mark = `--${randomUUID()}--`
  const script = shown.map(({ command }) => `${command}\necho "${mark} $?"\n`).join('')
  const { stdout, stderr } = await run('bash', ['--noprofile', '--norc', '-c', `exec 2>&1\n${script}`], {
    cwd,
    env,
  })
  const parts = stdout.split(mark)
  return shown.map((each, i) => {
    // Behind its mark: the exit code, and then the output of the next one.
    const text = parts[i]?.slice(i === 0 ? 0 : parts[i].indexOf('\n') + 1) ?? ''
    const code = Number(/^ (\d+)/.exec(parts[i + 1] ?? '')?.[1] ?? Number.NaN)
    if (Number.isNaN(code)) throw new Error(`the shell ended with ${each.command}\n${stdout}${stderr}`)
    return { ...each, code, said: text.trimEnd() === '' ? [] : text.trimEnd().split('\n') }
  })
}

/** Whether the lines are those that are shown: what differs from run to run does not count, `...` stands for anything. */
export function matches(said: readonly string[], shown: readonly string[]): boolean {
  const pattern = shown.map(line => escaped(steady(line)).replaceAll('\\.\\.\\.', '[\\s\\S]*')).join('\n')
  return new RegExp(`^${pattern}$`).test(said.map(steady).join('\n'))
}

/** Commit ids, times, run keys and the spaces of a column replaced. */
function steady(line: string): string {
  return line
    .replace(/\blocal-\d{8}T\d{6}Z-[0-9a-f]{4}\b/g, '<run key>')
    .replace(/\b[0-9a-f]{40}\b|\b(?=[0-9a-f]*\d)[0-9a-f]{7}\b/g, '<commit>')
    .replace(/\b\d+(\.\d+)?(s|m \d\ds|h \d\dm)\b/g, '<time>')
    .replace(/ {2,}/g, '  ')
    .trimEnd()
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
