export const id = 6;
export const ids = [6];
export const modules = {

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
    return `${verification.passed ? '✔' : '✖'} verification: ${command} ${verification.passed ? 'passed' : 'failed, see verify.log'}`;
}


/***/ }),

/***/ 480:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   F: () => (/* binding */ secretsOf)
/* harmony export */ });
/** What must never be read in anything Fanout writes. */
const SECRET_NAME = /(TOKEN|SECRET|PASSWORD|PASSWD|API_?KEY|ACCESS_KEY|PRIVATE_KEY|CREDENTIALS?)$/i;
/** Shorter values are words that occur by chance. */
const SHORTEST = 8;
/** The token, a remote URL's password, and the values of variables that are named like secrets. */
function secretsOf(env, token, urls) {
    const named = Object.entries(env)
        .filter(([name, value]) => SECRET_NAME.test(name) && (value ?? '').trim().length >= SHORTEST)
        .map(([, value]) => (value ?? '').trim());
    const passwords = urls.flatMap(url => /^\w+:\/\/[^/@:]*:([^/@]+)@/.exec(url)?.[1] ?? []);
    const decoded = passwords.map(password => {
        try {
            return decodeURIComponent(password);
        }
        catch {
            return password;
        }
    });
    return [...new Set([...(token ? [token] : []), ...passwords, ...decoded, ...named])];
}


/***/ }),

/***/ 3813:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  m: () => (/* binding */ publish)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: ./build/decide/verdict.js
var verdict = __webpack_require__(2400);
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
/** JSON for a `<script type="application/json">` that no content can close. */
function scriptJson(value) {
    return JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, found => `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`);
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
a { color: var(--link); }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
code, pre { font: 0.85em/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
code { background: var(--card); border-radius: 4px; padding: 0.1em 0.3em; }
pre { background: var(--card); border: 1px solid var(--line); border-radius: 6px; padding: 0.75rem; margin: 0.5rem 0 0; max-height: 30rem; overflow: auto; white-space: pre-wrap; }
.dim { color: var(--dim); }
.skip { position: absolute; left: -99rem; }
.skip:focus { left: 1rem; top: 0.25rem; }
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
svg { display: block; min-width: 44rem; width: 100%; padding: 0.5rem; }
svg text { font: 11px system-ui, sans-serif; fill: var(--dim); }
.grid { stroke: var(--line); }
form { display: flex; flex-wrap: wrap; gap: 0.75rem 1.25rem; align-items: center; margin: 0 0 0.75rem; }
input, select { font: inherit; color: inherit; background: var(--bg); border: 1px solid var(--line); border-radius: 6px; padding: 0.25rem 0.5rem; }
[hidden] { display: none !important; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: 0.4rem 0.75rem; border-top: 1px solid var(--line); }
thead th { border-top: 0; background: var(--card); font-weight: 600; white-space: nowrap; }
tbody th { font-weight: 400; min-width: 14rem; }
.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
details.task { border: 1px solid var(--line); border-radius: 6px; margin: 0.5rem 0; padding: 0.5rem 0.75rem; content-visibility: auto; contain-intrinsic-size: auto 2.6rem; }
summary { cursor: pointer; }
.facts { display: grid; grid-template-columns: max-content 1fr; gap: 0.15rem 1rem; margin: 0.5rem 0 0; }
.facts dt { color: var(--dim); }
.facts dd { margin: 0; }
ul { margin: 0; padding-left: 1.1rem; }
.persons li { margin-bottom: 0.4rem; }
@media (max-width: 40rem) { .facts { grid-template-columns: 1fr; } .facts dd { margin-bottom: 0.35rem; } }
`;
const SCRIPT = `
const by = id => document.getElementById(id)
const { tasks } = JSON.parse(by('data').textContent)
const words = tasks.map(task => [task.id, task.title, task.outcome, task.reason && task.reason.code, task.reason && task.reason.message].join(' ').toLowerCase())
const rows = document.querySelectorAll('#rows > tr')
const parts = document.querySelectorAll('#parts > details')
const form = by('filter'), query = by('query'), outcome = by('outcome'), shown = by('shown')
function filter() {
  const wanted = query.value.toLowerCase().split(/\\s+/).filter(Boolean)
  let count = 0
  tasks.forEach((task, index) => {
    const show = (outcome.value === '' || task.outcome === outcome.value) && wanted.every(word => words[index].includes(word))
    rows[index].hidden = parts[index].hidden = !show
    if (show) count++
  })
  shown.textContent = count + ' of ' + tasks.length + ' shown'
}
function reveal() {
  const part = by(location.hash.slice(1))
  if (!(part instanceof HTMLDetailsElement)) return
  part.open = true
  part.scrollIntoView()
  part.firstElementChild.focus({ preventScroll: true })
}
if (form) {
  form.hidden = false
  form.addEventListener('submit', event => event.preventDefault())
  form.addEventListener('input', filter)
  filter()
}
addEventListener('hashchange', reveal)
reveal()
`;

// EXTERNAL MODULE: ./build/action/wording.js
var wording = __webpack_require__(3791);
;// CONCATENATED MODULE: ./build/action/timeline.js


const LEFT = 64;
const WIDTH = 1000;
const TOP = 18;
const STRIP = 16;
/** Empty if no worker ran. Colours come from the page's classes `o-<outcome>`. */
function timeline(summary) {
    const start = Date.parse(summary.run.started_at);
    const total = (0,wording/* runSeconds */.Rl)(summary);
    const bars = packed(summary.tasks, start, total);
    if (bars.length === 0 || total === 0)
        return '';
    const rows = Math.max(...bars.map(bar => bar.row)) + 1;
    const height = rows > 100 ? 3 : rows > 40 ? 5 : rows > 12 ? 9 : 16;
    const bottom = TOP + STRIP + rows * height;
    const x = (seconds) => (LEFT + (seconds / total) * (WIDTH - LEFT - 8)).toFixed(1);
    const grid = ticks(total).map(second => `<line class="grid" x1="${x(second)}" x2="${x(second)}" y1="${TOP - 4}" y2="${bottom}"/><text x="${x(second)}" y="${TOP - 7}" text-anchor="middle">${offset(second)}</text>`);
    const work = bars.map(({ task, from, to, row }) => {
        const wide = Math.max(1, Number(x(to)) - Number(x(from)));
        const label = `${html_text(task.title, 200)}: ${html_text((0,wording/* outcomeWords */.wX)(task))}, ${(0,wording/* duration */.p0)(to - from)}`;
        const y = TOP + STRIP + row * height;
        return `<rect class="o-${task.outcome}" x="${x(from)}" y="${y + 1}" width="${wide.toFixed(1)}" height="${height - 2}" rx="2"><title>${label}</title></rect>`;
    });
    const landings = summary.tasks.flatMap(task => {
        const at = task.outcome === 'landed' && task.finished_at ? (Date.parse(task.finished_at) - start) / 1000 : -1;
        if (!(at >= 0 && at <= total))
            return [];
        const label = `${html_text(task.title, 200)} landed at ${offset(at)}`;
        return `<rect class="o-landed" x="${x(at)}" y="${TOP}" width="2" height="${STRIP - 5}"><title>${label}</title></rect>`;
    });
    const label = `Timeline of ${(0,wording/* duration */.p0)(total)}: ${bars.length} tasks worked on by up to ${rows} at a time, ${landings.length} landings`;
    return `<svg role="img" aria-label="${label}" viewBox="0 0 ${WIDTH} ${bottom + 4}">${grid.join('')}<text x="0" y="${TOP + 9}">landed</text><text x="0" y="${TOP + STRIP + 12}">workers</text>${landings.join('')}${work.join('')}</svg>`;
}
/** Each bar in the first row that is free when it starts: as many rows as workers ran at once. */
function packed(tasks, start, total) {
    const free = [];
    return tasks
        .flatMap(task => {
        const from = task.started_at ? (Date.parse(task.started_at) - start) / 1000 : Number.NaN;
        const seconds = task.seconds.workspace + task.seconds.worker;
        if (!(from >= 0 && from <= total) || seconds <= 0)
            return [];
        return [{ task, from, to: Math.min(total, from + seconds) }];
    })
        .toSorted((a, b) => a.from - b.from)
        .map(bar => {
        // Times are rounded to milliseconds: what ends and what starts in the same one share a row.
        const found = free.findIndex(until => until <= bar.from + 0.002);
        const row = found < 0 ? free.length : found;
        free[row] = bar.to;
        return { ...bar, row };
    });
}
const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 28_800, 86_400];
function ticks(total) {
    const step = STEPS.find(size => total / size <= 10) ?? Math.ceil(total / 10);
    return Array.from({ length: Math.floor(total / step) + 1 }, (_, index) => index * step);
}
function offset(seconds) {
    return seconds < 10 ? `${Number(seconds.toFixed(1))}s` : (0,wording/* duration */.p0)(seconds);
}

;// CONCATENATED MODULE: ./build/action/report.js
/** report.html: one page that needs no network, works without its script, and runs nothing it shows. Pure. */






/** All log tails together; each task gets a fair share, so that the page opens at once. */
const TAILS = 3 * 1024 * 1024;
const TAIL = 16 * 1024;
/** So many tasks in need of a person are shown open. */
const OPEN = 10;
/** So many are listed first. */
const PERSONS = 30;
function reportHtml(summary, extra) {
    const title = (0,wording/* headline */.Pl)(summary);
    const persons = (0,wording/* needPerson */.gZ)(summary);
    const opened = new Set(persons.length <= OPEN ? persons.map(task => task.id) : []);
    const share = Math.min(TAIL, Math.floor(TAILS / Math.max(1, summary.tasks.length)));
    const drawing = timeline(summary);
    const policy = `default-src 'none'; style-src ${hash(STYLE)}; script-src ${hash(SCRIPT)}; base-uri 'none'; form-action 'none'`;
    return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${html_text(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<a class="skip" href="#tasks">Skip to the tasks</a>
<header>
<h1>${html_text(title)}</h1>
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
${summary.tasks.map((task, index) => details(task, index, opened.has(task.id), lastOf(extra.tails[task.id] ?? '', share))).join('\n')}
</div>
</main>
<script type="application/json" id="data">${scriptJson(summary)}</script>
<script>${SCRIPT}</script>
</body>
</html>
`;
}
function personsPart(persons, summary) {
    if (persons.length === 0)
        return '';
    const items = persons.slice(0, PERSONS).map(task => {
        const why = task.reason ? `<br><span class="dim">${sentences(task.reason.message)}</span>` : '';
        return `<li><a href="#t-${summary.tasks.indexOf(task)}">${html_text(task.title, 200)}</a> ${outcome(task)}${why}</li>`;
    });
    const more = persons.length - items.length;
    if (more > 0)
        items.push(`<li>and ${more} more in the table below</li>`);
    return `<h2>What needs a person</h2>\n<ul class="persons">${items.join('\n')}</ul>`;
}
function runLine(summary) {
    const { run } = summary;
    const sha = (value) => `<code>${html_text(value.slice(0, 7))}</code>`;
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
function verification({ verification: result }) {
    if (!result.ran)
        return result.skipped_because ? `Not run: ${sentences(result.skipped_because)}` : 'Not run.';
    const command = `<code>${html_text(result.command, 500)}</code>`;
    const where = `${result.sha ? ` on <code>${html_text(result.sha.slice(0, 7))}</code>` : ''} in ${(0,wording/* duration */.p0)(result.seconds)}`;
    if (result.passed)
        return `<span class="o o-landed">passed</span>: ${command}${where}`;
    const exit = result.exit_code === null ? '' : ` with exit code ${result.exit_code}`;
    const culprits = result.culprits.length > 0 ? `; caused by ${html_text(result.culprits.join(', '))}` : '';
    return `<span class="o o-failed">failed</span>${exit}: ${command}${where} (<a href="./verify.log">verify.log</a>)${culprits}`;
}
function lane({ landing }) {
    return [
        `${(0,wording/* plural */.LS)(landing.pushes, 'push', 'pushes')} in ${(0,wording/* plural */.LS)(landing.push_attempts, 'attempt')}`,
        `${(0,wording/* plural */.LS)(landing.races_lost, 'race')} lost`,
        (0,wording/* plural */.LS)(landing.rounds, 'round'),
        `${(0,wording/* plural */.LS)(landing.gates_run, 'gate')} run in ${(0,wording/* duration */.p0)(landing.gate_seconds)}`,
        `${(0,wording/* plural */.LS)(landing.gates_reused, 'verdict')} reused`,
        (0,wording/* plural */.LS)(landing.gate_flakes, 'flake'),
    ].join(' · ');
}
/** Hidden until the script that does the work is there. */
function filterForm(summary) {
    const outcomes = Object.keys(wording/* OUTCOMES */.im).filter(outcome => summary.tasks.some(task => task.outcome === outcome));
    const options = outcomes.map(outcome => `<option value="${outcome}">${wording/* OUTCOMES */.im[outcome].word}</option>`);
    return `<form id="filter" role="search" hidden>
<label>Search <input type="search" id="query" autocomplete="off"></label>
<label>Outcome <select id="outcome"><option value="">all</option>${options.join('')}</select></label>
<output id="shown" class="dim" for="query outcome"></output>
</form>`;
}
function tableRow(task, index) {
    const id = task.title === task.id ? '' : ` <code>${html_text(task.id)}</code>`;
    return `<tr><th scope="row"><a href="#t-${index}">${html_text(task.title, 200)}</a>${id}</th><td>${outcome(task)}</td><td>${sha(task)}</td><td>${(0,wording/* changed */.tD)(task.changes)}</td><td class="number">${(0,wording/* taskSeconds */.x6)(task) > 0 ? (0,wording/* duration */.p0)((0,wording/* taskSeconds */.x6)(task)) : ''}</td><td>${(0,wording/* attempted */.zU)(task.attempts)}</td></tr>`;
}
function details(task, index, open, tail) {
    const { seconds } = task;
    const facts = [
        ['Why', task.reason ? sentences(task.reason.message) : ''],
        ['To do', task.reason ? sentences(task.reason.fix) : ''],
        ['Blocked by', html_text(task.blocked_by.join(', '))],
        ['Needs', html_text(task.needs.join(', '))],
        ['Commit', task.commit ? `<code>${html_text(task.commit)}</code>` : ''],
        ['Changes', (0,wording/* changed */.tD)(task.changes)],
        ['Attempts', (0,wording/* attempted */.zU)(task.attempts)],
        [
            'Time',
            (0,wording/* taskSeconds */.x6)(task) > 0
                ? `workspace ${(0,wording/* duration */.p0)(seconds.workspace)}, worker ${(0,wording/* duration */.p0)(seconds.worker)}, landing ${(0,wording/* duration */.p0)(seconds.landing)}`
                : '',
        ],
        ['Exit code', task.exit_code === null ? '' : String(task.exit_code)],
        ['Files', files(task)],
    ];
    const list = facts
        .filter(([, value]) => value !== '')
        .map(([name, value]) => `<dt>${name}</dt><dd>${value}</dd>`);
    return `<details class="task" id="t-${index}"${open ? ' open' : ''}><summary>${html_text(task.title, 200)} ${outcome(task)}</summary><dl class="facts">${list.join('')}</dl>${logEnd(tail)}</details>`;
}
function logEnd(tail) {
    return tail.trim() === '' ? '' : `<p class="dim">End of the log</p><pre tabindex="0">${block(tail)}</pre>`;
}
function files(task) {
    if (task.files.length === 0)
        return '';
    const shown = task.files
        .slice(0, 50)
        .map(file => `<li><a href="${relativeHref(file)}">${html_text(file, 300)}</a></li>`);
    const more = task.files.length - shown.length;
    return `<ul>${shown.join('')}${more > 0 ? `<li>and ${more} more</li>` : ''}</ul>`;
}
function outcome(task) {
    const bold = verdict/* FAILING */.tz.has(task.outcome) ? 'strong' : 'span';
    return `<${bold} class="o o-${task.outcome}">${html_text((0,wording/* outcomeWords */.wX)(task))}</${bold}>`;
}
function sha(task) {
    return task.commit ? `<code>${html_text(task.commit.slice(0, 7))}</code>` : '';
}
function lastOf(tail, limit) {
    return tail.length <= limit ? tail : `…\n${tail.slice(-limit)}`;
}
function hash(content) {
    return `'sha256-${(0,external_node_crypto_.createHash)('sha256').update(content).digest('base64')}'`;
}

;// CONCATENATED MODULE: ./build/action/markdown.js
/** Text from elsewhere as GitHub Markdown that shows it and does nothing else. */

const markdown_ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '|': '&#124;' };
/** For running text, table cells and list items: one line; no markup, HTML, mention or link comes of it. */
function inline(text, limit = 1000) {
    return ((0,plain/* plainLine */.h0)(text, limit)
        .replace(/[&<>|]|[\\`*_~$[\]]/g, found => markdown_ENTITIES[found] ?? `\\${found}`)
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

;// CONCATENATED MODULE: ./build/action/summary.js


const KIB = 1024;
/** GitHub drops a summary over 1 MiB whole; this leaves room for other steps' text in the same file. */
const SUMMARY_LIMIT = 900 * KIB;
// What each part may take, so that none can push out the others.
const summary_PERSONS = 220 * KIB;
const summary_TAILS = 300 * KIB;
const ROWS = 250 * KIB;
const VERIFY_TAIL = 12 * KIB;
const COMMANDS = 20;
/** Under 900 KiB whatever it is given; what is cut is pointed to. */
function summaryMarkdown(summary, extra) {
    const persons = (0,wording/* needPerson */.gZ)(summary);
    const parts = [
        `## ${summary.conclusion === 'success' ? '✅' : '❌'} ${inline((0,wording/* headline */.Pl)(summary))}`,
        summary_runLine(summary, extra),
        persons.length > 0 ? summary_personsPart(persons, extra) : '',
        verificationPart(summary, extra),
        savedPart(persons, extra),
        tasksPart(summary, extra),
        landingPart(summary),
    ];
    return cut(`${parts.filter(part => part !== '').join('\n\n')}\n`, SUMMARY_LIMIT);
}
function summary_runLine({ run, ...summary }, extra) {
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
function summary_personsPart(persons, extra) {
    // A fair share each: one failure shows much of its log, a thousand show where their logs are.
    const share = Math.min(12 * KIB, Math.floor(summary_TAILS / persons.length) - 100);
    const entries = persons.map(task => {
        const name = `**${wording/* OUTCOMES */.im[task.outcome].emoji} ${inline(task.title, 200)}**`;
        const id = task.title === task.id ? '' : ` ${code(task.id)}`;
        const lines = [`${name}${id} ${inline((0,wording/* outcomeWords */.wX)(task))}`];
        if (task.reason)
            lines.push(markdown_sentences(task.reason.message), `**To do:** ${markdown_sentences(task.reason.fix)}`);
        return { text: lines.join('<br>\n'), tail: logTail(task, extra.tails[task.id] ?? '', share) };
    });
    const { kept, left } = fitting(entries.map(entry => entry.text), summary_PERSONS);
    const shown = kept.map((text, index) => `${text}${entries[index]?.tail ?? ''}`);
    return ['### What needs a person', ...shown, rest(left, extra)].filter(part => part !== '').join('\n\n');
}
function logTail(task, tail, share) {
    if (tail.trim() === '')
        return '';
    const log = (0,wording/* logOf */.Gs)(task);
    if (share < 500)
        return log ? `<br>\nLog: ${code(log)}` : '';
    return folded(log ? `End of ${code(log)}` : 'End of the log', lastBytes(tail, share));
}
function folded(label, text) {
    return `\n\n<details><summary>${label}</summary>\n\n${fence(text)}\n\n</details>`;
}
function tasksPart(summary, extra) {
    if (summary.tasks.length === 0)
        return '';
    const { kept, left } = fitting(summary.tasks.map(task => taskRow(task, summary, extra)), ROWS);
    const body = table(['Task', 'Outcome', 'Commit', 'Changes', 'Time', 'Attempts'], ['---', '---', '---', '---', '--:', '---'], kept);
    const more = rest(left, extra);
    const text = more === '' ? body : `${body}\n\n${more}`;
    if (summary.tasks.length <= 50)
        return `### Tasks\n\n${text}`;
    return `<details><summary><b>All ${summary.tasks.length} tasks</b></summary>\n\n${text}\n\n</details>`;
}
function taskRow(task, { run }, extra) {
    return row([
        task.title === task.id ? code(task.id) : `${inline(task.title, 80)} ${code(task.id)}`,
        `${wording/* OUTCOMES */.im[task.outcome].emoji} ${inline((0,wording/* outcomeWords */.wX)(task))}`,
        task.commit ? commit(task.commit, extra, run.dry_run) : '',
        (0,wording/* changed */.tD)(task.changes),
        (0,wording/* taskSeconds */.x6)(task) > 0 ? (0,wording/* duration */.p0)((0,wording/* taskSeconds */.x6)(task)) : '',
        (0,wording/* attempted */.zU)(task.attempts),
    ]);
}
function landingPart({ landing }) {
    const figures = [
        ['Pushes', String(landing.pushes)],
        ['Push attempts', String(landing.push_attempts)],
        ['Races lost', String(landing.races_lost)],
        ['Rounds', String(landing.rounds)],
        ['Gates run', String(landing.gates_run)],
        ['Verdicts reused', String(landing.gates_reused)],
        ['Flakes', String(landing.gate_flakes)],
        ['Gate time', (0,wording/* duration */.p0)(landing.gate_seconds)],
    ];
    return `### Landing lane\n\n${table(figures.map(([name]) => name), figures.map(() => '--:'), [row(figures.map(([, value]) => value))])}`;
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
    const output = tail.trim() === '' ? '' : folded(`End of ${code('verify.log')}`, lastBytes(tail, VERIFY_TAIL));
    return `### Verification\n\n❌ ${command} ${how}${on}${time}; its output is in ${code('verify.log')}${blamed}${output}`;
}
/** How to take up by hand what did not land. */
function savedPart(persons, extra) {
    const bundles = persons.flatMap(task => task.files
        .filter(file => file.endsWith('/work.bundle'))
        .map(file => ({ file, ref: `fanout/${task.id}` })));
    if (bundles.length === 0)
        return '';
    const folder = extra.artifactUrl ? '<unpacked artifact>' : extra.runDirectory;
    const commands = bundles
        .slice(0, COMMANDS)
        .map(({ file, ref }) => `git fetch ${quote(`${folder}/${file}`)} ${quote(ref)} && git cherry-pick FETCH_HEAD`);
    const more = bundles.length - commands.length;
    if (more > 0)
        commands.push(`# and ${more} more: tasks/*/work.bundle`);
    const where = extra.artifactUrl
        ? `in ${markdown_link('the artifact', extra.artifactUrl)}`
        : `under ${code(extra.runDirectory, 300)}`;
    const intro = `The work of ${(0,wording/* plural */.LS)(bundles.length, 'task')} is kept ${where} as ${code('work.bundle')} and ${code('work.patch')}. To take it up, in a clone of this repository:`;
    return `### Saved work\n\n${intro}\n\n${fence(commands.join('\n'), 'sh')}`;
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
    const where = extra.artifactUrl ? markdown_link('the artifact', extra.artifactUrl) : code(extra.runDirectory, 300);
    return `… and ${left} more: see ${code('report.html')} in ${where}.`;
}
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
function cut(text, limit) {
    const bytes = Buffer.from(text);
    if (bytes.length <= limit)
        return text;
    const start = bytes.subarray(0, limit - 100).toString();
    return `${start.slice(0, start.lastIndexOf('\n'))}\n\n… cut here: the whole is in report.html.\n`;
}
function quote(text) {
    return /^[\w./:-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

// EXTERNAL MODULE: ./build/decide/text.js
var decide_text = __webpack_require__(5810);
// EXTERNAL MODULE: ./build/world/files.js
var world_files = __webpack_require__(6256);
;// CONCATENATED MODULE: ./build/publish.js
/** What a finished run leaves for people: summary.md and report.html in the run directory. */







async function publish(summary, where) {
    const { runDirectory, mask, repositoryUrl, artifactUrl } = where;
    const failing = summary.tasks.filter(task => verdict/* FAILING */.tz.has(task.outcome));
    const entries = await Promise.all(failing.map(async (task) => [task.id, mask(await tailOf(task, runDirectory))]));
    const tails = Object.fromEntries(entries.filter(([, text]) => text !== ''));
    const verifyTail = summary.verification.passed === false
        ? mask((0,decide_text/* tail */.RT)(await (0,world_files.readEnd)((0,external_node_path_.join)(runDirectory, 'verify.log'), decide_text/* TAIL_BYTES */.dd)))
        : '';
    const extra = { tails, verifyTail, repositoryUrl, runDirectory, ...(artifactUrl ? { artifactUrl } : {}) };
    const markdown = mask(summaryMarkdown(summary, extra));
    const markdownFile = (0,external_node_path_.join)(runDirectory, 'summary.md');
    const reportFile = (0,external_node_path_.join)(runDirectory, 'report.html');
    await Promise.all([
        (0,world_files.writeAtomic)(markdownFile, markdown),
        (0,world_files.writeAtomic)(reportFile, mask(reportHtml(summary, { tails, verifyTail }))),
    ]);
    return { reportFile, markdown, tails, verifyTail };
}
/** The log may be gone, or be anything: its worker knew where it is. */
async function tailOf(task, runDirectory) {
    const file = (0,wording/* logOf */.Gs)(task);
    return file === undefined ? '' : (0,decide_text/* tail */.RT)(await (0,world_files.readEnd)((0,external_node_path_.join)(runDirectory, file), decide_text/* TAIL_BYTES */.dd));
}


/***/ })

};
