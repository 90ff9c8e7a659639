export const id = 423;
export const ids = [423];
export const modules = {

/***/ 7605:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $S: () => (/* binding */ localPath),
/* harmony export */   DH: () => (/* binding */ decoded),
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

/***/ 548:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A: () => (/* binding */ DAMAGED),
/* harmony export */   d: () => (/* binding */ damageIn)
/* harmony export */ });
/* harmony import */ var _plain_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(977);
/** git's words on a file of a repository that is torn or broken: no remote, key or task is to blame for that. */

/** The first group is the file. */
const WORDS = [
    /object file (.+) is empty$/,
    /loose object [0-9a-f]+ \(stored in (.+)\) is corrupt$/,
    /pack ?file (.+) (?:does not match index|cannot be (?:accessed|mapped).*|is far too short to be a packfile|is truncated.*)$/,
    /index file (.+\.idx) (?:is too small|is corrupt.*|wrong index .*)$/,
    /(?:unterminated|unexpected) line in (.+packed-refs)\b/,
    /bad config line \d+ in file (.+)$/,
];
/** null: the words are about something else, or a remote's about itself. */
function damageIn(words) {
    for (const line of words.split('\n').map(each => each.trim())) {
        if (line.startsWith('remote:'))
            continue;
        const file = WORDS.flatMap(pattern => pattern.exec(line)?.[1] ?? [])[0];
        if (file !== undefined)
            return { file, words: (0,_plain_js__WEBPACK_IMPORTED_MODULE_0__/* .plainLine */ .h0)(line.replace(/^(?:fatal|error): /, ''), 300) };
    }
    return null;
}
const DAMAGED = {
    why: 'git cannot read a file of that repository, as after a machine lost its power; nothing in it was changed',
    fix: 'Run `git fsck` there, and fetch what it misses or make a new clone, then run again',
};


/***/ }),

/***/ 977:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E$: () => (/* binding */ redact),
/* harmony export */   KE: () => (/* binding */ listed),
/* harmony export */   Yj: () => (/* binding */ plainBlock),
/* harmony export */   h0: () => (/* binding */ plainLine)
/* harmony export */ });
/* harmony import */ var _text_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5810);
/** Text from elsewhere (titles, logs, a remote's words) made plain: no control sequences, no hidden order, no tokens. */

// Zero-width marks, bidi controls, line and paragraph separators, halves of pairs.
const HIDDEN = /[\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]|\p{Cs}/gu;
/** Lines kept, `\r` ends one too; control sequences are gone, what would hide or turn text is U+FFFD. */
function plainBlock(text) {
    return (0,_text_js__WEBPACK_IMPORTED_MODULE_0__/* .stripAnsi */ .aJ)(text.replace(/\r\n?/g, '\n')).replace(HIDDEN, '\ufffd');
}
/** One line of at most `limit` characters, an ellipsis marking the cut. */
function plainLine(text, limit = 1000) {
    // Cut before the work and again after it: a megabyte of title must not cost a second.
    const line = plainBlock(text.slice(0, limit * 4))
        .replace(/\s+/g, ' ')
        .trim();
    const characters = Array.from(line);
    return characters.length > limit || text.length > limit * 4
        ? `${characters
            .slice(0, limit - 1)
            .join('')
            .trimEnd()}…`
        : line;
}
/** A list for people: the first few, then how many more. Empty input gives ''. */
function listed(items, most = 3) {
    const shown = items.slice(0, most).map(item => plainLine(item, 200));
    const more = items.length - shown.length;
    if (more > 0)
        return `${shown.join(', ')} and ${more} more`;
    const last = shown.pop() ?? '';
    return shown.length > 0 ? `${shown.join(', ')} and ${last}` : last;
}
/** Credentials by their look (URL user info, Authorization headers, GitHub and GitLab tokens) replaced by `***`. */
function redact(text) {
    return (0,_text_js__WEBPACK_IMPORTED_MODULE_0__/* .redactUrls */ .sK)(text)
        .replace(/\b(authorization:\s*(?:basic|bearer|token)\s+)[^\s'"]+/gi, '$1***')
        .replace(/\b(?:gh[pousr]_[A-Za-z0-9_]{10,}|github_pat_\w{10,}|glpat-[\w-]{10,})/g, '***');
}


/***/ }),

/***/ 6956:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   DV: () => (/* binding */ shortageOf),
/* harmony export */   jq: () => (/* binding */ shortageIn),
/* harmony export */   yK: () => (/* binding */ saysShortage)
/* harmony export */ });
/* harmony import */ var _plain_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(977);
/**
 * A machine that has no process, thread or open file to spare: trouble that passes, and that no task, key or remote is to
 * blame for. Read from the codes of node's errors and from the words of git and of what git starts.
 */

const ALWAYS = ['EMFILE', 'ENFILE'];
/** Elsewhere these say something else. */
const OF_SPAWN = ['EAGAIN', 'ENOMEM'];
/** Ends of lines: what stands before may be anybody's, such as the name of a file. */
const WORDS = [
    /\bspawn .*\b(?:EAGAIN|EMFILE|ENFILE|ENOMEM)$/,
    /(?:: |=)too many open files(?: in system)?$/i,
    /(?:fork|\bexec|\brun\b|\bspawn|thread|\bpipe).*: (?:resource temporarily unavailable|cannot allocate memory)$/i,
    /\bcannot fork$/i,
    /\bgetaddrinfo\(\) thread failed to start$/,
    /\bfailed to create new OS thread\b.*errno=11\)$/,
];
/** What an error says of it; null: it is about something else. */
function shortageOf(error) {
    const { code, syscall, message } = (error ?? {});
    const spawned = /^spawn\b/.test(String(syscall));
    if (typeof code === 'string' && (ALWAYS.includes(code) || (spawned && OF_SPAWN.includes(code))))
        return String(message);
    return shortageIn(String(message ?? ''));
}
/** The line of a program's words that says so, and not what a remote says of its own machine; null: none does. */
function shortageIn(words) {
    if (words === '')
        return null;
    const lines = words.split(/[\r\n]+/).map(line => line.trim());
    return lines.find(line => !line.startsWith('remote:') && WORDS.some(pattern => pattern.test(line))) ?? null;
}
/** For people: what is waited for, and how to need less of it. */
function saysShortage(words) {
    return `This machine has no process or open file to spare: ${(0,_plain_js__WEBPACK_IMPORTED_MODULE_0__/* .plainLine */ .h0)(words, 200)}. Fanout waits until it has, and no task is blamed for it. Fewer \`workers\` need fewer of them; \`ulimit -u\`, \`ulimit -n\` and the container's \`pids.max\` are the limits.`;
}


/***/ }),

/***/ 8005:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Xx: () => (/* binding */ openClock),
/* harmony export */   ml: () => (/* binding */ systemClock)
/* harmony export */ });
/* unused harmony export steadyTime */
/**
 * Time that never goes back: where the machine's clock is set back, it runs ahead of that until it is set right again. So
 * what a journal tells stays in order, and nothing took less than no time. `notBefore`: what the journal has seen already.
 */
function steadyTime(machine, notBefore = Number.NEGATIVE_INFINITY) {
    let last = notBefore;
    let ahead = 0;
    return () => {
        const now = machine();
        if (now >= last)
            ahead = 0;
        else if (now + ahead < last)
            ahead = last - now;
        last = now + ahead;
        return last;
    };
}
/** `notBefore`: see `steadyTime`. */
function openClock(notBefore) {
    return { ...systemClock, now: steadyTime(Date.now, notBefore) };
}
const systemClock = {
    now: () => Date.now(),
    sleep: (ms, signal) => new Promise(resolve => {
        if (ms <= 0 || signal.aborted)
            return resolve();
        const done = () => {
            clearTimeout(timer);
            signal.removeEventListener('abort', done);
            resolve();
        };
        const timer = setTimeout(done, ms);
        signal.addEventListener('abort', done);
    }),
    random: () => Math.random(),
};


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
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3024);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6760);
/* harmony import */ var _mount_table_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(2815);
/* harmony import */ var _shortage_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(2114);
/* harmony import */ var _spawn_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(1840);
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
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.mkdir)((0,node_path__WEBPACK_IMPORTED_MODULE_3__.dirname)(file), { recursive: true });
    const aside = `${file}.${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomBytes)(4).toString('hex')}.tmp`;
    try {
        const handle = await (0,_shortage_js__WEBPACK_IMPORTED_MODULE_5__/* .openFile */ .Tq)(aside, 'wx', 0o644);
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
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.rm)(aside, { force: true }).catch(() => { });
        throw error;
    }
}
/** Also of a folder: a worker may have found the place, and no file takes that of a folder by itself. */
async function putInPlace(aside, file) {
    try {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.rename)(aside, file);
    }
    catch (error) {
        if (!(await isFolder(file)))
            throw error;
        await removeAll(file);
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.rename)(aside, file);
    }
}
function writeJson(file, value) {
    return writeAtomic(file, `${JSON.stringify(value, null, 2)}\n`);
}
/** An empty file that is there until this process exits by itself: it stays where the process is killed. */
async function leaveUntilExit(file) {
    await writeSoon(file, '');
    process.once('exit', () => (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.rmSync)(file, { force: true }));
}
/** Adds to a regular file, which is made where there is none. Rejects where there is a link, a pipe or the like. */
async function appendText(file, text) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const { O_WRONLY, O_APPEND, O_CREAT, O_NOFOLLOW, O_NONBLOCK } = node_fs__WEBPACK_IMPORTED_MODULE_1__.constants;
        const handle = __addDisposableResource(env_1, await (0,_shortage_js__WEBPACK_IMPORTED_MODULE_5__/* .openFile */ .Tq)(file, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK, 0o644), true);
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
            const handle = __addDisposableResource(env_2, await (0,_shortage_js__WEBPACK_IMPORTED_MODULE_5__/* .openFile */ .Tq)(file, node_fs__WEBPACK_IMPORTED_MODULE_1__.constants.O_RDONLY | node_fs__WEBPACK_IMPORTED_MODULE_1__.constants.O_NONBLOCK), true);
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
        return await (0,_shortage_js__WEBPACK_IMPORTED_MODULE_5__/* .patiently */ .d_)(() => (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.readFile)(file, 'utf8'));
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
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.rm)(path, { recursive: true, force: true, maxRetries: 2 });
        return;
    }
    const [mount] = await (0,_mount_table_js__WEBPACK_IMPORTED_MODULE_4__/* .mountsBelow */ .Y)(path);
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
    // null: a machine whose PATH has no such tool.
    const ended = await (0,_spawn_js__WEBPACK_IMPORTED_MODULE_6__/* .runToEnd */ .c)('rm', ['-rf', '--', path]).catch(() => null);
    if (ended === null)
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.rm)(path, { recursive: true, force: true });
    else if (ended.exitCode !== 0)
        throw new Error(`${path} could not be removed: ${ended.stderr.trim()}`);
}
async function makeWritable(path) {
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.chmod)(path, 0o700).catch(() => { });
    const entries = await (0,_shortage_js__WEBPACK_IMPORTED_MODULE_5__/* .patiently */ .d_)(() => (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.readdir)(path, { withFileTypes: true })).catch(() => []);
    for (const entry of entries)
        if (entry.isDirectory())
            await makeWritable((0,node_path__WEBPACK_IMPORTED_MODULE_3__.join)(path, entry.name));
}
async function makeFolder(path) {
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.mkdir)(path, { recursive: true });
}
/**
 * Makes a folder of the user's choice, and those above it. Rejects with the file system's own reason where it cannot be
 * written (mkdir alone may call that ENOENT). One step at a time: below `/proc` node's recursive mkdir never ends.
 */
async function makeWritableFolder(path) {
    const there = await isThere(path);
    if (!there && (0,node_path__WEBPACK_IMPORTED_MODULE_3__.dirname)(path) !== path) {
        await makeWritableFolder((0,node_path__WEBPACK_IMPORTED_MODULE_3__.dirname)(path));
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.mkdir)(path).catch(error => {
            if (error.code !== 'EEXIST')
                throw error;
        });
    }
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.access)(path, node_fs__WEBPACK_IMPORTED_MODULE_1__.constants.W_OK);
}
function isThere(path) {
    return (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.access)(path).then(() => true, () => false);
}
/** Tells a folder from another one that was put in its place; null: there is no folder. */
async function folderMark(path) {
    const stats = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.lstat)(path, { bigint: true }).catch(() => null);
    // The number alone is used again at once by the file system.
    return stats?.isDirectory() ? `${stats.dev}:${stats.ino}:${stats.birthtimeNs}` : null;
}
async function moveIfThere(from, to) {
    try {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.rename)(from, to);
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
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.rm)(part, { force: true });
    try {
        const env_3 = { stack: [], error: void 0, hasError: false };
        try {
            const handle = __addDisposableResource(env_3, await (0,_shortage_js__WEBPACK_IMPORTED_MODULE_5__/* .openFile */ .Tq)(part, 'wx', 0o644), true);
            await write(handle);
            await handle.sync();
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.rename)(part, file);
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
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.rm)(part, { force: true });
        throw error;
    }
}
/** Gives the folder another name beside it, which takes no room: `<name>-1`, or the next that is free. Returns its path. */
async function moveAside(path) {
    for (let n = 1;; n++) {
        const aside = `${path}-${n}`;
        if ((await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.lstat)(aside).catch(() => null)) !== null)
            continue;
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.rename)(path, aside);
        return aside;
    }
}
async function namesIn(path) {
    try {
        return (await (0,_shortage_js__WEBPACK_IMPORTED_MODULE_5__/* .patiently */ .d_)(() => (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.readdir)(path))).sort();
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
    return (await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.lstat)(path).catch(() => null))?.isFile() ?? false;
}
async function isFolder(path) {
    return (await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.lstat)(path).catch(() => null))?.isDirectory() ?? false;
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
    const entries = await entriesOf((0,node_path__WEBPACK_IMPORTED_MODULE_3__.join)(folder, below));
    const parts = await Promise.all(entries.map(entry => {
        const path = below === '' ? entry.name : `${below}/${entry.name}`;
        if (entry.isDirectory())
            return except(`${path}/`) ? [] : filesBelow(folder, except, path);
        return entry.isFile() && !except(path) ? [path] : [];
    }));
    return parts.flat().sort();
}
async function entriesOf(folder) {
    if (!(await isFolder(folder)))
        return [];
    return (0,_shortage_js__WEBPACK_IMPORTED_MODULE_5__/* .patiently */ .d_)(() => (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.readdir)(folder, { withFileTypes: true })).catch(() => []);
}
/** A file that a worker may have put there, for reading; null: no regular file. Follows no link, waits for no pipe. */
async function openRegular(path) {
    const flags = node_fs__WEBPACK_IMPORTED_MODULE_1__.constants.O_RDONLY | node_fs__WEBPACK_IMPORTED_MODULE_1__.constants.O_NOFOLLOW | node_fs__WEBPACK_IMPORTED_MODULE_1__.constants.O_NONBLOCK;
    const file = await (0,_shortage_js__WEBPACK_IMPORTED_MODULE_5__/* .openFile */ .Tq)(path, flags).catch(() => null);
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

/***/ 2815:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Y: () => (/* binding */ mountsBelow),
/* harmony export */   y: () => (/* binding */ depth)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var _shortage_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2114);
/** What is mounted where, as the kernel tells: what lies behind a mount is not the folder's that it is in. */


/** Mount points at the folder and below, as the kernel names them, the innermost first. Linux; elsewhere none. */
async function mountsBelow(folder) {
    const table = await (0,_shortage_js__WEBPACK_IMPORTED_MODULE_1__/* .patiently */ .d_)(() => (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)('/proc/self/mountinfo', 'utf8')).catch(() => '');
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

/***/ 2114:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Tq: () => (/* binding */ openFile),
/* harmony export */   d_: () => (/* binding */ patiently),
/* harmony export */   sw: () => (/* binding */ waitPatiently)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1455);
/* harmony import */ var _decide_shortage_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6956);
/* harmony import */ var _clock_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8005);
/** Waiting for a machine that has no process or open file to spare. Whoever starts a process or opens a file does it here. */




/** Each wait is twice as long as the one before. */
const FIRST_MS = 50;
const LONGEST_MS = 5000;
/** In all, for one thing. Then whoever wanted it is told. */
const MOST_MS = 10 * 60_000;
const QUIET = { clock: _clock_js__WEBPACK_IMPORTED_MODULE_3__/* .systemClock */ .ml, tell: () => { } };
let patience = QUIET;
/** From here on waits are told to `tell`, the first one only, and last by this clock. */
function waitPatiently(tell, clock = _clock_js__WEBPACK_IMPORTED_MODULE_3__/* .systemClock */ .ml) {
    let told = false;
    patience = {
        clock,
        tell: words => {
            if (!told)
                tell(words);
            told = true;
        },
    };
}
/** Tries again while the machine is short of processes or open files; of everything else the first word is the last. */
async function patiently(attempt, attempts = {}) {
    const { signal = NEVER, words = () => '' } = attempts;
    for (let waited = 0, wait = FIRST_MS;; waited += wait, wait = Math.min(2 * wait, LONGEST_MS)) {
        let said;
        let end;
        try {
            const value = await attempt();
            said = (0,_decide_shortage_js__WEBPACK_IMPORTED_MODULE_2__/* .shortageIn */ .jq)(words(value));
            end = () => value;
        }
        catch (error) {
            said = wasWaitedFor(error) ? null : (0,_decide_shortage_js__WEBPACK_IMPORTED_MODULE_2__/* .shortageOf */ .DV)(error);
            end = () => {
                throw waited >= MOST_MS && said !== null ? new StillShort(said, { cause: error }) : error;
            };
        }
        if (said === null || waited >= MOST_MS || signal.aborted)
            return end();
        patience.tell(said);
        await patience.clock.sleep(wait, signal);
    }
}
const NEVER = new AbortController().signal;
class StillShort extends Error {
}
function wasWaitedFor(error) {
    return error instanceof StillShort || (error instanceof Error && error.cause instanceof StillShort);
}
/** As node's own. */
function openFile(path, flags = node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.O_RDONLY, mode) {
    return patiently(() => (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.open)(path, flags, mode));
}


/***/ }),

/***/ 1840:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   c: () => (/* binding */ runToEnd),
/* harmony export */   k: () => (/* binding */ startProcess)
/* harmony export */ });
/* harmony import */ var node_child_process__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1421);
/* harmony import */ var _shortage_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2114);
/** Every process of ours starts here: where the machine has none to spare, that is waited for. */


/** Resolves in time to hear all that it says. Rejects with node's own error where it cannot be started. */
async function startProcess(file, args, options = {}, signal, 
/** Done around the very start. */
around = start => start()) {
    return (await (0,_shortage_js__WEBPACK_IMPORTED_MODULE_1__/* .patiently */ .d_)(() => startOnce(file, args, options, around), { signal }));
}
async function startOnce(file, args, options, around) {
    const child = around(() => (0,node_child_process__WEBPACK_IMPORTED_MODULE_0__.spawn)(file, args, options));
    // Where there are no descriptors left, it has no streams either.
    if (child.pid === undefined)
        throw await new Promise(resolve => child.once('error', resolve));
    // A signal that cannot be sent and the like: its end is told all the same.
    child.on('error', () => { });
    return child;
}
/** Runs a tool to its end; what it says. Rejects where it cannot be started. */
async function runToEnd(file, args) {
    return (0,_shortage_js__WEBPACK_IMPORTED_MODULE_1__/* .patiently */ .d_)(async () => {
        const child = await startProcess(file, args, { stdio: ['ignore', 'pipe', 'pipe'] });
        const stdout = [];
        const stderr = [];
        child.stdout.on('data', (chunk) => stdout.push(chunk));
        child.stderr.on('data', (chunk) => stderr.push(chunk));
        const exitCode = await new Promise(resolve => child.on('close', code => resolve(code ?? 128)));
        return { exitCode, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() };
    }, { words: ({ stderr }) => stderr });
}


/***/ })

};
