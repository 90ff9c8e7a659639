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


/***/ }),

/***/ 5379:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $Y: () => (/* binding */ git),
/* harmony export */   H3: () => (/* binding */ useGlobalConfig),
/* harmony export */   M3: () => (/* binding */ markGit),
/* harmony export */   Tt: () => (/* binding */ gitOk),
/* harmony export */   _K: () => (/* binding */ gitEnvironment)
/* harmony export */ });
/* unused harmony export gitConfigEnvironment */
/* harmony import */ var node_child_process__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1421);
/* harmony import */ var _survivors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7028);
/**
 * Running git: hooks, fsmonitor and gc are out of play in every command, texts are in English, nothing prompts.
 */


let mark = {};
let globalConfig = {};
/** From here on every git process carries the run's cookie: one that outlives us can be found and ended. */
function markGit(cookie) {
    mark = { [_survivors_js__WEBPACK_IMPORTED_MODULE_1__/* .COOKIE_NAME */ .z4]: cookie };
}
/** In place of the user's own file; see git-config.ts. */
function useGlobalConfig(file) {
    globalConfig = { GIT_CONFIG_GLOBAL: file };
}
/** What every git command of ours sets aside, whatever the machine or a repository configures. */
const QUIET = [
    ['core.hooksPath', '/dev/null'],
    ['core.fsmonitor', 'false'],
    ['core.untrackedCache', 'false'],
    ['gc.auto', '0'],
    ['maintenance.auto', 'false'],
    ['advice.detachedHead', 'false'],
    ['commit.gpgSign', 'false'],
    ['safe.directory', '*'],
    // The run's store is bare, and its folder is ours.
    ['safe.bareRepository', 'all'],
    ['submodule.recurse', 'false'],
    // An index of ours is copied, without a file beside it that would hold most of it.
    ['core.splitIndex', 'false'],
    // What is printed is read by us: no colours in a remote's words, no verdicts on signatures among commits.
    ['color.ui', 'false'],
    ['color.remote', 'false'],
    ['log.showSignature', 'false'],
    ['i18n.logOutputEncoding', 'UTF-8'],
    // A candidate is ours, and unsigned.
    ['merge.verifySignatures', 'false'],
];
/** `GIT_CONFIG_COUNT` and its pairs: configuration for one command, neither in argv nor on disk. */
function gitConfigEnvironment(pairs) {
    const entries = pairs.flatMap(([key, value], i) => [
        [`GIT_CONFIG_KEY_${i}`, key],
        [`GIT_CONFIG_VALUE_${i}`, value],
    ]);
    return { GIT_CONFIG_COUNT: String(pairs.length), ...Object.fromEntries(entries) };
}
/** The environment of our own git commands: the process's without any `GIT_*`, texts in English, never a prompt. */
function gitEnvironment(parent, more = []) {
    const kept = Object.entries(parent).filter((entry) => entry[1] !== undefined && !/^(GIT_|INPUT_|ACTIONS_)/i.test(entry[0]));
    return {
        ...Object.fromEntries(kept),
        ...mark,
        ...globalConfig,
        LC_ALL: 'C',
        GIT_TERMINAL_PROMPT: '0',
        GIT_OPTIONAL_LOCKS: '0',
        GIT_LFS_SKIP_SMUDGE: '1',
        ...gitConfigEnvironment([...QUIET, ...more]),
    };
}
/**
 * Runs git once; never throws for an exit code.
 * Not through @actions/exec: measured at twice the time a call, and a git that exits before it has read its
 * input ends the whole process there (unhandled EPIPE).
 */
function git(cwd, args, options = {}) {
    const { signal, timeoutMs } = options;
    return new Promise((resolve, reject) => {
        signal?.throwIfAborted();
        const env = { ...gitEnvironment(process.env), ...options.env };
        // A group of its own: a Ctrl-C in a terminal must not cut the work that is being saved, and what git has started
        // (a filter, its own helpers) ends with it.
        const child = (0,node_child_process__WEBPACK_IMPORTED_MODULE_0__.spawn)('git', args, { cwd, env, detached: true });
        const end = (how) => {
            try {
                process.kill(-child.pid, how);
            }
            catch {
                // It has ended by itself.
            }
        };
        const abort = () => {
            end('SIGTERM');
            reject(signal?.reason);
        };
        const timer = timeoutMs === undefined ? undefined : setTimeout(() => end('SIGKILL'), timeoutMs);
        signal?.addEventListener('abort', abort, { once: true });
        const release = () => {
            clearTimeout(timer);
            signal?.removeEventListener('abort', abort);
        };
        const stdout = [];
        const stderr = [];
        child.stdout.on('data', (chunk) => stdout.push(chunk));
        child.stderr.on('data', (chunk) => stderr.push(chunk));
        child.on('error', error => {
            release();
            reject(error);
        });
        child.on('close', code => {
            release();
            resolve({
                exitCode: code ?? 128,
                stdout: Buffer.concat(stdout).toString(options.encoding),
                stderr: Buffer.concat(stderr).toString(),
            });
        });
        // git may answer without reading all of its input: its exit code says what that means.
        child.stdin.on('error', () => { });
        child.stdin.end(options.input ?? '', options.encoding ?? 'utf8');
    });
}
/** As `git`, for commands that have no reason to fail: the exception holds git's own words. */
async function gitOk(cwd, args, options = {}) {
    const output = await git(cwd, args, options);
    if (output.exitCode !== 0) {
        const command = args.find((arg, i) => arg !== '-c' && args[i - 1] !== '-c');
        throw new Error(`git ${command} exited with ${output.exitCode}: ${output.stderr.trim() || output.stdout.trim()}`);
    }
    return output.stdout;
}


/***/ }),

/***/ 4671:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   followBranch: () => (/* binding */ followBranch),
/* harmony export */   gitVersion: () => (/* binding */ gitVersion),
/* harmony export */   hasBash: () => (/* binding */ hasBash),
/* harmony export */   inspectRepository: () => (/* binding */ inspectRepository),
/* harmony export */   isIgnored: () => (/* binding */ isIgnored),
/* harmony export */   isTracked: () => (/* binding */ isTracked)
/* harmony export */ });
/* harmony import */ var node_child_process__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1421);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _git_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5379);
/** Facts of the user's checkout, read only. */



/** `git --version` as numbers; null: git cannot be run. */
async function gitVersion(cwd) {
    try {
        const match = /(\d+)\.(\d+)/.exec(await (0,_git_js__WEBPACK_IMPORTED_MODULE_2__/* .gitOk */ .Tt)(cwd, ['--version']));
        return match ? [Number(match[1]), Number(match[2])] : null;
    }
    catch {
        return null;
    }
}
/** Whether there is a bash for the commands of tasks, gates and the like. */
function hasBash() {
    return new Promise(resolve => {
        (0,node_child_process__WEBPACK_IMPORTED_MODULE_0__.execFile)('bash', ['--version'], error => resolve(error === null));
    });
}
/** null: the folder is in no repository with a work tree. */
async function inspectRepository(dir) {
    const shown = await (0,_git_js__WEBPACK_IMPORTED_MODULE_2__/* .git */ .$Y)(dir, [
        'rev-parse',
        '--show-toplevel',
        '--git-common-dir',
        '--is-shallow-repository',
        '--show-object-format',
    ]);
    const [root, common, shallow, objectFormat] = shown.stdout.trim().split('\n');
    if (shown.exitCode !== 0 || !root || !common)
        return null;
    const [head, branch, config, status, origin] = await Promise.all([
        (0,_git_js__WEBPACK_IMPORTED_MODULE_2__/* .git */ .$Y)(root, ['rev-parse', '--verify', '--quiet', 'HEAD^{commit}']),
        (0,_git_js__WEBPACK_IMPORTED_MODULE_2__/* .git */ .$Y)(root, ['symbolic-ref', '--quiet', '--short', 'HEAD']),
        (0,_git_js__WEBPACK_IMPORTED_MODULE_2__/* .git */ .$Y)(root, [
            'config',
            '--includes',
            '--get-regexp',
            '^(extensions\\.partialclone|remote\\..*\\.promisor)$',
        ]),
        // Untracked files are not looked for: that would walk the whole tree.
        (0,_git_js__WEBPACK_IMPORTED_MODULE_2__/* .git */ .$Y)(root, ['status', '--porcelain', '-z', '--untracked-files=no', '--ignore-submodules']),
        originOf(root),
    ]);
    return {
        root,
        gitDir: (0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(dir, common),
        head: head.exitCode === 0 ? head.stdout.trim() : null,
        branch: branch.exitCode === 0 ? branch.stdout.trim() : null,
        origin,
        shallow: shallow === 'true',
        partial: config.stdout.trim() !== '',
        objectFormat: objectFormat ?? 'sha1',
        modified: status.stdout
            .split('\0')
            .filter(line => line !== '')
            .map(line => line.slice(3)),
    };
}
async function originOf(root) {
    const [fetchUrl, pushUrl] = await Promise.all([
        (0,_git_js__WEBPACK_IMPORTED_MODULE_2__/* .git */ .$Y)(root, ['remote', 'get-url', 'origin']),
        (0,_git_js__WEBPACK_IMPORTED_MODULE_2__/* .git */ .$Y)(root, ['remote', 'get-url', '--push', 'origin']),
    ]);
    if (fetchUrl.exitCode !== 0)
        return null;
    const absolute = (url) => (/^\.{1,2}(\/|$)/.test(url) ? (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(root, url) : url);
    return {
        fetchUrl: absolute(fetchUrl.stdout.trim()),
        pushUrl: absolute((pushUrl.stdout.trim() || fetchUrl.stdout.trim()).split('\n')[0] ?? ''),
    };
}
async function isIgnored(root, path) {
    return (await (0,_git_js__WEBPACK_IMPORTED_MODULE_2__/* .git */ .$Y)(root, ['check-ignore', '--quiet', '--no-index', path])).exitCode === 0;
}
/** Whether the file is tracked at HEAD or in the index. */
async function isTracked(root, path) {
    return (await (0,_git_js__WEBPACK_IMPORTED_MODULE_2__/* .git */ .$Y)(root, ['ls-files', '--error-unmatch', '--', path])).exitCode === 0;
}
/**
 * Moves the checkout to a commit of the store that its branch is an ancestor of, so that later steps see what
 * landed. Only where it is on that branch and no tracked file is modified. null: moved; else why not.
 */
async function followBranch(root, branch, storeDir) {
    const repository = await inspectRepository(root);
    if (repository === null)
        return 'it is no repository any more';
    if (repository.branch !== branch)
        return repository.branch === null ? 'its HEAD is detached' : `it is on ${repository.branch}`;
    if (repository.modified.length > 0)
        return `tracked files are modified (${repository.modified.slice(0, 3).join(', ')})`;
    const ref = `refs/heads/${branch}`;
    const tracking = `refs/remotes/origin/${branch}`;
    const fetched = await (0,_git_js__WEBPACK_IMPORTED_MODULE_2__/* .git */ .$Y)(root, [
        'fetch',
        '--quiet',
        '--no-tags',
        // A checkout with all of history must not become a shallow one.
        ...(repository.shallow ? ['--update-shallow'] : []),
        storeDir,
        `+${ref}:${tracking}`,
    ]);
    if (fetched.exitCode !== 0)
        return fetched.stderr.trim();
    // A ref that would make it shallow is left out without a word.
    const [theirs, ours] = await Promise.all([
        (0,_git_js__WEBPACK_IMPORTED_MODULE_2__/* .git */ .$Y)(storeDir, ['rev-parse', ref]),
        (0,_git_js__WEBPACK_IMPORTED_MODULE_2__/* .git */ .$Y)(root, ['rev-parse', tracking]),
    ]);
    if (theirs.stdout !== ours.stdout)
        return 'the run has fetched too little history to lead there';
    const merged = await (0,_git_js__WEBPACK_IMPORTED_MODULE_2__/* .git */ .$Y)(root, ['merge', '--ff-only', '--quiet', tracking]);
    return merged.exitCode === 0 ? null : merged.stderr.trim();
}


/***/ }),

/***/ 7028:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Bk: () => (/* binding */ endSurvivors),
/* harmony export */   GW: () => (/* binding */ killSurvivors),
/* harmony export */   _b: () => (/* binding */ endFamily),
/* harmony export */   z4: () => (/* binding */ COOKIE_NAME)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8500);
/**
 * Finding and ending whatever a command started. A process belongs to a command by its process group or, on Linux, by
 * the cookie in the environment it began with, which also finds what left the group. It cannot find what did both:
 * left the group and started over with another environment.
 */


/** Each command's children carry it; a run inside a run appends to the outer one's value. */
const COOKIE_NAME = 'FANOUT_PROCESS';
/** How long after SIGKILL a process may stay before it is given up: it waits in the kernel, or is another user's. */
const UNKILLABLE_MS = 2000;
const LONGEST_POLL_MS = 100;
/** So many looks that find nothing, but could have fallen between two links of a chain of forks, are enough. */
const DOUBTFUL_LOOKS = 5;
/**
 * SIGTERM to the family, once to each process, and SIGKILL when `killAt()` (on `performance.now()`) has come. False: some
 * could not be ended. Takes no longer than the family lives, and no time if nothing of it does.
 */
async function endFamily(family, killAt) {
    // By name too: a shell's child that is told between its fork and its exec forgets it.
    const told = new Set();
    const keyOf = ({ pid, name }) => `${pid} ${name}`;
    let killing = false;
    let quiet = 0;
    for (let wait = 5;; wait = Math.min(wait * 2, LONGEST_POLL_MS)) {
        const { members, sure } = await lookFor(family);
        if (members.length > 0)
            quiet = 0;
        else if (sure || ++quiet > DOUBTFUL_LOOKS)
            return true;
        else {
            if (killing)
                chase(family);
            continue;
        }
        const late = performance.now() - killAt();
        if (late > UNKILLABLE_MS)
            return false;
        if (late >= 0) {
            // By group, because that is atomic: a chain of forks inside it cannot outrun the signal.
            if (!killing)
                for (const group of new Set(members.map(member => member.group)))
                    send(-group, 'SIGKILL');
            else
                chase(family);
            killing = true;
        }
        else {
            // The first one goes to the whole group at one moment: no member sees another end and goes on with what comes next.
            const whole = told.size === 0 && members.some(({ group }) => group === family.group) ? family.group : null;
            if (whole !== null)
                send(-whole, 'SIGTERM');
            for (const member of members.filter(each => !told.has(keyOf(each)))) {
                if (member.group !== whole)
                    send(member.pid, 'SIGTERM');
                told.add(keyOf(member));
            }
        }
        await (0,node_timers_promises__WEBPACK_IMPORTED_MODULE_1__.setTimeout)(late < 0 ? Math.min(wait, -late) : 1);
    }
}
/** Ends what an earlier process of ours left behind, by the cookie its commands were given. Linux only; elsewhere nothing. */
async function endSurvivors(cookie, graceMs = 5000) {
    const killAt = performance.now() + graceMs;
    return { ended: await endFamily({ group: null, cookie }, () => killAt) };
}
/** The same at once, for a process that exits without waiting: SIGKILL to all that are seen now. */
function killSurvivors(cookie) {
    chase({ group: null, cookie });
}
function send(target, signal) {
    try {
        process.kill(target, signal);
    }
    catch {
        // ESRCH: it is gone. EPERM: another user's; the caller sees that it stays.
    }
}
/** `sure`: where it finds none there is none. */
async function lookFor(family) {
    const { group, cookie } = family;
    const table = await processTable();
    const alive = group !== null && groupLives(group);
    if (table === null)
        return { members: alive ? [{ pid: group, name: '', group, cookie }] : [], sure: true };
    // A group of zombies lives too, hence the doubt only.
    return { members: table.processes.filter(each => belongs(each, family)), sure: table.whole && !alive };
}
function belongs({ pid, group, cookie }, family) {
    // Never this process or its group, whatever the environment says.
    if (pid === process.pid || group === ownGroup())
        return false;
    return group === family.group || (family.cookie !== '' && `${cookie}/`.startsWith(`${family.cookie}/`));
}
let own = null;
function ownGroup() {
    own ??= readProcess(process.pid)?.group ?? 0;
    return own;
}
/** Kills each member the moment it is seen: a chain in which each link leaves the group of the one before is a race. */
function chase(family) {
    for (const pid of newestFirst()) {
        const seen = readProcess(pid);
        if (seen !== null && belongs(seen, family))
            send(-seen.group, 'SIGKILL');
    }
}
function groupLives(group) {
    try {
        return process.kill(-group, 0);
    }
    catch (error) {
        return error.code === 'EPERM';
    }
}
let waiting = null;
/** The living processes of the machine, or null where there is no /proc. All who ask in one turn share one look. */
function processTable() {
    waiting ??= (0,node_timers_promises__WEBPACK_IMPORTED_MODULE_1__.setImmediate)().then(() => {
        waiting = null;
        return look();
    });
    return waiting;
}
let withoutEnvironment = new Set();
async function look() {
    const listed = newestFirst();
    if (listed.length === 0)
        return null;
    let processes = listed.flatMap(pid => readProcess(pid) ?? []);
    // In the middle of an exec a process shows an empty environment: such are looked at again, the ones that have none once.
    const unclear = ({ pid, environment }) => environment === '' && !withoutEnvironment.has(pid);
    for (let i = 0; i < 10 && processes.some(unclear); i++) {
        await (0,node_timers_promises__WEBPACK_IMPORTED_MODULE_1__.setTimeout)(2);
        processes = processes.flatMap(seen => (unclear(seen) ? (readProcess(seen.pid) ?? []) : seen));
    }
    withoutEnvironment = new Set(processes.filter(({ environment }) => environment === '').map(({ pid }) => pid));
    const known = new Set(listed);
    return { processes, whole: newestFirst().every(pid => known.has(pid)) };
}
/** Of a chain of forks the newest is the link that has not forked yet. */
function newestFirst() {
    const names = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.existsSync)('/proc') ? (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readdirSync)('/proc') : [];
    return names
        .map(Number)
        .filter(pid => pid > 0)
        .sort((a, b) => b - a);
}
/** Null: gone, a zombie, or a kernel thread. An environment that may not be read is null. */
function readProcess(pid) {
    const stat = readText(`/proc/${pid}/stat`);
    if (stat === null)
        return null;
    // The name in parentheses may hold anything, also `)`.
    const afterName = stat.lastIndexOf(')');
    const [state, , group] = stat.slice(afterName + 2).split(' ');
    // A zombie is dead already; where the machine's first process does not collect them they stay for ever.
    if (group === '0' || state === 'Z' || state === 'X')
        return null;
    const name = stat.slice(stat.indexOf('(') + 1, afterName);
    const environment = readText(`/proc/${pid}/environ`);
    const entry = environment?.split('\0').find(text => text.startsWith(`${COOKIE_NAME}=`));
    return {
        pid,
        name,
        group: Number(group),
        cookie: entry?.slice(COOKIE_NAME.length + 1) ?? '',
        environment,
    };
}
const room = Buffer.allocUnsafe(64 * 1024);
/** Two files for each process of the machine, at the end of each command: `readFileSync` takes 64 KiB anew for each. */
function readText(path) {
    let file = null;
    try {
        file = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.openSync)(path, 'r');
        let text = '';
        for (;;) {
            const read = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readSync)(file, room);
            if (read === 0)
                return text;
            text += room.toString('latin1', 0, read);
        }
    }
    catch {
        return null;
    }
    finally {
        if (file !== null)
            (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.closeSync)(file);
    }
}


/***/ })

};
