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

/***/ 7605:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $S: () => (/* binding */ localPath),
/* harmony export */   IX: () => (/* binding */ isLocal),
/* harmony export */   Lt: () => (/* binding */ areTwoRepositories),
/* harmony export */   Uk: () => (/* binding */ shownAddress),
/* harmony export */   q: () => (/* binding */ withoutUser)
/* harmony export */ });
/** Addresses of repositories as people and git write them. */
/** The address alone, for people and files. */
function withoutUser(url) {
    return url.replace(/\/\/[^/]*@/, '//');
}
/** The same, also of `user@host:path`. */
function shownAddress(url) {
    return isLocal(url) ? url : withoutUser(url).replace(/^[^/@:]+@(?=[^/]+:)/, '');
}
/** A path or a `file:` URL. As git has it, a colon before the first slash names a host. */
function isLocal(url) {
    return /^file:\/\//i.test(url) || !/^[^/]*:/.test(url);
}
/** The path that a local address names. */
function localPath(url) {
    const path = /^file:\/\/(.*)$/i.exec(url)?.[1];
    return path === undefined ? url : decoded(path);
}
/**
 * Whether two addresses that reach a server surely name two repositories. One server has several names (an alias of ssh, a
 * port, a proxy), and several ways to it: the path alone tells.
 */
function areTwoRepositories(one, other) {
    const [a, b] = [pathOf(one), pathOf(other)];
    return a !== null && b !== null && a !== b;
}
/** null: an address in the words of a helper of its own (`ext::...`), which nobody else can read. */
function pathOf(url) {
    if (/^[^/:]*::/.test(url))
        return null;
    const path = isLocal(url)
        ? localPath(url)
        : (/^[a-z][a-z0-9+.-]*:\/\/[^/]*(.*)$/is.exec(url)?.[1] ?? url.slice(url.indexOf(':') + 1));
    const parts = decoded(path)
        .toLowerCase()
        .split('/')
        .filter(part => part !== '' && part !== '.');
    const last = parts.pop()?.replace(/\.git$/, '') ?? '';
    // Some servers have one path for https and another for ssh: Bitbucket Server, Gerrit, Azure DevOps.
    const plain = [...parts, last].filter(part => part !== '' && part !== '_git');
    return plain.slice(plain.length > 1 && /^(scm|a|v3)$/.test(plain[0] ?? '') ? 1 : 0).join('/');
}
function decoded(path) {
    try {
        return decodeURIComponent(path);
    }
    catch {
        return path;
    }
}


/***/ }),

/***/ 6256:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   ONLY_COPY: () => (/* binding */ ONLY_COPY),
/* harmony export */   appendText: () => (/* binding */ appendText),
/* harmony export */   filesBelow: () => (/* binding */ filesBelow),
/* harmony export */   filesIn: () => (/* binding */ filesIn),
/* harmony export */   folderMark: () => (/* binding */ folderMark),
/* harmony export */   hasContent: () => (/* binding */ hasContent),
/* harmony export */   isFile: () => (/* binding */ isFile),
/* harmony export */   isFolder: () => (/* binding */ isFolder),
/* harmony export */   isMissing: () => (/* binding */ isMissing),
/* harmony export */   leaveUntilExit: () => (/* binding */ leaveUntilExit),
/* harmony export */   makeFolder: () => (/* binding */ makeFolder),
/* harmony export */   makeWritableFolder: () => (/* binding */ makeWritableFolder),
/* harmony export */   moveAside: () => (/* binding */ moveAside),
/* harmony export */   moveIfThere: () => (/* binding */ moveIfThere),
/* harmony export */   namesIn: () => (/* binding */ namesIn),
/* harmony export */   openRegular: () => (/* binding */ openRegular),
/* harmony export */   readEnd: () => (/* binding */ readEnd),
/* harmony export */   readGiven: () => (/* binding */ readGiven),
/* harmony export */   readStart: () => (/* binding */ readStart),
/* harmony export */   readText: () => (/* binding */ readText),
/* harmony export */   removeAll: () => (/* binding */ removeAll),
/* harmony export */   writeAtomic: () => (/* binding */ writeAtomic),
/* harmony export */   writeJson: () => (/* binding */ writeJson),
/* harmony export */   writeSoon: () => (/* binding */ writeSoon),
/* harmony export */   writeWhole: () => (/* binding */ writeWhole)
/* harmony export */ });
/* harmony import */ var node_child_process__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1421);
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7598);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3024);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(6760);
/* harmony import */ var node_util__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(7975);
/* harmony import */ var _mount_table_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(2815);
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
/** Files that survive a crash: written aside, synced, renamed; folders that go away for good; files of others, read with care. */







/** In a task's folder: its workspace holds what is nowhere else, so that no retention takes it. */
const ONLY_COPY = 'workspace-is-the-only-copy.txt';
/** Writes all or nothing, also if the machine dies: a reader sees the old content or the new. Creates the folder. */
function writeAtomic(file, content) {
    return writeAside(file, content, true);
}
/** The same without waiting for the disk: whole whoever dies but the machine. For what is written again and again. */
function writeSoon(file, content) {
    return writeAside(file, content, false);
}
async function writeAside(file, content, sync) {
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_3__.mkdir)((0,node_path__WEBPACK_IMPORTED_MODULE_4__.dirname)(file), { recursive: true });
    const aside = `${file}.${(0,node_crypto__WEBPACK_IMPORTED_MODULE_1__.randomBytes)(4).toString('hex')}.tmp`;
    try {
        const handle = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_3__.open)(aside, 'wx', 0o644);
        try {
            await handle.writeFile(content);
            if (sync)
                await handle.sync();
        }
        finally {
            await handle.close();
        }
        await putInPlace(aside, file);
    }
    catch (error) {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_3__.rm)(aside, { force: true }).catch(() => { });
        throw error;
    }
}
/** Also of a folder: a worker may have found the place, and no file takes that of a folder by itself. */
async function putInPlace(aside, file) {
    try {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_3__.rename)(aside, file);
    }
    catch (error) {
        if (!(await isFolder(file)))
            throw error;
        await removeAll(file);
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_3__.rename)(aside, file);
    }
}
function writeJson(file, value) {
    return writeAtomic(file, `${JSON.stringify(value, null, 2)}\n`);
}
/** An empty file that is there until this process exits by itself: it stays where the process is killed. */
async function leaveUntilExit(file) {
    await writeSoon(file, '');
    process.once('exit', () => (0,node_fs__WEBPACK_IMPORTED_MODULE_2__.rmSync)(file, { force: true }));
}
/** Adds to a regular file, which is made where there is none. Rejects where there is a link, a pipe or the like. */
async function appendText(file, text) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const { O_WRONLY, O_APPEND, O_CREAT, O_NOFOLLOW, O_NONBLOCK } = node_fs__WEBPACK_IMPORTED_MODULE_2__.constants;
        const handle = __addDisposableResource(env_1, await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_3__.open)(file, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK, 0o644), true);
        if (!(await handle.stat()).isFile())
            throw new Error(`${file} is not a regular file`);
        await handle.appendFile(text);
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
/** null: no regular file. A pipe or a device that somebody put in its place is not waited for. */
async function readText(file) {
    try {
        const env_2 = { stack: [], error: void 0, hasError: false };
        try {
            const handle = __addDisposableResource(env_2, await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_3__.open)(file, node_fs__WEBPACK_IMPORTED_MODULE_2__.constants.O_RDONLY | node_fs__WEBPACK_IMPORTED_MODULE_2__.constants.O_NONBLOCK), true);
            return (await handle.stat()).isFile() ? await handle.readFile('utf8') : null;
        }
        catch (e_2) {
            env_2.error = e_2;
            env_2.hasError = true;
        }
        finally {
            const result_2 = __disposeResources(env_2);
            if (result_2)
                await result_2;
        }
    }
    catch (error) {
        // What ENXIO says no to is a socket.
        if (isMissing(error) || error.code === 'ENXIO')
            return null;
        throw error;
    }
}
/** What a user names, which may be a pipe; null: there is nothing of that name. */
async function readGiven(file) {
    try {
        return await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_3__.readFile)(file, 'utf8');
    }
    catch (error) {
        if (isMissing(error))
            return null;
        throw error;
    }
}
function isMissing(error) {
    const code = error?.code;
    return code === 'ENOENT' || code === 'ENOTDIR';
}
/**
 * Removes a folder whatever its modes and its depth: a worker may have taken write permission from its own folders. By
 * `rm`, which gets to what is too deep for any path; node would walk the tree on the main thread. Rejects where something
 * is mounted there, for that would lose what lies behind it.
 */
async function removeAll(path) {
    if (!(await isFolder(path))) {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_3__.rm)(path, { recursive: true, force: true, maxRetries: 2 });
        return;
    }
    const [mount] = await (0,_mount_table_js__WEBPACK_IMPORTED_MODULE_6__/* .mountsBelow */ .Y)(path);
    if (mount !== undefined)
        throw new Error(`${path} is not removed: ${mount} is a mount`);
    try {
        await removeTree(path);
    }
    catch {
        await makeWritable(path);
        // A process that is just dying may have put a file there meanwhile.
        await removeTree(path).catch(() => removeTree(path));
    }
}
async function removeTree(path) {
    try {
        await (0,node_util__WEBPACK_IMPORTED_MODULE_5__.promisify)(node_child_process__WEBPACK_IMPORTED_MODULE_0__.execFile)('rm', ['-rf', '--', path], { maxBuffer: 64 * 1024 * 1024 });
    }
    catch (error) {
        // A machine whose PATH has no such tool.
        if (error.syscall !== 'spawn rm')
            throw error;
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_3__.rm)(path, { recursive: true, force: true });
    }
}
async function makeWritable(path) {
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_3__.chmod)(path, 0o700).catch(() => { });
    const entries = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_3__.readdir)(path, { withFileTypes: true }).catch(() => []);
    for (const entry of entries)
        if (entry.isDirectory())
            await makeWritable((0,node_path__WEBPACK_IMPORTED_MODULE_4__.join)(path, entry.name));
}
async function makeFolder(path) {
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_3__.mkdir)(path, { recursive: true });
}
/**
 * Makes a folder of the user's choice, and those above it. Rejects with the file system's own reason where it cannot be
 * written (mkdir alone may call that ENOENT). One step at a time: below `/proc` node's recursive mkdir never ends.
 */
async function makeWritableFolder(path) {
    const there = await isThere(path);
    if (!there && (0,node_path__WEBPACK_IMPORTED_MODULE_4__.dirname)(path) !== path) {
        await makeWritableFolder((0,node_path__WEBPACK_IMPORTED_MODULE_4__.dirname)(path));
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_3__.mkdir)(path).catch(error => {
            if (error.code !== 'EEXIST')
                throw error;
        });
    }
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_3__.access)(path, node_fs__WEBPACK_IMPORTED_MODULE_2__.constants.W_OK);
}
function isThere(path) {
    return (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_3__.access)(path).then(() => true, () => false);
}
/** Tells a folder from another one that was put in its place; null: there is no folder. */
async function folderMark(path) {
    const stats = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_3__.lstat)(path, { bigint: true }).catch(() => null);
    // The number alone is used again at once by the file system.
    return stats?.isDirectory() ? `${stats.dev}:${stats.ino}:${stats.birthtimeNs}` : null;
}
async function moveIfThere(from, to) {
    try {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_3__.rename)(from, to);
    }
    catch (error) {
        if (!isMissing(error))
            throw error;
    }
}
/** Names of what is in a folder, sorted; empty where there is none. */
/** Has `write` fill a new file, which has its name only once it is whole and on disk. */
async function writeWhole(file, write) {
    const part = `${file}.part`;
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_3__.rm)(part, { force: true });
    try {
        const env_3 = { stack: [], error: void 0, hasError: false };
        try {
            const handle = __addDisposableResource(env_3, await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_3__.open)(part, 'wx', 0o644), true);
            await write(handle);
            await handle.sync();
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_3__.rename)(part, file);
        }
        catch (e_3) {
            env_3.error = e_3;
            env_3.hasError = true;
        }
        finally {
            const result_3 = __disposeResources(env_3);
            if (result_3)
                await result_3;
        }
    }
    catch (error) {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_3__.rm)(part, { force: true });
        throw error;
    }
}
/** Gives the folder another name beside it, which takes no room: `<name>-1`, or the next that is free. Returns its path. */
async function moveAside(path) {
    for (let n = 1;; n++) {
        const aside = `${path}-${n}`;
        if ((await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_3__.lstat)(aside).catch(() => null)) !== null)
            continue;
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_3__.rename)(path, aside);
        return aside;
    }
}
async function namesIn(path) {
    try {
        return (await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_3__.readdir)(path)).sort();
    }
    catch (error) {
        if (isMissing(error))
            return [];
        throw error;
    }
}
/** Whether there is a folder, not a link to one. */
/** Itself, and not what a link leads to. */
async function isFile(path) {
    return (await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_3__.lstat)(path).catch(() => null))?.isFile() ?? false;
}
async function isFolder(path) {
    return (await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_3__.lstat)(path).catch(() => null))?.isDirectory() ?? false;
}
/** Whether there is a file with at least one byte. */
async function hasContent(file) {
    return ((await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_3__.lstat)(file).catch(() => null))?.size ?? 0) > 0;
}
/** Names of the regular files in a folder, sorted; empty where there is none. */
async function filesIn(folder) {
    const names = (await entriesOf(folder)).filter(entry => entry.isFile()).map(entry => entry.name);
    return names.sort();
}
/**
 * Paths of all regular files below a folder, relative to it, with `/`; links are neither followed nor listed, also not
 * in place of the folder itself. What cannot be read is left out, and so is what `except` says (a folder ends in `/`).
 */
async function filesBelow(folder, except = () => false, below = '') {
    const entries = await entriesOf((0,node_path__WEBPACK_IMPORTED_MODULE_4__.join)(folder, below));
    const parts = await Promise.all(entries.map(entry => {
        const path = below === '' ? entry.name : `${below}/${entry.name}`;
        if (entry.isDirectory())
            return except(`${path}/`) ? [] : filesBelow(folder, except, path);
        return entry.isFile() && !except(path) ? [path] : [];
    }));
    return parts.flat().sort();
}
async function entriesOf(folder) {
    return (await isFolder(folder)) ? await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_3__.readdir)(folder, { withFileTypes: true }).catch(() => []) : [];
}
/** A file that a worker may have put there, for reading; null: no regular file. Follows no link, waits for no pipe. */
async function openRegular(path) {
    const flags = node_fs__WEBPACK_IMPORTED_MODULE_2__.constants.O_RDONLY | node_fs__WEBPACK_IMPORTED_MODULE_2__.constants.O_NOFOLLOW | node_fs__WEBPACK_IMPORTED_MODULE_2__.constants.O_NONBLOCK;
    const file = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_3__.open)(path, flags).catch(() => null);
    if (file === null)
        return null;
    if ((await file.stat()).isFile())
        return file;
    await file.close();
    return null;
}
/** The first bytes of such a file as text; null: no regular file. */
async function readStart(path, bytes) {
    const env_4 = { stack: [], error: void 0, hasError: false };
    try {
        const file = __addDisposableResource(env_4, await openRegular(path), true);
        if (file === null)
            return null;
        const { buffer, bytesRead } = await file.read(Buffer.alloc(bytes), 0, bytes, 0);
        return buffer.toString('utf8', 0, bytesRead);
    }
    catch (e_4) {
        env_4.error = e_4;
        env_4.hasError = true;
    }
    finally {
        const result_4 = __disposeResources(env_4);
        if (result_4)
            await result_4;
    }
}
/** The last bytes of such a file as text; empty where there is none. */
async function readEnd(path, bytes) {
    const env_5 = { stack: [], error: void 0, hasError: false };
    try {
        const file = __addDisposableResource(env_5, await openRegular(path), true);
        if (file === null)
            return '';
        const { size } = await file.stat();
        const length = Math.min(size, bytes);
        const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, size - length);
        return buffer.toString('utf8', 0, bytesRead);
    }
    catch (e_5) {
        env_5.error = e_5;
        env_5.hasError = true;
    }
    finally {
        const result_5 = __disposeResources(env_5);
        if (result_5)
            await result_5;
    }
}


/***/ }),

/***/ 5379:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $Y: () => (/* binding */ git),
/* harmony export */   GY: () => (/* binding */ withSettings),
/* harmony export */   M3: () => (/* binding */ markGit),
/* harmony export */   Tt: () => (/* binding */ gitOk),
/* harmony export */   _K: () => (/* binding */ gitEnvironment),
/* harmony export */   mL: () => (/* binding */ gitConfigEnvironment),
/* harmony export */   t0: () => (/* binding */ useSettings)
/* harmony export */ });
/* harmony import */ var node_child_process__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1421);
/* harmony import */ var _survivors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7028);
/**
 * Running git: hooks, fsmonitor and gc are out of play in every command, texts are in English, nothing prompts.
 */


let mark = {};
let settings = {
    env: {},
    pairs: [],
};
/** From here on every git process carries the run's cookie: one that outlives us can be found and ended. */
function markGit(cookie) {
    mark = { [_survivors_js__WEBPACK_IMPORTED_MODULE_1__/* .COOKIE_NAME */ .z4]: cookie };
}
/** From here on every git process has these variables, and `pairs` in force over any repository's configuration; see git-config.ts. */
function useSettings(env, pairs) {
    settings = { env, pairs };
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
        ...settings.env,
        LC_ALL: 'C',
        GIT_TERMINAL_PROMPT: '0',
        GIT_OPTIONAL_LOCKS: '0',
        GIT_LFS_SKIP_SMUDGE: '1',
        ...withSettings(more),
    };
}
/** For the environment of one command: these settings besides those that every command of ours has. */
function withSettings(more) {
    return gitConfigEnvironment([...settings.pairs, ...QUIET, ...more]);
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
        const stdio = ['pipe', options.outputTo ?? 'pipe', 'pipe'];
        const child = (0,node_child_process__WEBPACK_IMPORTED_MODULE_0__.spawn)('git', args, { cwd, env, detached: true, stdio: [...stdio] });
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
        child.stdout?.on('data', (chunk) => stdout.push(chunk));
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

/***/ 2815:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Y: () => (/* binding */ mountsBelow),
/* harmony export */   y: () => (/* binding */ depth)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/** What is mounted where, as the kernel tells: what lies behind a mount is not the folder's that it is in. */

/** Mount points at the folder and below, as the kernel names them, the innermost first. Linux; elsewhere none. */
async function mountsBelow(folder) {
    const table = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)('/proc/self/mountinfo', 'utf8').catch(() => '');
    const top = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.realpath)(folder).catch(() => folder);
    return table
        .split('\n')
        .map(line => decoded(line.split(' ')[4] ?? ''))
        .filter(path => path === top || path.startsWith(`${top}/`))
        .reverse()
        .sort((a, b) => depth(b) - depth(a));
}
/** proc(5): space, tab, line feed and backslash are written as octal numbers of their bytes. */
function decoded(field) {
    return field.replace(/\\([0-7]{3})/g, (_, octal) => String.fromCharCode(Number.parseInt(octal, 8)));
}
function depth(path) {
    return path.split('/').length;
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
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6760);
/* harmony import */ var _decide_address_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(7605);
/* harmony import */ var _files_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6256);
/* harmony import */ var _git_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(5379);
/** Facts of the user's checkout, read only. */






/** `git --version` as numbers; null: git cannot be run. */
async function gitVersion(cwd) {
    try {
        const match = /(\d+)\.(\d+)/.exec(await (0,_git_js__WEBPACK_IMPORTED_MODULE_4__/* .gitOk */ .Tt)(cwd, ['--version']));
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
    const shown = await (0,_git_js__WEBPACK_IMPORTED_MODULE_4__/* .git */ .$Y)(dir, [
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
        (0,_git_js__WEBPACK_IMPORTED_MODULE_4__/* .git */ .$Y)(root, ['rev-parse', '--verify', '--quiet', 'HEAD^{commit}']),
        // In full: the short name is another one where a tag is named alike.
        (0,_git_js__WEBPACK_IMPORTED_MODULE_4__/* .git */ .$Y)(root, ['symbolic-ref', '--quiet', 'HEAD']),
        (0,_git_js__WEBPACK_IMPORTED_MODULE_4__/* .git */ .$Y)(root, [
            'config',
            '--includes',
            '--get-regexp',
            '^(extensions\\.partialclone|remote\\..*\\.promisor)$',
        ]),
        // Untracked files are not looked for: that would walk the whole tree.
        (0,_git_js__WEBPACK_IMPORTED_MODULE_4__/* .git */ .$Y)(root, ['status', '--porcelain', '-z', '--untracked-files=no', '--ignore-submodules']),
        originOf(root),
    ]);
    return {
        root,
        gitDir: (0,node_path__WEBPACK_IMPORTED_MODULE_2__.resolve)(dir, common),
        head: head.exitCode === 0 ? head.stdout.trim() : null,
        branch: /^refs\/heads\/(.+)$/.exec(branch.stdout.trim())?.[1] ?? null,
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
    const asked = ['remote', 'get-url', '--all'];
    const [fetched, pushed] = await Promise.all([
        (0,_git_js__WEBPACK_IMPORTED_MODULE_4__/* .git */ .$Y)(root, [...asked, 'origin']),
        (0,_git_js__WEBPACK_IMPORTED_MODULE_4__/* .git */ .$Y)(root, [...asked, '--push', 'origin']),
    ]);
    if (fetched.exitCode !== 0)
        return null;
    const urls = ({ stdout }) => stdout
        .split('\n')
        .filter(url => url !== '')
        // git is run elsewhere.
        .map(url => ((0,_decide_address_js__WEBPACK_IMPORTED_MODULE_5__/* .isLocal */ .IX)(url) && !/^file:/i.test(url) ? (0,node_path__WEBPACK_IMPORTED_MODULE_2__.resolve)(root, url) : url));
    const [fetchUrl = ''] = urls(fetched);
    const [pushUrl = fetchUrl, ...more] = urls(pushed);
    const morePushUrls = more.filter(url => url !== pushUrl);
    return { fetchUrl, pushUrl, morePushUrls, isTwo: await areTwo(fetchUrl, pushUrl) };
}
async function areTwo(one, other) {
    if (one === other)
        return false;
    if ((0,_decide_address_js__WEBPACK_IMPORTED_MODULE_5__/* .isLocal */ .IX)(one) && (0,_decide_address_js__WEBPACK_IMPORTED_MODULE_5__/* .isLocal */ .IX)(other))
        return (await placeOf(one)) !== (await placeOf(other));
    return (0,_decide_address_js__WEBPACK_IMPORTED_MODULE_5__/* .areTwoRepositories */ .Lt)(one, other);
}
/** The folder that git finds at a local address, whatever links lead there. */
async function placeOf(url) {
    const path = (0,_decide_address_js__WEBPACK_IMPORTED_MODULE_5__/* .localPath */ .$S)(url);
    for (const suffix of ['/.git', '', '.git/.git', '.git']) {
        const found = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.realpath)(`${path}${suffix}`).catch(() => null);
        if (found !== null && (suffix.endsWith('/.git') || (await (0,_files_js__WEBPACK_IMPORTED_MODULE_3__.isFile)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(found, 'HEAD')))))
            return found;
    }
    return path;
}
async function isIgnored(root, path) {
    return (await (0,_git_js__WEBPACK_IMPORTED_MODULE_4__/* .git */ .$Y)(root, ['check-ignore', '--quiet', '--no-index', path])).exitCode === 0;
}
/** Whether the file is tracked at HEAD or in the index. */
async function isTracked(root, path) {
    return (await (0,_git_js__WEBPACK_IMPORTED_MODULE_4__/* .git */ .$Y)(root, ['ls-files', '--error-unmatch', '--', path])).exitCode === 0;
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
    const fetched = await (0,_git_js__WEBPACK_IMPORTED_MODULE_4__/* .git */ .$Y)(root, [
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
        (0,_git_js__WEBPACK_IMPORTED_MODULE_4__/* .git */ .$Y)(storeDir, ['rev-parse', ref]),
        (0,_git_js__WEBPACK_IMPORTED_MODULE_4__/* .git */ .$Y)(root, ['rev-parse', tracking]),
    ]);
    if (theirs.stdout !== ours.stdout)
        return 'the run has fetched too little history to lead there';
    // An ignored file of the user's (`.env`) is no less the user's than an untracked one.
    const merged = await (0,_git_js__WEBPACK_IMPORTED_MODULE_4__/* .git */ .$Y)(root, ['merge', '--ff-only', '--no-overwrite-ignore', '--quiet', tracking]);
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
