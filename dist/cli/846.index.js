export const id = 846;
export const ids = [846];
export const modules = {

/***/ 1743:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   reportCommand: () => (/* binding */ reportCommand)
/* harmony export */ });
/* harmony import */ var _action_table_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1875);
/* harmony import */ var _decide_secrets_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(480);
/* harmony import */ var _publish_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8260);
/* harmony import */ var _run_directory_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1399);
/* harmony import */ var _own_name_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(7353);
/* harmony import */ var _say_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(2486);
/** `fanout report`: the reports of a run that has ended, written anew from its summary.json and logs. */






async function reportCommand(args) {
    const run = await (0,_run_directory_js__WEBPACK_IMPORTED_MODULE_3__/* .openRunDirectory */ .x)(args.directory, process.cwd());
    if ('what' in run || args.problems.length > 0)
        return (0,_say_js__WEBPACK_IMPORTED_MODULE_5__/* .refuse */ .TR)([...args.problems, ...('what' in run ? [(0,_say_js__WEBPACK_IMPORTED_MODULE_5__/* .sentence */ .em)(run)] : [])]);
    const { path, summary } = run;
    if (summary === null)
        return (0,_say_js__WEBPACK_IMPORTED_MODULE_5__/* .refuse */ .TR)([(0,_say_js__WEBPACK_IMPORTED_MODULE_5__/* .sentence */ .em)(noSummary(run))]);
    const { GITHUB_TOKEN: token = null } = process.env;
    const mask = (0,_decide_secrets_js__WEBPACK_IMPORTED_MODULE_1__/* .maskOf */ ._4)((0,_decide_secrets_js__WEBPACK_IMPORTED_MODULE_1__/* .maskingOf */ .wu)(process.env, token, [], (0,_decide_secrets_js__WEBPACK_IMPORTED_MODULE_1__/* .ownNamesIn */ .y3)(run.journal.head)));
    const repositoryUrl = repositoryUrlOf(run);
    const { reportFile } = await (0,_publish_js__WEBPACK_IMPORTED_MODULE_2__/* .publish */ .m)(summary, { runDirectory: path, repositoryUrl, mask });
    (0,_say_js__WEBPACK_IMPORTED_MODULE_5__/* .out */ .FD)(`${mask((0,_action_table_js__WEBPACK_IMPORTED_MODULE_0__/* .summaryTable */ .j)(summary, { color: (0,_say_js__WEBPACK_IMPORTED_MODULE_5__/* .hasColor */ .cE)(process.stdout), width: (0,_say_js__WEBPACK_IMPORTED_MODULE_5__/* .columns */ .YB)() }))}\n`);
    (0,_say_js__WEBPACK_IMPORTED_MODULE_5__/* .out */ .FD)(`report: ${reportFile}`);
    return 0;
}
function noSummary({ path, alive }) {
    return {
        what: `There is no summary.json in ${path}.`,
        why: alive ? 'The run goes on: it is written at the end.' : 'The run was cut off before its end.',
        fix: `Ask ${(0,_own_name_js__WEBPACK_IMPORTED_MODULE_4__/* .ownName */ .q)()} status, which tells what is known and what to do next.`,
    };
}
/** Commits are linked where the remote has pages for them. */
function repositoryUrlOf({ journal }) {
    const { origin } = journal.head;
    return /^https?:\/\//.test(origin) ? origin.replace(/(\.git)?\/*$/, '') : null;
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

/***/ 8938:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $J: () => (/* binding */ workRef),
/* harmony export */   DG: () => (/* binding */ attemptRef),
/* harmony export */   P7: () => (/* binding */ refName),
/* harmony export */   fH: () => (/* binding */ branchRefName)
/* harmony export */ });
/** Names of tasks and branches where git allows less, or where one part of a ref must hold all of it. */
/** git allows no `..` in a name, an id may hold it; no id holds a `%`. */
function refName(task) {
    return task.replaceAll('..', '.%2E');
}
/** A branch as one part of a ref. A branch may hold a `%`, and no two may come to the same name. */
function branchRefName(branch) {
    return branch.replaceAll('%', '%25').replaceAll('/', '%2F');
}
/** What a bundle holds a task's work under: no branch can have that name, so that no fetch of one ever moves it. */
function workRef(task) {
    return `refs/fanout/work/${refName(task)}`;
}
/** The same of an attempt that another one followed. */
function attemptRef(task, attempt) {
    return `refs/fanout/attempts/${refName(task)}/${attempt}`;
}


/***/ }),

/***/ 4418:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   HL: () => (/* binding */ joinTrailers),
/* harmony export */   Nx: () => (/* binding */ trailerLines),
/* harmony export */   _V: () => (/* binding */ joinText),
/* harmony export */   aw: () => (/* binding */ parseTrailers),
/* harmony export */   iA: () => (/* binding */ trailersOf),
/* harmony export */   nv: () => (/* binding */ aboveScissors),
/* harmony export */   rF: () => (/* binding */ withoutOwnTrailers),
/* harmony export */   zP: () => (/* binding */ TRAILER_KEYS)
/* harmony export */ });
/* unused harmony export trailerBlock */
/** The trailers that tie a commit to its task: the branch is the truth about what landed. */
const KEYS = [
    ['task', 'Fanout-Task'],
    ['run', 'Fanout-Run'],
    ['fingerprint', 'Fanout-Fingerprint'],
    ['reverts', 'Fanout-Reverts'],
    ['branch', 'Fanout-Branch'],
];
const TRAILER_KEYS = KEYS.map(([, key]) => key);
/** The lines of those that are set, in a fixed order. Values must be free of spaces; line breaks never get through. */
function trailerLines(trailers) {
    return KEYS.flatMap(([name, key]) => {
        const value = trailers[name];
        return value === null || value === undefined ? [] : [`${key}: ${value.replace(/\s+/g, '')}`];
    });
}
/** What the last paragraph of a commit message says; of a key given twice the last one. Never throws on foreign text. */
function parseTrailers(message) {
    const lines = lastParagraph(message.replaceAll('\r', '').split('\n'));
    const value = (key) => {
        const prefix = `${key.toLowerCase()}:`;
        const text = lines
            .findLast(line => line.toLowerCase().startsWith(prefix))
            ?.slice(prefix.length)
            .trim();
        return text && !/\s/.test(text) ? text : null;
    };
    return {
        task: value('Fanout-Task'),
        run: value('Fanout-Run'),
        fingerprint: value('Fanout-Fingerprint'),
        reverts: value('Fanout-Reverts'),
        branch: value('Fanout-Branch'),
    };
}
/** The message's lines without every `Fanout-...:` line and what continues it, wherever they stand. */
function withoutOwnTrailers(lines) {
    let dropping = false;
    return lines.filter(line => {
        dropping = /^\s*fanout-[a-z0-9-]*\s*:/i.test(line) || (dropping && /^[ \t]+\S/.test(line));
        return !dropping;
    });
}
const COMMENT = '#';
/** What `git commit --verbose` puts above the change that it shows. */
const SCISSORS = '# ------------------------ >8 ------------------------';
/** Lines that git itself writes: beside one of these a block may hold other lines too. */
const BY_GIT = ['Signed-off-by: ', '(cherry picked from commit '];
const TRAILER = /^[A-Za-z0-9-]+[ \t]*:/;
/**
 * Where `git interpret-trailers` sees the trailers of a message, or would add them: in the last paragraph that is no
 * comment, never in the subject's. It is a block if nothing but trailers is in it, or one that git wrote and at most
 * three times as many other lines as trailers.
 */
function trailerBlock(lines) {
    const end = endOf(lines);
    const title = lines.slice(0, end).indexOf('');
    let trailers = 0;
    let others = 0;
    let byGit = false;
    /** They belong to the trailer above them, or are none. */
    let continuations = 0;
    for (let at = end - 1; title >= 0 && at >= title; at--) {
        const line = lines[at];
        if (line === '') {
            others += continuations;
            const isBlock = byGit ? trailers * 3 >= others : trailers > 0 && others === 0;
            return { start: isBlock ? at + 1 : end, end };
        }
        if (line.startsWith(COMMENT)) {
            others += continuations;
            continuations = 0;
        }
        else if (isTrailer(line)) {
            trailers++;
            byGit ||= isByGit(line);
            continuations = 0;
        }
        else if (isContinuation(line))
            continuations++;
        else {
            others += 1 + continuations;
            continuations = 0;
        }
    }
    return { start: end, end };
}
/** `more` at the end of the block of a message, or as a block of its own. What git takes for no part of the text stays below. */
function joinTrailers(lines, more) {
    if (more.length === 0)
        return lines;
    const { start, end } = trailerBlock(lines);
    const gap = start === end && end > 0 ? [''] : [];
    return [...lines.slice(0, end), ...gap, ...more, ...lines.slice(end)];
}
/** A paragraph at the end of the text of a message, above its trailers. */
function joinText(lines, more) {
    if (more.length === 0)
        return lines;
    const { start, end } = trailerBlock(lines);
    if (start === end)
        return [...lines.slice(0, end), '', ...more, ...lines.slice(end)];
    return [...lines.slice(0, start), ...more, '', ...lines.slice(start)];
}
/** Each trailer of a message with what continues it. */
function trailersOf(lines) {
    const { start, end } = trailerBlock(lines);
    const found = [];
    let continues = false;
    for (const line of lines.slice(start, end)) {
        if (isTrailer(line))
            found.push(line);
        else if (continues && isContinuation(line))
            found.push(`${found.pop()}\n${line}`);
        continues = isTrailer(line) || (continues && isContinuation(line));
    }
    return found;
}
/** Without the line that git cuts a message at, and what is below. */
function aboveScissors(lines) {
    const cut = lines.indexOf(SCISSORS);
    return cut < 0 ? lines : lines.slice(0, cut);
}
function isTrailer(line) {
    return TRAILER.test(line) || isByGit(line);
}
function isByGit(line) {
    return BY_GIT.some(prefix => line.startsWith(prefix));
}
function isContinuation(line) {
    return /^[ \t]/.test(line);
}
/** How many lines are text: comments at the end and a list of conflicts there are none to git, and nothing below its cut. */
function endOf(lines) {
    const above = aboveScissors(lines);
    /** 0: not at the end. */
    let first = 0;
    let inConflicts = false;
    above.forEach((line, at) => {
        if (line === '' || line.startsWith(COMMENT))
            first ||= at;
        else if (line === 'Conflicts:') {
            inConflicts = true;
            first ||= at;
        }
        else if (!(inConflicts && line.startsWith('\t'))) {
            first = 0;
            inConflicts = false;
        }
    });
    return first || above.length;
}
/** The lines after the last empty one, never the subject's own paragraph; comments at the end are none. */
function lastParagraph(lines) {
    const plain = lines.map(line => line.trimEnd());
    const text = plain.slice(0, endOf(plain));
    return text.slice(text.lastIndexOf('') + 1 || text.length);
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
