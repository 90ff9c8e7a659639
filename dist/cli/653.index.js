export const id = 653;
export const ids = [653];
export const modules = {

/***/ 6653:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   stopCommand: () => (/* binding */ stopCommand)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6760);
/* harmony import */ var _action_shell_words_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(7965);
/* harmony import */ var _run_directory_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1399);
/* harmony import */ var _world_files_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6256);
/* harmony import */ var _own_name_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(7353);
/* harmony import */ var _say_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(2486);
/** `fanout stop`: the gentle way to end a run. */






async function stopCommand(args) {
    const run = await (0,_run_directory_js__WEBPACK_IMPORTED_MODULE_1__/* .openRunDirectory */ .x)(args.directory, process.cwd());
    if ('what' in run || args.problems.length > 0)
        return (0,_say_js__WEBPACK_IMPORTED_MODULE_4__/* .refuse */ .TR)([...args.problems, ...('what' in run ? [(0,_say_js__WEBPACK_IMPORTED_MODULE_4__/* .sentence */ .em)(run)] : [])]);
    if (!run.alive) {
        const how = run.summary === null ? 'was cut off' : 'has ended';
        return (0,_say_js__WEBPACK_IMPORTED_MODULE_4__/* .refuse */ .TR)([
            `There is nothing to stop: the run ${how}, and nothing of it is at work. ${(0,_own_name_js__WEBPACK_IMPORTED_MODULE_3__/* .ownName */ .q)()} status ${(0,_action_shell_words_js__WEBPACK_IMPORTED_MODULE_5__/* .shellWord */ .r)(run.path)} tells more.`,
        ]);
    }
    try {
        await (0,_world_files_js__WEBPACK_IMPORTED_MODULE_2__.appendText)((0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(run.path, 'stop'), '');
    }
    catch (error) {
        return (0,_say_js__WEBPACK_IMPORTED_MODULE_4__/* .refuse */ .TR)([`The run cannot be told: ${error.message}.`]);
    }
    (0,_say_js__WEBPACK_IMPORTED_MODULE_4__/* .out */ .FD)('Nothing new starts. What runs may finish and land; then the run ends with its report.');
    return 0;
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
