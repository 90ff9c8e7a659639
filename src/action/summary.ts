/** The job summary: what happened in one line, what needs a person, then the rest. Pure. */
import type { Summary, SummaryTask } from '../decide/summary.ts'
import { code, fence, inline, link, row, sentences, table } from './markdown.ts'
import {
  attempted,
  changed,
  duration,
  headline,
  logOf,
  needPerson,
  OUTCOMES,
  outcomeWords,
  plural,
  runSeconds,
  taskSeconds,
} from './wording.ts'

export interface SummaryExtra {
  /** Task id -> the end of its log. */
  readonly tails: Readonly<Record<string, string>>
  /** The end of verify.log, where the verification failed. */
  readonly verifyTail?: string
  /** For links to commits; null: none. */
  readonly repositoryUrl: string | null
  readonly artifactUrl?: string
  readonly runDirectory: string
}

const KIB = 1024
/** GitHub drops a summary over 1 MiB whole; this leaves room for other steps' text in the same file. */
export const SUMMARY_LIMIT = 900 * KIB
// What each part may take, so that none can push out the others.
const PERSONS = 220 * KIB
const TAILS = 300 * KIB
const ROWS = 250 * KIB
const VERIFY_TAIL = 12 * KIB
const COMMANDS = 20

/** Under 900 KiB whatever it is given; what is cut is pointed to. */
export function summaryMarkdown(summary: Summary, extra: SummaryExtra): string {
  const persons = needPerson(summary)
  const parts = [
    `## ${summary.conclusion === 'success' ? '✅' : '❌'} ${inline(headline(summary))}`,
    runLine(summary, extra),
    persons.length > 0 ? personsPart(persons, extra) : '',
    verificationPart(summary, extra),
    savedPart(persons, extra),
    tasksPart(summary, extra),
    landingPart(summary),
  ]
  return cut(`${parts.filter(part => part !== '').join('\n\n')}\n`, SUMMARY_LIMIT)
}

function runLine({ run, ...summary }: Summary, extra: SummaryExtra): string {
  const from = commit(run.base_sha, extra, run.dry_run)
  const to = commit(run.head_sha, extra, run.dry_run)
  return [
    run.base_sha === run.head_sha ? from : `${from} → ${to}`,
    plural(run.workers, 'worker'),
    duration(runSeconds({ run, ...summary })),
    `run ${code(run.key, 100)}`,
    run.resumed ? 'resumed' : '',
    run.dry_run ? '**dry run: nothing was pushed**' : '',
    extra.artifactUrl ? link('artifact', extra.artifactUrl) : '',
  ]
    .filter(part => part !== '')
    .join(' · ')
}

function personsPart(persons: readonly SummaryTask[], extra: SummaryExtra): string {
  // A fair share each: one failure shows much of its log, a thousand show where their logs are.
  const share = Math.min(12 * KIB, Math.floor(TAILS / persons.length) - 100)
  const entries = persons.map(task => {
    const name = `**${OUTCOMES[task.outcome].emoji} ${inline(task.title, 200)}**`
    const id = task.title === task.id ? '' : ` ${code(task.id)}`
    const lines = [`${name}${id} ${inline(outcomeWords(task))}`]
    if (task.reason) lines.push(sentences(task.reason.message), `**To do:** ${sentences(task.reason.fix)}`)
    return { text: lines.join('<br>\n'), tail: logTail(task, extra.tails[task.id] ?? '', share) }
  })
  const { kept, left } = fitting(
    entries.map(entry => entry.text),
    PERSONS,
  )
  const shown = kept.map((text, index) => `${text}${entries[index]?.tail ?? ''}`)
  return ['### What needs a person', ...shown, rest(left, extra)].filter(part => part !== '').join('\n\n')
}

function logTail(task: SummaryTask, tail: string, share: number): string {
  if (tail.trim() === '') return ''
  const log = logOf(task)
  if (share < 500) return log ? `<br>\nLog: ${code(log)}` : ''
  return folded(log ? `End of ${code(log)}` : 'End of the log', lastBytes(tail, share))
}

function folded(label: string, text: string): string {
  return `\n\n<details><summary>${label}</summary>\n\n${fence(text)}\n\n</details>`
}

function tasksPart(summary: Summary, extra: SummaryExtra): string {
  if (summary.tasks.length === 0) return ''
  const { kept, left } = fitting(
    summary.tasks.map(task => taskRow(task, summary, extra)),
    ROWS,
  )
  const body = table(
    ['Task', 'Outcome', 'Commit', 'Changes', 'Time', 'Attempts'],
    ['---', '---', '---', '---', '--:', '---'],
    kept,
  )
  const more = rest(left, extra)
  const text = more === '' ? body : `${body}\n\n${more}`
  if (summary.tasks.length <= 50) return `### Tasks\n\n${text}`
  return `<details><summary><b>All ${summary.tasks.length} tasks</b></summary>\n\n${text}\n\n</details>`
}

function taskRow(task: SummaryTask, { run }: Summary, extra: SummaryExtra): string {
  return row([
    task.title === task.id ? code(task.id) : `${inline(task.title, 80)} ${code(task.id)}`,
    `${OUTCOMES[task.outcome].emoji} ${inline(outcomeWords(task))}`,
    task.commit ? commit(task.commit, extra, run.dry_run) : '',
    changed(task.changes),
    taskSeconds(task) > 0 ? duration(taskSeconds(task)) : '',
    attempted(task.attempts),
  ])
}

function landingPart({ landing }: Summary): string {
  const figures: readonly (readonly [string, string])[] = [
    ['Pushes', String(landing.pushes)],
    ['Push attempts', String(landing.push_attempts)],
    ['Races lost', String(landing.races_lost)],
    ['Rounds', String(landing.rounds)],
    ['Gates run', String(landing.gates_run)],
    ['Verdicts reused', String(landing.gates_reused)],
    ['Flakes', String(landing.gate_flakes)],
    ['Gate time', duration(landing.gate_seconds)],
  ]
  return `### Landing lane\n\n${table(
    figures.map(([name]) => name),
    figures.map(() => '--:'),
    [row(figures.map(([, value]) => value))],
  )}`
}

function verificationPart({ verification, run }: Summary, extra: SummaryExtra): string {
  const command = code(verification.command, 300)
  if (!verification.ran) {
    return verification.skipped_because
      ? `### Verification\n\n➖ Not run: ${sentences(verification.skipped_because, 500)}`
      : ''
  }
  const on = verification.sha ? ` on ${commit(verification.sha, extra, run.dry_run)}` : ''
  const time = ` in ${duration(verification.seconds)}`
  if (verification.passed) return `### Verification\n\n✅ ${command} passed${on}${time}`
  const how =
    verification.exit_code === null ? 'did not finish' : `exited with code ${verification.exit_code}`
  const culprits = verification.culprits.slice(0, 20).map(id => code(id))
  const blamed = culprits.length > 0 ? `<br>\nCaused by ${culprits.join(', ')}` : ''
  const tail = extra.verifyTail ?? ''
  const output =
    tail.trim() === '' ? '' : folded(`End of ${code('verify.log')}`, lastBytes(tail, VERIFY_TAIL))
  return `### Verification\n\n❌ ${command} ${how}${on}${time}; its output is in ${code('verify.log')}${blamed}${output}`
}

/** How to take up by hand what did not land. */
function savedPart(persons: readonly SummaryTask[], extra: SummaryExtra): string {
  const bundles = persons.flatMap(task =>
    task.files
      .filter(file => file.endsWith('/work.bundle'))
      .map(file => ({ file, ref: `fanout/${task.id}` })),
  )
  if (bundles.length === 0) return ''
  const folder = extra.artifactUrl ? '<unpacked artifact>' : extra.runDirectory
  const commands = bundles
    .slice(0, COMMANDS)
    .map(
      ({ file, ref }) =>
        `git fetch ${quote(`${folder}/${file}`)} ${quote(ref)} && git cherry-pick FETCH_HEAD`,
    )
  const more = bundles.length - commands.length
  if (more > 0) commands.push(`# and ${more} more: tasks/*/work.bundle`)
  const where = extra.artifactUrl
    ? `in ${link('the artifact', extra.artifactUrl)}`
    : `under ${code(extra.runDirectory, 300)}`
  const intro = `The work of ${plural(bundles.length, 'task')} is kept ${where} as ${code('work.bundle')} and ${code('work.patch')}. To take it up, in a clone of this repository:`
  return `### Saved work\n\n${intro}\n\n${fence(commands.join('\n'), 'sh')}`
}

/** Nothing of a dry run is on the remote, so its commits are no links. */
function commit(sha: string, extra: SummaryExtra, dryRun: boolean): string {
  if (!/^[0-9a-f]{7,64}$/.test(sha)) return code(sha, 64)
  const short = code(sha.slice(0, 7))
  return dryRun || extra.repositoryUrl === null ? short : link(short, `${extra.repositoryUrl}/commit/${sha}`)
}

function rest(left: number, extra: SummaryExtra): string {
  if (left === 0) return ''
  const where = extra.artifactUrl ? link('the artifact', extra.artifactUrl) : code(extra.runDirectory, 300)
  return `… and ${left} more: see ${code('report.html')} in ${where}.`
}

function fitting(blocks: readonly string[], limit: number): { kept: readonly string[]; left: number } {
  const kept: string[] = []
  let bytes = 0
  for (const block of blocks) {
    bytes += Buffer.byteLength(block) + 2
    if (bytes > limit) break
    kept.push(block)
  }
  return { kept, left: blocks.length - kept.length }
}

/** The end of a text, from the start of a line where there is one. */
function lastBytes(text: string, limit: number): string {
  const bytes = Buffer.from(text)
  if (bytes.length <= limit) return text
  const end = bytes.subarray(bytes.length - limit).toString()
  const line = end.indexOf('\n')
  return `…\n${line >= 0 && line < end.length - 1 ? end.slice(line + 1) : end}`
}

function cut(text: string, limit: number): string {
  const bytes = Buffer.from(text)
  if (bytes.length <= limit) return text
  const start = bytes.subarray(0, limit - 100).toString()
  return `${start.slice(0, start.lastIndexOf('\n'))}\n\n… cut here: the whole is in report.html.\n`
}

function quote(text: string): string {
  return /^[\w./:-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}
