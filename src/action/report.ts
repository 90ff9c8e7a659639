/** report.html: one page that needs no network, works without its script, and runs nothing it shows. Pure. */
import { createHash } from 'node:crypto'
import type { History } from '../decide/history.ts'
import type { Summary, SummaryTask } from '../decide/summary.ts'
import type { Outcome } from '../decide/task.ts'
import { FAILING } from '../decide/verdict.ts'
import { block, relativeHref, scriptJson, sentences, text } from './html.ts'
import { SCRIPT, STYLE } from './report-page.ts'
import { timeline } from './timeline.ts'
import {
  attempted,
  changed,
  duration,
  headline,
  needPerson,
  OUTCOMES,
  outcomeWords,
  plural,
  runSeconds,
  taskSeconds,
} from './wording.ts'

export interface ReportExtra {
  /** Task id -> the end of its log. */
  readonly tails: ReadonlyMap<string, string>
  /** The end of verify.log, where the verification failed. */
  readonly verifyTail?: string
  /** For links to commits; null: none. */
  readonly repositoryUrl?: string | null
  /** For the timeline and the story of each task. */
  readonly history?: History
}

/** All log tails together; each task gets a fair share, so that the page opens at once. */
const TAILS = 3 * 1024 * 1024
const TAIL = 16 * 1024
/** So many tasks in need of a person are shown open. */
const OPEN = 10
/** So many are listed first. */
const PERSONS = 30

export function reportHtml(summary: Summary, extra: ReportExtra): string {
  const title = headline(summary)
  const persons = needPerson(summary)
  const opened = new Set(persons.length <= OPEN ? persons.map(task => task.id) : [])
  const share = Math.min(TAIL, Math.floor(TAILS / Math.max(1, summary.tasks.length)))
  const drawing = timeline(summary)
  const policy = `default-src 'none'; style-src ${hash(STYLE)}; script-src ${hash(SCRIPT)}; base-uri 'none'; form-action 'none'`
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${text(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<a class="skip" href="#tasks">Skip to the tasks</a>
<header>
<h1>${text(title)}</h1>
<p class="dim">${runLine(summary)}</p>
${counts(summary)}
</header>
<main>
${personsPart(persons, summary)}
${drawing === '' ? '' : `<h2 id="timeline">Timeline</h2>\n<div class="scroll" role="region" aria-labelledby="timeline" tabindex="0">${drawing}</div>`}
<h2>Verification</h2>
<p>${verification(summary)}</p>${logEnd(lastOf(extra.verifyTail ?? '', TAIL))}
<h2>Landing lane</h2>
<p>${lane(summary)}</p>
<h2 id="tasks">Tasks</h2>
${filterForm(summary)}
<div class="scroll" role="region" aria-labelledby="tasks" tabindex="0">
<table>
<caption class="only-read">Every task with its outcome; the first column leads to its details below</caption>
<thead><tr><th scope="col">Task</th><th scope="col">Outcome</th><th scope="col">Commit</th><th scope="col">Changes</th><th scope="col" class="number">Time</th><th scope="col">Attempts</th></tr></thead>
<tbody id="rows">
${summary.tasks.map(tableRow).join('\n')}
</tbody>
</table>
</div>
<h2 id="details">Details</h2>
<div id="parts">
${summary.tasks.map((task, index) => details(task, index, opened.has(task.id), lastOf(extra.tails.get(task.id) ?? '', share))).join('\n')}
</div>
</main>
<script type="application/json" id="data">${scriptJson(summary)}</script>
<script>${SCRIPT}</script>
</body>
</html>
`
}

function personsPart(persons: readonly SummaryTask[], summary: Summary): string {
  if (persons.length === 0) return ''
  const items = persons.slice(0, PERSONS).map(task => {
    const why = task.reason ? `<br><span class="dim">${sentences(task.reason.message)}</span>` : ''
    return `<li><a href="#t-${summary.tasks.indexOf(task)}">${text(task.title, 200)}</a> ${outcome(task)}${why}</li>`
  })
  const more = persons.length - items.length
  if (more > 0) items.push(`<li>and ${more} more in the table below</li>`)
  return `<h2>What needs a person</h2>\n<ul class="persons">${items.join('\n')}</ul>`
}

function runLine(summary: Summary): string {
  const { run } = summary
  const sha = (value: string): string => `<code>${text(value.slice(0, 7))}</code>`
  return [
    text(run.repository),
    run.base_sha === run.head_sha ? sha(run.base_sha) : `${sha(run.base_sha)} → ${sha(run.head_sha)}`,
    `<time datetime="${text(run.started_at)}">${text(run.started_at)}</time>`,
    duration(runSeconds(summary)),
    plural(run.workers, 'worker'),
    `run <code>${text(run.key)}</code>`,
    run.resumed ? 'resumed' : '',
    run.dry_run ? 'dry run: nothing was pushed' : '',
  ]
    .filter(part => part !== '')
    .join(' · ')
}

function counts({ counts: count }: Summary): string {
  const shown: readonly (readonly [Outcome, number])[] = [
    ['landed', count.landed],
    ['unchanged', count.unchanged],
    ['failed', count.failed],
    ['blocked-push', count.blocked_push],
    ['blocked', count.blocked],
    ['reverted', count.reverted],
    ['cancelled', count.cancelled],
    ['skipped', count.skipped],
  ]
  const items = shown
    .filter(([outcome, value]) => value > 0 || outcome === 'landed' || outcome === 'failed')
    .map(
      ([outcome, value]) =>
        `<div><dt class="o o-${outcome}">${OUTCOMES[outcome].word}</dt><dd>${value}</dd></div>`,
    )
  return `<dl class="counts">${items.join('')}</dl>`
}

function verification({ verification: result }: Summary): string {
  if (!result.ran)
    return result.skipped_because ? `Not run: ${sentences(result.skipped_because)}` : 'Not run.'
  const command = `<code>${text(result.command, 500)}</code>`
  const where = `${result.sha ? ` on <code>${text(result.sha.slice(0, 7))}</code>` : ''} in ${duration(result.seconds)}`
  if (result.passed) return `<span class="o o-landed">passed</span>: ${command}${where}`
  const exit = result.exit_code === null ? '' : ` with exit code ${result.exit_code}`
  const culprits = result.culprits.length > 0 ? `; caused by ${text(result.culprits.join(', '))}` : ''
  return `<span class="o o-failed">failed</span>${exit}: ${command}${where} (<a href="./verify.log">verify.log</a>)${culprits}`
}

function lane({ landing }: Summary): string {
  return [
    `${plural(landing.pushes, 'push', 'pushes')} in ${plural(landing.push_attempts, 'attempt')}`,
    `${plural(landing.races_lost, 'race')} lost`,
    plural(landing.rounds, 'round'),
    `${plural(landing.gates_run, 'gate')} run in ${duration(landing.gate_seconds)}`,
    `${plural(landing.gates_reused, 'verdict')} reused`,
    plural(landing.gate_flakes, 'flake'),
  ].join(' · ')
}

/** Hidden until the script that does the work is there. */
function filterForm(summary: Summary): string {
  const outcomes = (Object.keys(OUTCOMES) as Outcome[]).filter(outcome =>
    summary.tasks.some(task => task.outcome === outcome),
  )
  const options = outcomes.map(outcome => `<option value="${outcome}">${OUTCOMES[outcome].word}</option>`)
  return `<form id="filter" role="search" hidden>
<label>Search <input type="search" id="query" autocomplete="off"></label>
<label>Outcome <select id="outcome"><option value="">all</option>${options.join('')}</select></label>
<output id="shown" class="dim" for="query outcome"></output>
</form>`
}

function tableRow(task: SummaryTask, index: number): string {
  const id = task.title === task.id ? '' : ` <code>${text(task.id)}</code>`
  return `<tr><th scope="row"><a href="#t-${index}">${text(task.title, 200)}</a>${id}</th><td>${outcome(task)}</td><td>${sha(task)}</td><td>${changed(task.changes)}</td><td class="number">${taskSeconds(task) > 0 ? duration(taskSeconds(task)) : ''}</td><td>${attempted(task.attempts)}</td></tr>`
}

function details(task: SummaryTask, index: number, open: boolean, tail: string): string {
  const { seconds } = task
  const facts: readonly (readonly [string, string])[] = [
    ['Why', task.reason ? sentences(task.reason.message) : ''],
    ['To do', task.reason ? sentences(task.reason.fix) : ''],
    ['Blocked by', text(task.blocked_by.join(', '))],
    ['Needs', text(task.needs.join(', '))],
    ['Commit', task.commit ? `<code>${text(task.commit)}</code>` : ''],
    ['Changes', changed(task.changes)],
    ['Attempts', attempted(task.attempts)],
    [
      'Time',
      taskSeconds(task) > 0
        ? `workspace ${duration(seconds.workspace)}, worker ${duration(seconds.worker)}, landing ${duration(seconds.landing)}`
        : '',
    ],
    ['Exit code', task.exit_code === null ? '' : String(task.exit_code)],
    ['Files', files(task)],
  ]
  const list = facts
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `<dt>${name}</dt><dd>${value}</dd>`)
  return `<details class="task" id="t-${index}"${open ? ' open' : ''}><summary>${text(task.title, 200)} ${outcome(task)}</summary><dl class="facts">${list.join('')}</dl>${logEnd(tail)}</details>`
}

function logEnd(tail: string): string {
  return tail.trim() === '' ? '' : `<p class="dim">End of the log</p><pre tabindex="0">${block(tail)}</pre>`
}

function files(task: SummaryTask): string {
  if (task.files.length === 0) return ''
  const shown = task.files
    .slice(0, 50)
    .map(file => `<li><a href="${relativeHref(file)}">${text(file, 300)}</a></li>`)
  const more = task.files.length - shown.length
  return `<ul>${shown.join('')}${more > 0 ? `<li>and ${more} more</li>` : ''}</ul>`
}

function outcome(task: SummaryTask): string {
  const bold = FAILING.has(task.outcome) ? 'strong' : 'span'
  return `<${bold} class="o o-${task.outcome}">${text(outcomeWords(task))}</${bold}>`
}

function sha(task: SummaryTask): string {
  return task.commit ? `<code>${text(task.commit.slice(0, 7))}</code>` : ''
}

function lastOf(tail: string, limit: number): string {
  return tail.length <= limit ? tail : `…\n${tail.slice(-limit)}`
}

function hash(content: string): string {
  return `'sha256-${createHash('sha256').update(content).digest('base64')}'`
}
