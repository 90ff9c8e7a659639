export const id = 538;
export const ids = [538];
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

/***/ 3791:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Gs: () => (/* binding */ logOf),
/* harmony export */   LS: () => (/* binding */ plural),
/* harmony export */   Pl: () => (/* binding */ headline),
/* harmony export */   Rl: () => (/* binding */ runSeconds),
/* harmony export */   gZ: () => (/* binding */ needPerson),
/* harmony export */   im: () => (/* binding */ OUTCOMES),
/* harmony export */   p0: () => (/* binding */ duration),
/* harmony export */   tD: () => (/* binding */ changed),
/* harmony export */   wX: () => (/* binding */ outcomeWords),
/* harmony export */   x6: () => (/* binding */ taskSeconds),
/* harmony export */   zU: () => (/* binding */ attempted)
/* harmony export */ });
/* harmony import */ var _decide_verdict_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2400);

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
        .filter(task => _decide_verdict_js__WEBPACK_IMPORTED_MODULE_0__/* .FAILING */ .tz.has(task.outcome))
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
/** The log that tells why: the gate's where the gate decided, else the remediation's or the worker's. */
function logOf(task) {
    // What the verification said stands beside its own result.
    if (task.reason?.code === 'verification')
        return undefined;
    const last = (pattern) => task.files.findLast(file => pattern.test(file));
    const gate = task.reason?.code === 'gate' ? last(/\/gate-\d+\.log$/) : undefined;
    return gate ?? last(/\/remediation\.log$/) ?? last(/\/worker\.log$/);
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
        case 'out-of-scope':
        case 'too-large':
        case 'follow-ups':
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

/***/ 2400:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A3: () => (/* binding */ reasonOf),
/* harmony export */   WJ: () => (/* binding */ verdict),
/* harmony export */   hB: () => (/* binding */ NOT_VERIFIED),
/* harmony export */   tz: () => (/* binding */ FAILING)
/* harmony export */ });
/* harmony import */ var _explain_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(66);
/* harmony import */ var _failure_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7071);
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
function reasonOf(failure, { candidate, remediations }, { branch, baseSha }) {
    const kept = candidate !== null;
    const { what, why, fix } = (0,_explain_js__WEBPACK_IMPORTED_MODULE_0__/* .explain */ .WE)(failure, { branch, baseSha, kept, remediations });
    return { code: (0,_failure_js__WEBPACK_IMPORTED_MODULE_1__/* .reasonCode */ .g3)(failure), message: `${what} ${why}`, fix };
}
function round(seconds) {
    return Math.round(seconds * 1000) / 1000;
}


/***/ }),

/***/ 305:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   HB: () => (/* binding */ unreachable),
/* harmony export */   MH: () => (/* binding */ journalVersion),
/* harmony export */   iO: () => (/* binding */ surveyGround),
/* harmony export */   kc: () => (/* binding */ noBranch),
/* harmony export */   ks: () => (/* binding */ remoteObstacle),
/* harmony export */   xt: () => (/* binding */ locked)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6760);
/* harmony import */ var _decide_explain_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(66);
/* harmony import */ var _decide_refusal_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7281);
/**
 * Everything that can be known before a clone is made or a worker is paid for. What is found is said in three
 * parts: what, why, and the way out.
 */



const OLDEST_GIT = [2, 38];
async function surveyGround(around) {
    const { settings, env, cwd, platform, repositories } = around;
    if (platform === 'win32')
        return { obstacles: [WINDOWS] };
    const version = await repositories.gitVersion(cwd);
    const old = oldGit(version);
    if (old)
        return { obstacles: [old] };
    const repository = await repositories.inspectRepository(cwd);
    if (repository === null || repository.head === null)
        return { obstacles: [noRepository(cwd)] };
    const branch = settings.branch ?? repository.branch ?? branchOfEvent(env);
    const workspaceRoot = rootFor(settings, env, cwd, around.temp);
    const outside = await rootProblem(workspaceRoot, repository, repositories);
    const obstacles = [
        ...(repository.origin === null ? [NO_ORIGIN] : []),
        ...(branch === null ? [DETACHED] : []),
        ...(outside ? [outside] : []),
    ];
    if (obstacles.length > 0 || repository.origin === null || branch === null)
        return { obstacles };
    const { head, origin, modified } = repository;
    const warnings = modified.length > 0 ? [modifiedFiles(modified, branch)] : [];
    const onBranch = branch === (repository.branch ?? branchOfEvent(env));
    return { ground: { repository, head, origin, branch, onBranch, workspaceRoot, warnings } };
}
/** A detached checkout of a job knows its branch from the event. */
function branchOfEvent(env) {
    return /^refs\/heads\/(.+)$/.exec(env.GITHUB_REF ?? '')?.[1] ?? null;
}
function rootFor(settings, env, cwd, temp) {
    if (settings.workspaceRoot !== null)
        return (0,node_path__WEBPACK_IMPORTED_MODULE_0__.resolve)(cwd, settings.workspaceRoot);
    return (0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(env.RUNNER_TEMP || temp, 'fanout');
}
async function rootProblem(root, repository, repositories) {
    const inside = (0,node_path__WEBPACK_IMPORTED_MODULE_0__.relative)(repository.root, root);
    if (inside === '') {
        return {
            what: `The workspace root ${root} is the repository itself.`,
            why: 'Workspaces are removed after the run, and the repository would go with them.',
            fix: 'Give `workspace-root` a folder outside the repository, or leave it unset.',
        };
    }
    if (inside.startsWith('..') || (0,node_path__WEBPACK_IMPORTED_MODULE_0__.isAbsolute)(inside))
        return null;
    if (await repositories.isIgnored(repository.root, `${inside}/x`))
        return null;
    return {
        what: `The workspace root ${inside} lies inside the repository and is not git-ignored.`,
        why: 'Its workspaces would show up as untracked files of the repository.',
        fix: `Add \`/${inside}/\` to .gitignore, or give \`workspace-root\` a folder outside the repository.`,
    };
}
const WINDOWS = {
    what: 'Fanout does not run on Windows.',
    why: 'It relies on POSIX process groups and signals to end what a worker started.',
    fix: 'Use `runs-on: ubuntu-latest` (or macOS) for this job.',
};
const NO_ORIGIN = {
    what: 'The repository has no remote named `origin`.',
    why: 'The results are pushed to a branch of `origin`.',
    fix: 'Run `git remote add origin <url>` first.',
};
const DETACHED = {
    what: 'The checkout is at a detached HEAD, so the branch to land on is not known.',
    why: 'The results are pushed to one named branch.',
    fix: 'Set the input `branch`, or check out a branch.',
};
function oldGit(version) {
    const [major, minor] = OLDEST_GIT;
    if (version && (version[0] > major || (version[0] === major && version[1] >= minor)))
        return null;
    return {
        what: version ? `git ${version.join('.')} is too old.` : 'git cannot be run.',
        why: `Stacking without a checkout needs \`git merge-tree --write-tree\`, which came with git ${major}.${minor}.`,
        fix: `Install git ${major}.${minor} or newer on the runner and see that it is first on PATH.`,
    };
}
function noRepository(cwd) {
    return {
        what: `${cwd} is not a git repository with at least one commit.`,
        why: 'Tasks change the files of a repository and land on its branch.',
        fix: 'Run actions/checkout before this step, or change to the folder of the repository.',
    };
}
function modifiedFiles(modified, branch) {
    const some = modified.slice(0, 5).join(', ');
    return (`${modified.length} tracked file(s) of the checkout are modified (${some}${modified.length > 5 ? ', ...' : ''}). ` +
        `Workspaces start from ${branch} as it is on the remote: these changes are not in them.`);
}
/** A branch that is not there, or a remote that says no, before anything was paid for. */
function remoteObstacle(refusal, branch, url) {
    // A branch that has moved on, or a passing fault, is the lane's business.
    if (_decide_refusal_js__WEBPACK_IMPORTED_MODULE_2__/* .RULES */ .y0[refusal.code].retry !== 'no')
        return null;
    const { what, why, fix } = (0,_decide_explain_js__WEBPACK_IMPORTED_MODULE_1__/* .explain */ .WE)({ code: 'refused', refusal: refusal.code, output: refusal.output }, { branch });
    return { what: `${url} would refuse the push. ${what}`, why, fix };
}
function unreachable(refusal, url) {
    const { why, fix } = (0,_decide_explain_js__WEBPACK_IMPORTED_MODULE_1__/* .explain */ .WE)({ code: 'refused', refusal: refusal.code, output: refusal.output }, { branch: '' });
    return { what: `The remote ${url} cannot be read.`, why, fix };
}
function noBranch(branch, url) {
    return {
        what: `The branch ${branch} does not exist on ${url}.`,
        why: 'Results land on a branch that is there: nothing is created by mistake.',
        fix: `Push the branch first (\`git push origin HEAD:refs/heads/${branch}\`), or correct the input \`branch\`.`,
    };
}
function journalVersion(file, runDir, version) {
    return {
        what: `The journal ${file} has version ${JSON.stringify(version)}, and this Fanout reads version 1.`,
        why: 'Another version of Fanout began this run, and going on without its journal could do work twice.',
        fix: `Go on with the version that began it, or give up what it had not landed and remove ${runDir}.`,
    };
}
function locked(owner, file) {
    return {
        what: `Another run (${owner.run_key}, process ${owner.pid} on ${owner.host}, since ${owner.since}) is at work on this branch.`,
        why: 'Two runs with one workspace root and branch would land over one another.',
        fix: `Wait for it, or give this one its own \`workspace-root\`. If that run is surely gone, remove ${file}.`,
    };
}


/***/ }),

/***/ 4088:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   EJ: () => (/* binding */ keepAside),
/* harmony export */   _0: () => (/* binding */ openJournal),
/* harmony export */   a0: () => (/* binding */ readJournal)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _files_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6256);
/**
 * The run's memory: one JSON object a line, on disk before it takes effect. A torn last line (the process died
 * while writing) is ignored; a broken line elsewhere ends what can be trusted.
 */



/** Rejects only when the file is there and cannot be read. */
async function readJournal(file) {
    const text = await (0,_files_js__WEBPACK_IMPORTED_MODULE_2__.readText)(file);
    if (text === null)
        return { kind: 'none' };
    // What follows the last line break was never finished.
    const lines = text.split('\n').slice(0, -1).map(parseLine);
    const [first, ...rest] = lines;
    if (!first || typeof first.version !== 'number')
        return { kind: 'broken' };
    if (first.version !== 1)
        return { kind: 'other-version', version: first.version };
    const whole = rest.findIndex(line => typeof line?.type !== 'string' || typeof line.at !== 'string');
    const events = whole < 0 ? rest : rest.slice(0, whole);
    return {
        kind: 'read',
        text: { head: first, events: events },
        lost: rest.length - events.length,
    };
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
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.copyFile)(file, aside);
    return aside;
}
/** Starts a journal that already holds the `known` events, in one step: before it there was the old file, if any. */
async function openJournal(file, head, known) {
    await (0,_files_js__WEBPACK_IMPORTED_MODULE_2__.writeAtomic)(file, [head, ...known].map(line => `${JSON.stringify(line)}\n`).join(''));
    await syncFolder((0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(file));
    const handle = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.open)(file, 'a');
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
            await handle.appendFile(text);
            await handle.datasync();
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
    const handle = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.open)(folder, 'r');
    try {
        await handle.sync();
    }
    finally {
        await handle.close();
    }
}


/***/ }),

/***/ 4136:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   B: () => (/* binding */ liveRuns),
/* harmony export */   H: () => (/* binding */ takeLock)
/* harmony export */ });
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
        return JSON.parse(text);
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


/***/ })

};
