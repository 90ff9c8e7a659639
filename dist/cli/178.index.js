export const id = 178;
export const ids = [178];
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

/***/ 4178:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  statusCommand: () => (/* binding */ statusCommand)
});

// EXTERNAL MODULE: ./node_modules/picocolors/picocolors.js
var picocolors = __webpack_require__(7336);
// EXTERNAL MODULE: ./build/decide/plain.js
var decide_plain = __webpack_require__(977);
// EXTERNAL MODULE: ./build/decide/text.js
var decide_text = __webpack_require__(5810);
// EXTERNAL MODULE: ./build/action/columns.js
var columns = __webpack_require__(8232);
// EXTERNAL MODULE: ./build/action/wording.js
var wording = __webpack_require__(3791);
;// CONCATENATED MODULE: ./build/action/status-lines.js
/** A status for a terminal, line by line: the headline first, then counts, what needs a person, what to do next. Pure. */





/** More needy tasks than this are only counted: the report has them all. */
const MOST_TASKS = 25;
function statusLines(view, { color, width, now }) {
    const room = Math.max(40, width);
    const paint = (0,picocolors.createColors)(color);
    const tone = view.conclusion === 'success' ? paint.green : view.conclusion === 'failure' ? paint.red : paint.yellow;
    const needy = view.needs_person;
    const lines = [
        ...(0,columns/* wrap */.LV)(`${view.headline}${age(view, now)}`, room).map(line => paint.bold(tone(line))),
        ...(0,columns/* wrap */.LV)(countsLine(view.counts), room),
        `run directory: ${view.run_directory}`,
        ...section('Needs a person:', needy.slice(0, MOST_TASKS).flatMap(task => needyLines(task, room, paint))),
        ...(needy.length > MOST_TASKS ? [`  and ${needy.length - MOST_TASKS} more, see report.html`] : []),
        ...section('Finished since, by a retry:', view.retried.map(({ id, outcome, run_directory }) => `  ${wording/* OUTCOMES */.im[outcome].mark} ${id}  ${wording/* OUTCOMES */.im[outcome].word}  ${run_directory}`)),
        ...section('Running:', view.running.slice(0, MOST_TASKS).map(({ id, title, started_at }) => {
            const since = started_at === null ? '' : `  ${(0,wording/* duration */.p0)(Math.max(0, now - Date.parse(started_at)) / 1000)}`;
            return (0,columns/* clip */.$Q)(`  ${id}${titled(id, title)}${since}`, room);
        })),
        ...(view.running.length > MOST_TASKS ? [`  and ${view.running.length - MOST_TASKS} more`] : []),
        ...section('Next:', view.next_steps.flatMap(({ what, command }) => [
            ...(0,columns/* wrap */.LV)(what, room - 4).map((line, index) => `  ${index === 0 ? '-' : ' '} ${line}`),
            // Whole, however long: it is there to be copied.
            ...(command === null ? [] : [`      ${paint.cyan(command)}`]),
        ])),
    ];
    return lines.map(line => (0,decide_text/* harmless */.Is)(line));
}
function age({ run, state }, now) {
    const end = run.finished_at === null ? now : Date.parse(run.finished_at);
    const seconds = (end - Date.parse(run.started_at)) / 1000;
    if (!Number.isFinite(seconds) || state === 'cut-off')
        return '';
    return ` (${(0,wording/* duration */.p0)(Math.max(0, seconds))})`;
}
function countsLine(counts) {
    const { total = 0, ...others } = counts;
    const parts = Object.entries(others).filter(([, count]) => count > 0);
    return [`${total} in all`, ...parts.map(([name, count]) => `${count} ${WORDS[name] ?? name}`)].join(', ');
}
const WORDS = { blocked_push: 'not pushed', to_land: 'to land' };
function section(title, lines) {
    return lines.length === 0 ? [] : ['', title, ...lines];
}
function needyLines({ id, title, outcome, reason, log }, room, paint) {
    const { mark, word } = wording/* OUTCOMES */.im[outcome];
    const code = reason === null ? '' : ` (${reason.code})`;
    const block = (sign, text) => (0,columns/* wrap */.LV)((0,decide_plain/* plainLine */.h0)(text, 2000), room - 6).map((line, index) => paint.gray(`    ${index === 0 ? sign : '│'} ${line}`));
    return [
        paint.red((0,columns/* clip */.$Q)(`  ${mark} ${id}${titled(id, title)}  ${word}${code}`, room)),
        ...(reason === null ? [] : [...block('│', reason.message), ...block('→', reason.fix)]),
        ...(log === null ? [] : [paint.gray(`    ${log}`)]),
    ];
}
function titled(id, title) {
    const plain = (0,decide_plain/* plainLine */.h0)(title, 200);
    return plain === id ? '' : `  ${plain}`;
}

// EXTERNAL MODULE: ./build/decide/verdict.js
var verdict = __webpack_require__(2400);
// EXTERNAL MODULE: ./build/action/shell-words.js
var shell_words = __webpack_require__(7965);
;// CONCATENATED MODULE: ./build/action/status-view.js



function statusView(facts) {
    return facts.summary === null ? openView(facts) : endedView(facts, facts.summary);
}
function endedView(facts, summary) {
    const retried = finishedLater(facts);
    const later = new Set(retried.map(({ id }) => id));
    const left = (0,wording/* needPerson */.gZ)(summary).filter(({ id }) => !later.has(id));
    const own = (0,wording/* headline */.Pl)(summary);
    return {
        version: 1,
        state: 'ended',
        conclusion: summary.conclusion,
        headline: retried.length === 0 ? own : `${own}; ${(0,wording/* plural */.LS)(retried.length, 'task')} finished by a retry since`,
        run_directory: facts.directory,
        run: {
            key: summary.run.key,
            branch: summary.run.branch,
            started_at: summary.run.started_at,
            finished_at: summary.run.finished_at,
        },
        counts: { ...summary.counts, running: 0, to_land: 0, waiting: 0 },
        needs_person: left.map(task => ({
            id: task.id,
            title: task.title,
            outcome: task.outcome,
            reason: task.reason,
            log: (0,wording/* logOf */.Gs)(task) ?? null,
        })),
        retried,
        running: [],
        next_steps: stepsAfter(facts, summary, left),
    };
}
function finishedLater({ retries }) {
    const finished = retries.flatMap(({ directory, summary }) => summary.tasks.flatMap(({ id, outcome }) => outcome === 'landed' || outcome === 'unchanged' ? [{ id, outcome, run_directory: directory }] : []));
    // A task that was tried again twice is told of once.
    return [...new Map(finished.toReversed().map(each => [each.id, each])).values()].toReversed();
}
function stepsAfter({ directory, self, inPlace }, { verification, run }, left) {
    // Nothing of a dry run is there to build on.
    const again = run.dry_run ? [] : left.map(({ id }) => id);
    const retry = (0,shell_words/* shellLine */.T)(['retry', directory, '--task', again.join(',')]);
    const saved = left.some(({ files }) => files.some(name => name.endsWith('work.bundle')));
    return [
        ...(again.length === 0
            ? []
            : [
                {
                    what: `When the cause is gone: try ${again.length === 1 ? 'it' : 'them'} again, to land on ${run.branch}${inPlace ? '' : ' (in a checkout of the repository)'}`,
                    command: `${self} ${retry}`,
                },
            ]),
        ...(saved
            ? [{ what: 'Work that did not land is kept: work.bundle and work.patch below tasks/', command: null }]
            : []),
        ...(verification.passed === false
            ? [
                {
                    what: `Read why the verification failed${(0,wording/* causedBy */.$z)(verification)}: ${directory}/verify.log`,
                    command: null,
                },
            ]
            : []),
        { what: `The whole report: ${directory}/report.html`, command: null },
    ];
}
const STAGES = {
    waiting: 'waiting',
    working: 'running',
    remediating: 'running',
    ready: 'to_land',
    handoff: 'to_land',
};
function openView(facts) {
    const tasks = facts.state?.tasks ?? [];
    const counts = { ...NONE, total: tasks.length };
    for (const { stage, outcome } of tasks) {
        if (stage !== 'ended')
            counts[STAGES[stage]]++;
        else if (outcome !== null)
            counts[COUNTED[outcome]]++;
    }
    const failing = tasks
        .flatMap(task => task.outcome !== null && verdict/* FAILING */.tz.has(task.outcome) ? [{ ...task, outcome: task.outcome }] : [])
        .toSorted((a, b) => wording/* OUTCOMES */.im[a.outcome].rank - wording/* OUTCOMES */.im[b.outcome].rank);
    const { alive, dryRun } = facts;
    const halted = facts.state?.run.halt ?? null;
    const how = alive ? (halted === null ? 'Running' : 'Stopping') : 'Cut off';
    const landed = `${dryRun ? 'would land' : 'landed'} on ${facts.branch} so far${dryRun ? ', dry run' : ''}`;
    return {
        version: 1,
        state: alive ? 'running' : 'cut-off',
        conclusion: null,
        headline: `${how}: ${counts.landed} of ${(0,wording/* plural */.LS)(counts.total - counts.skipped, 'task')} ${landed}${alive ? '' : ', and nothing is at work any more'}`,
        run_directory: facts.directory,
        run: { key: facts.key, branch: facts.branch, started_at: facts.startedAt, finished_at: null },
        counts,
        needs_person: failing.map(({ id, title, outcome, reason, message, fix }) => ({
            id,
            title: title ?? id,
            outcome,
            reason: reason === null ? null : { code: reason, message: message ?? '', fix: fix ?? '' },
            log: null,
        })),
        retried: [],
        running: alive
            ? tasks
                .filter(({ stage }) => stage === 'working' || stage === 'remediating')
                .map(({ id, title = id, started_at }) => ({ id, title, started_at }))
            : [],
        next_steps: !alive ? [goOnStep(facts)] : halted === null ? [stopStep(facts)] : [],
    };
}
const NONE = {
    total: 0,
    landed: 0,
    unchanged: 0,
    failed: 0,
    blocked_push: 0,
    blocked: 0,
    cancelled: 0,
    skipped: 0,
    reverted: 0,
    running: 0,
    to_land: 0,
    waiting: 0,
};
const COUNTED = {
    landed: 'landed',
    unchanged: 'unchanged',
    failed: 'failed',
    'blocked-push': 'blocked_push',
    blocked: 'blocked',
    cancelled: 'cancelled',
    skipped: 'skipped',
    reverted: 'reverted',
};
function stopStep({ self, directory }) {
    const command = `${self} ${(0,shell_words/* shellLine */.T)(['stop', directory])}`;
    return { what: 'To end it gently: nothing new starts, what runs may finish and land', command };
}
/** A local run goes on with the same command; one of a workflow with a re-run of its job. */
function goOnStep({ key, dryRun, began, self, inPlace }) {
    const command = began === null ? null : `${self} ${(0,shell_words/* shellLine */.T)(began)}`;
    if (dryRun)
        return { what: 'Run it again: a dry run leaves nothing to go on from', command };
    if (!key.startsWith('local-')) {
        return {
            what: inPlace
                ? 'Run the job again in GitHub Actions (Re-run jobs): it goes on where this ended'
                : 'Run the job again in GitHub Actions (Re-run jobs): it goes on from this artifact',
            command: null,
        };
    }
    if (command === null)
        return { what: 'Give the same `run` command again: it goes on where this ended', command };
    return { what: 'Go on where it ended', command };
}

// EXTERNAL MODULE: ./build/kept-inputs.js
var kept_inputs = __webpack_require__(2730);
// EXTERNAL MODULE: ./build/retries.js
var retries = __webpack_require__(2566);
// EXTERNAL MODULE: ./build/run-directory.js
var run_directory = __webpack_require__(1399);
// EXTERNAL MODULE: ./build/cli/own-name.js
var own_name = __webpack_require__(7353);
// EXTERNAL MODULE: ./build/cli/say.js
var say = __webpack_require__(2486);
;// CONCATENATED MODULE: ./build/cli/status.js
/** `fanout status`: how a run stands. Reads the run directory and nothing else. */







async function statusCommand(args) {
    const run = await (0,run_directory/* openRunDirectory */.x)(args.directory, process.cwd());
    if ('what' in run || args.problems.length > 0)
        return (0,say/* refuse */.TR)([...args.problems, ...('what' in run ? [(0,say/* sentence */.em)(run)] : [])]);
    const { path, journal, summary, state, alive, inPlace } = run;
    const { run_key: key, branch, dry_run: dryRun, started_at: startedAt } = journal.head;
    const view = statusView({
        ...{ directory: path, key, branch, dryRun, startedAt, alive, inPlace, summary, state },
        retries: await (0,retries/* retriesOf */.Ko)(path),
        began: await wordsOf(path),
        self: (0,own_name/* ownName */.q)(),
    });
    if (args.switches.has('json'))
        (0,say/* out */.FD)(JSON.stringify(view, null, 2));
    else {
        const options = { color: (0,say/* hasColor */.cE)(process.stdout), width: (0,say/* columns */.YB)(), now: Date.now() };
        for (const line of statusLines(view, options))
            (0,say/* out */.FD)(line);
    }
    return 0;
}
/** The words that began it, but for `resume`: with that false nothing would go on. null where they are not all known, or make no line. */
async function wordsOf(runDirectory) {
    const kept = await (0,kept_inputs/* readInputs */.K)(runDirectory);
    if (kept === null || kept.left_out.some(name => name !== 'token'))
        return null;
    const given = Object.entries(kept.inputs).filter(([name]) => name !== 'resume');
    if (given.some(([, value]) => /[\r\n]/.test(value)))
        return null;
    return [
        'run',
        ...given.flatMap(([name, value]) => value.startsWith('--') ? [`--${name}=${value}`] : [`--${name}`, value]),
    ];
}


/***/ }),

/***/ 7071:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   g3: () => (/* binding */ reasonCode),
/* harmony export */   sG: () => (/* binding */ outcomeOf)
/* harmony export */ });
/* unused harmony export REFUSAL_CODES */
/* harmony import */ var _task_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(252);

const REFUSAL_CODES = (/* unused pure expression or super */ null && ([
    'race',
    'network',
    'auth',
    'protected-branch',
    'ruleset',
    'workflow-scope',
    'secret',
    'large-file',
    'hook',
    'unknown',
]));
/** The outcome that a failure means (SPEC section 7). */
function outcomeOf(failure) {
    switch (failure.code) {
        case 'setup':
        case 'worker-exit':
        case 'worker-signal':
        case 'timeout':
        case 'idle':
        case 'unfinished':
        case 'history':
        case 'left-behind':
        case 'out-of-scope':
        case 'too-large':
        case 'follow-ups':
        case 'secret':
        case 'gate':
        case 'workspace':
        case 'internal':
            return 'failed';
        case 'conflict':
        case 'attempts':
        case 'base-red':
        case 'refused':
            return 'blocked-push';
        case 'dependency':
            return 'blocked';
        case 'signal':
        case 'stop':
        case 'deadline':
            return 'cancelled';
        case 'status':
        case 'not-before':
        case 'max-tasks':
        case 'max-failures':
        case 'only':
        case 'already-landed':
            return 'skipped';
        case 'verification':
            return 'reverted';
        default:
            return (0,_task_js__WEBPACK_IMPORTED_MODULE_0__/* .unreachable */ .H)(failure);
    }
}
/** The `reason.code` that files and reports show: SPEC's words. */
function reasonCode(failure) {
    if (failure.code === 'refused')
        return failure.refusal;
    if (failure.code === 'stop')
        return 'signal';
    // What it asks for is more than a task may ask for.
    return failure.code === 'follow-ups' ? 'out-of-scope' : failure.code;
}


/***/ }),

/***/ 8821:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ww: () => (/* binding */ holdsWork),
/* harmony export */   dI: () => (/* binding */ BUNDLE),
/* harmony export */   u1: () => (/* binding */ bundleName),
/* harmony export */   wW: () => (/* binding */ SECRET_BUNDLE)
/* harmony export */ });
/** What a task's work is kept as, in its folder or, behind its id and a dot, beside it. */
const BUNDLE = 'work.bundle';
/** Work that adds a value which is masked: it never leaves the machine. */
const SECRET_BUNDLE = 'work-secret.bundle';
/** The same with `attempt`, for work of one that another followed; null: of the last. */
function bundleName({ secret }, attempt) {
    const name = secret ? SECRET_BUNDLE : BUNDLE;
    return attempt === null ? name : name.replace('.bundle', `-${attempt}.bundle`);
}
/** Whether a folder with these names in it has the work of a task. */
function holdsWork(names) {
    return names.includes(BUNDLE) || names.includes(SECRET_BUNDLE);
}


/***/ }),

/***/ 2400:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A3: () => (/* binding */ reasonOf),
/* harmony export */   CJ: () => (/* binding */ keptIn),
/* harmony export */   WJ: () => (/* binding */ verdict),
/* harmony export */   hB: () => (/* binding */ NOT_VERIFIED),
/* harmony export */   tz: () => (/* binding */ FAILING),
/* harmony export */   uo: () => (/* binding */ earlierIn)
/* harmony export */ });
/* harmony import */ var _explain_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9844);
/* harmony import */ var _failure_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7071);
/* harmony import */ var _kept_name_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8821);
/** What the run amounts to: the end report, derived from the state alone. */



/** Outcomes that make a run red (SPEC section 7). */
const FAILING = new Set([
    'failed',
    'blocked-push',
    'blocked',
    'cancelled',
    'reverted',
]);
const NOT_VERIFIED = {
    ran: false,
    passed: null,
    exit_code: null,
    command: '',
    sha: null,
    seconds: 0,
    skipped_because: null,
    culprits: [],
};
function verdict(plan, state, facts, verification) {
    const tasks = state.tasks.map((task, index) => summaryTask(plan.tasks[index], task, facts));
    const count = (outcome) => tasks.filter(task => task.outcome === outcome).length;
    const anyFailed = tasks.some(task => FAILING.has(task.outcome)) || verification.passed === false;
    const { stats } = state.lane;
    return {
        version: 1,
        conclusion: anyFailed ? 'failure' : 'success',
        run: {
            key: facts.key,
            repository: facts.repository,
            branch: facts.branch,
            base_sha: facts.baseSha,
            head_sha: facts.headSha,
            started_at: facts.startedAt,
            finished_at: facts.finishedAt,
            workers: facts.workers,
            dry_run: facts.dryRun,
            resumed: facts.resumed,
        },
        counts: {
            total: tasks.length,
            landed: count('landed'),
            unchanged: count('unchanged'),
            failed: count('failed'),
            blocked_push: count('blocked-push'),
            blocked: count('blocked'),
            cancelled: count('cancelled'),
            skipped: count('skipped'),
            reverted: count('reverted'),
        },
        any_failed: anyFailed,
        all_succeeded: tasks.length > 0 && !anyFailed,
        verification,
        landing: {
            pushes: stats.pushes,
            push_attempts: stats.pushAttempts,
            races_lost: stats.racesLost,
            rounds: stats.rounds,
            gates_run: stats.gatesRun,
            gates_reused: stats.gatesReused,
            gate_flakes: stats.gateFlakes,
            gate_seconds: round(stats.gateSeconds),
        },
        tasks,
    };
}
function summaryTask(task, state, facts) {
    const end = endOf(state);
    return {
        id: task.id,
        title: task.title,
        outcome: end.outcome,
        reason: end.failure ? reasonOf(end.failure, state, facts) : null,
        commit: state.commit,
        needs: task.needs,
        blocked_by: end.failure?.code === 'dependency' ? end.failure.blockedBy : [],
        changes: state.candidate?.changes ?? null,
        attempts: { worker: state.workerRuns, push: state.pushes, remediation: state.remediations },
        started_at: state.startedAt,
        finished_at: state.finishedAt,
        seconds: {
            workspace: round(state.seconds.workspace),
            worker: round(state.seconds.worker),
            landing: round(state.seconds.landing),
        },
        exit_code: state.exitCode,
        files: state.files,
    };
}
/** A report written before the end (a cancel, a crash) calls what is under way cancelled. */
function endOf(state) {
    return state.stage.kind === 'ended' ? state.stage : { outcome: 'cancelled', failure: { code: 'signal' } };
}
/** Why a task did not land and what to do, for people. */
function reasonOf(failure, state, { branch, baseSha }) {
    const { candidate, workerRuns, remediations, finish, files } = state;
    const kept = candidate !== null && (finish === 'done' ? keptIn(files) : true);
    const secret = candidate?.secret === true;
    const started = candidate !== null || workerRuns > 0;
    const context = { branch, baseSha, kept, secret, earlier: earlierIn(files), started, remediations };
    const { what, why, fix } = (0,_explain_js__WEBPACK_IMPORTED_MODULE_0__/* .explain */ .WE)(failure, context);
    return { code: (0,_failure_js__WEBPACK_IMPORTED_MODULE_1__/* .reasonCode */ .g3)(failure), message: `${what} ${why}`, fix };
}
/** The attempts before the last whose work is among the files. */
function earlierIn(files) {
    return files.flatMap(file => Number(/(?:^|[/.])work(?:-secret)?-(\d+)\.bundle$/.exec(file)?.[1] ?? 0) || []);
}
/** Of the work among the files that a task has left. */
function keptIn(files) {
    if (!files.some(file => file.endsWith(_kept_name_js__WEBPACK_IMPORTED_MODULE_2__/* .BUNDLE */ .dI) || file.endsWith(_kept_name_js__WEBPACK_IMPORTED_MODULE_2__/* .SECRET_BUNDLE */ .wW)))
        return 'unwritten';
    return files.some(file => file.endsWith('work.patch')) ? true : 'bundle';
}
function round(seconds) {
    return Math.round(seconds * 1000) / 1000;
}


/***/ }),

/***/ 2730:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   K: () => (/* binding */ readInputs),
/* harmony export */   j: () => (/* binding */ keepInputs)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8816);
/* harmony import */ var _world_files_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6256);
/** `inputs.json`: what a run was started with, so that it can be tried again. Holds no token and nothing else that is secret. */




const KEPT = zod__WEBPACK_IMPORTED_MODULE_3__/* .object */ .Ikc({
    version: zod__WEBPACK_IMPORTED_MODULE_3__/* .literal */ .euz(1),
    /** Where the user stood, from the root of the repository: a tasks file is named from there. */
    folder: zod__WEBPACK_IMPORTED_MODULE_3__/* .string */ .YjP(),
    /** Those that were given, as text. */
    inputs: zod__WEBPACK_IMPORTED_MODULE_3__/* .record */ .g1P(zod__WEBPACK_IMPORTED_MODULE_3__/* .string */ .YjP(), zod__WEBPACK_IMPORTED_MODULE_3__/* .string */ .YjP()),
    /** Names of those that were given and hold a secret: they are not here. */
    left_out: zod__WEBPACK_IMPORTED_MODULE_3__/* .array */ .YOg(zod__WEBPACK_IMPORTED_MODULE_3__/* .string */ .YjP()),
});
const FILE = 'inputs.json';
async function keepInputs(runDir, inputs, where, mask) {
    const given = Object.entries(inputs).flatMap(([name, value]) => (value ? [[name, value]] : []));
    const open = given.filter(([name, value]) => name !== 'token' && mask(value) === value);
    const leftOut = given.filter(each => !open.includes(each)).map(([name]) => name);
    const folder = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.relative)(await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.realpath)(where.root), await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.realpath)(where.cwd));
    const kept = {
        version: 1,
        // Outside of the repository nothing can be named from its root.
        folder: folder.startsWith('..') ? '' : folder,
        inputs: Object.fromEntries(open),
        left_out: leftOut,
    };
    await (0,_world_files_js__WEBPACK_IMPORTED_MODULE_2__.writeJson)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(runDir, FILE), kept);
}
/** null: there are none, or nothing that can be read. */
async function readInputs(runDir) {
    const text = await (0,_world_files_js__WEBPACK_IMPORTED_MODULE_2__.readText)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(runDir, FILE));
    try {
        return KEPT.parse(JSON.parse(text ?? ''));
    }
    catch {
        return null;
    }
}


/***/ }),

/***/ 2566:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Kc: () => (/* binding */ retryDirectories),
/* harmony export */   Ko: () => (/* binding */ retriesOf),
/* harmony export */   P$: () => (/* binding */ noteRetry)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6760);
/* harmony import */ var _decide_read_back_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(765);
/* harmony import */ var _world_files_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6256);
/** `retries.ndjson`: where tasks of a run were tried again. Written into the directory of the run that had ended. */



const FILE = 'retries.ndjson';
/** Rejects where the directory cannot be written: an artifact may lie on a disk that is read only. */
async function noteRetry(ofRun, runDirectory, at) {
    await (0,_world_files_js__WEBPACK_IMPORTED_MODULE_2__.appendText)((0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(ofRun, FILE), `${JSON.stringify({ at, run_directory: runDirectory })}\n`);
}
/** Run directories of its retries, in the order they began; some may be gone. */
async function retryDirectories(ofRun) {
    return ((await (0,_world_files_js__WEBPACK_IMPORTED_MODULE_2__.readText)((0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(ofRun, FILE))) ?? '').split('\n').flatMap(directoryIn);
}
/** Those that have come to their end and are still there, in the order they began. */
async function retriesOf(runDirectory) {
    const found = (await retryDirectories(runDirectory)).map(async (directory) => {
        const text = await (0,_world_files_js__WEBPACK_IMPORTED_MODULE_2__.readText)((0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(directory, 'summary.json')).catch(() => null);
        const read = text === null ? null : (0,_decide_read_back_js__WEBPACK_IMPORTED_MODULE_1__/* .readSummary */ .L)(text);
        // In a rehearsal nothing has landed.
        return read?.ok && !read.value.run.dry_run ? [{ directory, summary: read.value }] : [];
    });
    return (await Promise.all(found)).flat();
}
function directoryIn(line) {
    try {
        const { run_directory: directory } = JSON.parse(line);
        return typeof directory === 'string' ? [directory] : [];
    }
    catch {
        return [];
    }
}


/***/ }),

/***/ 1399:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   x: () => (/* binding */ openRunDirectory)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8161);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6760);
/* harmony import */ var _decide_read_back_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(765);
/* harmony import */ var _run_preflight_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(305);
/* harmony import */ var _world_default_root_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(3179);
/* harmony import */ var _world_files_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(6256);
/* harmony import */ var _world_journal_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(4234);
/* harmony import */ var _world_lock_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(4136);
/** A run directory as somebody finds it later: of a run that goes on, that has ended, or that was cut off. */









async function openRunDirectory(given, cwd) {
    const path = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.realpath)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.resolve)(cwd, given)).catch(() => null);
    if (given === '' || path === null)
        return notThere(given);
    const journalFile = (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(path, 'journal.ndjson');
    const read = await (0,_world_journal_js__WEBPACK_IMPORTED_MODULE_7__/* .readJournal */ .a0)(journalFile);
    if (read.kind === 'other-version')
        return (0,_run_preflight_js__WEBPACK_IMPORTED_MODULE_4__/* .journalVersion */ .MH)(journalFile, path, read.version);
    if (read.kind !== 'read')
        return noRun(path, read.kind === 'broken');
    const summary = await readSaved(path, 'summary.json', _decide_read_back_js__WEBPACK_IMPORTED_MODULE_3__/* .readSummary */ .L);
    if (summary !== null && 'what' in summary)
        return summary;
    const state = await readSaved(path, 'state.json', _decide_read_back_js__WEBPACK_IMPORTED_MODULE_3__/* .readState */ .u);
    const { run_key: key } = read.text.head;
    return {
        path,
        journal: read.text,
        summary,
        // It only tells more of what the journal knows.
        state: state !== null && 'what' in state ? null : state,
        alive: summary === null && (await (0,_world_lock_js__WEBPACK_IMPORTED_MODULE_8__/* .liveRuns */ .B8)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.dirname)(path), 'locks'), '')).has(key),
        inPlace: (await (0,_world_files_js__WEBPACK_IMPORTED_MODULE_6__.readText)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(path, 'store.git', 'HEAD'))) !== null,
    };
}
async function readSaved(dir, name, read) {
    const text = await (0,_world_files_js__WEBPACK_IMPORTED_MODULE_6__.readText)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(dir, name));
    if (text === null)
        return null;
    const found = read(text);
    if (found.ok)
        return found.value;
    return {
        what: `${(0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(dir, name)} cannot be read: ${found.why}.`,
        why: 'Another version of Fanout wrote it, or it was changed since.',
        fix: 'Use the version that ran, or look at journal.ndjson and the folders below tasks/ yourself.',
    };
}
async function notThere(given) {
    const latest = await latestRuns(await knownRoots(process.env));
    return {
        what: given === '' ? 'The run directory is missing.' : `There is no folder ${given}.`,
        why: 'It says which run is meant.',
        fix: `Give the folder that the run named as its run directory, or an unpacked artifact.${latest.length > 0 ? ` The latest here: ${latest.join(', ')}.` : ''}`,
    };
}
function noRun(path, broken) {
    return {
        what: `${path} is no run directory.`,
        why: broken ? 'Its journal.ndjson is broken from the first line on.' : 'It holds no journal.ndjson.',
        fix: 'Give the folder that the run named as its run directory, or an unpacked artifact.',
    };
}
const SHOWN_RUNS = 3;
/** Folders that hold runs, of any repository. */
async function knownRoots(env) {
    if (env.RUNNER_TEMP)
        return [(0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(env.RUNNER_TEMP, 'fanout')];
    const state = (0,_world_default_root_js__WEBPACK_IMPORTED_MODULE_5__/* .stateFolder */ .yp)(env, (0,node_os__WEBPACK_IMPORTED_MODULE_1__.homedir)());
    return [...(await (0,_world_files_js__WEBPACK_IMPORTED_MODULE_6__.namesIn)(state)).map(name => (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(state, name)), (0,_world_default_root_js__WEBPACK_IMPORTED_MODULE_5__/* .formerRoot */ .WM)((0,node_os__WEBPACK_IMPORTED_MODULE_1__.tmpdir)())];
}
async function latestRuns(roots) {
    const paths = await Promise.all(roots.map(async (root) => (await (0,_world_files_js__WEBPACK_IMPORTED_MODULE_6__.namesIn)(root)).map(name => (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(root, name))));
    const runs = await Promise.all(paths.flat().map(async (path) => {
        return { path, at: (await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.stat)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(path, 'journal.ndjson')).catch(() => null))?.mtimeMs ?? 0 };
    }));
    return runs
        .filter(run => run.at > 0)
        .sort((a, b) => b.at - a.at)
        .slice(0, SHOWN_RUNS)
        .map(run => run.path);
}


/***/ })

};
