export const id = 863;
export const ids = [863];
export const modules = {

/***/ 9863:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   retryCommand: () => (/* binding */ retryCommand)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6760);
/* harmony import */ var _decide_address_js__WEBPACK_IMPORTED_MODULE_13__ = __webpack_require__(7605);
/* harmony import */ var _decide_identity_js__WEBPACK_IMPORTED_MODULE_12__ = __webpack_require__(743);
/* harmony import */ var _decide_plain_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(977);
/* harmony import */ var _decide_problem_js__WEBPACK_IMPORTED_MODULE_14__ = __webpack_require__(6554);
/* harmony import */ var _kept_inputs_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2730);
/* harmony import */ var _reach_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(9818);
/* harmony import */ var _retries_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(2566);
/* harmony import */ var _run_directory_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(1399);
/* harmony import */ var _world_clock_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(8005);
/* harmony import */ var _world_repository_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(4671);
/* harmony import */ var _mistakes_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(8716);
/* harmony import */ var _own_name_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(7353);
/* harmony import */ var _run_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(8855);
/* harmony import */ var _say_js__WEBPACK_IMPORTED_MODULE_11__ = __webpack_require__(2486);
/** `fanout retry`: tasks of a run that has ended, in a run of their own that has the same inputs and knows the work that was kept. */















async function retryCommand(args) {
    const run = await (0,_run_directory_js__WEBPACK_IMPORTED_MODULE_5__/* .openRunDirectory */ .x)(args.directory, process.cwd());
    if ('what' in run)
        return (0,_say_js__WEBPACK_IMPORTED_MODULE_11__/* .refuse */ .TR)([...args.problems, (0,_say_js__WEBPACK_IMPORTED_MODULE_11__/* .sentence */ .em)(run)]);
    const repository = await (0,_world_repository_js__WEBPACK_IMPORTED_MODULE_7__.inspectRepository)(process.cwd()).catch(() => null);
    const kept = await (0,_kept_inputs_js__WEBPACK_IMPORTED_MODULE_2__/* .readInputs */ .K)(run.path);
    const inputs = inputsFor(args, run, kept);
    const cwd = repository === null ? process.cwd() : (0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(repository.root, kept?.folder ?? '');
    const obstacles = [
        ...notRetryable(run),
        ...elsewhere(run, repository),
        ...wrongTasks(args.tasks, run.summary),
        ...unknownInputs(args, kept),
    ];
    // What is no task of the run at all has been said above.
    const known = args.tasks.filter(id => run.summary?.tasks.some(task => task.id === id) ?? true);
    const mistakes = inputs.tasks === undefined
        ? args.problems
        : await (0,_mistakes_js__WEBPACK_IMPORTED_MODULE_8__/* .allMistakes */ .t)(args, { ...inputs, only: known.join(',') }, cwd);
    if (obstacles.length > 0 || mistakes.length > 0)
        return (0,_say_js__WEBPACK_IMPORTED_MODULE_11__/* .refuse */ .TR)([...mistakes, ...obstacles.map(_say_js__WEBPACK_IMPORTED_MODULE_11__/* .sentence */ .em)]);
    const { head, events } = run.journal;
    const cutOff = await cutOffRetry(run.path, inputs);
    return (0,_run_js__WEBPACK_IMPORTED_MODULE_10__.runInTerminal)({
        inputs,
        cwd,
        retried: {
            key: head.run_key,
            dir: run.path,
            base: head.base_sha,
            events,
            fingerprints: head.fingerprints,
            cutOff,
        },
        began: async (runDirectory) => {
            if (cutOff !== null)
                return;
            // It only tells `status` of the run that had ended.
            await (0,_retries_js__WEBPACK_IMPORTED_MODULE_4__/* .noteRetry */ .P$)(run.path, runDirectory, (0,_decide_identity_js__WEBPACK_IMPORTED_MODULE_12__/* .isoTime */ .Ly)(_world_clock_js__WEBPACK_IMPORTED_MODULE_6__/* .systemClock */ .ml.now())).catch(() => { });
        },
    });
}
/** The key of the last retry, where that was of the same tasks with the same inputs and its process died. */
async function cutOffRetry(ofRun, inputs) {
    const last = (await (0,_retries_js__WEBPACK_IMPORTED_MODULE_4__/* .retryDirectories */ .Kc)(ofRun)).at(-1);
    if (last === undefined)
        return null;
    const [found, kept] = await Promise.all([(0,_run_directory_js__WEBPACK_IMPORTED_MODULE_5__/* .openRunDirectory */ .x)(last, process.cwd()), (0,_kept_inputs_js__WEBPACK_IMPORTED_MODULE_2__/* .readInputs */ .K)(last)]);
    if ('what' in found || kept === null || found.summary !== null || found.alive || !found.inPlace)
        return null;
    // What is secret was not kept: nobody can tell whether it is the same.
    const names = Object.keys({ ...inputs, ...kept.inputs }).filter(name => name !== 'token' && !kept.left_out.includes(name));
    const same = names.every(name => (inputs[name] ?? '') === (kept.inputs[name] ?? ''));
    return same ? found.journal.head.run_key : null;
}
/** Those of the run, but for what is given now; on its branch, which the checkout need not be on. */
function inputsFor(args, run, kept) {
    const given = { ...kept?.inputs, branch: run.journal.head.branch, resume: 'true', ...args.inputs };
    return { ...given, only: args.tasks.join(',') };
}
function notRetryable({ path, journal, summary, alive, inPlace }) {
    if (alive) {
        return [
            {
                what: 'The run goes on.',
                why: 'Only a run that has ended can be retried.',
                fix: `Wait for its end, or end it: ${(0,_own_name_js__WEBPACK_IMPORTED_MODULE_9__/* .ownName */ .q)()} stop ${path}`,
            },
        ];
    }
    if (journal.head.dry_run) {
        return [
            {
                what: 'That was a dry run.',
                why: 'Nothing of it is on the branch, so there is nothing that a retry could build on.',
                fix: `Run it again: ${(0,_own_name_js__WEBPACK_IMPORTED_MODULE_9__/* .ownName */ .q)()} run with the same inputs.`,
            },
        ];
    }
    // What was cut off where it lies goes on by itself, and would not know of a retry.
    if (summary !== null || !inPlace)
        return [];
    return [
        {
            what: 'The run was cut off before its end.',
            why: 'The same `fanout run` goes on where it ended, with all its tasks.',
            fix: `${(0,_own_name_js__WEBPACK_IMPORTED_MODULE_9__/* .ownName */ .q)()} status ${path} tells the command.`,
        },
    ];
}
/** A fork, or another repository altogether, is never landed on by mistake. */
function elsewhere({ journal }, repository) {
    const there = (0,_reach_js__WEBPACK_IMPORTED_MODULE_3__/* .repositoryOf */ ._M)(journal.head.origin);
    const here = repository?.origin ? (0,_reach_js__WEBPACK_IMPORTED_MODULE_3__/* .repositoryOf */ ._M)((0,_decide_address_js__WEBPACK_IMPORTED_MODULE_13__/* .withoutUser */ .q)(repository.origin.pushUrl)) : null;
    if (here === null || here.toLowerCase() === there.toLowerCase())
        return [];
    return [
        {
            what: `This is a checkout of ${here}, and the run was one of ${there}.`,
            why: 'A retry lands on origin.',
            fix: `Change to a checkout of ${there}.`,
        },
    ];
}
function wrongTasks(ids, summary) {
    const tasks = summary?.tasks ?? [];
    const failed = tasks.filter(({ outcome }) => !['landed', 'unchanged', 'skipped'].includes(outcome));
    if (ids.length === 0) {
        return [
            {
                what: 'No task is named.',
                why: 'A retry takes the tasks that are to be tried again.',
                fix: failed.length > 0 ? `Add --task ${failed.map(({ id }) => id).join(',')}` : 'Add --task <ids>.',
            },
        ];
    }
    // Of a run that was cut off the tasks file alone says which there are.
    if (summary === null)
        return [];
    return ids.flatMap((id) => {
        const task = tasks.find(each => each.id === id);
        if (task === undefined) {
            const known = tasks.map(each => each.id);
            const meant = (0,_decide_problem_js__WEBPACK_IMPORTED_MODULE_14__/* .nearest */ .pA)(id, known);
            const fix = meant === null ? `Its tasks: ${(0,_decide_plain_js__WEBPACK_IMPORTED_MODULE_1__/* .listed */ .KE)(known, 10)}.` : `Did you mean ${meant}?`;
            return [{ what: `There is no task ${JSON.stringify(id)} in this run.`, why: 'Ids are exact.', fix }];
        }
        if (task.outcome !== 'landed' && task.outcome !== 'unchanged')
            return [];
        const how = task.outcome === 'landed' ? `landed as ${task.commit ?? 'a commit'}` : 'changed nothing';
        const fix = `To run its worker once more all the same: ${(0,_own_name_js__WEBPACK_IMPORTED_MODULE_9__/* .ownName */ .q)()} run --only ${id} with the other inputs.`;
        return [{ what: `Task ${id} has ${how} in this run.`, why: 'There is nothing to try again.', fix }];
    });
}
/** What was not kept must be given again. */
function unknownInputs({ inputs }, kept) {
    if (kept === null) {
        if (inputs.tasks !== undefined)
            return [];
        return [
            {
                what: 'The inputs of that run are not known.',
                why: 'There is no inputs.json in its directory that could be read.',
                fix: 'Give them again: --tasks, and whatever else the run had.',
            },
        ];
    }
    const lost = kept.left_out.filter(name => name !== 'token' && inputs[name] === undefined);
    return lost.map(name => ({
        what: `The input ${name} of that run is not known.`,
        why: 'It held a secret, so it was not kept.',
        fix: `Give it again: --${name} <value>.`,
    }));
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
