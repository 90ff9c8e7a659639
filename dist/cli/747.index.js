export const id = 747;
export const ids = [747];
export const modules = {

/***/ 8232:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $Q: () => (/* binding */ clip),
/* harmony export */   CF: () => (/* binding */ padStart),
/* harmony export */   LV: () => (/* binding */ wrap),
/* harmony export */   eV: () => (/* binding */ pad),
/* harmony export */   qz: () => (/* binding */ widthOf)
/* harmony export */ });
/* harmony import */ var cli_truncate__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(564);
/* harmony import */ var string_width__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8314);
/* harmony import */ var wrap_ansi__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6121);
/** Text in the columns of a terminal, where a character may take none, one or two. */



/** Columns that a text takes on a terminal. */
function widthOf(text) {
    return (0,string_width__WEBPACK_IMPORTED_MODULE_1__/* ["default"] */ .A)(text);
}
/** At most `width` columns, an ellipsis marking the cut. */
function clip(text, width) {
    return width < 1 ? '' : (0,cli_truncate__WEBPACK_IMPORTED_MODULE_2__/* ["default"] */ .A)(text, width);
}
/** Exactly `width` columns. */
function pad(text, width) {
    const shown = clip(text, width);
    return shown + ' '.repeat(Math.max(0, width - widthOf(shown)));
}
/** Exactly `width` columns, the text at their end. */
function padStart(text, width) {
    const shown = clip(text, width);
    return ' '.repeat(Math.max(0, width - widthOf(shown))) + shown;
}
/** Lines of at most `width` columns, broken at spaces; a word that is too long is broken too. */
function wrap(text, width) {
    return (0,wrap_ansi__WEBPACK_IMPORTED_MODULE_0__/* ["default"] */ .A)(text, width, { hard: true }).split('\n');
}


/***/ }),

/***/ 9196:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Qr: () => (/* binding */ lastBytes),
/* harmony export */   _Q: () => (/* binding */ fitting),
/* harmony export */   mI: () => (/* binding */ firstBytes)
/* harmony export */ });
/** Text cut to so many bytes, where people see that it was. Pure. */
/** The first of the blocks that fit into `limit` bytes, and how many are left out. */
function fitting(blocks, limit) {
    const kept = [];
    let bytes = 0;
    for (const block of blocks) {
        bytes += Buffer.byteLength(block) + 2;
        if (bytes > limit)
            break;
        kept.push(block);
    }
    return { kept, left: blocks.length - kept.length };
}
/** The end of a text, from the start of a line where there is one. */
function lastBytes(text, limit) {
    const bytes = Buffer.from(text);
    if (bytes.length <= limit)
        return text;
    const end = bytes.subarray(bytes.length - limit).toString();
    const line = end.indexOf('\n');
    return `…\n${line >= 0 && line < end.length - 1 ? end.slice(line + 1) : end}`;
}
/** The beginning of a text, whole lines, with `note` as its last; at most `limit` bytes with the note. */
function firstBytes(text, limit, note) {
    const bytes = Buffer.from(text);
    if (bytes.length <= limit)
        return text;
    const end = `\n\n${note}\n`;
    const start = bytes.subarray(0, limit - Buffer.byteLength(end)).toString();
    const line = start.lastIndexOf('\n');
    return `${line > 0 ? start.slice(0, line) : start.replace(/\ufffd+$/, '')}${end}`;
}


/***/ }),

/***/ 4552:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   U: () => (/* binding */ takeUpCommand)
/* harmony export */ });
/* harmony import */ var _decide_ref_name_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8938);
/* harmony import */ var _shell_words_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7965);
/** How to take up by hand what did not land: the commands for it. Pure. */


/** The command that puts a task's kept work on the branch one is on; null: none is kept. `folder`: of the run. */
function takeUpCommand(task, folder) {
    // Beside the task's folder where that could not be written; a worker's own artifacts may have any name.
    const ours = [`tasks/${task.id}/work.bundle`, `${task.id}.work.bundle`];
    const file = ours.find(name => task.files.includes(name));
    if (file === undefined)
        return null;
    return `${(0,_shell_words_js__WEBPACK_IMPORTED_MODULE_0__/* .shellLine */ .T)(['git', 'fetch', `${folder}/${file}`, (0,_decide_ref_name_js__WEBPACK_IMPORTED_MODULE_1__/* .workRef */ .$J)(task.id)])} && git cherry-pick FETCH_HEAD`;
}


/***/ }),

/***/ 5271:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   FW: () => (/* binding */ stageWord),
/* harmony export */   YP: () => (/* binding */ standingOf),
/* harmony export */   aC: () => (/* binding */ headlineSoFar),
/* harmony export */   o4: () => (/* binding */ standingWords)
/* harmony export */ });
/* harmony import */ var _decide_task_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(252);
/* harmony import */ var _wording_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3791);


function standingOf({ tasks }) {
    const counts = {
        ...{ waiting: 0, running: 0, ready: 0 },
        ...{
            landed: 0,
            unchanged: 0,
            failed: 0,
            'blocked-push': 0,
            blocked: 0,
            cancelled: 0,
            skipped: 0,
            reverted: 0,
        },
    };
    for (const { stage } of tasks)
        counts[placeOf(stage)]++;
    return { ...counts, wanted: tasks.length - counts.skipped };
}
function placeOf(stage) {
    switch (stage.kind) {
        case 'waiting':
        case 'handoff':
            return 'waiting';
        case 'working':
        case 'remediating':
            return 'running';
        case 'ready':
            return 'ready';
        case 'ended':
            return stage.outcome;
        default:
            return (0,_decide_task_js__WEBPACK_IMPORTED_MODULE_1__/* .unreachable */ .H)(stage);
    }
}
/** Each of them is another reason to look, so each has its own count. */
const WRONG = ['failed', 'blocked-push', 'blocked', 'reverted', 'cancelled'];
/** `12/40 landed, 4 running, 1 failed`; what is none is left out. */
function standingWords(standing) {
    return [
        `${standing.landed}/${standing.wanted} landed`,
        `${standing.running} running`,
        ...others(standing),
    ].join(', ');
}
/** `12 of 40 tasks landed on main so far, 4 running, 2 ready to land, 21 waiting, 1 failed`. */
function headlineSoFar(standing, branch, dryRun) {
    const landed = dryRun ? `would land on ${branch}` : `landed on ${branch} so far`;
    return [
        `${standing.landed} of ${(0,_wording_js__WEBPACK_IMPORTED_MODULE_0__/* .plural */ .LS)(standing.wanted, 'task')} ${landed}`,
        `${standing.running} running`,
        standing.ready > 0 ? `${standing.ready} ready to land` : '',
        standing.waiting > 0 ? `${standing.waiting} waiting` : '',
        ...others(standing),
        dryRun ? 'dry run' : '',
    ]
        .filter(part => part !== '')
        .join(', ');
}
function others(standing) {
    const told = ['unchanged', ...WRONG];
    return told
        .filter(outcome => standing[outcome] > 0)
        .map(outcome => `${standing[outcome]} ${_wording_js__WEBPACK_IMPORTED_MODULE_0__/* .OUTCOMES */ .im[outcome].word}`);
}
/** What a task is doing; null: it has ended. */
function stageWord(stage) {
    switch (stage.kind) {
        case 'waiting':
            return 'waiting';
        case 'working':
            return 'running';
        case 'ready':
            return 'ready to land';
        case 'handoff':
            return 'to be remediated';
        case 'remediating':
            return 'being remediated';
        case 'ended':
            return null;
        default:
            return (0,_decide_task_js__WEBPACK_IMPORTED_MODULE_1__/* .unreachable */ .H)(stage);
    }
}


/***/ }),

/***/ 8829:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  eH: () => (/* binding */ summaryMarkdown)
});

// UNUSED EXPORTS: SUMMARY_LIMIT, refusalMarkdown

// EXTERNAL MODULE: ./build/decide/history.js
var decide_history = __webpack_require__(9365);
// EXTERNAL MODULE: ./build/action/fit.js
var fit = __webpack_require__(9196);
// EXTERNAL MODULE: ./build/decide/plain.js
var plain = __webpack_require__(977);
// EXTERNAL MODULE: ./build/decide/verdict.js
var verdict = __webpack_require__(2400);
// EXTERNAL MODULE: ./build/action/wording.js
var wording = __webpack_require__(3791);
;// CONCATENATED MODULE: ./build/action/gantt.js



/** A chart with more bars than this is no picture any more. */
const WORKERS = 40;
const GATES = 15;
const PUSHES = 10;
const VERIFICATIONS = 15;
const HOUR = 3_600_000;
/** null: nothing ran. `tasks` by id; `now`, in milliseconds since the epoch, ends what still runs. */
function gantt(history, tasks, now) {
    const workers = chosen(history.workers, WORKERS, now);
    const gates = chosen(history.gates, GATES, now);
    const pushes = chosen(history.pushes, PUSHES, now);
    const verifications = chosen(history.verifications, VERIFICATIONS, now);
    const sections = [
        ['Workers', workers.map(run => workerBar(run, tasks.get(run.task), now))],
        ['Gates', gates.map(gate => gateBar(gate, now))],
        ['Pushes', pushes.map(push => pushBar(push, now))],
        ['Verification', verifications.map(each => verificationBar(each, now))],
    ];
    const bars = sections.flatMap(([, list]) => list);
    if (bars.length === 0)
        return null;
    const first = Math.min(...bars.map(bar => bar.from));
    const long = bars.some(bar => bar.to - first > HOUR);
    const lines = sections
        .filter(([, list]) => list.length > 0)
        .flatMap(([section, list]) => [`  section ${section}`, ...list.map(line)]);
    return {
        chart: ['gantt', '  dateFormat x', `  axisFormat ${long ? '%H:%M' : '%H:%M:%S'}`, ...lines].join('\n'),
        left: [
            leftOut(history.workers.length, workers.length, 'worker run'),
            leftOut(history.gates.length, gates.length, 'gate'),
            leftOut(history.pushes.length, pushes.length, 'push', 'pushes'),
            leftOut(history.verifications.length, verifications.length, 'verification'),
        ].filter(text => text !== ''),
    };
}
function leftOut(all, shown, one, many = `${one}s`) {
    return all > shown ? `${all - shown} of ${(0,wording/* plural */.LS)(all, one, many)}` : '';
}
/** The longest, in the order of their beginning: that is where the time went. */
function chosen(spans, most, now) {
    if (spans.length <= most)
        return spans;
    const length = ({ from, to }) => (to ?? now) - from;
    const longest = new Set([...spans].sort((a, b) => length(b) - length(a)).slice(0, most));
    return spans.filter(span => longest.has(span));
}
function workerBar(run, task, now) {
    const { result, handoff, attempt } = run;
    const label = `${task?.title ?? run.task}${handoff ? ' remediation' : attempt > 1 ? ` run ${attempt}` : ''}`;
    const span = { label, from: run.from, to: run.to ?? now };
    if (run.to === null)
        return { ...span, mark: '⏳', tag: 'active' };
    if (result === null || result.kind === 'failed')
        return { ...span, mark: wording/* OUTCOMES */.im.failed.emoji, tag: 'crit' };
    // Its work is done; what becomes of that is the lane's to say.
    const outcome = task?.outcome ?? null;
    if (outcome === null)
        return { ...span, mark: '⏳', tag: 'done' };
    return { ...span, mark: wording/* OUTCOMES */.im[outcome].emoji, tag: verdict/* FAILING */.tz.has(outcome) ? 'crit' : 'done' };
}
function gateBar({ target, result, from, to }, now) {
    const top = target.tasks.at(-1);
    const label = top === undefined
        ? 'the branch'
        : target.tasks.length === 1
            ? top
            : `${target.tasks.length} tasks up to ${top}`;
    const span = { label, from, to: to ?? now };
    if (to === null)
        return { ...span, mark: '⏳', tag: 'active' };
    return result?.passed ? { ...span, mark: '✅', tag: 'done' } : { ...span, mark: '❌', tag: 'crit' };
}
function pushBar({ tasks, result, from, to }, now) {
    const label = tasks.length === 0 ? 'reverts' : tasks.length === 1 ? tasks[0] : (0,wording/* plural */.LS)(tasks.length, 'task');
    const span = { label, from, to: to ?? now };
    if (to === null)
        return { ...span, mark: '⏳', tag: 'active' };
    if (result?.kind === 'landed')
        return { ...span, mark: '✅', tag: 'done' };
    const race = result?.kind === 'refused' && result.refusal.code === 'race';
    return { ...span, label: race ? `${label}, race lost` : label, mark: race ? '🔁' : '❌', tag: 'crit' };
}
function verificationBar({ from, to, result }, now) {
    const span = { label: 'verification', from, to: to ?? now };
    return result.passed ? { ...span, mark: '✅', tag: 'done' } : { ...span, mark: '❌', tag: 'crit' };
}
/** The mark comes first so that no label is a word of Mermaid's own. */
function line({ mark, label, tag, from, to }) {
    return `  ${mark} ${plainLabel(label)} :${tag}, ${Math.round(from)}, ${Math.round(Math.max(to, from + 1))}`;
}
/** Letters, digits and a few signs: everything that means something to Mermaid, Markdown or HTML is a space. */
function plainLabel(text) {
    const label = (0,plain/* plainLine */.h0)(text, 200)
        .replace(/[^\p{L}\p{M}\p{N} ._/+()-]+/gu, ' ')
        .replace(/ +/g, ' ')
        .trim();
    return (0,plain/* plainLine */.h0)(label === '' ? 'task' : label, 40);
}

;// CONCATENATED MODULE: ./build/action/markdown.js
/** Text from elsewhere as GitHub Markdown that shows it and does nothing else. */

const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '|': '&#124;' };
/** For running text, table cells and list items: one line; no markup, HTML, mention or link comes of it. */
function inline(text, limit = 1000) {
    return ((0,plain/* plainLine */.h0)(text, limit)
        .replace(/[&<>|]|[\\`*_~$[\]]/g, found => ENTITIES[found] ?? `\\${found}`)
        // GitHub looks for mentions after rendering, where an escape is gone: only a break in the word helps.
        .replaceAll('@', '@&#8203;')
        .replace(/:(?=\/\/)/g, '&#58;')
        .replace(/\b(www)\./gi, '$1&#46;')
        .replace(/^([-+=#])|^(\d+)(?=[.)])/, (_found, bullet, digits) => bullet ? `\\${bullet}` : `${digits}&#8203;`));
}
/** One line as code. HTML, because a span of backticks cannot hold a `|` in a table. */
function code(text, limit = 1000) {
    return `<code>${(0,plain/* plainLine */.h0)(text, limit).replace(/[!-*:-@[-`{-~]/g, found => `&#${found.charCodeAt(0)};`)}</code>`;
}
// The only links made of a reason's words; others stay text.
const LINK = /(https:\/\/(?:www\.githubstatus\.com|github\.com\/[\w.-]+\/[\w.-]+\/security\/secret-scanning\/unblock-secret\/[\w-]+))/;
/** The sentences of explain(): what stands between backticks becomes code, a link to GitHub's help a link. */
function markdown_sentences(text, limit = 2000) {
    return (0,plain/* plainLine */.h0)(text, limit)
        .split(/`([^`]*)`/)
        .map((part, index) => index % 2 === 1
        ? code(part)
        : part
            .split(LINK)
            .map((piece, at) => (at % 2 === 1 ? `<${piece}>` : spaced(piece, inline)))
            .join(''))
        .join('');
}
/** A fenced block that its content cannot leave. */
function fence(text, language = 'text') {
    const content = (0,plain/* plainBlock */.Yj)(text).trimEnd().replace(/^\n+/, '');
    const longest = Math.max(2, ...Array.from(content.matchAll(/`+/g), run => run[0].length));
    const marks = '`'.repeat(longest + 1);
    return `${marks}${language}\n${content}\n${marks}`;
}
/** A link if the address is http(s), else the label alone. The label must be Markdown already. */
function markdown_link(label, address) {
    if (!address || !/^https?:\/\/[^\s<>()[\]\\"'`|]+$/.test(address))
        return label;
    return `[${label}](${address})`;
}
/** A table; cells must be Markdown already, `align` one of `-` and `:` forms per column. */
function table(head, align, rows) {
    return [row(head), row(align), ...rows].join('\n');
}
function row(cells) {
    return `| ${cells.join(' | ')} |`;
}
/** `plainLine` trims; the spaces around a piece belong to the sentence. */
function spaced(text, shown) {
    const [, before = '', middle = '', after = ''] = text.match(/^(\s*)(.*?)(\s*)$/s) ?? [];
    return before + (middle === '' ? '' : shown(middle)) + after;
}

// EXTERNAL MODULE: ./build/action/saved.js
var saved = __webpack_require__(4552);
// EXTERNAL MODULE: ./build/action/standing.js
var standing = __webpack_require__(5271);
;// CONCATENATED MODULE: ./build/action/summary.js
/** The job summary: what happened in one line, what needs a person, then the rest. Pure. */







const KIB = 1024;
/** GitHub drops a summary over 1 MiB whole; this leaves room for other steps' text in the same file. */
const SUMMARY_LIMIT = 900 * KIB;
// What each part may take, so that none can push out the others.
const PERSONS = 220 * KIB;
const TAILS = 300 * KIB;
const ROWS = 250 * KIB;
const VERIFY_TAIL = 12 * KIB;
const COMMANDS = 20;
/** Under 900 KiB whatever it is given; what is cut is pointed to. */
function summaryMarkdown(summary, extra) {
    const persons = (0,wording/* needPerson */.gZ)(summary).filter(task => doing(task, extra) === null);
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
    ];
    const text = `${parts.filter(part => part !== '').join('\n\n')}\n`;
    return (0,fit/* firstBytes */.mI)(text, SUMMARY_LIMIT, '… cut here: the whole is in report.html.');
}
/** What there is to say of a run that began nothing: why, all of it. */
function refusalMarkdown(lines) {
    const items = lines.map(line => `- ${sentences(line)}`);
    const { kept, left } = fitting(items, ROWS);
    const more = left > 0 ? [`- … and ${left} more in the log`] : [];
    return `## ❌ Fanout did not start: ${plural(lines.length, 'problem')}\n\n${[...kept, ...more].join('\n')}\n`;
}
function title(summary, { soFar }) {
    const { branch, dry_run } = summary.run;
    if (soFar)
        return `⏳ ${(0,standing/* headlineSoFar */.aC)(soFar.standing, branch, dry_run)}`;
    return `${summary.conclusion === 'success' ? '✅' : '❌'} ${(0,wording/* headline */.Pl)(summary)}`;
}
/** What a reader must know who finds it when the job has ended: then nobody was left to write another one. */
function cutOffLine({ run }) {
    const again = run.dry_run ? '' : ': run it again, and it goes on from there';
    return `Written at ${inline(run.finished_at, 40)}, while the run was under way. If the job has ended since, it was cut off${again}.`;
}
/** null: it has ended. */
function doing(task, { soFar }) {
    return soFar?.doing.get(task.id) ?? null;
}
function runLine({ run, ...summary }, extra) {
    const from = commit(run.base_sha, extra, run.dry_run);
    const to = commit(run.head_sha, extra, run.dry_run);
    return [
        run.base_sha === run.head_sha ? from : `${from} → ${to}`,
        (0,wording/* plural */.LS)(run.workers, 'worker'),
        (0,wording/* duration */.p0)((0,wording/* runSeconds */.Rl)({ run, ...summary })),
        `run ${code(run.key, 100)}`,
        run.resumed ? 'resumed' : '',
        run.dry_run ? '**dry run: nothing was pushed**' : '',
        extra.artifactUrl ? markdown_link('artifact', extra.artifactUrl) : '',
    ]
        .filter(part => part !== '')
        .join(' · ');
}
function personsPart(persons, extra) {
    // A fair share each: one failure shows much of its log, a thousand show where their logs are.
    const share = Math.min(12 * KIB, Math.floor(TAILS / persons.length) - 100);
    const entries = persons.map(task => {
        const name = `**${wording/* OUTCOMES */.im[task.outcome].emoji} ${inline(task.title, 200)}**`;
        const id = task.title === task.id ? '' : ` ${code(task.id)}`;
        const lines = [`${name}${id} ${inline((0,wording/* outcomeWords */.wX)(task))}`];
        if (task.reason)
            lines.push(markdown_sentences(task.reason.message), `**To do:** ${markdown_sentences(task.reason.fix)}`);
        return { text: lines.join('<br>\n'), tail: logTail(task, extra.tails.get(task.id) ?? '', share) };
    });
    const { kept, left } = (0,fit/* fitting */._Q)(entries.map(entry => entry.text), PERSONS);
    const shown = kept.map((text, index) => `${text}${entries[index]?.tail ?? ''}`);
    return ['### What needs a person', ...shown, rest(left, extra)].filter(part => part !== '').join('\n\n');
}
function logTail(task, tail, share) {
    if (tail.trim() === '')
        return '';
    const log = (0,wording/* logOf */.Gs)(task);
    if (share < 500)
        return log ? `<br>\nLog: ${code(log)}` : '';
    return folded(log ? `End of ${code(log)}` : 'End of the log', (0,fit/* lastBytes */.Qr)(tail, share));
}
function folded(label, text) {
    return `\n\n<details><summary>${label}</summary>\n\n${fence(text)}\n\n</details>`;
}
function tasksPart(summary, extra) {
    if (summary.tasks.length === 0)
        return '';
    const { kept, left } = (0,fit/* fitting */._Q)(summary.tasks.map(task => taskRow(task, summary, extra)), ROWS);
    const body = table(['Task', 'Outcome', 'Commit', 'Changes', 'Time', 'Attempts'], ['---', '---', '---', '---', '--:', '---'], kept);
    const more = rest(left, extra);
    const text = more === '' ? body : `${body}\n\n${more}`;
    if (summary.tasks.length <= 50)
        return `### Tasks\n\n${text}`;
    return `<details><summary><b>All ${summary.tasks.length} tasks</b></summary>\n\n${text}\n\n</details>`;
}
function taskRow(task, { run }, extra) {
    const at = doing(task, extra);
    return row([
        task.title === task.id ? code(task.id) : `${inline(task.title, 80)} ${code(task.id)}`,
        at === null ? `${wording/* OUTCOMES */.im[task.outcome].emoji} ${inline((0,wording/* outcomeWords */.wX)(task))}` : `⏳ ${at}`,
        task.commit ? commit(task.commit, extra, run.dry_run) : '',
        (0,wording/* changed */.tD)(task.changes),
        (0,wording/* taskSeconds */.x6)(task) > 0 ? (0,wording/* duration */.p0)((0,wording/* taskSeconds */.x6)(task)) : '',
        (0,wording/* attempted */.zU)(task.attempts),
    ]);
}
function landingPart(summary) {
    const { landing, counts } = summary;
    const figures = [
        ['Landed', String(counts.landed)],
        ['Pushes', String(landing.pushes)],
        ['Push attempts', String(landing.push_attempts)],
        ['Races lost', String(landing.races_lost)],
        ['Rounds', String(landing.rounds)],
        ['Gates run', String(landing.gates_run)],
        ['Gates saved', String((0,wording/* gatesSaved */.C1)(summary))],
        ['Flakes', String(landing.gate_flakes)],
        ['Gate time', (0,wording/* duration */.p0)(landing.gate_seconds)],
    ];
    return `### Landing lane\n\n${table(figures.map(([name]) => name), figures.map(() => '--:'), [row(figures.map(([, value]) => value))])}`;
}
function timelinePart(summary, extra) {
    const tasks = new Map(summary.tasks.map(task => {
        const outcome = doing(task, extra) === null ? task.outcome : null;
        return [task.id, { title: task.title, outcome }];
    }));
    const drawn = gantt(extra.history ?? decide_history/* NO_HISTORY */.V, tasks, Date.parse(summary.run.finished_at));
    if (drawn === null)
        return '';
    const left = drawn.left.length > 0 ? `\n\nThe shortest are left out: ${drawn.left.join(', ')}.` : '';
    return `### Timeline\n\n${fence(drawn.chart, 'mermaid')}${left}`;
}
function verificationPart({ verification, run }, extra) {
    const command = code(verification.command, 300);
    if (!verification.ran) {
        return verification.skipped_because
            ? `### Verification\n\n➖ Not run: ${markdown_sentences(verification.skipped_because, 500)}`
            : '';
    }
    const on = verification.sha ? ` on ${commit(verification.sha, extra, run.dry_run)}` : '';
    const time = ` in ${(0,wording/* duration */.p0)(verification.seconds)}`;
    if (verification.passed)
        return `### Verification\n\n✅ ${command} passed${on}${time}`;
    const how = verification.exit_code === null ? 'did not finish' : `exited with code ${verification.exit_code}`;
    const culprits = verification.culprits.slice(0, 20).map(id => code(id));
    const blamed = culprits.length > 0 ? `<br>\nCaused by ${culprits.join(', ')}` : '';
    const tail = extra.verifyTail ?? '';
    const output = tail.trim() === '' ? '' : folded(`End of ${code('verify.log')}`, (0,fit/* lastBytes */.Qr)(tail, VERIFY_TAIL));
    return `### Verification\n\n❌ ${command} ${how}${on}${time}; its output is in ${code('verify.log')}${blamed}${output}`;
}
/** How to take up by hand what did not land. */
function savedPart(persons, extra) {
    const folder = extra.artifactUrl ? '<unpacked artifact>' : extra.runDirectory;
    const commands = persons.flatMap(task => (0,saved/* takeUpCommand */.U)(task, folder) ?? []);
    if (commands.length === 0)
        return '';
    const more = commands.length - COMMANDS;
    const shown = more > 0 ? [...commands.slice(0, COMMANDS), `# and ${more} more: tasks/*/work.bundle`] : commands;
    const intro = `The work of ${(0,wording/* plural */.LS)(commands.length, 'task')} is kept ${place(extra)} as ${code('work.bundle')} and ${code('work.patch')}. To take it up, in a clone of this repository:`;
    return `### Saved work\n\n${intro}\n\n${fence(shown.join('\n'), 'sh')}`;
}
function place(extra) {
    return extra.artifactUrl
        ? `in ${markdown_link('the artifact', extra.artifactUrl)}`
        : `under ${code(extra.runDirectory, 300)}`;
}
/** Nothing of a dry run is on the remote, so its commits are no links. */
function commit(sha, extra, dryRun) {
    if (!/^[0-9a-f]{7,64}$/.test(sha))
        return code(sha, 64);
    const short = code(sha.slice(0, 7));
    return dryRun || extra.repositoryUrl === null ? short : markdown_link(short, `${extra.repositoryUrl}/commit/${sha}`);
}
function rest(left, extra) {
    if (left === 0)
        return '';
    return `… and ${left} more: see ${code(extra.soFar ? 'state.json' : 'report.html')} ${place(extra)}.`;
}


/***/ }),

/***/ 1875:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   j: () => (/* binding */ summaryTable)
/* harmony export */ });
/* harmony import */ var picocolors__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(7336);
/* harmony import */ var _decide_plain_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(977);
/* harmony import */ var _decide_text_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5810);
/* harmony import */ var _decide_verdict_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2400);
/* harmony import */ var _columns_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8232);
/* harmony import */ var _wording_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(3791);
/** The end of a run on a terminal: one row per task, reasons and fixes below it, the headline last. Pure. */






/** No line is longer than `width` columns (40 at least); no newline at the end. */
function summaryTable(summary, options) {
    const width = Math.max(40, options.width);
    const colors = (0,picocolors__WEBPACK_IMPORTED_MODULE_5__.createColors)(options.color);
    const paint = (color, text) => (text.trim() === '' ? text : colors[color](text));
    const rows = summary.tasks.map(cells);
    const widths = [0, 1, 2, 3, 4].map(column => Math.max(0, ...rows.map(row => (0,_columns_js__WEBPACK_IMPORTED_MODULE_3__/* .widthOf */ .qz)(row[column] ?? ''))));
    const fixed = (widths[1] ?? 0) + (widths[2] ?? 0) + (widths[3] ?? 0) + (widths[4] ?? 0) + 2 + 4 * 2;
    const first = Math.min(widths[0] ?? 0, Math.max(10, width - fixed));
    const lines = summary.tasks.flatMap((task, index) => {
        const [name = '', outcome = '', commit = '', changes = '', time = ''] = rows[index] ?? [];
        const plain = [
            (0,_columns_js__WEBPACK_IMPORTED_MODULE_3__/* .pad */ .eV)(name, first),
            (0,_columns_js__WEBPACK_IMPORTED_MODULE_3__/* .pad */ .eV)(outcome, widths[1] ?? 0),
            (0,_columns_js__WEBPACK_IMPORTED_MODULE_3__/* .pad */ .eV)(commit, widths[2] ?? 0),
            (0,_columns_js__WEBPACK_IMPORTED_MODULE_3__/* .pad */ .eV)(changes, widths[3] ?? 0),
            (0,_columns_js__WEBPACK_IMPORTED_MODULE_3__/* .padStart */ .CF)(time, widths[4] ?? 0),
        ];
        const text = (0,_columns_js__WEBPACK_IMPORTED_MODULE_3__/* .clip */ .$Q)(`${_wording_js__WEBPACK_IMPORTED_MODULE_4__/* .OUTCOMES */ .im[task.outcome].mark} ${plain.join('  ')}`, width).trimEnd();
        return [paint(colorOf(task), text), ...told(task, width).map(line => paint('gray', line))];
    });
    const end = `${(0,_wording_js__WEBPACK_IMPORTED_MODULE_4__/* .headline */ .Pl)(summary)} (${(0,_wording_js__WEBPACK_IMPORTED_MODULE_4__/* .duration */ .p0)((0,_wording_js__WEBPACK_IMPORTED_MODULE_4__/* .runSeconds */ .Rl)(summary))})`;
    const verification = verificationLine(summary);
    return [
        ...lines,
        ...(lines.length > 0 ? [''] : []),
        ...(verification === '' ? [] : [(0,_columns_js__WEBPACK_IMPORTED_MODULE_3__/* .clip */ .$Q)(verification, width)]),
        ...(0,_columns_js__WEBPACK_IMPORTED_MODULE_3__/* .wrap */ .LV)(end, width).map(line => paint('bold', paint(summary.conclusion === 'success' ? 'green' : 'red', line))),
    ]
        .map(line => (0,_decide_text_js__WEBPACK_IMPORTED_MODULE_1__/* .harmless */ .Is)(line))
        .join('\n');
}
function cells(task) {
    const title = (0,_decide_plain_js__WEBPACK_IMPORTED_MODULE_0__/* .plainLine */ .h0)(task.title, 200);
    return [
        title === task.id ? task.id : `${task.id}  ${title}`,
        (0,_wording_js__WEBPACK_IMPORTED_MODULE_4__/* .outcomeWords */ .wX)(task),
        (0,_decide_plain_js__WEBPACK_IMPORTED_MODULE_0__/* .plainLine */ .h0)(task.commit ?? '', 64).slice(0, 7),
        (0,_wording_js__WEBPACK_IMPORTED_MODULE_4__/* .changed */ .tD)(task.changes),
        (0,_wording_js__WEBPACK_IMPORTED_MODULE_4__/* .taskSeconds */ .x6)(task) > 0 ? (0,_wording_js__WEBPACK_IMPORTED_MODULE_4__/* .duration */ .p0)((0,_wording_js__WEBPACK_IMPORTED_MODULE_4__/* .taskSeconds */ .x6)(task)) : '',
    ];
}
/** Reason and fix of what needs a person. */
function told(task, width) {
    if (!task.reason || !_decide_verdict_js__WEBPACK_IMPORTED_MODULE_2__/* .FAILING */ .tz.has(task.outcome))
        return [];
    const block = (mark, text) => (0,_columns_js__WEBPACK_IMPORTED_MODULE_3__/* .wrap */ .LV)((0,_decide_plain_js__WEBPACK_IMPORTED_MODULE_0__/* .plainLine */ .h0)(text, 2000), width - 6).map((line, index) => `    ${index === 0 ? mark : '│'} ${line}`);
    return [...block('│', task.reason.message), ...block('→', task.reason.fix)];
}
function colorOf(task) {
    if (task.outcome === 'landed')
        return 'green';
    if (task.outcome === 'unchanged' || task.outcome === 'skipped')
        return 'gray';
    return task.outcome === 'blocked' || task.outcome === 'cancelled' ? 'yellow' : 'red';
}
function verificationLine({ verification }) {
    if (!verification.ran)
        return '';
    const command = (0,_decide_plain_js__WEBPACK_IMPORTED_MODULE_0__/* .plainLine */ .h0)(verification.command, 200);
    if (verification.passed)
        return `✔ verification: ${command} passed`;
    return `✖ verification: ${command} failed${(0,_wording_js__WEBPACK_IMPORTED_MODULE_4__/* .causedBy */ .$z)(verification)}, see verify.log`;
}


/***/ }),

/***/ 3791:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $z: () => (/* binding */ causedBy),
/* harmony export */   C1: () => (/* binding */ gatesSaved),
/* harmony export */   Gs: () => (/* binding */ logOf),
/* harmony export */   LS: () => (/* binding */ plural),
/* harmony export */   Pl: () => (/* binding */ headline),
/* harmony export */   Rl: () => (/* binding */ runSeconds),
/* harmony export */   dh: () => (/* binding */ brief),
/* harmony export */   gZ: () => (/* binding */ needPerson),
/* harmony export */   im: () => (/* binding */ OUTCOMES),
/* harmony export */   p0: () => (/* binding */ duration),
/* harmony export */   tD: () => (/* binding */ changed),
/* harmony export */   wX: () => (/* binding */ outcomeWords),
/* harmony export */   x6: () => (/* binding */ taskSeconds),
/* harmony export */   zU: () => (/* binding */ attempted)
/* harmony export */ });
/* harmony import */ var _decide_explain_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9844);
/* harmony import */ var _decide_verdict_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2400);
/** Words, marks and order that summary, table, annotations, progress and report share. Plain text, nothing escaped. */


const OUTCOMES = {
    reverted: { word: 'reverted', emoji: '⏪', mark: '↩', rank: 0 },
    failed: { word: 'failed', emoji: '❌', mark: '✖', rank: 1 },
    'blocked-push': { word: 'not pushed', emoji: '🚧', mark: '▲', rank: 2 },
    cancelled: { word: 'cancelled', emoji: '🛑', mark: '■', rank: 3 },
    blocked: { word: 'blocked', emoji: '⛔', mark: '▲', rank: 4 },
    skipped: { word: 'skipped', emoji: '⏭️', mark: '-', rank: 5 },
    unchanged: { word: 'unchanged', emoji: '➖', mark: '=', rank: 6 },
    landed: { word: 'landed', emoji: '✅', mark: '✔', rank: 7 },
};
/** The tasks that did not do what they were to do, worst first; among equals in queue order. */
function needPerson(summary) {
    return summary.tasks
        .filter(task => _decide_verdict_js__WEBPACK_IMPORTED_MODULE_1__/* .FAILING */ .tz.has(task.outcome))
        .toSorted((a, b) => OUTCOMES[a.outcome].rank - OUTCOMES[b.outcome].rank);
}
/** The run in one line, for example `37 of 40 tasks landed on main, 2 changed nothing, 1 needs a person`. */
function headline(summary) {
    const { counts, run, verification } = summary;
    const wanted = counts.total - counts.skipped;
    const persons = counts.failed + counts.blocked_push + counts.blocked + counts.cancelled + counts.reverted;
    const landed = `${counts.landed} of ${plural(wanted, 'task')} ${run.dry_run ? 'would land' : 'landed'} on ${run.branch}`;
    return [
        wanted === 0 ? 'No task to run' : landed,
        counts.unchanged > 0 ? `${counts.unchanged} changed nothing` : '',
        counts.skipped > 0 ? `${counts.skipped} skipped` : '',
        persons > 0 ? `${persons} ${persons === 1 ? 'needs' : 'need'} a person` : '',
        verification.passed === false ? 'the verification failed' : '',
        run.dry_run ? 'dry run' : '',
    ]
        .filter(part => part !== '')
        .join(', ');
}
/** `failed (gate)`, or the outcome alone. */
function outcomeWords(task) {
    const { word } = OUTCOMES[task.outcome];
    return task.reason ? `${word} (${task.reason.code})` : word;
}
/** What happened, fit for the middle of a line. */
function brief(failure) {
    const { what } = (0,_decide_explain_js__WEBPACK_IMPORTED_MODULE_0__/* .explain */ .WE)(failure, { branch: '' });
    return what.replace(/^(?:The|It|An?) /, '').replace(/\.$/, '');
}
/** The log that tells why: the gate's where the gate decided, else the remediation's or the worker's. */
function logOf(task) {
    // What the verification said stands beside its own result.
    if (task.reason?.code === 'verification')
        return undefined;
    // Not among its artifacts, where a worker may have put anything.
    const last = (name) => task.files.findLast(file => /^tasks\/[^/]+\/[^/]+$/.test(file) && name.test(file));
    const gate = task.reason?.code === 'gate' ? lastGate(task) : undefined;
    return gate ?? last(/\/remediation\.log$/) ?? last(/\/worker\.log$/);
}
/** By its number: the tenth comes before the second by name. */
function lastGate({ files }) {
    const logs = files.flatMap(file => {
        const number = /^tasks\/[^/]+\/gate-(\d+)\.log$/.exec(file)?.[1];
        return number === undefined ? [] : [{ file, number: Number(number) }];
    });
    return logs.toSorted((a, b) => b.number - a.number)[0]?.file;
}
/** Against one gate for each task that landed, and every verdict asked for anew. 0 where nothing was gated. */
function gatesSaved({ counts, landing }) {
    const { gates_run: run, gates_reused: reused } = landing;
    return run === 0 ? 0 : Math.max(0, counts.landed + reused - run);
}
/** From the start to the end of the run, in seconds; 0 if the times make no sense. */
function runSeconds(summary) {
    const seconds = (Date.parse(summary.run.finished_at) - Date.parse(summary.run.started_at)) / 1000;
    return Number.isFinite(seconds) && seconds > 0 ? seconds : 0;
}
function taskSeconds(task) {
    return task.seconds.workspace + task.seconds.worker + task.seconds.landing;
}
/** `0.4s`, `12s`, `4m 02s`, `1h 05m`. */
function duration(seconds) {
    if (seconds < 9.95)
        return `${seconds.toFixed(1)}s`;
    const whole = Math.round(seconds);
    if (whole < 60)
        return `${whole}s`;
    if (whole < 3600)
        return `${Math.floor(whole / 60)}m ${two(whole % 60)}s`;
    const minutes = Math.round(whole / 60);
    return `${Math.floor(minutes / 60)}h ${two(minutes % 60)}m`;
}
/** `3 files +10 −2`; empty for null. */
function changed(changes) {
    return changes ? `${plural(changes.files, 'file')} +${changes.insertions} −${changes.deletions}` : '';
}
/** `2 runs, 1 push`; empty if nothing was tried. */
function attempted({ worker, push, remediation }) {
    return [
        worker > 0 ? plural(worker, 'run') : '',
        push > 0 ? plural(push, 'push', 'pushes') : '',
        remediation > 0 ? plural(remediation, 'remediation') : '',
    ]
        .filter(part => part !== '')
        .join(', ');
}
function plural(count, one, many = `${one}s`) {
    return `${count} ${count === 1 ? one : many}`;
}
function two(value) {
    return String(value).padStart(2, '0');
}
/** Who turned the verification red, where that was found; reverted or not. */
function causedBy({ culprits }) {
    if (culprits.length === 0)
        return '';
    const more = culprits.length > 20 ? ` and ${culprits.length - 20} more` : '';
    return ` (caused by ${culprits.slice(0, 20).join(', ')}${more})`;
}


/***/ }),

/***/ 9365:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   V: () => (/* binding */ NO_HISTORY),
/* harmony export */   o: () => (/* binding */ historyOf)
/* harmony export */ });
const NO_HISTORY = {
    ...{ workers: [], gates: [], pushes: [], verifications: [], reverts: [] },
    stackingSince: null,
};
/** Work that grows with the events: for a report, not for each event. */
function historyOf(events) {
    const draft = {
        ...{ workers: [], gates: [], pushes: [], verifications: [], reverts: [] },
        stackingSince: null,
        working: new Map(),
    };
    let last = 0;
    for (const event of events) {
        const at = Date.parse(event.at);
        note(draft, event, at, last);
        last = at;
    }
    const { working, ...history } = draft;
    return history;
}
function note(draft, event, at, before) {
    switch (event.type) {
        case 'began':
            begin(draft, event.step, at);
            return;
        case 'worked':
        case 'remediated':
            endWorker(draft, event.task, at, event.result);
            return;
        case 'gated':
            endGates(draft, event.results, at);
            return;
        case 'pushed':
            endPush(draft, event.result, at);
            return;
        case 'stacked':
            // What goes wrong inside a step of the lane is told this way.
            endLane(draft, at);
            return;
        case 'verified':
            draft.verifications.push({ from: at - event.result.seconds * 1000, to: at, result: event.result });
            return;
        case 'resumed':
            // The process that had begun them was last heard of before.
            for (const task of [...draft.working.keys()])
                endWorker(draft, task, before, null);
            endLane(draft, before);
            return;
        case 'reverted':
            draft.reverts.push({ task: event.task, commit: event.commit, at });
            return;
        case 'finished':
        case 'halted':
        case 'found':
            return;
    }
}
function begin(draft, step, from) {
    const started = { from, to: null, result: null };
    switch (step.kind) {
        case 'work':
        case 'remediate': {
            const handoff = step.kind === 'remediate' ? step.handoff : null;
            draft.working.set(step.task, draft.workers.length);
            draft.workers.push({ ...started, task: step.task, attempt: step.attempt, handoff });
            return;
        }
        case 'gate':
            draft.gates.push(...step.targets.map(target => ({ ...started, target })));
            return;
        case 'push':
            draft.pushes.push({ ...started, tasks: step.layers.map(layer => layer.task) });
            return;
        case 'stack':
            draft.stackingSince = from;
            return;
        case 'finish':
            return;
    }
}
function endWorker(draft, task, to, result) {
    const index = draft.working.get(task);
    const run = index === undefined ? undefined : draft.workers[index];
    if (index === undefined || run === undefined)
        return;
    draft.workers[index] = { ...run, to, result };
    draft.working.delete(task);
}
/** Gates that began together end together in the books; each has its own length all the same. */
function endGates(draft, results, at) {
    for (let i = draft.gates.length - 1; draft.gates[i]?.to === null; i--) {
        const gate = draft.gates[i];
        const result = results.find(each => each.commit === gate.target.commit) ?? null;
        const to = result === null ? at : Math.min(at, gate.from + result.seconds * 1000);
        draft.gates[i] = { ...gate, to, result };
    }
}
function endPush(draft, result, to) {
    const push = draft.pushes.at(-1);
    if (push?.to === null)
        draft.pushes[draft.pushes.length - 1] = { ...push, to, result };
}
function endLane(draft, at) {
    draft.stackingSince = null;
    endGates(draft, [], at);
    endPush(draft, null, at);
}


/***/ }),

/***/ 480:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   CO: () => (/* binding */ seekOf),
/* harmony export */   R2: () => (/* binding */ openNotice),
/* harmony export */   _4: () => (/* binding */ maskOf),
/* harmony export */   wu: () => (/* binding */ maskingOf),
/* harmony export */   y3: () => (/* binding */ ownNamesIn)
/* harmony export */ });
/* unused harmony export runnerMasks */
/* harmony import */ var _text_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5810);
/* harmony import */ var _trailer_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4418);
/**
 * What must never be read in anything Fanout writes, decided once, at the start. What people and machines know a run by
 * (ids, its key, branch and remote, our trailers) stays whole: `bump-***` is nobody's task.
 */


const SECRET_NAME = /(TOKEN|SECRET|PASSWORD|PASSWD|API[_-]?KEY|ACCESS[_-]KEY|PRIVATE[_-]KEY|CREDENTIALS?)$/i;
/** Shorter values are words that occur by chance. */
const SHORTEST = 8;
/** Of the token and of a password in a URL: these are secrets, whatever they look like. */
const SHORTEST_CERTAIN = 6;
/** Longer runs of letters are no words that people use every day. */
const LONGEST_WORD = 12;
const LETTERS = /^(\p{Lu}?\p{Ll}+|\p{Lu}+)$/u;
/** The token, a remote URL's password, and the values of variables that are named like secrets. */
function maskingOf(env, token, urls, own) {
    const sure = [token ?? '', ...urls.flatMap(passwordsIn)].map(text => text.trim());
    const certain = new Set(sure.filter(text => text.length >= SHORTEST_CERTAIN));
    const named = Object.entries(env)
        .map(([name, value]) => [name, (value ?? '').trim()])
        .filter(([name, value]) => SECRET_NAME.test(name) && value !== '' && !certain.has(value))
        .map(([name, value]) => {
        const [lines, whyNot] = [linesOf(value), whyNotWhole(value, own)];
        // Every line of a key is masked but those that occur by chance, like a closing bracket.
        const masked = whyNot === null ? lines.filter(line => whyNotMasked(line, own) === null) : [];
        return { name, why: whyNot, masked: whyNot === null ? [value, ...masked] : [] };
    });
    const names = [...own.ids, own.runKey, own.branch, own.origin];
    const certainly = (0,_text_js__WEBPACK_IMPORTED_MODULE_0__/* .masker */ .KB)([...certain]);
    return {
        values: [...new Set([...certain, ...named.flatMap(({ masked }) => masked)])],
        whole: names.filter(name => certainly(name) !== name),
        open: named.flatMap(({ name, why }) => (why === null ? [] : [{ name, why }])),
    };
}
/** The one function that takes secrets out of a text. */
function maskOf({ values, whole }) {
    return (0,_text_js__WEBPACK_IMPORTED_MODULE_0__/* .masker */ .KB)(values, whole);
}
/** A line of a key or of its wrapping that says nothing of it: everybody's begins, ends and points to an address so. */
const TELLS_NOTHING = /^-----(BEGIN|END) [A-Z0-9 ]+-----$|^["']?[\w.-]+["']?\s*[:=]\s*["']?(https?:\/\/[^\s@"']*|service_account)["']?,?$/;
/**
 * The secrets in a text that a worker wrote, in every form that is masked; null: nothing is masked. Of a value of several
 * lines those count that nobody else's value has.
 */
function seekOf({ values, whole }) {
    return (0,_text_js__WEBPACK_IMPORTED_MODULE_0__/* .seeker */ .YQ)(values.filter(value => !TELLS_NOTHING.test(value)), whole);
}
/** As the journal of a run tells them. */
function ownNamesIn(head) {
    const { run_key: runKey, branch, origin } = head;
    return { ids: Object.keys(head.fingerprints), runKey, branch, origin };
}
/** One sentence for the log, with names and without values; null: all is masked. */
function openNotice({ open }) {
    if (open.length === 0)
        return null;
    const each = open.map(({ name, why }) => `${name} (${why})`).join(', ');
    return `Named like secrets, but not masked in logs and reports: ${each}. Where one is a secret, give it a longer value of letters and digits.`;
}
/** What the runner is asked to mask in the log: the token, and the header that git sends it in. */
function runnerMasks(token) {
    const header = new TextEncoder().encode(`x-access-token:${token}`);
    return token.length < SHORTEST_CERTAIN ? [] : [token, base64(header)];
}
/** null: nothing speaks against it. */
function whyNotMasked(value, own) {
    if (value.length < SHORTEST)
        return `under ${SHORTEST} characters`;
    if (value.length <= LONGEST_WORD && LETTERS.test(value))
        return 'an everyday word';
    const mask = (0,_text_js__WEBPACK_IMPORTED_MODULE_0__/* .masker */ .KB)([value]);
    const held = (names) => {
        const text = names.join('\n');
        return mask(text) !== text;
    };
    if (held(own.ids))
        return "part of a task's id";
    if (held([own.runKey]))
        return "part of the run's key";
    if (held([own.branch]))
        return "part of the branch's name";
    if (held([own.origin]))
        return "part of the remote's address";
    return held(_trailer_js__WEBPACK_IMPORTED_MODULE_1__/* .TRAILER_KEYS */ .zP) ? 'part of a trailer' : null;
}
/** Of a value of several lines each one is looked at by itself. */
function whyNotWhole(value, own) {
    return linesOf(value).length > 1 ? null : whyNotMasked(value, own);
}
function linesOf(value) {
    return value
        .split(/[\r\n]+/)
        .map(line => line.trim())
        .filter(line => line !== '');
}
/** As it stands there, and as it is meant. */
function passwordsIn(url) {
    const password = /^\w+:\/\/[^/@:]*:([^/@]+)@/.exec(url)?.[1];
    if (password === undefined)
        return [];
    try {
        return [password, decodeURIComponent(password)];
    }
    catch {
        return [password];
    }
}


/***/ }),

/***/ 8260:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  m: () => (/* binding */ publish),
  k: () => (/* binding */ readTails)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: ./build/decide/history.js
var decide_history = __webpack_require__(9365);
// EXTERNAL MODULE: ./build/decide/verdict.js
var verdict = __webpack_require__(2400);
// EXTERNAL MODULE: ./build/action/fit.js
var fit = __webpack_require__(9196);
// EXTERNAL MODULE: ./build/decide/plain.js
var plain = __webpack_require__(977);
;// CONCATENATED MODULE: ./build/action/html.js
/** Text from elsewhere as HTML that shows it and does nothing else. */

const ENTITIES = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
};
/** One line, for elements and quoted attributes alike. */
function html_text(value, limit = 2000) {
    return escaped((0,plain/* plainLine */.h0)(value, limit));
}
/** Many lines, for `<pre>`. */
function block(value) {
    return escaped((0,plain/* plainBlock */.Yj)(value).trimEnd());
}
/** A sentence with what stands between backticks as `<code>`. */
function sentences(value) {
    return (0,plain/* plainLine */.h0)(value, 2000)
        .split(/`([^`]*)`/)
        .map((part, index) => (index % 2 === 1 ? `<code>${escaped(part)}</code>` : escaped(part)))
        .join('');
}
/** A path below the page as a link target: never a scheme, a host or a way up. */
function relativeHref(path) {
    const parts = path
        .toWellFormed()
        .split('/')
        .filter(part => part !== '' && part !== '.' && part !== '..');
    return escaped(`./${parts.map(encodeURIComponent).join('/')}`);
}
/** A commit, as a link to its page where the repository has one. */
function commitCode(sha, shown, repositoryUrl) {
    const code = `<code>${html_text(shown, 64)}</code>`;
    const linked = repositoryUrl !== null && /^https?:\/\/[^\s<>"'`\\]+$/.test(repositoryUrl);
    return linked && /^[0-9a-f]{7,64}$/.test(sha)
        ? `<a href="${escaped(`${repositoryUrl}/commit/${sha}`)}">${code}</a>`
        : code;
}
function escaped(value) {
    return value.replace(/[&<>"']/g, found => ENTITIES[found] ?? found);
}

;// CONCATENATED MODULE: ./build/action/report-page.js
/** Style and script of the report: constant text, because the page's policy names them by their hash. */
const STYLE = `
:root { color-scheme: light dark; --bg: #fff; --fg: #1f2328; --dim: #59636e; --line: #d1d9e0; --card: #f6f8fa; --link: #0969da;
  --good: #1a7f37; --bad: #cf222e; --warn: #9a6700; --stop: #8250df; --idle: #6e7781; }
@media (prefers-color-scheme: dark) { :root { --bg: #0d1117; --fg: #e6edf3; --dim: #9198a1; --line: #3d444d; --card: #161b22; --link: #4493f8;
  --good: #3fb950; --bad: #f85149; --warn: #d29922; --stop: #ab7df8; --idle: #8b949e; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.5rem 1rem 4rem; max-width: 75rem; background: var(--bg); color: var(--fg);
  font: 0.95rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 0.25rem; }
h2 { font-size: 1.1rem; margin: 2rem 0 0.5rem; }
h3 { font-size: 0.95rem; margin: 1rem 0 0.25rem; }
a { color: var(--link); }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
code, pre { font: 0.85em/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
code { background: var(--card); border-radius: 4px; padding: 0.1em 0.3em; }
pre.end { display: flex; flex-direction: column-reverse; }
pre { background: var(--card); border: 1px solid var(--line); border-radius: 6px; padding: 0.75rem; margin: 0.5rem 0 0; max-height: 30rem; overflow: auto; white-space: pre-wrap; }
.dim { color: var(--dim); }
.skip { position: absolute; left: -99rem; }
.skip:focus { left: 1rem; top: 0.25rem; background: var(--bg); }
details p { margin: 0.25rem 0; }
.only-read { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.counts { display: flex; flex-wrap: wrap; gap: 0.5rem; margin: 1rem 0 0; }
.counts div { border: 1px solid var(--line); border-radius: 6px; padding: 0.35rem 0.8rem; min-width: 6rem; display: flex; flex-direction: column-reverse; }
.counts dt { color: var(--dim); font-size: 0.85em; }
.counts dd { margin: 0; font-size: 1.35rem; font-weight: 600; line-height: 1.2; }
.scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: 6px; }
.o { white-space: nowrap; }
.o::before { content: ''; display: inline-block; width: 0.6em; height: 0.6em; border-radius: 50%; margin-right: 0.45em; background: var(--c, var(--idle)); }
.o-landed { --c: var(--good); fill: var(--good); }
.o-unchanged, .o-skipped { --c: var(--idle); fill: var(--idle); }
.o-failed { --c: var(--bad); fill: var(--bad); }
.o-reverted { --c: var(--bad); fill: var(--bad); }
.o-blocked-push, .o-blocked { --c: var(--warn); fill: var(--warn); }
.o-cancelled { --c: var(--stop); fill: var(--stop); }
rect[data-task] { cursor: pointer; }
rect:hover { stroke: var(--fg); }
.plus { color: var(--good); }
.minus { color: var(--bad); }
svg { display: block; min-width: 44rem; width: 100%; padding: 0.5rem; }
svg text { font: 11px system-ui, sans-serif; fill: var(--dim); }
svg .on { fill: var(--bg); pointer-events: none; }
.grid { stroke: var(--line); }
form { display: flex; flex-wrap: wrap; gap: 0.75rem 1.25rem; align-items: center; margin: 0 0 0.75rem; }
input, select { font: inherit; color: inherit; background: var(--bg); border: 1px solid var(--line); border-radius: 6px; padding: 0.25rem 0.5rem; }
[hidden] { display: none !important; }
table { border-collapse: collapse; table-layout: fixed; width: 100%; min-width: 50rem; }
thead th:nth-child(1) { width: 36%; }
thead th:nth-child(2) { width: 21%; }
thead th:nth-child(3), thead th:nth-child(5) { width: 9%; }
thead th:nth-child(4) { width: 14%; }
thead button { all: unset; cursor: pointer; }
th[aria-sort] button::after { content: ' ↑'; }
th[aria-sort="descending"] button::after { content: ' ↓'; }
th, td { text-align: left; vertical-align: top; padding: 0.4rem 0.75rem; border-top: 1px solid var(--line); }
thead th { border-top: 0; background: var(--card); font-weight: 600; white-space: nowrap; }
tbody th { font-weight: 400; }
.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
details.task { border: 1px solid var(--line); border-radius: 6px; margin: 0.5rem 0; padding: 0.5rem 0.75rem; content-visibility: auto; contain-intrinsic-size: auto 2.6rem; }
summary { cursor: pointer; }
.facts { display: grid; grid-template-columns: max-content 1fr; gap: 0.15rem 1rem; margin: 0.5rem 0 0; }
.facts dt { color: var(--dim); }
.facts dd { margin: 0; }
ul, ol { margin: 0; padding-left: 1.4rem; }
.persons li { margin-bottom: 0.4rem; }
@media (max-width: 40rem) { .facts { grid-template-columns: 1fr; } .facts dd { margin-bottom: 0.35rem; } }
`;
const SCRIPT = `
const by = id => document.getElementById(id)
const rows = [...by('rows').rows]
const parts = [...by('parts').children]
const form = by('filter'), query = by('query'), outcome = by('outcome'), shown = by('shown')

// All that is told of a task, its log too; gathered when it is first asked for.
let words
const holds = (index, word) => {
  words ??= parts.map(part => part.textContent.toLowerCase())
  return words[index].includes(word)
}
const isOf = (row, kind) => kind === '' || (kind === 'person' ? 'person' in row.dataset : row.dataset.outcome === kind)

function filter() {
  const wanted = query.value.toLowerCase().split(/\\s+/).filter(Boolean)
  let count = 0
  rows.forEach((row, index) => {
    const show = isOf(row, outcome.value) && wanted.every(word => holds(index, word))
    if (row.hidden === show) row.hidden = parts[index].hidden = !show
    if (show) count++
  })
  shown.textContent = count + ' of ' + rows.length + ' shown'
}

const heads = [...document.querySelectorAll('#table thead th')]
const ORDERS = ['ascending', 'descending', null]
const compare = new Intl.Collator('en', { numeric: true }).compare
function sort(column) {
  const next = ORDERS[(ORDERS.indexOf(heads[column].getAttribute('aria-sort')) + 1) % 3]
  for (const head of heads) head.removeAttribute('aria-sort')
  const keyed = rows.map(row => [row.cells[column].dataset.by ?? row.cells[column].textContent, row])
  if (next) {
    heads[column].setAttribute('aria-sort', next)
    keyed.sort((a, b) => (next === 'ascending' ? 1 : -1) * compare(a[0], b[0]))
  }
  by('rows').append(...keyed.map(([, row]) => row))
}

function reveal() {
  const part = by(location.hash.slice(1))
  if (!(part instanceof HTMLDetailsElement)) return
  if (part.hidden) {
    form.reset()
    filter()
  }
  part.open = true
  part.scrollIntoView()
  part.firstElementChild.focus({ preventScroll: true })
}

heads.forEach((head, column) => {
  const button = document.createElement('button')
  button.type = 'button'
  button.textContent = head.textContent
  button.addEventListener('click', () => sort(column))
  head.replaceChildren(button)
})
form.hidden = false
form.addEventListener('submit', event => event.preventDefault())
form.addEventListener('input', filter)
filter()
// A bar of the picture leads where a link does; a link leads there a second time, too.
document.addEventListener('click', event => {
  const way = event.target.closest('a[href^="#t-"], rect[data-task]')
  if (!way) return
  event.preventDefault()
  const hash = way.hash ?? '#t-' + way.dataset.task
  if (location.hash === hash) reveal()
  else location.hash = hash
})
addEventListener('hashchange', reveal)
reveal()
`;

// EXTERNAL MODULE: ./build/decide/explain.js + 4 modules
var explain = __webpack_require__(9844);
// EXTERNAL MODULE: ./build/action/saved.js
var saved = __webpack_require__(4552);
// EXTERNAL MODULE: ./build/action/wording.js
var wording = __webpack_require__(3791);
;// CONCATENATED MODULE: ./build/action/timeline.js



const LEFT = 72;
const WIDTH = 1000;
const TOP = 20;
const GAP = 10;
/** What a group is called where its bars are counted. */
const SPOKEN = { workers: 'runs of workers', verify: 'verifications' };
/** Of a row of the lane; workers' rows get lower the more there are. */
const LANE_ROW = 14;
const ROW = 16;
/** More than most letters take. */
const LETTER = 6.5;
/** Empty if nothing ran. */
function timeline(summary, history) {
    const total = (0,wording/* runSeconds */.Rl)(summary);
    if (total === 0)
        return '';
    const numbers = new Map(summary.tasks.map((task, index) => [task.id, index]));
    const groups = [
        ['workers', history.workers.map(run => workerBar(run, numbers.get(run.task) ?? null, summary.tasks))],
        ['gates', history.gates.map(gateBar)],
        ['pushes', history.pushes.map(pushBar)],
        ['verify', history.verifications.map(verificationBar)],
    ];
    const shown = groups
        .map(([name, bars]) => ({ name, bars: within(bars, Date.parse(summary.run.started_at), total) }))
        .filter(({ bars }) => bars.length > 0);
    return shown.length === 0 ? '' : drawing(shown, total);
}
/** Clocks may have been set: nothing leaves the picture. */
function within(bars, start, total) {
    return bars.flatMap(bar => {
        const from = (bar.from - start) / 1000;
        const to = bar.to === null ? total : (bar.to - start) / 1000;
        return from >= 0 && from <= total && to >= from ? [{ ...bar, from, to: Math.min(total, to) }] : [];
    });
}
function workerBar(run, number, tasks) {
    const { result, attempt, from, to } = run;
    const task = number === null ? undefined : tasks[number];
    const which = run.handoff ? `, remediation ${attempt}` : attempt > 1 ? `, run ${attempt}` : '';
    // A run that failed shows so although a later one may have landed.
    const failed = to !== null && (result === null || result.kind === 'failed');
    const good = task !== undefined && !(failed && !verdict/* FAILING */.tz.has(task.outcome)) ? task : null;
    const how = good ? (0,wording/* outcomeWords */.wX)(good) : wording/* OUTCOMES */.im.failed.word;
    return {
        kind: good?.outcome ?? 'failed',
        label: `${task?.title ?? run.task}${which}: ${how}`,
        task: number,
        from,
        to,
    };
}
function gateBar({ target, result, from, to }) {
    const of = target.tasks.length === 0 ? 'the branch' : (0,wording/* plural */.LS)(target.tasks.length, 'task');
    const how = result === null || result.passed === null ? 'cut short' : result.passed ? 'green' : 'red';
    return { kind: result?.passed ? 'landed' : 'failed', label: `gate of ${of}: ${how}`, task: null, from, to };
}
function pushBar({ tasks, result, from, to }) {
    const of = tasks.length === 0 ? 'reverts' : (0,wording/* plural */.LS)(tasks.length, 'task');
    const [kind, how] = pushed(result);
    return { kind, label: `push of ${of}: ${how}`, task: null, from, to };
}
function pushed(result) {
    if (result?.kind === 'landed')
        return ['landed', 'landed'];
    if (result?.kind !== 'refused')
        return ['failed', 'cut short'];
    const { code } = result.refusal;
    return code === 'race' ? ['blocked-push', 'race lost'] : ['failed', `refused (${code})`];
}
function verificationBar({ result, from, to }) {
    const kind = result.passed ? 'landed' : 'failed';
    return { kind, label: `verification: ${result.passed ? 'passed' : 'failed'}`, task: null, from, to };
}
function drawing(groups, total) {
    const x = (seconds) => LEFT + (seconds / total) * (WIDTH - LEFT - 8);
    let y = TOP;
    const parts = [];
    for (const { name, bars } of groups) {
        const rows = packed(bars);
        const count = Math.max(...rows) + 1;
        const height = name === 'workers' ? workerRow(count) : LANE_ROW;
        const middle = y + Math.min(count * height, 16) / 2 + 4;
        parts.push(`<text x="0" y="${middle}">${name}</text>`);
        parts.push(...bars.map((bar, index) => rect(bar, x, y + rows[index] * height, height)));
        y += count * height + GAP;
    }
    const grid = ticks(total).map(second => {
        const at = x(second).toFixed(1);
        return `<line class="grid" x1="${at}" x2="${at}" y1="${TOP - 4}" y2="${y - GAP}"/><text x="${at}" y="${TOP - 8}" text-anchor="middle">${offset(second)}</text>`;
    });
    const told = groups.map(({ name, bars }) => `${bars.length} ${SPOKEN[name] ?? name}`);
    const label = `Timeline of ${(0,wording/* duration */.p0)(total)}: ${told.join(', ')}. The details of the tasks have the same in words.`;
    return `<svg role="img" aria-label="${label}" viewBox="0 0 ${WIDTH} ${y - GAP + 4}">${grid.join('')}${parts.join('')}</svg>`;
}
function rect({ kind, label, task, from, to }, x, y, height) {
    const room = x(to) - x(from);
    // A gap to the next one, where there is room for it.
    const wide = (room > 4 ? room - 1 : Math.max(1, room)).toFixed(1);
    const way = task === null ? '' : ` data-task="${task}"`;
    const left = x(from).toFixed(1);
    const shape = `<rect class="o-${kind}"${way} x="${left}" y="${y + 1}" width="${wide}" height="${height - 2}" rx="2"><title>${html_text(label, 300)}, ${(0,wording/* duration */.p0)(to - from)}</title></rect>`;
    const letters = Math.floor((room - 8) / LETTER);
    const named = task !== null && height >= ROW && letters >= 6;
    return named
        ? `${shape}<text class="on" x="${(x(from) + 4).toFixed(1)}" y="${y + 12}">${html_text(label, letters)}</text>`
        : shape;
}
function workerRow(rows) {
    return rows > 100 ? 3 : rows > 40 ? 5 : rows > 12 ? 9 : ROW;
}
/** For each bar the first row that is free when it starts: as many rows as there were at once. */
function packed(bars) {
    const free = [];
    const rows = new Map();
    for (const bar of bars.toSorted((a, b) => a.from - b.from)) {
        // Times are rounded to milliseconds: what ends and what starts in the same one share a row.
        const found = free.findIndex(until => until <= bar.from + 0.002);
        const row = found < 0 ? free.length : found;
        free[row] = bar.to;
        rows.set(bar, row);
    }
    return bars.map(bar => rows.get(bar) ?? 0);
}
const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 28_800, 86_400];
function ticks(total) {
    const step = STEPS.find(size => total / size <= 10) ?? Math.ceil(total / 10);
    return Array.from({ length: Math.floor(total / step) + 1 }, (_, index) => index * step);
}
/** Since the start of the run. */
function offset(seconds) {
    return seconds < 10 ? `${Number(seconds.toFixed(1))}s` : (0,wording/* duration */.p0)(seconds);
}

;// CONCATENATED MODULE: ./build/action/report-task.js








function pageOf(summary, history, repositoryUrl) {
    return {
        summary,
        repositoryUrl,
        numbers: new Map(summary.tasks.map((task, index) => [task.id, index])),
        runs: Map.groupBy(history.workers, run => run.task),
        gates: Map.groupBy(history.gates, gate => gate.target.tasks.at(-1) ?? ''),
        pushes: Map.groupBy(history.pushes, push => push.tasks.at(-1) ?? ''),
        reverts: Map.groupBy(history.reverts, ({ task }) => task),
    };
}
/** So much of what a gate said is shown with a handoff; its packet and the log hold more. */
const HANDOFF_OUTPUT = 2 * 1024;
const MOST_FILES = 50;
function taskPart(task, open, tail, page) {
    const number = page.numbers.get(task.id);
    const parts = [facts(task, page), story(task, page), handoffs(task, page), diff(task, page), logEnd(tail)];
    return `<details class="task" id="t-${number}"${open ? ' open' : ''}><summary><bdi>${html_text(task.title, 200)}</bdi> ${outcome(task)}</summary>${parts.join('')}</details>`;
}
function outcome(task) {
    const bold = verdict/* FAILING */.tz.has(task.outcome) ? 'strong' : 'span';
    return `<${bold} class="o o-${task.outcome}">${html_text((0,wording/* outcomeWords */.wX)(task))}</${bold}>`;
}
/** Empty where there is no log. */
function logEnd(tail) {
    return tail.trim() === '' ? '' : `<h3>End of the log</h3>${scrolled(tail)}`;
}
/** It scrolls by itself, and begins at its end. */
function scrolled(content) {
    return `<pre class="end" tabindex="0"><span>${block(content)}</span></pre>`;
}
function facts(task, page) {
    const { seconds } = task;
    const command = (0,saved/* takeUpCommand */.U)(task, '<folder of this page>');
    const shown = [
        ['Id', `<code>${html_text(task.id)}</code>`],
        ['Why', task.reason ? sentences(task.reason.message) : ''],
        ['To do', task.reason ? sentences(task.reason.fix) : ''],
        ['Blocked by', taskLinks(task.blocked_by, page)],
        ['Needs', taskLinks(task.needs, page)],
        ['Commit', task.commit ? commitCode(task.commit, task.commit, page.repositoryUrl) : ''],
        ['Attempts', (0,wording/* attempted */.zU)(task.attempts)],
        [
            'Time',
            (0,wording/* taskSeconds */.x6)(task) > 0
                ? `workspace ${(0,wording/* duration */.p0)(seconds.workspace)}, worker ${(0,wording/* duration */.p0)(seconds.worker)}, landing ${(0,wording/* duration */.p0)(seconds.landing)}`
                : '',
        ],
        ['Exit code', task.exit_code === null ? '' : String(task.exit_code)],
        ['Take it up', command === null ? '' : `<code>${html_text(command)}</code>`],
        ['Files', files(task)],
    ];
    const list = shown
        .filter(([, value]) => value !== '')
        .map(([name, value]) => `<dt>${name}</dt><dd>${value}</dd>`);
    return `<dl class="facts">${list.join('')}</dl>`;
}
function taskLinks(ids, page) {
    return ids
        .map(id => {
        const number = page.numbers.get(id);
        return number === undefined ? html_text(id) : `<a href="#t-${number}">${html_text(id)}</a>`;
    })
        .join(', ');
}
function files(task) {
    const items = task.files
        .slice(0, MOST_FILES)
        .map(file => `<li><a href="${relativeHref(file)}">${html_text(file, 300)}</a></li>`);
    return items.length === 0 ? '' : list('ul', items, task.files.length - items.length);
}
function list(kind, items, more) {
    return `<${kind}>${items.join('')}${more > 0 ? `<li>and ${more} more</li>` : ''}</${kind}>`;
}
function story(task, page) {
    const start = Date.parse(page.summary.run.started_at);
    const told = [
        ...(page.runs.get(task.id) ?? []).map(run => ({ ...run, what: ran(run) })),
        ...(page.gates.get(task.id) ?? []).map(gate => ({ ...gate, what: gated(gate) })),
        ...(page.pushes.get(task.id) ?? []).map(push => ({ ...push, what: report_task_pushed(push) })),
        ...(page.reverts.get(task.id) ?? []).map(({ at, commit }) => {
            return { from: at, to: null, what: `reverted by ${commit.slice(0, 7)}` };
        }),
    ].toSorted((a, b) => a.from - b.from);
    if (told.length === 0)
        return '';
    const items = told.map(({ from, to, what }) => {
        const took = to === null ? '' : `, ${(0,wording/* duration */.p0)((to - from) / 1000)}`;
        return `<li>At ${offset(Math.max(0, from - start) / 1000)}: ${html_text(what, 500)}${took}</li>`;
    });
    return `<h3>What happened</h3>${list('ol', items, 0)}`;
}
function ran({ handoff, attempt, result }) {
    const what = handoff
        ? `remediation ${attempt} of a ${handoffKind(handoff)}`
        : `run ${attempt} of the worker`;
    switch (result?.kind) {
        case 'candidate':
            return `${what}: ready to land, ${(0,wording/* changed */.tD)(result.candidate.changes)}`;
        case 'unchanged':
            return `${what}: nothing changed`;
        case 'failed':
            return `${what}: ${(0,wording/* brief */.dh)(result.failure)}`;
        case undefined:
            return `${what}: not ended`;
    }
}
function gated({ target, result }) {
    const how = result === null || result.passed === null ? 'cut short' : result.passed ? 'green' : 'red';
    const flake = result?.passed && result.runs > 1 ? ` on try ${result.runs}` : '';
    return `gate${withOthers(target.tasks)}: ${how}${flake}`;
}
function report_task_pushed({ tasks, result }) {
    const how = result?.kind === 'landed'
        ? 'landed'
        : result?.kind === 'refused'
            ? `refused (${result.refusal.code})`
            : 'cut short';
    return `push${withOthers(tasks)}: ${how}`;
}
function withOthers(tasks) {
    return tasks.length > 1 ? ` with ${(0,wording/* plural */.LS)(tasks.length - 1, 'other')} below it` : '';
}
function handoffKind({ kind }) {
    return kind === 'gate' ? 'red gate' : 'conflict';
}
function handoffs(task, page) {
    const items = (page.runs.get(task.id) ?? []).flatMap(({ handoff, attempt }) => {
        if (handoff === null)
            return [];
        const file = `tasks/${task.id}/handoff-${attempt}.json`;
        const packet = task.files.includes(file) ? ` (<a href="${relativeHref(file)}">packet</a>)` : '';
        return [`<li>${html_text(`A ${handoffKind(handoff)}${handedOver(handoff)}`)}${packet}${said(handoff)}</li>`];
    });
    return items.length === 0 ? '' : `<h3>Handoffs</h3>${list('ol', items, 0)}`;
}
function handedOver(handoff) {
    if (handoff.kind === 'conflict')
        return handoff.files.length > 0 ? ` in ${(0,plain/* listed */.KE)(handoff.files, 10)}` : '';
    return handoff.gate.timedOut ? ': it ran out of time' : `: it ${(0,explain/* ending */.K1)(handoff.gate)}`;
}
function said(handoff) {
    if (handoff.kind === 'conflict' || handoff.gate.outputTail.trim() === '')
        return '';
    return scrolled((0,fit/* lastBytes */.Qr)(handoff.gate.outputTail, HANDOFF_OUTPUT));
}
/** As the last run that changed anything left it. */
function diff(task, page) {
    const stat = page.runs.get(task.id)?.findLast(run => run.result?.diffstat !== undefined)?.result?.diffstat;
    if (stat === undefined && task.changes === null)
        return '';
    const sum = task.changes === null ? '' : `<p class="dim">${(0,wording/* changed */.tD)(task.changes)}</p>`;
    return `<h3>What it changes</h3>${sum}${stat ? fileList(stat) : ''}`;
}
function fileList({ files: changes, more }) {
    const items = changes.map(file => `<li><code><bdi>${html_text(file.path, 300)}</bdi></code> ${lines(file)}</li>`);
    return list('ul', items, more);
}
function lines({ insertions, deletions }) {
    if (insertions === null || deletions === null)
        return '<span class="dim">binary</span>';
    return `<span class="plus">+${insertions}</span> <span class="minus">−${deletions}</span>`;
}

;// CONCATENATED MODULE: ./build/action/report.js
/** report.html: one page that needs no network, works without its script, and runs nothing it shows. Pure. */









/** All log tails together; each task gets a fair share, so that the page opens at once. */
const TAILS = 3 * 1024 * 1024;
const TAIL = 16 * 1024;
/** So many tasks in need of a person are shown open. */
const OPEN = 10;
/** So many are listed first. */
const PERSONS = 20;
function reportHtml(summary, extra) {
    const title = (0,wording/* headline */.Pl)(summary);
    const persons = (0,wording/* needPerson */.gZ)(summary);
    const opened = new Set(persons.length <= OPEN ? persons.map(task => task.id) : []);
    const share = Math.min(TAIL, Math.floor(TAILS / Math.max(1, summary.tasks.length)));
    const history = extra.history ?? decide_history/* NO_HISTORY */.V;
    // Nothing of a dry run is on the remote.
    const page = pageOf(summary, history, summary.run.dry_run ? null : (extra.repositoryUrl ?? null));
    const drawn = timeline(summary, history);
    const policy = `default-src 'none'; style-src ${hash(STYLE)}; script-src ${hash(SCRIPT)}; base-uri 'none'; form-action 'none'`;
    return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${html_text(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<a class="skip" href="#tasks">Skip to the tasks</a>
<header>
<h1>${html_text(title)}</h1>
<p class="dim">${runLine(page)}</p>
${counts(summary)}
</header>
<main>
${personsPart(persons, page)}
${drawn === '' ? '' : `<h2 id="timeline">Timeline</h2>\n<div class="scroll" role="region" aria-labelledby="timeline" tabindex="0">${drawn}</div>`}
<h2>Verification</h2>
<p>${verification(page)}</p>${logEnd((0,fit/* lastBytes */.Qr)(extra.verifyTail ?? '', TAIL))}
<h2>Landing lane</h2>
<p>${lane(summary)}</p>
<h2 id="tasks">Tasks</h2>
${filterForm(summary)}
<div class="scroll" role="region" aria-labelledby="tasks" tabindex="0">
<table id="table">
<caption class="only-read">Every task with its outcome; the first column leads to its details below</caption>
${tableHead()}
<tbody id="rows">
${summary.tasks.map((task, index) => tableRow(task, index, page)).join('\n')}
</tbody>
</table>
</div>
<h2 id="details">Details</h2>
<div id="parts">
${summary.tasks.map(task => taskPart(task, opened.has(task.id), (0,fit/* lastBytes */.Qr)(extra.tails.get(task.id) ?? '', share), page)).join('\n')}
</div>
</main>
<script>${SCRIPT}</script>
</body>
</html>
`;
}
function personsPart(persons, { numbers }) {
    if (persons.length === 0)
        return '';
    const items = persons.slice(0, PERSONS).map(task => {
        const why = task.reason ? `<br><span class="dim">${sentences(task.reason.message)}</span>` : '';
        return `<li><a href="#t-${numbers.get(task.id)}"><bdi>${html_text(task.title, 200)}</bdi></a> ${outcome(task)}${why}</li>`;
    });
    const more = persons.length - items.length;
    if (more > 0)
        items.push(`<li>and ${more} more in the table below</li>`);
    return `<h2>What needs a person</h2>\n<ul class="persons">${items.join('\n')}</ul>`;
}
function runLine({ summary, repositoryUrl }) {
    const { run } = summary;
    const sha = (value) => commitCode(value, value.slice(0, 7), repositoryUrl);
    return [
        html_text(run.repository),
        run.base_sha === run.head_sha ? sha(run.base_sha) : `${sha(run.base_sha)} → ${sha(run.head_sha)}`,
        `<time datetime="${html_text(run.started_at)}">${html_text(run.started_at)}</time>`,
        (0,wording/* duration */.p0)((0,wording/* runSeconds */.Rl)(summary)),
        (0,wording/* plural */.LS)(run.workers, 'worker'),
        `run <code>${html_text(run.key)}</code>`,
        run.resumed ? 'resumed' : '',
        run.dry_run ? 'dry run: nothing was pushed' : '',
    ]
        .filter(part => part !== '')
        .join(' · ');
}
function counts({ counts: count }) {
    const shown = [
        ['landed', count.landed],
        ['unchanged', count.unchanged],
        ['failed', count.failed],
        ['blocked-push', count.blocked_push],
        ['blocked', count.blocked],
        ['reverted', count.reverted],
        ['cancelled', count.cancelled],
        ['skipped', count.skipped],
    ];
    const items = shown
        .filter(([outcome, value]) => value > 0 || outcome === 'landed' || outcome === 'failed')
        .map(([outcome, value]) => `<div><dt class="o o-${outcome}">${wording/* OUTCOMES */.im[outcome].word}</dt><dd>${value}</dd></div>`);
    return `<dl class="counts">${items.join('')}</dl>`;
}
function verification({ summary: { verification: result }, repositoryUrl }) {
    if (!result.ran)
        return result.skipped_because ? `Not run: ${sentences(result.skipped_because)}` : 'Not run.';
    const command = `<code>${html_text(result.command, 500)}</code>`;
    const on = result.sha ? ` on ${commitCode(result.sha, result.sha.slice(0, 7), repositoryUrl)}` : '';
    const where = `${on} in ${(0,wording/* duration */.p0)(result.seconds)}`;
    if (result.passed)
        return `<span class="o o-landed">passed</span>: ${command}${where}`;
    const exit = result.exit_code === null ? '' : ` with exit code ${result.exit_code}`;
    const culprits = result.culprits.length > 0 ? `; caused by ${html_text(result.culprits.join(', '))}` : '';
    return `<span class="o o-failed">failed</span>${exit}: ${command}${where} (<a href="./verify.log">verify.log</a>)${culprits}`;
}
function lane(summary) {
    const { landing, counts: count } = summary;
    return [
        `${count.landed} landed`,
        `${(0,wording/* plural */.LS)(landing.pushes, 'push', 'pushes')} in ${(0,wording/* plural */.LS)(landing.push_attempts, 'attempt')}`,
        `${(0,wording/* plural */.LS)(landing.races_lost, 'race')} lost`,
        (0,wording/* plural */.LS)(landing.rounds, 'round'),
        `${(0,wording/* plural */.LS)(landing.gates_run, 'gate')} run in ${(0,wording/* duration */.p0)(landing.gate_seconds)}`,
        `${(0,wording/* plural */.LS)((0,wording/* gatesSaved */.C1)(summary), 'gate')} saved`,
        (0,wording/* plural */.LS)(landing.gate_flakes, 'flake'),
    ].join(' · ');
}
/** Hidden until the script that does the work is there. */
function filterForm(summary) {
    const outcomes = Object.keys(wording/* OUTCOMES */.im).filter(outcome => summary.tasks.some(task => task.outcome === outcome));
    const person = summary.tasks.some(task => verdict/* FAILING */.tz.has(task.outcome));
    const options = outcomes.map(outcome => `<option value="${outcome}">${wording/* OUTCOMES */.im[outcome].word}</option>`);
    return `<form id="filter" role="search" hidden>
<label>Search <input type="search" id="query" autocomplete="off" spellcheck="false" placeholder="also in the logs"></label>
<label>Outcome <select id="outcome"><option value="">all</option>${person ? '<option value="person">needs a person</option>' : ''}${options.join('')}</select></label>
<output id="shown" class="dim" for="query outcome"></output>
</form>`;
}
function tableHead() {
    const names = ['Task', 'Outcome', 'Commit', 'Changes', 'Time', 'Attempts'];
    return `<thead><tr>${names.map(name => `<th scope="col">${name}</th>`).join('')}</tr></thead>`;
}
/** Sorted by its words, or by the number in `data-by`. */
function tableRow(task, index, page) {
    const id = task.title === task.id ? '' : ` <code>${html_text(task.id)}</code>`;
    const seconds = (0,wording/* taskSeconds */.x6)(task);
    const { changes } = task;
    const cells = [
        `<th scope="row"><a href="#t-${index}"><bdi>${html_text(task.title, 200)}</bdi></a>${id}</th>`,
        `<td data-by="${wording/* OUTCOMES */.im[task.outcome].rank}">${outcome(task)}</td>`,
        `<td>${task.commit ? commitCode(task.commit, task.commit.slice(0, 7), page.repositoryUrl) : ''}</td>`,
        `<td data-by="${changes ? changes.insertions + changes.deletions : -1}">${(0,wording/* changed */.tD)(changes)}</td>`,
        `<td class="number" data-by="${Math.round(seconds * 1000)}">${seconds > 0 ? (0,wording/* duration */.p0)(seconds) : ''}</td>`,
        `<td data-by="${task.attempts.worker + task.attempts.push}">${(0,wording/* attempted */.zU)(task.attempts)}</td>`,
    ];
    const person = verdict/* FAILING */.tz.has(task.outcome) ? ' data-person' : '';
    return `<tr data-outcome="${task.outcome}"${person}>${cells.join('')}</tr>`;
}
function hash(content) {
    return `'sha256-${(0,external_node_crypto_.createHash)('sha256').update(content).digest('base64')}'`;
}

// EXTERNAL MODULE: ./build/action/summary.js + 2 modules
var action_summary = __webpack_require__(8829);
// EXTERNAL MODULE: ./build/decide/text.js
var decide_text = __webpack_require__(5810);
// EXTERNAL MODULE: ./build/world/files.js
var world_files = __webpack_require__(6256);
// EXTERNAL MODULE: ./build/world/journal.js + 1 modules
var journal = __webpack_require__(4234);
;// CONCATENATED MODULE: ./build/publish.js
/** What a finished run leaves for people: summary.md and report.html in the run directory. */









async function publish(summary, where) {
    const { runDirectory, mask, repositoryUrl, artifactUrl, events } = where;
    const history = events ? (0,decide_history/* historyOf */.o)(events) : await historyIn(runDirectory);
    const tails = await readTails(summary.tasks, runDirectory, mask);
    const verifyTail = summary.verification.passed === false
        ? mask((0,decide_text/* tail */.RT)(await (0,world_files.readEnd)((0,external_node_path_.join)(runDirectory, 'verify.log'), decide_text/* TAIL_BYTES */.dd)))
        : '';
    const told = { tails, verifyTail, repositoryUrl, history };
    const extra = { ...told, runDirectory, ...(artifactUrl ? { artifactUrl } : {}) };
    const markdown = mask((0,action_summary/* summaryMarkdown */.eH)(summary, extra));
    const markdownFile = (0,external_node_path_.join)(runDirectory, 'summary.md');
    const reportFile = (0,external_node_path_.join)(runDirectory, 'report.html');
    const written = await Promise.allSettled([
        (0,world_files.writeAtomic)(markdownFile, markdown),
        (0,world_files.writeAtomic)(reportFile, mask(reportHtml(summary, told))),
    ]);
    const [failed] = written.filter(each => each.status === 'rejected');
    const unwritten = failed ? mask(String(failed.reason)) : null;
    return { reportFile, markdown, tails, verifyTail, unwritten };
}
/** The ends of the logs that tell why tasks failed, by id; masked. Who did well has none. */
async function readTails(tasks, runDirectory, mask) {
    const failing = tasks.filter(task => verdict/* FAILING */.tz.has(task.outcome));
    const entries = await Promise.all(failing.map(async (task) => [task.id, mask(await tailOf(task, runDirectory))]));
    return new Map(entries.filter(([, text]) => text !== ''));
}
/** The log may be gone, or be anything: its worker knew where it is. */
async function tailOf(task, runDirectory) {
    const file = (0,wording/* logOf */.Gs)(task);
    return file === undefined ? '' : (0,decide_text/* tail */.RT)(await (0,world_files.readEnd)((0,external_node_path_.join)(runDirectory, file), decide_text/* TAIL_BYTES */.dd));
}
/** A report without its timeline is better than none: a journal that anyone may have edited is no ground to fail. */
async function historyIn(runDirectory) {
    try {
        const read = await (0,journal/* readJournal */.a0)((0,external_node_path_.join)(runDirectory, 'journal.ndjson'));
        return read.kind === 'read' ? (0,decide_history/* historyOf */.o)(read.text.events) : decide_history/* NO_HISTORY */.V;
    }
    catch {
        return decide_history/* NO_HISTORY */.V;
    }
}


/***/ })

};
