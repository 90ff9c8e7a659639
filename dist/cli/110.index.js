export const id = 110;
export const ids = [110];
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

/***/ 1110:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  initCommand: () => (/* binding */ initCommand)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/action/shell-words.js
var shell_words = __webpack_require__(7965);
;// CONCATENATED MODULE: ./build/action/starter.js
/** What `fanout init` writes into a repository, and the steps it names afterwards. Pure. */

const TASKS_FILE = 'tasks.yml';
const WORKFLOW_FILE = '.github/workflows/fanout.yml';
/** Where the action lives, as a workflow names it. */
const ACTION = 'OWNER/fanout@v1';
const TASKS = `# yaml-language-server: $schema=https://raw.githubusercontent.com/OWNER/fanout/v1/schema/tasks.schema.json
#
# The tasks that Fanout runs: each in a clone of its own, all at once. What a task changes becomes one commit.
# All keys: https://github.com/OWNER/fanout#tasks
version: 1

# For every task that does not say otherwise.
defaults:
  timeout-minutes: 30

tasks:
  # A task is a command (bash, in the root of a fresh clone). Exit code 0 means done.
  - id: editorconfig
    title: Add an .editorconfig
    run: |
      test -e .editorconfig || printf '%s\\n' 'root = true' '' '[*]' 'charset = utf-8' \\
        'end_of_line = lf' 'insert_final_newline = true' > .editorconfig
    # The only files that it may change.
    paths: [.editorconfig]

  # A task for a coding agent: it finds the prompt on its standard input. Any agent will do that can be called like this.
  # A draft does not run: take \`status\` out when the prompt is yours and the agent is installed.
  - id: first-prompt
    title: Explain how to build and test
    status: draft
    prompt: |
      Find out how this repository is built and tested, and explain it in a section "Development" of README.md.
      Change nothing else.
    run: claude --print --permission-mode acceptEdits
    paths: [README.md]
    # Starts when that one has landed.
    needs: editorconfig
`;
const WORKFLOW = `# Runs the tasks of ${TASKS_FILE} and lands what they change on this branch: https://github.com/OWNER/fanout
name: fanout
on:
  # By hand, under Actions.
  workflow_dispatch:
    inputs:
      dry-run: { type: boolean, default: false, description: Do everything but the push }
  # Every night, when you are ready for it:
  # schedule:
  #   - cron: '23 3 * * *'

# To push what lands. Nothing else is needed.
permissions:
  contents: write

# One run at a time.
concurrency:
  group: fanout

jobs:
  fanout:
    runs-on: ubuntu-latest
    timeout-minutes: 120
    steps:
      - uses: actions/checkout@v7
        with:
          # Tasks must not find a token; Fanout pushes with its own.
          persist-credentials: false
      - uses: ${ACTION}
        with:
          tasks: ${TASKS_FILE}
          dry-run: \${{ inputs.dry-run || false }}
          # What every tree must pass before it lands:
          # gate: make test
          # Ends in time to save what is unfinished, before the job's own limit:
          deadline-minutes: 110
        # The keys of your agent:
        # env:
        #   ANTHROPIC_API_KEY: \${{ secrets.ANTHROPIC_API_KEY }}
`;
/** Path from the root of the repository -> text. */
const STARTER_FILES = {
    [TASKS_FILE]: TASKS,
    [WORKFLOW_FILE]: WORKFLOW,
};
/** For a terminal; commands are indented by six, and work in the order they stand. */
function initLines(facts) {
    return [
        ...facts.written.map(path => `wrote ${path}`),
        ...facts.kept.map(path => `${path} is there already: left as it is`),
        '',
        'Next:',
        ...stepsOf(facts).flatMap(({ what, commands }, index) => [
            `  ${index + 1}. ${what}`,
            ...commands.map(command => `      ${command}`),
        ]),
    ];
}
function stepsOf({ tasksFile, workflowFile, branch, hasCommit, hasOrigin, self, }) {
    const where = branch ?? 'the branch';
    const first = [];
    if (!hasCommit)
        first.push({
            what: 'Tasks start from a commit, and there is none yet.',
            commands: ['git add --all', "git commit -m 'First commit'"],
        });
    if (!hasOrigin || !hasCommit) {
        const remote = hasOrigin ? [] : ['git remote add origin <the address of your remote>'];
        first.push({
            what: `Results land on ${where} of origin: it must be there.`,
            commands: [...remote, 'git push --set-upstream origin HEAD'],
        });
    }
    const named = `To run it on GitHub, name in ${workflowFile} the owner of your copy of Fanout for OWNER`;
    const runLine = (...more) => `${self} ${(0,shell_words/* shellLine */.T)(['run', '--tasks', tasksFile, ...more])}`;
    return [
        ...first,
        {
            what: `Look at ${tasksFile}, and see what would run.`,
            commands: [`${self} ${(0,shell_words/* shellLine */.T)(['plan', '--tasks', tasksFile])}`],
        },
        { what: 'Try it: everything but the push.', commands: [runLine('--dry-run')] },
        { what: `Run it: what the tasks change lands on ${where} of origin.`, commands: [runLine()] },
        { what: 'Get what has landed.', commands: ['git pull'] },
        hasCommit
            ? {
                what: `${named}, and commit both files; the workflow is then under Actions.`,
                commands: [
                    (0,shell_words/* shellLine */.T)(['git', 'add', tasksFile, workflowFile]),
                    "git commit -m 'Run tasks with Fanout'",
                    'git push',
                ],
            }
            : { what: `${named}, and push that; the workflow is then under Actions.`, commands: [] },
    ];
}

// EXTERNAL MODULE: ./build/world/repository.js
var world_repository = __webpack_require__(4671);
// EXTERNAL MODULE: ./build/cli/own-name.js
var own_name = __webpack_require__(7353);
// EXTERNAL MODULE: ./build/cli/say.js
var say = __webpack_require__(2486);
;// CONCATENATED MODULE: ./build/cli/init.js
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
/** `fanout init`: a tasks file and a workflow for a repository that has none. Never overwrites. */






async function initCommand(args) {
    const cwd = process.cwd();
    const repository = await (0,world_repository.inspectRepository)(cwd).catch(() => null);
    if (repository === null || args.problems.length > 0) {
        return (0,say/* refuse */.TR)([...args.problems, ...(repository === null ? [(0,say/* sentence */.em)(noRepository(cwd))] : [])]);
    }
    const { root, head, branch, origin } = repository;
    const seen = (path) => (0,external_node_path_.relative)(cwd, (0,external_node_path_.join)(root, path));
    const ways = await Promise.all(Object.keys(STARTER_FILES).map(path => wayOut(root, (0,external_node_path_.dirname)(path))));
    const leaving = [...new Set(ways.filter(link => link !== null))];
    if (leaving.length > 0)
        return (0,say/* refuse */.TR)(leaving.map(link => (0,say/* sentence */.em)(leadsOut(seen(link)))));
    const written = [];
    const kept = [];
    for (const [path, text] of Object.entries(STARTER_FILES)) {
        try {
            const isNew = await writeNew((0,external_node_path_.join)(root, path), text);
            (isNew ? written : kept).push(seen(path));
        }
        catch (error) {
            const what = `${seen(path)} cannot be written: ${error.message}.`;
            const why = `Its folder must be one that this user may write; of the two files ${written.length} were written.`;
            return (0,say/* refuse */.TR)([(0,say/* sentence */.em)({ what, why, fix: 'Make room for it, then run init again.' })]);
        }
    }
    const lines = initLines({
        written,
        kept,
        tasksFile: seen(TASKS_FILE),
        workflowFile: seen(WORKFLOW_FILE),
        branch,
        hasCommit: head !== null,
        hasOrigin: origin !== null,
        self: (0,own_name/* ownName */.q)(),
    });
    for (const line of lines)
        (0,say/* out */.FD)(line);
    return 0;
}
/** The folder on the way to `folder` that is a link out of the repository, or to nowhere; null: none is. */
async function wayOut(root, folder) {
    const top = await (0,promises_.realpath)(root);
    const names = folder.split('/');
    for (const path of names.map((_, i) => names.slice(0, i + 1).join('/'))) {
        const stats = await (0,promises_.lstat)((0,external_node_path_.join)(root, path)).catch(() => null);
        if (stats === null)
            return null;
        const real = await (0,promises_.realpath)((0,external_node_path_.join)(root, path)).catch(() => null);
        if (real !== top && !real?.startsWith(`${top}${external_node_path_.sep}`))
            return path;
    }
    return null;
}
function leadsOut(link) {
    return {
        what: `${link} is a link that leads out of the repository.`,
        why: 'What is written there could not be committed, and GitHub would see no workflow. Nothing was written.',
        fix: 'Replace the link by a folder, then run init again.',
    };
}
/** false: there is something of that name already, and it stays as it is. */
async function writeNew(file, text) {
    // What is in the way of its folder is not the file itself: that throws.
    await (0,promises_.mkdir)((0,external_node_path_.dirname)(file), { recursive: true });
    try {
        const env_1 = { stack: [], error: void 0, hasError: false };
        try {
            const handle = __addDisposableResource(env_1, await (0,promises_.open)(file, 'wx', 0o644), true);
            await handle.writeFile(text);
            return true;
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
    catch (error) {
        if (error.code === 'EEXIST')
            return false;
        throw error;
    }
}
function noRepository(cwd) {
    return {
        what: `${cwd} is in no git repository.`,
        why: 'The tasks file and the workflow belong into the one whose files the tasks are to change.',
        fix: 'Change to it, or make one: git init',
    };
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


/***/ })

};
