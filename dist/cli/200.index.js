export const id = 200;
export const ids = [200];
export const modules = {

/***/ 8716:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   B: () => (/* binding */ stillToSay),
/* harmony export */   t: () => (/* binding */ allMistakes)
/* harmony export */ });
/* harmony import */ var _tasks_input_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4082);
/** All that is wrong with what was asked, at once: the words themselves, the inputs, and the tasks they name. */

async function allMistakes(args, inputs, cwd) {
    return [...args.problems, ...stillToSay(await (0,_tasks_input_js__WEBPACK_IMPORTED_MODULE_0__/* .mistakesIn */ .f8)(inputs, cwd), args)];
}
/** Without what follows from an option that lacks its value. */
function stillToSay(problems, { missing }) {
    return problems.filter(problem => ![...missing].some(name => problem.startsWith(`input '${name}':`)));
}


/***/ }),

/***/ 6661:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   B: () => (/* binding */ apply),
/* harmony export */   G: () => (/* binding */ settle)
/* harmony export */ });
/* harmony import */ var _lane_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2545);
/* harmony import */ var _lane_state_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1135);
/* harmony import */ var _state_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1772);
/* harmony import */ var _task_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(252);




function apply(plan, state, limits, event) {
    return settle(plan, applyEvent(plan, state, limits, event), limits, event.at);
}
function applyEvent(plan, state, limits, event) {
    const { at } = event;
    switch (event.type) {
        case 'began':
            return begin(plan, state, event.step, at);
        case 'worked':
            return worked(plan, state, limits, event.task, event.result, at);
        case 'remediated':
            return remediated(plan, state, limits, event.task, event.result, at);
        case 'finished': {
            const index = (0,_state_js__WEBPACK_IMPORTED_MODULE_2__/* .indexOf */ .qh)(plan, event.task);
            const finish = state.tasks[index]?.finish === 'again' ? 'due' : 'done';
            return (0,_state_js__WEBPACK_IMPORTED_MODULE_2__/* .setTask */ .Ee)(state, index, { finish, files: event.files });
        }
        case 'stacked':
            return (0,_lane_js__WEBPACK_IMPORTED_MODULE_0__/* .applyStacked */ .YN)(plan, state, limits, event.result, at);
        case 'gated':
            return (0,_lane_js__WEBPACK_IMPORTED_MODULE_0__/* .applyGated */ .Oi)(plan, state, limits, event.results, at);
        case 'pushed':
            return (0,_lane_js__WEBPACK_IMPORTED_MODULE_0__/* .applyPushed */ .eP)(plan, state, limits, event.layers, event.result, at);
        case 'resumed':
            // Only a replay meets it, and resume.ts does what the process did then.
            return state;
        case 'halted':
            return { ...state, halt: stronger(state.halt, event.halt) };
        case 'found': {
            const index = (0,_state_js__WEBPACK_IMPORTED_MODULE_2__/* .indexOf */ .qh)(plan, event.task);
            if (event.found.kind === 'landed') {
                return (0,_state_js__WEBPACK_IMPORTED_MODULE_2__/* .foundLanded */ .dj)(plan, state, index, event.found.commit, at);
            }
            if (event.found.kind === 'unchanged')
                return (0,_state_js__WEBPACK_IMPORTED_MODULE_2__/* .endTask */ .ZJ)(plan, state, index, { outcome: 'unchanged', failure: null }, at);
            if (event.found.kind === 'archived')
                return (0,_state_js__WEBPACK_IMPORTED_MODULE_2__/* .failTask */ .cN)(plan, state, index, { code: 'already-landed' }, at);
            return (0,_state_js__WEBPACK_IMPORTED_MODULE_2__/* .setTask */ .Ee)(state, index, {
                stage: { kind: 'ready' },
                candidate: event.found.candidate,
                readyAt: at,
                // It may have landed once, on a branch that was moved back since.
                commit: null,
                finish: 'none',
                finishedAt: null,
            });
        }
        case 'verified':
            return state;
        case 'reverted': {
            const index = (0,_state_js__WEBPACK_IMPORTED_MODULE_2__/* .indexOf */ .qh)(plan, event.task);
            const failure = { code: 'verification' };
            return (0,_lane_state_js__WEBPACK_IMPORTED_MODULE_1__/* .setLane */ .xk)((0,_state_js__WEBPACK_IMPORTED_MODULE_2__/* .setTask */ .Ee)(state, index, {
                stage: { kind: 'ended', outcome: 'reverted', failure },
                // Kept as its worker made it, or as it had landed.
                candidate: event.work,
                finish: (0,_state_js__WEBPACK_IMPORTED_MODULE_2__/* .dueAgain */ .BZ)(state.tasks[index]),
            }), { tip: event.commit });
        }
        default:
            return (0,_task_js__WEBPACK_IMPORTED_MODULE_3__/* .unreachable */ .H)(event);
    }
}
function begin(plan, state, step, at) {
    switch (step.kind) {
        case 'stack':
        case 'gate':
        case 'push':
            return (0,_lane_js__WEBPACK_IMPORTED_MODULE_0__/* .beginLane */ .gL)(plan, state, step);
        case 'finish':
            return (0,_state_js__WEBPACK_IMPORTED_MODULE_2__/* .setTask */ .Ee)(state, (0,_state_js__WEBPACK_IMPORTED_MODULE_2__/* .indexOf */ .qh)(plan, step.task), { finish: 'running' });
        case 'remediate': {
            const index = (0,_state_js__WEBPACK_IMPORTED_MODULE_2__/* .indexOf */ .qh)(plan, step.task);
            return (0,_state_js__WEBPACK_IMPORTED_MODULE_2__/* .setTask */ .Ee)(state, index, {
                stage: { kind: 'remediating', handoff: step.handoff },
                remediations: step.attempt,
                ...(step.handoff.kind === 'gate' ? { redGate: step.handoff.gate } : {}),
            });
        }
        case 'work': {
            const index = (0,_state_js__WEBPACK_IMPORTED_MODULE_2__/* .indexOf */ .qh)(plan, step.task);
            const task = state.tasks[index];
            const first = task?.workerRuns === 0;
            return {
                ...(0,_state_js__WEBPACK_IMPORTED_MODULE_2__/* .setTask */ .Ee)(state, index, {
                    stage: { kind: 'working' },
                    workerRuns: step.attempt,
                    // What it makes will be another candidate, with attempts of its own.
                    pushes: 0,
                    startedAt: task?.startedAt ?? at,
                }),
                started: state.started + (first ? 1 : 0),
            };
        }
        default:
            return (0,_task_js__WEBPACK_IMPORTED_MODULE_3__/* .unreachable */ .H)(step);
    }
}
function worked(plan, before, limits, id, result, at) {
    const index = (0,_state_js__WEBPACK_IMPORTED_MODULE_2__/* .indexOf */ .qh)(plan, id);
    const state = spent(before, index, result);
    // The branch held it already, or the run gave it up: a late answer changes nothing, and what it leaves can go now.
    if (state.tasks[index]?.stage.kind === 'ended')
        return left(state, index);
    switch (result.kind) {
        case 'candidate':
            return (0,_state_js__WEBPACK_IMPORTED_MODULE_2__/* .setTask */ .Ee)(state, index, { stage: { kind: 'ready' }, candidate: result.candidate, readyAt: at });
        case 'unchanged':
            return (0,_state_js__WEBPACK_IMPORTED_MODULE_2__/* .endTask */ .ZJ)(plan, state, index, { outcome: 'unchanged', failure: null }, at);
        case 'failed': {
            const retries = plan.tasks[index]?.retries ?? limits.retries;
            const again = retryable(result.failure) && (state.tasks[index]?.workerRuns ?? 0) <= retries && state.halt === null;
            const kept = (0,_state_js__WEBPACK_IMPORTED_MODULE_2__/* .setTask */ .Ee)(state, index, { candidate: result.kept });
            return again
                ? (0,_state_js__WEBPACK_IMPORTED_MODULE_2__/* .setTask */ .Ee)(kept, index, { stage: { kind: 'waiting' } })
                : (0,_state_js__WEBPACK_IMPORTED_MODULE_2__/* .failTask */ .cN)(plan, kept, index, result.failure, at);
        }
        default:
            return (0,_task_js__WEBPACK_IMPORTED_MODULE_3__/* .unreachable */ .H)(result);
    }
}
function remediated(plan, before, limits, id, result, at) {
    const index = (0,_state_js__WEBPACK_IMPORTED_MODULE_2__/* .indexOf */ .qh)(plan, id);
    const state = spent(before, index, result);
    const task = state.tasks[index];
    if (task?.stage.kind === 'ended')
        return left(state, index);
    if (task?.stage.kind !== 'remediating')
        return state;
    const { handoff } = task.stage;
    switch (result.kind) {
        case 'candidate':
            return (0,_state_js__WEBPACK_IMPORTED_MODULE_2__/* .setTask */ .Ee)(state, index, { stage: { kind: 'ready' }, candidate: result.candidate });
        case 'unchanged':
            return (0,_state_js__WEBPACK_IMPORTED_MODULE_2__/* .endTask */ .ZJ)(plan, state, index, { outcome: 'unchanged', failure: null }, at);
        case 'failed': {
            if (result.failure.code === 'signal')
                return (0,_state_js__WEBPACK_IMPORTED_MODULE_2__/* .failTask */ .cN)(plan, state, index, result.failure, at);
            const again = task.remediations < limits.maxRemediations && state.halt === null;
            return again
                ? (0,_state_js__WEBPACK_IMPORTED_MODULE_2__/* .setTask */ .Ee)(state, index, { stage: { kind: 'handoff', handoff } })
                : (0,_lane_state_js__WEBPACK_IMPORTED_MODULE_1__/* .giveBack */ .F5)(plan, state, index, (0,_lane_state_js__WEBPACK_IMPORTED_MODULE_1__/* .failureOf */ .g5)(handoff), at);
        }
        default:
            return (0,_task_js__WEBPACK_IMPORTED_MODULE_3__/* .unreachable */ .H)(result);
    }
}
function spent(state, index, result) {
    const task = state.tasks[index];
    if (!task)
        return state;
    const { workspace, worker } = result.seconds;
    return (0,_state_js__WEBPACK_IMPORTED_MODULE_2__/* .setTask */ .Ee)(state, index, {
        exitCode: result.exitCode,
        seconds: {
            ...task.seconds,
            workspace: task.seconds.workspace + workspace,
            worker: task.seconds.worker + worker,
        },
    });
}
/** Whoever worked on a task that has ended meanwhile has left its workspace. */
function left(state, index) {
    return (0,_state_js__WEBPACK_IMPORTED_MODULE_2__/* .setTask */ .Ee)(state, index, { finish: (0,_state_js__WEBPACK_IMPORTED_MODULE_2__/* .dueAgain */ .BZ)(state.tasks[index]) });
}
/** A bug of ours, or a stop, is not cured by running the worker again. */
function retryable(failure) {
    return failure.code !== 'internal' && failure.code !== 'signal' && failure.code !== 'deadline';
}
const STRENGTH = { stop: 1, deadline: 2, signal: 3 };
function stronger(a, b) {
    return a !== null && STRENGTH[a] > STRENGTH[b] ? a : b;
}
/** What follows from the state itself: closed lanes, halts and limits end whoever can no longer go on. */
function settle(plan, before, limits, at) {
    return (0,_state_js__WEBPACK_IMPORTED_MODULE_2__/* .endStranded */ .T4)(plan, endHeldUp(plan, before, limits, at), at);
}
function endHeldUp(plan, before, limits, at) {
    let state = before;
    const { closed } = state.lane;
    if (closed) {
        state = (0,_lane_state_js__WEBPACK_IMPORTED_MODULE_1__/* .endReady */ .Vg)(plan, state, { code: 'refused', refusal: closed.code, output: closed.output }, closed.output, at);
    }
    const { halt } = state;
    if (halt !== null) {
        const failure = { code: halt };
        state = state.tasks.reduce((s, task, index) => {
            if (task.stage.kind === 'waiting')
                return (0,_state_js__WEBPACK_IMPORTED_MODULE_2__/* .failTask */ .cN)(plan, s, index, failure, at);
            if (task.stage.kind === 'handoff') {
                return (0,_state_js__WEBPACK_IMPORTED_MODULE_2__/* .failTask */ .cN)(plan, s, index, halt === 'signal' ? failure : (0,_lane_state_js__WEBPACK_IMPORTED_MODULE_1__/* .failureOf */ .g5)(task.stage.handoff), at);
            }
            // A push under way may still land what it holds: the lane's answer decides.
            return task.stage.kind === 'ready' && halt === 'signal' && !s.lane.busy
                ? (0,_state_js__WEBPACK_IMPORTED_MODULE_2__/* .failTask */ .cN)(plan, s, index, failure, at)
                : s;
        }, state);
        return state;
    }
    if (limits.maxFailures > 0 && state.failed >= limits.maxFailures)
        return skipRest(plan, state, { code: 'max-failures' }, at);
    if (limits.maxTasks > 0 && state.started >= limits.maxTasks)
        return skipRest(plan, state, { code: 'max-tasks' }, at);
    return state;
}
/** A retry is not a new task: it still runs. */
function skipRest(plan, state, failure, at) {
    return state.tasks.reduce((s, task, index) => task.stage.kind === 'waiting' && task.workerRuns === 0 ? (0,_state_js__WEBPACK_IMPORTED_MODULE_2__/* .failTask */ .cN)(plan, s, index, failure, at) : s, state);
}


/***/ }),

/***/ 5385:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   JN: () => (/* binding */ backoff),
/* harmony export */   p$: () => (/* binding */ jitter),
/* harmony export */   xE: () => (/* binding */ watchOf)
/* harmony export */ });
/**
 * How long to wait before the next round after a failed push or fetch, before jitter.
 * The first lost race of a stack is retried at once; after that the list is walked and its last entry reused.
 * Source: SPEC section 4, `push-backoff-ms`.
 */
function backoff(failures, race, waits, list) {
    if (race && failures === 1)
        return { waitMs: 0, waits };
    return { waitMs: list[Math.min(waits, list.length - 1)] ?? 0, waits: waits + 1 };
}
/** The wait shortened by up to half; `random` in [0, 1). Equal waits would keep competing losers in step. */
function jitter(waitMs, random) {
    return Math.round(waitMs * (1 - random / 2));
}
/**
 * How to watch a branch that others move, so that the next try begins right after a move of theirs, when the next one is
 * farthest away: for at most one and a half of their periods. null: it rests.
 */
function watchOf(moves, elapsedMs) {
    if (moves === 0)
        return null;
    const period = elapsedMs / moves;
    return { forMs: Math.round(period * 1.5), everyMs: Math.max(25, Math.round(period / 8)) };
}


/***/ }),

/***/ 3300:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   R: () => (/* binding */ isFullDisk),
/* harmony export */   s: () => (/* binding */ diskFault)
/* harmony export */ });
/** A disk that does not take what has to be on it: what to say, instead of calling it a fault of ours. */
const CAUSES = {
    ENOSPC: {
        why: 'The disk is full',
        fix: 'Free space there, or let `workspace-root` name a folder on a larger disk',
    },
    EDQUOT: {
        why: 'The quota of this user is used up',
        fix: 'Free space there, or let `workspace-root` name a folder with room',
    },
    EROFS: {
        why: 'The file system is mounted read-only',
        fix: 'Let `workspace-root` name a folder that can be written',
    },
    EACCES: {
        why: 'This user may not write there',
        fix: 'Let `workspace-root` name a folder that this user may write (another user may have made this one)',
    },
    EPERM: {
        why: 'This user may not write there',
        fix: 'Let `workspace-root` name a folder that this user may write (another user may have made this one)',
    },
    ENOTDIR: {
        why: 'A file is where a folder should be',
        fix: 'Let `workspace-root` name a folder, or one that can be made',
    },
    /** Of the making of a folder, with the one above it there: `/proc` and the like. */
    ENOENT: {
        why: 'The system makes no folder there',
        fix: 'Let `workspace-root` name a folder on a disk',
    },
    EIO: {
        why: 'The disk itself fails',
        fix: 'Look at the health of the disk, or let `workspace-root` name a folder on another one',
    },
};
/** What git says of the same: its exit code tells nothing. */
const WORDS = [
    [/No space left on device|Out of diskspace|ENOSPC|unknown write failure on standard output/i, 'ENOSPC'],
    [/Disk quota exceeded/, 'EDQUOT'],
    [/Read-only file system/, 'EROFS'],
];
/** null: it is no error of the file system that a user could cure. `begun`: whether tasks had been started. */
function diskFault(error, root, begun) {
    const seen = (error ?? {});
    const code = codeOf(seen);
    const cause = CAUSES[code];
    if (cause === undefined || (code === 'ENOENT' && (begun || seen.syscall !== 'mkdir')))
        return null;
    const where = typeof seen.path === 'string' ? seen.path : root;
    return {
        what: `${where} cannot be written (${code}).`,
        why: begun
            ? `${cause.why}. Nothing takes effect that is not in the journal first, so workers were ended and nothing more was pushed; what had landed has landed.`
            : `${cause.why}.`,
        fix: begun
            ? `${cause.fix}; then run again: finished work in ${root} is taken up where it was.`
            : `${cause.fix}.`,
    };
}
function codeOf(seen) {
    if (typeof seen.syscall === 'string')
        return String(seen.code);
    return WORDS.find(([pattern]) => pattern.test(String(seen.message)))?.[1] ?? '';
}
/** Whether it is, most likely, for want of room, which may come again. Often git does not say why it could not write. */
function isFullDisk(error) {
    const seen = (error ?? {});
    if (['ENOSPC', 'EDQUOT'].includes(codeOf(seen)))
        return true;
    const words = String(seen.message);
    return typeof seen.syscall !== 'string' && UNWRITTEN.test(words) && !ANOTHER_CAUSE.test(words);
}
const UNWRITTEN = /unable to write|could(?:n't| not) write|failed to write|write (?:error|failure)|unable to create|cannot (?:create|mkdir)/i;
const ANOTHER_CAUSE = /Permission denied|Read-only file system|Operation not permitted|File exists|Not a directory|Is a directory|name too long/i;


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

/***/ 7030:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  C0: () => (/* binding */ FOLLOW_UPS_FILE),
  Gf: () => (/* binding */ MAX_FOLLOW_UPS_BYTES),
  xK: () => (/* binding */ addFollowUps),
  yn: () => (/* binding */ followUpsBetween),
  JY: () => (/* binding */ liftingMore),
  Ef: () => (/* binding */ reachingOut),
  Uq: () => (/* binding */ readFollowUps)
});

// EXTERNAL MODULE: ./build/decide/globs.js
var globs = __webpack_require__(5754);
// EXTERNAL MODULE: ./build/decide/plain.js
var plain = __webpack_require__(977);
// EXTERNAL MODULE: ./build/decide/plan.js + 1 modules
var decide_plan = __webpack_require__(3793);
// EXTERNAL MODULE: ./build/decide/problem.js
var problem = __webpack_require__(6554);
// EXTERNAL MODULE: ./build/decide/queue.js + 3 modules
var queue = __webpack_require__(598);
// EXTERNAL MODULE: ./build/decide/formats.js
var formats = __webpack_require__(1665);
// EXTERNAL MODULE: ./build/decide/tree.js
var decide_tree = __webpack_require__(393);
;// CONCATENATED MODULE: ./build/decide/ralph-task.js
/** A follow-up for a Ralph queue: Fanout's keys become Ralph's, since a file that mixes them is read as neither's. */



/** Ralph's word for a key of ours. */
const RALPH_WORDS = {
    needs: 'depends_on',
    prompt: 'description',
    'not-before': 'scheduled_start',
};
/** Ralph's keys that hold ids of other tasks, besides `depends_on`. */
const REFERENCES = ['blocks', 'relates_to', 'duplicates', 'parent_id'];
/** The task in Ralph's keys; what Ralph has no key for is reported. */
function asRalphTask(task, report) {
    if (task.kind !== 'map')
        return task;
    return (0,decide_tree/* map */.Tj)(task.at, task.entries.flatMap(entry => {
        // Its parent is told by whoever adds it.
        if (entry.key === 'source')
            return [];
        return formats/* OWN_KEYS */.MH.includes(entry.key) ? translated(entry, task, report) : [entry];
    }));
}
function translated({ key, keyAt, value }, task, report) {
    const word = RALPH_WORDS[key];
    if (word === undefined) {
        const way = key === 'run' ? 'the input `run` is the command of all its tasks' : 'say it in the `prompt`';
        report(keyAt, `the tasks file is a Ralph queue, which has no key for '${key}': leave it out; ${way}`);
        return [];
    }
    if ((0,decide_tree/* entryOf */.Ms)(task, word) !== null) {
        report(keyAt, `'${key}' and '${word}' are the same in a Ralph queue: keep one of them`);
        return [];
    }
    const isText = value.kind === 'leaf' && typeof value.value === 'string';
    if (key === 'prompt' && !isText)
        report(value.at, `expected a string, got ${(0,problem/* shown */.SP)((0,decide_tree/* toValue */.BA)(value))}`);
    return [{ key: word, keyAt, value: key === 'needs' && isText ? (0,decide_tree/* list */.p_)(value.at, [value]) : value }];
}
/** What the task says of others besides its needs, by their names in the file. */
function renamedReferences(task, rename) {
    const held = REFERENCES.flatMap((key) => {
        const said = task[key];
        if (Array.isArray(said))
            return [[key, said.map(rename)]];
        return typeof said === 'string' ? [[key, rename(said)]] : [];
    });
    return Object.fromEntries(held);
}

// EXTERNAL MODULE: ./build/decide/read.js
var read = __webpack_require__(8901);
// EXTERNAL MODULE: ./build/decide/scope.js
var scope = __webpack_require__(7073);
// EXTERNAL MODULE: ./build/decide/task-file.js + 1 modules
var task_file = __webpack_require__(7039);
;// CONCATENATED MODULE: ./build/decide/follow-ups.js










/** The file in FANOUT_ARTIFACTS that a worker may write. */
const FOLLOW_UPS_FILE = 'followups.yml';
const MAX_FOLLOW_UPS_BYTES = 1024 * 1024;
/**
 * The tasks of a list in the format of the tasks file (for a Ralph queue they may be written in either), or all that is
 * wrong with it. Needs may name each other, the parent, and tasks of either file. `defaultRun`: the input `run`.
 */
function readFollowUps(text, ledger, { task, format }, defaultRun) {
    if (text.replace('\uFEFF', '').trim() === '')
        return { tasks: [] };
    const problems = [];
    const told = () => ({ problems: (0,problem/* inReadingOrder */.g)(problems).map(problem/* formatProblem */.Vw) });
    const reading = (0,read/* readTree */.Z)(FOLLOW_UPS_FILE, text, problems);
    if (!reading.ok)
        return told();
    const { tree, report } = reading;
    if (tree.kind === 'leaf' && tree.value === null)
        return { tasks: [] };
    if (tree.kind !== 'list') {
        report(tree.at, `expected a list of tasks, got ${(0,problem/* shown */.SP)((0,decide_tree/* toValue */.BA)(tree))}`);
        return told();
    }
    const known = [...idsOf(ledger), task].map(id => ({ id }));
    if (known.length + tree.items.length > decide_plan/* MAX_TASKS */.G6) {
        report(null, `expected at most ${decide_plan/* MAX_TASKS */.G6} tasks in all`);
        return told();
    }
    const written = (item, tell) => (format === 'ralph-queue' ? asRalphTask(item, tell) : item);
    const rewrite = (whole, tell) => whole.kind === 'list'
        ? (0,decide_tree/* list */.p_)(whole.at, whole.items.map(item => written(item, tell)))
        : whole;
    const doneText = { file: 'the ids', text: JSON.stringify(known) };
    const plan = (0,decide_plan/* parsePlan */.vS)({ text, file: FOLLOW_UPS_FILE, format, doneText, rewrite }, 
    // Nobody asks for a fingerprint here.
    { defaultRun: defaultRun ?? defaultRunOf(ledger.tasks), only: [], hash: text => text });
    if (!plan.ok)
        return { problems: plan.problems.map(problem/* formatProblem */.Vw) };
    return { tasks: tree.items.map(item => (0,decide_tree/* toValue */.BA)(written(item, report))) };
}
/** Follow-ups that name protected files which their parent may not change: in a later run nothing would stop them. */
function liftingMore(tasks, own, protectedPaths) {
    return tasks.flatMap(task => {
        const more = (0,scope/* liftedBy */.a)(pathsOf(task), protectedPaths).filter(glob => !own.includes(glob));
        return more.map(glob => `${FOLLOW_UPS_FILE}: the paths of task '${task.id}' lift the protected ${glob}, which its parent may not change`);
    });
}
/** Follow-ups whose paths are not surely within those of their parent: what it was kept from, they would do later. */
function reachingOut(tasks, own) {
    if (own.length === 0)
        return [];
    return tasks.flatMap(task => {
        const beyond = pathsOf(task).filter(glob => !(0,globs/* takesOut */.xQ)(glob) &&
            !(0,globs/* isWithin */.UO)(glob, own.filter(each => !(0,globs/* takesOut */.xQ)(each))));
        return beyond.map(glob => `${FOLLOW_UPS_FILE}: ${glob} in the paths of task '${task.id}' is not surely within its parent's (${(0,plain/* listed */.KE)(own)}): name one of these, or files and folders below them; without \`paths\` it is given its parent's`);
    });
}
function pathsOf({ paths }) {
    return Array.isArray(paths) ? paths.filter(glob => typeof glob === 'string') : [];
}
/** Its own within those of its parent, or else those; what the parent's take out is taken out last. */
function pathsWithin(task, own) {
    const given = pathsOf(task);
    if (given.length === 0)
        return own;
    const out = own.filter(globs/* takesOut */.xQ);
    return [...given.filter(glob => !out.includes(glob)), ...out];
}
/**
 * The tasks file with these at its end: ids that are taken give way to new ones, and needs follow them; needs on tasks
 * that are gone meanwhile are left out. Each names its parent, and has its limits.
 */
function addFollowUps(ledger, tasks, parent) {
    const [beyond] = reachingOut(tasks, parent.paths);
    if (beyond !== undefined)
        return { problem: beyond };
    const names = freshNames(tasks.map(task => (0,queue/* idOf */.TH)(task) ?? ''), idsOf(ledger), parent.format);
    const known = new Set([...idsOf(ledger), parent.task, ...names.values()]);
    const gone = new Set();
    const rename = (id) => names.get(String(id).trim()) ?? String(id).trim();
    const follow = (need) => {
        const name = rename(need);
        if (known.has(name))
            return [name];
        gone.add(name);
        return [];
    };
    let file = ledger.tasks;
    for (const task of tasks) {
        const next = (0,queue/* addTask */.XZ)(file, dressed(task, rename((0,queue/* idOf */.TH)(task)), { rename, follow }, parent));
        if (next === null)
            return { problem: 'the tasks file holds its tasks in a form that nothing can be added to' };
        file = next;
    }
    return { tasks: file, gone: [...gone] };
}
/**
 * The follow-ups in a tasks file that was `before` when they were added to it; null: this is some other change. That
 * is how a candidate carries them: wherever its commit goes, they go.
 */
function followUpsBetween(before, after) {
    const tasks = after.tasks.slice(before.tasks.length);
    let file = before;
    for (const task of tasks)
        file = file && (0,queue/* addTask */.XZ)(file, task);
    return tasks.length > 0 && file !== null && (0,task_file/* textOf */.b6)(file) === (0,task_file/* textOf */.b6)(after) ? tasks : null;
}
function idsOf({ tasks, done }) {
    return [...tasks.tasks, ...done.tasks].flatMap(task => (0,queue/* idOf */.TH)(task) ?? []);
}
function defaultRunOf({ frame }) {
    const defaults = frame.find(([key]) => key === 'defaults')?.[1];
    return typeof defaults?.run === 'string' ? defaults.run : null;
}
/** A new id for each that is taken; a Ralph queue counts on, as its own tools do. */
function freshNames(ids, others, format) {
    const taken = new Set(others.map(id => id.toLowerCase()));
    const counter = format === 'ralph-queue' ? counterOf(others) : null;
    const names = new Map();
    for (const id of ids) {
        let name = id;
        const fits = counter === null || counter.fits(id);
        for (let n = 2; !fits || taken.has(name.toLowerCase()); n++) {
            name = counter === null ? numbered(id, n) : counter.next();
            if (!taken.has(name.toLowerCase()))
                break;
        }
        taken.add(name.toLowerCase());
        names.set(id, name);
    }
    return names;
}
function numbered(id, n) {
    const end = `-${n}`;
    return id.slice(0, 64 - end.length) + end;
}
/** Where all ids are a prefix and a number of one width (`RQ-0007`). */
function counterOf(ids) {
    const [, prefix = '', digits = ''] = /^(.*?)(\d+)$/.exec(ids[0] ?? '') ?? [];
    const fits = (id) => id.length === prefix.length + digits.length &&
        id.startsWith(prefix) &&
        /^\d+$/.test(id.slice(prefix.length));
    if (digits === '' || !ids.every(fits))
        return null;
    let last = ids.reduce((most, id) => Math.max(most, Number(id.slice(prefix.length))), 0);
    return { fits, next: () => prefix + String(++last).padStart(digits.length, '0') };
}
/** As it is to stand in the file. */
function dressed(task, id, { rename, follow }, parent) {
    if (parent.format === 'fanout') {
        const { needs } = task;
        const renamed = [needs ?? []].flat().flatMap(follow);
        const kept = typeof needs === 'string' && renamed.length === 1 ? renamed[0] : renamed;
        const paths = pathsWithin(task, parent.paths);
        return {
            ...{ ...task, id },
            ...(needs === undefined ? {} : { needs: kept }),
            ...(parent.paths.length === 0 ? {} : { paths }),
            source: parent.task,
        };
    }
    const { now } = parent;
    const needs = Array.isArray(task.depends_on) ? { depends_on: task.depends_on.flatMap(follow) } : {};
    // Ralph demands title and times, and keeps what it does not know itself in `custom_fields`.
    return {
        ...{ title: id, status: 'todo', created_at: now, updated_at: now },
        ...task,
        id,
        ...renamedReferences(task, rename),
        ...needs,
        custom_fields: { ...task.custom_fields, source: parent.task },
    };
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

/***/ 1135:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   F5: () => (/* binding */ giveBack),
/* harmony export */   Fh: () => (/* binding */ isSpent),
/* harmony export */   KU: () => (/* binding */ lose),
/* harmony export */   M6: () => (/* binding */ endSpent),
/* harmony export */   U9: () => (/* binding */ count),
/* harmony export */   Vg: () => (/* binding */ endReady),
/* harmony export */   Vs: () => (/* binding */ landTask),
/* harmony export */   g5: () => (/* binding */ failureOf),
/* harmony export */   xk: () => (/* binding */ setLane),
/* harmony export */   z9: () => (/* binding */ tidyGroups)
/* harmony export */ });
/* harmony import */ var _state_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1772);

function setLane(state, change) {
    return { ...state, lane: { ...state.lane, ...change } };
}
function count(lane, change) {
    return { ...lane.stats, ...change };
}
function landTask(plan, state, layer, at) {
    const index = (0,_state_js__WEBPACK_IMPORTED_MODULE_0__/* .indexOf */ .qh)(plan, layer.task);
    const candidate = state.tasks[index]?.candidate ?? null;
    const { commit, changes } = layer;
    return (0,_state_js__WEBPACK_IMPORTED_MODULE_0__/* .endTask */ .ZJ)(plan, 
    // Reported is what it changed where it landed.
    (0,_state_js__WEBPACK_IMPORTED_MODULE_0__/* .setTask */ .Ee)(state, index, {
        commit,
        ...(candidate && changes ? { candidate: { ...candidate, changes } } : {}),
    }), index, { outcome: 'landed', failure: null }, at);
}
/** Forgets groups that nobody is left in. */
function tidyGroups(state) {
    if (state.lane.groups.length === 0)
        return state;
    const ready = new Set(state.tasks.filter(task => task.stage.kind === 'ready').map(task => task.id));
    const groups = state.lane.groups
        .map(group => group.filter(task => ready.has(task)))
        .filter(group => group.length > 0);
    return setLane(state, { groups });
}
/** A ready candidate that cannot land as it is: to the `remediate` command if that may still help, else to its end. */
function lose(plan, before, limits, index, handoff, at) {
    const task = before.tasks[index];
    // In a replay its own events may be missing: then there is no candidate to judge.
    if (task?.stage.kind !== 'ready')
        return before;
    const state = (0,_state_js__WEBPACK_IMPORTED_MODULE_0__/* .setTask */ .Ee)(before, index, handoff.kind === 'gate' ? { redGate: handoff.gate } : {});
    if (limits.remediate && task.remediations < limits.maxRemediations && state.halt === null) {
        return (0,_state_js__WEBPACK_IMPORTED_MODULE_0__/* .setTask */ .Ee)(state, index, { stage: { kind: 'handoff', handoff } });
    }
    return giveBack(plan, state, index, failureOf(handoff), at);
}
function failureOf(handoff) {
    if (handoff.kind === 'conflict') {
        const { files, how } = handoff;
        return { code: 'conflict', files, ...(how === undefined ? {} : { how }) };
    }
    const { exitCode, signal, timedOut } = handoff.gate;
    return { code: 'gate', exitCode, signal, timedOut };
}
/** Work kept by an earlier run that still cannot land makes way for a new run of the worker. */
function giveBack(plan, state, index, failure, at) {
    const task = state.tasks[index];
    // Remediated or not: what no worker of this run made is the earlier run's.
    const kept = task?.candidate?.source === 'blocked' || task?.workerRuns === 0;
    if (!kept || state.halt !== null)
        return (0,_state_js__WEBPACK_IMPORTED_MODULE_0__/* .failTask */ .cN)(plan, state, index, failure, at);
    return (0,_state_js__WEBPACK_IMPORTED_MODULE_0__/* .setTask */ .Ee)(state, index, {
        stage: { kind: 'waiting' },
        candidate: null,
        readyAt: null,
        redGate: null,
        remoteOutput: '',
    });
}
/** Ends all that is ready, or those of it that `which` picks. */
function endReady(plan, state, failure, output, at, which = () => true) {
    return state.tasks.reduce((s, task, index) => task.stage.kind === 'ready' && which(task)
        ? (0,_state_js__WEBPACK_IMPORTED_MODULE_0__/* .failTask */ .cN)(plan, (0,_state_js__WEBPACK_IMPORTED_MODULE_0__/* .setTask */ .Ee)(s, index, { remoteOutput: output }), index, failure, at)
        : s, state);
}
function isSpent(task, limits) {
    return task.pushes >= limits.maxPushAttempts;
}
/** Ends the candidates whose attempts have run out; only the branch, read again, can say that none of them landed. */
function endSpent(plan, state, limits, at) {
    const spent = (task) => isSpent(task, limits);
    if (!state.tasks.some(task => task.stage.kind === 'ready' && spent(task)))
        return state;
    // A push that a dead process had under way has no answer: its connection was lost.
    const { code: last, output } = state.lane.refused ?? { code: 'network', output: '' };
    const failure = { code: 'attempts', attempts: limits.maxPushAttempts, last, output };
    return endReady(plan, setLane(state, { failures: 0, unknowns: 0, waits: 0 }), failure, output, at, spent);
}


/***/ }),

/***/ 2545:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  Oi: () => (/* binding */ applyGated),
  eP: () => (/* binding */ applyPushed),
  YN: () => (/* binding */ applyStacked),
  gL: () => (/* binding */ beginLane),
  Rc: () => (/* binding */ laneStep)
});

// EXTERNAL MODULE: ./build/decide/lane-state.js
var lane_state = __webpack_require__(1135);
// EXTERNAL MODULE: ./build/decide/refusal.js
var decide_refusal = __webpack_require__(7281);
// EXTERNAL MODULE: ./build/decide/backoff.js
var backoff = __webpack_require__(5385);
// EXTERNAL MODULE: ./build/decide/state.js
var decide_state = __webpack_require__(1772);
;// CONCATENATED MODULE: ./build/decide/refused.js
/** What a refused push or an unreachable remote means for the candidates: wait, narrow down, or end. */




/** What failed for no known reason is tried again this often (SPEC section 6, `unknown`). */
const MAX_UNKNOWN = 3;
/**
 * A push of the tasks `pushed`, or a fetch (null), failed for a reason that lies with the remote or the branch, not
 * with a candidate. Whose attempts ran out with it ends when the branch was read again: see `endSpent`.
 */
function remoteFailed(plan, state, limits, refusal, pushed, at) {
    const { lane } = state;
    const retry = (0,decide_refusal/* retryOf */.W2)(refusal);
    const refused = { code: 'refused', refusal: refusal.code, output: refusal.output };
    if (retry === 'no') {
        const closed = (0,lane_state/* setLane */.xk)(state, { closed: refusal, groups: [] });
        return (0,lane_state/* endReady */.Vg)(plan, closed, refused, refusal.output, at);
    }
    const unknowns = lane.unknowns + (retry === 'limited' ? 1 : 0);
    if (unknowns > MAX_UNKNOWN) {
        // It may pass, and it may be about these tasks alone: what was not pushed with them goes on.
        const over = (0,lane_state/* setLane */.xk)(state, { unknowns: 0, unread: 0, failures: 0 });
        const which = (task) => pushed === null || pushed.includes(task.id);
        return (0,lane_state/* tidyGroups */.z9)((0,lane_state/* endReady */.Vg)(plan, over, refused, refusal.output, at, which));
    }
    const race = pushed !== null && refusal.code === 'race';
    const failures = lane.failures + (pushed === null ? 0 : 1);
    const unread = pushed === null ? lane.unread + 1 : 0;
    const waiting = (0,lane_state/* setLane */.xk)(state, {
        ...(0,backoff/* backoff */.JN)(failures, race, lane.waits, limits.pushBackoffMs),
        failures,
        unread,
        unknowns,
        stats: (0,lane_state/* count */.U9)(lane, { racesLost: lane.stats.racesLost + (race ? 1 : 0) }),
    });
    const attempts = limits.maxPushAttempts;
    if (unread < attempts)
        return waiting;
    // A remote that cannot even be read costs nobody a push, yet it must not be asked for ever.
    const spent = { code: 'attempts', attempts, last: refusal.code, output: refusal.output };
    return (0,lane_state/* tidyGroups */.z9)((0,lane_state/* endReady */.Vg)(plan, (0,lane_state/* setLane */.xk)(waiting, { unread: 0 }), spent, refusal.output, at));
}
/** A refusal that one candidate may have caused: halve the stack, or follow the words, until it is alone. */
function narrow(plan, state, tasks, suspects, refusal, at) {
    const [only] = tasks;
    if (tasks.length === 1 && only !== undefined) {
        const index = (0,decide_state/* indexOf */.qh)(plan, only);
        if (state.tasks[index]?.stage.kind !== 'ready')
            return state;
        const failure = { code: 'refused', refusal: refusal.code, output: refusal.output };
        const told = (0,decide_state/* setTask */.Ee)((0,lane_state/* setLane */.xk)(state, { failures: 0 }), index, { remoteOutput: refusal.output });
        return (0,lane_state/* tidyGroups */.z9)((0,lane_state/* giveBack */.F5)(plan, told, index, failure, at));
    }
    const named = tasks.filter(task => suspects.includes(task));
    const half = Math.ceil(tasks.length / 2);
    const parts = named.length > 0 && named.length < tasks.length
        ? [tasks.filter(task => !named.includes(task)), ...named.map(task => [task])]
        : [tasks.slice(0, half), tasks.slice(half)];
    const rest = state.lane.groups.map(group => group.filter(task => !tasks.includes(task)));
    return (0,lane_state/* tidyGroups */.z9)((0,lane_state/* setLane */.xk)(state, { groups: [...parts, ...rest] }));
}

// EXTERNAL MODULE: ./build/decide/search.js
var search = __webpack_require__(285);
// EXTERNAL MODULE: ./build/decide/task.js
var task = __webpack_require__(252);
;// CONCATENATED MODULE: ./build/decide/lane.js
/**
 * The landing lane, pure: what it does next, and what the answer changes. A merge queue without a server:
 * stack what is ready upon the tip, gate the top, push that very commit; on red, find the first red prefix,
 * land what is proven before it and blame the one that turned it. It performs nothing: see run/land.ts.
 */






/** What the lane does next; null: nothing is ready, or it is at it. */
function laneStep(plan, state, limits) {
    const { lane } = state;
    if (lane.busy || state.halt === 'signal')
        return null;
    if (lane.stack === null) {
        const ready = candidates(plan, state);
        if (ready.length === 0)
            return null;
        // Where attempts have run out, the branch is read once more all the same: an answer may have been lost.
        const tasks = ready
            .filter(task => !(0,lane_state/* isSpent */.Fh)(task, limits))
            .slice(0, lane.limit ?? ready.length)
            .map(({ id, candidate }) => ({ task: id, candidate }));
        return { kind: 'stack', tip: lane.tip, tasks, waitMs: lane.waitMs };
    }
    const { stack } = lane;
    if (limits.gate) {
        const found = (0,search/* search */.$)(prefix => verdictOf(lane, stack, prefix), stack.layers.length, limits.gateSlots);
        if (found.kind === 'gate') {
            // Two prefixes can have one tree: a candidate may take back what another brought.
            const trees = found.prefixes.map(prefix => treeOf(stack, prefix));
            const prefixes = found.prefixes.filter((_, i) => trees.indexOf(trees[i]) === i);
            const targets = prefixes.map(prefix => targetOf(plan, state, stack, prefix));
            return { kind: 'gate', targets, tip: stack.tip };
        }
    }
    return { kind: 'push', tip: stack.tip, layers: stack.layers, attempt: lane.failures + 1 };
}
/** What may land now, in queue order; kept work waits for what its task needs. */
function candidates(plan, state) {
    const [first] = state.lane.groups;
    const group = first ? new Set(first) : null;
    return state.tasks.filter((task, index) => task.stage.kind === 'ready' &&
        task.candidate !== null &&
        (group === null || group.has(task.id)) &&
        (0,decide_state/* needsMet */.Ki)(plan, state, index));
}
function treeOf(stack, prefix) {
    return stack.layers[prefix - 1]?.tree ?? stack.tipTree;
}
function verdictOf(lane, stack, prefix) {
    return lane.verdicts[treeOf(stack, prefix)];
}
function targetOf(plan, state, stack, prefix) {
    const last = stack.layers[prefix - 1];
    return {
        commit: last?.commit ?? stack.tip,
        tree: treeOf(stack, prefix),
        tasks: stack.layers.slice(0, prefix).map(layer => layer.task),
        n: last ? (state.tasks[(0,decide_state/* indexOf */.qh)(plan, last.task)]?.gates ?? 0) + 1 : 1,
    };
}
/** The step starts: what it costs is booked before it happens, so that a crash cannot hide it. */
function beginLane(plan, state, step) {
    const busy = (0,lane_state/* setLane */.xk)(state, { busy: true });
    switch (step.kind) {
        case 'stack':
            return busy;
        case 'gate':
            return step.targets.reduce((s, target) => {
                const last = target.tasks.at(-1);
                if (last === undefined)
                    return s;
                const index = (0,decide_state/* indexOf */.qh)(plan, last);
                return (0,decide_state/* setTask */.Ee)(s, index, { gates: (s.tasks[index]?.gates ?? 0) + 1 });
            }, busy);
        case 'push':
            return bookPush(plan, busy, step.layers.map(layer => layer.task), 1);
        default:
            return (0,task/* unreachable */.H)(step);
    }
}
/** One push attempt of these tasks; -1: it was not made after all. */
function bookPush(plan, state, tasks, change) {
    const stats = (0,lane_state/* count */.U9)(state.lane, { pushAttempts: state.lane.stats.pushAttempts + change });
    return tasks.reduce((s, task) => {
        const index = (0,decide_state/* indexOf */.qh)(plan, task);
        return (0,decide_state/* setTask */.Ee)(s, index, { pushes: (s.tasks[index]?.pushes ?? 0) + change });
    }, (0,lane_state/* setLane */.xk)(state, { stats }));
}
function applyStacked(plan, before, limits, result, at) {
    const state = (0,lane_state/* setLane */.xk)(before, { busy: false, waitMs: 0, stack: null });
    if (result.kind === 'unreachable')
        return remoteFailed(plan, state, limits, result.refusal, null, at);
    const { lane } = state;
    const { stack } = result;
    const known = stack.layers.length > 0 && verdictOf(lane, stack, stack.layers.length) !== undefined;
    const stacked = (0,lane_state/* setLane */.xk)(state, {
        tip: stack.tip,
        stack: stack.layers.length > 0 ? stack : null,
        red: false,
        unread: 0,
        stats: (0,lane_state/* count */.U9)(lane, {
            rounds: lane.stats.rounds + 1,
            gatesReused: lane.stats.gatesReused + (limits.gate && known ? 1 : 0),
        }),
    });
    // Also what was given up before the branch could be read again.
    const there = result.landed.reduce((s, { task, commit }) => (0,decide_state/* foundLanded */.dj)(plan, s, (0,decide_state/* indexOf */.qh)(plan, task), commit, at), stacked);
    const settled = result.noops.reduce((s, task) => {
        const index = (0,decide_state/* indexOf */.qh)(plan, task);
        if (s.tasks[index]?.stage.kind !== 'ready')
            return s;
        return (0,decide_state/* endTask */.ZJ)(plan, s, index, { outcome: 'unchanged', failure: null }, at);
    }, there);
    const lost = result.conflicts
        .filter(conflict => conflict.with === 'tip')
        .reduce((s, { task, files, how }) => (0,lane_state/* lose */.KU)(plan, s, limits, (0,decide_state/* indexOf */.qh)(plan, task), { kind: 'conflict', files, ...(how ? { how } : {}) }, at), settled);
    const inScope = (result.refused ?? [])
        .filter(refused => refused.with === 'tip')
        .reduce((s, { task, failure }) => {
        const index = (0,decide_state/* indexOf */.qh)(plan, task);
        return s.tasks[index]?.stage.kind === 'ready' ? (0,lane_state/* giveBack */.F5)(plan, s, index, failure, at) : s;
    }, lost);
    return judge(plan, (0,lane_state/* tidyGroups */.z9)((0,lane_state/* endSpent */.M6)(plan, inScope, limits, at)), limits, at);
}
function applyGated(plan, before, limits, results, at) {
    const said = results.filter(result => result.passed !== null);
    const { lane } = before;
    const state = (0,lane_state/* setLane */.xk)(before, {
        busy: false,
        verdicts: {
            ...lane.verdicts,
            ...Object.fromEntries(said.map(result => [result.tree, result.passed === true])),
        },
        reds: {
            ...lane.reds,
            ...Object.fromEntries(said.filter(r => !r.passed).map(result => [result.tree, result])),
        },
        stats: (0,lane_state/* count */.U9)(lane, {
            gatesRun: lane.stats.gatesRun + results.reduce((sum, result) => sum + result.runs, 0),
            gateFlakes: lane.stats.gateFlakes + said.filter(result => result.passed && result.runs > 1).length,
            gateSeconds: lane.stats.gateSeconds + results.reduce((sum, result) => sum + result.seconds, 0),
        }),
    });
    return judge(plan, state, limits, at);
}
/** Draws the conclusion when the verdicts allow one: the culprit leaves, the proven prefix stays to be pushed. */
function judge(plan, state, limits, at) {
    const { lane } = state;
    const { stack } = lane;
    if (stack === null || !limits.gate)
        return state;
    const found = (0,search/* search */.$)(prefix => verdictOf(lane, stack, prefix), stack.layers.length, limits.gateSlots);
    switch (found.kind) {
        case 'green':
        case 'gate':
            return state;
        case 'base-red':
            return (0,lane_state/* endReady */.Vg)(plan, (0,lane_state/* setLane */.xk)(state, { stack: null, groups: [] }), { code: 'base-red' }, '', at);
        case 'culprit': {
            const layer = stack.layers[found.prefix - 1];
            const gate = layer && lane.reds[layer.tree];
            if (!layer || !gate)
                throw new Error(`a culprit without a red gate at prefix ${found.prefix}`);
            const proven = stack.layers.slice(0, found.prefix - 1);
            const shrunk = (0,lane_state/* setLane */.xk)(state, {
                stack: proven.length > 0 ? { ...stack, layers: proven } : null,
                red: true,
                limit: Math.max(1, Math.floor(stack.layers.length / 2)),
            });
            return (0,lane_state/* tidyGroups */.z9)((0,lane_state/* lose */.KU)(plan, shrunk, limits, (0,decide_state/* indexOf */.qh)(plan, layer.task), { kind: 'gate', gate }, at));
        }
        default:
            return (0,task/* unreachable */.H)(found);
    }
}
function applyPushed(plan, before, limits, pushed, result, at) {
    const state = (0,lane_state/* setLane */.xk)(before, { busy: false, stack: null });
    const tasks = pushed.map(layer => layer.task);
    switch (result.kind) {
        case 'stopped':
            return bookPush(plan, state, tasks, -1);
        case 'landed':
            return landed(plan, state, limits, pushed, result.bypassed, at);
        case 'refused': {
            const told = (0,lane_state/* setLane */.xk)(state, { refused: result.refusal });
            return (0,decide_refusal/* scopeOf */.Od)(result.refusal) === 'candidate'
                ? narrow(plan, told, tasks, result.suspects, result.refusal, at)
                : remoteFailed(plan, told, limits, result.refusal, tasks, at);
        }
        default:
            return (0,task/* unreachable */.H)(result);
    }
}
function landed(plan, state, limits, layers, bypassed, at) {
    const { lane } = state;
    const grown = lane.limit !== null && limits.gate && !lane.red ? lane.limit + 1 : lane.limit;
    const next = (0,lane_state/* setLane */.xk)(state, {
        tip: layers.at(-1)?.commit ?? lane.tip,
        limit: grown !== null && limits.maxBatch > 0 ? Math.min(grown, limits.maxBatch) : grown,
        red: false,
        failures: 0,
        unknowns: 0,
        unread: 0,
        refused: null,
        waits: 0,
        stats: (0,lane_state/* count */.U9)(lane, { pushes: lane.stats.pushes + 1 }),
        bypassed: [...new Set([...lane.bypassed, ...bypassed])],
    });
    return (0,lane_state/* tidyGroups */.z9)(layers.reduce((s, layer) => (0,lane_state/* landTask */.Vs)(plan, s, layer, at), next));
}


/***/ }),

/***/ 7090:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   LD: () => (/* binding */ candidateMessage),
/* harmony export */   et: () => (/* binding */ subjectOf),
/* harmony export */   jX: () => (/* binding */ withTrailers)
/* harmony export */ });
/* harmony import */ var _problem_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6554);
/* harmony import */ var _text_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5810);
/* harmony import */ var _trailer_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4418);
/** The message of a candidate's commit (SPEC section 5). */



const MAX_BYTES = 64 * 1024;
/** The first of: the message file, the worker's single commit, the template; with the trailers joined to it. */
function candidateMessage(source) {
    const { task, commits } = source;
    const written = clean(source.messageFile ?? '');
    if (written !== '')
        return withTrailers(written, source.trailers);
    const theirs = commits.map(clean);
    const [single] = theirs;
    if (commits.length === 1 && single)
        return withTrailers(single, source.trailers);
    const text = (clean(fill(source.template, task)) || clean(task.title) || task.id).split('\n');
    return withTrailers(commits.length > 1 ? inOne(text, theirs) : text.join('\n'), source.trailers);
}
/** Of several commits the subjects as a list, and each trailer once: who signed off or took part is named. */
function inOne(text, commits) {
    const list = commits.map(subjectOf).flatMap(line => (line === '' ? [] : [`- ${line}`]));
    const said = new Set((0,_trailer_js__WEBPACK_IMPORTED_MODULE_1__/* .trailersOf */ .iA)(text).map(trailer => trailer.toLowerCase()));
    const missing = [];
    for (const trailer of commits.flatMap(message => (0,_trailer_js__WEBPACK_IMPORTED_MODULE_1__/* .trailersOf */ .iA)(message.split('\n')))) {
        const key = trailer.toLowerCase();
        if (!said.has(key))
            missing.push(trailer);
        said.add(key);
    }
    return (0,_trailer_js__WEBPACK_IMPORTED_MODULE_1__/* .joinTrailers */ .HL)((0,_trailer_js__WEBPACK_IMPORTED_MODULE_1__/* .joinText */ ._V)(text, list), missing).join('\n');
}
/**
 * A text as a commit message: subject, empty line, body, and the trailers where `git interpret-trailers` adds them: in
 * the block that is there, else as one. `Fanout-` trailers in the text never survive, so that nobody but the lane can
 * claim a landing. At most 64 KiB.
 */
function withTrailers(text, trailers) {
    const lines = (0,_trailer_js__WEBPACK_IMPORTED_MODULE_1__/* .trailerLines */ .Nx)(trailers);
    const block = lines.join('\n');
    const message = cut(clean(text), MAX_BYTES - (0,_problem_js__WEBPACK_IMPORTED_MODULE_2__/* .utf8Length */ .wI)(block) - 3);
    return `${(0,_trailer_js__WEBPACK_IMPORTED_MODULE_1__/* .joinTrailers */ .HL)(message.split('\n'), lines).join('\n')}\n`;
}
/** The first line of a message, as a report shows it; empty when there is none. */
function subjectOf(message) {
    return clean(message).split('\n', 1)[0] ?? '';
}
/** In one pass, so that a prompt that speaks of `{title}` stays as it is. */
function fill(template, task) {
    const values = {
        id: task.id,
        title: task.title,
        prompt: task.prompt ?? '',
    };
    return template.replace(/\{(id|title|prompt)\}/g, (_, name) => values[name] ?? '');
}
/**
 * No control sequences, no trailing blanks, no own trailers, nothing below the line where git cuts a message, single
 * empty lines, and one after the subject.
 */
function clean(text) {
    const plain = (0,_text_js__WEBPACK_IMPORTED_MODULE_0__/* .stripAnsi */ .aJ)(text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n'));
    const lines = (0,_trailer_js__WEBPACK_IMPORTED_MODULE_1__/* .withoutOwnTrailers */ .rF)((0,_trailer_js__WEBPACK_IMPORTED_MODULE_1__/* .aboveScissors */ .nv)(plain.split('\n').map(line => line.trimEnd())));
    const [subject = '', ...body] = lines.join('\n').trim().split('\n');
    const rest = body
        .join('\n')
        .trimEnd()
        .replace(/^\n+/, '')
        .replace(/\n{3,}/g, '\n\n');
    return rest === '' ? subject.trim() : `${subject.trim()}\n\n${rest}`;
}
function cut(text, bytes) {
    const encoded = new TextEncoder().encode(text);
    if (encoded.length <= bytes)
        return text;
    // A character cut in half at the end is dropped, not replaced.
    return new TextDecoder().decode(encoded.subarray(0, bytes), { stream: true }).trimEnd();
}


/***/ }),

/***/ 4076:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   K: () => (/* binding */ next)
/* harmony export */ });
/* harmony import */ var _lane_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2545);
/* harmony import */ var _state_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1772);
/** What may start now: at most as many workers as allowed, at most one step of the lane, and what ended tasks leave. */


function next(plan, state, limits) {
    const steps = [];
    for (const task of state.tasks) {
        if (task.finish === 'due')
            steps.push({ kind: 'finish', task: task.id });
    }
    const lane = (0,_lane_js__WEBPACK_IMPORTED_MODULE_0__/* .laneStep */ .Rc)(plan, state, limits);
    if (lane)
        steps.push(lane);
    if (state.halt !== null)
        return steps;
    const active = state.tasks.filter(({ stage }) => stage.kind === 'working' || stage.kind === 'remediating').length;
    steps.push(...starts(plan, state, limits, limits.workers - active));
    return steps;
}
/** Remediations first (their work is nearly home), then `doing` before `todo`, each in file order. */
function starts(plan, state, limits, free) {
    if (free <= 0)
        return [];
    const base = state.lane.tip;
    const remediations = [];
    const doing = [];
    const todo = [];
    state.tasks.forEach((task, index) => {
        if (task.stage.kind === 'handoff' && task.candidate) {
            const { candidate, remediations: done, stage } = task;
            remediations.push({
                kind: 'remediate',
                task: task.id,
                attempt: done + 1,
                base,
                candidate,
                handoff: stage.handoff,
            });
        }
        if (task.stage.kind !== 'waiting' || !(0,_state_js__WEBPACK_IMPORTED_MODULE_1__/* .needsMet */ .Ki)(plan, state, index))
            return;
        const step = { kind: 'work', task: task.id, attempt: task.workerRuns + 1, base };
        (plan.tasks[index]?.status === 'doing' ? doing : todo).push(step);
    });
    // A retry was started already; only first starts count against max-tasks.
    let left = limits.maxTasks > 0 ? limits.maxTasks - state.started : Number.POSITIVE_INFINITY;
    const allowed = [...doing, ...todo].filter(step => step.kind === 'work' && (step.attempt > 1 || left-- > 0));
    return [...remediations, ...allowed].slice(0, free);
}


/***/ }),

/***/ 598:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  XZ: () => (/* binding */ addTask),
  Q$: () => (/* binding */ archiveTask),
  bt: () => (/* binding */ copyTask),
  TH: () => (/* binding */ idOf),
  lU: () => (/* binding */ openDone)
});

// UNUSED EXPORTS: openLedger

// EXTERNAL MODULE: ./node_modules/yaml/dist/index.js
var dist = __webpack_require__(8815);
// EXTERNAL MODULE: ./node_modules/jsonc-parser/lib/umd/main.js
var main = __webpack_require__(9547);
;// CONCATENATED MODULE: ./build/decide/comments.js
/** The comments of a piece of a tasks file, for where the piece is written anew: they go with it whatever its form. */


// Enums of the scanner: const ones, which a module that is compiled alone cannot name.
const LINE_COMMENT = 12;
const BLOCK_COMMENT = 13;
const END = 17;
/** What each line of them says, without its mark, in reading order. */
function commentsIn(text, syntax) {
    return syntax === 'yaml' ? yamlComments(text) : jsonComments(text);
}
/** Lines of comments that say it. */
function asComments(comments, syntax) {
    const mark = syntax === 'yaml' ? '#' : '//';
    return comments.map(line => `${mark}${line}\n`).join('');
}
function yamlComments(text) {
    const found = [];
    let before = '';
    for (const token of new dist/* Lexer */.JG().lex(text)) {
        // The lexer marks the start of a scalar, whose text may begin like a comment.
        if (token.startsWith('#') && before !== '\u001f')
            found.push(token.slice(1).trimEnd());
        before = token;
    }
    return found;
}
function jsonComments(text) {
    const scanner = (0,main.createScanner)(text, false);
    const found = [];
    for (let kind = scanner.scan(); kind !== END; kind = scanner.scan()) {
        const value = text.slice(scanner.getTokenOffset(), scanner.getTokenOffset() + scanner.getTokenLength());
        if (kind === LINE_COMMENT)
            found.push(value.slice(2).trimEnd());
        if (kind !== BLOCK_COMMENT)
            continue;
        const lines = value
            .slice(2, -2)
            .split(/\r?\n/)
            .map(line => line.replace(/^\s*\*?(?=\s|$)/, '').trim());
        found.push(...lines.filter(line => line !== '').map(line => ` ${line}`));
    }
    return found;
}

// EXTERNAL MODULE: ./build/decide/splice-block.js
var splice_block = __webpack_require__(9661);
;// CONCATENATED MODULE: ./build/decide/splice-flow.js

/** Without one item, the comments directly above it and behind it on its line, and one comma. */
function cutFlow(text, listing, index) {
    const item = listing.items[index];
    if (item === undefined)
        return null;
    const previous = listing.items[index - 1];
    const before = gapOf(text, previous?.end ?? listing.open + 1, item.start, listing.comments);
    const after = gapOf(text, item.end, listing.items[index + 1]?.start ?? listing.close, listing.comments);
    const margin = item.start - (0,splice_block/* lineStart */.PT)(text, item.start);
    const body = dedent(text.slice(item.start, item.end), margin);
    const floor = Math.max(before.comma === null ? 0 : before.comma + 1, previous?.end ?? listing.open + 1);
    const alone = ownLines(text, item, after, listing);
    const orphan = after.comma === null && index > 0 ? before.comma : null;
    if (alone === null) {
        const { end, beside } = sharedLine(text, item.end, after, listing.items[index + 1]?.start ?? null);
        const moved = { above: '', body, beside };
        const blank = orphan !== null && text.slice(orphan + 1, item.start).trim() === '';
        if (blank)
            return { text: text.slice(0, orphan) + text.slice(end), moved };
        const kept = text.slice(0, item.start) + text.slice(end);
        return { text: without(kept, orphan), moved };
    }
    const start = withCommentsAbove(text, (0,splice_block/* lineStart */.PT)(text, item.start), floor, before.comments);
    const kept = text.slice(0, start) + text.slice((0,splice_block/* blankLinesEnd */.BQ)(text, alone.end));
    const above = dedent(text.slice(start, (0,splice_block/* lineStart */.PT)(text, item.start)), margin, true);
    return { text: without(kept, orphan), moved: { above, body, beside: alone.beside } };
}
/** With one more item after the last one. */
function appendFlow(text, listing, piece) {
    const eol = (0,splice_block/* eolOf */.Wl)(text);
    const last = listing.items.at(-1);
    const closing = (0,splice_block/* lineStart */.PT)(text, listing.close);
    const closingMargin = /^[ \t]*/.exec(text.slice(closing))?.[0] ?? '';
    const lines = (margin, comma) => margined(`${piece.above}${piece.body}${comma}${piece.beside}`, margin).replace(/\r?\n/g, eol);
    if (last === undefined) {
        const onOwnLine = text.slice(closing, listing.close).trim() === '' && closing > listing.open;
        const at = onOwnLine ? closing : listing.open + 1;
        const tail = onOwnLine ? '' : closingMargin;
        const head = onOwnLine ? '' : text.slice(listing.open + 1, listing.close).trimEnd() + eol;
        const rest = onOwnLine ? at : listing.close;
        return `${text.slice(0, at)}${head}${lines(`${closingMargin}  `, '')}${eol}${tail}${text.slice(rest)}`;
    }
    const after = gapOf(text, last.end, listing.close, listing.comments);
    const comma = after.comma === null ? '' : ',';
    const from = after.comma === null ? last.end : after.comma + 1;
    const joint = `${text.slice(0, last.end)}${after.comma === null ? ',' : ''}${text.slice(last.end, from)}`;
    const spread = text.slice(listing.open, listing.close).includes('\n');
    const simple = piece.above === '' && piece.beside === '' && !piece.body.includes('\n');
    if (!spread && simple)
        return `${joint} ${piece.body}${comma}${text.slice(from)}`;
    const [own] = /^[ \t]*/.exec(text.slice((0,splice_block/* lineStart */.PT)(text, last.start))) ?? [''];
    const margin = (0,splice_block/* lineStart */.PT)(text, last.start) + own.length === last.start ? own : `${closingMargin}  `;
    const endOfLine = Math.min((0,splice_block/* lineEnd */.kd)(text, from), listing.close);
    const beside = after.comments.filter(comment => comment.start >= from && comment.start < endOfLine).at(-1);
    const at = Math.max(from, beside?.end ?? from);
    // Behind a comment the bracket would be part of it.
    const closes = text.slice(at, (0,splice_block/* lineEnd */.kd)(text, at)).trim() !== '' && piece.beside !== '';
    const gap = spread && !closes ? '' : eol;
    return `${joint}${text.slice(from, at)}${eol}${lines(margin, comma)}${gap}${text.slice(at)}`;
}
/** The lines of a YAML list that say the same. */
function asBlock({ above, body, beside }) {
    return `${above}- ${body.replace(/\n(?=.*\S)/g, '\n  ')}${beside}\n`;
}
/** A new file with one item, in a list of its own or under the key `tasks`. */
function freshFlow(piece, wrapped, eol) {
    const body = `${piece.above}${piece.body}${piece.beside}`;
    const text = wrapped
        ? `{\n  "version": 1,\n  "tasks": [\n${margined(body, '    ')}\n  ]\n}\n`
        : `[\n${margined(body, '  ')}\n]\n`;
    return text.replace(/\r?\n/g, eol);
}
/** Every line that is not blank, behind a margin. */
function margined(lines, margin) {
    return lines
        .split('\n')
        .map(line => (line.trim() === '' ? line : margin + line))
        .join('\n');
}
/** Where the lines of an item end, when it shares them with no other item or bracket; with the comment behind it. */
function ownLines(text, item, after, listing) {
    const start = (0,splice_block/* lineStart */.PT)(text, item.start);
    if (start <= listing.open || text.slice(start, item.start).trim() !== '')
        return null;
    const from = after.comma === null ? item.end : after.comma + 1;
    let at = from;
    for (const comment of after.comments.filter(candidate => candidate.start >= from)) {
        if (/[^ \t]/.test(text.slice(at, comment.start)))
            break;
        at = comment.end;
    }
    const end = (0,splice_block/* lineEnd */.kd)(text, at);
    if (text.slice(at, end).trim() !== '')
        return null;
    const between = text.slice(item.end, after.comma ?? item.end).trim();
    const beside = [between, text.slice(from, at).trim()].filter(part => part !== '').join(' ');
    return { end, beside: beside === '' ? '' : ` ${beside}` };
}
/**
 * Where an item ends that shares its line with another one or a bracket, and the comment behind it that is its own:
 * the last thing on the line, and not the last item's, which may be about the whole line.
 */
function sharedLine(text, itemEnd, { comments, comma }, next) {
    if (comma === null)
        return { end: itemEnd, beside: '' };
    const line = (0,splice_block/* lineEnd */.kd)(text, comma);
    const alone = next !== null && next >= line;
    const own = comments.filter(comment => comment.start < comma || (alone && comment.end <= line));
    const beside = own.map(comment => ` ${text.slice(comment.start, comment.end)}`).join('');
    if (next === null)
        return { end: comma + 1, beside };
    const rest = comments[own.length];
    const end = rest === undefined ? next : Math.max(own.at(-1)?.end ?? 0, comma + 1);
    return { end, beside };
}
/** Comments that fill the lines right above a line, up to what stands before. */
function withCommentsAbove(text, line, floor, comments) {
    let start = line;
    for (const comment of comments.toReversed()) {
        const begin = (0,splice_block/* lineStart */.PT)(text, comment.start);
        const fills = begin >= floor && text.slice(begin, comment.start).trim() === '';
        if (!fills || (0,splice_block/* lineEnd */.kd)(text, Math.max(comment.start, comment.end - 1)) !== start)
            break;
        if (text.slice(comment.end, start).trim() !== '')
            break;
        start = begin;
    }
    return start;
}
/** The comments and the comma between two items. */
function gapOf(text, from, to, style) {
    const comments = [];
    let comma = null;
    for (let at = from; at < to;) {
        const end = commentEnd(text, at, style);
        if (end !== null)
            comments.push({ start: at, end });
        else if (text[at] === ',' && comma === null)
            comma = at;
        at = end ?? at + 1;
    }
    return { comments, comma };
}
/** The end of a comment that starts here, without the line break; null: none starts here. */
function commentEnd(text, at, style) {
    if (style === 'slashes' && text.startsWith('/*', at)) {
        const end = text.indexOf('*/', at + 2);
        return end < 0 ? text.length : end + 2;
    }
    if (!text.startsWith(style === 'slashes' ? '//' : '#', at))
        return null;
    const line = text.slice(at, (0,splice_block/* lineEnd */.kd)(text, at));
    return at + line.trimEnd().length;
}
function dedent(lines, columns, first = false) {
    const [head = '', ...rest] = lines.split('\n');
    const tail = rest.length === 0 ? '' : `\n${(0,splice_block/* indent */.pZ)(rest.join('\n'), -columns)}`;
    return (first ? (0,splice_block/* indent */.pZ)(head, -columns) : head) + tail;
}
function without(text, at) {
    return at === null ? text : text.slice(0, at) + text.slice(at + 1);
}

;// CONCATENATED MODULE: ./build/decide/stamp.js
/** Writes keys into the text of one JSON object, leaving its own layout and comments as they are. */


/** The object with these keys set, replaced where they are, else added at its end; null when it is no JSON object. */
function stampJson(object, keys) {
    const errors = [];
    const root = (0,main.parseTree)(object, errors, { allowTrailingComma: true });
    if (root?.type !== 'object' || errors.length > 0)
        return null;
    let text = object;
    const added = [];
    // From the back, so that the places of what comes before stay true.
    const present = Object.entries(keys).flatMap(([key, value]) => {
        const node = (0,main.findNodeAtLocation)(root, [key]);
        if (node === undefined)
            added.push(`${JSON.stringify(key)}: ${JSON.stringify(value)}`);
        return node === undefined ? [] : [{ node, value }];
    });
    const last = root.children?.at(-1);
    text = added.length === 0 ? text : insert(text, root, last, added);
    for (const { node, value } of present.sort((a, b) => b.node.offset - a.node.offset)) {
        text = text.slice(0, node.offset) + JSON.stringify(value) + text.slice(node.offset + node.length);
    }
    return text;
}
function insert(text, root, last, added) {
    if (last === undefined) {
        const at = root.offset + root.length - 1;
        return `${text.slice(0, at)}${added.join(', ')}${text.slice(at)}`;
    }
    const end = last.offset + last.length;
    const line = text.slice(text.lastIndexOf('\n', last.offset) + 1, last.offset);
    const joint = text.includes('\n') && line.trim() === '' ? `,${(0,splice_block/* eolOf */.Wl)(text)}${line}` : ', ';
    return `${text.slice(0, end)}${added.map(key => joint + key).join('')}${text.slice(end)}`;
}

// EXTERNAL MODULE: ./build/decide/task-file.js + 1 modules
var task_file = __webpack_require__(7039);
;// CONCATENATED MODULE: ./build/decide/queue.js
/** Bookkeeping: a task that lands moves from the tasks file to the done file, as splices of text. */






/** `doneText`: null or blank for a file that is to begin. */
function openLedger(tasksText, doneText) {
    const tasks = openTaskFile('the tasks file', tasksText);
    if ('problem' in tasks)
        return tasks;
    const done = openDone(doneText, tasks);
    return 'problem' in done ? done : { tasks, done };
}
function openDone(text, like) {
    const mark = text?.startsWith('\uFEFF') ? '\uFEFF' : '';
    if (text === null || text.slice(mark.length).trim() === '')
        return (0,task_file/* newTaskFile */.qZ)('the done file', mark, like);
    return (0,task_file/* openTaskFile */._H)('the done file', text);
}
/**
 * Takes exactly this task out of the tasks file and adds it at the end of the done file. All other bytes of both
 * stay. A fanout task gets `completed_at` and `run_key` (`run` is its command), a Ralph task `status: done`,
 * `updated_at` and `completed_at`. What was written is read back first: a result that says anything else than that
 * is a problem, never text.
 */
function archiveTask({ tasks, done }, format, id, stamp) {
    const index = tasks.tasks.findIndex(task => idOf(task) === id);
    const task = tasks.tasks[index];
    if (task === undefined)
        return { problem: `the tasks file holds no task '${id}'` };
    const keys = keysOf(format, stamp);
    const cut = cutTask(tasks, index, keys);
    if (cut === null)
        return { problem: `task '${id}' stands in a form that cannot be cut out of the tasks file` };
    const rest = (0,task_file/* edited */.oh)(tasks, cut.text, index, 1, []);
    if (rest === null)
        return { problem: `task '${id}' cannot be cut out of the tasks file: others use an anchor it defines` };
    const value = { ...task, ...keys };
    const archived = put(done, cut, value, (0,splice_block/* eolOf */.Wl)(tasks.text));
    if (archived !== null)
        return { tasks: rest, done: archived };
    return {
        problem: `task '${id}' cannot be added to the done file: its list is in a form that is not understood`,
    };
}
/** One more task at the end of the list, written in the file's own style; null: its form has no place for it. */
function addTask(file, value, eol = (0,splice_block/* eolOf */.Wl)(file.text)) {
    return added(file, written(value, [], file), value, eol);
}
/** One more task at the end of the list, as it is written in another file, with its comments; null as above. */
function copyTask(from, id, file) {
    const index = from.tasks.findIndex(task => idOf(task) === id);
    const cut = cutTask(from, index, {});
    return cut && put(file, cut, from.tasks[index], (0,splice_block/* eolOf */.Wl)(file.text));
}
/** The id of one item of a list; null: it has none. */
function idOf(task) {
    const id = task !== null && typeof task === 'object' && 'id' in task ? task.id : null;
    return typeof id === 'string' ? id : null;
}
const NO_FORM = { lines: null, piece: null };
function keysOf(format, stamp) {
    const { completedAt, runKey } = stamp;
    if (format === 'fanout')
        return { completed_at: completedAt, run_key: runKey };
    return { status: 'done', updated_at: completedAt, completed_at: completedAt };
}
function cutTask({ text, listing, syntax, tasks }, index, keys) {
    const task = tasks[index];
    if (task === undefined)
        return null;
    const lines = Object.entries(keys).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
    const fresh = !Object.keys(keys).some(key => key in task);
    if (listing?.kind === 'block') {
        const cut = (0,splice_block/* cutBlock */.ag)(text, listing, index, lines);
        const moved = fresh && cut ? { lines: cut.moved, piece: null } : NO_FORM;
        return cut && { text: cut.text, moved, comments: commentsIn(cut.moved, syntax) };
    }
    if (listing?.kind !== 'flow')
        return null;
    const cut = cutFlow(text, listing, index);
    if (cut === null)
        return null;
    const { above, body, beside } = cut.moved;
    const comments = commentsIn(above + body + beside, syntax);
    if (syntax === 'yaml') {
        const piece = { ...cut.moved, body: (0,splice_block/* intoFlowMap */.JN)(body, lines) };
        return { text: cut.text, moved: fresh ? { lines: asBlock(piece), piece } : NO_FORM, comments };
    }
    const stamped = stampJson(body, keys);
    const moved = stamped === null ? NO_FORM : { lines: null, piece: { ...cut.moved, body: stamped } };
    return { text: cut.text, moved, comments };
}
/** First the task as it was written; where that means something else in this file, written anew from its value. */
function put(file, { moved, comments }, value, eol) {
    return added(file, moved, value, eol) ?? added(file, written(value, comments, file), value, eol);
}
/** The task written anew, in the style of the list it goes to, its comments above it. */
function written(value, comments, { listing, syntax }) {
    const above = asComments(comments, syntax);
    if (syntax === 'jsonc' || listing?.kind === 'flow') {
        const body = JSON.stringify(value, null, syntax === 'jsonc' ? 2 : 0);
        return { lines: null, piece: { above, body, beside: '' } };
    }
    // Many readers are of YAML 1.1, where a bare `yes` is a boolean and a bare time is one.
    return { lines: above + (0,dist/* stringify */.As)([value], { lineWidth: 0, compat: 'yaml-1.1' }), piece: null };
}
function added(file, item, value, eol) {
    const text = withItem(file, item, eol);
    return text === null ? null : (0,task_file/* edited */.oh)(file, text, file.tasks.length, 0, [value]);
}
/** The text with the item at the end of its list; null when the item has no form that fits the list. */
function withItem({ text, listing, wrapped }, { lines, piece }, eol) {
    if (listing === null && lines !== null) {
        const head = wrapped ? `version: 1\ntasks:\n` : '';
        return (head + (0,splice_block/* indent */.pZ)(lines, wrapped ? 2 : 0)).replace(/\r?\n/g, eol);
    }
    switch (listing?.kind) {
        case undefined:
            return piece && freshFlow(piece, wrapped, eol);
        case 'flow':
            return piece && appendFlow(text, listing, piece);
        case 'block':
            return lines === null ? null : (0,splice_block/* appendBlock */.MY)(text, listing, lines);
        case 'none': {
            if (lines === null)
                return null;
            const at = listing.afterColon === null ? text.length : (0,splice_block/* lineEnd */.kd)(text, listing.afterColon);
            return (0,splice_block/* spliceLines */.Cu)(text, at, (0,splice_block/* indent */.pZ)(lines, wrapped ? 2 : 0));
        }
    }
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

/***/ 790:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   U: () => (/* binding */ resume),
/* harmony export */   W_: () => (/* binding */ sameRun),
/* harmony export */   kW: () => (/* binding */ candidatesOf),
/* harmony export */   p2: () => (/* binding */ withoutLost),
/* harmony export */   q4: () => (/* binding */ usableEvents),
/* harmony export */   q_: () => (/* binding */ finishedBefore)
/* harmony export */ });
/* harmony import */ var _apply_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6661);
/* harmony import */ var _state_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1772);
/** Taking up a run where an earlier process or attempt left it. The branch wins over the journal. */


/**
 * Run keys of one workflow run: `<run id>-<attempt>` with the same id. Keys of local runs belong together only
 * when they are equal.
 */
function sameRun(a, b) {
    if (a === b)
        return true;
    const id = (key) => /^(\d+)-\d+$/.exec(key)?.[1] ?? null;
    return id(a) !== null && id(a) === id(b);
}
/**
 * The state that a journal's events lead to, ready to go on: what was under way when the process ended starts
 * over, except that a finished worker's candidate goes straight to the lane. Events of tasks that are no longer
 * in the plan, or were redefined since (`same` says no), do not count.
 */
function resume(plan, start, limits, events, same) {
    const last = usableEvents(plan, events, same).reduce((s, event) => event.type === 'resumed' ? takenUp(plan, start, s, event.at) : replay(plan, s, limits, event), start);
    return takenUp(plan, start, last, events.at(-1)?.at ?? null);
}
/** One process ends, and the next goes on from what it left. */
function takenUp(plan, start, left, at) {
    const { stats, bypassed, refused, limit, verdicts, reds } = left.lane;
    const awake = {
        ...left,
        tasks: left.tasks.map(interrupted),
        halt: null,
        lane: { ...start.lane, stats, bypassed, refused, limit, verdicts, reds },
    };
    const woken = awake.tasks.reduce((s, task, index) => {
        const first = start.tasks[index];
        // What is not due now (`status`, `not-before`, `only`) sleeps on.
        if (first?.stage.kind === 'ended')
            return task.stage.kind === 'ended' ? s : (0,_state_js__WEBPACK_IMPORTED_MODULE_1__/* .setTask */ .Ee)(s, index, first);
        return wake(s, task.stage.kind, index);
    }, awake);
    return (0,_state_js__WEBPACK_IMPORTED_MODULE_1__/* .recount */ .d3)((0,_state_js__WEBPACK_IMPORTED_MODULE_1__/* .blockAll */ .pQ)(plan, woken, at));
}
/** What it leaves was being written: that starts over, unless it turns out not to have ended. */
function interrupted(task) {
    // Its worker was at work when the branch turned out to hold it.
    if (task.finish === 'none' && task.stage.kind === 'ended' && task.workerRuns > 0)
        return { ...task, finish: 'due' };
    if (task.finish !== 'running' && task.finish !== 'again')
        return task;
    return { ...task, finish: task.stage.kind === 'ended' ? 'due' : 'none' };
}
/** Those that say something of a task as it is defined now; a journal that goes on keeps no others. */
function usableEvents(plan, events, same) {
    return events.filter(event => concerns(event, task => plan.index.has(task) && same(task)));
}
/**
 * What the journal of an earlier attempt says was finished: its worker need not run again. A candidate counts as kept
 * work: where it cannot land, it makes way for a new run of the worker. Failed tasks are not among them: they start over.
 */
function finishedBefore(plan, start, limits, events, same) {
    const before = resume(plan, start, limits, events, same);
    return before.tasks.flatMap((task) => {
        const outcome = task.stage.kind === 'ended' ? task.stage.outcome : null;
        if (outcome === 'unchanged')
            return [{ task: task.id, found: { kind: 'unchanged' }, landed: null }];
        if (outcome === 'reverted' || !isFinished(task))
            return [];
        const candidate = { ...task.candidate, source: 'blocked' };
        const landed = outcome === 'landed' ? task.commit : null;
        return [{ task: task.id, found: { kind: 'candidate', candidate }, landed }];
    });
}
/** Whether its candidate is what a worker that ended well made, and not what is left of one that was stopped. */
function isFinished(task) {
    return task.candidate !== null && task.readyAt !== null;
}
/** Commits that a journal counts on, by task: what is not in the store any more cannot be taken up. */
function candidatesOf(events) {
    return events.flatMap(event => {
        const commit = candidateOf(event)?.commit;
        return commit !== undefined && 'task' in event ? [{ task: event.task, commit }] : [];
    });
}
/** Without the events of candidates that are gone: their workers start over. */
function withoutLost(events, lost) {
    return events.filter(event => !lost.has(candidateOf(event)?.commit));
}
function candidateOf(event) {
    switch (event.type) {
        case 'worked':
        case 'remediated':
            return event.result.kind === 'candidate' ? event.result.candidate : null;
        case 'found':
            return event.found.kind === 'candidate' ? event.found.candidate : null;
        default:
            return null;
    }
}
function concerns(event, usable) {
    switch (event.type) {
        case 'worked':
        case 'remediated':
        case 'finished':
        case 'found':
        case 'reverted':
            return usable(event.task);
        case 'began':
            return 'task' in event.step ? usable(event.step.task) : true;
        default:
            return true;
    }
}
/** Lane events are replayed for what they ended; a lane that refers to unknown tasks is left out. */
function replay(plan, state, limits, event) {
    try {
        return (0,_apply_js__WEBPACK_IMPORTED_MODULE_0__/* .apply */ .B)(plan, state, limits, event);
    }
    catch {
        return state;
    }
}
/** A run of the worker that never answered does not count. */
function startOver(state, index) {
    const workerRuns = Math.max(0, (state.tasks[index]?.workerRuns ?? 0) - 1);
    return (0,_state_js__WEBPACK_IMPORTED_MODULE_1__/* .setTask */ .Ee)(state, index, { stage: { kind: 'waiting' }, workerRuns });
}
const AGAIN = new Set(['cancelled', 'skipped', 'blocked']);
/** Also where a full disk or the like was to blame: that may be over. */
function mayEndOtherwise({ outcome, failure }) {
    return AGAIN.has(outcome) || failure?.code === 'workspace';
}
function wake(state, stage, index) {
    const task = state.tasks[index];
    if (!task)
        return state;
    switch (stage) {
        case 'working':
            return startOver(state, index);
        case 'handoff':
            return task.candidate === null ? startOver(state, index) : state;
        case 'remediating':
            if (task.stage.kind !== 'remediating')
                return state;
            // Its candidate is lost: see withoutLost.
            if (task.candidate === null)
                return startOver(state, index);
            return (0,_state_js__WEBPACK_IMPORTED_MODULE_1__/* .setTask */ .Ee)(state, index, {
                stage: { kind: 'handoff', handoff: task.stage.handoff },
                remediations: task.remediations - 1,
            });
        case 'ended':
            // Who is still blocked, or held back by a limit, ends so again.
            return task.stage.kind === 'ended' && mayEndOtherwise(task.stage) ? (0,_state_js__WEBPACK_IMPORTED_MODULE_1__/* .reopen */ .Ck)(state, index) : state;
        default:
            return state;
    }
}


/***/ }),

/***/ 7073:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   D: () => (/* binding */ checkScope),
/* harmony export */   a: () => (/* binding */ liftedBy)
/* harmony export */ });
/* harmony import */ var _globs_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5754);
/* harmony import */ var _place_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4398);


const SHOWN_PROBLEMS = 20;
const SUBMODULE = '160000';
const SYMLINK = '120000';
/**
 * The first 20 problems of all changed files and a count of the others, or too many files, or files that the remote would
 * refuse, or null. `twins`: of added paths that have one, in the tree that holds the changes.
 */
function checkScope(changes, rules, twins = new Map()) {
    const allowed = rules.paths.length === 0 ? () => true : (0,_globs_js__WEBPACK_IMPORTED_MODULE_0__/* .matcher */ .jN)(rules.paths, { ignoreCase: false });
    const isProtected = protection(rules);
    const problems = changes.flatMap(change => {
        const found = [
            (0,_place_js__WEBPACK_IMPORTED_MODULE_1__/* .pathProblem */ .z9)(change.path),
            kindProblem(change),
            allowed(change.path) ? null : "it is outside the task's paths",
            isProtected(change.path) ? 'it is protected (protected-paths)' : null,
            twinProblem(change, twins),
        ].filter(problem => problem !== null);
        return found.map(problem => `${(0,_place_js__WEBPACK_IMPORTED_MODULE_1__/* .shownPath */ .pS)(change.path)}: ${problem}`);
    });
    if (problems.length > 0) {
        const rest = problems.length - SHOWN_PROBLEMS;
        const more = rest > 0 ? [`and ${rest} more`] : [];
        return { code: 'out-of-scope', problems: [...problems.slice(0, SHOWN_PROBLEMS), ...more] };
    }
    const limit = rules.maxChangedFiles;
    if (limit > 0 && changes.length > limit)
        return { code: 'too-large', files: changes.length, limit };
    return tooLargeForRemote(changes, rules.maxFileBytes);
}
/** In the remote's own words for it: it would refuse the push. */
function tooLargeForRemote(changes, limit) {
    const large = changes.filter(({ size }) => limit !== null && size !== undefined && size > limit);
    if (limit === null || large.length === 0)
        return null;
    const inMebibytes = (bytes) => `${(bytes / 2 ** 20).toFixed(2)} MB`;
    const lines = large
        .slice(0, SHOWN_PROBLEMS)
        .map(({ path, size = 0 }) => `File ${(0,_place_js__WEBPACK_IMPORTED_MODULE_1__/* .shownPath */ .pS)(path)} is ${inMebibytes(size)}; this exceeds GitHub's file size limit of ${inMebibytes(limit)}`);
    return { code: 'refused', refusal: 'large-file', output: lines.join('\n') };
}
function kindProblem(change) {
    if (change.mode === SUBMODULE || change.oldMode === SUBMODULE)
        return 'it is a submodule, which tasks cannot change';
    if (change.kind === 'deleted' || change.mode !== SYMLINK)
        return null;
    // Git follows .gitmodules where a checkout put it, so a link there could point anywhere.
    if (/(^|\/)\.gitmodules$/i.test(change.path))
        return 'it is a symbolic link in place of a file that git reads';
    const problem = (0,_place_js__WEBPACK_IMPORTED_MODULE_1__/* .linkProblem */ .kD)(change.path, change.target);
    return problem === null ? null : `it is a symbolic link and ${problem}`;
}
/**
 * The protected globs that a task with these paths may change all the same: those whose literal part one of its paths
 * begins with. A glob that begins with a special character has none: there only the very same glob lifts it.
 */
function liftedBy(paths, protectedPaths) {
    return protectedPaths.filter(glob => {
        const literal = (0,_globs_js__WEBPACK_IMPORTED_MODULE_0__/* .literalPart */ .Dz)(glob);
        return paths.some(own => (literal === '' ? own === glob : literalPrefix(own).startsWith(literal)));
    });
}
function protection(rules) {
    const lifted = liftedBy(rules.paths, rules.protectedPaths);
    const held = rules.protectedPaths.filter(glob => !lifted.includes(glob));
    if (held.length === 0)
        return () => false;
    const matches = (0,_globs_js__WEBPACK_IMPORTED_MODULE_0__/* .matcher */ .jN)(held, { ignoreCase: true });
    const literals = held.map(glob => (0,_place_js__WEBPACK_IMPORTED_MODULE_1__/* .foldPath */ .tu)((0,_globs_js__WEBPACK_IMPORTED_MODULE_0__/* .literalPart */ .Dz)(glob)));
    // A file in place of a directory on the way to protected ones would take them all away.
    return path => matches(path) || literals.some(literal => literal.startsWith(`${(0,_place_js__WEBPACK_IMPORTED_MODULE_1__/* .foldPath */ .tu)(path)}/`));
}
/** Where a glob leads; a plain name leads to all below it. */
function literalPrefix(glob) {
    const literal = (0,_globs_js__WEBPACK_IMPORTED_MODULE_0__/* .literalPart */ .Dz)(glob);
    return literal === glob ? `${literal}/` : literal;
}
/** A checkout on such a file system would hold one of the two. */
function twinProblem({ path, kind }, twins) {
    const twin = twins.get(path);
    if (kind !== 'added' || twin === undefined)
        return null;
    if (twin.kind === 'name')
        return `its name differs from ${(0,_place_js__WEBPACK_IMPORTED_MODULE_1__/* .shownPath */ .pS)(twin.other)} only in case`;
    return `its folder ${(0,_place_js__WEBPACK_IMPORTED_MODULE_1__/* .shownPath */ .pS)(twin.folder)}/ differs from the file ${(0,_place_js__WEBPACK_IMPORTED_MODULE_1__/* .shownPath */ .pS)(twin.file)} only in case`;
}


/***/ }),

/***/ 285:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $: () => (/* binding */ search)
/* harmony export */ });
/* unused harmony export spread */
/** `verdict(i)`: what is known of prefix i, `undefined` if nothing. `length` >= 1. */
function search(verdict, length, slots) {
    const top = verdict(length);
    if (top === undefined)
        return { kind: 'gate', prefixes: [length] };
    if (top)
        return { kind: 'green' };
    let red = length;
    for (let i = 1; i < length; i++) {
        if (verdict(i) === false) {
            red = i;
            break;
        }
    }
    let green = red - 1;
    while (green > 0 && verdict(green) !== true)
        green--;
    if (red - green > 1)
        return { kind: 'gate', prefixes: spread(green, red, slots) };
    if (green > 0)
        return { kind: 'culprit', prefix: red };
    const tip = verdict(0);
    if (tip === undefined)
        return { kind: 'gate', prefixes: [0] };
    return tip ? { kind: 'culprit', prefix: red } : { kind: 'base-red' };
}
/** At most `count` whole numbers strictly between `low` and `high`, evenly spread, ascending. */
function spread(low, high, count) {
    const parts = Math.min(count, high - low - 1) + 1;
    return Array.from({ length: parts - 1 }, (_, i) => low + Math.floor(((high - low) * (i + 1)) / parts));
}


/***/ }),

/***/ 9661:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   BQ: () => (/* binding */ blankLinesEnd),
/* harmony export */   Cu: () => (/* binding */ spliceLines),
/* harmony export */   JN: () => (/* binding */ intoFlowMap),
/* harmony export */   MY: () => (/* binding */ appendBlock),
/* harmony export */   PT: () => (/* binding */ lineStart),
/* harmony export */   Wl: () => (/* binding */ eolOf),
/* harmony export */   ag: () => (/* binding */ cutBlock),
/* harmony export */   kd: () => (/* binding */ lineEnd),
/* harmony export */   pZ: () => (/* binding */ indent)
/* harmony export */ });
/* harmony import */ var yaml__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8815);
/** Takes an item out of a YAML list of `- ` lines, and puts one in, touching no other character. */

/** Document, end of a document's flow, scalar: control characters that the lexer puts between tokens. */
const MARKS = ['\u0002', '\u0018', '\u001f'];
/**
 * Without one item, the comments directly above it, and the blank lines that set it off from the next. An emptied
 * list stays a list: `[]`. `added`: keys with their values, which go to the end of the moved item's map.
 */
function cutBlock(text, listing, index, added) {
    const item = listing.items[index];
    if (item === undefined || text.slice(lineStart(text, item.dash), item.dash).trim() !== '')
        return null;
    const floor = listing.items[index - 1]?.end ?? 0;
    const start = withCommentsAbove(text, item, floor);
    const ceiling = listing.items[index + 1]?.dash ?? text.length;
    const contentEnd = Math.min(lineEnd(text, item.end), ceiling);
    const end = withOwnComments(text, contentEnd, item.column, ceiling);
    const keys = added.map(line => `${' '.repeat(item.keyColumn ?? 0)}${line}\n`).join('');
    const lines = item.keyColumn === null
        ? intoFlowMap(text.slice(start, item.end), added) + text.slice(item.end, end)
        : closed(text.slice(start, contentEnd)) + keys + text.slice(contentEnd, end);
    const moved = indent(closed(lines), -item.column);
    const after = blankLinesEnd(text, end);
    const rest = text.slice(0, start) + text.slice(after);
    if (listing.items.length > 1)
        return { text: rest, moved };
    if (listing.afterColon === null)
        return { text: `${text.slice(0, start)}[]${eolOf(text)}${text.slice(after)}`, moved };
    // Behind the list's own anchor and tag, which stand before the brackets as they did before the dashes.
    const properties = /^(?:\s+[&!]\S*)*/.exec(text.slice(listing.afterColon, start))?.[0] ?? '';
    const at = listing.afterColon + properties.length;
    return { text: `${rest.slice(0, at)} []${rest.slice(at)}`, moved };
}
/** A YAML text that ends in a map in braces, with keys at the end of that map; as it is, where it does not. */
function intoFlowMap(text, added) {
    if (added.length === 0 || !text.endsWith('}'))
        return text;
    let end = 0;
    let last = { end, token: '' };
    for (const token of new yaml__WEBPACK_IMPORTED_MODULE_0__/* .Lexer */ .JG().lex(text.slice(0, -1))) {
        // The lexer's marks are not in the text.
        if (MARKS.includes(token))
            continue;
        end += token.length;
        if (/^[^\s#]/.test(token))
            last = { end, token };
    }
    const joint = last.token === ',' ? ' ' : ', ';
    return `${text.slice(0, last.end)}${joint}${added.join(', ')}${text.slice(last.end)}`;
}
/** With the lines of one more item (dedented, `- ` at column 0) after the last one. */
function appendBlock(text, listing, item) {
    const last = listing.items.at(-1);
    if (last === undefined)
        return null;
    const end = withOwnComments(text, lineEnd(text, last.end), last.column, text.length);
    // Blank lines that an item ends in may be part of it, and so would those be that come after.
    const at = /\n\s*\n$/.test(item) ? blankLinesEnd(text, end) : end;
    return spliceLines(text, at, indent(item, last.column));
}
/** Whole lines put in at the start of a line, in the line endings of the text around them. */
function spliceLines(text, at, lines) {
    const eol = eolOf(text);
    const before = text.slice(0, at);
    const gap = before === '' || before.endsWith('\n') ? '' : eol;
    return before + gap + lines.replace(/\r?\n/g, eol) + text.slice(at);
}
/** Every line that is not blank moved right, or left as far as its own blanks go. */
function indent(lines, columns) {
    const margin = ' '.repeat(Math.max(0, columns));
    const excess = new RegExp(`^[ \\t]{0,${Math.max(0, -columns)}}`);
    return lines
        .split('\n')
        .map(line => (line.trim() === '' ? line : margin + line.replace(excess, '')))
        .join('\n');
}
/** The line ending that a text uses. */
function eolOf(text) {
    return /\r?\n/.exec(text)?.[0] ?? '\n';
}
function lineStart(text, offset) {
    return offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
}
/** After the line break of the line that holds `offset`. */
function lineEnd(text, offset) {
    const at = text.indexOf('\n', offset);
    return at < 0 ? text.length : at + 1;
}
/** After the blank lines that begin at a line's start. */
function blankLinesEnd(text, start) {
    let end = start;
    while (end < text.length && text.slice(end, lineEnd(text, end)).trim() === '')
        end = lineEnd(text, end);
    return end;
}
function closed(lines) {
    return lines.endsWith('\n') ? lines : `${lines}\n`;
}
/** Comment lines right above the dash; deeper ones belong to the item before, an editor's mode line to the file. */
function withCommentsAbove(text, item, floor) {
    let start = lineStart(text, item.dash);
    while (start > 0) {
        const above = lineStart(text, start - 1);
        const [, margin] = /^( *)#(?! *yaml-language-server:)/.exec(text.slice(above, start)) ?? [];
        if (above < floor || margin === undefined || margin.length > item.column)
            break;
        start = above;
    }
    return start;
}
/** Comment lines below an item that stand deeper than its dash are its own. */
function withOwnComments(text, start, column, ceiling) {
    let end = start;
    for (let at = blankLinesEnd(text, end); at < ceiling; at = blankLinesEnd(text, end)) {
        const [, margin] = /^( *)#/.exec(text.slice(at, lineEnd(text, at))) ?? [];
        if (margin === undefined || margin.length <= column)
            break;
        end = lineEnd(text, at);
    }
    return end;
}


/***/ }),

/***/ 1772:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   BZ: () => (/* binding */ dueAgain),
/* harmony export */   Ck: () => (/* binding */ reopen),
/* harmony export */   Ee: () => (/* binding */ setTask),
/* harmony export */   Ki: () => (/* binding */ needsMet),
/* harmony export */   T4: () => (/* binding */ endStranded),
/* harmony export */   ZJ: () => (/* binding */ endTask),
/* harmony export */   cN: () => (/* binding */ failTask),
/* harmony export */   d3: () => (/* binding */ recount),
/* harmony export */   dj: () => (/* binding */ foundLanded),
/* harmony export */   pQ: () => (/* binding */ blockAll),
/* harmony export */   qh: () => (/* binding */ indexOf),
/* harmony export */   ue: () => (/* binding */ initialState)
/* harmony export */ });
/* unused harmony export meets */
/* harmony import */ var _failure_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7071);
/** The first state of a run, and the small changes of one task that every rule is made of. */

/** `now`: milliseconds since the epoch. `only`: ids to run, with what they need taken as met; empty: all. */
function initialState(plan, tip, maxBatch, only, now) {
    const chosen = only.length > 0 ? new Set(only) : null;
    const tasks = plan.tasks.map((task) => {
        const failure = reasonToSkip(task, chosen, now);
        return {
            id: task.id,
            stage: failure ? { kind: 'ended', outcome: 'skipped', failure } : { kind: 'waiting' },
            candidate: null,
            commit: null,
            workerRuns: 0,
            pushes: 0,
            remediations: 0,
            gates: 0,
            redGate: null,
            remoteOutput: '',
            startedAt: null,
            readyAt: null,
            finishedAt: null,
            seconds: { workspace: 0, worker: 0, landing: 0 },
            exitCode: null,
            finish: 'none',
            files: [],
        };
    });
    const state = {
        tasks,
        lane: {
            tip,
            busy: false,
            stack: null,
            red: false,
            verdicts: {},
            reds: {},
            limit: maxBatch > 0 ? maxBatch : null,
            groups: [],
            failures: 0,
            unknowns: 0,
            unread: 0,
            refused: null,
            waits: 0,
            waitMs: 0,
            closed: null,
            stats: {
                pushes: 0,
                pushAttempts: 0,
                racesLost: 0,
                rounds: 0,
                gatesRun: 0,
                gatesReused: 0,
                gateFlakes: 0,
                gateSeconds: 0,
            },
            bypassed: [],
        },
        halt: null,
        started: 0,
        failed: 0,
    };
    return blockAll(plan, state, null);
}
function reasonToSkip(task, chosen, now) {
    if (chosen && !chosen.has(task.id))
        return { code: 'only' };
    if (task.status !== 'todo' && task.status !== 'doing')
        return { code: 'status', status: task.status };
    if (task.notBefore !== null && Date.parse(task.notBefore) > now)
        return { code: 'not-before', time: task.notBefore };
    return null;
}
function indexOf(plan, id) {
    const index = plan.index.get(id);
    if (index === undefined)
        throw new Error(`no task ${id} in the plan`);
    return index;
}
function setTask(state, index, change) {
    const task = state.tasks[index];
    if (!task)
        throw new Error(`no task number ${index}`);
    return { ...state, tasks: state.tasks.with(index, { ...task, ...change }) };
}
/** Whether a task that needs this one may start. */
function meets(task) {
    if (task.stage.kind !== 'ended')
        return false;
    const { outcome, failure } = task.stage;
    if (outcome === 'landed' || outcome === 'unchanged')
        return true;
    if (failure?.code === 'status')
        return failure.status === 'done';
    return failure?.code === 'only' || failure?.code === 'already-landed';
}
/** Whether everything that task `index` needs has ended well. */
function needsMet(plan, state, index) {
    return (plan.needs[index] ?? []).every(need => {
        const needed = state.tasks[need];
        return needed !== undefined && meets(needed);
    });
}
/** Ends a task; whoever waits for it in vain ends with it, at once and by name. */
function endTask(plan, state, index, end, at) {
    return state.tasks[index]?.stage.kind === 'ended'
        ? state
        : blockDependants(plan, endAlone(state, index, end, at), index, at);
}
function endAlone(state, index, end, at) {
    const before = state.tasks[index];
    if (!before)
        throw new Error(`no task number ${index}`);
    const landing = before.readyAt && at
        ? Math.max(0, Date.parse(at) - Date.parse(before.readyAt)) / 1000
        : before.seconds.landing;
    const ended = setTask(state, index, {
        stage: { kind: 'ended', ...end },
        finishedAt: at,
        seconds: { ...before.seconds, landing },
        finish: before.workerRuns > 0 || before.candidate ? dueAgain(before) : 'none',
    });
    return { ...ended, failed: ended.failed + (isFailed(ended.tasks[index]) ? 1 : 0) };
}
/** Never two at a time: they would write the same files. */
function dueAgain(task) {
    return task?.finish === 'running' || task?.finish === 'again' ? 'again' : 'due';
}
/** What `max-failures` counts. */
function isFailed(task) {
    return (task?.stage.kind === 'ended' && (task.stage.outcome === 'failed' || task.stage.outcome === 'blocked-push'));
}
/** What counts over all tasks, counted anew. */
function recount(state) {
    return {
        ...state,
        started: state.tasks.filter(task => task.workerRuns > 0).length,
        failed: state.tasks.filter(isFailed).length,
    };
}
/** An ended task that may go on after all: what its worker finished goes to the lane, anything else starts over. */
function reopen(state, index) {
    const task = state.tasks[index];
    // What is left of a worker that was stopped is no candidate.
    const finished = task !== undefined && task.candidate !== null && task.readyAt !== null;
    return setTask(state, index, {
        stage: finished ? { kind: 'ready' } : { kind: 'waiting' },
        ...(finished ? {} : { candidate: null }),
        finish: 'none',
        finishedAt: null,
    });
}
/** The branch holds it, whatever else was said of it; who was blocked by it may go on. */
function foundLanded(plan, before, index, commit, at) {
    const open = setTask(before, index, { commit, stage: { kind: 'waiting' } });
    const ended = endTask(plan, open, index, { outcome: 'landed', failure: null }, at);
    // Also where this process did nothing for it: markers and bundles of an earlier one may say otherwise. Whoever is at
    // work on it still needs its folder.
    const task = before.tasks[index];
    const atWork = task?.stage.kind === 'working' || task?.stage.kind === 'remediating';
    const landed = setTask(ended, index, { finish: atWork ? 'none' : dueAgain(task) });
    const freed = landed.tasks.reduce((s, task, i) => (task.stage.kind === 'ended' && task.stage.outcome === 'blocked' ? reopen(s, i) : s), landed);
    return recount(blockAll(plan, freed, at));
}
function failTask(plan, state, index, failure, at) {
    return endTask(plan, state, index, { outcome: (0,_failure_js__WEBPACK_IMPORTED_MODULE_0__/* .outcomeOf */ .sG)(failure), failure }, at);
}
function isLost(task) {
    return task?.stage.kind === 'ended' && !meets(task);
}
/** Kept work whose task needs one that is not to run any more: it ends for the same reason. */
function endStranded(plan, state, at) {
    const next = state.tasks.reduce((s, task, index) => {
        if (task.stage.kind !== 'ready')
            return s;
        // Looked at with every event: nothing is made for those that need nothing.
        const lost = plan.needs[index]?.find(need => isLost(s.tasks[need]));
        const stage = lost === undefined ? undefined : s.tasks[lost]?.stage;
        const failure = stage?.kind === 'ended' ? stage.failure : null;
        return failure ? failTask(plan, s, index, failure, at) : s;
    }, state);
    return next === state ? state : endStranded(plan, next, at);
}
const GENERAL = new Set([
    'max-tasks',
    'max-failures',
    'signal',
    'stop',
    'deadline',
]);
/** Blocks whoever waits for a task that has ended in vain. */
function blockAll(plan, state, at) {
    return state.tasks.reduce((s, _, index) => blockDependants(plan, s, index, at), state);
}
/** Not recursive: a chain of needs may be as long as the file. */
function blockDependants(plan, before, index, at) {
    let state = before;
    const open = [index];
    for (const blocker of open) {
        const task = state.tasks[blocker];
        if (task?.stage.kind !== 'ended' || meets(task))
            continue;
        const { failure } = task.stage;
        // A limit or a halt holds back the rest for its own sake, not for this task's.
        if (failure && GENERAL.has(failure.code))
            continue;
        const above = failure?.code === 'dependency' ? failure.blockedBy : [];
        const end = { code: 'dependency', blockedBy: [...new Set([...above, task.id])] };
        for (const dependant of plan.dependants[blocker] ?? []) {
            const stage = state.tasks[dependant]?.stage.kind;
            // Ready before what it needs has ended: work that an earlier run kept.
            if (stage !== 'waiting' && stage !== 'ready')
                continue;
            state = endAlone(state, dependant, { outcome: (0,_failure_js__WEBPACK_IMPORTED_MODULE_0__/* .outcomeOf */ .sG)(end), failure: end }, at);
            open.push(dependant);
        }
    }
    return state;
}


/***/ }),

/***/ 9132:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   i5: () => (/* binding */ revertMessage),
/* harmony export */   mr: () => (/* binding */ toldFindings),
/* harmony export */   w2: () => (/* binding */ triesAgain)
/* harmony export */ });
/* harmony import */ var _message_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7090);
/* harmony import */ var _plain_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(977);
/* harmony import */ var _refusal_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7281);
/* harmony import */ var _trailer_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4418);




function revertMessage(task, commit, message, runKey) {
    const text = `Revert "${(0,_message_js__WEBPACK_IMPORTED_MODULE_0__/* .subjectOf */ .et)(message)}"\n\nThis reverts commit ${commit}: the verification fails with it.`;
    // Of two tasks of one id it is the one that is defined so.
    return (0,_message_js__WEBPACK_IMPORTED_MODULE_0__/* .withTrailers */ .jX)(text, { reverts: task, run: runKey, fingerprint: (0,_trailer_js__WEBPACK_IMPORTED_MODULE_3__/* .parseTrailers */ .aw)(message).fingerprint });
}
/** Whether reverts go on after their `tries`th refusal; `lane`: as that left it. */
function triesAgain(refusal, tries, lane, limits) {
    if (lane.closed !== null || tries >= limits.maxPushAttempts)
        return false;
    const retry = (0,_refusal_js__WEBPACK_IMPORTED_MODULE_2__/* .retryOf */ .W2)(refusal);
    // The lane starts to count anew where unknown refusals were too many.
    return retry === 'yes' || (retry === 'limited' && lane.unknowns > 0);
}
/** What the search came to, in a sentence or two. */
function toldFindings({ end }, facts) {
    const others = facts.culprits.filter(task => task !== facts.stuck);
    const blamed = others.length > 0 ? `The verification fails because of ${(0,_plain_js__WEBPACK_IMPORTED_MODULE_1__/* .listed */ .KE)(others, 10)}. ` : '';
    switch (end) {
        case 'green':
            return `${blamed}Without ${others.length === 1 ? 'it' : 'them'}, it passes.`;
        case 'flaky':
            return 'The verification failed once and passed when it ran again: it is flaky. Nobody is blamed.';
        case 'base-red':
            return `The verification already fails on ${facts.base.slice(0, 7)}, where this run began: no task is to blame, and nothing is reverted.`;
        case 'others':
            return `${blamed}${blamed === '' ? 'What turned the verification red' : 'What else turns it red'} is no commit of this run's tasks: it is left to whoever pushed it.`;
        case 'conflict':
            return `${blamed}${facts.stuck} turned ${blamed === '' ? 'the verification' : 'it'} red, but its revert conflicts with what landed after it. That is left for a person.`;
    }
}


/***/ }),

/***/ 7039:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  oh: () => (/* binding */ edited),
  qZ: () => (/* binding */ newTaskFile),
  _H: () => (/* binding */ openTaskFile),
  FB: () => (/* binding */ same),
  b6: () => (/* binding */ textOf)
});

// EXTERNAL MODULE: ./build/decide/fields.js
var fields = __webpack_require__(7860);
// EXTERNAL MODULE: ./build/decide/json.js
var json = __webpack_require__(6107);
// EXTERNAL MODULE: ./node_modules/jsonc-parser/lib/umd/main.js
var main = __webpack_require__(9547);
// EXTERNAL MODULE: ./node_modules/yaml/dist/index.js
var dist = __webpack_require__(8815);
// EXTERNAL MODULE: ./build/decide/yaml.js
var yaml = __webpack_require__(1906);
;// CONCATENATED MODULE: ./build/decide/listing.js
/** Where the items of a task list stand in its text, to the character: what splices need and a tree does not tell. */



/** The list of tasks of a text that is known to be well-formed, without its byte order mark. */
function listingOf(text, syntax) {
    if (syntax === 'yaml')
        return yamlListing(text);
    const listing = jsonListing(text);
    return listing && { listing, linked: false };
}
function jsonListing(text) {
    const root = (0,main.parseTree)(text, [], { allowTrailingComma: true });
    const node = root?.type === 'object' ? (0,main.findNodeAtLocation)(root, ['tasks']) : root;
    if (node?.type !== 'array')
        return null;
    const items = (node.children ?? []).map(child => ({
        start: child.offset,
        end: child.offset + child.length,
    }));
    return { kind: 'flow', open: node.offset, close: node.offset + node.length - 1, items, comments: 'slashes' };
}
function yamlListing(text) {
    const document = (0,dist/* parseDocument */.Tp)(text, { ...yaml/* PARSING */.t, keepSourceTokens: true });
    const listing = listingIn(document.contents, text);
    let linked = false;
    (0,dist/* visit */.YR)(document, {
        Alias: () => {
            linked = true;
            return dist/* visit */.YR.BREAK;
        },
    });
    return listing && { listing, linked };
}
function listingIn(contents, text) {
    const afterColon = (0,dist/* isMap */.jh)(contents) ? colonOf(contents) : null;
    const node = (0,dist/* isMap */.jh)(contents) ? contents.get('tasks', true) : contents;
    if ((0,dist/* isSeq */.oP)(node))
        return node.flow ? yamlFlow(node) : yamlBlock(text, node, afterColon);
    const empty = node === null || ((0,dist/* isScalar */.jn)(node) && node.value === null && node.source === '');
    return empty && (contents === null || !(0,dist/* isMap */.jh)(contents) || afterColon !== null)
        ? { kind: 'none', afterColon }
        : null;
}
function colonOf(map) {
    const position = map.items.findIndex(pair => (0,dist/* isScalar */.jn)(pair.key) && pair.key.value === 'tasks');
    const token = map.srcToken;
    if (token?.type !== 'block-map')
        return null;
    const colon = token.items[position]?.sep?.find(part => part.type === 'map-value-ind');
    return colon === undefined ? null : colon.offset + 1;
}
/** What stands before an item of a list in brackets and is not its own. */
const BETWEEN = ['comma', 'space', 'newline', 'comment'];
function yamlFlow(node) {
    const [open, end] = node.range ?? [];
    if (open === undefined || end === undefined)
        return null;
    const tokens = node.srcToken?.type === 'flow-collection' ? node.srcToken.items : [];
    const items = node.items.map((item, index) => {
        const [start, stop] = (0,dist/* isNode */.Ll)(item) && item.range ? item.range : [0, 0];
        // A node's own place is behind its anchor and its tag.
        const own = tokens[index]?.start.find(part => !BETWEEN.includes(part.type));
        return { start: own?.offset ?? start, end: stop };
    });
    return { kind: 'flow', open, close: end - 1, items, comments: 'hash' };
}
function yamlBlock(text, node, afterColon) {
    const token = node.srcToken;
    if (token?.type !== 'block-seq')
        return null;
    const dashes = token.items.flatMap(item => item.start.filter(part => part.type === 'seq-item-ind'));
    const items = node.items.map((item, index) => {
        const dash = dashes[index]?.offset ?? 0;
        const start = (0,dist/* isNode */.Ll)(item) && item.range ? item.range[0] : dash + 1;
        return {
            dash,
            column: columnOf(text, dash),
            keyColumn: (0,dist/* isMap */.jh)(item) && !item.flow ? columnOf(text, start) : null,
            end: dash + saidBy(item, text.slice(dash, Math.max(endOf(item), dash + 1)), text),
        };
    });
    return { kind: 'block', items, afterColon };
}
/** How much of an item's text counts: blank lines at its end do where a block scalar keeps them (`|+`). */
function saidBy(item, said, text) {
    const last = lastPart(item);
    const keeps = (0,dist/* isScalar */.jn)(last) && last.range && /^[|>]\d?\+/.test(text.slice(last.range[0], last.range[0] + 3));
    return (keeps ? said.replace(/\r?\n$/, '') : said.trimEnd()).length;
}
function lastPart(node) {
    if ((0,dist/* isPair */.tO)(node))
        return lastPart(node.value);
    return ((0,dist/* isMap */.jh)(node) || (0,dist/* isSeq */.oP)(node)) && !node.flow ? lastPart(node.items.at(-1)) : node;
}
/** Where the last thing that a node says ends: the range of a block collection may hold comments after it. */
function endOf(node) {
    if ((0,dist/* isPair */.tO)(node))
        return Math.max(endOf(node.key), endOf(node.value));
    if (((0,dist/* isMap */.jh)(node) || (0,dist/* isSeq */.oP)(node)) && !node.flow && node.items.length > 0)
        return endOf(node.items.at(-1));
    return (0,dist/* isNode */.Ll)(node) && node.range ? node.range[1] : 0;
}
function columnOf(text, offset) {
    return offset - (text.lastIndexOf('\n', offset - 1) + 1);
}

// EXTERNAL MODULE: ./build/decide/problem.js
var decide_problem = __webpack_require__(6554);
// EXTERNAL MODULE: ./build/decide/read.js
var read = __webpack_require__(8901);
// EXTERNAL MODULE: ./build/decide/splice-block.js
var splice_block = __webpack_require__(9661);
// EXTERNAL MODULE: ./build/decide/tree.js
var decide_tree = __webpack_require__(393);
;// CONCATENATED MODULE: ./build/decide/task-file.js
/**
 * A tasks or done file, opened to be edited: its text with the values and the places of its tasks. An edit is read
 * back before it counts, only around the place that changed where that suffices: a file of thousands of tasks is
 * parsed once, not once for every task that leaves it.
 */








function openTaskFile(name, source) {
    const problems = [];
    const mark = source.startsWith('\uFEFF') ? '\uFEFF' : '';
    const text = source.slice(mark.length);
    const reading = (0,read/* readTree */.Z)(name, text, problems);
    const [problem] = problems;
    if (problem !== undefined || !reading.ok)
        return { problem: problem ? (0,decide_problem/* formatProblem */.Vw)(problem) : `${name} is unreadable` };
    const { tree, syntax } = reading;
    const others = tree.kind === 'map' ? tree.entries.filter(entry => entry.key !== 'tasks') : [];
    const tasks = ((0,fields/* tasksOf */.a4)(tree)?.items ?? []).map(decide_tree/* toValue */.BA);
    const placed = listingOf(text, syntax);
    if (placed === null || (placed.listing.kind !== 'none' && placed.listing.items.length !== tasks.length))
        return { problem: `${name} holds its tasks in a form that cannot be edited` };
    const frame = others.map(entry => [entry.key, (0,decide_tree/* toValue */.BA)(entry.value)]);
    return { name, mark, text, syntax, ...placed, tasks, wrapped: tree.kind === 'map', frame };
}
/** A file that is not there yet, to be written like the one beside it. */
function newTaskFile(name, mark, like) {
    const { syntax, wrapped } = like;
    return { name, mark, text: '', syntax, listing: null, tasks: [], wrapped, frame: [], linked: false };
}
/** All of it, as it is written to disk. */
function textOf(file) {
    return file.mark + file.text;
}
/**
 * The file with another text, in which `added` stand in place of `removed` tasks from `at` on; null: that is not what
 * the text says.
 */
function edited(file, text, at, removed, added) {
    const tasks = [...file.tasks.slice(0, at), ...added, ...file.tasks.slice(at + removed)];
    const listing = listingAfter(file, text, tasks, at, removed, added.length);
    if (listing !== null)
        return { ...file, text, tasks, listing };
    const whole = openTaskFile(file.name, file.mark + text);
    if ('problem' in whole || !same(whole.tasks, tasks))
        return null;
    return file.listing === null || same(whole.frame, file.frame) ? whole : null;
}
/** Equal but for the order of keys. */
function same(a, b) {
    return canonical(a) === canonical(b);
}
function canonical(value) {
    return JSON.stringify(value, (_, part) => part !== null && typeof part === 'object' && !Array.isArray(part)
        ? Object.fromEntries(Object.entries(part).sort(([x], [y]) => (x < y ? -1 : 1)))
        : part);
}
/**
 * The places after an edit, from reading only what changed and the tasks on both sides of it: items of a list mean
 * the same whatever stands further away. null: only the whole text can tell.
 */
function listingAfter(file, text, tasks, at, removed, added) {
    const { listing } = file;
    if (file.linked || listing === null || listing.kind === 'none')
        return null;
    const first = Math.max(0, at - 1);
    const last = Math.min(at + added, tasks.length - 1);
    // What is put before all others has no place that is known.
    if (tasks.length === 0 || (at === 0 && added > 0))
        return null;
    const shift = text.length - file.text.length;
    const wanted = tasks.slice(first, last + 1);
    const splice = (before, around, after) => [
        ...before.slice(0, first),
        ...around,
        ...after.slice(last + 1 - at - added),
    ];
    if (listing.kind === 'block') {
        const after = listing.items.slice(at + removed).map(item => movedBlock(item, shift));
        const items = [...listing.items.slice(0, at), ...Array(added).fill(null), ...after];
        const start = (0,splice_block/* lineStart */.PT)(text, items[first]?.dash ?? 0);
        const next = items[last + 1];
        const part = text.slice(start, next ? (0,splice_block/* lineStart */.PT)(text, next.dash) : text.length);
        const found = partListing(part, 'yaml', wanted);
        if (found?.kind !== 'block')
            return null;
        const around = found.items.map(item => movedBlock(item, start));
        return { ...listing, items: splice(listing.items, around, after) };
    }
    const after = listing.items.slice(at + removed).map(item => movedFlow(item, shift));
    const items = [...listing.items.slice(0, at), ...Array(added).fill(null), ...after];
    const close = listing.close + shift;
    // At both ends up to the bracket itself: it must still be one, and nothing may be left beside it.
    const start = first === 0 ? listing.open + 1 : (items[first]?.start ?? 0);
    const part = `[${text.slice(start, items[last + 1] ? items[last]?.end : close)}]`;
    const found = partListing(part, file.syntax, wanted);
    if (found?.kind !== 'flow')
        return null;
    const around = found.items.map(item => movedFlow(item, start - 1));
    return { ...listing, close, items: splice(listing.items, around, after) };
}
/** The places of a few items in a text that holds nothing but them; null unless they are the wanted ones. */
function partListing(part, syntax, wanted) {
    let sound = true;
    const report = () => {
        sound = false;
    };
    const tree = syntax === 'jsonc' ? (0,json/* readJson */.V)(part, report) : (0,yaml/* readYaml */.g)(part, report);
    if (!sound || tree?.kind !== 'list' || !same(tree.items.map(decide_tree/* toValue */.BA), wanted))
        return null;
    const placed = listingOf(part, syntax);
    if (placed === null || placed.linked)
        return null;
    const { listing } = placed;
    return listing.kind !== 'none' && listing.items.length === wanted.length ? listing : null;
}
function movedBlock(item, by) {
    return { ...item, dash: item.dash + by, end: item.end + by };
}
function movedFlow(item, by) {
    return { start: item.start + by, end: item.end + by };
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

/***/ 1650:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Mg: () => (/* binding */ archivedOnBranch),
/* harmony export */   Od: () => (/* binding */ withFollowUps),
/* harmony export */   V6: () => (/* binding */ ledgerAt),
/* harmony export */   bJ: () => (/* binding */ openTasks),
/* harmony export */   s: () => (/* binding */ unkept),
/* harmony export */   xJ: () => (/* binding */ archived)
/* harmony export */ });
/* harmony import */ var _decide_follow_ups_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7030);
/* harmony import */ var _decide_identity_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(743);
/* harmony import */ var _decide_queue_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(598);
/* harmony import */ var _decide_task_file_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7039);
/** The tasks file and the done file as a tree holds them, and what landing a task changes in them. */




/**
 * So many opened files are remembered. What one candidate leaves is what the next one finds, and the tip's are needed
 * again where a stack is made anew: more would only take memory, some hundred kB a file of a thousand tasks.
 */
const REMEMBERED = 8;
const desks = new WeakMap();
function deskOf(bookkeeping) {
    const desk = desks.get(bookkeeping) ?? { opened: new Map(), told: new Set() };
    desks.set(bookkeeping, desk);
    return desk;
}
/** Reading and parsing a tasks file of a thousand tasks takes as long as a small worker: each is opened once. */
async function opened(kind, blob, bookkeeping, { store }, open) {
    const known = deskOf(bookkeeping).opened.get(`${kind} ${blob}`);
    if (known !== undefined)
        return known;
    const [text = ''] = await store.readBlobs([blob]);
    const file = open(text);
    if (!('problem' in file))
        remember(kind, blob, file, bookkeeping);
    return file;
}
function remember(kind, blob, file, bookkeeping) {
    const { opened } = deskOf(bookkeeping);
    opened.set(`${kind} ${blob}`, file);
    for (const oldest of [...opened.keys()].slice(0, -REMEMBERED))
        opened.delete(oldest);
}
/** The tasks file that is this blob. */
function openTasks(blob, bookkeeping, world) {
    return opened('tasks', blob, bookkeeping, world, text => (0,_decide_task_file_js__WEBPACK_IMPORTED_MODULE_2__/* .openTaskFile */ ._H)('the tasks file', text));
}
/** Both files as a tree or commit holds them; null: it has no tasks file. */
async function ledgerAt(tree, bookkeeping, world) {
    const { store } = world;
    const tasksBlob = await store.blobAt(tree, bookkeeping.tasksFile);
    if (tasksBlob === null)
        return null;
    const tasks = await openTasks(tasksBlob, bookkeeping, world);
    if ('problem' in tasks)
        return tasks;
    const doneBlob = await store.blobAt(tree, bookkeeping.doneFile);
    const done = doneBlob === null
        ? (0,_decide_queue_js__WEBPACK_IMPORTED_MODULE_1__/* .openDone */ .lU)(null, tasks)
        : await opened('done', doneBlob, bookkeeping, world, text => (0,_decide_queue_js__WEBPACK_IMPORTED_MODULE_1__/* .openDone */ .lU)(text, tasks));
    return 'problem' in done ? done : { tasks, done };
}
/** Why landing could not edit the two files as the branch holds them; null: it can. Told before anything is started. */
async function unkept(tip, bookkeeping, world) {
    const { branch } = world;
    const ledger = await ledgerAt(tip, bookkeeping, world);
    if (ledger === null) {
        return {
            what: `${branch} on origin holds no ${bookkeeping.tasksFile}.`,
            why: 'With `bookkeeping: archive` the landing commit itself edits the tasks file there.',
            fix: `Commit it and push it to ${branch} first, or set \`bookkeeping: off\`.`,
        };
    }
    if (!('problem' in ledger))
        return null;
    return {
        what: `On ${branch} ${ledger.problem}.`,
        why: 'With `bookkeeping: archive` the landing commit itself edits the tasks file and the done file there.',
        fix: `Put the file right on ${branch} first, or set \`bookkeeping: off\`.`,
    };
}
/** Tasks that the tip of the branch has only in its done file: the checkout, whose tasks file was read, may be behind. */
async function archivedOnBranch(world) {
    const { bookkeeping, store, branch } = world;
    if (bookkeeping === null)
        return new Set();
    const [tree] = await store.resolve([`refs/heads/${branch}^{tree}`]);
    const ledger = await ledgerAt(tree, bookkeeping, world);
    if (ledger === null || 'problem' in ledger)
        return new Set();
    const listed = new Set(ledger.tasks.tasks.map(_decide_queue_js__WEBPACK_IMPORTED_MODULE_1__/* .idOf */ .TH));
    // What was rejected is in the done file too, and has not landed.
    const done = ledger.done.tasks.filter(task => task.status !== 'rejected').map(_decide_queue_js__WEBPACK_IMPORTED_MODULE_1__/* .idOf */ .TH);
    return new Set(done.filter(id => id !== null && !listed.has(id)));
}
/**
 * The tree in which the task has moved to the done file and its follow-ups are in the tasks file. It is made anew on
 * every stack from the files as they are there: so it never conflicts. Files that cannot be edited stay as they are,
 * and the log is told once.
 */
async function archived(tree, task, followUps, world) {
    const { bookkeeping, store } = world;
    if (bookkeeping === null)
        return tree;
    const before = await ledgerAt(tree, bookkeeping, world);
    if (before === null) {
        const why = `${world.branch} holds no ${bookkeeping.tasksFile} any more: tasks land without bookkeeping`;
        tellOnce('gone', why, bookkeeping, world);
        return tree;
    }
    const after = 'problem' in before ? before : landed(before, task, followUps, bookkeeping, world);
    if ('problem' in after) {
        const more = followUps.length > 0 ? '; its follow-ups are only among its artifacts' : '';
        tellOnce(task, `${task} lands without bookkeeping: ${after.problem}${more}`, bookkeeping, world);
        return tree;
    }
    const blobs = await Promise.all([after.tasks, after.done].map(file => store.writeBlob((0,_decide_task_file_js__WEBPACK_IMPORTED_MODULE_2__/* .textOf */ .b6)(file), tree)));
    remember('tasks', blobs[0], after.tasks, bookkeeping);
    remember('done', blobs[1], after.done, bookkeeping);
    return store.replaceBlobs(tree, {
        [bookkeeping.tasksFile]: blobs[0],
        [bookkeeping.doneFile]: blobs[1],
    });
}
function landed(before, task, followUps, bookkeeping, world) {
    const now = (0,_decide_identity_js__WEBPACK_IMPORTED_MODULE_3__/* .isoTime */ .Ly)(world.clock.now());
    // Before the task leaves: a list that is empty for a moment would change its style.
    const paths = world.plan.tasks[world.plan.index.get(task) ?? -1]?.paths ?? [];
    const parent = { task, paths, format: bookkeeping.format, now };
    const more = withFollowUps(before, followUps, parent, bookkeeping, world);
    if ('problem' in more)
        return more;
    return (0,_decide_queue_js__WEBPACK_IMPORTED_MODULE_1__/* .archiveTask */ .Q$)({ ...before, tasks: more }, bookkeeping.format, task, {
        completedAt: now,
        runKey: world.key,
    });
}
function withFollowUps(ledger, followUps, parent, bookkeeping, world) {
    if (followUps.length === 0)
        return ledger.tasks;
    const added = (0,_decide_follow_ups_js__WEBPACK_IMPORTED_MODULE_0__/* .addFollowUps */ .xK)(ledger, followUps, parent);
    if ('problem' in added)
        return added;
    if (added.gone.length > 0) {
        const why = `${parent.task}: its follow-ups no longer need ${added.gone.join(', ')}, which the tasks file has lost`;
        tellOnce(`needs of ${parent.task}`, why, bookkeeping, world);
    }
    return added.tasks;
}
function tellOnce(about, words, bookkeeping, world) {
    const { told } = deskOf(bookkeeping);
    if (told.has(about))
        return;
    told.add(about);
    world.log.warning('bookkeeping', words);
}


/***/ }),

/***/ 155:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  w: () => (/* binding */ runUserCommand)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/decide/disk.js
var disk = __webpack_require__(3300);
;// CONCATENATED MODULE: ./build/decide/environment.js
/** What a worker, gate, setup or verification command sees of the step's environment (SPEC section 5). */
/** The runner's own power and files: inputs, saved state, service tokens; and git's configuration by environment. */
const DROPPED_PREFIXES = ['INPUT_', 'ACTIONS_', 'STATE_', 'GIT_', 'GITHUB_ARTIFACTS'];
const DROPPED = new Set([
    'GITHUB_ENV',
    'GITHUB_PATH',
    'GITHUB_OUTPUT',
    'GITHUB_STATE',
    'GITHUB_STEP_SUMMARY',
    // The contract's own: those of an outer run say nothing true about an inner one.
    'FANOUT',
    'FANOUT_TASK_ID',
    'FANOUT_TASK_IDS',
    'FANOUT_TASK_TITLE',
    'FANOUT_BRANCH',
    'FANOUT_BASE_SHA',
    'FANOUT_RUN_KEY',
    'FANOUT_ATTEMPT',
    'FANOUT_PROMPT_FILE',
    'FANOUT_MANIFEST',
    'FANOUT_MESSAGE_FILE',
    'FANOUT_ARTIFACTS',
    'FANOUT_HANDOFF',
    'FANOUT_COMMIT',
]);
/** A shorter secret is only looked for as a whole value: in others it may stand by chance. */
const TELLING_LENGTH = 12;
/**
 * The parent's environment less the above, plus `extra`, which wins and is never filtered. RUNNER_TRACKING_ID stays: the
 * runner finds orphans by it. A variable of the parent that holds one of `secrets` (the `token` input) is dropped,
 * whatever its name: the worker never holds the power to push. Names are compared without case.
 */
function childEnvironment(parent, extra, secrets = []) {
    const known = secrets.filter(secret => secret !== '');
    const kept = Object.entries(parent).filter((entry) => {
        const [name, value] = entry;
        if (value === undefined)
            return false;
        const upper = name.toUpperCase();
        if (DROPPED.has(upper) || DROPPED_PREFIXES.some(prefix => upper.startsWith(prefix)))
            return false;
        return !known.some(secret => value === secret || (secret.length >= TELLING_LENGTH && value.includes(secret)));
    });
    return { ...Object.fromEntries(kept), ...extra };
}

// EXTERNAL MODULE: ./build/decide/text.js
var decide_text = __webpack_require__(5810);
;// CONCATENATED MODULE: ./build/run/command.js
/** Commands of the user (worker, setup, gate, verification) under the worker's contract (SPEC section 5). */




const GRACE_MS = 5000;
async function runUserCommand(command, world) {
    // Of a task whose worker did not run in this run there is no folder yet.
    const { logFile } = command;
    const start = async () => {
        if (logFile !== null)
            await world.files.makeFolder((0,external_node_path_.dirname)(logFile));
        const ended = await runOnce(command, world);
        // It never ran, for want of room for its script or its log.
        if (ended.reason === 'spawn' && (0,disk/* isFullDisk */.R)(new Error(ended.detail)))
            throw new NoRoom(ended);
        return ended;
    };
    try {
        return await world.patience(`The command of ${command.name}`, start, command.signal);
    }
    catch (error) {
        if (error instanceof NoRoom)
            return error.ended;
        throw error;
    }
}
class NoRoom extends Error {
    ended;
    constructor(ended) {
        super(ended.detail);
        this.ended = ended;
    }
}
function runOnce(command, world) {
    const { settings, log, mask } = world;
    return world.processes.runCommand({
        script: command.script,
        scriptFile: (0,external_node_path_.join)(world.places.internal, `${command.scriptName}.sh`),
        cwd: command.cwd,
        env: childEnvironment(world.env, { FANOUT: '1', FANOUT_BRANCH: world.branch, FANOUT_RUN_KEY: world.key, ...command.env }, world.secrets),
        stdin: command.stdin ?? '',
        logFile: command.logFile,
        append: command.append ?? false,
        timeoutMs: command.timeoutMinutes * 60_000,
        idleMs: command.idleMinutes ? command.idleMinutes * 60_000 : null,
        signal: command.signal,
        graceMs: GRACE_MS,
        ...(settings.log === 'all' && command.logFile !== null
            ? { onLine: (line) => log.line((0,decide_text/* harmless */.Is)(mask(line), `[${command.name}] `)) }
            : {}),
    });
}


/***/ }),

/***/ 4135:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   G: () => (/* binding */ gate),
/* harmony export */   c: () => (/* binding */ settleGates)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6760);
/* harmony import */ var _decide_text_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5810);
/* harmony import */ var _command_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(155);
/* harmony import */ var _workspace_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(2979);
/** The gate command on trees, each in a checkout of exactly the commit in question. */




/** Until nothing of ours is at work in the gate checkouts any more. Never rejects. */
async function settleGates(slots) {
    await Promise.all([...slots.values()].map(place => place.tidied));
}
async function gate(step, slots, world) {
    const ended = await Promise.allSettled(step.targets.map((target, slot) => gateOne({ ...target, tip: step.tip ?? target.commit }, slot + 1, slots, world)));
    // Where one could not be started the others have ended all the same: the next step wants their checkouts.
    return ended.map(one => {
        if (one.status === 'rejected')
            throw one.reason;
        return one.value;
    });
}
async function gateOne(target, slot, slots, world) {
    const { settings, places, clock } = world;
    const owner = target.tasks.at(-1);
    const logFile = owner
        ? (0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)('tasks', owner, `gate-${target.n}.log`)
        : `gate-tip-${target.tree.slice(0, 12)}.log`;
    const start = clock.now();
    const result = { tree: target.tree, commit: target.commit, logFile };
    let runs = 0;
    for (;;) {
        runs++;
        const ended = await runOnce(target, slot, (0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(places.run, logFile), runs, slots, world);
        const seconds = (clock.now() - start) / 1000;
        const facts = {
            ...result,
            runs,
            exitCode: ended.exitCode,
            signal: ended.signal,
            timedOut: ended.reason === 'timeout',
            seconds,
            outputTail: (0,_decide_text_js__WEBPACK_IMPORTED_MODULE_1__/* .tail */ .RT)(world.mask(ended.tail)),
        };
        if (ended.reason === 'abort')
            return { ...facts, passed: null };
        // That says nothing about the tree: nobody is to blame for it.
        if (ended.reason === 'spawn')
            throw new Error(`the gate could not be started: ${ended.detail}`);
        const passed = ended.reason === 'exit' && ended.exitCode === 0;
        if (passed || runs > settings.gateRetries)
            return { ...facts, passed };
    }
}
/** A large checkout takes longer than a cancelled run has. */
const CUT_SHORT = { exitCode: null, signal: null, reason: 'abort', seconds: 0, tail: '' };
/** `setup` belongs to the tree it runs in: where it fails, that tree is red. */
async function runOnce(target, slot, logFile, run, slots, world) {
    const name = `gate-${slot}`;
    const env = {
        ...(0,_workspace_js__WEBPACK_IMPORTED_MODULE_3__/* .standsAt */ .T7)(target.commit, target.tasks),
        FANOUT_BASE_SHA: world.base,
    };
    const place = slots.get(slot) ?? {
        at: (0,_workspace_js__WEBPACK_IMPORTED_MODULE_3__/* .checkoutAt */ .GY)((0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(world.places.gates, String(slot)), name, world),
        reusable: false,
        tidied: Promise.resolve(),
        commit: null,
    };
    slots.set(slot, place);
    try {
        await moveTo(target, place, world);
    }
    catch (error) {
        if (world.cancel.aborted)
            return CUT_SHORT;
        throw error;
    }
    try {
        return await runIn(place, { name, scriptName: name, env, logFile }, target.commit, run, world);
    }
    finally {
        // While the lane goes on: the next gate must not wait for it.
        if (place.reusable)
            place.tidied = tidy(place, world);
    }
}
/** Its files become the commit's. What a gate has made unfit for that (it may remove its own folder) is made anew. */
async function moveTo({ commit, tip }, place, world) {
    await place.tidied;
    const before = place.commit;
    place.commit = commit;
    if (place.reusable) {
        try {
            const sameRules = before !== null && (await haveSameRules(before, commit, world));
            const effort = { signal: world.cancel, sameRules };
            return await world.checkouts.moveCheckout(place.at, commit, { ...world.checkoutOptions, tip }, effort);
        }
        catch (error) {
            if (world.cancel.aborted)
                throw error;
            place.reusable = false;
        }
    }
    await (0,_workspace_js__WEBPACK_IMPORTED_MODULE_3__/* .freshCheckout */ .HO)(place.at, commit, world, tip);
}
/** Whether two commits ignore the same files. */
async function haveSameRules(one, other, { store }) {
    const trees = await store.resolve([one, other].map(commit => `${commit}^{tree}`));
    const changes = await store.changedFiles(trees[0], trees[1]);
    return !changes.some(({ path }) => path === '.gitignore' || path.endsWith('/.gitignore'));
}
async function tidy(place, { checkouts, checkoutOptions }) {
    try {
        await checkouts.tidyCheckout(place.at, checkoutOptions);
    }
    catch {
        place.reusable = false;
    }
}
async function runIn(place, named, commit, run, world) {
    const { settings, cancel } = world;
    const { at } = place;
    const gate = { ...named, timeoutMinutes: settings.gateTimeoutMinutes, signal: cancel };
    if (!place.reusable) {
        const failed = await (0,_workspace_js__WEBPACK_IMPORTED_MODULE_3__/* .runSetup */ .xn)(at.dir, gate, world);
        if (failed?.failure.code === 'workspace')
            throw new Error(`setup could not be started: ${failed.failure.detail}`);
        if (failed)
            return { ...failed.ended, tail: `setup failed in the gate checkout\n${failed.ended.tail}` };
        place.reusable = await keepsItsSetup(at, commit, world);
    }
    return (0,_command_js__WEBPACK_IMPORTED_MODULE_2__/* .runUserCommand */ .w)({
        ...gate,
        script: settings.gate ?? '',
        cwd: at.dir,
        append: run > 1 || settings.setup !== null,
    }, world);
}
/**
 * Where `setup` or `copy` left what git does not ignore, a move would take it out, and the next tree would be judged
 * without it. Then the checkout is made anew each time: `setup` may count on a fresh one, and fail in one it has been in.
 */
async function keepsItsSetup(at, commit, world) {
    const { settings, checkouts, checkoutOptions } = world;
    if (settings.setup === null && settings.copy.length === 0)
        return true;
    return checkouts.survivesMove(at, commit, checkoutOptions);
}


/***/ }),

/***/ 8712:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   K: () => (/* binding */ saidSince),
/* harmony export */   p: () => (/* binding */ landedSince)
/* harmony export */ });
/* harmony import */ var _decide_resume_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(790);
/* harmony import */ var _decide_trailer_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4418);
/** What the branch itself says has landed: the trailers of its commits. The branch is the truth. */


/** Tasks of this run (any attempt of it) among the commits after `from`, up to `to`, less those reverted again. */
async function landedSince(from, to, world) {
    return (await saidSince(from, to, world)).landed;
}
/**
 * The last word of the branch on each task: its commit, or the one that took it back. A task that was defined otherwise
 * then is another one. `anyRun`: also of other runs.
 */
async function saidSince(from, to, world, anyRun = false) {
    const landed = [];
    const reverted = [];
    const told = new Set();
    // The newest commit comes first: a revert is met before what it takes back.
    for (const { commit, message } of await world.store.messages(from, to)) {
        const { task, run, reverts, fingerprint } = (0,_decide_trailer_js__WEBPACK_IMPORTED_MODULE_1__/* .parseTrailers */ .aw)(message);
        const about = (reverts ?? task);
        if (about === null || run === null || told.has(about))
            continue;
        const planned = world.plan.tasks[world.plan.index.get(about) ?? -1];
        const ofRun = (0,_decide_resume_js__WEBPACK_IMPORTED_MODULE_0__/* .sameRun */ .W_)(run, world.key);
        if (planned === undefined || !(ofRun || anyRun))
            continue;
        // Reverts of older versions name none; of this run's own commits better one too many than one that lands twice.
        const unnamed = fingerprint === null && (ofRun || reverts !== null);
        if (fingerprint !== planned.fingerprint && !unnamed)
            continue;
        told.add(about);
        (reverts === null ? landed : reverted).push({ task: about, commit });
    }
    return { landed, reverted };
}


/***/ }),

/***/ 1376:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   V: () => (/* binding */ push)
/* harmony export */ });
/* harmony import */ var _decide_refusal_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7281);
/* harmony import */ var _tip_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2415);
/** The commit that was gated goes to the branch, or the reason why not comes back. */


async function push(step, recall, world) {
    const top = step.layers.at(-1);
    if (!top)
        throw new Error('a push without a candidate');
    const { remote, store, branch } = world;
    // Nothing new is pushed once the run is cancelled; what is under way may end.
    if (world.cancel.aborted)
        return { kind: 'stopped' };
    const said = await remote.push(top.commit, branch, world.endLane);
    const answer = (0,_decide_refusal_js__WEBPACK_IMPORTED_MODULE_0__/* .classifyPush */ .Bj)(said);
    if (answer.kind === 'accepted') {
        await store.setRef(`refs/heads/${branch}`, top.commit);
        const { commit, tree } = top;
        recall.tip = { value: { kind: 'tip', commit, tree }, at: world.clock.now() };
        return { kind: 'landed', bypassed: answer.bypassed };
    }
    // Words can lie in both directions (a lost answer, a retry inside the transport): the remote is what counts.
    const tip = await (0,_tip_js__WEBPACK_IMPORTED_MODULE_1__/* .fetchTip */ .mC)(world, world.endRead);
    // What was seen before the push is old now, however short ago that was.
    recall.tip = tip.kind === 'tip' ? { value: tip, at: world.clock.now() } : null;
    if (tip.kind === 'tip' && (await store.isAncestor(top.commit, tip.commit)))
        return { kind: 'landed', bypassed: [] };
    return {
        kind: 'refused',
        refusal: { code: answer.code, output: (0,_tip_js__WEBPACK_IMPORTED_MODULE_1__/* .remoteWords */ .SW)(said, world) },
        suspects: await suspectsOf(step, [answer.reason, ...answer.lines], world),
    };
}
/** The tasks whose commit, or whose changed file, the remote's words name. */
async function suspectsOf(step, lines, world) {
    const { paths, commits } = (0,_decide_refusal_js__WEBPACK_IMPORTED_MODULE_0__/* .suspectPaths */ .Wz)(lines);
    if (step.layers.length === 1 || (paths.length === 0 && commits.length === 0))
        return [];
    const named = (layer) => commits.some(commit => layer.commit.startsWith(commit));
    const byCommit = step.layers.filter(named).map(layer => layer.task);
    if (byCommit.length > 0)
        return byCommit;
    const suspects = [];
    let below = step.tip;
    for (const layer of step.layers) {
        const { raw } = await world.store.changes(below, layer.commit);
        if (raw.some(change => paths.includes(change.path)))
            suspects.push(layer.task);
        below = layer.commit;
    }
    return suspects;
}


/***/ }),

/***/ 4461:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ue: () => (/* binding */ keepRefs),
/* harmony export */   X: () => (/* binding */ oldBlockedRef),
/* harmony export */   g_: () => (/* binding */ blockedWork),
/* harmony export */   mD: () => (/* binding */ BLOCKED_REFS),
/* harmony export */   yk: () => (/* binding */ blockedRef)
/* harmony export */ });
/* harmony import */ var _decide_ref_name_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8938);

const PREFIX = 'refs/fanout/blocked/';
/** Refusals of what is in a commit, wherever it is pushed to. */
const NOWHERE = new Set(['large-file', 'secret', 'workflow-scope']);
/** A star matches slashes as well: this branch's, those of other branches, and the names of older versions. */
const BLOCKED_REFS = `${PREFIX}*`;
function blockedWork(refs, branch) {
    const folder = `${(0,_decide_ref_name_js__WEBPACK_IMPORTED_MODULE_0__/* .branchRefName */ .fH)(branch)}/`;
    const own = new Map();
    const old = new Map();
    for (const [ref, commit] of refs) {
        // `^{}`: what a tag points at, listed beside it.
        if (!ref.startsWith(PREFIX) || ref.endsWith('^{}'))
            continue;
        const name = ref.slice(PREFIX.length);
        if (name.startsWith(folder))
            own.set(taskIn(name.slice(folder.length)), commit);
        else if (!name.includes('/'))
            old.set(taskIn(name), commit);
    }
    const inTheWay = taskIn(folder.slice(0, -1));
    return { own, old, inTheWay: old.has(inTheWay) ? inTheWay : null };
}
function taskIn(name) {
    return name.replaceAll('.%2E', '..');
}
function blockedRef(branch, task) {
    return `${PREFIX}${(0,_decide_ref_name_js__WEBPACK_IMPORTED_MODULE_0__/* .branchRefName */ .fH)(branch)}/${(0,_decide_ref_name_js__WEBPACK_IMPORTED_MODULE_0__/* .refName */ .P7)(task)}`;
}
function oldBlockedRef(task) {
    return `${PREFIX}${(0,_decide_ref_name_js__WEBPACK_IMPORTED_MODULE_0__/* .refName */ .P7)(task)}`;
}
/** Where work goes that was in the way and is not known to be this branch's: nobody reads it, and it is not lost. */
function setAsideRef(task) {
    return `refs/fanout/old/${(0,_decide_ref_name_js__WEBPACK_IMPORTED_MODULE_0__/* .refName */ .P7)(task)}`;
}
/** Best effort: bundle and patch hold the same work. `kept.old`: those that belong to this branch. */
async function keepRefs(state, kept, world) {
    if (world.cancel.aborted)
        return;
    const refs = refsToPush(state, kept, world);
    if (refs.size === 0)
        return;
    const isKept = [...refs].some(([ref, commit]) => commit !== null && ref.startsWith(PREFIX));
    const cleared = isKept && kept.inTheWay !== null ? await clearTheWay(kept.inTheWay, kept, refs, world) : null;
    const said = cleared ?? (await world.remote.pushOwn(refs, world.branch, world.endLane));
    if (said.exitCode !== 0) {
        const place = blockedRef(world.branch, '*');
        world.log.notice('blocked work', `The remote did not take ${place}: the next run starts these workers again. Bundles and patches are in the run directory. ${world.mask(said.stderr.trim())}`);
    }
}
function refsToPush(state, { own, old }, { settings, branch }) {
    const refs = new Map();
    for (const task of state.tasks) {
        const { id } = task;
        if (task.stage.kind !== 'ended')
            continue;
        const before = own.get(id);
        const oldWork = old.get(id);
        if (task.stage.outcome === 'landed' || task.stage.outcome === 'unchanged') {
            // Whatever the inputs say: a later run would take it for work that is still to land.
            if (before !== undefined)
                refs.set(blockedRef(branch, id), null);
            if (oldWork !== undefined)
                refs.set(oldBlockedRef(id), null);
            continue;
        }
        if (!settings.saveRefs)
            continue;
        const work = blockedCommit(task) ?? before ?? oldWork;
        if (work !== undefined && work !== before)
            refs.set(blockedRef(branch, id), work);
        if (oldWork !== undefined)
            refs.set(oldBlockedRef(id), null);
    }
    return refs;
}
/** The commit that is to be tried again; null: none, or one that no ref of the remote may hold, for which all others would be refused. */
function blockedCommit({ stage, candidate }) {
    if (stage.kind !== 'ended' || stage.outcome !== 'blocked-push' || candidate === null)
        return null;
    if (candidate.secret)
        return null;
    const { failure } = stage;
    return failure?.code === 'refused' && NOWHERE.has(failure.refusal) ? null : candidate.commit;
}
/**
 * git cannot hold `blocked/main` and `blocked/main/x` together: the first goes in a push of its own, to a name where
 * nothing is lost if that push is the last one. null: the way is clear; else what the remote said.
 */
async function clearTheWay(task, { old }, refs, { remote, store, branch, log, mask, endLane }) {
    const [from, aside] = [oldBlockedRef(task), setAsideRef(task)];
    const fetched = await remote.fetch([`+${from}:${aside}`], {}, endLane);
    if (fetched.exitCode !== 0)
        return fetched;
    const [work] = await store.resolve([aside]);
    const moves = [
        [aside, work],
        [from, null],
    ];
    const moved = await remote.pushOwn(new Map(moves), branch, endLane);
    if (moved.exitCode !== 0)
        return moved;
    refs.delete(from);
    if (old.has(task))
        refs.set(aside, null);
    else {
        const told = `${from}, from an older version, was in the way of what is kept for ${branch}: it is ${aside} now.`;
        log.notice('blocked work', mask(told));
    }
    return null;
}


/***/ }),

/***/ 3223:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  Y: () => (/* binding */ withReverts)
});

// EXTERNAL MODULE: ./build/decide/identity.js
var identity = __webpack_require__(743);
// EXTERNAL MODULE: ./build/decide/take-back.js
var take_back = __webpack_require__(9132);
// EXTERNAL MODULE: ./build/decide/queue.js + 3 modules
var queue = __webpack_require__(598);
// EXTERNAL MODULE: ./build/decide/task-file.js + 1 modules
var task_file = __webpack_require__(7039);
;// CONCATENATED MODULE: ./build/decide/restore.js


/**
 * Puts the task back at the end of the tasks file, as it stood there `before` it landed with its comments, takes it out
 * of the done file, and the follow-ups that it had brought (they are in `landed`) out of the tasks file. What is so
 * already stays, and so does a follow-up that was changed since.
 */
function restoreTask(now, before, landed, format, id) {
    const value = taskIn(before, id);
    if (value === undefined)
        return { problem: `the tasks file held no task '${id}'` };
    // Before the follow-ups leave: a list that is empty for a moment would change its style.
    const back = taskIn(now.tasks, id)
        ? now.tasks
        : ((0,queue/* copyTask */.bt)(before, id, now.tasks) ?? (0,queue/* addTask */.XZ)(now.tasks, value));
    if (back === null)
        return { problem: `task '${id}' cannot be added to the tasks file` };
    const brought = landed.tasks.filter(task => taskIn(before, (0,queue/* idOf */.TH)(task)) === undefined);
    const tasks = brought.reduce((file, task) => {
        const there = 'problem' in file ? undefined : taskIn(file, (0,queue/* idOf */.TH)(task));
        return 'problem' in file || !(0,task_file/* same */.FB)(there, task) ? file : without(file, format, String((0,queue/* idOf */.TH)(task)));
    }, back);
    if ('problem' in tasks)
        return tasks;
    const done = taskIn(now.done, id) ? without(now.done, format, id) : now.done;
    return 'problem' in done ? done : { tasks, done };
}
function taskIn({ tasks }, id) {
    return tasks.find(task => id !== null && (0,queue/* idOf */.TH)(task) === id);
}
/** Archived into a file that nobody keeps. */
function without(file, format, id) {
    const ledger = { tasks: file, done: (0,task_file/* newTaskFile */.qZ)('no file', '', file) };
    const archived = (0,queue/* archiveTask */.Q$)(ledger, format, id, { completedAt: '', runKey: '' });
    return 'problem' in archived ? archived : archived.tasks;
}

// EXTERNAL MODULE: ./build/run/bookkeeping.js
var run_bookkeeping = __webpack_require__(1650);
;// CONCATENATED MODULE: ./build/run/restore.js
/**
 * Bookkeeping of a revert. Every landing changes the lines around the last one's in the tasks file and the done file,
 * so as text none but the last could be reverted: they are left out of it, and the task moves back anew.
 */




/** null: bookkeeping is off, or could not be done when it landed. */
async function archivedWith(task, commit, below, world) {
    const { bookkeeping } = world;
    if (bookkeeping === null)
        return null;
    const [before, landed] = await Promise.all([below, commit].map(at => (0,run_bookkeeping/* ledgerAt */.V6)(at, bookkeeping, world)));
    if (!isLedger(before) || !isLedger(landed))
        return null;
    return lists(before, task) && !lists(landed, task) ? { task, commit, bookkeeping, before, landed } : null;
}
function isLedger(files) {
    return files != null && !('problem' in files);
}
function lists({ tasks }, task) {
    return tasks.tasks.some(one => (0,queue/* idOf */.TH)(one) === task);
}
/** The tree below such a commit, but with the two files as the commit left them. */
async function withFilesOf({ commit, bookkeeping }, below, { store }) {
    const names = [bookkeeping.tasksFile, bookkeeping.doneFile];
    const blobs = await Promise.all(names.map(name => store.blobAt(commit, name)));
    return store.replaceBlobs(below, Object.fromEntries(names.map((name, i) => [name, blobs[i] ?? null])));
}
/** `tree` with the task back in the tasks file. */
async function restored({ task, bookkeeping, before, landed }, tree, world) {
    const now = await (0,run_bookkeeping/* ledgerAt */.V6)(tree, bookkeeping, world);
    if (now === null)
        return tree;
    const after = 'problem' in now ? now : restoreTask(now, before.tasks, landed.tasks, bookkeeping.format, task);
    if ('problem' in after) {
        world.log.warning('bookkeeping', `${task} is reverted without bookkeeping: ${after.problem}`);
        return tree;
    }
    return world.store.replaceFiles(tree, {
        [bookkeeping.tasksFile]: (0,task_file/* textOf */.b6)(after.tasks),
        [bookkeeping.doneFile]: (0,task_file/* textOf */.b6)(after.done),
    });
}

;// CONCATENATED MODULE: ./build/run/revert.js
/** Landed commits taken back on top of another commit: by adding commits, and only where that comes out cleanly. */



/** `commit` with the changes of these taken back one after the other; none given: the commit itself. */
async function withReverts(commit, landed, world) {
    const commits = [];
    let top = commit;
    for (const one of landed) {
        const reverted = await revertOn(top, one, world);
        if (typeof reverted !== 'string')
            return { kind: 'conflict', task: one.task, files: reverted.files };
        commits.push({ task: one.task, commit: reverted });
        top = reverted;
    }
    return { kind: 'clean', commits, top };
}
/** The new commit, or the files that conflict. */
async function revertOn(top, { task, commit }, world) {
    const { store, settings, clock, key } = world;
    const who = (0,identity/* signature */.vl)({ name: settings.gitUserName, email: settings.gitUserEmail }, clock.now());
    const [text] = await store.readCommits([commit]);
    const [below] = await store.resolve([`${commit}^^{tree}`]);
    const archived = await archivedWith(task, commit, below, world);
    const before = archived === null ? below : await withFilesOf(archived, below, world);
    // Its opposite as a commit upon it: merging that takes the change back, whatever came after.
    const opposite = await store.writeCommit(before, commit, {
        author: who,
        committer: who,
        message: 'opposite\n',
    });
    const merged = await store.merge(top, opposite, commit);
    if (merged.kind === 'conflict')
        return { files: merged.conflicts.map(({ file }) => file) };
    const message = (0,take_back/* revertMessage */.i5)(task, commit, text?.message ?? task, key);
    const tree = archived === null ? merged.tree : await restored(archived, merged.tree, world);
    return store.writeCommit(tree, top, { author: who, committer: who, message });
}


/***/ }),

/***/ 2185:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  xS: () => (/* binding */ factsOf),
  Af: () => (/* binding */ limitsOf),
  eF: () => (/* binding */ run)
});

// EXTERNAL MODULE: ./build/decide/disk.js
var decide_disk = __webpack_require__(3300);
// EXTERNAL MODULE: ./build/decide/identity.js
var identity = __webpack_require__(743);
// EXTERNAL MODULE: ./build/decide/task.js
var task = __webpack_require__(252);
// EXTERNAL MODULE: ./build/decide/verdict.js
var verdict = __webpack_require__(2400);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/decide/explain.js + 4 modules
var explain = __webpack_require__(9844);
// EXTERNAL MODULE: ./build/decide/explain-scope.js
var explain_scope = __webpack_require__(3647);
// EXTERNAL MODULE: ./build/decide/failure.js
var decide_failure = __webpack_require__(7071);
// EXTERNAL MODULE: ./build/decide/kept-name.js
var kept_name = __webpack_require__(8821);
// EXTERNAL MODULE: ./build/decide/ref-name.js
var ref_name = __webpack_require__(8938);
// EXTERNAL MODULE: ./build/decide/text.js
var decide_text = __webpack_require__(5810);
;// CONCATENATED MODULE: ./build/decide/changes.js
/** What a candidate changes: in sum, and file by file for people to see. */
const MOST_FILES = 50;
/** The journal holds it for every task: a path is shown, not used. */
const MOST_CHARACTERS = 300;
function diffstatOf(changes) {
    const files = changes.slice(0, MOST_FILES).map(({ path, insertions, deletions }) => ({
        path: path.length > MOST_CHARACTERS ? `${path.slice(0, MOST_CHARACTERS)}…` : path,
        insertions,
        deletions,
    }));
    return { files, more: changes.length - files.length };
}

// EXTERNAL MODULE: ./build/decide/message.js
var decide_message = __webpack_require__(7090);
// EXTERNAL MODULE: ./build/decide/place.js
var place = __webpack_require__(4398);
// EXTERNAL MODULE: ./build/decide/plain.js
var plain = __webpack_require__(977);
// EXTERNAL MODULE: ./build/decide/follow-ups.js + 1 modules
var follow_ups = __webpack_require__(7030);
// EXTERNAL MODULE: ./build/decide/scope.js
var scope = __webpack_require__(7073);
// EXTERNAL MODULE: ./build/decide/task-file.js + 1 modules
var task_file = __webpack_require__(7039);
// EXTERNAL MODULE: ./build/run/bookkeeping.js
var run_bookkeeping = __webpack_require__(1650);
;// CONCATENATED MODULE: ./build/run/follow-ups.js
/**
 * What a worker leaves in the two files of bookkeeping. Its own edits of them do not count: they would conflict with
 * every other task's. Tasks that it wants done later come in a file of their own, and travel in its candidate as tasks
 * added to the tasks file of the base, so that they are wherever its commit is.
 */






/**
 * The tree without the worker's edits of the two files, or of what it put in their place; they are kept as
 * `bookkeeping.patch` in the task's folder.
 */
async function withoutBooks(task, base, tree, changes, world) {
    const { bookkeeping, store, places, log } = world;
    if (bookkeeping === null)
        return tree;
    const books = [bookkeeping.tasksFile, bookkeeping.doneFile];
    const above = (path, book) => book.startsWith(`${path}/`);
    const at = (path, book) => path === book || above(book, path) || above(path, book);
    const edited = changes.map(({ path }) => path).filter(path => books.some(book => at(path, book)));
    if (edited.length === 0)
        return tree;
    // A folder in place of a file goes whole when the file is put back.
    const restored = [
        ...books.filter(book => edited.some(path => at(path, book))),
        ...edited.filter(path => books.some(book => above(path, book))),
    ];
    const before = await Promise.all(restored.map(path => store.blobAt(base, path)));
    const rest = await store.replaceBlobs(tree, Object.fromEntries(restored.map((path, i) => [path, before[i]])));
    const file = (0,external_node_path_.join)(places.tasks, task, 'bookkeeping.patch');
    // Neither through a link nor into a pipe that is there already.
    await world.files.removeAll(file);
    await store.patch(file, rest, tree);
    log.notice('bookkeeping', `${task}: its changes to ${edited.join(' and ')} are left out (see bookkeeping.patch in its folder): landing a task edits these files. Tasks for later belong in ${follow_ups/* FOLLOW_UPS_FILE */.C0}.`);
    return rest;
}
/**
 * The tree with the follow-ups that the worker wrote, or else those that its candidate `before` had; and what is
 * wrong with them.
 */
async function addFollowUps({ id: task, paths }, base, tree, before, world) {
    const { bookkeeping, store, log, places } = world;
    const refused = (problems) => ({
        tree,
        problem: { code: 'follow-ups', problems },
    });
    const artifact = `tasks/${task}/artifacts/${follow_ups/* FOLLOW_UPS_FILE */.C0}`;
    const text = await world.files.readStart((0,external_node_path_.join)(places.run, artifact), follow_ups/* MAX_FOLLOW_UPS_BYTES */.Gf + 1);
    if (bookkeeping === null) {
        if (text === null)
            return { tree, problem: null };
        log.notice('follow-ups', `${task} left tasks for later in ${artifact}. With \`bookkeeping: archive\` they would go into the tasks file.`);
        return { tree, problem: null };
    }
    if (text === null && before === null)
        return { tree, problem: null };
    const ledger = await (0,run_bookkeeping/* ledgerAt */.V6)(base, bookkeeping, world);
    if (ledger === null || 'problem' in ledger) {
        if (text === null)
            return { tree, problem: null };
        return refused([ledger === null ? `the branch holds no ${bookkeeping.tasksFile}` : ledger.problem]);
    }
    const parent = { task, paths, format: bookkeeping.format, now: (0,identity/* isoTime */.Ly)(world.clock.now()) };
    let tasks = [];
    if (text !== null) {
        if (Buffer.byteLength(text) > follow_ups/* MAX_FOLLOW_UPS_BYTES */.Gf)
            return refused([`${follow_ups/* FOLLOW_UPS_FILE */.C0} is larger than 1 MiB`]);
        const read = (0,follow_ups/* readFollowUps */.Uq)(world.mask(text), ledger, parent, world.settings.run);
        if ('problems' in read)
            return refused(read.problems);
        tasks = read.tasks;
        const { protectedPaths } = world.settings;
        const lifting = (0,follow_ups/* liftingMore */.JY)(tasks, (0,scope/* liftedBy */.a)(paths, protectedPaths), protectedPaths);
        const more = [...(0,follow_ups/* reachingOut */.Ef)(tasks, paths), ...lifting];
        if (more.length > 0)
            return refused(more);
    }
    else if (before !== null) {
        tasks = (await part([before], world))[0]?.followUps ?? [];
    }
    if (tasks.length === 0)
        return { tree, problem: null };
    const added = (0,run_bookkeeping/* withFollowUps */.Od)(ledger, tasks, parent, bookkeeping, world);
    if ('problem' in added)
        return refused([added.problem]);
    return {
        tree: await store.replaceFiles(tree, { [bookkeeping.tasksFile]: (0,task_file/* textOf */.b6)(added) }),
        problem: null,
    };
}
async function part(candidates, world) {
    const { bookkeeping, store } = world;
    if (candidates.length === 0)
        return [];
    const trees = await store.resolve(candidates.map(({ commit }) => `${commit}^{tree}`));
    const whole = candidates.map(({ commit }, i) => ({ commit, tree: trees[i], followUps: [] }));
    if (bookkeeping === null)
        return whole;
    const { tasksFile } = bookkeeping;
    const bases = await store.resolve(candidates.map(({ base }) => `${base}^{tree}`));
    return Promise.all(candidates.map(async ({ commit, base }, i) => {
        const { tree } = whole[i];
        const [old, own] = await Promise.all([bases[i], tree].map(each => store.blobAt(each, tasksFile)));
        if (!old || !own || old === own)
            return whole[i];
        const [before, both] = await Promise.all([old, own].map(each => (0,run_bookkeeping/* openTasks */.bJ)(each, bookkeeping, world)));
        const followUps = 'problem' in before || 'problem' in both ? null : (0,follow_ups/* followUpsBetween */.yn)(before, both);
        if (followUps === null)
            return whole[i];
        const rest = await store.replaceBlobs(tree, { [tasksFile]: old });
        const [words] = await store.readCommits([commit]);
        return { commit: await store.writeCommit(rest, base, words), tree: rest, followUps };
    }));
}

;// CONCATENATED MODULE: ./build/run/scope.js

/** `changes` are those of `tree` on whatever it was made upon. null: all of them are allowed. */
async function scopeProblem(task, changes, tree, world) {
    const { settings, store, maxFileBytes } = world;
    const rules = {
        paths: task.paths,
        protectedPaths: settings.protectedPaths,
        maxChangedFiles: settings.maxChangedFiles,
        maxFileBytes,
    };
    const added = changes.filter(change => change.status === 'A');
    const [described, twins] = await Promise.all([
        describe(changes, world),
        Promise.all(added.map(async ({ path }) => [path, await store.twinOf(tree, path)])),
    ]);
    const found = twins.flatMap(([path, twin]) => (twin === null ? [] : [[path, twin]]));
    return (0,scope/* checkScope */.D)(described, rules, new Map(found));
}
const KINDS = { A: 'added', D: 'deleted', T: 'type' };
/** A link's target is part of the change; so is a file's size where the remote has a limit. */
async function describe(changes, { store, maxFileBytes }) {
    const links = changes.filter(change => change.mode === '120000');
    const targets = await store.readBlobs(links.map(link => link.blob));
    const target = new Map(links.map((link, i) => [link.path, targets[i] ?? '']));
    // Nobody asks where the remote has no limit.
    const files = maxFileBytes === null ? [] : changes.filter(change => change.mode.startsWith('100'));
    const sizes = await store.sizes(files.map(file => file.blob));
    const size = new Map(files.map((file, i) => [file.path, sizes[i] ?? 0]));
    return changes.map(({ path, mode, oldMode, status }) => ({
        path,
        mode,
        oldMode,
        kind: KINDS[status.slice(0, 1)] ?? 'modified',
        ...(target.has(path) ? { target: target.get(path) } : {}),
        ...(size.has(path) ? { size: size.get(path) } : {}),
    }));
}

;// CONCATENATED MODULE: ./build/run/secret.js

/** More places than this are counted only. */
const SHOWN_PLACES = 20;
/** `changes` are those of `tree` on `base`. null: it adds none, or nothing is masked. */
async function secretProblem(base, tree, changes, { seek, store, mask }) {
    if (seek === null || base === tree)
        return null;
    const lines = await store.seekAdded(base, tree, seek);
    // The name of a file that was there under another one with the same value is nothing new.
    const before = new Set(changes.flatMap(({ status, path }) => (status === 'D' ? seek(path) : [])));
    const names = changes.filter(({ status, path }) => status === 'A' && seek(path).some(found => !before.has(found)));
    const shown = (path) => mask((0,place/* shownPath */.pS)(path));
    const places = [
        ...names.map(({ path }) => `${shown(path)} (its name)`),
        ...lines.map(({ name, line }) => `${shown(Buffer.from(name, 'latin1').toString())}:${line}`),
    ];
    if (places.length === 0)
        return null;
    const rest = places.length - SHOWN_PLACES;
    const more = rest > 0 ? [`and ${rest} more`] : [];
    return { code: 'secret', places: [...places.slice(0, SHOWN_PLACES), ...more] };
}

// EXTERNAL MODULE: ./build/run/workspace.js
var run_workspace = __webpack_require__(2979);
;// CONCATENATED MODULE: ./build/run/candidate.js
/** From a folder that a worker has left to the one commit that stands for its work. */










const WORKSPACE_GONE = {
    code: 'out-of-scope',
    problems: ['the workspace itself: the worker removed or replaced the folder'],
};
/** A message is cut to half of this; a file may hold anything. */
const MESSAGE_BYTES = 128 * 1024;
/** `at` was created at `start`. The rules are checked, but their verdict never loses the work. */
async function harvest(task, at, start, source, world, 
/** For a remediation: the candidate whose message and author stay unless the worker says otherwise. */
before = null, 
/** Whether the worker ended well: only then the tasks that it leaves for later count. */
well = true) {
    const { store, checkouts, clock, settings } = world;
    if (!(await (0,run_workspace/* isInPlace */.RS)(at, world)))
        return { kind: 'unchanged', problem: WORKSPACE_GONE };
    const taken = await checkouts.snapshot(at, start, world.branch, store.dir);
    const { tree: shot, base, changes: seen, head } = taken;
    const leftBehind = await keepLeftBehind(task, at, start, head, world);
    const told = [...taken.inner.map(innerProblem), ...taken.left];
    const [baseTree] = await store.resolve([`${base}^{tree}`]);
    const clean = await (0,run_workspace/* withoutCopies */.OX)(task.id, shot, seen.raw, world);
    const own = await withoutBooks(task.id, base, clean, seen.raw, world);
    const { stat, raw } = own === shot ? seen : await store.changes(baseTree, own);
    const { tree, problem } = well
        ? await addFollowUps(task, base, own, before, world)
        : { tree: own, problem: null };
    const unclear = standingProblem(taken, source) ?? withProblems(told, null) ?? problem;
    // By files: old tools write the same tree in other ways.
    if (raw.length === 0 && tree === own) {
        const elsewhere = leftBehind.length > 0 ? { code: 'left-behind', refs: leftBehind } : null;
        return { kind: 'unchanged', problem: unclear ?? elsewhere };
    }
    const onBranch = base === start ? { raw, tree: own } : await onTip(base, own, raw, world);
    if (onBranch.raw.length === 0 && tree === own)
        return { kind: 'unchanged', problem: unclear };
    const scope = (await scopeProblem(task, onBranch.raw, onBranch.tree, world)) ?? replacedBy(taken.special, raw);
    const secret = await secretProblem(baseTree, tree, raw, world);
    const history = head === null || head === base ? [] : await checkouts.historyOf(at, base, head, store.dir);
    const messageFile = await world.files.readStart(messageFileOf(task, world), MESSAGE_BYTES);
    const [earlier] = before ? await store.readCommits([before.commit]) : [];
    const committer = (0,identity/* signature */.vl)({ name: settings.gitUserName, email: settings.gitUserEmail }, clock.now());
    // Only what the worker wrote: the user's words are the branch's, and a trailer that is not whole ties to nothing.
    const { mask } = world;
    const message = earlier && history.length === 0 && messageFile === null
        ? earlier.message
        : (0,decide_message/* candidateMessage */.LD)({
            messageFile: messageFile === null ? null : mask(messageFile),
            commits: history.map(commit => mask(commit.message)),
            template: task.commitMessage ?? settings.commitMessage,
            task,
            trailers: { task: task.id, run: world.key, fingerprint: task.fingerprint },
        });
    const commit = await store.writeCommit(tree, base, {
        author: history.map(commit => mask(commit.author)).findLast(identity/* isSignature */.hi) ?? earlier?.author ?? committer,
        committer,
        message,
    });
    const candidate = { commit, base, changes: stat, source, ...(secret ? { secret: true } : {}) };
    return {
        kind: 'candidate',
        candidate,
        diffstat: secret ? withoutNames(diffstatOf(raw), mask) : diffstatOf(raw),
        problem: standingProblem(taken, source) ?? secret ?? withProblems(told, scope) ?? problem,
    };
}
/** A name of a file may be what is to be masked. */
function withoutNames({ files, more }, mask) {
    return { files: files.map(file => ({ ...file, path: mask(file.path) })), more };
}
/** A remediation begins in the middle of a merge; what of it is left is looked at elsewhere (`unresolved`). */
function standingProblem({ underWay, related }, source) {
    const { operation, unmerged } = underWay;
    const begun = source === 'remediation' && (operation === null || operation === 'merge');
    if (!begun && (operation !== null || unmerged.length > 0))
        return { code: 'unfinished', operation, files: unmerged };
    return related ? null : { code: 'history' };
}
/**
 * A worker that went back, or pulled, changes on the branch what it changes on its own base, less what the branch has as
 * well. Where that conflicts, the lane will say so.
 */
async function onTip(base, own, raw, { store, branch }) {
    const [tip] = await store.resolve([`refs/heads/${branch}^{tree}`]);
    const merged = await store.merge(tip, own, base);
    if (merged.kind === 'conflict')
        return { raw, tree: own };
    return { raw: await store.changedFiles(tip, merged.tree), tree: merged.tree };
}
/** What could not be taken is out of scope as well, and told first. */
function withProblems(told, scope) {
    if (told.length === 0)
        return scope;
    const others = scope?.code === 'out-of-scope' ? scope.problems : [];
    return { code: 'out-of-scope', problems: [...told, ...others] };
}
function innerProblem({ path, taken }) {
    const shown = (0,place/* shownPath */.pS)(path);
    const where = taken ? 'the kept work has its files' : 'its files are in the workspace alone';
    return `${shown}: it is a git repository of its own, which a commit cannot hold (${where})`;
}
const LEFT_BEHIND = 'branches.bundle';
const SECRET_LEFT_BEHIND = 'branches-secret.bundle';
/**
 * Only where its folder ends counts as a worker's result; what it committed elsewhere is kept and told of. Returns the refs
 * of that.
 */
async function keepLeftBehind(task, at, base, head, world) {
    const { checkouts, store, places, log, mask, seek } = world;
    let name = LEFT_BEHIND;
    const fileFor = (hasSecret) => {
        name = hasSecret ? SECRET_LEFT_BEHIND : LEFT_BEHIND;
        return external_node_path_.posix.join(places.tasks, task.id, name);
    };
    try {
        const refs = await checkouts.bundleLeftBehind(at, base, head, store.dir, fileFor, seek);
        if (refs.length === 0)
            return [];
        const names = (0,plain/* listed */.KE)(refs.map(ref => shownRef(ref, refs)));
        const text = `${task.id}: its worker also made commits on ${names}, which are no part of its result: what the workspace holds at the end is. They are kept in tasks/${task.id}/${name}; \`git fetch <that file> <branch>\` brings them back.`;
        log.notice('work', mask(text));
        return refs;
    }
    catch (error) {
        log.warning('work', mask(`${task.id}: commits on other branches could not be kept: ${String(error)}`));
        return [];
    }
}
/** git takes a short name for the tag's where a tag and a branch have it. */
function shownRef(ref, refs) {
    const short = ref.replace(/^refs\/(heads\/)?/, '');
    return refs.includes(`refs/tags/${short}`) ? ref : short;
}
function messageFileOf(task, world) {
    return external_node_path_.posix.join(world.places.tasks, task.id, 'message.txt');
}
/** A pipe or the like beside the work is nothing to git; in place of a file it would look as if that was removed. */
function replacedBy(special, raw) {
    const gone = raw.filter(change => change.status.startsWith('D')).map(change => change.path);
    const problems = special
        .filter(path => gone.some(file => file === path || file.startsWith(`${path}/`)))
        .map(path => `${(0,place/* shownPath */.pS)(path)}: it is a pipe, a socket or a device, which git cannot keep`);
    return problems.length > 0 ? { code: 'out-of-scope', problems } : null;
}

// EXTERNAL MODULE: ./build/run/command.js + 1 modules
var command = __webpack_require__(155);
;// CONCATENATED MODULE: ./build/run/folder.js
/** A task's folder in the run directory: what its worker is told, and where what it leaves is found. */





/** Writes prompt and manifest; the log of an earlier attempt is kept beside the new one. */
async function writeTaskFiles(task, attempt, world) {
    const { files, places, key, branch, clock } = world;
    const dir = (0,external_node_path_.join)(places.tasks, task.id);
    const role = attempt.role ?? 'worker';
    const artifacts = (0,external_node_path_.join)(dir, 'artifacts');
    const promptFile = (0,external_node_path_.join)(dir, 'prompt.md');
    const manifestFile = (0,external_node_path_.join)(dir, 'manifest.json');
    const log = (0,external_node_path_.join)(dir, `${role}.log`);
    const messageFile = messageFileOf(task, world);
    // An earlier attempt may have left anything there.
    if (!(await files.isFolder(artifacts)))
        await files.removeAll(artifacts);
    await files.makeFolder(artifacts);
    await files.removeAll(messageFile);
    const followUps = follow_ups/* FOLLOW_UPS_FILE */.C0.replace('.', `-before-${role}-${attempt.attempt}.`);
    await files.moveIfThere((0,external_node_path_.join)(artifacts, follow_ups/* FOLLOW_UPS_FILE */.C0), (0,external_node_path_.join)(artifacts, followUps));
    if (attempt.attempt > 1)
        await files.moveIfThere(log, (0,external_node_path_.join)(dir, `${role}-${attempt.attempt - 1}.log`));
    await files.writeAtomic(promptFile, attempt.prompt ?? task.prompt ?? '');
    await files.writeJson(manifestFile, {
        version: 1,
        task_id: task.id,
        title: task.title,
        attempt: attempt.attempt,
        branch,
        base_sha: attempt.base,
        paths: task.paths,
        workspace: (0,run_workspace/* workspaceOf */.B3)(task.id, world).dir,
        prompt_file: promptFile,
        artifacts_dir: artifacts,
        log_file: log,
        run_key: key,
        created_at: (0,identity/* isoTime */.Ly)(clock.now()),
    });
    return {
        dir,
        log,
        env: {
            FANOUT_TASK_ID: task.id,
            FANOUT_TASK_TITLE: task.title,
            FANOUT_BASE_SHA: attempt.base,
            FANOUT_ATTEMPT: String(attempt.attempt),
            FANOUT_PROMPT_FILE: promptFile,
            FANOUT_MANIFEST: manifestFile,
            FANOUT_MESSAGE_FILE: messageFile,
            FANOUT_ARTIFACTS: artifacts,
            ...(attempt.handoffFile === undefined ? {} : { FANOUT_HANDOFF: attempt.handoffFile }),
        },
    };
}

;// CONCATENATED MODULE: ./build/run/work.js
/** One task: workspace -> worker -> candidate. It never sees the remote. */





/** `more`: other tasks wait for their turn. */
async function work(task, step, more, world) {
    const { clock, settings } = world;
    const start = clock.now();
    const failed = (failure, workspace) => {
        return { kind: 'failed', failure, kept: null, exitCode: null, seconds: { workspace, worker: 0 } };
    };
    let files;
    let at;
    try {
        at = (0,run_workspace/* workspaceOf */.B3)(task.id, world);
        const make = async () => {
            const written = await writeTaskFiles(task, step, world);
            await (0,run_workspace/* freshWorkspace */.WQ)(at, step.base, more, world);
            return written;
        };
        files = await world.patience(`The workspace of ${task.id}`, make, world.endWork);
    }
    catch (error) {
        const detail = world.mask(error instanceof Error ? error.message : String(error));
        return failed(world.cancel.aborted ? (0,run_workspace/* haltFailure */.Ux)(world) : { code: 'workspace', detail }, since(start, world));
    }
    const timeoutMinutes = task.timeoutMinutes ?? settings.taskTimeoutMinutes;
    const run = {
        name: task.id,
        scriptName: `task-${task.id}`,
        env: files.env,
        logFile: files.log,
        timeoutMinutes,
        signal: world.endWork,
    };
    const failedSetup = await (0,run_workspace/* setUp */.s)(at, { ...run, env: { ...files.env, ...(0,run_workspace/* standsAt */.T7)(step.base, [task.id]) } }, world);
    const workspace = since(start, world);
    if (failedSetup)
        return failed(failedSetup.failure, workspace);
    const ended = await (0,command/* runUserCommand */.w)({
        ...run,
        script: task.run ?? settings.run ?? '',
        cwd: at.dir,
        env: { ...task.env, ...files.env },
        stdin: task.prompt ?? '',
        append: settings.setup !== null,
        idleMinutes: settings.idleTimeoutMinutes,
    }, world);
    await world.memory.ended(ended.peakBytes ?? null);
    const seconds = { workspace, worker: ended.seconds };
    const result = { exitCode: ended.exitCode, seconds };
    const failure = failureOfWorker(ended, timeoutMinutes, settings.idleTimeoutMinutes, world);
    const harvested = await takeWork(task, at, () => harvest(task, at, step.base, 'worker', world, null, failure === null), world);
    // That it is in its workspace alone is worse than how it ended.
    const worst = isStranded(harvested.problem) ? harvested.problem : (failure ?? harvested.problem);
    if (harvested.kind === 'unchanged') {
        return worst
            ? { ...result, kind: 'failed', failure: worst, kept: null }
            : { ...result, kind: 'unchanged' };
    }
    const { candidate, diffstat } = harvested;
    return worst
        ? { ...result, diffstat, kind: 'failed', failure: worst, kept: candidate }
        : { ...result, diffstat, kind: 'candidate', candidate };
}
const FULL_DISK = 'the disk is full';
/** Whether a workspace is the only copy of what a worker has done. */
function isStranded(failure) {
    return failure?.code === 'workspace' && failure.detail.startsWith(FULL_DISK);
}
/**
 * Takes the work out of the workspace, with patience for a full disk. Where that stays full, the workspace goes out of the way
 * of whatever comes next, and stays.
 */
async function takeWork(task, at, take, world) {
    try {
        return await world.patience(`The finished work of ${task.id}`, take, world.endWork);
    }
    catch (error) {
        if (!(0,decide_disk/* isFullDisk */.R)(error))
            throw error;
        const place = await world.files.moveAside(at.dir).catch(() => at.dir);
        const detail = `${FULL_DISK}, so what its worker has done could not be taken out of ${place}: it is there, and nothing removes it`;
        return { kind: 'unchanged', problem: { code: 'workspace', detail } };
    }
}
/** null: it did what it was asked. The first reason wins: a worker that we ended is not a worker that failed. */
function failureOfWorker(ended, timeoutMinutes, idleMinutes, world) {
    switch (ended.reason) {
        case 'abort':
            return (0,run_workspace/* haltFailure */.Ux)(world);
        case 'timeout':
            return { code: 'timeout', minutes: timeoutMinutes };
        case 'idle':
            return { code: 'idle', minutes: idleMinutes };
        case 'spawn':
            return { code: 'workspace', detail: ended.detail ?? 'the shell could not be started' };
        case 'exit':
            if (ended.signal !== null)
                return { code: 'worker-signal', signal: ended.signal };
            return ended.exitCode === 0 ? null : { code: 'worker-exit', exitCode: ended.exitCode ?? 1 };
    }
}
function since(start, world) {
    return (world.clock.now() - start) / 1000;
}

;// CONCATENATED MODULE: ./build/run/finish.js
/** What an ended task leaves: bundle and patch of work that did not land, its marker, its workspace dealt with. */












/** More artifacts than this are named by their folder alone. */
const NAMED_ARTIFACTS = 1000;
const MARKERS = ['blocked-push.json', 'ci-failure.json'];
const ONLY_COPY_WORDS = 'Files in the folder workspace could not be taken into the bundle, and are nowhere else. `fanout clean` removes them.\n';
/** In a task's folder: its work that did not land. */
const WORK = [kept_name/* BUNDLE */.dI, kept_name/* SECRET_BUNDLE */.wW, 'work.patch', 'lfs'];
/**
 * Writes what is due, with patience for a full disk, and returns the files kept for the task, relative to the run directory.
 * Where the disk stays full, the workspace stays too, and nothing is said to be there that is not.
 */
async function finish(state, world) {
    try {
        return await world.patience(`What ${state.id} leaves`, () => writeAll(state, world), world.cancel);
    }
    catch (error) {
        if (!(0,decide_disk/* isFullDisk */.R)(error))
            throw error;
        world.log.warning('finish', `${state.id}: what it left could not all be kept: ${world.mask(String(error))}`);
        const left = await leftBy(state, world);
        if (state.candidate !== null && (0,verdict/* keptIn */.CJ)(left) !== true)
            await tellAgain(state, (0,verdict/* keptIn */.CJ)(left), world);
        return left;
    }
}
/** The marker once more, without the work that could not be written. */
async function tellAgain(state, kept, world) {
    const failure = state.stage.kind === 'ended' ? state.stage.failure : null;
    if (failure === null)
        return;
    try {
        await writeMarker(state, failure, (0,external_node_path_.join)(world.places.tasks, state.id), world, kept);
    }
    catch {
        // What is there is a marker all the same.
    }
}
async function writeAll(state, world) {
    const { places, files, settings } = world;
    const dir = (0,external_node_path_.join)(places.tasks, state.id);
    const stage = state.stage.kind === 'ended' ? state.stage : null;
    const landed = stage?.outcome === 'landed' || stage?.outcome === 'unchanged';
    const work = landed ? null : state.candidate;
    // Of an earlier process or attempt, in the same folder: what is true now is written anew. Work that a run made and
    // this one did not is all there is of it.
    const stale = [...MARKERS, files.ONLY_COPY, ...(landed || work ? WORK : [])];
    const old = stale.flatMap(name => [(0,external_node_path_.join)(dir, name), (0,external_node_path_.join)(places.run, `${state.id}.${name}`)]);
    await Promise.allSettled(old.map(file => files.removeAll(file)));
    // The marker is small and first: work may be what the disk has no room for. Neither waits for the other's luck.
    const [told] = await Promise.allSettled([
        stage?.failure ? writeMarker(state, stage.failure, dir, world) : [],
    ]);
    const [kept] = await Promise.allSettled([work ? keepWork(state.id, work, dir, world) : []]);
    const elsewhere = [kept, told].flatMap(written => {
        if (written.status === 'rejected')
            throw written.reason;
        return written.value;
    });
    const keep = settings.keepWorkspaces === 'always' ||
        (settings.keepWorkspaces === 'blocked' && work !== null) ||
        isOnlyThere(stage?.failure ?? null, work);
    const workspace = (0,run_workspace/* workspaceOf */.B3)(state.id, world);
    if (isOnlyThere(stage?.failure ?? null, work))
        await files.writeAtomic((0,external_node_path_.join)(dir, files.ONLY_COPY), ONLY_COPY_WORDS);
    await (keep ? world.workspaces.keep(workspace) : world.workspaces.remove(workspace));
    return [...(await leftBy(state, world)), ...elsewhere];
}
/** What is in the task's folder, relative to the run directory. */
async function leftBy({ id }, { files, places }) {
    const dir = (0,external_node_path_.join)(places.tasks, id);
    // Regular files only: a worker may have put anything there, also links that lead elsewhere.
    const names = (await files.filesIn(dir)).filter(name => name !== 'message.txt');
    const artifacts = (await files.filesBelow((0,external_node_path_.join)(dir, 'artifacts'))).map(name => `/${name}`);
    const contents = (await files.filesBelow((0,external_node_path_.join)(dir, 'lfs'))).map(name => `lfs/${name}`);
    return [
        ...[...names, ...contents].map(name => `tasks/${id}/${name}`),
        ...(artifacts.length > NAMED_ARTIFACTS ? ['/'] : artifacts).map(name => `tasks/${id}/artifacts${name}`),
    ];
}
/** Whether something could not be taken out of the workspace and is nowhere else: then it stays, whatever the settings say. */
function isOnlyThere(failure, work) {
    if (failure?.code === 'internal')
        return work === null;
    if (isStranded(failure))
        return true;
    return failure?.code === 'out-of-scope' && (work === null || (0,explain_scope/* isPartlyTaken */.WT)(failure.problems));
}
/**
 * What an attempt had changed that another one follows now: `work-<n>.bundle` and its patch, whatever becomes of the task. The
 * commit is in the store in any case, so the next attempt does not wait for a disk that stays full.
 */
async function keepAttempt(id, attempt, work, world) {
    const dir = (0,external_node_path_.join)(world.places.tasks, id);
    const keep = () => keepWork(id, work, dir, world, attempt);
    try {
        await world.patience(`The work of attempt ${attempt} of ${id}`, keep, world.endWork);
    }
    catch (error) {
        const why = world.mask(String(error));
        world.log.warning('work', `${id}: the work of attempt ${attempt} is in the run's store alone: ${why}`);
    }
}
/** Bundle and patch in the task's folder, or beside it where that cannot be written; returns the paths of the latter. */
async function keepWork(id, work, dir, world, 
/** null: the last. */
attempt = null) {
    const { files, store, places } = world;
    const patchName = attempt === null ? 'work.patch' : `work-${attempt}.patch`;
    const ref = attempt === null ? (0,ref_name/* workRef */.$J)(id) : (0,ref_name/* attemptRef */.DG)(id, attempt);
    const write = async (prefix) => {
        const [bundle, patch] = [`${prefix}${(0,kept_name/* bundleName */.u1)(work, attempt)}`, `${prefix}${patchName}`];
        // Neither through a link nor into a pipe that is there already.
        for (const file of [bundle, `${bundle}.lock`, patch])
            await files.removeAll(file);
        await store.bundle(bundle, work.base, work.commit, ref);
        await store.patch(patch, work.base, work.commit, work.secret ? world.mask : undefined);
    };
    try {
        await files.makeFolder(dir);
        await write(`${dir}/`);
        return [];
    }
    catch (error) {
        // There is no room beside it either.
        if ((0,decide_disk/* isFullDisk */.R)(error))
            throw error;
        const why = world.mask(String(error));
        world.log.warning('work', `${dir} cannot be written (${why}): the work of ${id} is beside it`);
        await write((0,external_node_path_.join)(places.run, `${id}.`));
        return [`${id}.${(0,kept_name/* bundleName */.u1)(work, attempt)}`, `${id}.${patchName}`];
    }
}
/** The marker goes to the task's folder, or beside it where that cannot be written: never nowhere. */
async function writeMarker(state, failure, dir, world, kept = state.candidate !== null) {
    const marker = markerOf(state, failure, kept, world);
    if (marker === null)
        return [];
    try {
        await world.files.writeJson((0,external_node_path_.join)(dir, marker.name), marker.content);
        return [];
    }
    catch (error) {
        if ((0,decide_disk/* isFullDisk */.R)(error))
            throw error;
        const name = `${state.id}.${marker.name}`;
        world.log.warning('marker', `${dir} cannot be written (${world.mask(String(error))}): the marker is ${name} in the run directory`);
        await world.files.writeJson((0,external_node_path_.join)(world.places.run, name), marker.content);
        return [name];
    }
}
function markerOf(state, failure, kept, world) {
    const { settings, branch, clock, mask } = world;
    const at = (0,identity/* isoTime */.Ly)(clock.now());
    const base = state.candidate?.base ?? world.base;
    const { what, why, fix } = (0,explain/* explain */.WE)(failure, {
        branch,
        baseSha: base,
        kept,
        secret: state.candidate?.secret === true,
        earlier: (0,verdict/* earlierIn */.uo)(state.files),
        remediations: state.remediations,
    });
    if (failure.code === 'gate' && state.redGate) {
        const gate = state.redGate;
        const content = {
            version: 1,
            task_id: state.id,
            timestamp: at,
            command: mask(settings.gate ?? ''),
            exit_code: gate.exitCode,
            signal: gate.signal,
            timed_out: gate.timedOut,
            tree: gate.tree,
            base_sha: base,
            attempt: state.remediations + 1,
            log_file: (0,external_node_path_.join)(world.places.run, gate.logFile),
            error: mask(`${what} ${why}`),
            output_tail: (0,decide_text/* tail */.RT)(gate.outputTail),
        };
        return { name: 'ci-failure.json', content };
    }
    if (state.stage.kind !== 'ended' || state.stage.outcome !== 'blocked-push')
        return null;
    const content = {
        version: 1,
        task_id: state.id,
        reason: (0,decide_failure/* reasonCode */.g3)(failure),
        message: mask(`${what} ${why}`),
        fix: mask(fix),
        attempt: state.pushes,
        max_attempts: settings.maxPushAttempts,
        generated_at: at,
        branch,
        base_sha: base,
        candidate_sha: state.candidate?.commit ?? null,
        conflict_files: failure.code === 'conflict' ? failure.files : [],
        remote_output: (0,decide_text/* tail */.RT)(state.remoteOutput),
    };
    return { name: 'blocked-push.json', content };
}

// EXTERNAL MODULE: ./build/run/gate.js
var gate = __webpack_require__(4135);
// EXTERNAL MODULE: ./build/run/push.js
var push = __webpack_require__(1376);
// EXTERNAL MODULE: ./build/decide/conflict.js
var conflict = __webpack_require__(5823);
// EXTERNAL MODULE: ./build/run/landed.js
var run_landed = __webpack_require__(8712);
// EXTERNAL MODULE: ./build/run/tip.js
var run_tip = __webpack_require__(2415);
;// CONCATENATED MODULE: ./build/run/stack.js









async function stack(step, recall, world) {
    const { store } = world;
    const tip = await (0,run_tip/* tipAfter */.Wy)(step.waitMs, recall, world);
    if (tip.kind === 'unreachable')
        return tip;
    // Side by side: between this look at the tip and the push the branch should not have had time to move.
    const [onward, landed, reads] = await Promise.all([
        tip.commit === step.tip || store.isAncestor(step.tip, tip.commit),
        tip.commit === step.tip ? [] : (0,run_landed/* landedSince */.p)(step.tip, tip.commit, world),
        readAll(step.tasks, recall, world),
    ]);
    if (!onward) {
        const [from, to] = [step.tip, tip.commit].map(commit => commit.slice(0, 7));
        world.log.warning('branch moved back', `Somebody has moved ${world.branch} from ${from} to ${to}, which does not hold it: what had landed up to there may not be on it any more, though it is reported as landed.`);
    }
    const there = new Set(landed.map(layer => layer.task));
    const layers = [];
    const conflicts = [];
    const refused = [];
    const noops = [];
    let top = tip;
    for (const [i, { task, candidate }] of step.tasks.entries()) {
        if (there.has(task))
            continue;
        const onTip = layers.length === 0;
        const own = { ...reads[i], task, candidate };
        const put = await putOn(top, own, world);
        // What a mate brings along may yet not land: only against the tip is it settled.
        const alone = onTip || put.kind === 'put' ? put : await mergeOn(tip, own, world);
        if (put.kind === 'conflict') {
            const files = put.conflicts.map(({ file }) => file);
            const how = (0,conflict/* groupConflicts */.h)(put.conflicts);
            conflicts.push({ task, with: alone.kind === 'conflict' ? 'tip' : 'mate', files, how });
        }
        else if (put.kind === 'refused') {
            refused.push({ task, with: alone.kind === 'refused' ? 'tip' : 'mate', failure: put.failure });
            if (alone.kind === 'refused' && candidate.source === 'blocked')
                tellKept(task, put.failure, world);
        }
        else if (put.kind === 'noop') {
            if (onTip)
                noops.push(task);
            else
                conflicts.push({ task, with: 'mate', files: [] });
        }
        else {
            const { commit, tree, changes } = put;
            layers.push({ task, commit, tree, ...(changes ? { changes } : {}) });
            top = put;
        }
    }
    const result = { stack: { tip: tip.commit, tipTree: tip.tree, layers }, conflicts, noops, landed };
    return { kind: 'stacked', ...result, ...(refused.length > 0 ? { refused } : {}) };
}
/** Its worker will run: whoever kept that work, or put it there, is to know why it is not used. */
function tellKept(task, failure, world) {
    const { what } = (0,explain/* explain */.WE)(failure, { branch: world.branch });
    world.log.notice('blocked work', world.mask(`${task}: work kept by an earlier run is not used. ${what}`));
}
/** What the lane needs to know of each candidate; those that were in a stack before are known. */
async function readAll(tasks, { read }, world) {
    const { store } = world;
    const fresh = tasks.map(task => task.candidate).filter(candidate => !read.has(candidate.commit));
    const [texts, parts, bases] = await Promise.all([
        store.readCommits(fresh.map(candidate => candidate.commit)),
        part(fresh, world),
        store.resolve(fresh.map(candidate => `${candidate.base}^{tree}`)),
    ]);
    for (const [i, { commit, source }] of fresh.entries()) {
        const changes = await store.changedFiles(bases[i], parts[i].tree).catch(() => null);
        // A worker's own was looked through when it ended.
        const wrong = changes === null
            ? DISORDER
            : source === 'blocked'
                ? await secretProblem(bases[i], await treeOf(commit, world), changes, world)
                : null;
        read.set(commit, { ...parts[i], text: texts[i], changes, wrong });
    }
    return tasks.map(({ candidate }) => read.get(candidate.commit));
}
async function treeOf(commit, { store }) {
    const [tree] = await store.resolve([`${commit}^{tree}`]);
    return tree;
}
/** The candidate's work as a change of `top`, and whether its task may change that. */
async function mergeOn(top, own, world) {
    const { store, plan } = world;
    const { base } = own.candidate;
    if (own.wrong !== null || own.changes === null)
        return { kind: 'refused', failure: own.wrong ?? DISORDER };
    // Made upon this very commit, it is already what a merge would give.
    const merged = base === top.commit
        ? { kind: 'clean', tree: own.tree }
        : await store.merge(top.commit, own.commit, base);
    if (merged.kind === 'conflict')
        return merged;
    // By files: old tools write the same tree in other ways.
    const changes = await store.changedFiles(top.tree, merged.tree);
    if (changes.length === 0 && own.followUps.length === 0)
        return { kind: 'noop' };
    const task = plan.tasks[plan.index.get(own.task) ?? -1];
    const failure = task ? await scopeProblem(task, changes, merged.tree, world) : null;
    if (failure !== null)
        return { kind: 'refused', failure };
    if (isSameChange(changes, own.changes))
        return { kind: 'clean', tree: merged.tree };
    const { stat } = await store.changes(top.tree, merged.tree);
    return { kind: 'clean', tree: merged.tree, changes: stat };
}
const DISORDER = {
    code: 'out-of-scope',
    problems: ['its tree: a folder holds a name twice or out of order, as no git writes it'],
};
function isSameChange(some, others) {
    return (some.length === others.length &&
        some.every(({ name, oldBlob, blob, oldMode, mode }, i) => {
            const other = others[i];
            return (name === other.name &&
                oldBlob === other.oldBlob &&
                blob === other.blob &&
                oldMode === other.oldMode &&
                mode === other.mode);
        }));
}
async function putOn(top, own, world) {
    const { store, settings, clock } = world;
    const merged = await mergeOn(top, own, world);
    if (merged.kind !== 'clean')
        return merged;
    const { tree: work, ...told } = merged;
    if (own.candidate.base === top.commit && world.bookkeeping === null)
        return { kind: 'put', commit: own.commit, tree: own.tree };
    const tree = await (0,run_bookkeeping/* archived */.xJ)(work, own.task, own.followUps, world);
    if (tree === top.tree)
        return { kind: 'noop' };
    const committer = (0,identity/* signature */.vl)({ name: settings.gitUserName, email: settings.gitUserEmail }, clock.now());
    const commit = await store.writeCommit(tree, top.commit, { ...own.text, committer });
    const { changes } = told;
    return { kind: 'put', commit, tree, ...(changes ? { changes } : {}) };
}

;// CONCATENATED MODULE: ./build/run/land.js




async function land(step, { slots, recall }, world) {
    switch (step.kind) {
        case 'stack':
            return { type: 'stacked', result: await stack(step, recall, world) };
        case 'gate':
            return { type: 'gated', results: await (0,gate/* gate */.G)(step, slots, world) };
        case 'push':
            return { type: 'pushed', layers: step.layers, result: await (0,push/* push */.V)(step, recall, world) };
        default:
            return (0,task/* unreachable */.H)(step);
    }
}

// EXTERNAL MODULE: ./build/decide/apply.js
var apply = __webpack_require__(6661);
// EXTERNAL MODULE: ./build/decide/next.js
var next = __webpack_require__(4076);
;// CONCATENATED MODULE: ./build/run/loop.js
/** The orchestrator: a pure function and a few lines of shell. No pool, no mutex, no queue. */



function openInbox() {
    const answers = [];
    let wake = () => { };
    return {
        put: answer => {
            answers.push(answer);
            wake();
        },
        take: async () => {
            if (answers.length === 0) {
                await new Promise(resolve => {
                    wake = resolve;
                });
            }
            return answers.splice(0);
        },
    };
}
/**
 * Runs until nothing is left to do. Every event is on disk before it takes effect; rejects when the disk does not
 * take one, once everything that ran has ended.
 */
async function loop(plan, start, limits, world) {
    const running = new Map();
    const inbox = openInbox();
    const deaf = world.listen(halt => inbox.put({ key: null, happened: { type: 'halted', halt } }));
    try {
        return await turn(plan, start, limits, world, running, inbox);
    }
    catch (error) {
        world.giveUp();
        await Promise.all(running.values());
        throw error;
    }
    finally {
        deaf();
    }
}
async function turn(plan, start, limits, world, running, inbox) {
    const now = () => (0,identity/* isoTime */.Ly)(world.clock.now());
    let state = (0,apply/* settle */.G)(plan, start, limits, now());
    const take = (happened) => {
        const event = { ...happened, at: now() };
        world.journal.append(event);
        state = (0,apply/* apply */.B)(plan, state, limits, event);
        world.observe(event, state);
    };
    for (;;) {
        const steps = (0,next/* next */.K)(plan, state, limits);
        for (const step of steps)
            take({ type: 'began', step });
        await world.journal.flush();
        for (const step of steps) {
            const key = keyOf(step);
            running.set(key, world.perform(step, state).then(happened => inbox.put({ key, happened })));
        }
        if (running.size === 0)
            return state;
        // All that came meanwhile: one flush is enough for them.
        for (const { key, happened } of await inbox.take()) {
            if (key !== null)
                running.delete(key);
            take(happened);
        }
        // What follows starts only after the flush above: one write holds the events and their consequences.
    }
}
function keyOf(step) {
    return 'task' in step ? `${step.kind} ${step.task}` : 'lane';
}

// EXTERNAL MODULE: ./build/run/refs.js
var refs = __webpack_require__(4461);
;// CONCATENATED MODULE: ./build/decide/handoff.js
function handoffPrompt(task, handoff, context) {
    const parts = handoff.kind === 'conflict' ? handoff_conflict(handoff.files, context.branch) : handoff_gate(handoff.gate);
    const scope = context.paths.length > 0 ? [`- Only these files may change: ${context.paths.join(', ')}.`] : [];
    return [
        `# ${task.title}`,
        '',
        ...parts.what,
        '',
        '## What must hold when you are done',
        ...parts.must,
        ...scope,
        '- The purpose of the task below is still met, and nothing that others landed is lost.',
        '- Do not push. Leave the result in this working directory; committing is optional.',
        '',
        '## The task',
        task.prompt ?? task.title,
        '',
    ].join('\n');
}
function handoff_conflict(files, branch) {
    return {
        what: [
            `The change of this task conflicts with what has landed on ${branch} meanwhile.`,
            'This directory is at the present tip with the change merged in; the conflict markers are in place in:',
            ...files.map(file => `- ${file}`),
        ],
        must: [
            '- No conflict marker is left in any of these files, and both sides keep their intent.',
            '- A file that has no markers (a binary one, one that a side removed) is decided too: changed, removed, or kept as it is with `git add`.',
        ],
    };
}
function handoff_gate(result) {
    const how = result.timedOut
        ? 'did not end in time'
        : result.signal !== null
            ? `was ended by ${result.signal}`
            : `exited with ${result.exitCode}`;
    return {
        what: [
            `The change of this task merges cleanly, but the CI command ${how} on the result.`,
            'This directory is at the present tip with the change merged in. The end of its output:',
            '',
            ...result.outputTail.split('\n').map(line => `    ${line}`),
        ],
        must: ['- The CI command passes on the whole tree.'],
    };
}

;// CONCATENATED MODULE: ./build/run/remediate.js
/** A candidate that cannot land as it is, handed to the `remediate` command in a workspace at the present tip. */










async function remediate(task, step, world) {
    const { settings, clock, files } = world;
    const start = clock.now();
    const elapsed = () => (clock.now() - start) / 1000;
    const handoffFile = (0,external_node_path_.join)(world.places.tasks, task.id, `handoff-${step.attempt}.json`);
    const prompt = handoffPrompt(task, step.handoff, { branch: world.branch, paths: task.paths });
    const folder = await writeTaskFiles(task, { attempt: step.attempt, base: step.base, role: 'remediation', handoffFile, prompt }, world);
    const at = (0,run_workspace/* workspaceOf */.B3)(task.id, world);
    const failed = (failure, exitCode, worker = 0) => ({
        kind: 'failed',
        failure,
        kept: step.candidate,
        exitCode,
        seconds: { workspace: elapsed() - worker, worker },
    });
    let status;
    let conflicted;
    try {
        await (0,run_workspace/* freshWorkspace */.WQ)(at, step.base, false, world);
        // Its follow-ups are no work of its own: they wait for the landing.
        const [own] = await part([step.candidate], world);
        const merged = await world.checkouts.startMerge(at, own.commit);
        status = merged.status;
        conflicted = merged.conflicted;
    }
    catch (error) {
        const detail = world.mask(String(error));
        return failed(world.cancel.aborted ? (0,run_workspace/* haltFailure */.Ux)(world) : { code: 'workspace', detail }, null);
    }
    await files.writeJson(handoffFile, packet(task, step, step.handoff, status, folder.env.FANOUT_PROMPT_FILE, world));
    const timeoutMinutes = task.timeoutMinutes ?? settings.taskTimeoutMinutes;
    const run = {
        name: `${task.id}-remediation`,
        scriptName: `remediation-${task.id}`,
        env: folder.env,
        logFile: folder.log,
        timeoutMinutes,
        signal: world.endWork,
    };
    const env = { ...folder.env, ...(0,run_workspace/* standsAt */.T7)(step.base, [task.id]) };
    const failedSetup = await (0,run_workspace/* setUp */.s)(at, { ...run, env }, world);
    if (failedSetup)
        return failed(failedSetup.failure, null);
    const workspace = elapsed();
    const ended = await (0,command/* runUserCommand */.w)({
        ...run,
        script: settings.remediate ?? '',
        cwd: at.dir,
        env: { ...task.env, ...folder.env },
        stdin: prompt,
        append: settings.setup !== null,
        idleMinutes: settings.idleTimeoutMinutes,
    }, world);
    const failure = failureOfWorker(ended, timeoutMinutes, settings.idleTimeoutMinutes, world);
    if (failure)
        return failed(ended.reason === 'abort' ? (0,run_workspace/* haltFailure */.Ux)(world) : failure, ended.exitCode, ended.seconds);
    const left = await world.checkouts.unresolved(at, conflicted, world.store.dir);
    if (left.length > 0)
        return failed({ code: 'conflict', files: left }, ended.exitCode, ended.seconds);
    const result = { exitCode: ended.exitCode, seconds: { workspace, worker: ended.seconds } };
    const harvested = await takeWork(task, at, () => harvest(task, at, step.base, 'remediation', world, step.candidate), world);
    if (harvested.problem)
        return { ...failed(harvested.problem, ended.exitCode), seconds: result.seconds };
    if (harvested.kind === 'unchanged')
        return { ...result, kind: 'unchanged' };
    return { ...result, diffstat: harvested.diffstat, kind: 'candidate', candidate: harvested.candidate };
}
/** `handoff-<n>.json` (SPEC section 8). */
function packet(task, step, handoff, status, promptFile, world) {
    const { settings, clock, branch, mask } = world;
    return {
        version: 1,
        kind: handoff.kind,
        task_id: task.id,
        title: task.title,
        branch,
        tip_sha: step.base,
        candidate_sha: step.candidate.commit,
        attempt: step.attempt,
        max_attempts: settings.maxRemediations,
        conflict_files: handoff.kind === 'conflict' ? handoff.files : [],
        git_status: (0,decide_text/* tail */.RT)(world.mask(status)),
        ci: handoff.kind === 'gate'
            ? {
                command: mask(settings.gate ?? ''),
                exit_code: handoff.gate.exitCode,
                output_tail: handoff.gate.outputTail,
            }
            : null,
        prompt_file: promptFile,
        generated_at: (0,identity/* isoTime */.Ly)(clock.now()),
    };
}

// EXTERNAL MODULE: ./build/decide/take-back.js
var take_back = __webpack_require__(9132);
;// CONCATENATED MODULE: ./build/run/book.js
/** Events outside the loop, under the loop's own rule: on disk before they take effect. */


function openBook(start, limits, { world, journal, observe }) {
    let state = start;
    return {
        get state() {
            return state;
        },
        async take(happened) {
            const event = { ...happened, at: (0,identity/* isoTime */.Ly)(world.clock.now()) };
            journal.append(event);
            await journal.flush();
            state = (0,apply/* apply */.B)(world.plan, state, limits, event);
            observe(event, state);
        },
    };
}

// EXTERNAL MODULE: ./build/decide/search.js
var search = __webpack_require__(285);
;// CONCATENATED MODULE: ./build/decide/blame.js
/**
 * Who turned the verification red. The search is a dialogue: it asks for the verdict on one tree after another and
 * ends with its findings. It performs nothing: run/culprits.ts answers.
 *
 * Every landed commit of the run is a point, oldest first. In the first prefix that is red, the last point is the
 * suspect. The branch without it is verified next: green proves the blame at once. If that is red as well, the suspect
 * has to be red a second time, and green right below it; then the search goes on without it. So a culprit among n
 * points costs at most ceil(log2 n) + 2 verifications, the first of them that of the base.
 */

/** The points of a branch, from its commits since the run began, oldest first; `own`: landed commit -> task. */
function pointsOf(commits, own) {
    const points = commits.flatMap(commit => {
        const task = own.get(commit);
        return task === undefined ? [] : [{ commit, task }];
    });
    const tip = commits.at(-1);
    return tip === undefined || own.has(tip) || points.length === 0
        ? points
        : [...points, { commit: tip, task: null }];
}
/** At least one point; the last one, the tip, has been red once. */
function* blame(points) {
    const last = points.length;
    const culprits = [];
    const found = (end, stuck = null) => ({ culprits, end, stuck });
    const look = (upTo, without, reds = 1, below = false) => ({
        upTo,
        below,
        without,
        reds,
    });
    if ((yield look(last, [], 2)) !== 'red')
        return found('flaky');
    if ((yield look(0, [])) !== 'green')
        return found('base-red');
    // Up to here it is green without the culprits.
    let green = 0;
    const verdicts = new Map();
    while (green < last) {
        const asked = (0,search/* search */.$)(prefix => (prefix <= green ? true : prefix === last ? false : verdicts.get(prefix)), last, 1);
        if (asked.kind === 'gate') {
            for (const prefix of asked.prefixes)
                verdicts.set(prefix, (yield look(prefix, culprits)) === 'green');
            continue;
        }
        if (asked.kind !== 'culprit')
            throw new Error(`a red branch whose search ends ${asked.kind}`);
        const suspect = asked.prefix;
        if (suspect === last && (yield look(last, culprits, 2)) === 'green')
            return found('green');
        if (points[suspect - 1]?.task === null)
            return found('others');
        const after = yield look(last, [...culprits, suspect]);
        if (after === 'green') {
            culprits.push(suspect);
            return found('green');
        }
        if ((yield look(suspect, culprits, 2)) !== 'red') {
            // Red by chance: the one that is to blame came later.
            green = suspect;
            continue;
        }
        if ((yield look(suspect, culprits, 1, true)) !== 'green')
            return found('others');
        culprits.push(suspect);
        if (after === 'conflict')
            return found('conflict', suspect);
        green = suspect;
        verdicts.clear();
    }
    return found('others');
}

;// CONCATENATED MODULE: ./build/decide/make.js
/** Whether a tree has a make target, from what `make --dry-run <target>` said and how it ended. */
/** `output`: its last words, in the C locale. When in doubt it has one: then the real run tells what is wrong. */
function hasTarget(target, exitCode, output) {
    // The shell found no make.
    if (exitCode === 127)
        return false;
    const name = target.replace(/[^\w-]/g, '\\$&');
    // Not one that the target needs: `No rule to make target 'x', needed by 'verify'.`
    const missing = new RegExp(`No rule to make target [\`']${name}'\\.|don't know how to make ${name}\\b`);
    // A folder or file of that name without a rule.
    const idle = new RegExp(`Nothing to be done for [\`']${name}'`);
    // Even for show make runs the `$(MAKE)` of a recipe: what such a one lacks (`make[1]: ...`) fails the target that is there.
    const own = output.replace(/^\S+\[\d+\]: .*$/gm, '');
    return !missing.test(own) && !idle.test(own);
}

;// CONCATENATED MODULE: ./build/run/judge.js
/** One run of the verification command, in a fresh checkout of exactly the commit in question. */





/** The same folder every time, and nothing in it from the time before. */
async function inFreshCheckout(commit, world, use) {
    const place = (0,run_workspace/* checkoutAt */.GY)((0,external_node_path_.join)(world.places.run, 'verify'), 'verify', world);
    try {
        const [tip] = await world.store.resolve([`refs/heads/${world.branch}`]);
        await (0,run_workspace/* freshCheckout */.HO)(place, commit, world, tip);
        return await use(place.dir);
    }
    finally {
        await world.checkouts.removeCheckout(place);
    }
}
/** `setup` belongs to the tree it runs in: where it fails, the verification has. */
async function runVerification(dir, target, world) {
    const { settings, places, cancel, clock, mask } = world;
    const run = { ...commandAt(target, world), logFile: (0,external_node_path_.join)(places.run, target.logFile) };
    if (!target.again)
        await world.files.removeAll(run.logFile);
    const start = clock.now();
    const result = { tree: target.tree, commit: target.commit, runs: 1, logFile: target.logFile };
    const seconds = () => (clock.now() - start) / 1000;
    const failed = await (0,run_workspace/* runSetup */.xn)(dir, run, world);
    if (failed) {
        const { exitCode, signal, reason, tail: said, detail } = failed.ended;
        return {
            ...result,
            passed: cancel.aborted ? null : false,
            exitCode,
            signal,
            timedOut: reason === 'timeout',
            seconds: seconds(),
            outputTail: (0,decide_text/* tail */.RT)(mask(`The \`setup\` command failed.\n${detail ?? said}`)),
        };
    }
    const ended = await (0,command/* runUserCommand */.w)({ ...run, script: settings.verify, cwd: dir, append: true }, world);
    return {
        ...result,
        passed: ended.reason === 'abort' ? null : ended.reason === 'exit' && ended.exitCode === 0,
        exitCode: ended.exitCode,
        signal: ended.signal,
        timedOut: ended.reason === 'timeout',
        seconds: seconds(),
        outputTail: (0,decide_text/* tail */.RT)(mask(ended.detail ? `${ended.tail}\n${ended.detail}` : ended.tail)),
    };
}
/** The same for the default command, `make verify`; null: the tree has no such make target, and cannot fail it. */
async function verifyIn(dir, target, world) {
    if (world.settings.verifyIsDefault && !(await hasVerifyTarget(dir, target, world)))
        return null;
    return runVerification(dir, target, world);
}
/** Asked of make itself, in the environment that the command would run in. */
async function hasVerifyTarget(dir, target, world) {
    const script = 'LC_ALL=C MAKEFLAGS= MAKELEVEL=0 make --dry-run verify';
    const probe = { ...commandAt(target, world), scriptName: 'verify-probe', logFile: null };
    const { exitCode, tail: output } = await (0,command/* runUserCommand */.w)({ ...probe, script, cwd: dir }, world);
    return hasTarget('verify', exitCode, output);
}
function commandAt(target, { settings, cancel, base }) {
    const env = {
        ...(0,run_workspace/* standsAt */.T7)(target.commit, target.tasks),
        FANOUT_BASE_SHA: base,
    };
    return {
        name: 'verify',
        scriptName: 'verify',
        env,
        timeoutMinutes: settings.verifyTimeoutMinutes,
        signal: cancel,
    };
}

// EXTERNAL MODULE: ./build/run/revert.js + 2 modules
var revert = __webpack_require__(3223);
;// CONCATENATED MODULE: ./build/run/culprits.js
/** The search for the commits that turned the verification red: decide/blame.ts asks, this verifies and answers. */



/** `red`: the failed verification of the tip. null: no task of this run is on the branch, or the run was cancelled. */
async function findCulprits(red, book, world) {
    const points = await pointsAt(red.commit, book, world);
    const [first] = points;
    if (!first)
        return null;
    const [base] = await world.store.resolve([`${first.commit}^`]);
    const memory = new Map([[red.tree, [red]]]);
    const search = blame(points);
    let step = search.next();
    while (!step.done) {
        const verdict = await judge(step.value, points, base, memory, book, world);
        if (verdict === null)
            return null;
        step = search.next(verdict);
    }
    const findings = step.value;
    const landed = (point) => points[point - 1];
    return {
        findings,
        culprits: findings.culprits.map(landed),
        stuck: findings.stuck === null ? null : landed(findings.stuck),
        base: base,
        tip: memory.get(red.tree)?.at(-1) ?? red,
    };
}
/** What this run (any attempt of it) has landed, as far as the branch still holds it. */
async function pointsAt(tip, { state }, { store, base }) {
    const landed = state.tasks.filter(task => task.stage.kind === 'ended' && task.stage.outcome === 'landed');
    const own = new Map();
    for (const { id, commit } of landed) {
        // Of a commit at the end of a shallow history nobody knows what it changed.
        if (commit && (await store.exists(`${commit}^`)))
            own.set(commit, id);
    }
    if (own.size === 0)
        return [];
    const recent = (await store.exists(base)) ? await store.messages(base, tip) : [];
    const all = recent.filter(({ commit }) => own.has(commit)).length === own.size;
    const commits = all ? recent : await store.messages(null, tip);
    return pointsOf(commits.map(({ commit }) => commit).reverse(), own);
}
/** null: the run was cancelled. */
async function judge(look, points, base, memory, book, world) {
    const point = points[look.upTo - 1];
    const without = look.without.map(number => points[number - 1]);
    const [at] = await world.store.resolve([point ? `${point.commit}${look.below ? '^' : ''}` : base]);
    // The latest first: what came later may stand on what came before.
    const cleaned = await (0,revert/* withReverts */.Y)(at, without.toReversed(), world);
    if (cleaned.kind === 'conflict')
        return 'conflict';
    const [tree] = await world.store.resolve([`${cleaned.top}^{tree}`]);
    const known = memory.get(tree) ?? [];
    memory.set(tree, known);
    const count = [...memory.values()].flat().length;
    while (known.length < look.reds && known.at(-1)?.passed !== true) {
        const [before] = known;
        const target = {
            commit: cleaned.top,
            tree: tree,
            tasks: points
                .slice(0, look.below ? look.upTo - 1 : look.upTo)
                .flatMap(({ task }, i) => (task === null || look.without.includes(i + 1) ? [] : [task])),
            logFile: before?.logFile ?? `verify-${count}.log`,
            again: before !== undefined,
        };
        const result = await inFreshCheckout(cleaned.top, world, dir => verifyIn(dir, target, world));
        // Without the target there is nothing that could fail: whoever brought it is to blame for what it says.
        if (result === null)
            return 'green';
        if (result.passed === null)
            return null;
        known.push(result);
        await book.take({ type: 'verified', result });
    }
    return known.at(-1)?.passed ? 'green' : 'red';
}

// EXTERNAL MODULE: ./build/run/take-back.js
var run_take_back = __webpack_require__(6491);
;// CONCATENATED MODULE: ./build/run/verify.js
/** The post-fan-out verification: once, on a fresh checkout of the final tip, beside nothing else. */








/** Verifies if that is due, and where it fails and `on-verify-failure` says so, reverts what is to blame. */
async function verify(state, limits, opened, slots) {
    const { world } = opened;
    const book = openBook(state, limits, opened);
    const verification = await verifyOnce(limits, slots, book, world);
    // The loop, which hears of it otherwise, has ended.
    if (world.cancel.aborted && book.state.halt !== 'signal')
        await book.take({ type: 'halted', halt: 'signal' });
    return { verification, state: book.state };
}
async function verifyOnce(limits, slots, book, world) {
    const { settings, log } = world;
    const reason = reasonToSkip(book.state, world);
    if (reason)
        return skipped(reason, world);
    const result = await orFault(verifyTip(book.state, world), world);
    if (result !== null && 'fault' in result) {
        if (world.cancel.aborted)
            return skipped(CANCELLED, world);
        log.warning('verify', `The verification could not be carried out: ${result.fault}`);
        return { ...verdict/* NOT_VERIFIED */.hB, ran: true, passed: false, command: settings.verify };
    }
    if (result === null) {
        log.notice('verify', 'The tree has no make target `verify`: nothing was verified. Set the input `verify` to a command, or `verify-when: never`.');
        return skipped('the tree has no make target `verify`', world);
    }
    if (result.passed === null)
        return skipped(CANCELLED, world);
    await book.take({ type: 'verified', result });
    return result.passed || settings.onVerifyFailure === 'report'
        ? verificationOf(result, [], world)
        : answerRed(result, limits, slots, book, world);
}
function skipped(because, { settings }) {
    return { ...verdict/* NOT_VERIFIED */.hB, command: settings.verify, skipped_because: because };
}
const CANCELLED = 'the run was cancelled';
function reasonToSkip(state, world) {
    const outcomes = state.tasks.map(task => (task.stage.kind === 'ended' ? task.stage.outcome : 'cancelled'));
    if (world.cancel.aborted)
        return CANCELLED;
    switch (world.settings.verifyWhen) {
        case 'never':
            return '`verify-when` is `never`';
        case 'always':
            return null;
        case 'landed':
            return outcomes.includes('landed') ? null : 'nothing landed';
        case 'success':
            return outcomes.some(outcome => verdict/* FAILING */.tz.has(outcome)) ? 'a task failed' : null;
    }
}
/** null: the default command, and no such make target. */
async function verifyTip(state, world) {
    const fetched = await (0,run_tip/* fetchTip */.mC)(world);
    // What could not be read anew is as it was when last seen: all that this run has landed is in it.
    if (fetched.kind === 'unreachable')
        world.log.warning('verify', `${world.branch} could not be read again: it is verified as last seen.`);
    const [commit, tree] = await world.store.resolve([
        `refs/heads/${world.branch}^{commit}`,
        `refs/heads/${world.branch}^{tree}`,
    ]);
    const tasks = state.tasks
        .filter(task => task.stage.kind === 'ended' && task.stage.outcome === 'landed')
        .map(task => task.id);
    const target = { commit: commit, tree: tree, tasks, logFile: 'verify.log', again: false };
    return inFreshCheckout(commit, world, dir => verifyIn(dir, target, world));
}
/** `on-verify-failure: revert`. */
async function answerRed(red, limits, slots, book, world) {
    const { log } = world;
    const found = await orFault(findCulprits(red, book, world), world);
    if (found === null || 'fault' in found) {
        if (found)
            log.warning('verify', `The search for what is to blame broke off: ${found.fault}`);
        return verificationOf(red, [], world);
    }
    const { findings, stuck, base } = found;
    const culprits = found.culprits.map(({ task }) => task);
    log.warning('verify', (0,take_back/* toldFindings */.mr)(findings, { culprits, stuck: stuck?.task ?? null, base }));
    const toRevert = found.culprits.filter(culprit => culprit !== stuck);
    const done = await orFault((0,run_take_back/* takeBack */.z)(toRevert, limits, slots, book, world), world);
    const left = toRevert.map(({ task }) => task).filter(task => !isReverted(task, book.state));
    if (left.length > 0) {
        const why = 'fault' in done ? done.fault : (done.why ?? '');
        log.warning('verify', `Not reverted: ${(0,plain/* listed */.KE)(left, 10)}. ${world.mask(why)}`);
    }
    return verificationOf(found.tip, culprits, world);
}
/** What goes wrong on the way (git, the disk) costs the reverts, not the report of what has landed. */
async function orFault(work, world) {
    try {
        return await work;
    }
    catch (error) {
        world.log.debug(world.mask(error instanceof Error ? (error.stack ?? error.message) : String(error)));
        return { fault: world.mask(error instanceof Error ? error.message : String(error)) };
    }
}
function isReverted(id, { tasks }) {
    const stage = tasks.find(task => task.id === id)?.stage;
    return stage?.kind === 'ended' && stage.outcome === 'reverted';
}
function verificationOf(result, culprits, { settings }) {
    return {
        ran: true,
        passed: result.passed,
        // What a command answers to the signal of its time limit is no verdict.
        exit_code: result.timedOut ? null : result.exitCode,
        command: settings.verify,
        sha: result.commit,
        seconds: Math.round(result.seconds * 1000) / 1000,
        skipped_because: null,
        culprits,
    };
}

;// CONCATENATED MODULE: ./build/run/run.js
/** The story of a run, from where it stands: loop -> save what did not land -> verify -> verdict. */













async function run(opened) {
    const { world, journal, halts, observe } = opened;
    const limits = limitsOf(world.settings, opened.workers);
    const tools = { slots: new Map(), recall: (0,run_tip/* nothingRecalled */.oE)() };
    const loopWorld = {
        clock: world.clock,
        journal,
        listen: halts.listen,
        giveUp: halts.interrupt,
        observe,
        perform: (step, state) => perform(step, state, tools, world),
    };
    const landed = await loop(world.plan, opened.state, limits, loopWorld);
    await (0,refs/* keepRefs */.Ue)(landed, opened.keptRefs, world);
    const { verification, state: verified } = await verify(landed, limits, opened, tools.slots);
    // What was reverted leaves its work behind as well.
    const state = verified === landed ? landed : await loop(world.plan, verified, limits, loopWorld);
    await (0,gate/* settleGates */.c)(tools.slots);
    const facts = factsOf(opened, state.lane.tip);
    return { summary: (0,verdict/* verdict */.WJ)(world.plan, state, facts, verification), state };
}
/** What a report says about the run itself, now. */
function factsOf(opened, headSha) {
    const { world, repository, startedAt, workers, resumed } = opened;
    return {
        ...{ key: world.key, repository, branch: world.branch, baseSha: world.base, headSha },
        ...{ startedAt, finishedAt: (0,identity/* isoTime */.Ly)(world.clock.now()), workers },
        ...{ dryRun: world.settings.dryRun, resumed },
    };
}
function limitsOf(settings, workers) {
    return {
        workers,
        maxTasks: settings.maxTasks,
        maxFailures: settings.maxFailures,
        retries: settings.retries,
        gate: settings.gate !== null,
        gateSlots: settings.gateSlots,
        maxBatch: settings.maxBatch,
        remediate: settings.remediate !== null,
        maxRemediations: settings.maxRemediations,
        maxPushAttempts: settings.maxPushAttempts,
        pushBackoffMs: settings.pushBackoffMs,
    };
}
/** Never rejects: an unexpected throw is a task's `internal` failure, or a fault of the lane that it retries. */
async function perform(step, state, tools, world) {
    try {
        return await performStep(step, state, tools, world);
    }
    catch (error) {
        const detail = world.mask(error instanceof Error ? (error.stack ?? error.message) : String(error));
        world.log.debug(`${step.kind}: ${detail}`);
        // The machine's own trouble is no fault of ours, and no task's: when it is over the task starts again.
        const disk = (0,decide_disk/* diskFault */.s)(error, world.places.run, true);
        const failure = disk ? { code: 'workspace', detail: disk.what } : { code: 'internal', detail };
        const failed = {
            kind: 'failed',
            failure,
            kept: null,
            exitCode: null,
            seconds: { workspace: 0, worker: 0 },
        };
        switch (step.kind) {
            case 'work':
                return { type: 'worked', task: step.task, result: failed };
            case 'remediate':
                return { type: 'remediated', task: step.task, result: { ...failed, kept: step.candidate } };
            case 'finish':
                world.log.warning('finish', `${step.task}: what it left could not all be kept: ${detail}`);
                return { type: 'finished', task: step.task, files: [] };
            default:
                return {
                    type: 'stacked',
                    result: { kind: 'unreachable', refusal: { code: 'unknown', output: detail } },
                };
        }
    }
}
async function performStep(step, state, tools, world) {
    switch (step.kind) {
        case 'work': {
            const more = state.tasks.some(({ stage }) => stage.kind === 'waiting');
            const before = state.tasks[world.plan.index.get(step.task) ?? -1]?.candidate ?? null;
            if (step.attempt > 1 && before !== null)
                await keepAttempt(step.task, step.attempt - 1, before, withoutRemote(world));
            const result = await work(taskOf(step.task, world), step, more, withoutRemote(world));
            return { type: 'worked', task: step.task, result };
        }
        case 'remediate': {
            const result = await remediate(taskOf(step.task, world), step, withoutRemote(world));
            return { type: 'remediated', task: step.task, result };
        }
        case 'finish': {
            const task = state.tasks[world.plan.index.get(step.task) ?? -1];
            if (!task)
                throw new Error(`no task ${step.task}`);
            return { type: 'finished', task: step.task, files: await finish(task, withoutRemote(world)) };
        }
        case 'stack':
        case 'gate':
            return world.patience('The lane', () => land(step, tools, world), world.cancel);
        case 'push':
            return land(step, tools, world);
        default:
            return (0,task/* unreachable */.H)(step);
    }
}
function taskOf(id, world) {
    const task = world.plan.tasks[world.plan.index.get(id) ?? -1];
    if (!task)
        throw new Error(`no task ${id}`);
    return task;
}
/** What a worker's side is given: everything but the power to push. */
function withoutRemote(world) {
    const { remote: _, ...rest } = world;
    return rest;
}


/***/ }),

/***/ 6491:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Q: () => (/* binding */ landedWork),
/* harmony export */   z: () => (/* binding */ takeBack)
/* harmony export */ });
/* harmony import */ var _decide_backoff_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(5385);
/* harmony import */ var _decide_explain_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9844);
/* harmony import */ var _decide_plain_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(977);
/* harmony import */ var _decide_take_back_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9132);
/* harmony import */ var _gate_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4135);
/* harmony import */ var _push_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(1376);
/* harmony import */ var _revert_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(3223);
/* harmony import */ var _tip_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(2415);
/**
 * Reverts on their way to the branch, by the lane's rules: gated if there is a gate, fast-forward only, pushed again
 * after a lost race.
 */








/** Reverts the culprits. `why` some are not, in a sentence; null: all are. */
async function takeBack(culprits, limits, slots, book, world) {
    // With a largest batch, no more reverts than that share a gate. The latest first, as in the search.
    const size = limits.maxBatch > 0 ? limits.maxBatch : culprits.length;
    const order = culprits.toReversed();
    for (let i = 0; i < order.length; i += size) {
        const why = await pushReverts(order.slice(i, i + size), limits, slots, book, world);
        if (why !== null)
            return { why };
    }
    return { why: null };
}
async function pushReverts(culprits, limits, slots, book, world) {
    const { store, clock, cancel } = world;
    for (let tries = 1;; tries++) {
        await clock.sleep((0,_decide_backoff_js__WEBPACK_IMPORTED_MODULE_7__/* .jitter */ .p$)(book.state.lane.waitMs, clock.random()), cancel);
        if (cancel.aborted)
            return 'The run was cancelled before the reverts were pushed.';
        const tip = await (0,_tip_js__WEBPACK_IMPORTED_MODULE_6__/* .fetchTip */ .mC)(world);
        if (tip.kind === 'unreachable') {
            await book.take({ type: 'stacked', result: tip });
            if ((0,_decide_take_back_js__WEBPACK_IMPORTED_MODULE_2__/* .triesAgain */ .w2)(tip.refusal, tries, book.state.lane, limits))
                continue;
            return toldRefusal(tip.refusal, world);
        }
        const reverted = await (0,_revert_js__WEBPACK_IMPORTED_MODULE_5__/* .withReverts */ .Y)(tip.commit, culprits, world);
        if (reverted.kind === 'conflict')
            return `The revert of ${reverted.task} conflicts with what landed after it (${(0,_decide_plain_js__WEBPACK_IMPORTED_MODULE_1__/* .listed */ .KE)(reverted.files)}).`;
        const [tree] = await store.resolve([`${reverted.top}^{tree}`]);
        if (limits.gate && !(await passesGate(reverted.top, tree, slots, book, world)))
            return cancel.aborted
                ? 'The run was cancelled before the reverts were pushed.'
                : 'The branch without it does not pass the gate.';
        const layers = [{ task: reverted.commits.at(-1).task, commit: reverted.top, tree: tree }];
        const step = { kind: 'push', tip: tip.commit, layers, attempt: tries };
        // In the books it is a push of no task: nothing is to land with it.
        await book.take({ type: 'began', step: { ...step, layers: [] } });
        const result = await (0,_push_js__WEBPACK_IMPORTED_MODULE_4__/* .push */ .V)(step, (0,_tip_js__WEBPACK_IMPORTED_MODULE_6__/* .nothingRecalled */ .oE)(), world);
        await book.take({ type: 'pushed', layers: [], result });
        switch (result.kind) {
            case 'landed':
                for (const { task, commit } of reverted.commits) {
                    const work = await landedWork(task, book.state, world);
                    if (work !== null)
                        await book.take({ type: 'reverted', task, commit, work });
                }
                return null;
            case 'stopped':
                return 'The run was cancelled before the reverts were pushed.';
            case 'refused':
                if (!(0,_decide_take_back_js__WEBPACK_IMPORTED_MODULE_2__/* .triesAgain */ .w2)(result.refusal, tries, book.state.lane, limits))
                    return toldRefusal(result.refusal, world);
        }
    }
}
/** A tree that the lane has gated is not gated again. */
async function passesGate(commit, tree, slots, book, world) {
    const known = book.state.lane.verdicts[tree];
    if (known !== undefined)
        return known;
    const step = { kind: 'gate', targets: [{ commit, tree, tasks: [], n: 1 }] };
    await book.take({ type: 'began', step });
    const results = await (0,_gate_js__WEBPACK_IMPORTED_MODULE_3__/* .gate */ .G)(step, slots, world);
    await book.take({ type: 'gated', results });
    return results[0]?.passed === true;
}
function toldRefusal({ code, output }, { branch }) {
    const { what, fix } = (0,_decide_explain_js__WEBPACK_IMPORTED_MODULE_0__/* .explain */ .WE)({ code: 'refused', refusal: code, output }, { branch, baseSha: '', kept: true });
    return `${what} ${fix}`;
}
/** What is kept of a landed task: its candidate, or its commit where an earlier attempt landed it. Else null. */
async function landedWork(id, { tasks }, { store }) {
    const task = tasks.find(one => one.id === id);
    if (task?.stage.kind !== 'ended' || task.stage.outcome !== 'landed')
        return null;
    const { candidate, commit } = task;
    if (candidate !== null || commit === null)
        return candidate;
    const [base] = await store.resolve([`${commit}^`]);
    const { stat: changes } = await store.changes(base, commit);
    return { commit, base: base, changes, source: 'worker' };
}


/***/ }),

/***/ 2415:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Of: () => (/* binding */ refusalOf),
/* harmony export */   SW: () => (/* binding */ remoteWords),
/* harmony export */   Wy: () => (/* binding */ tipAfter),
/* harmony export */   mC: () => (/* binding */ fetchTip),
/* harmony export */   oE: () => (/* binding */ nothingRecalled)
/* harmony export */ });
/* harmony import */ var _decide_backoff_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5385);
/* harmony import */ var _decide_disk_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3300);
/* harmony import */ var _decide_refusal_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7281);
/* harmony import */ var _decide_text_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5810);
/** The branch as the remote has it now, brought into the store. */




function nothingRecalled() {
    return { tip: null, read: new Map() };
}
/** A tip that was read so many milliseconds ago need not be read again. */
const FRESH_MS = 250;
/** Less time than this is not worth a question to the remote. */
const MIN_WATCH_MS = 50;
/** The tip to stack upon, after the wait that a failed push costs. */
async function tipAfter(waitMs, recall, world) {
    const { clock } = world;
    const before = recall.tip;
    if (waitMs === 0 && before !== null && clock.now() - before.at < FRESH_MS)
        return before.value;
    const until = clock.now() + waitMs;
    await clock.sleep((0,_decide_backoff_js__WEBPACK_IMPORTED_MODULE_3__/* .jitter */ .p$)(waitMs, clock.random()), world.cancel);
    const found = await fetchTip(world);
    if (found.kind === 'unreachable')
        return found;
    const tip = waitMs === 0 || before === null ? found : await rightAfterMove(found, before, until, world);
    recall.tip = { value: tip, at: clock.now() };
    return tip;
}
/** Others move the branch: what is left of the wait goes into beginning right after a move of theirs. */
async function rightAfterMove(found, before, until, world) {
    const { clock, store, cancel } = world;
    if (found.commit === before.value.commit)
        return found;
    if (until - clock.now() < MIN_WATCH_MS)
        return found;
    const moves = (await store.messages(before.value.commit, found.commit)).length;
    const watch = (0,_decide_backoff_js__WEBPACK_IMPORTED_MODULE_3__/* .watchOf */ .xE)(moves, clock.now() - before.at);
    if (watch === null)
        return found;
    const end = Math.min(until, clock.now() + watch.forMs);
    while (clock.now() + watch.everyMs < end && !cancel.aborted) {
        await clock.sleep(watch.everyMs, cancel);
        const later = await fetchTip(world);
        if (later.kind === 'unreachable')
            return found;
        if (later.commit !== found.commit)
            return later;
    }
    return found;
}
async function fetchTip(world, signal = world.endLane) {
    const ref = `refs/heads/${world.branch}`;
    const said = await fetchWithRoom([`+${ref}:${ref}`], signal, world);
    if (said.exitCode !== 0)
        return { kind: 'unreachable', refusal: refusalOf(said, 'fetch', world.mask) };
    const [commit, tree] = await world.store.resolve([`${ref}^{commit}`, `${ref}^{tree}`]);
    return { kind: 'tip', commit: commit, tree: tree };
}
/** A full disk of ours says nothing of the remote. */
async function fetchWithRoom(refspecs, signal, world) {
    let said = null;
    const fetch = async () => {
        said = await world.remote.fetch(refspecs, {}, signal);
        const own = said.stderr.split('\n').filter(line => !line.startsWith('remote:'));
        const fault = new Error(own.join('\n'));
        if (said.exitCode !== 0 && (0,_decide_disk_js__WEBPACK_IMPORTED_MODULE_0__/* .isFullDisk */ .R)(fault))
            throw fault;
        return said;
    };
    try {
        return await world.patience('Reading the branch', fetch, signal);
    }
    catch (error) {
        if (said === null || !(0,_decide_disk_js__WEBPACK_IMPORTED_MODULE_0__/* .isFullDisk */ .R)(error))
            throw error;
        return said;
    }
}
/** A failed command's words as a refusal. */
function refusalOf(said, what, mask) {
    const answer = what === 'fetch' ? (0,_decide_refusal_js__WEBPACK_IMPORTED_MODULE_1__/* .classifyFetch */ .BW)(said) : (0,_decide_refusal_js__WEBPACK_IMPORTED_MODULE_1__/* .classifyPush */ .Bj)(said);
    return { code: answer.kind === 'refused' ? answer.code : 'unknown', output: remoteWords(said, { mask }) };
}
/** What the remote said, for markers and reports: secrets masked, the last 16 KiB. */
function remoteWords(said, world) {
    const text = [said.stderr, said.stdout].map(part => part.trim()).filter(part => part !== '');
    return (0,_decide_text_js__WEBPACK_IMPORTED_MODULE_2__/* .tail */ .RT)(world.mask(text.join('\n')));
}


/***/ }),

/***/ 2979:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   B3: () => (/* binding */ workspaceOf),
/* harmony export */   GY: () => (/* binding */ checkoutAt),
/* harmony export */   HO: () => (/* binding */ freshCheckout),
/* harmony export */   OX: () => (/* binding */ withoutCopies),
/* harmony export */   RS: () => (/* binding */ isInPlace),
/* harmony export */   T7: () => (/* binding */ standsAt),
/* harmony export */   Ux: () => (/* binding */ haltFailure),
/* harmony export */   WQ: () => (/* binding */ freshWorkspace),
/* harmony export */   s: () => (/* binding */ setUp),
/* harmony export */   xn: () => (/* binding */ runSetup)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6760);
/* harmony import */ var _decide_plain_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(977);
/* harmony import */ var _command_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(155);
/** A folder of files at one commit, ready for a user's command: checked out, copies made, `setup` run. */



/** The place for a folder and our index of it. `name` is unique in the run. */
function checkoutAt(dir, name, world) {
    return { dir, index: (0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(world.places.internal, `${name}.index`) };
}
/** Where a task works. A task may be called `gate-1` or `verify`: its index is none of theirs. */
function workspaceOf(task, world) {
    return checkoutAt((0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(world.places.tasks, task, 'workspace'), `task-${task}`, world);
}
/** A fresh workspace; what an earlier attempt or run left there goes first. `more`: other tasks will want one. */
async function freshWorkspace(at, commit, more, world) {
    await world.workspaces.create(at, commit, more);
    await copyIgnored(at.dir, world);
    const mark = await world.files.folderMark(at.dir);
    if (mark !== null)
        marks.set(at, mark);
}
const marks = new WeakMap();
/** Whether the workspace is there, and still the folder that was made. */
async function isInPlace(at, world) {
    const mark = await world.files.folderMark(at.dir);
    return mark !== null && mark === (marks.get(at) ?? mark);
}
/** The tree without what the input `copy` brought: it is ignored in the checkout, whatever the workspace ignores. */
async function withoutCopies(task, tree, changes, world) {
    const { copy } = world.settings;
    if (copy.length === 0)
        return tree;
    const added = changes.filter(change => change.status.startsWith('A')).map(change => change.path);
    const copied = world.copies.copiedAmong(added, await ignoredFiles(world), copy);
    if (copied.length === 0)
        return tree;
    world.log.notice('copy', `${task}: ${(0,_decide_plain_js__WEBPACK_IMPORTED_MODULE_1__/* .listed */ .KE)(copied)} came from the input \`copy\` and stays out of its commit: the checkout ignores it, the workspace does not.`);
    return world.store.replaceFiles(tree, Object.fromEntries(copied.map(path => [path, null])));
}
/** The same as plain files, for a gate or a verification; `tip`: where `origin/<branch>` is there. Rejects where the run is cancelled meanwhile. */
async function freshCheckout(at, commit, world, tip) {
    const { checkouts, cancel } = world;
    await checkouts.removeCheckout(at);
    await checkouts.createCheckout(at, commit, { ...world.checkoutOptions, tip }, { signal: cancel });
    await copyIgnored(at.dir, world);
}
/** Input `copy`: ignored files of the user's checkout, never over a tracked one, never out of the repository. */
async function copyIgnored(dir, world) {
    const { copy } = world.settings;
    if (copy.length === 0)
        return;
    const { refused } = await world.copies.copyIgnored(await ignoredFiles(world), world.places.checkout, dir, copy);
    if (refused.length === 0 || warned.has(world.places))
        return;
    // Every workspace meets the same ones: once is enough.
    warned.add(world.places);
    const more = refused.length > SHOWN ? `, and ${refused.length - SHOWN} more` : '';
    world.log.warning('copy', `Not copied: ${refused.slice(0, SHOWN).join('; ')}${more}`);
}
const SHOWN = 5;
// By the run's places: each step is given a world of its own.
const warned = new WeakSet();
const listings = new WeakMap();
/** Listed once a run: the checkout does not change under us. */
function ignoredFiles(world) {
    const known = listings.get(world.places);
    if (known)
        return known;
    const listing = world.copies.listIgnored(world.places.checkout);
    listings.set(world.places, listing);
    return listing;
}
/** For the environment of setup, gates and verifications (SPEC section 5): the commit in question and the tasks it holds. */
function standsAt(commit, tasks) {
    return { FANOUT_COMMIT: commit, FANOUT_TASK_IDS: tasks.join(',') };
}
/** Runs `setup` in a worker's folder; the filters that it defines there hold for what the worker leaves. */
async function setUp(at, run, world) {
    const failed = await runSetup(at.dir, run, world);
    if (failed === null && world.settings.setup !== null)
        await world.checkouts.keepSetupSettings(at, world.checkoutOptions);
    return failed;
}
/** Runs `setup` in the folder; null: it passed, or there is none. */
async function runSetup(dir, run, world) {
    const { setup } = world.settings;
    if (setup === null)
        return null;
    const ended = await (0,_command_js__WEBPACK_IMPORTED_MODULE_2__/* .runUserCommand */ .w)({ ...run, script: setup, cwd: dir, append: true }, world);
    const failure = failureOfSetup(ended, world);
    return failure === null ? null : { failure, ended };
}
function failureOfSetup(ended, world) {
    const { exitCode, signal } = ended;
    switch (ended.reason) {
        case 'abort':
            return haltFailure(world);
        case 'spawn':
            return { code: 'workspace', detail: ended.detail ?? 'the shell could not be started' };
        case 'timeout':
            return { code: 'setup', exitCode, signal, timedOut: true };
        default:
            return exitCode === 0 ? null : { code: 'setup', exitCode, signal };
    }
}
function haltFailure(world) {
    return world.cancel.aborted ? { code: 'signal' } : { code: 'deadline' };
}


/***/ }),

/***/ 4082:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  W1: () => (/* binding */ bookkeepingOf),
  f8: () => (/* binding */ mistakesIn),
  m3: () => (/* binding */ readPlan)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/action/inputs.js + 2 modules
var action_inputs = __webpack_require__(2260);
// EXTERNAL MODULE: ./node_modules/yaml/dist/index.js
var dist = __webpack_require__(8815);
// EXTERNAL MODULE: ./build/decide/read.js
var read = __webpack_require__(8901);
// EXTERNAL MODULE: ./build/decide/yaml.js
var yaml = __webpack_require__(1906);
;// CONCATENATED MODULE: ./build/decide/anchors.js
/** YAML anchors that bookkeeping would trip over: a task cannot leave a file in which others use what it defines. */



/** What looks like an anchor or an alias: without both there is nothing to parse for. */
const MARKS = [/(^|[\s[{,])&[^\s&,[\]{}]/, /(^|[\s[{,])\*[^\s,[\]{}]/];
const WAY_OUT = 'write the keys out in each task, define the anchor under `defaults`, or set `bookkeeping: off`';
/**
 * The anchors that a task defines which may land (`tasks`: all of the file, in its order) and that are used outside of
 * it, each at its place. The text is known to be a good tasks file.
 */
function sharedAnchors(file, source, tasks) {
    const problems = [];
    if (!MARKS.every(mark => mark.test(source)))
        return problems;
    const reading = (0,read/* readTree */.Z)(file, source, problems);
    if (!reading.ok || reading.syntax !== 'yaml')
        return problems;
    const text = source.replace(/^\uFEFF/, '');
    const document = (0,dist/* parseDocument */.Tp)(text, yaml/* PARSING */.t);
    const { contents } = document;
    const list = (0,dist/* isMap */.jh)(contents) ? contents.get('tasks', true) : contents;
    if ((0,dist/* isAlias */.Vj)(list)) {
        const why = 'the list of tasks stands behind an alias, where `bookkeeping: archive` cannot edit it';
        reading.report(list.range?.[0] ?? null, `${why}: write it out, or set \`bookkeeping: off\``);
    }
    const items = new Map((0,dist/* isSeq */.oP)(list) ? list.items.map((item, index) => [item, index]) : []);
    const anchors = new Map();
    const told = new Set();
    (0,dist/* visit */.YR)(document, {
        Node: (_, node, path) => {
            const owner = [...path, node].map(part => items.get(part)).find(index => index !== undefined);
            const start = node.range?.[0] ?? 0;
            if (!(0,dist/* isAlias */.Vj)(node)) {
                // A node's own place is behind its anchor.
                if (node.anchor)
                    anchors.set(node.anchor, { owner, at: text.lastIndexOf(`&${node.anchor}`, start) });
                return;
            }
            const anchor = anchors.get(node.source);
            if (anchor?.owner === undefined || anchor.owner === owner || told.has(anchor.at))
                return;
            const task = tasks[anchor.owner];
            if (task?.status !== 'todo' && task?.status !== 'doing')
                return;
            told.add(anchor.at);
            const what = `task '${task.id}' defines the anchor '&${node.source}', which line ${lineOf(text, start)} uses`;
            const why = '`bookkeeping: archive` could not take the task out of the file when it lands';
            reading.report(anchor.at, `${what}: ${why}; ${WAY_OUT}`);
        },
    });
    return problems;
}
function lineOf(text, offset) {
    return text.slice(0, offset).split('\n').length;
}

// EXTERNAL MODULE: ./build/decide/plan.js + 1 modules
var plan = __webpack_require__(3793);
// EXTERNAL MODULE: ./build/world/files.js
var files = __webpack_require__(6256);
// EXTERNAL MODULE: ./build/world/repository.js
var repository = __webpack_require__(4671);
;// CONCATENATED MODULE: ./build/tasks-input.js
var __addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
    if (value !== null && value !== void 0) {
        if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
        var dispose, inner;
        if (async) {
            if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
            dispose = value[Symbol.asyncDispose];
        }
        if (dispose === void 0) {
            if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
            dispose = value[Symbol.dispose];
            if (async) inner = dispose;
        }
        if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
        if (inner) dispose = function() { try { inner.call(this); } catch (e) { return Promise.reject(e); } };
        env.stack.push({ value: value, dispose: dispose, async: async });
    }
    else if (async) {
        env.stack.push({ async: true });
    }
    return value;
};
var __disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
    return function (env) {
        function fail(e) {
            env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
            env.hasError = true;
        }
        var r, s = 0;
        function next() {
            while (r = env.stack.pop()) {
                try {
                    if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
                    if (r.dispose) {
                        var result = r.dispose.call(r.value);
                        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) { fail(e); return next(); });
                    }
                    else s |= 1;
                }
                catch (e) {
                    fail(e);
                }
            }
            if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
            if (env.hasError) throw env.error;
        }
        return next();
    };
})(typeof SuppressedError === "function" ? SuppressedError : function (error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
});
/** The input `tasks`: the plan it holds, and where bookkeeping keeps it. */








/** All that is wrong with the inputs and with the tasks they name, at once: the next try may cost a run. */
async function mistakesIn(inputs, cwd, root = cwd) {
    const parsed = (0,action_inputs/* parseSettings */.P$)(inputs);
    const tasks = parsed.ok ? parsed.settings : parsed.tasks;
    const read = tasks === null ? null : await readPlan(tasks, cwd, root);
    return [
        ...(parsed.ok ? [] : parsed.problems),
        ...(read === null || read.ok ? [] : read.problems.map(plan/* formatProblem */.Vw)),
    ];
}
/** `root`: of the repository, where an explicit done file is looked for; it may be none at all. */
async function readPlan(settings, cwd, root = cwd) {
    const source = (0,plan/* parseTasksSource */.lL)(settings.tasks);
    const options = {
        defaultRun: settings.run,
        only: settings.only,
        hash: (text) => (0,external_node_crypto_.createHash)('sha256').update(text).digest('hex'),
    };
    if (source.kind === 'inline')
        return (0,plan/* parsePlan */.vS)({ text: source.text, file: 'tasks' }, options);
    const read = await textAt((0,external_node_path_.resolve)(cwd, source.path));
    const { text } = read;
    if (text === null) {
        const way = 'Give `tasks` the path of a file from the root of the checkout, or the list itself';
        return unreadable(source.path, `the tasks file cannot be read: ${read.why}. ${way}`);
    }
    const doneFile = await doneFileOf(settings, source.path, cwd);
    const done = await textAt((0,external_node_path_.resolve)(settings.doneFile === null ? cwd : root, doneFile));
    if (done.text === null && !done.missing) {
        const way = 'Give `done-file` the name of a file in the repository, or leave it unset';
        return unreadable(doneFile, `the done file cannot be read: ${done.why}. ${way}`);
    }
    const doneText = done.text === null ? null : { file: doneFile, text: done.text };
    const result = (0,plan/* parsePlan */.vS)({ text, file: source.path, doneText }, options);
    if (!result.ok || settings.bookkeeping === 'off' || result.format === 'ralph-workflow')
        return result;
    const problems = sharedAnchors(source.path, text, result.plan.tasks);
    return problems.length > 0 ? { ok: false, problems } : result;
}
async function textAt(file) {
    try {
        const text = await (0,files.readGiven)(file);
        return text === null ? { text, missing: true, why: 'there is no such file' } : { text };
    }
    catch (error) {
        const { code, message } = error;
        const why = code === 'EISDIR' ? 'it is a folder' : code === 'EACCES' ? 'this user may not read it' : message;
        return { text: null, missing: false, why };
    }
}
function unreadable(file, message) {
    return { ok: false, problems: [{ file, line: null, column: null, message }] };
}
/**
 * Ralph keeps `done.jsonc` beside `queue.jsonc`: where that is there, or the folder is Ralph's own, it is the done file.
 * `from`: the folder that the tasks file is named from.
 */
async function doneFileOf({ doneFile }, tasksFile, from) {
    if (doneFile !== null)
        return doneFile;
    const standard = tasksFile.replace(/(\.[^./]+)?$/, '.done$1');
    const ralph = tasksFile.replace(/(^|\/)queue(\.jsonc?)$/, '$1done$2');
    const isThere = async (file) => (await textAt((0,external_node_path_.resolve)(from, file))).text !== null;
    if (ralph === tasksFile || (await isThere(standard)))
        return standard;
    return /(^|\/)\.ralph\/[^/]+$/.test(tasksFile) || (await isThere(ralph)) ? ralph : standard;
}
async function bookkeepingOf(settings, ground, tasks, cwd) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        if (settings.bookkeeping === 'off')
            return { bookkeeping: null };
        const { root } = ground.repository;
        const source = (0,plan/* parseTasksSource */.lL)(settings.tasks);
        if (tasks.format === 'ralph-workflow' || source.kind === 'inline') {
            return {
                what: 'Bookkeeping needs a tasks file of tasks.',
                why: 'Landing a task moves it from the tasks file to the done file.',
                fix: 'Set `bookkeeping: off`, or keep the tasks in a file of the repository.',
            };
        }
        const path = (0,external_node_path_.resolve)(cwd, source.path);
        const tasksFile = (0,external_node_path_.relative)(await (0,promises_.realpath)(root), (0,external_node_path_.join)(await (0,promises_.realpath)((0,external_node_path_.dirname)(path)), (0,external_node_path_.basename)(path)));
        if (tasksFile.startsWith('..') || !(await (0,repository.isTracked)(root, tasksFile))) {
            return {
                what: `The tasks file ${tasksFile} is not tracked by git.`,
                why: 'With `bookkeeping: archive` the landing commit itself edits it.',
                fix: `Commit it first (\`git add ${tasksFile}\`), or set \`bookkeeping: off\`.`,
            };
        }
        const file = __addDisposableResource(env_1, await (0,files.openRegular)((0,external_node_path_.join)(root, tasksFile)), true);
        if (file === null) {
            return {
                what: `The tasks file ${tasksFile} is a symbolic link.`,
                why: 'With `bookkeeping: archive` the landing commit itself edits it, and would replace the link.',
                fix: 'Give `tasks` the name of the file that the link leads to.',
            };
        }
        const doneFile = await doneFileOf(settings, tasksFile, root);
        if (doneFile === tasksFile) {
            return {
                what: `The done file is the tasks file itself, ${tasksFile}.`,
                why: 'Landing a task moves it from one to the other.',
                fix: 'Give `done-file` another name, or leave it unset.',
            };
        }
        const obstacle = await inPlaceOf(root, doneFile);
        if (obstacle !== null) {
            return {
                what: `The done file ${doneFile} has no place in the repository: ${obstacle}.`,
                why: 'With `bookkeeping: archive` the landing commit itself writes it, and would replace that.',
                fix: 'Give `done-file` another name, or leave it unset.',
            };
        }
        return { bookkeeping: { format: tasks.format, tasksFile, doneFile } };
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = __disposeResources(env_1);
        if (result_1)
            await result_1;
    }
}
/** What a file at this path would take the place of, on its way or at its end; null: nothing but a file. */
async function inPlaceOf(root, path) {
    const parts = path.split('/');
    for (let depth = 1; depth <= parts.length; depth++) {
        const place = parts.slice(0, depth).join('/');
        const stats = await (0,promises_.lstat)((0,external_node_path_.join)(root, place)).catch(() => null);
        if (stats === null)
            return null;
        if (stats.isSymbolicLink())
            return `${place} is a symbolic link`;
        if (depth < parts.length && !stats.isDirectory())
            return `${place} is a file`;
        if (depth === parts.length && !stats.isFile())
            return `${place} is a folder`;
    }
    return null;
}


/***/ })

};
