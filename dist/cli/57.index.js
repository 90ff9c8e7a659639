export const id = 57;
export const ids = [57];
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

/***/ 305:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   HB: () => (/* binding */ unreachable),
/* harmony export */   MH: () => (/* binding */ journalVersion),
/* harmony export */   V$: () => (/* binding */ foreign),
/* harmony export */   el: () => (/* binding */ sameKey),
/* harmony export */   iO: () => (/* binding */ surveyGround),
/* harmony export */   kc: () => (/* binding */ noBranch),
/* harmony export */   ks: () => (/* binding */ remoteObstacle),
/* harmony export */   qM: () => (/* binding */ damaged),
/* harmony export */   xt: () => (/* binding */ locked)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6760);
/* harmony import */ var _decide_address_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(7605);
/* harmony import */ var _decide_damage_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(548);
/* harmony import */ var _decide_explain_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9844);
/* harmony import */ var _decide_refusal_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(7281);
/**
 * Everything that can be known before a clone is made or a worker is paid for. What is found is said in three
 * parts: what, why, and the way out.
 */





const OLDEST_GIT = [2, 38];
async function surveyGround(around) {
    const { settings, env, cwd, platform, repositories } = around;
    if (platform === 'win32')
        return { obstacles: [WINDOWS] };
    const [version, bash] = await Promise.all([repositories.gitVersion(cwd), repositories.hasBash()]);
    const old = oldGit(version);
    if (old || !bash)
        return { obstacles: [...(old ? [old] : []), ...(bash ? [] : [NO_BASH])] };
    const repository = await repositories.inspectRepository(cwd);
    const damage = repository === null ? await repositories.damageAt(cwd) : repository.damage;
    if (damage !== null)
        return { obstacles: [damaged(repository?.root ?? cwd, damage)] };
    if (repository === null || repository.head === null)
        return { obstacles: [noRepository(cwd)] };
    const branch = settings.branch ?? repository.branch ?? branchOfEvent(env);
    const workspaceRoot = rootFor(settings, cwd, around.rootOf, repository);
    const outside = await rootProblem(workspaceRoot, repository, repositories);
    const obstacles = [
        ...(repository.origin === null ? [NO_ORIGIN] : addressProblems(repository.origin)),
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
function rootFor({ workspaceRoot }, cwd, rootOf, { origin }) {
    return workspaceRoot !== null ? (0,node_path__WEBPACK_IMPORTED_MODULE_0__.resolve)(cwd, workspaceRoot) : rootOf(origin?.pushUrl ?? '');
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
const NO_BASH = {
    what: 'bash cannot be run.',
    why: 'Workers, gates, `setup` and the verification are run by it.',
    fix: 'Install bash on the runner and see that it is on PATH.',
};
const NO_ORIGIN = {
    what: 'The repository has no remote named `origin`.',
    why: 'The results are pushed to a branch of `origin`.',
    fix: 'Run `git remote add origin <url>` first.',
};
function addressProblems({ fetchUrl, pushUrl, morePushUrls, isTwo }) {
    const shown = (0,_decide_address_js__WEBPACK_IMPORTED_MODULE_4__/* .shownAddress */ .Uk)(pushUrl);
    if (morePushUrls.length > 0) {
        return [
            {
                what: `\`origin\` is pushed to several addresses (${[shown, ...morePushUrls.map(_decide_address_js__WEBPACK_IMPORTED_MODULE_4__/* .shownAddress */ .Uk)].join(', ')}).`,
                why: 'Results are stacked on the branch as it is in one place: what another one holds would be lost there, or stop the push.',
                fix: `Keep one of them (\`git remote set-url --push origin <address>\` after \`git config --unset-all remote.origin.pushurl\`), and mirror the others from there.`,
            },
        ];
    }
    if (!isTwo)
        return [];
    return [
        {
            what: `\`origin\` is fetched from ${(0,_decide_address_js__WEBPACK_IMPORTED_MODULE_4__/* .shownAddress */ .Uk)(fetchUrl)} and pushed to ${shown}, which are two repositories.`,
            why: 'Results are stacked on the branch where they are pushed, and the checkout is one of another repository.',
            fix: `Run in a clone of ${shown}; or let both be one: \`git remote set-url origin <address>\`, without a \`remote.origin.pushurl\` and without \`url.<base>.insteadOf\` or \`pushInsteadOf\` that lead elsewhere (\`git remote -v\` shows both).`,
        },
    ];
}
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
/** The user's own repository: it is told, and left alone. */
function damaged(root, words) {
    return {
        what: `The repository ${root} is damaged: ${words}.`,
        why: `${_decide_damage_js__WEBPACK_IMPORTED_MODULE_1__/* .DAMAGED */ .A.why}.`,
        fix: `${_decide_damage_js__WEBPACK_IMPORTED_MODULE_1__/* .DAMAGED */ .A.fix}.`,
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
    if ((0,_decide_refusal_js__WEBPACK_IMPORTED_MODULE_3__/* .retryOf */ .W2)(refusal) !== 'no')
        return null;
    const { what, why, fix } = (0,_decide_explain_js__WEBPACK_IMPORTED_MODULE_2__/* .explain */ .WE)({ code: 'refused', refusal: refusal.code, output: refusal.output }, { branch });
    return { what: `${url} would refuse the push. ${what}`, why, fix };
}
function unreachable(refusal, url) {
    const { what, why, fix } = (0,_decide_explain_js__WEBPACK_IMPORTED_MODULE_2__/* .explain */ .WE)({ code: 'refused', refusal: refusal.code, output: refusal.output }, { branch: '' });
    return { what: `The remote ${url} cannot be read. ${what}`, why, fix };
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
function sameKey(key, root) {
    return {
        what: `Another job of this workflow run is at work below ${root}, on another branch.`,
        why: `Both have the run directory ${key} there, and would write over one another.`,
        fix: 'Wait for it, or give each job its own `workspace-root`.',
    };
}
function foreign(dir) {
    return {
        what: `${dir} holds files that no run of Fanout has made.`,
        why: "It would be this run's directory, and its files would take the place of those.",
        fix: 'Move them away, or name a folder as `workspace-root` that nothing else uses.',
    };
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


/***/ })

};
