/** The job summary: what happened in one line, what needs a person, then the rest. Pure. */
import { type History, NO_HISTORY } from '../decide/history.ts'
import type { Summary, SummaryTask } from '../decide/summary.ts'
import { firstBytes, fitting, lastBytes } from './fit.ts'
import { gantt } from './gantt.ts'
import { code, fence, inline, link, row, sentences, table } from './markdown.ts'
import { takeUpCommand } from './saved.ts'
import { headlineSoFar, type Standing } from './standing.ts'
import {
  attempted,
  changed,
  duration,
  gatesSaved,
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
  readonly tails: ReadonlyMap<string, string>
  /** The end of verify.log, where the verification failed. */
  readonly verifyTail?: string
  /** For links to commits; null: none. */
  readonly repositoryUrl: string | null
  readonly artifactUrl?: string
  readonly runDirectory: string
  /** For the timeline; without it there is none. */
  readonly history?: History
  /** The run has not ended: where it stands, and what each task that has not ended is doing, by id. */
  readonly soFar?: { readonly standing: Standing; readonly doing: ReadonlyMap<string, string> }
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
  const persons = needPerson(summary).filter(task => doing(task, extra) === null)
  const parts = [
    `## ${inline(title(summary, extra), 2000)}`,
    extra.soFar ? cutOffLine(summary) : '',
    runLine(summary, extra),
    persons.length > 0 ? personsPart(persons, extra) : '',
    verificationPart(summary, extra),
    savedPart(persons, extra),
    tasksPart(summary, extra),
    landingPart(summary),
    timelinePart(summary, extra),
  ]
  const text = `${parts.filter(part => part !== '').join('\n\n')}\n`
  return firstBytes(text, SUMMARY_LIMIT, '… cut here: the whole is in report.html.')
}

/** What there is to say of a run that began nothing: why, all of it. */
export function refusalMarkdown(lines: readonly string[]): string {
  const items = lines.map(line => `- ${sentences(line)}`)
  const { kept, left } = fitting(items, ROWS)
  const more = left > 0 ? [`- … and ${left} more in the log`] : []
  return `## ❌ Fanout did not start: ${plural(lines.length, 'problem')}\n\n${[...kept, ...more].join('\n')}\n`
}

function title(summary: Summary, { soFar }: SummaryExtra): string {
  const { branch, dry_run } = summary.run
  if (soFar) return `⏳ ${headlineSoFar(soFar.standing, branch, dry_run)}`
  return `${summary.conclusion === 'success' ? '✅' : '❌'} ${headline(summary)}`
}

/** What a reader must know who finds it when the job has ended: then nobody was left to write another one. */
function cutOffLine({ run }: Summary): string {
  const again = run.dry_run ? '' : ': run it again, and it goes on from there'
  return `Written at ${inline(run.finished_at, 40)}, while the run was under way. If the job has ended since, it was cut off${again}.`
}

/** null: it has ended. */
function doing(task: SummaryTask, { soFar }: SummaryExtra): string | null {
  return soFar?.doing.get(task.id) ?? null
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
    return { text: lines.join('<br>\n'), tail: logTail(task, extra.tails.get(task.id) ?? '', share) }
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
  const at = doing(task, extra)
  return row([
    task.title === task.id ? code(task.id) : `${inline(task.title, 80)} ${code(task.id)}`,
    at === null ? `${OUTCOMES[task.outcome].emoji} ${inline(outcomeWords(task))}` : `⏳ ${at}`,
    task.commit ? commit(task.commit, extra, run.dry_run) : '',
    changed(task.changes),
    taskSeconds(task) > 0 ? duration(taskSeconds(task)) : '',
    attempted(task.attempts),
  ])
}

function landingPart(summary: Summary): string {
  const { landing, counts } = summary
  const figures: readonly (readonly [string, string])[] = [
    ['Landed', String(counts.landed)],
    ['Pushes', String(landing.pushes)],
    ['Push attempts', String(landing.push_attempts)],
    ['Races lost', String(landing.races_lost)],
    ['Rounds', String(landing.rounds)],
    ['Gates run', String(landing.gates_run)],
    ['Gates saved', String(gatesSaved(summary))],
    ['Flakes', String(landing.gate_flakes)],
    ['Gate time', duration(landing.gate_seconds)],
  ]
  return `### Landing lane\n\n${table(
    figures.map(([name]) => name),
    figures.map(() => '--:'),
    [row(figures.map(([, value]) => value))],
  )}`
}

function timelinePart(summary: Summary, extra: SummaryExtra): string {
  const tasks = new Map(
    summary.tasks.map(task => {
      const outcome = doing(task, extra) === null ? task.outcome : null
      return [task.id, { title: task.title, outcome }] as const
    }),
  )
  const drawn = gantt(extra.history ?? NO_HISTORY, tasks, Date.parse(summary.run.finished_at))
  if (drawn === null) return ''
  const left = drawn.left.length > 0 ? `\n\nThe shortest are left out: ${drawn.left.join(', ')}.` : ''
  return `### Timeline\n\n${fence(drawn.chart, 'mermaid')}${left}`
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
  const folder = extra.artifactUrl ? '<unpacked artifact>' : extra.runDirectory
  const commands = persons.flatMap(task => takeUpCommand(task, folder) ?? [])
  if (commands.length === 0) return ''
  const more = commands.length - COMMANDS
  const shown =
    more > 0 ? [...commands.slice(0, COMMANDS), `# and ${more} more: tasks/*/work.bundle`] : commands
  const intro = `The work of ${plural(commands.length, 'task')} is kept ${place(extra)} as ${code('work.bundle')} and ${code('work.patch')}. To take it up, in a clone of this repository:`
  return `### Saved work\n\n${intro}\n\n${fence(shown.join('\n'), 'sh')}`
}

function place(extra: SummaryExtra): string {
  return extra.artifactUrl
    ? `in ${link('the artifact', extra.artifactUrl)}`
    : `under ${code(extra.runDirectory, 300)}`
}

/** Nothing of a dry run is on the remote, so its commits are no links. */
function commit(sha: string, extra: SummaryExtra, dryRun: boolean): string {
  if (!/^[0-9a-f]{7,64}$/.test(sha)) return code(sha, 64)
  const short = code(sha.slice(0, 7))
  return dryRun || extra.repositoryUrl === null ? short : link(short, `${extra.repositoryUrl}/commit/${sha}`)
}

function rest(left: number, extra: SummaryExtra): string {
  if (left === 0) return ''
  return `… and ${left} more: see ${code(extra.soFar ? 'state.json' : 'report.html')} ${place(extra)}.`
}
