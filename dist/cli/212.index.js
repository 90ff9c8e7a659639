export const id = 212;
export const ids = [212];
export const modules = {

/***/ 7965:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   T: () => (/* binding */ shellLine),
/* harmony export */   r: () => (/* binding */ shellWord)
/* harmony export */ });
/** Words as a shell takes them, for commands that people copy. */
function shellWord(word) {
    return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
function shellLine(words) {
    return words.map(shellWord).join(' ');
}


/***/ }),

/***/ 7212:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   cleanCommand: () => (/* binding */ cleanCommand)
/* harmony export */ });
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8161);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _action_shell_words_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(7965);
/* harmony import */ var _decide_plain_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(977);
/* harmony import */ var _decide_room_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(2346);
/* harmony import */ var _old_runs_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8148);
/* harmony import */ var _world_default_root_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(3179);
/* harmony import */ var _world_repository_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(4671);
/* harmony import */ var _own_name_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(7353);
/* harmony import */ var _say_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(2486);
/** `fanout clean`: what earlier runs have left, and its removal. */










async function cleanCommand(args) {
    const root = await rootOf(args.inputs['workspace-root']);
    if (root === null || args.problems.length > 0)
        return (0,_say_js__WEBPACK_IMPORTED_MODULE_7__/* .refuse */ .TR)([...args.problems, ...(root === null ? [NO_ROOT] : [])]);
    const { runs, live } = await (0,_old_runs_js__WEBPACK_IMPORTED_MODULE_3__/* .oldRuns */ .qA)(root);
    if (live > 0)
        (0,_say_js__WEBPACK_IMPORTED_MODULE_7__/* .out */ .FD)(`${live} run(s) at work: these are left alone.`);
    if (runs.length === 0) {
        (0,_say_js__WEBPACK_IMPORTED_MODULE_7__/* .out */ .FD)(`Nothing to remove in ${root}.`);
        return 0;
    }
    for (const run of runs)
        for (const line of linesOf(run))
            (0,_say_js__WEBPACK_IMPORTED_MODULE_7__/* .out */ .FD)(line);
    const bytes = runs.reduce((sum, run) => sum + (run.bytes ?? 0), 0);
    const dear = runs.filter(({ unlanded }) => unlanded === null || unlanded.length > 0).length;
    const warning = dear === 0 ? '' : ` ${dear} of them hold work that did not land: it goes for good.`;
    if (!args.switches.has('yes')) {
        const words = args.inputs['workspace-root'] ? ['--workspace-root', args.inputs['workspace-root']] : [];
        (0,_say_js__WEBPACK_IMPORTED_MODULE_7__/* .out */ .FD)(`\n${runs.length} run(s), ${(0,_decide_room_js__WEBPACK_IMPORTED_MODULE_8__/* .inBytes */ .H)(bytes)} in all.${warning} Nothing was removed. To remove them:`);
        (0,_say_js__WEBPACK_IMPORTED_MODULE_7__/* .out */ .FD)(`  ${(0,_own_name_js__WEBPACK_IMPORTED_MODULE_6__/* .ownName */ .q)()} ${(0,_action_shell_words_js__WEBPACK_IMPORTED_MODULE_9__/* .shellLine */ .T)(['clean', ...words, '--yes'])}`);
        return 0;
    }
    return remove(runs);
}
const NO_ROOT = 'Which runs are meant is not known: this folder is in no repository with an `origin`. Go into one, or give --workspace-root <folder>.';
async function rootOf(given) {
    if (given)
        return (0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(given);
    const repository = await (0,_world_repository_js__WEBPACK_IMPORTED_MODULE_5__.inspectRepository)(process.cwd());
    const origin = repository?.origin?.pushUrl;
    return origin === undefined ? null : (0,_world_default_root_js__WEBPACK_IMPORTED_MODULE_4__/* .defaultRoot */ .cc)(process.env, (0,node_os__WEBPACK_IMPORTED_MODULE_0__.homedir)(), origin);
}
async function remove(runs) {
    let freed = 0;
    const problems = [];
    for (const run of runs) {
        try {
            await (0,_old_runs_js__WEBPACK_IMPORTED_MODULE_3__/* .removeOldRun */ .Rx)(run);
            freed += run.bytes ?? 0;
        }
        catch (error) {
            problems.push(`${run.path} could not be removed: ${error.message}`);
        }
    }
    (0,_say_js__WEBPACK_IMPORTED_MODULE_7__/* .out */ .FD)(`\n${runs.length - problems.length} run(s) removed, ${(0,_decide_room_js__WEBPACK_IMPORTED_MODULE_8__/* .inBytes */ .H)(freed)} freed.`);
    return problems.length > 0 ? (0,_say_js__WEBPACK_IMPORTED_MODULE_7__/* .refuse */ .TR)(problems) : 0;
}
const SHOWN_TASKS = 10;
function linesOf({ path, changedAt, bytes, about, unlanded }) {
    const age = ageOf(Date.now() - changedAt);
    const size = bytes === null ? 'of unknown size' : (0,_decide_room_js__WEBPACK_IMPORTED_MODULE_8__/* .inBytes */ .H)(bytes);
    const where = about === null ? '' : `, ${(0,_decide_plain_js__WEBPACK_IMPORTED_MODULE_2__/* .plainLine */ .h0)(about.branch, 100)} of ${(0,_decide_plain_js__WEBPACK_IMPORTED_MODULE_2__/* .plainLine */ .h0)(about.origin, 200)}`;
    const head = `${path}\n  ${age} old, ${size}${where}`;
    if (unlanded === null)
        return [`${head}\n  holds work that did not land`];
    if (unlanded.length === 0)
        return [`${head}\n  nothing of it is left to land`];
    const more = unlanded.length > SHOWN_TASKS ? ` and ${unlanded.length - SHOWN_TASKS} more` : '';
    return [`${head}\n  did not land: ${unlanded.slice(0, SHOWN_TASKS).join(', ')}${more}`];
}
function ageOf(milliseconds) {
    const hours = Math.max(0, milliseconds) / 3600_000;
    if (hours < 1)
        return `${Math.round(hours * 60)} min`;
    return hours < 48 ? `${Math.round(hours)} h` : `${Math.round(hours / 24)} days`;
}


/***/ }),

/***/ 7353:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   q: () => (/* binding */ ownName)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6760);
/* harmony import */ var _action_shell_words_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7965);
/** How this very command is called again, for lines that people copy. */


/** `fanout` where PATH leads to it under that name, else node with the path of the bundle. */
function ownName(script = process.argv[1] ?? '', cwd = process.cwd(), path = process.env.PATH ?? '') {
    const onPath = path.split(':').some(folder => folder !== '' && (0,node_path__WEBPACK_IMPORTED_MODULE_0__.resolve)(folder) === (0,node_path__WEBPACK_IMPORTED_MODULE_0__.dirname)(script));
    if ((0,node_path__WEBPACK_IMPORTED_MODULE_0__.basename)(script) === 'fanout' && onPath)
        return 'fanout';
    const short = (0,node_path__WEBPACK_IMPORTED_MODULE_0__.relative)(cwd, script);
    const named = short.startsWith('../../../') || short.length > script.length ? script : short;
    return `node ${(0,_action_shell_words_js__WEBPACK_IMPORTED_MODULE_1__/* .shellWord */ .r)(named)}`;
}


/***/ }),

/***/ 743:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ly: () => (/* binding */ isoTime),
/* harmony export */   hi: () => (/* binding */ isSignature),
/* harmony export */   lm: () => (/* binding */ isRunKey),
/* harmony export */   vl: () => (/* binding */ signature)
/* harmony export */ });
/** How times and people are written in files and commits. */
/** RFC 3339 UTC with milliseconds; `ms` since the epoch. */
function isoTime(ms) {
    return new Date(ms).toISOString();
}
/** Whether a folder may be called so that a run has made: `<run id>-<attempt>`, or `local-<time>-<4 hex>`. */
function isRunKey(name) {
    return /^(\d+-\d+|local-\d{8}T\d{6}Z-[0-9a-f]{4})$/.test(name);
}
/** `Name <mail> seconds +0000`, with what would break a commit's header removed. */
function signature({ name, email }, ms) {
    const clean = (text) => text.replace(/[<>\n\r\0]/g, '').trim();
    return `${clean(name)} <${clean(email)}> ${Math.floor(ms / 1000)} +0000`;
}
/** Whether a line that somebody else's commit holds may stand in one of ours, by the rules of `git fsck`. */
function isSignature(text) {
    return /^[^<>\0\n]*[^<>\0\n ] <[^<>\0\n]*> (0|[1-9]\d{0,11}) [+-]\d{4}$/.test(text);
}


/***/ }),

/***/ 765:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   L: () => (/* binding */ readSummary),
/* harmony export */   u: () => (/* binding */ readState)
/* harmony export */ });
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8816);
/** `summary.json` and `state.json` read back: what is not of their shape is refused, what is more than that passes. */

const OUTCOME = zod__WEBPACK_IMPORTED_MODULE_0__/* ["enum"] */ .k5n([
    'landed',
    'unchanged',
    'failed',
    'blocked-push',
    'blocked',
    'cancelled',
    'skipped',
    'reverted',
]);
const count = zod__WEBPACK_IMPORTED_MODULE_0__/* .int */ .Whr().min(0);
const seconds = zod__WEBPACK_IMPORTED_MODULE_0__/* .number */ .aig().min(0);
/** Below the run directory, and nowhere else. */
const file = zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().refine(path => !path.startsWith('/') && !path.split('/').includes('..'));
const SUMMARY = zod__WEBPACK_IMPORTED_MODULE_0__/* .looseObject */ ._H3({
    version: zod__WEBPACK_IMPORTED_MODULE_0__/* .literal */ .euz(1),
    conclusion: zod__WEBPACK_IMPORTED_MODULE_0__/* ["enum"] */ .k5n(['success', 'failure']),
    run: zod__WEBPACK_IMPORTED_MODULE_0__/* .looseObject */ ._H3({
        key: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(),
        repository: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(),
        branch: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(),
        base_sha: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(),
        head_sha: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(),
        started_at: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(),
        finished_at: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(),
        workers: count,
        dry_run: zod__WEBPACK_IMPORTED_MODULE_0__/* .boolean */ .zMY(),
        resumed: zod__WEBPACK_IMPORTED_MODULE_0__/* .boolean */ .zMY(),
    }),
    counts: zod__WEBPACK_IMPORTED_MODULE_0__/* .looseObject */ ._H3({
        total: count,
        landed: count,
        unchanged: count,
        failed: count,
        blocked_push: count,
        blocked: count,
        cancelled: count,
        skipped: count,
        reverted: count,
    }),
    any_failed: zod__WEBPACK_IMPORTED_MODULE_0__/* .boolean */ .zMY(),
    all_succeeded: zod__WEBPACK_IMPORTED_MODULE_0__/* .boolean */ .zMY(),
    verification: zod__WEBPACK_IMPORTED_MODULE_0__/* .looseObject */ ._H3({
        ran: zod__WEBPACK_IMPORTED_MODULE_0__/* .boolean */ .zMY(),
        passed: zod__WEBPACK_IMPORTED_MODULE_0__/* .boolean */ .zMY().nullable(),
        exit_code: zod__WEBPACK_IMPORTED_MODULE_0__/* .int */ .Whr().nullable(),
        command: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(),
        sha: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().nullable(),
        seconds,
        skipped_because: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().nullable(),
        culprits: zod__WEBPACK_IMPORTED_MODULE_0__/* .array */ .YOg(zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP()),
    }),
    landing: zod__WEBPACK_IMPORTED_MODULE_0__/* .looseObject */ ._H3({
        pushes: count,
        push_attempts: count,
        races_lost: count,
        rounds: count,
        gates_run: count,
        gates_reused: count,
        gate_flakes: count,
        gate_seconds: seconds,
    }),
    tasks: zod__WEBPACK_IMPORTED_MODULE_0__/* .array */ .YOg(zod__WEBPACK_IMPORTED_MODULE_0__/* .looseObject */ ._H3({
        id: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(),
        title: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(),
        outcome: OUTCOME,
        reason: zod__WEBPACK_IMPORTED_MODULE_0__/* .looseObject */ ._H3({ code: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(), message: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(), fix: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP() }).nullable(),
        commit: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().nullable(),
        needs: zod__WEBPACK_IMPORTED_MODULE_0__/* .array */ .YOg(zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP()),
        blocked_by: zod__WEBPACK_IMPORTED_MODULE_0__/* .array */ .YOg(zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP()),
        changes: zod__WEBPACK_IMPORTED_MODULE_0__/* .looseObject */ ._H3({ files: count, insertions: count, deletions: count }).nullable(),
        attempts: zod__WEBPACK_IMPORTED_MODULE_0__/* .looseObject */ ._H3({ worker: count, push: count, remediation: count }),
        started_at: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().nullable(),
        finished_at: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().nullable(),
        seconds: zod__WEBPACK_IMPORTED_MODULE_0__/* .looseObject */ ._H3({ workspace: seconds, worker: seconds, landing: seconds }),
        exit_code: zod__WEBPACK_IMPORTED_MODULE_0__/* .int */ .Whr().nullable(),
        files: zod__WEBPACK_IMPORTED_MODULE_0__/* .array */ .YOg(file),
    })),
});
const STATE = zod__WEBPACK_IMPORTED_MODULE_0__/* .looseObject */ ._H3({
    schema_version: zod__WEBPACK_IMPORTED_MODULE_0__/* .literal */ .euz(1),
    run: zod__WEBPACK_IMPORTED_MODULE_0__/* .looseObject */ ._H3({
        key: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(),
        branch: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(),
        started_at: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(),
        halt: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().nullable(),
    }),
    tasks: zod__WEBPACK_IMPORTED_MODULE_0__/* .array */ .YOg(zod__WEBPACK_IMPORTED_MODULE_0__/* .looseObject */ ._H3({
        id: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(),
        stage: zod__WEBPACK_IMPORTED_MODULE_0__/* ["enum"] */ .k5n(['waiting', 'working', 'ready', 'handoff', 'remediating', 'ended']),
        outcome: OUTCOME.nullable(),
        reason: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().nullable(),
        // The first ones had none of these.
        title: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().optional(),
        message: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().nullable().default(null),
        fix: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().nullable().default(null),
        commit: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().nullable(),
        started_at: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().nullable(),
    })),
});
const readSummary = (text) => readAs(SUMMARY, text);
const readState = (text) => readAs(STATE, text);
function readAs(shape, text) {
    let value;
    try {
        value = JSON.parse(text);
    }
    catch (error) {
        return { ok: false, why: `it is no JSON (${error.message})` };
    }
    const parsed = shape.safeParse(value);
    if (parsed.success)
        return { ok: true, value: parsed.data };
    const [issue] = parsed.error.issues;
    return { ok: false, why: `${issue?.path.join('.') || 'it'} is not as expected: ${issue?.message}` };
}


/***/ }),

/***/ 2346:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   H: () => (/* binding */ inBytes),
/* harmony export */   V: () => (/* binding */ judgeRoom)
/* harmony export */ });
/** Whether the disk can take the workspaces of a run. */
function judgeRoom({ tree, free, workers, tasks, gates }) {
    // Slots and workers use the disk together only once there is something to gate.
    const least = tree * Math.min(workers, tasks);
    const most = tree * (tasks + (tasks > 0 ? gates : 0));
    return { fits: least > free ? 'never' : most > free ? 'maybe' : 'yes', least, most };
}
/** `1.2 GB`; a thousand, not 1024. */
function inBytes(bytes) {
    const units = ['B', 'kB', 'MB', 'GB', 'TB'];
    const step = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(bytes, 1)) / 3));
    const value = bytes / 1000 ** step;
    return `${step === 0 ? value : value.toFixed(1)} ${units[step]}`;
}


/***/ }),

/***/ 9738:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   h: () => (/* binding */ unlandedWork)
/* harmony export */ });
/* harmony import */ var _task_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(252);

/** The latest candidate of every task that did not land, finished or not, in the order they came. */
function unlandedWork(events) {
    const work = new Map();
    const gone = new Set();
    for (const event of events) {
        switch (event.type) {
            case 'worked':
            case 'remediated': {
                const { result } = event;
                if (result.kind === 'unchanged')
                    gone.add(event.task);
                else if (result.kind === 'candidate')
                    work.set(event.task, result.candidate);
                else if (result.kept)
                    work.set(event.task, result.kept);
                break;
            }
            case 'found':
                if (event.found.kind === 'candidate')
                    work.set(event.task, event.found.candidate);
                else
                    gone.add(event.task);
                break;
            case 'stacked':
                if (event.result.kind !== 'stacked')
                    break;
                for (const { task } of event.result.landed)
                    gone.add(task);
                for (const task of event.result.noops)
                    gone.add(task);
                break;
            case 'pushed':
                if (event.result.kind === 'landed')
                    for (const { task } of event.layers)
                        gone.add(task);
                break;
            case 'reverted':
                work.set(event.task, event.work);
                gone.delete(event.task);
                break;
            case 'began':
            case 'gated':
            case 'verified':
            case 'finished':
            case 'halted':
            case 'resumed':
                break;
            default:
                (0,_task_js__WEBPACK_IMPORTED_MODULE_0__/* .unreachable */ .H)(event);
        }
    }
    return new Map([...work].filter(([task]) => !gone.has(task)));
}


/***/ }),

/***/ 8148:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Rx: () => (/* binding */ removeOldRun),
/* harmony export */   oo: () => (/* binding */ countRuns),
/* harmony export */   qA: () => (/* binding */ oldRuns)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6760);
/* harmony import */ var _decide_identity_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(743);
/* harmony import */ var _decide_read_back_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(765);
/* harmony import */ var _decide_unlanded_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(9738);
/* harmony import */ var _world_files_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6256);
/* harmony import */ var _world_journal_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4234);
/* harmony import */ var _world_kept_runs_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(8038);
/* harmony import */ var _world_leftovers_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(2995);
/* harmony import */ var _world_lock_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(4136);
/* harmony import */ var _world_mounts_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(9761);
/* harmony import */ var _world_spawn_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(1840);
/** Runs below a workspace root that nobody is at work on: what they hold, and their removal when somebody asks for it. */











/** The oldest first. `live`: how many are at work, which are none of them. */
async function oldRuns(root) {
    const alive = await (0,_world_lock_js__WEBPACK_IMPORTED_MODULE_6__/* .liveRuns */ .B8)((0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(root, 'locks'), '');
    const keys = (await (0,_world_kept_runs_js__WEBPACK_IMPORTED_MODULE_4__/* .foldersIn */ .XL)(root)).filter(_decide_identity_js__WEBPACK_IMPORTED_MODULE_9__/* .isRunKey */ .lm);
    const runs = [];
    for (const key of keys) {
        const path = (0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(root, key);
        if (!alive.has(key) && (await (0,_world_leftovers_js__WEBPACK_IMPORTED_MODULE_5__/* .isRun */ .yz)(path)))
            runs.push(await look(path));
    }
    return {
        runs: runs.sort((a, b) => a.changedAt - b.changedAt),
        live: keys.filter(key => alive.has(key)).length,
    };
}
/** How many runs of a repository lie below a root. */
async function countRuns(root, origin) {
    const keys = (await (0,_world_kept_runs_js__WEBPACK_IMPORTED_MODULE_4__/* .foldersIn */ .XL)(root)).filter(_decide_identity_js__WEBPACK_IMPORTED_MODULE_9__/* .isRunKey */ .lm);
    const journals = await Promise.all(keys.map(key => (0,_world_journal_js__WEBPACK_IMPORTED_MODULE_3__/* .readJournal */ .a0)((0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(root, key, 'journal.ndjson')).catch(() => null)));
    return journals.filter(read => read?.kind === 'read' && read.text.head.origin === origin).length;
}
async function look(path) {
    const [read, changedAt, bytes, holds] = await Promise.all([
        (0,_world_journal_js__WEBPACK_IMPORTED_MODULE_3__/* .readJournal */ .a0)((0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(path, 'journal.ndjson')).catch(() => null),
        (0,_world_leftovers_js__WEBPACK_IMPORTED_MODULE_5__/* .lastChange */ .$r)(path),
        sizeOf(path),
        (0,_world_kept_runs_js__WEBPACK_IMPORTED_MODULE_4__/* .holdsUnlanded */ .ke)(path),
    ]);
    const text = read?.kind === 'read' ? read.text : null;
    const named = text === null ? [] : await unlandedIn(path, (0,_decide_unlanded_js__WEBPACK_IMPORTED_MODULE_10__/* .unlandedWork */ .h)(text.events).keys());
    return {
        ...{ path, changedAt, bytes },
        about: text === null ? null : { origin: text.head.origin, branch: text.head.branch },
        unlanded: named.length > 0 || !holds ? named : null,
    };
}
/** What the summary says of tasks counts, where there is one: it knows of markers too. */
async function unlandedIn(path, fromJournal) {
    const summary = await (0,_world_files_js__WEBPACK_IMPORTED_MODULE_2__.readText)((0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(path, 'summary.json')).catch(() => null);
    const read = summary === null ? null : (0,_decide_read_back_js__WEBPACK_IMPORTED_MODULE_1__/* .readSummary */ .L)(summary);
    if (!read?.ok)
        return [...fromJournal];
    return read.value.tasks
        .filter(({ outcome, files }) => outcome !== 'landed' && files.some(file => /work(-secret)?(-\d+)?\.bundle$/.test(file)))
        .map(({ id }) => id);
}
/** With `du`: node would look at each file by itself. What it cannot read it does not count. */
async function sizeOf(path) {
    const { stdout } = await (0,_world_spawn_js__WEBPACK_IMPORTED_MODULE_8__/* .runToEnd */ .c)('du', ['-sk', '--', path]).catch(() => ({ stdout: '' }));
    const kilobytes = Number.parseInt(stdout, 10);
    return Number.isNaN(kilobytes) ? null : kilobytes * 1024;
}
/** All of it. Rejects where something cannot be removed. */
async function removeOldRun({ path }) {
    const power = (0,_world_mounts_js__WEBPACK_IMPORTED_MODULE_7__/* .ownPower */ .cT)();
    await (0,_world_mounts_js__WEBPACK_IMPORTED_MODULE_7__/* .unmountBelow */ .GG)(path, power);
    await (0,_world_kept_runs_js__WEBPACK_IMPORTED_MODULE_4__/* .removeRun */ .s2)(path, Number.POSITIVE_INFINITY, power);
}


/***/ }),

/***/ 3179:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   WM: () => (/* binding */ formerRoot),
/* harmony export */   cc: () => (/* binding */ defaultRoot),
/* harmony export */   yp: () => (/* binding */ stateFolder)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _decide_address_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7605);
/** Where runs lie unless `workspace-root` says otherwise. */



/**
 * In a workflow the runner's temporary folder, which goes with the job. In a terminal a folder of the user's for each
 * repository: work that did not land is kept for days, and a system clears its temporary folder.
 */
function defaultRoot(env, home, origin) {
    if (env.RUNNER_TEMP)
        return (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(env.RUNNER_TEMP, 'fanout');
    return (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(stateFolder(env, home), repositoryFolder(origin));
}
/** By the XDG Base Directory Specification, which has a path that is not absolute ignored. */
function stateFolder({ XDG_STATE_HOME: given }, home) {
    return (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(given?.startsWith('/') ? given : (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(home, '.local', 'state'), 'fanout');
}
/** `<repository>-<hash>`: two clones of one repository have the same, two repositories of one name have not. */
function repositoryFolder(origin) {
    const address = (0,_decide_address_js__WEBPACK_IMPORTED_MODULE_2__/* .withoutUser */ .q)(origin).replace(/\/+$/, '');
    const last = address
        .replace(/\.git$/, '')
        .split(/[/:]/)
        .at(-1) ?? '';
    const name = last
        .replace(/[^A-Za-z0-9._-]+/g, '-')
        .replace(/^[.-]+/, '')
        .slice(0, 60) || 'repository';
    return `${name}-${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(address).digest('hex').slice(0, 8)}`;
}
/** Where earlier versions had the runs of a terminal, of all repositories together. */
function formerRoot(temp) {
    return (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(temp, 'fanout');
}


/***/ }),

/***/ 4234:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  EJ: () => (/* binding */ keepAside),
  _0: () => (/* binding */ openJournal),
  a0: () => (/* binding */ readJournal)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
;// CONCATENATED MODULE: ./build/decide/event.js
function isObject(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
function isText(value) {
    return typeof value === 'string';
}
function areAll(value, each) {
    return Array.isArray(value) && value.every(each);
}
const isOfTask = (value) => isObject(value) && isText(value.task);
function isCandidate(value) {
    return isObject(value) && isText(value.commit) && isText(value.base) && isObject(value.changes);
}
function isWorkResult(value) {
    if (!isObject(value) || !isObject(value.seconds))
        return false;
    switch (value.kind) {
        case 'candidate':
            return isCandidate(value.candidate);
        case 'unchanged':
            return true;
        case 'failed':
            return isObject(value.failure) && (value.kept === null || isCandidate(value.kept));
        default:
            return false;
    }
}
function isFound(value) {
    if (!isObject(value))
        return false;
    if (value.kind === 'landed')
        return isText(value.commit);
    if (value.kind === 'candidate')
        return isCandidate(value.candidate);
    return value.kind === 'unchanged' || value.kind === 'archived';
}
const isRefused = (value) => isOfTask(value) && isObject(value.failure);
function isStackResult(value) {
    if (!isObject(value))
        return false;
    if (value.kind === 'unreachable')
        return isObject(value.refusal);
    return (isObject(value.stack) &&
        areAll(value.conflicts, isOfTask) &&
        (value.refused === undefined || areAll(value.refused, isRefused)) &&
        areAll(value.noops, isText) &&
        areAll(value.landed, isOfTask));
}
/** What each kind holds beside `type` and `at`, as far as it is read before it is applied. */
const KINDS = {
    began: ({ step }) => isObject(step) && isText(step.kind) && (!('task' in step) || isText(step.task)),
    worked: line => isOfTask(line) && isWorkResult(line.result),
    remediated: line => isOfTask(line) && isWorkResult(line.result),
    finished: line => isOfTask(line) && areAll(line.files, isText),
    stacked: ({ result }) => isStackResult(result),
    gated: ({ results }) => areAll(results, isObject),
    pushed: ({ layers, result }) => areAll(layers, isOfTask) && isObject(result),
    halted: ({ halt }) => isText(halt),
    resumed: () => true,
    found: line => isOfTask(line) && isFound(line.found),
    verified: ({ result }) => isObject(result),
    reverted: line => isOfTask(line) && isText(line.commit) && isCandidate(line.work),
};
function isEvent(line) {
    if (!isObject(line) || !isText(line.at))
        return false;
    return isText(line.type) && Object.hasOwn(KINDS, line.type) && KINDS[line.type](line);
}

// EXTERNAL MODULE: ./build/world/files.js
var files = __webpack_require__(6256);
// EXTERNAL MODULE: ./build/world/shortage.js
var shortage = __webpack_require__(2114);
;// CONCATENATED MODULE: ./build/world/journal.js
/**
 * The run's memory: one JSON object a line, on disk before it takes effect. A torn last line (the process died
 * while writing) is ignored; a broken line elsewhere ends what can be trusted.
 */






/** Rejects only when the file is there and cannot be read; something else in its place is none. */
async function readJournal(file) {
    const text = await (0,files.readText)(file);
    if (text === null)
        return { kind: 'none' };
    // What follows the last line break was never finished.
    const lines = text.split('\n').slice(0, -1).map(parseLine);
    const [first, ...rest] = lines;
    if (!first || typeof first.version !== 'number')
        return { kind: 'broken' };
    if (first.version !== 1)
        return { kind: 'other-version', version: first.version };
    if (!isHead(first))
        return { kind: 'broken' };
    const broken = rest.findIndex(line => !isEvent(line));
    const events = rest.slice(0, broken < 0 ? rest.length : broken);
    return { kind: 'read', text: { head: first, events }, lost: rest.length - events.length };
}
function isHead(line) {
    const texts = ['run_key', 'origin', 'branch', 'base_sha', 'started_at', 'gate_hash'];
    const { fingerprints } = line;
    return (texts.every(key => typeof line[key] === 'string') &&
        typeof line.dry_run === 'boolean' &&
        typeof fingerprints === 'object' &&
        fingerprints !== null);
}
function parseLine(line) {
    try {
        const value = JSON.parse(line);
        return typeof value === 'object' && value !== null ? value : null;
    }
    catch {
        return null;
    }
}
/** A copy for people, before the file is written anew; returns where. */
async function keepAside(file) {
    const aside = `${file}.broken`;
    await (0,files.removeAll)(aside);
    await (0,promises_.copyFile)(file, aside, external_node_fs_.constants.COPYFILE_EXCL);
    return aside;
}
/**
 * Starts a journal that already holds the `known` events, in one step: before it there was the old file, if any. What a
 * write has left in part is taken back before the next.
 */
async function openJournal(file, head, known, again = act => act()) {
    await (0,files.writeAtomic)(file, [head, ...known].map(line => `${JSON.stringify(line)}\n`).join(''));
    await syncFolder((0,external_node_path_.dirname)(file));
    const handle = await (0,shortage/* openFile */.Tq)(file, 'a');
    let { size } = await handle.stat();
    let pending = '';
    let failed = null;
    async function flush() {
        // Behind a line that was written in part nothing could be read again.
        if (failed !== null)
            throw failed;
        if (pending === '')
            return;
        const text = pending;
        pending = '';
        try {
            await again(async () => {
                await handle.truncate(size);
                await handle.appendFile(text);
                await handle.datasync();
            });
            size += Buffer.byteLength(text);
        }
        catch (error) {
            failed = error;
            throw error;
        }
    }
    return {
        append: event => {
            pending += `${JSON.stringify(event)}\n`;
        },
        flush,
        close: async () => {
            await flush().catch(() => { });
            await handle.close().catch(() => { });
        },
    };
}
/** A rename is on disk when its folder is. */
async function syncFolder(folder) {
    const handle = await (0,shortage/* openFile */.Tq)(folder, 'r');
    try {
        await handle.sync();
    }
    finally {
        await handle.close();
    }
}


/***/ }),

/***/ 8038:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ao: () => (/* binding */ hasPassing),
/* harmony export */   XL: () => (/* binding */ foldersIn),
/* harmony export */   j7: () => (/* binding */ MARKS),
/* harmony export */   ke: () => (/* binding */ holdsUnlanded),
/* harmony export */   s2: () => (/* binding */ removeRun),
/* harmony export */   yW: () => (/* binding */ removePassing)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _files_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6256);
/* harmony import */ var _mounts_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(9761);
/** Folders of runs that have ended: what of them is passing, and what holds work that did not land. */




/** Go last, the journal at the very end: by them a folder half removed is known as ours the next time. */
const MARKS = ['store.git', 'journal.ndjson'];
/** What only a run at work needs. */
const PASSING = ['gates', 'verify', 'upload', 'internal', 'store.git'];
/** Bundles, patches and markers, and workspaces that stay because nothing else has what they hold. */
const WORK = /^(?:.+\.)?(?:work(?:-secret)?(?:-\d+)?\.(?:bundle|patch)|blocked-push\.json|ci-failure\.json)$|^branches\.bundle$|^workspace-\d+$/;
/** Folders themselves, not links to some; none where `dir` is a link. */
async function foldersIn(dir) {
    if (!(await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.lstat)(dir).catch(() => null))?.isDirectory())
        return [];
    const entries = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readdir)(dir, { withFileTypes: true }).catch(() => []);
    return entries
        .filter(entry => entry.isDirectory())
        .map(entry => entry.name)
        .sort();
}
/** Whether it holds anything that did not land. */
async function holdsUnlanded(runDir) {
    if ((await (0,_files_js__WEBPACK_IMPORTED_MODULE_2__.namesIn)(runDir)).some(isWork))
        return true;
    if ((await (0,_files_js__WEBPACK_IMPORTED_MODULE_2__.filesBelow)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(runDir, 'before'))).some(path => isWork(path.split('/').at(-1) ?? '')))
        return true;
    for (const id of await foldersIn((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(runDir, 'tasks'))) {
        if ((await (0,_files_js__WEBPACK_IMPORTED_MODULE_2__.namesIn)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(runDir, 'tasks', id))).some(isWork))
            return true;
    }
    return false;
}
function isWork(name) {
    return WORK.test(name) || name === _files_js__WEBPACK_IMPORTED_MODULE_2__.ONLY_COPY;
}
/** Whether there is something in it that only a run at work needs. */
async function hasPassing(runDir) {
    return (await (0,_files_js__WEBPACK_IMPORTED_MODULE_2__.namesIn)(runDir)).some(name => PASSING.includes(name));
}
/**
 * Removes workspaces, layers and the store, and leaves what did not land and what tells of it. false: the time was over
 * before all was gone.
 */
async function removePassing(runDir, until, power) {
    const tasks = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(runDir, 'tasks');
    for (const id of await foldersIn(tasks)) {
        if (Date.now() >= until)
            return false;
        const names = await (0,_files_js__WEBPACK_IMPORTED_MODULE_2__.namesIn)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(tasks, id));
        if (names.includes('workspace') && !names.includes(_files_js__WEBPACK_IMPORTED_MODULE_2__.ONLY_COPY))
            await (0,_mounts_js__WEBPACK_IMPORTED_MODULE_3__/* .removeFolder */ .v$)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(tasks, id, 'workspace'), power);
    }
    return removeAllOf(PASSING.map(name => (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(runDir, name)), until, power);
}
/** The same of all that is there. */
async function removeRun(runDir, until, power) {
    const tasks = (await foldersIn((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(runDir, 'tasks'))).map(id => (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)('tasks', id));
    const rest = (await (0,_files_js__WEBPACK_IMPORTED_MODULE_2__.namesIn)(runDir)).filter(name => !MARKS.includes(name));
    return removeAllOf([...tasks, ...rest, ...MARKS, '.'].map(name => (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(runDir, name)), until, power);
}
async function removeAllOf(paths, until, power) {
    for (const path of paths) {
        if (Date.now() >= until)
            return false;
        await (0,_mounts_js__WEBPACK_IMPORTED_MODULE_3__/* .removeFolder */ .v$)(path, power);
    }
    return true;
}


/***/ }),

/***/ 2995:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $r: () => (/* binding */ lastChange),
/* harmony export */   eZ: () => (/* binding */ clearLeftovers),
/* harmony export */   yz: () => (/* binding */ isRun)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _files_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6256);
/* harmony import */ var _kept_runs_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8038);
/* harmony import */ var _lock_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(4136);
/* harmony import */ var _mounts_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(9761);
/* harmony import */ var _survivors_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(7028);
/**
 * What runs before this one left below the workspace root: workers and mounts of runs that died, folders that are past
 * their time.
 */







/** Removing a few old runs takes seconds; a slow disk must not keep a run from starting for long. */
const LONGEST_MS = 60_000;
/**
 * Ends what dead runs left running, this very run's earlier process among them, unmounts what they left mounted, and
 * removes workspaces, layers and stores of those past the retention; all of a run of which nothing is left to land. Never
 * rejects: returns a sentence for each thing that could not be done.
 */
async function clearLeftovers(leftovers) {
    const { root, lockFile, ownKey, isKey, spare, retentionHours, cookieOf, rescue = async () => [], limitMs = LONGEST_MS, power = (0,_mounts_js__WEBPACK_IMPORTED_MODULE_5__/* .ownPower */ .cT)(), } = leftovers;
    const live = await (0,_lock_js__WEBPACK_IMPORTED_MODULE_4__/* .liveRuns */ .B8)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(root, 'locks'), lockFile);
    // First: no mount can go for good while somebody is in it.
    await endDead(root, ownKey, live, cookieOf);
    const runs = async () => (await (0,_kept_runs_js__WEBPACK_IMPORTED_MODULE_3__/* .foldersIn */ .XL)(root)).filter(isKey);
    const problems = await unmountDead(root, await runs(), live, power);
    const until = Date.now() + limitMs;
    const oldest = Date.now() - retentionHours * 3600_000;
    for (const key of await runs()) {
        if (key === ownKey || live.has(key) || spare(key))
            continue;
        const dir = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(root, key);
        try {
            if (!(await isRun(dir)) || (await lastChange(dir)) > oldest)
                continue;
            const unsaved = (await (0,_kept_runs_js__WEBPACK_IMPORTED_MODULE_3__/* .hasPassing */ .Ao)(dir)) ? await rescue(dir) : [];
            problems.push(...unsaved.map(problem => `${dir} stays as it is: ${problem}`));
            if (unsaved.length > 0)
                continue;
            if (await ((await (0,_kept_runs_js__WEBPACK_IMPORTED_MODULE_3__/* .holdsUnlanded */ .ke)(dir)) ? clear : _kept_runs_js__WEBPACK_IMPORTED_MODULE_3__/* .removeRun */ .s2)(dir, until, power))
                continue;
        }
        catch (error) {
            problems.push(`${dir} is left over from an earlier run and could not be removed: ${String(error)}`);
            continue;
        }
        problems.push(`${dir} is left over from an earlier run; removing it takes long, a later run goes on with it`);
        break;
    }
    return problems;
}
/** Nothing to do where an earlier run has done it. */
async function clear(dir, until, power) {
    return !(await (0,_kept_runs_js__WEBPACK_IMPORTED_MODULE_3__/* .hasPassing */ .Ao)(dir)) || (0,_kept_runs_js__WEBPACK_IMPORTED_MODULE_3__/* .removePassing */ .yW)(dir, until, power);
}
/** A run that is at work has its lock, and one that came to its report has ended its workers by itself. */
async function endDead(root, ownKey, live, cookieOf) {
    const keys = (await (0,_kept_runs_js__WEBPACK_IMPORTED_MODULE_3__/* .foldersIn */ .XL)(root)).filter(key => !live.has(key));
    await Promise.all(keys.map(async (key) => {
        const dir = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(root, key);
        const cutOff = (await isRun(dir)) && (await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.lstat)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(dir, 'summary.json')).catch(() => null)) === null;
        if (cutOff || key === ownKey)
            await (0,_survivors_js__WEBPACK_IMPORTED_MODULE_6__/* .endSurvivors */ .Bk)(cookieOf(dir));
    }));
}
/** A run that is at work has its lock; what is mounted in any other has lost its owner. */
async function unmountDead(root, runs, live, power) {
    const top = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.realpath)(root).catch(() => root);
    const keys = (await (0,_mounts_js__WEBPACK_IMPORTED_MODULE_5__/* .mountsBelow */ .YL)(top)).map(path => (0,node_path__WEBPACK_IMPORTED_MODULE_1__.relative)(top, path).split('/')[0] ?? '');
    const dead = [...new Set(keys)].filter(key => runs.includes(key) && !live.has(key));
    const said = await Promise.all(dead.map(key => (0,_mounts_js__WEBPACK_IMPORTED_MODULE_5__/* .unmountBelow */ .GG)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(top, key), power).then(() => null, (error) => String(error))));
    return said.filter(problem => problem !== null);
}
async function isRun(dir) {
    const marks = await Promise.all(_kept_runs_js__WEBPACK_IMPORTED_MODULE_3__/* .MARKS */ .j7.map(name => (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.lstat)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(dir, name)).catch(() => null)));
    return marks.some(stats => stats !== null && !stats.isSymbolicLink());
}
/** Of the folder and what lies directly in it, in milliseconds. */
async function lastChange(dir) {
    const names = await (0,_files_js__WEBPACK_IMPORTED_MODULE_2__.namesIn)(dir);
    const all = await Promise.all([dir, ...names.map(name => (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(dir, name))].map(path => (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.lstat)(path).catch(() => null)));
    return Math.max(...all.map(stats => stats?.mtimeMs ?? 0));
}


/***/ }),

/***/ 4136:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   B8: () => (/* binding */ liveRuns),
/* harmony export */   HJ: () => (/* binding */ takeLock)
/* harmony export */ });
/* unused harmony export removeDeadLocks */
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1455);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8161);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6760);
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(8500);
/** At most one run per workspace root and branch. The lock names its owner; a dead owner's lock is taken over. */





const MOST_TRIES = 100;
/** Takes the lock or says who has it; waits, a second at most, only while another removes a dead one. */
async function takeLock(file, runKey, now) {
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.mkdir)((0,node_path__WEBPACK_IMPORTED_MODULE_3__.dirname)(file), { recursive: true });
    const owner = {
        pid: process.pid,
        started: await startOf(process.pid),
        host: (0,node_os__WEBPACK_IMPORTED_MODULE_2__.hostname)(),
        run_key: runKey,
        since: now,
    };
    // With the pid in its name: one that was killed before it wrote anything is known too.
    const mine = `${file}.${process.pid}.${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomBytes)(4).toString('hex')}`;
    try {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.writeFile)(mine, JSON.stringify(owner));
        for (let tries = 0;; tries++) {
            try {
                // link(2) creates or fails, in one step, and the file is whole from the first moment.
                await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.link)(mine, file);
                await sweep(file, mine).catch(() => { });
                return { kind: 'held', release: () => release(file, owner) };
            }
            catch (error) {
                if (error.code !== 'EEXIST')
                    throw error;
            }
            const other = await readOwner(file);
            if (other && (tries >= MOST_TRIES || (await isAlive(other))))
                return { kind: 'busy', owner: other };
            await removeDead(file, mine);
        }
    }
    finally {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rm)(mine, { force: true });
    }
}
/** Removes what processes left that were killed while they tried for this lock. */
async function sweep(file, mine) {
    const folder = (0,node_path__WEBPACK_IMPORTED_MODULE_3__.dirname)(file);
    const tries = (await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.readdir)(folder)).filter(name => name.startsWith(`${(0,node_path__WEBPACK_IMPORTED_MODULE_3__.basename)(file)}.`));
    for (const path of tries.map(name => (0,node_path__WEBPACK_IMPORTED_MODULE_3__.join)(folder, name)).filter(path => path !== mine)) {
        const owner = await readOwner(path);
        const pid = Number(/\.(\d+)\.[0-9a-f]{8}$/.exec(path)?.[1] ?? process.pid);
        if (owner === null ? !exists(pid) : !(await isAlive(owner)))
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rm)(path, { force: true });
    }
}
/** Keys of the runs whose locks in the folder have a living owner; `own` is not looked at. */
async function liveRuns(folder, own) {
    const names = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.readdir)(folder).catch(() => []);
    const files = names.filter(name => name.endsWith('.lock')).map(name => (0,node_path__WEBPACK_IMPORTED_MODULE_3__.join)(folder, name));
    const owners = await Promise.all(files.filter(file => file !== own).map(readOwner));
    const alive = await Promise.all(owners.map(owner => owner !== null && isAlive(owner)));
    return new Set(owners.flatMap((owner, i) => (owner !== null && alive[i] ? [owner.run_key] : [])));
}
/** Removes a run's own lock from the folder, where the process that took it has died. */
async function removeDeadLocks(folder, runKey) {
    const names = (await readdir(folder).catch(() => [])).filter(name => name.endsWith('.lock'));
    for (const file of names.map(name => join(folder, name))) {
        const owner = await readOwner(file);
        if (owner?.run_key !== runKey || (await isAlive(owner)))
            continue;
        const taken = await takeLock(file, runKey, owner.since);
        if (taken.kind === 'held')
            await taken.release();
    }
}
/**
 * Removes the lock if its owner is dead. Only who holds the guard does, and looks at the lock again first: one that
 * another run has taken meanwhile is never touched, not even for a moment.
 */
async function removeDead(file, mine) {
    const guard = `${file}.guard`;
    try {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.link)(mine, guard);
    }
    catch {
        const holder = await readOwner(guard);
        // Held for milliseconds, unless whoever held it was killed just then.
        if (holder === null || (await isAlive(holder)))
            await (0,node_timers_promises__WEBPACK_IMPORTED_MODULE_4__.setTimeout)(10);
        else
            await setAside(guard, holder, `${mine}.guard`);
        return;
    }
    try {
        const text = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.readFile)(file, 'utf8').catch(() => null);
        // Where there is none, the next moment may bring one that is alive.
        if (text === null)
            return;
        const owner = parseOwner(text);
        if (owner === null || !(await isAlive(owner)))
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rm)(file, { force: true });
    }
    finally {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rm)(guard, { force: true });
    }
}
/** Takes a dead guard away, and gives it back if it turns out to be another one by now. */
async function setAside(guard, dead, aside) {
    try {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rename)(guard, aside);
    }
    catch {
        return;
    }
    const moved = await readOwner(aside);
    if (moved?.pid !== dead.pid || moved.started !== dead.started)
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.link)(aside, guard).catch(() => { });
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rm)(aside, { force: true });
}
async function release(file, owner) {
    const now = await readOwner(file);
    if (now?.pid === owner.pid && now.started === owner.started)
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rm)(file, { force: true });
}
async function readOwner(file) {
    return parseOwner(await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.readFile)(file, 'utf8').catch(() => ''));
}
function parseOwner(text) {
    try {
        const owner = JSON.parse(text);
        return typeof owner?.pid === 'number' && typeof owner.host === 'string' ? owner : null;
    }
    catch {
        return null;
    }
}
async function isAlive(owner) {
    // Another machine's processes cannot be seen from here: its lock is respected.
    if (owner.host !== (0,node_os__WEBPACK_IMPORTED_MODULE_2__.hostname)())
        return true;
    if (!exists(owner.pid))
        return false;
    const started = await startOf(owner.pid);
    // Gone while we looked, or hidden from us.
    if (started === null && !exists(owner.pid))
        return false;
    return started === null || owner.started === null || started === owner.started;
}
function exists(pid) {
    try {
        return process.kill(pid, 0);
    }
    catch (error) {
        return error.code !== 'ESRCH';
    }
}
/** Field 22 of /proc/<pid>/stat (proc(5)); `ended` for one that nobody has collected yet; null where there is none. */
async function startOf(pid) {
    try {
        const text = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.readFile)(`/proc/${pid}/stat`, 'utf8');
        // The second field is the command in brackets and may hold spaces.
        const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
        // In a container without an init a killed process stays like this for good.
        return fields[0] === 'Z' || fields[0] === 'X' ? 'ended' : (fields[19] ?? null);
    }
    catch {
        return null;
    }
}


/***/ }),

/***/ 9761:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   GG: () => (/* binding */ unmountBelow),
/* harmony export */   YL: () => (/* reexport safe */ _mount_table_js__WEBPACK_IMPORTED_MODULE_2__.Y),
/* harmony export */   cT: () => (/* binding */ ownPower),
/* harmony export */   qI: () => (/* binding */ runTool),
/* harmony export */   tE: () => (/* binding */ asRoot),
/* harmony export */   v$: () => (/* binding */ removeFolder)
/* harmony export */ });
/* harmony import */ var _actions_exec__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1260);
/* harmony import */ var _files_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6256);
/* harmony import */ var _mount_table_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2815);
/* harmony import */ var _shortage_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(2114);
/** Mounts below a folder: found, ended, and never deleted through. What needs root is run as root or by sudo. */





function ownPower() {
    return process.getuid?.() === 0 ? 'root' : 'sudo';
}
/** Runs a command with the rights of root; null: done, else why not. */
async function asRoot(power, command, cwd = '/') {
    return runTool(power === 'root' ? command : ['sudo', '-n', ...command], cwd);
}
/** null: it exited with 0, else what it said. */
async function runTool(command, cwd = '/') {
    // By env: @actions/exec's own search prints a line for every folder of PATH that may not be read.
    const run = () => (0,_actions_exec__WEBPACK_IMPORTED_MODULE_0__/* .getExecOutput */ .H)('/usr/bin/env', [...command], {
        cwd,
        env: { PATH: process.env.PATH ?? '', LC_ALL: 'C' },
        silent: true,
        ignoreReturnCode: true,
    });
    const { exitCode, stdout, stderr } = await (0,_shortage_js__WEBPACK_IMPORTED_MODULE_3__/* .patiently */ .d_)(run, { words: said => said.stderr });
    if (exitCode === 0)
        return null;
    return (stderr || stdout).trim() || `${command[0]} exited with ${exitCode}`;
}
/** Unmounts the folder and all below it; what is still in use is detached. Rejects when something stays. */
async function unmountBelow(folder, power = ownPower()) {
    const mounts = await (0,_mount_table_js__WEBPACK_IMPORTED_MODULE_2__/* .mountsBelow */ .Y)(folder);
    const problems = [];
    for (const level of [...new Set(mounts.map(_mount_table_js__WEBPACK_IMPORTED_MODULE_2__/* .depth */ .y))]) {
        // Those of one depth do not hold one another, unless they lie on the same folder: one after the other there.
        const paths = new Set(mounts.filter(path => (0,_mount_table_js__WEBPACK_IMPORTED_MODULE_2__/* .depth */ .y)(path) === level));
        await Promise.all([...paths].map(async (path) => {
            for (const _ of mounts.filter(mount => mount === path)) {
                const busy = await asRoot(power, ['umount', path]);
                if (busy === null)
                    continue;
                const problem = await asRoot(power, ['umount', '-l', path]);
                if (problem !== null)
                    problems.push(problem);
            }
        }));
    }
    if (problems.length > 0)
        throw new Error(`not all below ${folder} could be unmounted: ${problems.join('; ')}`);
}
/**
 * Removes a folder of ours: what is mounted in it is unmounted first, so that nothing behind a mount is deleted, and
 * what belongs to root there (a container's files, the kernel's own folder of an overlay) goes as well.
 */
async function removeFolder(folder, power = ownPower()) {
    await unmountBelow(folder, power);
    try {
        await (0,_files_js__WEBPACK_IMPORTED_MODULE_1__.removeAll)(folder);
    }
    catch (error) {
        if (await asRoot(power, ['rm', '-rf', '--', folder]))
            throw error;
    }
}


/***/ })

};
