export const id = 855;
export const ids = [855];
export const modules = {

/***/ 8855:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  runCommand: () => (/* binding */ run_runCommand),
  runInTerminal: () => (/* binding */ runInTerminal)
});

// NAMESPACE OBJECT: ./build/world/checkout.js
var checkout_namespaceObject = {};
__webpack_require__.r(checkout_namespaceObject);
__webpack_require__.d(checkout_namespaceObject, {
  RULES: () => (RULES),
  bundleLeftBehind: () => (bundleLeftBehind),
  createCheckout: () => (createCheckout),
  createStore: () => (createStore),
  historyOf: () => (historyOf),
  keepSetupSettings: () => (keepSetupSettings),
  moveCheckout: () => (moveCheckout),
  removeCheckout: () => (removeCheckout),
  snapshot: () => (snapshot),
  startMerge: () => (startMerge),
  survivesMove: () => (survivesMove),
  tidyCheckout: () => (tidyCheckout),
  unresolved: () => (unresolved),
  writeFiles: () => (writeFiles)
});

// NAMESPACE OBJECT: ./build/world/copy.js
var copy_namespaceObject = {};
__webpack_require__.r(copy_namespaceObject);
__webpack_require__.d(copy_namespaceObject, {
  copiedAmong: () => (copiedAmong),
  copyIgnored: () => (copyIgnored),
  listIgnored: () => (listIgnored)
});

// NAMESPACE OBJECT: ./build/world/process.js
var process_namespaceObject = {};
__webpack_require__.r(process_namespaceObject);
__webpack_require__.d(process_namespaceObject, {
  endSurvivors: () => (survivors/* endSurvivors */.Bk),
  killSurvivors: () => (survivors/* killSurvivors */.GW),
  runCommand: () => (runCommand)
});

// EXTERNAL MODULE: ./build/action/shell-words.js
var shell_words = __webpack_require__(7965);
// EXTERNAL MODULE: ./build/action/table.js
var action_table = __webpack_require__(1875);
// EXTERNAL MODULE: ./build/action/wording.js
var wording = __webpack_require__(3791);
;// CONCATENATED MODULE: ./build/decide/conclusion.js
/** 0 or 1, as `fail-on` says. */
function exitCodeOf(summary, failOn) {
    switch (failOn) {
        case 'never':
            return 0;
        case 'verify':
            return summary.verification.passed === false ? 1 : 0;
        case 'any':
            return summary.any_failed ? 1 : 0;
    }
}

;// CONCATENATED MODULE: ./build/decide/cookie.js
/** The mark that everything a run starts carries in its environment, so that it can be found again. */
const NAME = 'FANOUT_PROCESS';
/** The same for every process of one run directory; below the mark of an outer run, where this one is its worker. */
function runCookie(env, runDir) {
    return env[NAME] ? `${env[NAME]}/${runDir}` : runDir;
}
function marked(env, runDir) {
    return { ...env, [NAME]: runCookie(env, runDir) };
}

// EXTERNAL MODULE: ./build/decide/text.js
var decide_text = __webpack_require__(5810);
// EXTERNAL MODULE: ./build/publish.js + 5 modules
var publish = __webpack_require__(8260);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/action/inputs.js + 2 modules
var inputs = __webpack_require__(2260);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: ./build/decide/kept-name.js
var kept_name = __webpack_require__(8821);
// EXTERNAL MODULE: ./build/decide/plain.js
var plain = __webpack_require__(977);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: ./build/decide/ref-name.js
var ref_name = __webpack_require__(8938);
// EXTERNAL MODULE: ./build/decide/unlanded.js
var unlanded = __webpack_require__(9738);
// EXTERNAL MODULE: ./build/world/files.js
var world_files = __webpack_require__(6256);
// EXTERNAL MODULE: ./build/world/journal.js + 1 modules
var world_journal = __webpack_require__(4234);
// EXTERNAL MODULE: ./build/world/git.js
var git = __webpack_require__(5379);
// EXTERNAL MODULE: ./build/world/spawn.js
var spawn = __webpack_require__(1840);
;// CONCATENATED MODULE: ./build/world/added-lines.js


// Every file as text, whatever it says of itself; a file that only got another name has no lines.
const PATCH = '-p -U0 -M --text --no-ext-diff --no-textconv --no-color --src-prefix=a/ --dst-prefix=b/'.split(' ');
/** Longer pieces of a line are looked at one by one, each with the end of the one before. */
const LONGEST = 256 * 1024;
const OVERLAP = 64 * 1024;
/** What `seek` finds in the lines that `to` adds to `from` and that did not only move, in trees or commits of the repository at `dir`. */
function seekAdded(dir, from, to, seek) {
    return seekIn(dir, ['diff-tree', '-r', ...PATCH, from, to], seek);
}
/** The same in what each of some commits adds; `range` is what `git log` takes. */
function seekCommits(dir, range, seek) {
    return seekIn(dir, ['log', '-m', '--format=commit %H', ...PATCH, ...range], seek);
}
async function seekIn(dir, args, seek) {
    const reader = openReader(seek);
    const options = { cwd: dir, env: (0,git/* gitEnvironment */._K)(process.env), detached: true };
    const child = await (0,spawn/* startProcess */.k)('git', ['-c', 'core.quotePath=false', ...args], options);
    child.stdin.end();
    let words = '';
    child.stderr.on('data', (chunk) => {
        words = `${words}${chunk}`.slice(-2000);
    });
    const ended = new Promise(resolve => child.on('close', code => resolve(code ?? 128)));
    for await (const chunk of child.stdout)
        reader.feed(chunk);
    const exitCode = await ended;
    if (exitCode !== 0)
        throw new Error(`git ${args[0]} exited with ${exitCode}: ${words.trim()}`);
    return reader.end();
}
function openReader(seek) {
    const fresh = [];
    /** Of the commit that is being read. */
    let found = [];
    const gone = new Map();
    let rest = Buffer.alloc(0);
    /** Of a line that has been looked at in part. */
    let begun = null;
    let name = '';
    let line = 0;
    /** Lines of the hunk that are still to come: only there is a sign a sign. */
    let minus = 0;
    let plus = 0;
    function header(text) {
        const [, was = '1', at = '0', now = '1'] = /^@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(text) ?? [];
        if (text.startsWith('@@ ')) {
            minus = Number(was);
            plus = Number(now);
            line = Number(at);
        }
        else if (text.startsWith('commit '))
            settle();
        else if (text.startsWith('+++ '))
            name = nameIn(text.slice(4));
    }
    /** What went elsewhere and came here has moved. */
    function settle() {
        fresh.push(...found.filter(each => each.hits.filter(hit => !taken(gone, hit)).length > 0));
        found = [];
        gone.clear();
    }
    function content(sign, bytes, known) {
        const hits = seek(textOf(bytes)).filter(hit => begun === null || !known.has(hit));
        for (const hit of hits)
            known.add(hit);
        if (hits.length === 0)
            return;
        if (sign === MINUS)
            for (const hit of hits)
                gone.set(hit, (gone.get(hit) ?? 0) + 1);
        else
            found.push({ name, line, hits });
    }
    function ends(sign) {
        if (sign === PLUS) {
            plus--;
            line++;
        }
        else
            minus--;
    }
    function whole(bytes) {
        if (begun !== null) {
            content(begun.sign, bytes, begun.known);
            ends(begun.sign);
            begun = null;
        }
        else if (isContent(bytes[0])) {
            content(bytes[0], bytes.subarray(1), new Set());
            ends(bytes[0]);
        }
        else
            header(bytes.toString('latin1'));
    }
    const isContent = (sign) => (sign === PLUS && plus > 0) || (sign === MINUS && minus > 0);
    return {
        feed(chunk) {
            const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
            let start = 0;
            for (let end = bytes.indexOf(LF); end >= 0; end = bytes.indexOf(LF, start)) {
                whole(bytes.subarray(start, end));
                start = end + 1;
            }
            rest = bytes.subarray(start);
            if (rest.length < LONGEST)
                return;
            begun ??= { sign: rest[0], known: new Set() };
            content(begun.sign, rest, begun.known);
            rest = rest.subarray(rest.length - OVERLAP);
        },
        end() {
            if (rest.length > 0)
                whole(rest);
            settle();
            return fresh;
        },
    };
}
const LF = 10;
const PLUS = 43;
const MINUS = 45;
/** Whether one of it was left; there is one less then. */
function taken(gone, hit) {
    const left = gone.get(hit) ?? 0;
    if (left > 0)
        gone.set(hit, left - 1);
    return left > 0;
}
/** Without what UTF-16 puts between the letters. */
function textOf(bytes) {
    const text = bytes.toString();
    return bytes.includes(0) ? `${text}\n${text.replaceAll('\0', '')}` : text;
}
/** `b/<name>`, in quotes where it holds a sign that would end it. */
function nameIn(text) {
    const shown = text.replace(/\t$/, '');
    const quoted = /^"b\/(.*)"$/s.exec(shown)?.[1];
    if (quoted === undefined)
        return shown.replace(/^b\//, '');
    return quoted.replace(/\\([0-7]{3}|.)/g, (_, sign) => /^\d/.test(sign) ? String.fromCharCode(Number.parseInt(sign, 8)) : (ESCAPES[sign] ?? sign));
}
const ESCAPES = {
    ...{ a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' },
};

;// CONCATENATED MODULE: ./build/world/git-output.js
function commitText(body) {
    const blank = body.indexOf('\n\n');
    const header = blank < 0 ? body : body.slice(0, blank);
    return {
        // As the object says: what a shallow history leaves out is in it.
        parents: [...header.matchAll(/^parent ([0-9a-f]+)$/gm)].map(([, parent]) => parent),
        author: /^author (.*)$/m.exec(header)?.[1] ?? '',
        committer: /^committer (.*)$/m.exec(header)?.[1] ?? '',
        message: blank < 0 ? '' : body.slice(blank + 2),
    };
}
/**
 * `--raw -z` records (`:mode mode sha sha status NUL path NUL`), then the `--numstat -z` ones of the same files; the text
 * is bytes as latin1.
 */
function parseDiff(output) {
    return changesIn(output.split('\0'));
}
/** Many of them, each behind a line with the two trees, as `diff-tree --stdin` tells them apart. */
function parseDiffs(output) {
    const diffs = [];
    const parts = output.split('\0');
    for (let i = 0; i < parts.length; i++) {
        let part = parts[i] ?? '';
        for (let head = HEAD.exec(part); head !== null; head = HEAD.exec(part)) {
            diffs.push([]);
            part = part.slice(head[0].length);
        }
        diffs.at(-1)?.push(part);
        // The name of a file may look like anything.
        if (part.startsWith(':'))
            diffs.at(-1)?.push(parts[++i] ?? '');
    }
    return diffs.map(changesIn);
}
const HEAD = /^[0-9a-f]{40,64} [0-9a-f]{40,64}\n/;
function changesIn(parts) {
    const raw = [];
    const lines = new Map();
    for (let i = 0; i < parts.length; i++) {
        const part = parts[i] ?? '';
        if (part.startsWith(':')) {
            const [oldMode = '', mode = '', oldBlob = '', blob = '', status = ''] = part.slice(1).split(' ');
            raw.push({ name: parts[++i] ?? '', oldMode, mode, oldBlob: oldBlob, blob: blob, status });
        }
        else if (part !== '') {
            const [, added = '', removed = '', name = ''] = /^(\S+)\t(\S+)\t(.*)$/s.exec(part) ?? [];
            lines.set(name, added === '-' ? NO_LINES : { insertions: Number(added), deletions: Number(removed) });
        }
    }
    const changes = raw.map(change => ({
        ...change,
        path: Buffer.from(change.name, 'latin1').toString(),
        ...(lines.get(change.name) ?? NO_LINES),
    }));
    const sum = (side) => changes.reduce((total, change) => total + (change[side] ?? 0), 0);
    const stat = { files: raw.length, insertions: sum('insertions'), deletions: sum('deletions') };
    return { stat, raw: changes };
}
const NO_LINES = { insertions: null, deletions: null };

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
;// CONCATENATED MODULE: ./build/world/lfs.js
/**
 * Git LFS: contents that commits only point at. They are no part of a push or a bundle and must go beside it. Where a
 * store holds none, which is where git-lfs is not in use, none of this costs more than a look.
 */






/** git-lfs's own layout: `<git directory>/lfs/objects/ab/cd/abcd...`. */
function placeOf(folder, oid) {
    return (0,external_node_path_.join)(folder, 'objects', oid.slice(0, 2), oid.slice(2, 4), oid);
}
const POINTER = /^version https:\/\/git-lfs\.github\.com\/spec\/v1\n(?:ext-.*\n)*oid sha256:([0-9a-f]{64})$/gm;
/** git-lfs takes no larger file for a pointer. */
const LARGEST_POINTER = 1024;
/** The contents that commits of `wanted`, and not of `known`, point at, as far as the store holds them. */
async function lfsContents(storeDir, wanted, known) {
    const folder = (0,external_node_path_.join)(storeDir, 'lfs');
    if (wanted.length === 0 || !(await isThere((0,external_node_path_.join)(folder, 'objects'))))
        return [];
    const range = ['rev-list', '--objects', '--no-object-names', ...wanted, '--not', ...known];
    const checked = await (0,git/* gitOk */.Tt)(storeDir, ['cat-file', '--batch-check'], {
        input: await (0,git/* gitOk */.Tt)(storeDir, range),
    });
    const there = await Promise.all((await named(checked, storeDir)).map(async (oid) => ((await isThere(placeOf(folder, oid))) ? [oid] : [])));
    return there.flat();
}
/** Those of the blobs that are pointers: what Git LFS would store in place of a content. */
async function pointersAmong(blobs, storeDir) {
    const input = blobs.map(blob => `${blob}\n`).join('');
    const small = smallOf(await (0,git/* gitOk */.Tt)(storeDir, ['cat-file', '--batch-check'], { input }));
    const texts = await Promise.all(small.map(blob => (0,git/* gitOk */.Tt)(storeDir, ['cat-file', 'blob', blob], { encoding: 'latin1' })));
    return new Set(small.filter((_, i) => texts[i].match(POINTER) !== null && texts[i].startsWith('version ')));
}
/** Of answers of `cat-file --batch-check`: the blobs that are small enough. */
function smallOf(checked) {
    return checked.split('\n').flatMap(line => {
        const [, blob, size] = /^(\S+) blob (\d+)$/.exec(line) ?? [];
        return blob && Number(size) < LARGEST_POINTER ? [blob] : [];
    });
}
/** What the blobs among these answers of `cat-file --batch-check` point at. */
async function named(checked, storeDir) {
    const small = smallOf(checked);
    if (small.length === 0)
        return [];
    const texts = await (0,git/* gitOk */.Tt)(storeDir, ['cat-file', '--batch'], {
        input: `${small.join('\n')}\n`,
        encoding: 'latin1',
    });
    return [...new Set([...texts.matchAll(POINTER)].map(match => match[1]))];
}
/** Takes over what these blobs point at from a worker's git directory: its own git-lfs has put it there. */
async function takeLfsOf(blobs, gitDir, storeDir) {
    const folder = (0,external_node_path_.join)(gitDir, 'lfs');
    if (blobs.length === 0 || !(await isThere((0,external_node_path_.join)(folder, 'objects'))))
        return;
    const checked = await (0,git/* gitOk */.Tt)(storeDir, ['cat-file', '--batch-check'], { input: `${blobs.join('\n')}\n` });
    for (const oid of await named(checked, storeDir)) {
        const from = placeOf(folder, oid);
        if (!(await (0,world_files.isFile)(from)) || (await digestOf(from)) !== oid)
            continue;
        await copyNew(from, placeOf((0,external_node_path_.join)(storeDir, 'lfs'), oid));
    }
}
async function digestOf(file) {
    const hash = (0,external_node_crypto_.createHash)('sha256');
    for await (const chunk of (0,external_node_fs_.createReadStream)(file))
        hash.update(chunk);
    return hash.digest('hex');
}
/** Puts those of a range into `<folder>/lfs`, from where they can be copied into any git directory. */
async function keepLfs(storeDir, base, commit, folder) {
    for (const oid of await lfsContents(storeDir, [commit], [base])) {
        await copyNew(placeOf((0,external_node_path_.join)(storeDir, 'lfs'), oid), placeOf((0,external_node_path_.join)(folder, 'lfs'), oid));
    }
}
/** Takes over what lies beside a bundle, or in another store. */
async function takeLfs(source, storeDir) {
    const folder = source.endsWith('.bundle') ? (0,external_node_path_.dirname)(source) : source;
    const names = await (0,world_files.filesBelow)((0,external_node_path_.join)(folder, 'lfs', 'objects'));
    for (const name of names) {
        if (!/^[0-9a-f]{2}\/[0-9a-f]{2}\/[0-9a-f]{64}$/.test(name))
            continue;
        await copyNew((0,external_node_path_.join)(folder, 'lfs/objects', name), (0,external_node_path_.join)(storeDir, 'lfs/objects', name));
    }
}
/** What `git lfs push` is to upload to: as the branch's own `.lfsconfig` says, never as a candidate's. */
async function lfsUrl(storeDir, branch, pushUrl) {
    const args = ['config', '--blob', `refs/heads/${branch}:.lfsconfig`, '--get', 'lfs.url'];
    const { exitCode, stdout } = await (0,git/* git */.$Y)(storeDir, args);
    if (exitCode === 0 && stdout.trim() !== '')
        return stdout.trim();
    return pushUrl.startsWith('/') ? `file://${pushUrl}` : pushUrl;
}
async function copyNew(from, to) {
    await (0,promises_.mkdir)((0,external_node_path_.dirname)(to), { recursive: true });
    await (0,promises_.copyFile)(from, to, promises_.constants.COPYFILE_EXCL | promises_.constants.COPYFILE_FICLONE).catch(error => {
        if (error.code !== 'EEXIST')
            throw error;
    });
}
function isThere(path) {
    return (0,promises_.access)(path).then(() => true, () => false);
}

// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(8522);
// EXTERNAL MODULE: ./build/world/shortage.js
var shortage = __webpack_require__(2114);
;// CONCATENATED MODULE: ./build/world/loose.js
/**
 * Writing one object into a store, and reading it again, without a process for it: `git hash-object` takes longer to
 * start than a lane may take between a fetch and a push. Synchronous: all of it takes less than one step by way of the
 * thread pool. The format is git's loose object (gitformat-loose: zlib of `<type> <size>\0<data>`).
 */





/** `algorithm` is the repository's object format. An object that is there is left alone. */
function writeLoose(storeDir, type, data, algorithm) {
    const object = Buffer.concat([Buffer.from(`${type} ${data.length}\0`), data]);
    const sha = (0,external_node_crypto_.createHash)(algorithm).update(object).digest('hex');
    const file = fileOf(storeDir, sha);
    if ((0,external_node_fs_.existsSync)(file))
        return sha;
    (0,external_node_fs_.mkdirSync)((0,external_node_path_.dirname)(file), { recursive: true });
    const aside = (0,external_node_path_.join)((0,external_node_path_.dirname)(file), `tmp_obj_${(0,external_node_crypto_.randomBytes)(6).toString('hex')}`);
    (0,external_node_fs_.writeFileSync)(aside, (0,external_node_zlib_.deflateSync)(object, { level: 1 }), { mode: 0o444 });
    (0,external_node_fs_.renameSync)(aside, file);
    return sha;
}
/** The same; waits where no file can be opened for now. */
function writeObjectIn(...object) {
    return (0,shortage/* patiently */.d_)(async () => writeLoose(...object));
}
/**
 * An object that lies in the store by itself; null: it is not there in this way (git may have it packed), or is no
 * object of this type.
 */
function readLoose(storeDir, type, sha) {
    try {
        const object = (0,external_node_zlib_.inflateSync)((0,external_node_fs_.readFileSync)(fileOf(storeDir, sha)));
        const start = object.indexOf(0) + 1;
        return object.toString('latin1', 0, start).startsWith(`${type} `) ? object.subarray(start) : null;
    }
    catch {
        // Also a file that a crash left in part: what to say to that is git's.
        return null;
    }
}
/** The hash that names of this length are made with. */
function algorithmOf(sha) {
    return sha.length === 64 ? 'sha256' : 'sha1';
}
function fileOf(storeDir, sha) {
    return (0,external_node_path_.join)(storeDir, 'objects', sha.slice(0, 2), sha.slice(2));
}

;// CONCATENATED MODULE: ./build/world/objects.js
/** Objects of a repository, asked one by one and answered by one git process. */



/** A process that nobody has asked for so long is let go: the next question starts another. */
const IDLE_MS = 50;
function openObjects(dir) {
    let reader = null;
    const start = () => {
        const started = startReader(dir, () => {
            if (reader === started)
                reader = null;
        });
        return started;
    };
    const ask = (name) => new Promise((resolve, reject) => {
        reader ??= start();
        reader.ask({ name, resolve, reject });
    });
    return name => (0,shortage/* patiently */.d_)(() => ask(name));
}
/** `onClosed`: it takes no more questions. */
function startReader(dir, onClosed) {
    // A group of its own, as all of git has.
    const options = { cwd: dir, env: (0,git/* gitEnvironment */._K)(process.env), detached: true };
    /** null: it is being started. */
    let child = null;
    const asked = [];
    const answers = openAnswers();
    let words = '';
    let idle;
    const fail = (why, cause) => {
        onClosed();
        for (const { name, reject } of asked.splice(0))
            reject(new Error(`git has not read ${name}: ${why}`, { cause }));
    };
    const listen = ({ stdin, stdout, stderr }) => {
        stdout.on('data', (chunk) => {
            for (const answer of answers.take(chunk)) {
                const { name, resolve, reject } = asked.shift();
                // What it says of a file that it could not open.
                if (answer === null)
                    reject(new Error(`git has no object ${name}${words && `: ${words.trim()}`}`));
                else
                    resolve(answer);
            }
            if (asked.length > 0)
                return;
            words = '';
            idle = setTimeout(() => {
                onClosed();
                stdin.end();
            }, IDLE_MS);
        });
        stderr.on('data', (chunk) => {
            words += chunk;
        });
        // What it does not read any more it says by its end.
        stdin.on('error', () => { });
    };
    (0,spawn/* startProcess */.k)('git', ['cat-file', '--batch'], options).then(started => {
        child = started;
        listen(started);
        started.on('close', code => fail(words.trim() || `it ended with ${code}`));
        for (const { name } of asked)
            started.stdin.write(`${name}\n`);
    }, error => fail(String(error), error));
    return {
        ask: question => {
            clearTimeout(idle);
            asked.push(question);
            child?.stdin.write(`${question.name}\n`);
        },
    };
}
/** `<id> <type> <size> LF content LF`, or `<name> missing LF`, in pieces as they come. */
function openAnswers() {
    let chunks = [];
    let length = 0;
    /** Nothing can be told before so many bytes are there. */
    let needed = 1;
    return {
        take(chunk) {
            chunks.push(chunk);
            length += chunk.length;
            if (length < needed)
                return [];
            let rest = Buffer.concat(chunks);
            const found = [];
            needed = 1;
            for (let end = rest.indexOf('\n'); end >= 0; end = rest.indexOf('\n')) {
                const size = /^\S+ \w+ (\d+)$/.exec(rest.toString('latin1', 0, end))?.[1];
                const next = size === undefined ? end + 1 : end + 1 + Number(size) + 1;
                if (rest.length < next) {
                    needed = next;
                    break;
                }
                found.push(size === undefined ? null : rest.subarray(end + 1, next - 1));
                rest = rest.subarray(next);
            }
            chunks = [rest];
            length = rest.length;
            return found;
        },
    };
}

// EXTERNAL MODULE: external "node:buffer"
var external_node_buffer_ = __webpack_require__(4573);
;// CONCATENATED MODULE: ./build/world/stage.js
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
/** Copies of files on their way out of the machine: texts masked, names as an artifact may hold them, in little memory. */





/** Read at a time. */
const BLOCK = 256 * 1024;
/** A secret is shorter than half of this. */
const AROUND_A_CUT = 64 * 1024;
/**
 * Puts each file below `from` to the same place below `to`; `isText` says which are masked. Returns the places. A file that
 * cannot be copied (its name is no text, it went away) is left out: one file is no reason to lose the others.
 */
async function stage(names, from, to, isText, mask) {
    const staged = [];
    for (const name of names) {
        const target = join(to, portable(name));
        try {
            await mkdir(dirname(target), { recursive: true });
            if (isText(name))
                await copyMasked(join(from, name), target, mask);
            else
                await link(join(from, name), target).catch(() => copyFile(join(from, name), target));
            staged.push(target);
        }
        catch {
            // Told by its absence.
        }
    }
    return staged;
}
/** The characters that the artifact service refuses, and with them the whole upload. */
function portable(name) {
    return name.replace(/[":<>|*?\r\n]/g, char => `%${char.charCodeAt(0).toString(16).padStart(2, '0')}`);
}
/** Whole lines at a time; a line that is longer than a block is cut where no secret is. */
async function copyMasked(from, to, mask) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const source = __addDisposableResource(env_1, await (0,world_files.openRegular)(from), true);
        if (source === null)
            throw new Error(`${from} is not a regular file`);
        const target = __addDisposableResource(env_1, await (0,shortage/* openFile */.Tq)(to, 'wx', 0o644), true);
        const block = Buffer.allocUnsafe(BLOCK);
        let rest = Buffer.alloc(0);
        for (;;) {
            const { bytesRead } = await source.read(block, 0, BLOCK, null);
            const bytes = Buffer.concat([rest, block.subarray(0, bytesRead)]);
            const end = bytesRead === 0 ? bytes.length : bytes.lastIndexOf(10) + 1 || cutOf(bytes, mask);
            await writeMasked(target, bytes.subarray(0, end), mask);
            if (bytesRead === 0)
                return;
            rest = bytes.subarray(end);
        }
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
async function writeMasked(target, bytes, mask) {
    const encoding = encodingOf(bytes);
    await target.writeFile(mask(bytes.toString(encoding)), encoding);
}
/** latin1 keeps every byte of what is no valid UTF-8. */
function encodingOf(bytes) {
    return (0,external_node_buffer_.isUtf8)(bytes) ? 'utf8' : 'latin1';
}
/** 0: not yet. */
function cutOf(bytes, mask) {
    const half = AROUND_A_CUT / 2;
    for (let cut = bytes.length - half; cut >= half; cut -= half) {
        const before = bytes.subarray(cut - half, cut);
        const around = bytes.subarray(cut - half, cut + half);
        const encoding = encodingOf(around);
        // A secret across the cut would be seen in the whole only.
        if (mask(around.toString(encoding)).startsWith(mask(before.toString(encoding))))
            return cut;
    }
    return 0;
}

// EXTERNAL MODULE: ./build/decide/place.js
var place = __webpack_require__(4398);
;// CONCATENATED MODULE: ./build/world/trees.js

const FOLDER = '40000';
const FILE = '100644';
/** Of all trees that are remembered: the same ones are met from candidate to candidate. */
const MOST_ENTRIES = 20_000;
/** A folder of more entries than this is compared and merged by git as fast as here, or faster. */
const LARGEST_FOLDER = 2000;
/** `readObject`: for what git has packed, or keeps elsewhere. */
function openTrees(storeDir, readObject) {
    const known = new Map();
    const tooLarge = new Set();
    let entriesKnown = 0;
    function remember(tree, entries) {
        if (known.has(tree))
            return;
        known.set(tree, entries);
        entriesKnown += entries.size;
        for (const [oldest, { size }] of known) {
            if (entriesKnown <= MOST_ENTRIES)
                break;
            known.delete(oldest);
            entriesKnown -= size;
        }
    }
    async function read(tree) {
        const before = known.get(tree);
        if (before !== undefined)
            return before;
        const loose = readLoose(storeDir, 'tree', tree);
        const entries = parse(loose ?? (await readObject(`${tree}^{tree}`)), tree.length / 2);
        remember(tree, entries);
        return entries;
    }
    async function write(entries, like) {
        const tree = await writeObjectIn(storeDir, 'tree', format(entries), algorithmOf(like));
        remember(tree, entries);
        return tree;
    }
    async function blobAt(tree, path) {
        let found = { mode: FOLDER, sha: tree };
        for (const name of Buffer.from(path).toString('latin1').split('/')) {
            const below = found.mode === FOLDER ? (await read(found.sha)).get(name) : undefined;
            if (below === undefined)
                return null;
            found = below;
        }
        return isFile(found) ? found.sha : null;
    }
    /** null: nothing is left. */
    async function edit(tree, edits, like) {
        const entries = new Map(tree === null ? [] : await read(tree));
        for (const [name, some] of Map.groupBy(edits, ({ path }) => path[0] ?? '')) {
            const before = entries.get(name);
            const own = some.find(({ path }) => path.length === 1);
            const below = some.filter(({ path }) => path.length > 1);
            if (own)
                put(entries, name, own.blob, before && isFile(before) ? before.mode : FILE);
            if (below.length === 0)
                continue;
            const folder = before?.mode === FOLDER ? before.sha : null;
            // Nothing to take away below what is no folder.
            if (folder === null && below.every(({ blob }) => blob === null))
                continue;
            const rest = below.map(({ path, blob }) => ({ path: path.slice(1), blob }));
            put(entries, name, await edit(folder, rest, like), FOLDER);
        }
        return entries.size === 0 ? null : write(entries, like);
    }
    /** `undefined`: git has to look; null: nothing is left. */
    async function merged(base, ours, theirs) {
        if (theirs === base)
            return ours;
        if (ours === base)
            return theirs;
        if (tooLarge.has(base))
            return undefined;
        const before = await read(base);
        if (before.size > LARGEST_FOLDER) {
            tooLarge.add(base);
            return undefined;
        }
        const [mine, his] = await Promise.all([read(ours), read(theirs)]);
        const result = new Map(mine);
        for (const name of new Set([...before.keys(), ...his.keys()])) {
            const [was, left, right] = [before.get(name), mine.get(name), his.get(name)];
            if (isSame(right, was))
                continue;
            if (isSame(left, was)) {
                put(result, name, right?.sha ?? null, right?.mode ?? '');
                continue;
            }
            // Both have changed it. Even where they agree: what both took away may live on elsewhere as a rename.
            if (was?.mode !== FOLDER || left?.mode !== FOLDER || right?.mode !== FOLDER)
                return undefined;
            if (left.sha === right.sha)
                return undefined;
            const below = await merged(was.sha, left.sha, right.sha);
            if (below === undefined)
                return undefined;
            put(result, name, below, FOLDER);
        }
        return result.size === 0 ? null : write(result, ours);
    }
    const empty = (like) => write(new Map(), like);
    return {
        read,
        blobAt,
        replace: async (tree, files) => {
            const edits = [...files].map(([path, blob]) => {
                return { path: Buffer.from(path).toString('latin1').split('/'), blob };
            });
            return (await edit(tree, edits, tree)) ?? empty(tree);
        },
        merge: async (base, ours, theirs) => {
            const tree = await merged(base, ours, theirs);
            return tree === undefined ? null : (tree ?? empty(ours));
        },
    };
}
function put(entries, name, sha, mode) {
    if (sha === null)
        entries.delete(name);
    else
        entries.set(name, { mode, sha });
}
function isSame(a, b) {
    return a?.sha === b?.sha && a?.mode === b?.mode;
}
/** Or a link: neither a folder nor a submodule. */
function isFile({ mode }) {
    return mode.startsWith('10') || mode.startsWith('12');
}
/** Trees as no git writes them: names out of order, or twice. Who reads such a one may see another file than the next. */
const disordered = new WeakSet();
/** Whether the entries of a tree stood in git's order, each name once. */
function isOrdered(entries) {
    return !disordered.has(entries);
}
function parse(data, hashBytes) {
    const entries = new Map();
    let last = '';
    for (let at = 0; at < data.length;) {
        const space = data.indexOf(0x20, at);
        const end = data.indexOf(0, space);
        const next = end + 1 + hashBytes;
        const name = data.toString('latin1', space + 1, end);
        const mode = canonical(data.toString('latin1', at, space));
        const key = mode === FOLDER ? `${name}/` : name;
        if (key <= last || entries.has(name))
            disordered.add(entries);
        last = key;
        entries.set(name, { mode, sha: data.toString('hex', end + 1, next) });
        at = next;
    }
    return entries;
}
/** Old tools wrote `040000` for a folder and `100664` for a file; git reads them as it would write them today. */
function canonical(mode) {
    if (mode === FOLDER || mode === FILE)
        return mode;
    const bits = Number.parseInt(mode, 8);
    switch (bits & 0o170000) {
        case 0o100000:
            return bits & 0o100 ? '100755' : FILE;
        case 0o120000:
            return '120000';
        case 0o040000:
            return FOLDER;
        default:
            return '160000';
    }
}
function format(entries) {
    const sorted = [...entries].map(([name, entry]) => {
        return { key: entry.mode === FOLDER ? `${name}/` : name, name, entry };
    });
    sorted.sort((a, b) => (a.key < b.key ? -1 : 1));
    const length = ({ name, entry }) => entry.mode.length + name.length + 2 + entry.sha.length / 2;
    const data = Buffer.allocUnsafe(sorted.reduce((sum, each) => sum + length(each), 0));
    let at = 0;
    for (const { name, entry } of sorted) {
        at += data.write(`${entry.mode} ${name}\0`, at, 'latin1');
        at += data.write(entry.sha, at, 'hex');
    }
    return data;
}

;// CONCATENATED MODULE: ./build/world/tree-walk.js
/** Two questions about trees that are answered without a process, from the folders that matter alone. */


const NOTHING = new Map();
/**
 * What `to` has otherwise than `from`, file by file, as `git diff-tree -r --no-renames` lists it. null: a folder is so
 * large that git is faster. Rejects where a folder that differs is in disorder: two readers may see two things in it.
 */
async function walkChanges(from, to, read) {
    const found = [];
    const none = '0'.repeat(from.length);
    const leaf = (entry) => entry === undefined || entry.mode === FOLDER ? { mode: '000000', sha: none } : entry;
    const folder = (entry) => (entry?.mode === FOLDER ? entry.sha : null);
    /** false: too large. */
    async function walk(before, after, prefix) {
        const [old, now] = await Promise.all([before ? read(before) : NOTHING, after ? read(after) : NOTHING]);
        if (!isOrdered(now))
            throw new Error(`the folder '${prefix}' is in disorder`);
        if (old.size > LARGEST_FOLDER || now.size > LARGEST_FOLDER)
            return false;
        for (const key of new Set([...old.keys(), ...now.keys()])) {
            const [was, is] = [old.get(key), now.get(key)];
            if (was?.sha === is?.sha && was?.mode === is?.mode)
                continue;
            const name = `${prefix}${key}`;
            const [left, right] = [leaf(was), leaf(is)];
            if (left.mode !== right.mode || left.sha !== right.sha) {
                const path = Buffer.from(name, 'latin1').toString();
                const both = { oldMode: left.mode, mode: right.mode, oldBlob: left.sha, blob: right.sha };
                found.push({ path, name, ...both, status: statusOf(left.mode, right.mode) });
            }
            const below = [folder(was), folder(is)];
            if (below[0] === below[1])
                continue;
            if (!(await walk(...below, `${name}/`)))
                return false;
        }
        return true;
    }
    if (from === to)
        return [];
    return (await walk(from, to, '')) ? found.sort((a, b) => (a.name < b.name ? -1 : 1)) : null;
}
function statusOf(before, after) {
    if (before === '000000')
        return 'A';
    if (after === '000000')
        return 'D';
    return before.slice(0, 3) === after.slice(0, 3) ? 'M' : 'T';
}
/** The folded names of a tree's entries; one that is read anew is folded anew. */
const folded = new WeakMap();
function byFold(entries) {
    const known = folded.get(entries);
    if (known !== undefined)
        return known;
    const names = new Map();
    for (const name of entries.keys()) {
        const fold = (0,place/* foldPath */.tu)(Buffer.from(name, 'latin1').toString());
        names.set(fold, [...(names.get(fold) ?? []), name]);
    }
    folded.set(entries, names);
    return names;
}
/**
 * What else of the tree a file system that ignores case would put at this path of it, or at one of the folders on the way;
 * null: nothing.
 */
async function twinOf(tree, path, read) {
    const parts = path.split('/');
    let folders = [{ tree, prefix: '' }];
    for (const [i, part] of parts.entries()) {
        const here = parts.slice(0, i + 1).join('/');
        const below = [];
        for (const { tree, prefix } of folders) {
            const entries = await read(tree);
            for (const name of byFold(entries).get((0,place/* foldPath */.tu)(part)) ?? []) {
                const { mode, sha } = entries.get(name);
                const full = `${prefix}${Buffer.from(name, 'latin1').toString()}`;
                const isFolder = mode === FOLDER;
                if (i < parts.length - 1) {
                    if (isFolder)
                        below.push({ tree: sha, prefix: `${full}/` });
                    else
                        return { kind: 'folder', folder: here, file: full };
                }
                else if (full !== path)
                    return { kind: 'name', other: isFolder ? `${full}/` : full };
            }
        }
        folders = below;
    }
    return null;
}

;// CONCATENATED MODULE: ./build/world/attributes.js
/** The `.gitattributes` of a tree, at every level, as files in a folder: where git looks for them. */









const attributes_NAME = '.gitattributes';
const EMPTY_TREE = {
    sha1: '4b825dc642cb6eb9a060e54bf8d69288fbee4904',
    sha256: '6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321',
};
/**
 * Gives the folder with the files of a tree, made below `dir` at the first time. All of a tree is looked through once;
 * another tree is compared with the last one.
 */
function openAttributes(dir, storeDir, trees, readObject) {
    let last = null;
    async function rulesOf(tree) {
        if (last?.tree === tree)
            return last.rules;
        const rules = new Map(last?.rules);
        const empty = EMPTY_TREE[algorithmOf(tree)];
        const changes = last === null ? null : await walkChanges(last.tree, tree, trees.read);
        for (const { path, mode, blob } of changes ?? (await search(last?.tree ?? empty, tree))) {
            if (path !== attributes_NAME && !path.endsWith(`/${attributes_NAME}`))
                continue;
            // A link there is no rule to git.
            if (mode.startsWith('100') && (0,place/* pathProblem */.z9)(path) === null)
                rules.set(path, blob);
            else
                rules.delete(path);
        }
        last = { tree, rules };
        return rules;
    }
    async function search(from, to) {
        const diff = ['diff-tree', '-r', '-z', '--no-renames', '--raw', '--abbrev=64', from, to];
        return parseDiff(await (0,git/* gitOk */.Tt)(storeDir, [...diff, '--', `:(glob)**/${attributes_NAME}`], { encoding: 'latin1' })).raw;
    }
    return async (tree) => {
        const rules = [...(await rulesOf(tree))].sort(([a], [b]) => (a < b ? -1 : 1));
        const folder = (0,external_node_path_.join)(dir, (0,external_node_crypto_.createHash)('sha256').update(JSON.stringify(rules)).digest('hex').slice(0, 16));
        if (await (0,world_files.isFolder)(folder))
            return folder;
        const aside = `${folder}.new`;
        await (0,world_files.removeAll)(aside);
        await (0,promises_.mkdir)(aside, { recursive: true });
        for (const [path, blob] of rules) {
            const file = (0,external_node_path_.join)(aside, path);
            await (0,promises_.mkdir)((0,external_node_path_.dirname)(file), { recursive: true });
            await (0,promises_.writeFile)(file, await readObject(blob));
        }
        await (0,promises_.rename)(aside, folder);
        return folder;
    };
}

;// CONCATENATED MODULE: ./build/world/three-way.js
/**
 * Three-way merges of trees, without a checkout. The base is the one that is given, whatever history says: git finds a merge
 * base of its own, so it is shown three commits that were made for these trees.
 */




function openMerge(storeDir, trees, readObject) {
    const attributes = openAttributes((0,external_node_path_.join)(storeDir, 'attributes'), storeDir, trees, readObject);
    return async (base, ours, theirs) => {
        const tree = await trees.merge(base, ours, theirs);
        if (tree !== null)
            return { kind: 'clean', tree };
        const root = commitOf(base, null);
        const sides = [commitOf(ours, root), commitOf(theirs, root)];
        // With a work tree, where git finds `.gitattributes`: a bare repository reads none, and git 2.39 dies there of
        // `merge.renormalize`.
        const cwd = await attributes(ours);
        const how = ['merge-tree', '--write-tree', '-z', '--messages'];
        const env = { GIT_DIR: storeDir, GIT_WORK_TREE: cwd };
        return mergeOf(await (0,git/* git */.$Y)(cwd, [...how, ...sides], { env, encoding: 'latin1' }), sides);
    };
    function commitOf(tree, parent) {
        const who = 'fanout <fanout> 0 +0000';
        const parents = parent === null ? '' : `parent ${parent}\n`;
        const text = `tree ${tree}\n${parents}author ${who}\ncommitter ${who}\n\n`;
        return writeLoose(storeDir, 'commit', Buffer.from(text), algorithmOf(tree));
    }
}
/**
 * The tree; for each unmerged file `mode object stage TAB name`; an empty part; then for each message the number of its
 * paths, these, its type and its words: git-merge-tree(1) with `-z`. Types are constants of git, words are not read.
 */
function mergeOf({ exitCode, stdout, stderr }, sides) {
    if (exitCode > 1)
        throw new Error(`git merge-tree exited with ${exitCode}: ${stderr.trim()}`);
    const [tree = '', ...parts] = stdout.split('\0');
    if (exitCode === 0)
        return { kind: 'clean', tree: tree.trim() };
    const end = parts.indexOf('');
    const stages = new Map();
    for (const part of parts.slice(0, end)) {
        const [, stage = '', name = ''] = /^\S+ \S+ (\d)\t(.*)$/s.exec(part) ?? [];
        const path = nameOf(name, sides);
        stages.set(path, (stages.get(path) ?? new Set()).add(stage));
    }
    const types = new Map();
    const messages = parts.slice(end + 1);
    for (let at = 0; at < messages.length - 1;) {
        const count = Number(messages[at]);
        const type = messages[at + 1 + count] ?? '';
        for (const name of messages.slice(at + 1, at + 1 + count)) {
            const path = nameOf(name, sides);
            types.set(path, [...(types.get(path) ?? []), type]);
        }
        at += count + 3;
    }
    const paths = [...stages.keys()].sort();
    const conflicts = paths.map(file => {
        return { file, kind: kindOf(types.get(file) ?? [], [...stages.get(file)].sort().join('')) };
    });
    return { kind: 'conflict', conflicts };
}
/** A file in the way of a folder git calls `<file>~<its commit>`: nobody has a file of that name. */
function nameOf(name, sides) {
    const aside = new RegExp(`~(?:${sides.join('|')})(?:_\\d+)?$`);
    return Buffer.from(name.replace(aside, ''), 'latin1').toString();
}
/** Of git's types (merge-ort.c, `type_short_descriptions`) the one that says most; `stages`: of base, ours and theirs. */
function kindOf(types, stages) {
    const known = TYPES.find(([words]) => types.some(type => type.includes(words)));
    if (known !== undefined && known[1] !== 'lines')
        return known[1];
    if (stages === '23')
        return 'both-added';
    return known?.[1] ?? 'other';
}
const TYPES = [
    ['directory rename', 'folder-renamed'],
    ['rename/delete', 'renamed-and-removed'],
    ['rename', 'renamed'],
    ['file/directory', 'file-and-folder'],
    ['modify/delete', 'removed'],
    ['binary', 'binary'],
    ['distinct modes', 'modes'],
    ['submodule', 'submodule'],
    ['contents', 'lines'],
];

;// CONCATENATED MODULE: ./build/world/tree-diff.js


const DIFF = 'diff-tree -r -z --no-renames --raw --numstat --abbrev=64'.split(' ');
/** `from` and `to` are trees or commits in the repository at `dir`. */
async function changesBetween(dir, from, to) {
    return parseDiff(await (0,git/* gitOk */.Tt)(dir, [...DIFF, from, to], { encoding: 'latin1' }));
}
/** The same of many pairs of trees, with one git process. */
async function changesOfPairs(dir, pairs) {
    if (pairs.length === 0)
        return [];
    const input = pairs.map(([from, to]) => `${from} ${to}\n`).join('');
    return parseDiffs(await (0,git/* gitOk */.Tt)(dir, [...DIFF, '--stdin'], { input, encoding: 'latin1' }));
}

;// CONCATENATED MODULE: ./build/world/store.js
/**
 * Plumbing in the run's own bare store: merges, trees, commits, bundles. It has no remote, no token and no
 * configuration of a workspace.
 */













function openStore(dir, branch) {
    const run = (args, input) => (0,git/* gitOk */.Tt)(dir, args, input === undefined ? {} : { input });
    const objects = openObjects(dir);
    const trees = openTrees(dir, objects);
    /** By `<commit>^{tree}`: a commit's tree never changes, and each start of git costs the lane some milliseconds. */
    const treesOf = new Map();
    async function resolve(revisions) {
        const unknown = revisions.filter(revision => !treesOf.has(revision));
        const found = unknown.length === 0 ? [] : (await run(['rev-parse', ...unknown])).trim().split('\n');
        const answers = new Map(unknown.map((revision, i) => [revision, found[i]]));
        for (const [revision, sha] of answers)
            if (TREE_OF_COMMIT.test(revision))
                treesOf.set(revision, sha);
        return revisions.map(revision => answers.get(revision) ?? treesOf.get(revision));
    }
    const mergeTrees = openMerge(dir, trees, objects);
    async function merge(ours, theirs, base) {
        const [was, left, right] = await resolve([base, ours, theirs].map(revision => `${revision}^{tree}`));
        return mergeTrees(was, left, right);
    }
    const writeObject = (tree, rest) => writeObjectIn(dir, 'commit', Buffer.from(`tree ${tree}\n${rest}`), algorithmOf(tree));
    async function readCommits(commits) {
        // Those that this run made lie there as it wrote them.
        const own = commits.map(commit => readLoose(dir, 'commit', commit));
        const others = await readObjects(commits.filter((_, i) => own[i] === null));
        let next = 0;
        return own.map(text => commitText(text?.toString() ?? others[next++]));
    }
    const readObjects = (names) => Promise.all(names.map(async (name) => (await objects(name)).toString()));
    async function messages(from, to) {
        const output = await run([
            'log',
            '-z',
            '--format=%H%n%B',
            to,
            ...(from === null ? ['-1000'] : [`^${from}`]),
        ]);
        return output
            .split('\0')
            .filter(entry => entry !== '')
            .map(entry => ({
            commit: entry.slice(0, entry.indexOf('\n')),
            message: entry.slice(entry.indexOf('\n') + 1),
        }));
    }
    async function writeCommit(tree, parent, text) {
        const who = `author ${text.author}\ncommitter ${text.committer}`;
        const commit = await writeObject(tree, `parent ${parent}\n${who}\n\n${text.message}`);
        treesOf.set(`${commit}^{tree}`, tree);
        return commit;
    }
    const writeBlob = (text, like) => writeObjectIn(dir, 'blob', Buffer.from(text), algorithmOf(like));
    async function replaceFiles(tree, files) {
        const blobs = [];
        for (const [path, text] of Object.entries(files))
            blobs.push([path, text === null ? null : await writeBlob(text, tree)]);
        return trees.replace(tree, new Map(blobs));
    }
    async function missing(commits) {
        if (commits.length === 0 || (await areWhole(commits)))
            return new Set();
        const whole = await Promise.all(commits.map(commit => areWhole([commit])));
        return new Set(commits.filter((_, i) => !whole[i]));
    }
    /** Whether all that the commits hold beyond their parents can be read: a machine that lost its power may have lost it. */
    async function areWhole(commits) {
        const revisions = commits.map(commit => `${commit}\n^${commit}^\n`).join('');
        const walk = ['rev-list', '--objects', '--no-object-names', '--missing=print', '--stdin'];
        const { exitCode, stdout } = await (0,git/* git */.$Y)(dir, walk, { input: revisions });
        if (exitCode !== 0 || stdout.includes('?'))
            return false;
        const checked = await run(['cat-file', '--batch-check'], stdout);
        return checked.split('\n').every(line => line === '' || / (commit|tree|blob|tag) \d+$/.test(line));
    }
    return {
        dir,
        branch,
        resolve,
        exists: async (commit) => (await (0,git/* git */.$Y)(dir, ['cat-file', '-e', `${commit}^{tree}`])).exitCode === 0,
        missing,
        isAncestor: async (ancestor, descendant) => (await (0,git/* git */.$Y)(dir, ['merge-base', '--is-ancestor', ancestor, descendant])).exitCode === 0,
        merge,
        readCommits,
        messages,
        writeCommit,
        changes: (from, to) => changesBetween(dir, from, to),
        changedFiles: async (from, to) => (await walkChanges(from, to, trees.read)) ?? (await changesBetween(dir, from, to)).raw,
        twinOf: (tree, path) => twinOf(tree, path, trees.read),
        changesOf: pairs => changesOfPairs(dir, pairs),
        blobAt: trees.blobAt,
        typesOf: async (names) => {
            const lines = await run(['cat-file', '--batch-check=%(objecttype)'], `${names.join('\n')}\n`);
            return lines
                .trimEnd()
                .split('\n')
                .map(line => line.replace(/^.* /, ''));
        },
        readBlobs: readObjects,
        sizes: async (blobs) => {
            if (blobs.length === 0)
                return [];
            return (await run(['cat-file', '--batch-check=%(objectsize)'], `${blobs.join('\n')}\n`))
                .trim()
                .split('\n')
                .map(Number);
        },
        writeBlob,
        replaceBlobs: (tree, files) => trees.replace(tree, new Map(Object.entries(files))),
        replaceFiles,
        setRef: async (ref, commit) => {
            await run(['update-ref', ref, commit]);
        },
        bundle: async (file, base, commit, ref) => {
            await run(['update-ref', ref, commit]);
            await run(['bundle', 'create', '--quiet', file, ref, `^${base}`]);
            await keepLfs(dir, base, commit, (0,external_node_path_.dirname)(file));
        },
        patch: async (file, base, commit, mask) => {
            const whole = mask === undefined ? file : (0,external_node_path_.join)(dir, `${commit}.patch`);
            // Not `git diff`: how the user likes to read one (`diff.noprefix` and the like) could not be applied.
            const args = [
                'diff-tree',
                ...['-p', '-M', '--no-ext-diff', '--no-textconv'],
                // Compressed, it would hold what nobody can mask.
                ...(mask === undefined ? ['--binary'] : []),
                ...[base, commit],
            ];
            await (0,world_files.writeWhole)(whole, handle => (0,git/* gitOk */.Tt)(dir, args, { outputTo: handle.fd }));
            if (mask === undefined)
                return;
            try {
                await copyMasked(whole, file, mask);
            }
            finally {
                await (0,world_files.removeAll)(whole);
            }
        },
        seekAdded: (from, to, seek) => seekAdded(dir, from, to, seek),
        take: async (source, commit, ref) => {
            const quietly = ['--quiet', '--no-tags', '--no-write-fetch-head', '--no-recurse-submodules'];
            const fetched = await (0,git/* git */.$Y)(dir, ['fetch', ...quietly, '--', source, `+${commit}:${ref}`]);
            if (fetched.exitCode === 0)
                await takeLfs(source, dir);
            return fetched.exitCode === 0;
        },
    };
}
const TREE_OF_COMMIT = /^(?:[0-9a-f]{40}|[0-9a-f]{64})\^\{tree\}$/;

;// CONCATENATED MODULE: ./build/rescue.js
/** Work that only the journal of a process that was killed knows becomes bundles and patches. */








/** Saves what has no bundle yet, each in a folder of its own. Rejects only when the journal cannot be read. */
async function rescueWork(runDir, folderOf = task => (0,external_node_path_.join)('tasks', task), which = () => true) {
    const read = await (0,world_journal/* readJournal */.a0)((0,external_node_path_.join)(runDir, 'journal.ndjson'));
    if (read.kind !== 'read')
        return { saved: [], problems: [] };
    const store = openStore((0,external_node_path_.join)(runDir, 'store.git'), read.text.head.branch);
    const beside = new Set(await (0,world_files.namesIn)(runDir));
    const saved = [];
    const problems = [];
    for (const [task, { base, commit, secret }] of (0,unlanded/* unlandedWork */.h)(read.text.events)) {
        const dir = (0,external_node_path_.join)(runDir, folderOf(task));
        try {
            const isBeside = [kept_name/* BUNDLE */.dI, kept_name/* SECRET_BUNDLE */.wW].some(name => beside.has(`${task}.${name}`));
            if (!which(task) || isBeside)
                continue;
            const there = await Promise.all([dir, (0,external_node_path_.join)(runDir, 'tasks', task)].map(world_files.namesIn));
            if (there.some(kept_name/* holdsWork */.Ww) || !(await store.exists(commit)))
                continue;
            await (0,promises_.mkdir)(dir, { recursive: true });
            await store.bundle((0,external_node_path_.join)(dir, secret ? kept_name/* SECRET_BUNDLE */.wW : kept_name/* BUNDLE */.dI), base, commit, (0,ref_name/* workRef */.$J)(task));
            // What is masked is not known here.
            if (!secret)
                await store.patch((0,external_node_path_.join)(dir, 'work.patch'), base, commit);
            saved.push(task);
        }
        catch (error) {
            problems.push(`The work of ${task} could not be saved: ${String(error)}`);
        }
    }
    return { saved, problems };
}

;// CONCATENATED MODULE: ./build/aside.js
/** What earlier runs left in a run directory that another one is about to use: two steps of one job have the same key. */






/** In a run directory. No task's id holds a `~`: what is named `run~2` there is a run, `<id>~2` a second folder of a task. */
const BEFORE = 'before';
const RUN = /^run~(\d+)$/;
/** What tells of one run, and would be written over by the next. */
const REPORTS = /^(journal\.ndjson|state\.json|inputs\.json|summary\.(json|md)|report\.html|(verify|gate-tip)\b.*\.log)$/;
/** The runs that a run directory tells of, the last one first; of those before it, what was set aside. */
async function runsIn(runDir) {
    const numbers = (await (0,world_files.namesIn)((0,external_node_path_.join)(runDir, BEFORE))).flatMap(name => Number(RUN.exec(name)?.[1] ?? []));
    const older = numbers.sort((a, b) => b - a).map(n => (0,external_node_path_.join)(runDir, BEFORE, `run~${n}`));
    const read = await Promise.all([runDir, ...older].map(dir => (0,world_journal/* readJournal */.a0)((0,external_node_path_.join)(dir, 'journal.ndjson')).catch(() => null)));
    return read.flatMap(one => (one?.kind === 'read' ? [one.text] : []));
}
/**
 * What a process of before had made and this run does not go on with (the task is no more, or is another one by now) is kept
 * in `before/`: new files are about to take the places of the old ones, and a new journal that of the one that knows of it.
 */
async function setAside(runDir, continues, plan, log) {
    const runs = await runsIn(runDir);
    const [last] = runs;
    // Of a task that several of them had, the last one has left the files.
    const known = Object.assign({}, ...runs.toReversed().map(({ head }) => head.fingerprints));
    const fingerprintOf = (id) => plan.tasks[plan.index.get(id) ?? -1]?.fingerprint;
    const isLeft = (id) => known[id] !== fingerprintOf(id);
    const taken = await (0,world_files.namesIn)((0,external_node_path_.join)(runDir, BEFORE));
    const folderOf = (id) => (0,external_node_path_.join)(BEFORE, freeName(id, taken));
    const { saved, problems } = await rescueWork(runDir, folderOf, isLeft);
    for (const problem of problems)
        log.warning('resume', problem);
    const moved = [];
    for (const id of plan.tasks.map(task => task.id).filter(isLeft)) {
        const names = (await (0,world_files.namesIn)((0,external_node_path_.join)(runDir, 'tasks', id))).filter(name => name !== 'workspace');
        await moveAll(names, (0,external_node_path_.join)(runDir, 'tasks', id), (0,external_node_path_.join)(runDir, folderOf(id)));
        if ((0,kept_name/* holdsWork */.Ww)(names))
            moved.push(id);
    }
    if (last !== undefined && !continues && !aside_isSame(last, plan)) {
        const names = (await (0,world_files.namesIn)(runDir)).filter(name => REPORTS.test(name));
        const folder = `run~${Math.max(0, ...taken.flatMap(name => Number(RUN.exec(name)?.[1] ?? []))) + 1}`;
        await moveAll(names, runDir, (0,external_node_path_.join)(runDir, BEFORE, folder));
    }
    if (saved.length + moved.length === 0)
        return;
    const told = (0,plain/* listed */.KE)([...saved, ...moved], 10);
    log.notice('resume', `${told}: not the tasks of before. Their work of then is kept in ${(0,external_node_path_.join)(runDir, BEFORE)}.`);
}
/** Whether that run had these very tasks: then all that it tells is told again. */
function aside_isSame({ head: { fingerprints } }, plan) {
    const ids = Object.keys(fingerprints);
    return (ids.length === plan.tasks.length && plan.tasks.every(task => fingerprints[task.id] === task.fingerprint));
}
function freeName(id, taken) {
    for (let n = 1;; n++) {
        const name = n === 1 ? id : `${id}~${n}`;
        if (!taken.includes(name))
            return name;
    }
}
async function moveAll(names, from, to) {
    if (names.length === 0)
        return;
    await (0,world_files.makeFolder)(to);
    for (const name of names)
        await (0,world_files.moveIfThere)((0,external_node_path_.join)(from, name), (0,external_node_path_.join)(to, name));
}

;// CONCATENATED MODULE: ./build/decide/artifact-name.js
/** Names of a run's artifact. GitHub takes each name once in a workflow run, or once in each attempt. */
/** A matrix of more jobs than this that all keep the default name has to give `artifact-name`. */
const MOST_NAMES = 20;
/**
 * `given`: the input `artifact-name`. In the order they are to be tried: one that is taken belongs to an earlier attempt,
 * another job or another step.
 */
function artifactNames(given, runKey) {
    const first = given ?? `fanout-${runKey}`;
    const attempt = Number(/^\d+-(\d+)$/.exec(runKey)?.[1] ?? 1);
    // A name that holds the attempt already is not taken by an earlier one.
    const second = given === null ? 2 : Math.max(2, attempt);
    return [first, ...Array.from({ length: MOST_NAMES - 1 }, (_, i) => `${first}-${second + i}`)];
}
/** Of one that an earlier attempt of the workflow run may have left; null: by its name alone it is none. */
function ageOfEarlier(name, given, runId, attempt) {
    if (given === null) {
        const [, at, nth] = new RegExp(`^fanout-${runId}-(\\d+)(?:-(\\d+))?$`).exec(name) ?? [];
        return at !== undefined && Number(at) < attempt ? [Number(at), Number(nth ?? 1)] : null;
    }
    const same = new RegExp(`^${literal(given)}(?:-(\\d+))?$`).exec(name);
    // The number is at least that of the attempt in which the name was free.
    if (same !== null)
        return [Number(same[1] ?? 1), 1];
    // A name that is made of the attempt's number: `work-${{ github.run_attempt }}`.
    const places = [...given.matchAll(/\d+/g)].filter(([number]) => Number(number) === attempt);
    for (const { 0: number, index } of places) {
        const [before, after] = [given.slice(0, index), given.slice(index + number.length)];
        const [, at, nth] = new RegExp(`^${literal(before)}(\\d+)${literal(after)}(?:-(\\d+))?$`).exec(name) ?? [];
        if (at !== undefined && Number(at) < attempt)
            return [Number(at), Number(nth ?? 1)];
    }
    return null;
}
function literal(text) {
    return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

// EXTERNAL MODULE: ./build/decide/identity.js
var identity = __webpack_require__(743);
// EXTERNAL MODULE: ./build/decide/read-back.js
var read_back = __webpack_require__(765);
// EXTERNAL MODULE: ./build/decide/resume.js
var resume = __webpack_require__(790);
// EXTERNAL MODULE: ./build/decide/trailer.js
var trailer = __webpack_require__(4418);
// EXTERNAL MODULE: ./build/decide/message.js
var decide_message = __webpack_require__(7090);
;// CONCATENATED MODULE: ./build/run/renew.js
/** Kept work becomes a commit of ours before it may land: who wrote what was kept, and under which name, nobody can vouch for. */


/**
 * Candidates with the trees of the commits, each upon its base alone, by the inputs' identity, with this run's trailers and
 * counts of what they really change. In the order given.
 */
async function madeAnew(works, world) {
    if (works.length === 0)
        return [];
    const { store, plan, key, settings, clock, mask } = world;
    const treesOf = (of) => store.resolve(works.map(work => `${of(work)}^{tree}`));
    const [texts, trees, baseTrees] = await Promise.all([
        store.readCommits(works.map(({ commit }) => commit)),
        treesOf(({ commit }) => commit),
        treesOf(({ base }) => base),
    ]);
    const changes = await store.changesOf(trees.map((tree, i) => [baseTrees[i], tree]));
    const who = (0,identity/* signature */.vl)({ name: settings.gitUserName, email: settings.gitUserEmail }, clock.now());
    return Promise.all(works.map(async ({ task, base }, i) => {
        const fingerprint = plan.tasks[plan.index.get(task) ?? -1]?.fingerprint ?? null;
        // It is this run that lands it: the branch has to say so, whatever becomes of this process.
        const message = (0,decide_message/* withTrailers */.jX)(mask(texts[i].message), { task, run: key, fingerprint });
        const commit = await store.writeCommit(trees[i], base, { author: who, committer: who, message });
        return { commit, base, changes: changes[i].stat, source: 'blocked' };
    }));
}

;// CONCATENATED MODULE: ./build/run/earlier.js
/** Finished work of an earlier attempt of this run, from the folder it left: no worker runs twice. */





/**
 * What `state`'s waiting tasks have there; `start` is the state of a run that knows nothing. `whole`: what the branch does
 * not hold has not landed, whatever was seen to land.
 */
async function finishedEarlier(earlier, start, state, limits, { shallow, whole }, world) {
    const { plan, log } = world;
    const same = (id) => earlier.fingerprints[id] === plan.tasks[plan.index.get(id) ?? -1]?.fingerprint;
    const waiting = new Set(state.tasks.filter(task => task.stage.kind === 'waiting').map(task => task.id));
    const finished = (0,resume/* finishedBefore */.q_)(plan, start, limits, earlier.events, same);
    const taken = [];
    const works = [];
    const lost = [];
    for (const { task, found, landed } of finished.filter(each => waiting.has(each.task))) {
        if (landed !== null && !whole)
            taken.push([task, { kind: 'landed', commit: landed }]);
        else if (found.kind !== 'candidate')
            taken.push([task, found]);
        else if (await bring(task, found.candidate, earlier.dir, shallow, world)) {
            const { commit, base } = found.candidate;
            works.push({ task, commit, base });
        }
        else
            lost.push(task);
    }
    if (lost.length > 0) {
        log.notice('resume', `An earlier attempt had finished ${lost.join(', ')}, but its work is not there any more: these workers start again.`);
    }
    const candidates = await madeAnew(works, world);
    return [
        ...taken,
        ...works.map(({ task }, i) => [task, { kind: 'candidate', candidate: candidates[i] }]),
    ];
}
/** The commit that the journal names, and no other, comes into the store: from the bundle, or from the store of then. */
async function bring(task, candidate, dir, shallow, world) {
    const { store, remote, places } = world;
    const { commit, base } = candidate;
    if (!(await store.exists(base))) {
        const ref = `refs/fanout/base/${base}`;
        await remote.fetch([`+${base}:${ref}`], shallow ? { depth: 1 } : {}, world.endLane);
    }
    const sources = [...(await bundlesOf(task, dir, world)), (0,external_node_path_.join)(dir, 'store.git')];
    for (const source of sources.filter(each => each !== places.store)) {
        if (await store.exists(commit))
            break;
        await store.take(source, commit, `refs/fanout/earlier/${(0,ref_name/* refName */.P7)(task)}`);
    }
    return isWorkOf(task, candidate, world);
}
/** Where a run directory, or what was uploaded of it, may have a task's work. */
async function bundlesOf(task, dir, { files }) {
    // A later step had another task of that id: see aside.ts.
    const aside = (await files.namesIn((0,external_node_path_.join)(dir, 'before'))).filter(name => name === task || name.startsWith(`${task}~`));
    return [
        (0,external_node_path_.join)(dir, 'tasks', task, 'work.bundle'),
        // Beside a folder that could not be written.
        (0,external_node_path_.join)(dir, `${task}.work.bundle`),
        ...aside.map(name => (0,external_node_path_.join)(dir, 'before', name, 'work.bundle')),
    ];
}
async function isWorkOf(task, { commit, base }, world) {
    const { store, plan } = world;
    if (!(await store.exists(commit)) || !(await store.exists(base)))
        return false;
    const [text] = await store.readCommits([commit]);
    const trailers = (0,trailer/* parseTrailers */.aw)(text?.message ?? '');
    const fingerprint = plan.tasks[plan.index.get(task) ?? -1]?.fingerprint;
    return text?.parents.join() === base && trailers.task === task && trailers.fingerprint === fingerprint;
}

// EXTERNAL MODULE: ./build/run/preflight.js
var preflight = __webpack_require__(305);
;// CONCATENATED MODULE: ./build/before.js
/** Which run this is, and what earlier processes of it left behind: its own journal, or an earlier attempt's. */













function isAbout({ head }, target) {
    return head.origin === target.origin && head.branch === target.branch && head.dry_run === target.dry_run;
}
/** Of what decides about a tree: verdicts of another gate are worth nothing. */
function gateHash({ gate, setup }) {
    return (0,external_node_crypto_.createHash)('sha256')
        .update(JSON.stringify([gate, setup]))
        .digest('hex')
        .slice(0, 12);
}
/** The workflow run's key; in a terminal that of a run that was cut off, else a new one. */
async function runKeyFor(env, now, root, target, plan, resume) {
    const id = env.GITHUB_RUN_ID;
    if (id && /^\d+$/.test(id))
        return `${id}-${env.GITHUB_RUN_ATTEMPT || '1'}`;
    const cutOff = resume ? await findCutOff(root, target, plan) : null;
    if (cutOff !== null)
        return cutOff;
    const time = (0,identity/* isoTime */.Ly)(now).replace(/[-:]|\.\d+/g, '');
    return `local-${time}-${(0,external_node_crypto_.randomBytes)(2).toString('hex')}`;
}
/** The newest local run of the same target and of some of these very tasks that was killed or interrupted. */
async function findCutOff(root, target, plan) {
    const keys = (await (0,world_files.namesIn)(root)).filter(name => /^local-\d{8}T\d{6}Z-[0-9a-f]{4}$/.test(name));
    for (const key of keys.toReversed()) {
        const dir = (0,external_node_path_.join)(root, key);
        const read = await (0,world_journal/* readJournal */.a0)((0,external_node_path_.join)(dir, 'journal.ndjson'));
        if (read.kind !== 'read' || !isAbout(read.text, target))
            continue;
        if ((await cameToItsEnd(dir)) && !(await wasInterrupted(dir, read.text)))
            continue;
        const { fingerprints } = read.text.head;
        if (plan.tasks.some(task => fingerprints[task.id] === task.fingerprint))
            return key;
    }
    return null;
}
/** An interrupted run has its report, and tasks that were cancelled or, where all had landed, no verification. */
async function wasInterrupted(runDir, { events }) {
    const last = events.slice(events.findLastIndex(event => event.type === 'resumed') + 1);
    if (last.some(event => event.type === 'halted' && event.halt === 'signal'))
        return true;
    const text = await (0,world_files.readText)((0,external_node_path_.join)(runDir, 'summary.json')).catch(() => null);
    const read = text === null ? null : (0,read_back/* readSummary */.L)(text);
    return read?.ok === true && read.value.tasks.some(task => task.reason?.code === 'signal');
}
/** In a run directory: there from before the report is written until its process exits by itself. */
const UNTOLD = 'internal/untold';
/** It has its report, and its process lived to tell: whoever started one that was killed waits for its end. */
async function cameToItsEnd(runDir) {
    const [names, inside] = await Promise.all([(0,world_files.namesIn)(runDir), (0,world_files.namesIn)((0,external_node_path_.join)(runDir, (0,external_node_path_.dirname)(UNTOLD)))]);
    return names.includes('summary.json') && !inside.includes((0,external_node_path_.basename)(UNTOLD));
}
/**
 * Where the journal of a process that died ends, in `fresh`, the state of a run that knows nothing; and the events
 * that its journal goes on with. What the store has lost, and verdicts of another gate, do not count.
 */
async function takeUp({ head: old, events }, head, fresh, limits, world) {
    const { plan, log } = world;
    const same = (id) => old.fingerprints[id] === head.fingerprints[id];
    const usable = (0,resume/* usableEvents */.q4)(plan, events, same);
    const lost = await missingOf((0,resume/* candidatesOf */.kW)(usable), world);
    const there = (0,resume/* withoutLost */.p2)(usable, lost);
    const kept = old.gate_hash === head.gate_hash ? there : there.filter(event => event.type !== 'gated');
    const state = (0,resume/* resume */.U)(plan, fresh, limits, kept, () => true);
    const ended = state.tasks.filter(task => task.stage.kind === 'ended').length;
    const ready = state.tasks.filter(task => task.stage.kind === 'ready').length;
    log.line(`Run ${head.run_key} was cut off and goes on: ${ended} of ${state.tasks.length} tasks have ended, ${ready} finished ones are still to land.`);
    return { state, events: [...kept, { type: 'resumed', at: (0,identity/* isoTime */.Ly)(world.clock.now()) }] };
}
/** Commits that neither the store nor a bundle of their task has whole; of those in a bundle the store has them now. */
async function missingOf(candidates, { store, files, places, log }) {
    const commits = candidates.map(({ commit }) => commit);
    const missing = await store.missing(commits);
    if (missing.size === 0)
        return missing;
    for (const { task, commit } of candidates.filter(each => missing.has(each.commit))) {
        for (const bundle of await bundlesOf(task, places.run, { files }))
            if (await store.take(bundle, commit, `refs/fanout/earlier/${(0,ref_name/* refName */.P7)(task)}`))
                break;
    }
    const lost = await store.missing(commits);
    const tasks = new Set(candidates.filter(({ commit }) => lost.has(commit)).map(({ task }) => task));
    if (tasks.size > 0)
        log.notice('resume', `Finished work of ${(0,plain/* listed */.KE)([...tasks], 10)} is not whole in the store any more: what of it has not landed starts again.`);
    return lost;
}
/** Where the branch was when the run began, where its own journal or that of its earlier end tells. */
function firstBase({ continued, ended }) {
    if (continued !== null)
        return continued.head.base_sha;
    return ended?.base ?? null;
}
/** Milliseconds since the epoch; what comes after it is later, whatever the machine's clock says by now. */
function lastMoment({ head, events }) {
    return Date.parse(events.at(-1)?.at ?? head.started_at);
}
/** What is in the run directory from before. A journal that cannot be trusted whole is kept aside. */
async function readBefore(runDir, target, plan, log) {
    const file = (0,external_node_path_.join)(runDir, 'journal.ndjson');
    const read = await (0,world_journal/* readJournal */.a0)(file);
    switch (read.kind) {
        case 'none':
            return { continued: null, ended: null };
        case 'broken':
            log.warning('journal', `${file} is empty or broken from its first line on, so what was finished but had not landed starts again. What has landed is known from the branch. It is kept as ${(0,external_node_path_.basename)(await (0,world_journal/* keepAside */.EJ)(file))}.`);
            return { continued: null, ended: null };
        case 'other-version':
            return (0,preflight/* journalVersion */.MH)(file, runDir, read.version);
        case 'read': {
            const { text, lost } = read;
            const before = async () => ({
                continued: null,
                ended: await readEarlier(runDir, target, plan),
            });
            // Another step of the same job has the same key, and other tasks.
            if (!isAbout(text, target) || !knows(text, plan))
                return before();
            if (lost > 0) {
                log.warning('journal', `${file} is broken behind line ${text.events.length + 1}: of what came after, ${lost} line(s), only what the branch says counts. It is kept as ${(0,external_node_path_.basename)(await (0,world_journal/* keepAside */.EJ)(file))}.`);
            }
            return (await cameToItsEnd(runDir)) ? before() : { continued: text, ended: null };
        }
    }
}
function earlierOf(dir, { head, events }) {
    return { dir, base: head.base_sha, events, fingerprints: head.fingerprints };
}
/**
 * What an earlier attempt of this workflow run left, on this machine or as an artifact. Never rejects: a service
 * that is down costs the workers' time, not the run.
 */
async function earlierAttempt(env, settings, target, plan, places, download, signal, log, mask) {
    const { GITHUB_RUN_ID: id, GITHUB_RUN_ATTEMPT: attempt } = env;
    if (!id || !attempt || !(Number(attempt) > 1))
        return null;
    const read = (dir) => readEarlier(dir, target, plan);
    try {
        for (let n = Number(attempt) - 1; n > 0; n--) {
            const last = await read((0,external_node_path_.join)(places.root, `${id}-${n}`));
            if (last)
                return last;
        }
        if (download === null)
            return null;
        let earlier = null;
        const wanted = {
            age: name => ageOfEarlier(name, settings.artifactName, id, Number(attempt)),
            into: places.into,
            isWanted: async () => {
                earlier = await read(places.into);
                return earlier !== null;
            },
        };
        const { name, problems } = await download(wanted, signal);
        if (name !== null)
            log.line(`Finished work of an earlier attempt is taken from the artifact ${name}.`);
        else if (problems.length === 0)
            log.line(NO_ARTIFACT);
        else
            log.notice('resume', unread(problems.map(mask)));
        return name === null ? null : earlier;
    }
    catch (error) {
        log.notice('resume', unread([mask(error instanceof Error ? error.message : String(error))]));
        return null;
    }
}
const NO_ARTIFACT = 'No artifact of an earlier attempt is there: its workers start again, but for work that has landed or is kept on the remote.';
function unread(problems) {
    return `What an earlier attempt finished could not be read, so its workers start again, but for work that has landed or is kept on the remote: ${problems.join('; ')}`;
}
/** null: there is none, or it is another job's of the same workflow run, or another step's. */
async function readEarlier(dir, target, plan) {
    const run = (await runsIn(dir)).find(text => isAbout(text, target) && knows(text, plan));
    return run ? earlierOf(dir, run) : null;
}
/** Whether a task of this plan was in that run: one that was defined otherwise is another task. */
function knows({ head: { fingerprints } }, plan) {
    return plan.tasks.some(task => fingerprints[task.id] === task.fingerprint);
}

// EXTERNAL MODULE: ./build/decide/address.js
var address = __webpack_require__(7605);
// EXTERNAL MODULE: ./build/world/mounts.js
var world_mounts = __webpack_require__(9761);
// EXTERNAL MODULE: ./build/decide/git-settings.js
var git_settings = __webpack_require__(2775);
;// CONCATENATED MODULE: ./build/world/new-git-directory.js
var new_git_directory_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
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
var new_git_directory_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
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
/** The `.git` that a folder of ours gets: objects by reference, the refs of the checkout, an origin that cannot push. */






/** Rules for ignored files, and attributes of files, that are in no tree. */
const RULES = ['info/exclude', 'info/attributes'];
/** In the store's folder and no refs of the store, which would slow each fetch down: those of the user's checkout. */
const GIVEN_REFS = 'checkout-refs';
/** Remembers the checkout's tags and remote branches for the folders that are made, in git's format for packed refs. */
async function keepRefs(gitDir, storeDir) {
    const format = '--format=%(objectname) %(refname)%(if)%(symref)%(then) symbolic%(end)';
    const listed = await (0,git/* gitOk */.Tt)(gitDir, ['for-each-ref', format, 'refs/tags', 'refs/remotes/origin']);
    const refs = listed.split('\n').filter(line => line !== '' && !line.endsWith(' symbolic'));
    if (refs.length === 0)
        return;
    await (0,world_files.writeAtomic)((0,external_node_path_.join)(storeDir, GIVEN_REFS), `# pack-refs with: sorted \n${refs.join('\n')}\n`);
}
/** Names and objects of these refs: no worker made them. */
async function givenRefs(storeDir) {
    const lines = ((await (0,world_files.readText)((0,external_node_path_.join)(storeDir, GIVEN_REFS))) ?? '').split('\n');
    const refs = lines.filter(line => line !== '' && !line.startsWith('#'));
    return new Map(refs.map(line => [line.slice(line.indexOf(' ') + 1), line.slice(0, line.indexOf(' '))]));
}
/** What a command may keep in a `.git` that another one then counts on. */
const COUNTED_ON = ['modules', 'hooks', 'lfs', 'worktrees', 'annex'];
/** Whether nothing was put into it that a folder with a new one would miss. */
async function isAsWritten(at, options) {
    const gitDir = (0,external_node_path_.join)(at.dir, '.git');
    const names = await (0,world_files.namesIn)(gitDir);
    if (names.some(name => COUNTED_ON.includes(name)))
        return false;
    return hasConfigAsWritten(at, options);
}
/** Whether its configuration is the one that we wrote. */
async function hasConfigAsWritten(at, options) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const config = new_git_directory_addDisposableResource(env_1, await (0,world_files.openRegular)((0,external_node_path_.join)(at.dir, '.git', 'config')), true);
        return config !== null && (await config.readFile('utf8')) === (await configText(options));
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = new_git_directory_disposeResources(env_1);
        if (result_1)
            await result_1;
    }
}
/** The folder's own `.git`: objects by reference, a branch, an origin that cannot push; nothing of it runs. */
async function writeGitDirectory(at, commit, options) {
    const gitDir = (0,external_node_path_.join)(at.dir, '.git');
    const { storeDir, branch } = options;
    for (const folder of ['objects/info', 'objects/pack', 'refs/tags', 'info']) {
        await (0,promises_.mkdir)((0,external_node_path_.join)(gitDir, folder), { recursive: true });
    }
    const [alternates, ...given] = await Promise.all(['objects/info/alternates', 'shallow', ...RULES].map(async (name) => {
        return [name, (await (0,world_files.readText)((0,external_node_path_.join)(storeDir, name))) ?? ''];
    }));
    const files = {
        HEAD: `ref: refs/heads/${branch}\n`,
        [`refs/heads/${branch}`]: `${commit}\n`,
        [`refs/remotes/origin/${branch}`]: `${options.tip ?? commit}\n`,
        // The store's own alternates too: git follows them by itself, git-lfs does not.
        'objects/info/alternates': `${(0,external_node_path_.join)(storeDir, 'objects')}\n${alternates?.[1]}`,
        config: await configText(options),
        ...Object.fromEntries(given.filter(([, text]) => text !== '')),
    };
    for (const [name, content] of Object.entries(files)) {
        await (0,promises_.mkdir)((0,external_node_path_.dirname)((0,external_node_path_.join)(gitDir, name)), { recursive: true });
        await (0,promises_.writeFile)((0,external_node_path_.join)(gitDir, name), content);
    }
    await (0,promises_.copyFile)((0,external_node_path_.join)(storeDir, GIVEN_REFS), (0,external_node_path_.join)(gitDir, 'packed-refs')).catch(error => {
        // The checkout has none, or cannot share them.
        if (error.code !== 'ENOENT')
            throw error;
    });
    // Our index knows the files' times: with a copy of it the first `git status` reads no file.
    await (0,promises_.copyFile)(at.index, (0,external_node_path_.join)(gitDir, 'index'), external_node_fs_.constants.COPYFILE_EXCL).catch(error => {
        // Through a mount it is there already.
        if (error.code !== 'EEXIST')
            throw error;
    });
}
/** Fetches come from the store; the address for pushes names no repository, so that a push says why it fails. */
async function configText({ storeDir, branch, identity, settings = '' }) {
    const storeConfig = (await (0,world_files.readText)((0,external_node_path_.join)(storeDir, 'config'))) ?? '';
    const format = /objectformat\s*=\s*(\w+)/i.exec(storeConfig)?.[1];
    return [
        '[core]',
        `\trepositoryformatversion = ${format ? 1 : 0}`,
        '\tfilemode = true',
        '\tbare = false',
        '\tlogallrefupdates = true',
        ...(format ? ['[extensions]', `\tobjectformat = ${format}`] : []),
        '[gc]',
        '\tauto = 0',
        '[maintenance]',
        '\tauto = false',
        '[user]',
        `\tname = ${(0,git_settings/* quotedForGit */.yE)(identity.name)}`,
        `\temail = ${(0,git_settings/* quotedForGit */.yE)(identity.email)}`,
        '[remote "origin"]',
        `\turl = ${(0,git_settings/* quotedForGit */.yE)(storeDir)}`,
        '\tpushurl = /dev/null/fanout-lands-the-work--workspaces-cannot-push',
        '\tfetch = +refs/heads/*:refs/remotes/origin/*',
        // The store has the branch alone: a fetch that prunes would take the others away.
        '\tprune = false',
        '\tpruneTags = false',
        `[branch ${(0,git_settings/* quotedForGit */.yE)(branch)}]`,
        '\tremote = origin',
        `\tmerge = ${(0,git_settings/* quotedForGit */.yE)(`refs/heads/${branch}`)}`,
        settings,
    ].join('\n');
}

// EXTERNAL MODULE: ./build/world/mount-table.js
var mount_table = __webpack_require__(2815);
;// CONCATENATED MODULE: ./build/world/traps.js




/**
 * Removes pipes, sockets and devices, which no commit can hold, and gives the owner the right to read all the rest.
 * Returns the paths of what was removed, relative to the folder. Mounts in it are left alone.
 */
async function disarm(dir) {
    const special = ['(', '-type', 'p', '-o', '-type', 's', '-o', '-type', 'b', '-o', '-type', 'c', ')'];
    const own = await notMounted(dir);
    const search = () => find(dir, [...own, ...special, '-print0', '-delete']);
    const first = await search();
    if (first.complete)
        return first.paths;
    await find(dir, [...own, '-type', 'd', '!', '-perm', '-u=rwx', '-exec', 'chmod', 'u+rwx', '{}', ';']);
    return [...first.paths, ...(await search()).paths];
}
/** The same right for files: git says which it could not read, so that nobody has to look at each. */
async function makeReadable(dir) {
    await find(dir, [
        ...(await notMounted(dir)),
        '-type',
        'f',
        '!',
        '-perm',
        '-u=r',
        '-exec',
        'chmod',
        'u+r',
        '{}',
        '+',
    ]);
}
/** `-xdev` does not tell a folder of the same disk that is mounted there from one that lies there. */
async function notMounted(dir) {
    const mounts = await (0,mount_table/* mountsBelow */.Y)(dir);
    if (mounts.length === 0)
        return [];
    const top = await (0,promises_.realpath)(dir);
    const inner = mounts.map(path => (0,external_node_path_.relative)(top, path)).filter(path => path !== '');
    return inner.flatMap(path => ['!', '-path', `${(0,external_node_path_.join)(dir, path).replace(/[*?[\\]/g, '\\$&')}/*`]);
}
/** Names are bytes, and `find` has no trouble with any, nor with how deep they lie. */
async function find(dir, what) {
    const env = { PATH: process.env.PATH ?? '', LC_ALL: 'C' };
    // As git: what a Ctrl-C cut short would look like a folder without traps.
    const options = { env, stdio: ['ignore', 'pipe', 'ignore'], detached: true };
    const child = await (0,spawn/* startProcess */.k)('find', [dir, '-xdev', ...what], options).catch(() => null);
    if (child === null)
        return { complete: true, paths: [] };
    return new Promise(resolve => {
        const found = [];
        child.stdout.on('data', (chunk) => found.push(chunk));
        child.on('close', code => {
            const paths = Buffer.concat(found).toString().split('\0').slice(0, -1);
            resolve({ complete: code === 0, paths: paths.map(path => path.slice(dir.length + 1)) });
        });
    });
}

;// CONCATENATED MODULE: ./build/world/staging.js
/** git on a folder's files through the store's git directory and an index of ours, and never through the folder's own. */






/** The environment of such a git command. */
function outside(at, storeDir) {
    const { file } = settingsOf(at);
    const own = (0,external_node_fs_.existsSync)(file) ? { GIT_CONFIG_GLOBAL: file } : {};
    return { GIT_DIR: storeDir, GIT_WORK_TREE: at.dir, GIT_INDEX_FILE: at.index, ...own };
}
/** Where the settings lie that hold in this folder alone: a configuration, and the repository that its commands run in. */
function settingsOf(at) {
    const folder = `${at.index}.settings`;
    return { folder, file: (0,external_node_path_.join)(folder, 'config') };
}
/** What we have beside the folder. */
async function removeIndex(at) {
    await Promise.all([(0,world_files.removeAll)(at.index), (0,world_files.removeAll)(settingsOf(at).folder)]);
}
/** Reads the folder's objects as data: none of its configuration is in force. */
function withObjectsOf(dir) {
    return { GIT_ALTERNATE_OBJECT_DIRECTORIES: `"${(0,external_node_path_.join)(dir, '.git', 'objects').replace(/["\\]/g, '\\$&')}"` };
}
/** A pipe where git expects a file would keep it for ever; 100,000 changed files on a slow disk take minutes. */
const LONGEST_MS = 10 * 60_000;
/** Adds what the pathspecs name and git does not ignore; returns git's words on what it could not add. */
async function addAll(paths, env, at) {
    const first = await add(paths, env, at);
    if (first.length === 0)
        return first;
    await makeReadable(at.dir);
    // What the first pass took for a submodule must not be looked into either.
    const now = [...new Set([...paths, ...(await gitlinks(['.'], env, at)).map(without)])];
    return add(now, env, at);
}
/** Paths in the index, that the pathspecs name, at which it holds a commit instead of a file. */
async function gitlinks(pathspecs, env, at) {
    const staged = (await (0,git/* gitOk */.Tt)(at.dir, ['ls-files', '--stage', '-z', '--', ...pathspecs], { env })).split('\0');
    return staged.flatMap(line => /^160000 [^\t]*\t(.*)$/s.exec(line)?.[1] ?? []);
}
/** `git ls-files` of the index in the folder's own git directory, a line an element; none where it cannot be read. */
async function listOwnIndex(at, options, storeDir) {
    const index = (0,external_node_path_.join)(at.dir, '.git', 'index');
    if (!(await (0,world_files.isFile)(index)))
        return [];
    // As data: what an index may order (a monitor, a split) our configuration switches off.
    const { exitCode, stdout } = await (0,git/* git */.$Y)(at.dir, ['ls-files', '-z', ...options], {
        env: { ...outside(at, storeDir), ...withObjectsOf(at.dir), GIT_INDEX_FILE: index },
        encoding: 'latin1',
        timeoutMs: LONGEST_MS,
    });
    return exitCode === 0 ? stdout.split('\0').slice(0, -1) : [];
}
/** git's words on a filter; where that is not `required`, the file was taken all the same, as it is. */
function isAboutFilter(words) {
    return words.startsWith('external filter ');
}
/** Has our index hold these blobs. Returns whether there was any. */
async function putBack(at, entries, storeDir) {
    if (entries.length === 0)
        return false;
    const input = entries.map(({ name, mode, blob }) => `${mode} ${blob}\t${name}\0`).join('');
    const args = ['update-index', '-z', '--index-info'];
    await (0,git/* gitOk */.Tt)(at.dir, args, { env: outside(at, storeDir), input, encoding: 'latin1' });
    return true;
}
/** The pathspec that leaves out a path and all below it. */
function without(path) {
    return `:(exclude,literal)${path}`;
}
/** Words of faults that lie in the machine, not in the folder. */
const MACHINE = /No space left|Disk quota|Out of diskspace|write error|Input\/output error|unable to (write|create)|Cannot allocate|out of memory/i;
/** So many files at most are left out one after another, each of which ends git before it has added the others. */
const MOST_FATAL = 1000;
/**
 * Adds what can be added; returns git's words on what cannot. A file that ends git (a filter or an encoding that fails) is left
 * out, and the others are tried again. Rejects when git did not end in time, or the machine is to blame.
 */
async function add(paths, env, at) {
    const from = ['--pathspec-from-file=-', '--pathspec-file-nul'];
    const args = ['add', '--all', '--ignore-errors', ...from];
    const fatal = new Map();
    for (;;) {
        const input = [...paths, ...[...fatal.keys()].map(without)].join('\0');
        const { exitCode, stderr } = await (0,git/* git */.$Y)(at.dir, args, { env, input, timeoutMs: LONGEST_MS });
        const problems = problemsIn(stderr);
        const end = exitCode > 1 ? /^fatal: (.+)$/m.exec(stderr)?.[1] : undefined;
        const path = end === undefined ? null : await pathIn(end, at);
        if (MACHINE.test(stderr) || (exitCode !== 0 && problems.length === 0) || fatal.size > MOST_FATAL) {
            await (0,world_files.removeAll)(`${at.index}.lock`);
            throw new Error(`git add exited with ${exitCode} or was ended after its time: ${stderr.trim()}`);
        }
        if (end !== undefined && (path === null || fatal.has(path))) {
            await (0,world_files.removeAll)(`${at.index}.lock`);
            throw new Error(`git add was ended by a file that cannot be left out: ${end}`);
        }
        if (path === null)
            return [...new Set([...fatal.values(), ...problems])];
        fatal.set(path, end);
        await (0,world_files.removeAll)(`${at.index}.lock`);
    }
}
/** Whatever the exit code: of a folder that it cannot open git says so in passing. */
function problemsIn(stderr) {
    return stderr.split('\n').flatMap(line => {
        const [, words] = PROBLEM.exec(line) ?? [];
        if (words !== undefined)
            return [words];
        return SYSTEM_WORDS.test(line) ? [line] : [];
    });
}
/** What else it warns of is about things that it did take. */
const PROBLEM = /^(?:(?:error|fatal): |warning: (?=could not open|unable to|cannot |failed to))(.+)$/;
/** A path, and then why the system did not let git look at it. */
const SYSTEM_WORDS = /^(?!warning: |hint: ).+: (?:Permission denied|Operation not permitted|File name too long|Too many levels of symbolic links|Value too large.*|Stale file handle)$/;
/**
 * The file that such words are about: git has it in quotes, or at the beginning or the end. For one whose path is too long for
 * the system, and for git's own words, a folder on its way.
 */
async function pathIn(words, at) {
    const quoted = [/'(.+)'/, /'([^']+)/].flatMap(pattern => pattern.exec(words)?.[1] ?? []);
    const parts = words.split(/: | in /);
    for (const path of [...quoted, ...parts, parts.slice(0, -1).join(': ')]) {
        if (path === '' || path === '.' || (0,external_node_path_.isAbsolute)(path))
            continue;
        const found = await (0,promises_.lstat)((0,external_node_path_.join)(at.dir, path)).catch((error) => error.code);
        if (found === 'ENAMETOOLONG')
            return (0,external_node_path_.dirname)(path.slice(0, LONG));
        if (typeof found === 'object' && found.isFile())
            return path;
    }
    return null;
}
/** Of a path, well below what a system takes (4,096 bytes). */
const LONG = 2000;

;// CONCATENATED MODULE: ./build/world/untouched.js
/**
 * Files that look changed and are not. Where a repository holds a file otherwise than its own attributes would store it
 * (CRLF under `text`, an old `$Id$` under `ident`), every checkout of it differs from the commit; nobody changed it.
 */







/**
 * Puts back into the index what is byte for byte as a checkout of `base` writes it, or of what the worker had staged in its
 * place. `filtered`: names of files that a filter stores. Returns whether there was any.
 */
async function restoreUntouched(at, base, all, staged, filtered, storeDir) {
    const own = new Map(staged.map(change => [change.name, change]));
    const changes = all
        .map(change => {
        const before = own.get(change.name);
        return before === undefined ? change : { ...change, oldMode: before.mode, oldBlob: before.blob };
    })
        .filter(({ oldMode, mode, oldBlob, blob }) => /^100/.test(oldMode) && /^100/.test(mode) && oldBlob !== blob);
    const converted = await storedOtherwise(changes, filtered, at, storeDir);
    if (converted.length === 0)
        return false;
    const untouched = await asWritten(converted, at, base, storeDir);
    // What became of its mode stays.
    const entries = untouched.map(({ name, mode, oldBlob }) => ({ name, mode, blob: oldBlob }));
    return putBack(at, entries, storeDir);
}
/** Whether all tracked files are byte for byte as a checkout of `base` writes them; submodules are not looked into. */
async function isUntouched(at, base, storeDir) {
    // By their times and sizes. Compared as git stores them, what a filter converts (Git LFS) would look the same.
    const listed = await (0,git/* gitOk */.Tt)(at.dir, ['diff-files', '--raw', '-z', '--ignore-submodules=all'], {
        env: outside(at, storeDir),
        encoding: 'latin1',
        timeoutMs: LONGEST_MS,
    });
    const { raw } = parseDiff(listed);
    if (raw.length === 0)
        return true;
    if (raw.some(({ oldMode, mode }) => mode !== oldMode || !/^100/.test(mode)))
        return false;
    return (await asWritten(raw, at, base, storeDir)).length === raw.length;
}
/**
 * Those that git did not take as they are. All its own conversions (line ends, `$Id$`, encodings) change the length; a filter
 * may make something else of the same file each time.
 */
async function storedOtherwise(changes, filtered, at, storeDir) {
    if (changes.length === 0)
        return [];
    const input = changes.map(({ blob }) => `${blob}\n`).join('');
    const sizes = (await (0,git/* gitOk */.Tt)(storeDir, ['cat-file', '--batch-check=%(objectsize)'], { input })).split('\n');
    const lengths = await Promise.all(changes.map(async ({ name }) => (await (0,promises_.lstat)(untouched_pathIn(at.dir, name)).catch(() => null))?.size));
    return changes.filter(({ name }, i) => lengths[i] !== undefined && (lengths[i] !== Number(sizes[i]) || filtered.has(name)));
}
/** Checks them out once more, elsewhere, and compares. */
async function asWritten(changes, at, base, storeDir) {
    const fresh = { dir: `${at.index}.fresh`, index: `${at.index}.fresh.index` };
    const env = { ...outside(at, storeDir), GIT_WORK_TREE: fresh.dir, GIT_INDEX_FILE: fresh.index };
    const clear = () => Promise.all([(0,world_files.removeAll)(fresh.dir), (0,world_files.removeAll)(fresh.index)]);
    try {
        // A process that died may have left one.
        await clear();
        await (0,promises_.mkdir)(fresh.dir);
        await (0,git/* gitOk */.Tt)(fresh.dir, ['read-tree', base], { env });
        await putBack(fresh, changes.map(({ name, oldMode, oldBlob }) => ({ name, mode: oldMode, blob: oldBlob })), storeDir);
        const input = changes.map(({ name }) => `${name}\0`).join('');
        const args = ['checkout-index', '--quiet', '-z', '--stdin'];
        const { exitCode, stderr } = await (0,git/* git */.$Y)(fresh.dir, args, { env, input, encoding: 'latin1' });
        // A filter that fails of what the repository holds cannot have written it either.
        if (exitCode !== 0 && !/ filter /.test(stderr))
            throw new Error(`git checkout-index: ${stderr.trim()}`);
        const same = [];
        for (const change of changes) {
            const [here, there] = await Promise.all([at.dir, fresh.dir].map(dir => digest(untouched_pathIn(dir, change.name))));
            if (here !== null && here === there)
                same.push(change);
        }
        return same;
    }
    finally {
        await clear();
    }
}
function untouched_pathIn(dir, name) {
    return Buffer.concat([Buffer.from(`${dir}/`), Buffer.from(name, 'latin1')]);
}
/** Of a regular file's bytes; null: there is none that can be read. */
async function digest(path) {
    if (!(await (0,promises_.lstat)(path).catch(() => null))?.isFile())
        return null;
    const hash = (0,external_node_crypto_.createHash)('sha256');
    try {
        for await (const chunk of (0,external_node_fs_.createReadStream)(path))
            hash.update(chunk);
    }
    catch {
        return null;
    }
    return hash.digest('hex');
}

;// CONCATENATED MODULE: ./build/world/git-directory.js
/** A git directory that somebody else had in hand, read as plain files: no git runs in it, none of its settings hold. */


/** A repository's packed refs may be some megabytes. */
const LARGEST = 64 * 1024 * 1024;
const MOST_REFS = 1000;
/** Where a worker's own commits may be; what was fetched is not its own. */
const OWN = ['refs/heads', 'refs/tags', 'refs/stash'];
/** The commit its HEAD names; null when that leads nowhere. */
async function headOf(gitDir) {
    const head = ((await readData((0,external_node_path_.join)(gitDir, 'HEAD'))) ?? '').trim();
    const ref = /^ref: (refs\/[^\0\n]+)$/.exec(head)?.[1];
    if (ref === undefined)
        return asSha(head);
    if (ref.split('/').includes('..'))
        return null;
    const loose = await readData((0,external_node_path_.join)(gitDir, ref));
    if (loose !== null)
        return asSha(loose.trim());
    return (await packedRefs(gitDir)).find(([name]) => name === ref)?.[1] ?? null;
}
/** A `.git` that is a file names the folder. */
async function gitDirOf(path) {
    const named = /^gitdir: (.+)$/m.exec((await readData(path)) ?? '')?.[1];
    return named === undefined ? path : (0,external_node_path_.resolve)(path, '..', named);
}
/**
 * Branches, tags, the stash and the heads of linked worktrees, by name; at most a thousand, with names that git allows.
 * Left out is what stands where a ref of `given` stood.
 */
async function ownRefs(gitDir, given = new Map()) {
    const refs = new Map((await packedRefs(gitDir)).filter(([name]) => isOwn(name)));
    for (const name of await looseNames(gitDir, OWN)) {
        const commit = asSha(((await readData((0,external_node_path_.join)(gitDir, name))) ?? '').trim());
        if (commit !== null)
            refs.set(name, commit);
    }
    for (const name of await namesIn((0,external_node_path_.join)(gitDir, 'worktrees'))) {
        const commit = asSha(((await readData((0,external_node_path_.join)(gitDir, 'worktrees', name, 'HEAD'))) ?? '').trim());
        if (commit !== null)
            refs.set(`refs/worktrees/${name}`, commit);
    }
    const there = new Set(given.values());
    return new Map([...refs].filter(([name, at]) => isPlain(name) && !there.has(at)).slice(0, MOST_REFS));
}
async function packedRefs(gitDir) {
    const text = (await readData((0,external_node_path_.join)(gitDir, 'packed-refs'))) ?? '';
    return text.split('\n').flatMap(line => {
        const commit = asSha(line.slice(0, line.indexOf(' ')));
        return commit === null ? [] : [[line.slice(line.indexOf(' ') + 1), commit]];
    });
}
async function looseNames(gitDir, wanted) {
    const found = [];
    for (const queue = [...wanted]; queue.length > 0 && found.length < MOST_REFS;) {
        const name = queue.shift();
        const below = await namesIn((0,external_node_path_.join)(gitDir, name));
        if (below.length === 0)
            found.push(name);
        else
            queue.push(...below.map(each => `${name}/${each}`));
    }
    return found;
}
function isOwn(name) {
    return OWN.some(prefix => name === prefix || name.startsWith(`${prefix}/`));
}
/** git check-ref-format(1), and nothing that a line of its files could not hold. */
function isPlain(name) {
    const parts = name.split('/');
    if (/[\0-\x20\x7f~^:?*[\\]|\.\.|@\{/.test(name))
        return false;
    return parts.length > 1 && parts.every(part => /^[^.].*$/.test(part) && !/\.(lock)?$/.test(part));
}
/** Names of what is in a folder; none where it cannot be read. */
async function namesIn(path) {
    return (await (0,promises_.readdir)(path).catch(() => [])).slice(0, MOST_REFS);
}
/** null: no plain file. Opening anything else, a pipe or a device, might never return. */
async function readData(path) {
    try {
        const stats = await (0,promises_.stat)(path);
        return stats.isFile() && stats.size <= LARGEST ? await (0,promises_.readFile)(path, 'utf8') : null;
    }
    catch {
        return null;
    }
}
function asSha(text) {
    return /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(text) ? text : null;
}

;// CONCATENATED MODULE: ./build/world/left-behind.js
/** Commits in a worker's folder that its end does not stand on: on other branches, in the stash, in a linked worktree. */







/**
 * Bundles what the folder's own refs hold beyond `base`, `head` and the store's branches. Returns the refs in the bundle;
 * none: there is nothing, and no bundle. `fileFor` names it, by whether `seek` finds anything in it. Rejects when it cannot be read or written.
 */
async function bundleLeftBehind(at, base, head, storeDir, fileFor, seek) {
    const known = new Set([base, head]);
    const given = await givenRefs(storeDir);
    const refs = [...(await ownRefs((0,external_node_path_.join)(at.dir, '.git'), given))].filter(([, commit]) => !known.has(commit));
    if (refs.length === 0)
        return [];
    // In a repository that has nothing but these refs: git reads the folder's objects, and nothing else of it.
    const scratch = `${at.index}.left`;
    try {
        await (0,world_files.removeAll)(scratch);
        await (0,git/* gitOk */.Tt)('/', ['init', '--quiet', '--bare', '--template=', ...formatOf(base), scratch]);
        const objects = [storeDir, (0,external_node_path_.join)(at.dir, '.git')].map(dir => `${(0,external_node_path_.join)(dir, 'objects')}\n`);
        await (0,world_files.writeAtomic)((0,external_node_path_.join)(scratch, 'objects/info/alternates'), objects.join(''));
        const shallow = await (0,world_files.readText)((0,external_node_path_.join)(storeDir, 'shallow'));
        if (shallow !== null)
            await (0,world_files.writeAtomic)((0,external_node_path_.join)(scratch, 'shallow'), shallow);
        const branches = await (0,git/* gitOk */.Tt)(storeDir, ['for-each-ref', '--format=%(objectname)', 'refs/heads']);
        const seen = [base, ...(head === null ? [] : [head]), ...branches.split('\n').filter(Boolean)];
        const there = await existing(refs, scratch);
        await (0,world_files.writeAtomic)((0,external_node_path_.join)(scratch, 'packed-refs'), there.map(([name, sha]) => `${sha} ${name}\n`).join(''));
        const unseen = seen.map(commit => `--no-merged=${commit}`);
        const listed = await (0,git/* gitOk */.Tt)(scratch, ['for-each-ref', '--format=%(refname)', ...unseen]);
        const names = listed.split('\n').filter(Boolean);
        if (names.length === 0)
            return [];
        const range = [...names, '--not', ...seen];
        const file = fileFor(seek !== null && (await holdsSecret(scratch, range, seek)));
        const stale = [true, false].map(fileFor);
        await Promise.all([...stale, `${file}.lock`].map(world_files.removeAll));
        const args = ['bundle', 'create', '--quiet', file, ...range];
        await (0,git/* gitOk */.Tt)(scratch, args, { timeoutMs: LONGEST_MS });
        return names;
    }
    finally {
        await (0,world_files.removeAll)(scratch);
    }
}
/** In the lines that the commits add, or in their own words. */
async function holdsSecret(dir, range, seek) {
    const words = await (0,git/* gitOk */.Tt)(dir, ['log', '--format=%an%n%ae%n%B', ...range], { timeoutMs: LONGEST_MS });
    return seek(words).length > 0 || (await seekCommits(dir, range, seek)).length > 0;
}
/** A ref that leads nowhere would spoil the others. */
async function existing(refs, scratch) {
    const input = refs.map(([, sha]) => `${sha}^{commit}\n`).join('');
    const { stdout } = await (0,git/* git */.$Y)(scratch, ['cat-file', '--batch-check'], { input });
    const lines = stdout.split('\n');
    return refs.filter((_, i) => / commit \d+$/.test(lines[i] ?? ''));
}
function formatOf(commit) {
    return [`--object-format=${commit.length === 64 ? 'sha256' : 'sha1'}`];
}

;// CONCATENATED MODULE: ./build/world/merging.js
/** A merge under way in a working folder: begun for a remediation, and looked at when that has ended. */






/**
 * Merges a candidate into a fresh folder that nobody has used yet, leaving the merge under way: with markers in
 * place where it conflicts. The folder's own git directory is ours until then.
 */
async function startMerge(at, candidate) {
    const merged = await (0,git/* git */.$Y)(at.dir, [
        '-c',
        'merge.conflictStyle=merge',
        'merge',
        '--no-commit',
        '--no-ff',
        '--quiet',
        candidate,
    ]);
    if (merged.exitCode > 1)
        throw new Error(`git merge exited with ${merged.exitCode}: ${merged.stderr.trim()}`);
    const [status, unmerged] = await Promise.all([
        (0,git/* gitOk */.Tt)(at.dir, ['status', '--porcelain']),
        (0,git/* gitOk */.Tt)(at.dir, ['diff', '--name-only', '-z', '--diff-filter=U']),
    ]);
    const files = unmerged.split('\0').filter(path => path !== '');
    const asked = ['check-attr', '-z', '--stdin', 'conflict-marker-size'];
    // Of each file: its name, the attribute, the value.
    const told = (await (0,git/* gitOk */.Tt)(at.dir, asked, { input: unmerged })).split('\0');
    const conflicted = files.map(async (file, i) => ({
        file,
        left: await contentAt((0,external_node_path_.join)(at.dir, file)),
        markerSize: Number.parseInt(told[3 * i + 2] ?? '', 10) || 7,
    }));
    return { status, conflicted: await Promise.all(conflicted) };
}
/**
 * Which of the files nobody has decided: those that still hold a line that opens or closes a conflict, and those without
 * any (binary, or removed on one side) that are as the merge left them and unmerged in the folder's index.
 */
async function unresolved(at, conflicted, storeDir) {
    if (conflicted.length === 0)
        return [];
    const listed = await listOwnIndex(at, ['--unmerged'], storeDir);
    const unmerged = new Set(listed.map(entry => entry.slice(entry.indexOf('\t') + 1)));
    const files = [];
    for (const { file, left, markerSize } of conflicted) {
        const path = (0,external_node_path_.join)(at.dir, file);
        const untouched = unmerged.has(Buffer.from(file).toString('latin1')) && (await contentAt(path)) === left;
        if (untouched || (await holdsMarkers(path, markerSize)))
            files.push(file);
    }
    return files;
}
async function holdsMarkers(path, size) {
    // A link, or what lies behind one, is not a file that conflicted.
    if (!(await (0,world_files.isFile)(path)))
        return false;
    return new RegExp(`^(<{${size}}|>{${size}})( |\\r?$)`, 'm').test(await (0,promises_.readFile)(path, 'utf8'));
}
async function contentAt(path) {
    const found = await (0,promises_.lstat)(path).catch(() => null);
    if (found?.isSymbolicLink())
        return `link to ${await (0,promises_.readlink)(path)}`;
    if (!found?.isFile())
        return found === null ? 'nothing' : 'no file';
    return (0,external_node_crypto_.createHash)('sha256')
        .update(await (0,promises_.readFile)(path))
        .digest('hex');
}

;// CONCATENATED MODULE: ./build/world/setup-settings.js
/** What `setup` has defined in a folder's own configuration: it unlocks (git-crypt) or installs (nbstripout) as a person would in a clone. */







/** What git itself, and we, put into a `.git`, and what holds contents that are no setting. */
const NO_STATE = /^(?:.*HEAD|.*_(?:MSG|RR|MODE|EDITMSG|INDEX_FILE)|config.*|description|hooks|index.*|sharedindex\..*|info|logs|objects|refs|packed-refs|shallow.*|modules|worktrees|lfs|annex|rr-cache|branches|rebase-.*|sequencer|gc\..*)$/;
/**
 * Keeps it beside the folder, with the keys and the like that such a tool has put into its `.git`: from then on it holds for
 * our git commands in there, whatever the worker makes of it. What the checkout defines as well is as there.
 */
async function keepSetupSettings(at, options) {
    if (await hasConfigAsWritten(at, options))
        return;
    const { exitCode, stdout } = await (0,git/* git */.$Y)(at.dir, ['config', '--list', '-z', '--show-scope', '--includes']);
    if (exitCode !== 0)
        return;
    const settings = (0,git_settings/* readScopedSettings */.mg)(stdout).filter(setting => !(0,git_settings/* isInclude */.dd)(setting));
    const ours = new Set(settings.filter(({ scope }) => scope === 'global').map(({ key }) => key));
    const own = settings.filter(({ scope }) => scope === 'local' || scope === 'worktree');
    const found = own.filter(each => !ours.has(each.key) && ((0,git_settings/* isConversion */.rv)(each) || (0,git_settings/* isCoreConversion */.qx)(each)));
    if (!found.some(git_settings/* isConversion */.rv))
        return;
    const { folder, file } = settingsOf(at);
    const gitDir = (0,external_node_path_.join)(folder, '.git');
    for (const name of ['objects', 'refs'])
        await (0,promises_.mkdir)((0,external_node_path_.join)(gitDir, name), { recursive: true });
    await (0,promises_.writeFile)((0,external_node_path_.join)(gitDir, 'HEAD'), 'ref: refs/heads/none\n');
    await (0,promises_.writeFile)((0,external_node_path_.join)(gitDir, 'config'), (0,git_settings/* settingsText */.JV)(own));
    for (const name of await (0,world_files.namesIn)((0,external_node_path_.join)(at.dir, '.git'))) {
        if (NO_STATE.test(name))
            continue;
        await (0,promises_.cp)((0,external_node_path_.join)(at.dir, '.git', name), (0,external_node_path_.join)(gitDir, name), { recursive: true });
    }
    const pinned = (0,git/* gitEnvironment */._K)(process.env).GIT_CONFIG_GLOBAL;
    const base = pinned === undefined ? [] : [{ key: 'include.path', value: pinned }];
    await (0,promises_.writeFile)(file, (0,git_settings/* settingsText */.JV)([...base, ...found.map(each => (0,git_settings/* runIn */.VO)(folder, each))]));
}

;// CONCATENATED MODULE: ./build/world/filters.js
/** Filters (`filter=<name>` in attributes): what they make of a file is stored, and never the file itself. */








/**
 * Has our index hold what the filters make of files that came from the worker's index: its own git may have had no filter, or
 * another one. With `staged` null of all of them: one has failed, and git has taken the file as it is. Returns git's words on
 * those that it could not take; null: there was none.
 */
async function filterAgain(at, filtered, staged, storeDir) {
    const theirs = new Map(staged?.map(({ name, blob }) => [name, blob]));
    const known = filtered.length === 0 ? new Set() : await definedIn(at, storeDir);
    const suspect = filtered.filter(({ name, blob, filter }) => known.has(filter) && (staged === null || theirs.get(name) === blob));
    // As it was, and not as it is: what the filter refuses is not taken.
    if (!(await putBefore(at, suspect, storeDir)))
        return null;
    const required = [...new Set(suspect.map(({ filter }) => [`filter.${filter}.required`, 'true']))];
    return addAll(suspect.map(({ path }) => `:(literal)${path}`), { ...outside(at, storeDir), ...(0,git/* withSettings */.GY)(required) }, at);
}
/** Puts back as they were those whose filter nobody defines; returns words on them. */
async function refuseRaw(at, base, filtered, changes, storeDir) {
    if (filtered.length === 0)
        return [];
    const known = await definedIn(at, storeDir);
    const still = new Map(changes.map(({ name, blob }) => [name, blob]));
    const foreign = filtered.filter(({ filter, name, blob }) => !known.has(filter) && still.get(name) === blob);
    const raw = await rawOf(at, base, foreign, changes, storeDir);
    await putBefore(at, raw, storeDir);
    return raw.map(({ path, filter }) => `'${path}' is stored through the filter '${filter}', and nobody has defined that`);
}
/** The filters that the checkout, the user or `setup` has defined. */
async function definedIn(at, storeDir) {
    const env = outside(at, storeDir);
    const listed = await (0,git/* git */.$Y)(at.dir, ['config', '-z', '--get-regexp', '^filter\\.'], { env });
    return (0,git_settings/* filtersIn */.HS)((0,git_settings/* readSettings */.sb)(listed.stdout));
}
/** Has our index hold what the base has there. Returns whether there was any. */
function putBefore(at, changes, storeDir) {
    const before = changes.map(({ name, oldMode, oldBlob }) => ({ name, mode: oldMode, blob: oldBlob }));
    return putBack(at, before, storeDir);
}
/** The changed files with such an attribute, as it holds in the folder. One that was moved is stored as it was before. */
async function filteredOf(at, changes, storeDir) {
    const before = new Set(changes.map(({ oldBlob }) => oldBlob));
    const files = changes.filter(
    // A path that leads out of the folder, which an index may hold, has no attributes.
    ({ path, mode, blob }) => /^100/.test(mode) && !before.has(blob) && (0,place/* pathProblem */.z9)(path) === null);
    const filters = await filtersAt(at.dir, files, outside(at, storeDir));
    return files.flatMap((file, i) => {
        const filter = filters[i] ?? '';
        return NO_FILTER.includes(filter) ? [] : [{ ...file, filter }];
    });
}
const NO_FILTER = ['unspecified', 'unset', 'set', ''];
async function filtersAt(dir, files, env) {
    if (files.length === 0)
        return [];
    const input = files.map(({ name }) => `${name}\0`).join('');
    const asked = ['check-attr', '-z', '--stdin', 'filter'];
    // Of each file: its name, the attribute, the value.
    const values = (await (0,git/* gitOk */.Tt)(dir, asked, { env, input, encoding: 'latin1' })).split('\0');
    return files.map((_, i) => values[3 * i + 2] ?? '');
}
/**
 * Those that would be stored as they are although the branch says otherwise. A worker may bring attributes of its own, of a
 * filter that is its own; but Git LFS is no worker's, and a pointer is by itself what that would store.
 */
async function rawOf(at, base, files, changes, storeDir) {
    const [lfs, others] = [files.filter(isLfs), files.filter(each => !isLfs(each))];
    const pointers = lfs.length === 0
        ? new Set()
        : await pointersAmong(lfs.map(({ blob }) => blob), storeDir);
    const raw = lfs.filter(({ blob }) => !pointers.has(blob));
    const isOwn = others.length > 0 && changes.some(({ path }) => path.split('/').at(-1) === ATTRIBUTES);
    return [...raw, ...(isOwn ? await alsoAtBase(at, base, others, storeDir) : others)];
}
const ATTRIBUTES = '.gitattributes';
function isLfs({ filter }) {
    return filter === 'lfs';
}
/** Those whose filter the base's attributes name as well. */
async function alsoAtBase(at, base, files, storeDir) {
    const folders = new Set(files.flatMap(({ path }) => path.split('/').map((_, i, parts) => parts.slice(0, i).join('/'))));
    const scratch = `${at.index}.attributes`;
    try {
        await (0,world_files.removeAll)(scratch);
        for (const folder of folders) {
            const { exitCode, stdout } = await (0,git/* git */.$Y)(storeDir, [
                'cat-file',
                'blob',
                `${base}:${external_node_path_.posix.join(folder, ATTRIBUTES)}`,
            ]);
            if (exitCode !== 0)
                continue;
            await (0,promises_.mkdir)((0,external_node_path_.join)(scratch, folder), { recursive: true });
            await (0,promises_.writeFile)((0,external_node_path_.join)(scratch, folder, ATTRIBUTES), stdout);
        }
        await (0,promises_.mkdir)(scratch, { recursive: true });
        const filters = await filtersAt(scratch, files, outside({ dir: scratch, index: `${scratch}/none` }, storeDir));
        return files.filter(({ filter }, i) => filters[i] === filter);
    }
    finally {
        await (0,world_files.removeAll)(scratch);
    }
}

;// CONCATENATED MODULE: ./build/world/foreign-objects.js
/**
 * Blobs of a worker's own repository, taken over into the store. They are believed by their content alone: what lies there
 * under the name of another object does not come along.
 */







/** Larger ones, as they lie on the disk, are left to git: reading one holds everything else up. */
const LARGEST_READ = 4 * 1024 * 1024;
/** Returns those that are in neither of the two, or are not what they are called. */
async function takeBlobs(at, blobs, storeDir) {
    const rest = [];
    for (const blob of new Set(blobs))
        if (!(await takeLoose(at.dir, blob, storeDir)))
            rest.push(blob);
    const missing = await missingIn(storeDir, rest);
    if (missing.length === 0)
        return new Set();
    await takePacked(at, missing, storeDir);
    return new Set(await missingIn(storeDir, missing));
}
/** What a worker's `git add` writes: most often that is all, and no process is needed. */
async function takeLoose(dir, blob, storeDir) {
    const file = (0,external_node_path_.join)(dir, '.git', 'objects', blob.slice(0, 2), blob.slice(2));
    const stats = await (0,promises_.lstat)(file).catch(() => null);
    if (!stats?.isFile() || stats.size > LARGEST_READ)
        return false;
    try {
        const object = (0,external_node_zlib_.inflateSync)(await (0,promises_.readFile)(file), { maxOutputLength: 16 * LARGEST_READ });
        const start = object.indexOf(0) + 1;
        if (!object.toString('latin1', 0, start).startsWith('blob '))
            return false;
        return writeLoose(storeDir, 'blob', object.subarray(start), algorithmOf(blob)) === blob;
    }
    catch {
        return false;
    }
}
async function missingIn(storeDir, blobs) {
    if (blobs.length === 0)
        return [];
    const input = blobs.map(blob => `${blob}\n`).join('');
    const lines = (await (0,git/* gitOk */.Tt)(storeDir, ['cat-file', '--batch-check'], { input })).split('\n');
    return blobs.filter((_, i) => !/ blob \d+$/.test(lines[i] ?? ''));
}
/** `index-pack` names each object anew, by its content. */
async function takePacked(at, blobs, storeDir) {
    const aside = `${at.index}.objects`;
    const packs = (0,external_node_path_.join)(storeDir, 'objects', 'pack');
    try {
        await (0,world_files.removeAll)(aside);
        await (0,world_files.makeFolder)(aside);
        const input = blobs.map(blob => `${blob}\n`).join('');
        const env = withObjectsOf(at.dir);
        await (0,git/* git */.$Y)(storeDir, ['pack-objects', '--quiet', '--missing=allow-any', (0,external_node_path_.join)(aside, 'pack')], {
            env,
            input,
            timeoutMs: LONGEST_MS,
        });
        for (const name of (await (0,world_files.filesIn)(aside)).filter(each => each.endsWith('.pack'))) {
            const pack = (0,external_node_path_.join)(aside, name);
            const index = pack.replace(/pack$/, 'idx');
            await (0,world_files.removeAll)(index);
            await (0,git/* git */.$Y)(storeDir, ['index-pack', pack], { timeoutMs: LONGEST_MS });
            if (!(await (0,world_files.isFile)(index)))
                continue;
            await (0,world_files.makeFolder)(packs);
            await (0,promises_.rename)(pack, (0,external_node_path_.join)(packs, name));
            await (0,promises_.rename)(index, (0,external_node_path_.join)(packs, name.replace(/pack$/, 'idx')));
        }
    }
    finally {
        await (0,world_files.removeAll)(aside);
    }
}

;// CONCATENATED MODULE: ./build/world/inner.js
/**
 * Repositories that a worker made inside its folder (`git init`, `git clone`, `git worktree add`). A commit can only hold
 * a pointer to their commit; what is kept of the work is to hold their files.
 */





/** With more than this something else is going on. */
const MOST = 100;
/**
 * `submodules` are those of the base, and none of these. While it looks their `.git` lies aside: without one each is a
 * folder like any other, and the ignore rules above it hold in it.
 */
async function takeInner(submodules, env, at) {
    const known = new Set(submodules);
    const found = new Map();
    const aside = [];
    try {
        for (const queue = [...(await innerIn(['.'], env, at))]; queue.length > 0 && found.size < MOST;) {
            const path = queue.shift();
            if (known.has(path))
                continue;
            known.add(path);
            const place = (0,external_node_path_.join)(path, `.git-${(0,external_node_crypto_.randomBytes)(6).toString('hex')}`);
            const moved = await (0,promises_.rename)((0,external_node_path_.join)(at.dir, path, '.git'), (0,external_node_path_.join)(at.dir, place)).then(() => true, () => false);
            if (!moved)
                continue;
            aside.push(place);
            await (0,git/* gitOk */.Tt)(at.dir, ['update-index', '--force-remove', '-z', '--stdin'], { env, input: `${path}\0` });
            const pathspecs = [`:(literal)${path}`, ...aside.map(without)];
            found.set(path, await addAll(pathspecs, env, at));
            // One inside the other shows only now.
            queue.push(...(await innerIn(pathspecs, env, at)));
        }
    }
    finally {
        for (const place of aside.reverse())
            await (0,promises_.rename)((0,external_node_path_.join)(at.dir, place), (0,external_node_path_.join)(at.dir, place, '../.git'));
    }
    // Words on one that lies deeper are its own.
    const ownWords = (path, words) => words.filter(word => ![...found.keys()].some(other => other !== path && word.startsWith(`'${other}/'`)));
    return [...found].map(([path, words]) => ({ path, taken: ownWords(path, words).length === 0 }));
}
/** Those that git took for submodules, and those without a commit, which it leaves out. */
async function innerIn(pathspecs, env, at) {
    const args = ['ls-files', '--others', '--exclude-standard', '-z', '--', ...pathspecs];
    const others = (await (0,git/* gitOk */.Tt)(at.dir, args, { env })).split('\0').filter(path => path.endsWith('/'));
    return [...(await gitlinks(pathspecs, env, at)), ...others.map(path => path.slice(0, -1))];
}

;// CONCATENATED MODULE: ./build/world/worker-git.js
/** Where a worker's own repository stands at the end, read as data: its HEAD, what it is in the middle of. */






/** More would be too long for one command. */
const MOST_GIVEN = 2000;
/** `start`: the commit the folder was made at; `branch`: in the store, where it may have moved on since. */
async function standingOf(dir, start, branch, storeDir) {
    const gitDir = (0,external_node_path_.join)(dir, '.git');
    // A link, or a file, leads to somebody else's.
    if (!(await (0,world_files.isFolder)(gitDir)))
        return { head: null, base: start, related: true };
    const head = await headOf(gitDir);
    if (head === start)
        return { head, base: start, related: true };
    if (head === null)
        return { head, base: start, related: !(await isUnborn(gitDir, branch)) };
    const options = { env: withObjectsOf(dir), timeoutMs: LONGEST_MS };
    // With several commits behind the first: what any of them holds. The worker's own graph file is not believed.
    const commonWith = async (others) => {
        const args = ['-c', 'core.commitGraph=false', 'merge-base', '--all', head, start, `refs/heads/${branch}`];
        const { exitCode, stdout } = await (0,git/* git */.$Y)(storeDir, [...args, ...others], options);
        return exitCode > 1 ? null : stdout.split('\n').filter(Boolean);
    };
    const first = await commonWith([]);
    // It names a commit that is not there.
    if (first === null)
        return { head: null, base: start, related: true };
    // Where it went elsewhere, that may be a tag or another branch of the remote: what these hold is not its own either.
    const given = first.includes(start) ? [] : [...new Set((await givenRefs(storeDir)).values())];
    const bases = given.length === 0 ? first : ((await commonWith(given.slice(0, MOST_GIVEN))) ?? first);
    if (bases.length === 0)
        return { head, base: start, related: await isCutOff(head, storeDir, options) };
    // Several where the worker merged commits that the branch has merged as well.
    return { head, base: bases.includes(start) ? start : bases[0], related: true };
}
/** A branch of the worker's own that has no commit yet; where its first branch is gone, the repository is broken. */
async function isUnborn(gitDir, branch) {
    const text = await (0,world_files.readStart)((0,external_node_path_.join)(gitDir, 'HEAD'), 1024);
    const name = /^ref: refs\/heads\/(\S+)\s*$/.exec(text ?? '')?.[1];
    return name !== undefined && name !== branch;
}
/** Whether a shallow history ends before it could show what HEAD has in common with the branch. */
async function isCutOff(head, storeDir, options) {
    const shallow = await (0,world_files.readText)((0,external_node_path_.join)(storeDir, 'shallow'));
    if (shallow === null)
        return false;
    const { stdout } = await (0,git/* git */.$Y)(storeDir, ['rev-list', '--max-parents=0', head], options);
    const ends = new Set(shallow.split('\n').filter(Boolean));
    return stdout.split('\n').some(root => ends.has(root));
}
const UNDER_WAY = [
    ['rebase-apply/applying', 'am'],
    ['rebase-apply', 'rebase'],
    ['rebase-merge', 'rebase'],
    ['MERGE_HEAD', 'merge'],
    ['CHERRY_PICK_HEAD', 'cherry-pick'],
    ['REVERT_HEAD', 'revert'],
];
/** What git is in the middle of in the folder; null: nothing. */
async function operationIn(dir) {
    for (const [name, operation] of UNDER_WAY) {
        const path = (0,external_node_path_.join)(dir, '.git', name);
        if ((await (0,world_files.isFile)(path)) || (await (0,world_files.isFolder)(path)))
            return operation;
    }
    return sequencerIn(dir);
}
/** Between two commits of a row of cherry-picks or reverts only its list of things to do is there. */
async function sequencerIn(dir) {
    const todo = await (0,world_files.readStart)((0,external_node_path_.join)(dir, '.git', 'sequencer', 'todo'), 16);
    if (todo === null)
        return null;
    return todo.startsWith('revert') ? 'revert' : 'cherry-pick';
}

;// CONCATENATED MODULE: ./build/world/worker-index.js
var worker_index_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
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
var worker_index_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
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
/**
 * The worker's own index, read as data: what it staged or committed and the folder's files do not show (`git rm --cached`,
 * an executable bit, ignored files added by force) is in there alone.
 */








/** Has our index of the folder be what the worker's own holds. null: it is ours as it was made, nothing was staged. */
async function adoptIndex(at, head, base, storeDir) {
    const own = (0,external_node_path_.join)(at.dir, '.git', 'index');
    const there = await (0,world_files.isFile)(own);
    if (there ? await worker_index_isSame(own, at.index) : head === null || head === base)
        return null;
    if (there) {
        const staged = (await copyOf(own, at, base, storeDir)) ? await stagedIn(at, base, storeDir) : null;
        if (staged !== null)
            return staged;
    }
    // It is gone, or cannot be read: what was committed is left.
    const env = { ...outside(at, storeDir), ...withObjectsOf(at.dir) };
    await (0,git/* gitOk */.Tt)(at.dir, ['read-tree', head ?? base], { env, timeoutMs: LONGEST_MS });
    return (await stagedIn(at, base, storeDir)) ?? [];
}
/** An index ends in the hash of what it holds; zeros where its writer saved the time. */
async function worker_index_isSame(one, other) {
    const [a, b] = await Promise.all([endOf(one), endOf(other)]);
    return a !== null && a === b && !/ 0+$/.test(a);
}
async function endOf(path) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const file = worker_index_addDisposableResource(env_1, await (0,world_files.openRegular)(path), true);
        if (file === null)
            return null;
        const { size } = await file.stat();
        const { buffer, bytesRead } = await file.read(Buffer.alloc(20), 0, 20, Math.max(0, size - 20));
        return `${size} ${buffer.toString('hex', 0, bytesRead)}`;
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = worker_index_disposeResources(env_1);
        if (result_1)
            await result_1;
    }
}
/** Returns whether it is whole. git does not look: it reads what lies behind the end of a torn one. */
async function copyOf(own, at, base, storeDir) {
    const aside = `${at.index}.theirs`;
    const { atime, mtimeMs } = await (0,promises_.lstat)(own);
    const bytes = await (0,promises_.readFile)(own);
    const end = bytes.length - base.length / 2;
    const [body, hash] = [bytes.subarray(0, end), bytes.subarray(end).toString('hex')];
    if (end <= 0 || (!/^0+$/.test(hash) && (0,external_node_crypto_.createHash)(algorithmOf(base)).update(body).digest('hex') !== hash))
        return false;
    await (0,promises_.writeFile)(aside, bytes);
    // git reads a file again that was written in the second of its index: a younger copy would hide a change.
    await (0,promises_.utimes)(aside, atime, Math.floor(mtimeMs / 1000));
    await (0,promises_.rename)(aside, at.index);
    const shared = (await (0,world_files.namesIn)((0,external_node_path_.join)(own, '..'))).filter(name => /^sharedindex\.[0-9a-f]+$/.test(name));
    return shared.length === 0 || joinSplit(shared, at, storeDir);
}
/** An index that was split lies in two files of one git directory: here one of these alone, and nothing else of it. */
async function joinSplit(shared, at, storeDir) {
    const scratch = `${at.index}.split`;
    try {
        await (0,world_files.removeAll)(scratch);
        await (0,world_files.makeFolder)((0,external_node_path_.join)(scratch, 'refs'));
        await (0,world_files.writeAtomic)((0,external_node_path_.join)(scratch, 'HEAD'), 'ref: refs/heads/none\n');
        await (0,promises_.copyFile)((0,external_node_path_.join)(storeDir, 'config'), (0,external_node_path_.join)(scratch, 'config'));
        for (const name of shared) {
            const from = (0,external_node_path_.join)(at.dir, '.git', name);
            if (await (0,world_files.isFile)(from))
                await (0,promises_.copyFile)(from, (0,external_node_path_.join)(scratch, (0,external_node_path_.basename)(name)));
        }
        const env = {
            ...outside(at, scratch),
            ...withObjectsOf(at.dir),
            GIT_OBJECT_DIRECTORY: (0,external_node_path_.join)(storeDir, 'objects'),
        };
        const joined = await (0,git/* git */.$Y)(at.dir, ['update-index', '--no-split-index', '--force-write-index'], { env });
        return joined.exitCode === 0;
    }
    finally {
        await (0,world_files.removeAll)(scratch);
    }
}
/** What the index holds otherwise than the commit; null: git cannot read it. */
async function stagedIn(at, base, storeDir) {
    const args = ['diff-index', '--cached', '--raw', '-z', '--no-renames', '--abbrev=64', base];
    const env = { ...outside(at, storeDir), ...withObjectsOf(at.dir) };
    const { exitCode, stdout } = await (0,git/* git */.$Y)(at.dir, args, { env, encoding: 'latin1', timeoutMs: LONGEST_MS });
    return exitCode === 0 ? parseDiff(stdout).raw : null;
}
/**
 * Those of the staged files whose executable bit was staged and not set: git has not seen the file since, and its mode is
 * another one. `git add` would take the bit back.
 */
async function stagedModes(at, staged, storeDir) {
    const found = [];
    for (const change of staged) {
        // A new file that is made executable right after `git add` may look the same: file systems count time in ticks.
        const isStaged = change.mode === '100755' || (change.mode === '100644' && change.oldMode === '100755');
        if (!isStaged || change.mode === change.oldMode)
            continue;
        const stats = await (0,promises_.lstat)((0,external_node_path_.join)(at.dir, change.path), { bigint: true }).catch(() => null);
        if (!stats?.isFile() || ((stats.mode & 64n) !== 0n) === (change.mode === '100755'))
            continue;
        const seen = [stats.ctimeNs, stats.mtimeNs, BigInt.asUintN(32, stats.ino), BigInt.asUintN(32, stats.size)];
        if ((await seenByIndex(at, change.path, storeDir)) === seen.join(' '))
            found.push(change);
    }
    return found;
}
/** Change, write time, inode and size of the file when git last looked at it. */
async function seenByIndex(at, path, storeDir) {
    const env = { ...outside(at, storeDir), GIT_LITERAL_PATHSPECS: '1' };
    const { stdout } = await (0,git/* git */.$Y)(at.dir, ['ls-files', '--debug', '-z', '--', path], { env });
    const time = '(\\d+):(\\d+)';
    const lines = new RegExp(`ctime: ${time}\\n  mtime: ${time}\\n.*\\tino: (\\d+)\\n.*\\n  size: (\\d+)\\t`);
    const [, cs, cn, ms, mn, ino, size] = lines.exec(stdout) ?? [];
    if (cs === undefined)
        return null;
    const ns = (seconds = '', rest = '') => BigInt(seconds) * 1000000000n + BigInt(rest);
    return [ns(cs, cn), ns(ms, mn), ino, size].join(' ');
}

;// CONCATENATED MODULE: ./build/world/snapshot.js
/**
 * What a worker has left in its folder, read as data: through the store's git directory and an index of ours. Nothing
 * in the folder's `.git`, or in a repository inside the folder, is trusted or run.
 */
















const SUBMODULE = '160000';
/**
 * What `git add --all && git commit` would commit in the folder, which was made at `start`: what its index holds, and then
 * what its files are otherwise.
 */
async function snapshot(at, start, branch, storeDir) {
    const env = outside(at, storeDir);
    const special = await disarm(at.dir);
    const { head, base, related } = await standingOf(at.dir, start, branch, storeDir);
    const staged = await adoptIndex(at, head, base, storeDir);
    const [operation, before] = await Promise.all([operationIn(at.dir), pointersIn(base, storeDir)]);
    const lost = staged === null ? [] : await takeStaged(at, staged, storeDir);
    const modes = staged === null ? [] : await stagedModes(at, staged, storeDir);
    const submodules = await submodulesOf(at, before, staged ?? []);
    const entries = submodules.flatMap(({ path, now }) => {
        if (now === null)
            return [`0 ${'0'.repeat(base.length)}\t${path}\0`];
        return now === 'untouched' ? [] : [`${SUBMODULE} ${now}\t${path}\0`];
    });
    if (entries.length > 0)
        await (0,git/* gitOk */.Tt)(at.dir, ['update-index', '-z', '--index-info'], { env, input: entries.join('') });
    // To see whether a submodule is dirty git would run git in there, with that repository's own filters.
    const known = submodules.flatMap(({ path, now }) => (now === null ? [] : [path]));
    const paths = ['.', ...known.map(without)];
    const first = await addAll(paths, env, at);
    await putBack(at, modes, storeDir);
    const writeTree = async () => (await (0,git/* gitOk */.Tt)(at.dir, ['write-tree'], { env })).trim();
    const seen = await writeTree();
    const changes = await changesBetween(storeDir, base, seen);
    // To look for them takes time: only where git named one, or took one for a submodule.
    const mayBeInner = first.length > 0 || changes.raw.some(change => change.mode === SUBMODULE && change.oldMode !== SUBMODULE);
    const inner = mayBeInner ? await takeInner(known, env, at) : [];
    const others = [...paths, ...inner.map(each => without(each.path))];
    const left = inner.length > 0 ? await addAll(others, env, at) : first;
    const all = inner.length > 0 ? await writeTree() : seen;
    const differing = all === seen ? changes : await changesBetween(storeDir, base, all);
    const filtered = await filteredOf(at, differing.raw, storeDir);
    const again = await filterAgain(at, filtered, left.some(isAboutFilter) ? null : (staged ?? []), storeDir);
    // A filter may write as it is what it has not made: that says nothing of who stored it so.
    const names = new Set(filtered.map(({ name }) => name));
    const plain = (staged ?? []).filter(({ name }) => !names.has(name));
    const restored = await restoreUntouched(at, base, differing.raw, plain, names, storeDir);
    const changed = again !== null || restored;
    const touched = changed ? await changesBetween(storeDir, base, await writeTree()) : differing;
    const raw = await refuseRaw(at, base, filtered, touched.raw, storeDir);
    const tree = changed || raw.length > 0 ? await writeTree() : all;
    const unmerged = (staged ?? []).filter(({ status }) => status === 'U').map(({ path }) => path);
    return {
        tree,
        base,
        changes: raw.length > 0 ? await changesBetween(storeDir, base, tree) : touched,
        head,
        related,
        underWay: { operation, unmerged: [...new Set(unmerged)] },
        left: [...new Set([...lost, ...left, ...(again ?? []), ...raw])].filter(words => !isAboutFilter(words)),
        inner,
        special,
    };
}
/**
 * Brings into the store what the worker's index names, and takes out of our copy what cannot be: files of the folder are
 * then read anew. Returns words on what is nowhere.
 */
async function takeStaged(at, staged, storeDir) {
    const files = staged.filter(({ mode }) => /^1[02]0/.test(mode));
    const blobs = files.map(({ blob }) => blob).filter(blob => !/^0+$/.test(blob));
    const missing = await takeBlobs(at, blobs, storeDir);
    await takeLfsOf(blobs, (0,external_node_path_.join)(at.dir, '.git'), storeDir);
    const lost = files.filter(({ blob }) => missing.has(blob));
    // One with a repository in it: git must not look into that; `addAll` meets it as an untracked folder.
    const withGit = staged.filter(({ mode, oldMode }) => mode === SUBMODULE && oldMode !== SUBMODULE);
    const there = await Promise.all(withGit.map(({ path }) => (0,promises_.lstat)((0,external_node_path_.join)(at.dir, path, '.git')).then(() => true, () => false)));
    const out = [...lost, ...withGit.filter((_, i) => there[i])];
    if (out.length > 0) {
        const input = out.map(({ name }) => `${name}\0`).join('');
        const env = outside(at, storeDir);
        const args = ['update-index', '--force-remove', '-z', '--stdin'];
        await (0,git/* gitOk */.Tt)(at.dir, args, { env, input, encoding: 'latin1' });
    }
    const inFolder = await Promise.all(lost.map(({ path }) => (0,promises_.lstat)((0,external_node_path_.join)(at.dir, path)).catch(() => null)));
    return lost
        .filter((_, i) => inFolder[i] === null)
        .map(({ path }) => `'${path}' was staged, and its content is not there`);
}
/** By store and commit: many workspaces stand on the same one, and to look through a large tree takes time. */
const pointers = new Map();
const MOST_REMEMBERED = 100;
function pointersIn(base, storeDir) {
    const key = `${storeDir} ${base}`;
    const known = pointers.get(key) ?? readPointers(base, storeDir);
    pointers.set(key, known);
    known.catch(() => pointers.delete(key));
    for (const oldest of [...pointers.keys()].slice(0, -MOST_REMEMBERED))
        pointers.delete(oldest);
    return known;
}
async function readPointers(base, storeDir) {
    // With -d: folders and submodules only.
    const listed = await (0,git/* gitOk */.Tt)(storeDir, ['ls-tree', '-r', '-d', '-z', base]);
    return listed.split('\0').flatMap(line => {
        const [, commit, path] = /^160000 commit (\S+)\t(.*)$/s.exec(line) ?? [];
        return commit && path ? [{ commit, path }] : [];
    });
}
/** The base's submodules, read as data; `staged`: where the worker's index has them otherwise. */
async function submodulesOf(at, before, staged) {
    if (before.length === 0)
        return [];
    const moved = new Map(staged.flatMap(({ path, mode, blob }) => (mode === SUBMODULE ? [[path, blob]] : [])));
    return Promise.all(before.map(async ({ commit, path }) => {
        const folder = (0,external_node_path_.join)(at.dir, path);
        if (!(await (0,world_files.isFolder)(folder)))
            return { path, now: null };
        // Not checked out: only the index can have moved it.
        if ((await (0,world_files.namesIn)(folder)).length === 0)
            return { path, now: 'untouched' };
        const head = await headOf(await gitDirOf((0,external_node_path_.join)(folder, '.git')));
        return { path, now: head === (moved.get(path) ?? commit) ? 'untouched' : head };
    }));
}
/** At most this many of a worker's own commits are told of in its candidate's message. */
const MOST_COMMITS = 100;
/** The commits a worker made upon `base`, oldest first; merges left out. Read as data. */
async function historyOf(at, base, head, storeDir) {
    const { exitCode, stdout } = await (0,git/* git */.$Y)(storeDir, [
        'log',
        '-z',
        `-${MOST_COMMITS}`,
        '--no-merges',
        '--reverse',
        '--date=raw',
        '--format=%an <%ae> %ad%n%B',
        head,
        `^${base}`,
        // What others have landed since, and the worker fetched, is not its own.
        '--not',
        '--branches',
    ], { env: withObjectsOf(at.dir), timeoutMs: LONGEST_MS, encoding: 'latin1' });
    if (exitCode !== 0)
        return [];
    return stdout
        .split('\0')
        .filter(entry => entry !== '')
        .map(bytes => {
        const entry = snapshot_textOf(Buffer.from(bytes, 'latin1'));
        const end = entry.indexOf('\n');
        return { author: entry.slice(0, end).replace(/[\r\0]/g, ''), message: entry.slice(end + 1) };
    });
}
/** git has made UTF-8 of all that names its encoding. What is none all the same is most likely the other common one. */
function snapshot_textOf(bytes) {
    return bytes.toString((0,external_node_buffer_.isUtf8)(bytes) ? 'utf8' : 'latin1');
}

;// CONCATENATED MODULE: ./build/world/checkout.js
/**
 * Working folders with files of one commit: workspaces and gate checkouts. Each has a git directory of its own
 * that shares the store's objects and cannot push; but we read and write its files through the store and an
 * index of ours beside it, so that nothing its user did to its `.git` is ever trusted or run.
 */














/** Files of `commit` in a new folder, with a local branch at it. The folder must not exist yet. */
async function createCheckout(at, commit, options, effort = {}) {
    await (0,promises_.mkdir)(at.dir, { recursive: true });
    await writeFiles(at, commit, options.storeDir, effort);
    await writeGitDirectory(at, commit, options);
}
/** With what a command mounted there taken off first. */
async function removeCheckout(at) {
    await (0,world_mounts/* removeFolder */.v$)(at.dir);
    await removeIndex(at);
}
/** Takes out what a command left behind, but for ignored files; of the folder's `.git` nothing stays. */
async function tidyCheckout(at, options) {
    const env = outside(at, options.storeDir);
    // git would remove what lies behind a mount as well.
    await (0,world_mounts/* unmountBelow */.GG)(at.dir);
    await disarm(at.dir);
    // Tracked files first: a changed `.gitignore` hides what is to go, and a folder in a file's place is left alone.
    await (0,git/* gitOk */.Tt)(at.dir, ['checkout-index', '--all', '--force', '--quiet', '--index'], { env });
    await (0,git/* gitOk */.Tt)(at.dir, ['clean', '-ffdq'], { env });
    await (0,world_files.removeAll)((0,external_node_path_.join)(at.dir, '.git'));
}
/**
 * Moves a tidy folder to another commit: only what differs is written. What that commit ignores stays; `sameRules`: it
 * ignores what the one before ignored.
 */
async function moveCheckout(at, commit, options, { sameRules, ...effort }) {
    await writeFiles(at, commit, options.storeDir, effort);
    // A rule of the tree before may have shielded what this one does not ignore.
    if (!sameRules)
        await (0,git/* gitOk */.Tt)(at.dir, ['clean', '-ffdq'], { env: outside(at, options.storeDir) });
    await (0,world_files.removeAll)((0,external_node_path_.join)(at.dir, '.git'));
    await writeGitDirectory(at, commit, options);
}
/** Whether a folder at `commit` would come out of a tidy and a move with all that a command has done to it. */
async function survivesMove(at, commit, options) {
    const { storeDir } = options;
    if (!(await isAsWritten(at, options)))
        return false;
    // As the tidy runs it, for show: whether it names anything, not what.
    const strays = await (0,git/* gitOk */.Tt)(at.dir, ['clean', '-ffdn'], {
        env: outside(at, storeDir),
        timeoutMs: LONGEST_MS,
    });
    return strays === '' && isUntouched(at, commit, storeDir);
}
/** With fewer files than this git's own checkout workers cost more than they save. */
const WORTH_WORKERS = 1000;
/** The files of `commit` alone, as our index for them says; a folder that is there becomes them. */
async function writeFiles(at, commit, storeDir, { workers = 1, signal } = {}) {
    const parallel = [`checkout.workers=${workers}`, `checkout.thresholdForParallelism=${WORTH_WORKERS}`];
    const args = [...parallel.flatMap(pair => ['-c', pair]), 'read-tree', '--reset', '-u', commit];
    await (0,git/* gitOk */.Tt)(at.dir, args, { env: outside(at, storeDir), ...(signal ? { signal } : {}) });
}
/** The run's bare repository: the checkout's objects by reference, its shallow boundary, nothing else of it. */
async function createStore(dir, source) {
    await (0,git/* gitOk */.Tt)((0,external_node_path_.dirname)(dir), [
        'init',
        '--quiet',
        '--bare',
        '--template=',
        `--object-format=${source.objectFormat}`,
        dir,
    ]);
    await (0,git/* gitOk */.Tt)(dir, ['config', 'gc.auto', '0']);
    // What the checkout ignores by this file (and may copy into workspaces) no workspace may land.
    for (const name of RULES) {
        const rules = await (0,world_files.readText)((0,external_node_path_.join)(source.gitDir, name));
        if (rules)
            await (0,world_files.writeAtomic)((0,external_node_path_.join)(dir, name), rules);
    }
    if (!source.shareObjects)
        return;
    await (0,world_files.writeAtomic)((0,external_node_path_.join)(dir, 'objects', 'info', 'alternates'), `${(0,external_node_path_.join)(source.gitDir, 'objects')}\n`);
    const shallow = await (0,world_files.readText)((0,external_node_path_.join)(source.gitDir, 'shallow'));
    if (shallow !== null)
        await (0,world_files.writeAtomic)((0,external_node_path_.join)(dir, 'shallow'), shallow);
    // A ref of our own on what the checkout has: the first fetch then asks for nothing that is there.
    await Promise.all([
        (0,git/* gitOk */.Tt)(dir, ['update-ref', 'refs/fanout/checkout', source.head]),
        keepRefs(source.gitDir, dir),
    ]);
}

// EXTERNAL MODULE: external "node:stream/promises"
var external_node_stream_promises_ = __webpack_require__(6466);
;// CONCATENATED MODULE: ./build/world/torn.js
/**
 * What a machine that lost its power leaves of a git directory of ours: files in part, empty or full of zeros. git's own
 * checks would read the objects of the checkout as well; here only the folder itself is read, each file once.
 */







/** Read at a time. */
const AT_ONCE = 16;
const LOOSE = /^([0-9a-f]{2})\/([0-9a-f]{38}|[0-9a-f]{62})$/;
/** Files that end in a hash of all that stands before it. */
const HASHED = /^(?:pack\/(?:.+\.(?:pack|idx|rev|bitmap|mtimes)|multi-pack-index)|info\/commit-graph)$/;
/** Paths below `objects` that do not hold what they should. */
async function tornObjects(storeDir, algorithm) {
    const folder = (0,external_node_path_.join)(storeDir, 'objects');
    const names = (await (0,world_files.filesBelow)(folder)).filter(name => LOOSE.test(name) || HASHED.test(name));
    const torn = [];
    for (let at = 0; at < names.length; at += AT_ONCE) {
        const some = names.slice(at, at + AT_ONCE);
        const whole = await Promise.all(some.map(name => isWhole((0,external_node_path_.join)(folder, name), name, algorithm)));
        torn.push(...some.filter((_, i) => !whole[i]));
    }
    return torn;
}
async function isWhole(file, name, algorithm) {
    const loose = LOOSE.exec(name);
    if (loose === null)
        return endsInItsHash(file, algorithm);
    const sha = `${loose[1]}${loose[2]}`;
    const hash = (0,external_node_crypto_.createHash)(algorithmOf(sha));
    return (0,external_node_stream_promises_.pipeline)((0,external_node_fs_.createReadStream)(file), (0,external_node_zlib_.createInflate)(), hash).then(() => hash.digest('hex') === sha, () => false);
}
async function endsInItsHash(file, algorithm) {
    const hash = (0,external_node_crypto_.createHash)(algorithm);
    const length = algorithm === 'sha1' ? 20 : 32;
    let last = Buffer.alloc(0);
    for await (const chunk of (0,external_node_fs_.createReadStream)(file)) {
        const bytes = Buffer.concat([last, chunk]);
        const end = Math.max(0, bytes.length - length);
        hash.update(bytes.subarray(0, end));
        last = bytes.subarray(end);
    }
    return hash.digest().equals(last);
}
const REF = /^(?:[0-9a-f]{40}|[0-9a-f]{64}|ref: refs\/[^\0\n]+)\n$/;
const PACKED_REFS = /^(?:#[^\0\n]*\n|\^?(?:[0-9a-f]{40}|[0-9a-f]{64})(?: refs\/[^\0\n]+)?\n)+$/;
const SHALLOW = /^(?:(?:[0-9a-f]{40}|[0-9a-f]{64})\n)+$/;
/** Paths in the git directory: refs, and the file that says where history ends. */
async function tornRefs(storeDir) {
    const loose = (await (0,world_files.filesBelow)((0,external_node_path_.join)(storeDir, 'refs'))).map(name => [`refs/${name}`, REF]);
    const torn = [];
    for (const [name, form] of [...loose, ['packed-refs', PACKED_REFS], ['shallow', SHALLOW]]) {
        const text = await (0,world_files.readText)((0,external_node_path_.join)(storeDir, name));
        if (text !== null && !form.test(text))
            torn.push(name);
    }
    return torn;
}
/** Whether a file holds nothing, zeros, or no more than the beginning of what it should; null: there is none. */
function isTornText(text, whole) {
    if (text === null)
        return false;
    return text === '' || text.includes('\0') || (text !== whole && whole?.startsWith(text) === true);
}

;// CONCATENATED MODULE: ./build/make-store.js
/** The run's own store: made once a run; what a machine that lost its power left of it is mended. */






const ALTERNATES = 'objects/info/alternates';
/** Without one of these it is no store. */
const NEEDED = ['HEAD', 'config', ALTERNATES];
const TEXTS = [...NEEDED, ...RULES, 'checkout-refs'];
/** A run that goes on has its store already, though its checkout may have moved: that keeps what is whole in it. */
async function makeStore({ store: dir, internal }, { repository, head }, log) {
    const source = {
        gitDir: repository.gitDir,
        head,
        shareObjects: !repository.partial,
        objectFormat: repository.objectFormat,
    };
    const isThere = (await (0,world_files.namesIn)(dir)).length > 0;
    // What a checkout had that shared its objects, the store lacks.
    const lacks = repository.partial && (await (0,world_files.readText)((0,external_node_path_.join)(dir, ALTERNATES))) !== null;
    if (!isThere || lacks) {
        await (0,world_files.removeAll)(dir);
        return createStore(dir, source);
    }
    const fresh = (0,external_node_path_.join)(internal, 'store.new');
    await (0,world_files.removeAll)(fresh);
    await createStore(fresh, source);
    const torn = await mendStore(dir, fresh, repository.objectFormat === 'sha256' ? 'sha256' : 'sha1');
    await (0,world_files.removeAll)(fresh);
    if (torn.length === 0)
        return;
    log.warning('store', `Of the run's own store ${torn.length} file(s) were torn, as they are when a machine loses its power (${(0,plain/* listed */.KE)(torn, 3)}). The store is mended: finished work that is whole is taken up, and what is not starts again.`);
}
/** What a git that was killed leaves in a store or beside our indexes; nobody else is at work there. */
async function removeLocks(dir) {
    const top = await (0,world_files.namesIn)(dir);
    const refs = top.includes('refs') ? await (0,world_files.filesBelow)((0,external_node_path_.join)(dir, 'refs')) : [];
    for (const name of [...top, ...refs.map(ref => `refs/${ref}`)]) {
        if (name.endsWith('.lock'))
            await (0,world_files.removeAll)((0,external_node_path_.join)(dir, name));
    }
}
/** Takes what is not whole from where it is, or as it is in a `fresh` store of the same checkout. Returns what that was. */
async function mendStore(dir, fresh, algorithm) {
    const texts = await mendTexts(dir, fresh);
    const objects = await tornObjects(dir, algorithm);
    const refs = await tornRefs(dir);
    if (objects.length === 0 && refs.length === 0)
        return texts;
    for (const name of objects)
        await removeTorn((0,external_node_path_.join)(dir, 'objects'), name);
    // They may lead to what is not whole, and a fetch would believe them: it has to ask for everything beyond the checkout.
    for (const name of ['refs', 'packed-refs', ...refs.filter(name => name === 'shallow')]) {
        await (0,world_files.removeAll)((0,external_node_path_.join)(dir, name));
        await (0,world_files.moveIfThere)((0,external_node_path_.join)(fresh, name), (0,external_node_path_.join)(dir, name));
    }
    await indexPacks(dir);
    return [...texts, ...refs, ...objects.map(name => `objects/${name}`)];
}
async function mendTexts(dir, fresh) {
    const torn = [];
    for (const name of TEXTS) {
        const [text, whole] = await Promise.all([dir, fresh].map(folder => (0,world_files.readText)((0,external_node_path_.join)(folder, name))));
        const isTorn = isTornText(text, whole) || (text === null && whole !== null && NEEDED.includes(name));
        if (isTorn)
            torn.push(name);
        // Its checkout may lie elsewhere by now.
        if (!isTorn && name !== ALTERNATES)
            continue;
        await (0,world_files.removeAll)((0,external_node_path_.join)(dir, name));
        if (typeof whole === 'string')
            await (0,world_files.writeAtomic)((0,external_node_path_.join)(dir, name), whole);
    }
    return torn;
}
/** A pack goes with all that is about it; what is about a pack can be made anew. */
async function removeTorn(objects, name) {
    const [, pack, kind] = /^pack\/(pack-[0-9a-f]+)\.(\w+)$/.exec(name) ?? [];
    const all = kind === 'pack' ? await (0,world_files.namesIn)((0,external_node_path_.join)(objects, 'pack')) : [];
    const about = all.filter(each => each.startsWith(`${pack}.`)).map(each => `pack/${each}`);
    for (const each of [name, ...about])
        await (0,world_files.removeAll)((0,external_node_path_.join)(objects, each));
}
/** git takes no object from a pack without an index. */
async function indexPacks(dir) {
    const folder = (0,external_node_path_.join)(dir, 'objects', 'pack');
    const names = await (0,world_files.namesIn)(folder);
    for (const name of names.filter(each => each.endsWith('.pack'))) {
        if (!names.includes(name.replace(/pack$/, 'idx')))
            await (0,git/* git */.$Y)(dir, ['index-pack', (0,external_node_path_.join)(folder, name)]);
    }
}

// EXTERNAL MODULE: ./build/decide/room.js
var room = __webpack_require__(2346);
;// CONCATENATED MODULE: ./build/world/disk.js
/** How much a tree takes, and how much is free. */


/** Files of a commit's tree; reads no file. */
async function countFiles(storeDir, commit) {
    return ((await (0,git/* gitOk */.Tt)(storeDir, ['ls-tree', '-r', '-z', '--format=%(objecttype)', commit])).split('\0').length - 1);
}
/** What a checkout of the commit takes in blocks of `block` bytes. */
async function treeSize(storeDir, commit, block) {
    const listed = await (0,git/* gitOk */.Tt)(storeDir, ['ls-tree', '-r', '-z', '--format=%(objectsize)', commit]);
    const sizes = listed.split('\0').slice(0, -1);
    // A submodule's pointer has no size: `-`.
    const bytes = sizes.reduce((sum, size) => sum + Math.ceil((Number(size) || 0) / block) * block, 0);
    return { files: sizes.length, bytes };
}
/** Of the file system the folder lies on; null: it does not say. */
async function freeSpace(folder) {
    try {
        const { bavail, bsize } = await (0,promises_.statfs)(folder);
        return { bytes: bavail * bsize, block: bsize };
    }
    catch {
        return null;
    }
}

// EXTERNAL MODULE: ./build/world/leftovers.js
var leftovers = __webpack_require__(2995);
;// CONCATENATED MODULE: ./build/world/bases.js
/**
 * Pristine files of the commits that overlay workspaces stand on. The first commit is checked out in full; any other is
 * a thin layer upon that: what an overlay keeps when git moves it from the one commit to the other.
 */







/** Mounts at `target` what is written to `upper` over `lower`; all but `target` relative to `layers`. */
async function mountOverlay({ layers, mountOptions, power }, folders, target) {
    const options = `${mountOptions},lowerdir=${folders.lower},upperdir=${folders.upper},workdir=${folders.work}`;
    const problem = await (0,world_mounts/* asRoot */.tE)(power, ['mount', '-t', 'overlay', '-o', options, 'fanout', target], layers);
    if (problem !== null)
        throw new Error(problem);
}
function openBases(place) {
    const made = new Map();
    let first = null;
    let newest = null;
    let count = 0;
    function layerOf(commit) {
        const known = made.get(commit);
        if (known)
            return known;
        const name = (0,external_node_path_.join)('bases', `${++count}-${commit.slice(0, 12)}`);
        const dir = (0,external_node_path_.join)(place.layers, name);
        const parts = { name, dir, index: `${dir}.index` };
        const ready = first ? upon(first, commit, parts, place) : wholeTree(commit, parts, place);
        const layer = { parts, commit, ready, users: 0 };
        first ??= layer;
        made.set(commit, layer);
        return layer;
    }
    async function forget(commit, layer) {
        if (made.get(commit) !== layer)
            return;
        made.delete(commit);
        if (first === layer)
            first = null;
        await Promise.all([(0,world_files.removeAll)(layer.parts.dir), (0,world_files.removeAll)(layer.parts.index)]);
    }
    return {
        async use(commit) {
            const layer = layerOf(commit);
            newest = layer;
            layer.users++;
            try {
                return await layer.ready;
            }
            catch (error) {
                await forget(commit, layer);
                throw error;
            }
        },
        async done(commit) {
            const layer = made.get(commit);
            if (layer)
                layer.users--;
            const idle = [...made].filter(([, one]) => one.users <= 0 && one !== newest && one !== first);
            await Promise.all(idle.map(([sha, one]) => forget(sha, one)));
        },
    };
}
async function upon(first, commit, parts, place) {
    const bottom = await first.ready;
    if (await changesAttributes(first.commit, commit, place.storeDir))
        return wholeTree(commit, parts, place);
    return thinLayer(commit, parts, bottom, place);
}
async function wholeTree(commit, { name, dir, index }, place) {
    await (0,promises_.mkdir)(dir, { recursive: true });
    // All that wait for it wait for this.
    const effort = { workers: (0,external_node_os_.availableParallelism)(), signal: place.cancel };
    await writeFiles({ dir, index }, commit, place.storeDir, effort);
    await seedIndex(dir, index);
    return { lower: name, index };
}
/** Files that did not change are written otherwise under other attributes (line ends): only a full checkout is right. */
async function changesAttributes(from, to, storeDir) {
    const args = ['diff-tree', '-r', '--name-only', '--no-renames', from, to, '--', ':(glob)**/.gitattributes'];
    return (await (0,git/* gitOk */.Tt)(storeDir, args)) !== '';
}
async function thinLayer(commit, { name, dir, index }, bottom, place) {
    const work = `${name}.work`;
    const merged = `${dir}.merged`;
    for (const folder of [dir, (0,external_node_path_.join)(place.layers, work), merged])
        await (0,promises_.mkdir)(folder, { recursive: true });
    await (0,promises_.copyFile)(bottom.index, index);
    try {
        await mountOverlay(place, { lower: bottom.lower, upper: name, work }, merged);
        await writeFiles({ dir: merged, index }, commit, place.storeDir, { signal: place.cancel });
    }
    finally {
        // From here on the layer is only read.
        await (0,world_mounts/* removeFolder */.v$)(merged, place.power);
        await (0,world_mounts/* removeFolder */.v$)((0,external_node_path_.join)(place.layers, work), place.power);
    }
    await seedIndex(dir, index);
    return { lower: `${name}:${bottom.lower}`, index };
}
/** Seen through a mount it is the index of the workspace's own git directory: megabytes that nobody has to copy. */
async function seedIndex(dir, index) {
    await (0,promises_.mkdir)((0,external_node_path_.join)(dir, '.git'), { recursive: true });
    const seed = (0,external_node_path_.join)(dir, '.git', 'index');
    // git never writes into an index, it puts another in its place.
    await (0,promises_.link)(index, seed).catch(() => (0,promises_.copyFile)(index, seed));
}

;// CONCATENATED MODULE: ./build/world/turns.js
/** Some at a time: whoever comes when all places are taken waits, in the order of coming. */
function turns(places) {
    const waiting = [];
    let busy = 0;
    return {
        get busy() {
            return busy;
        },
        async take(work) {
            if (++busy > places)
                await new Promise(resolve => waiting.push(resolve));
            try {
                return await work();
            }
            finally {
                busy--;
                waiting.shift()?.();
            }
        },
    };
}

;// CONCATENATED MODULE: ./build/world/clones.js
/**
 * Workspaces whose files are written out. Two are made at a time for each processor, the first asked for first; and where
 * a tree is large, one is made ahead while workers run.
 */











/** With fewer files a checkout takes a second or less: worth neither a mount nor one that is made ahead. */
const WORTH_AN_EFFORT = 5000;
function cloneWorkspaces({ checkout, layers, cancel, power = (0,world_mounts/* ownPower */.cT)(), processors = (0,external_node_os_.availableParallelism)(), }) {
    const { storeDir } = checkout;
    // Fewer leave a disk idle (with two a processor eight trees of 5,000 files took 0.8 of the time with one); more make
    // the first worker wait until all have their files.
    const making = turns(2 * processors);
    let spare = null;
    let made = 0;
    let worthIt = true;
    async function remove(at) {
        await (0,world_mounts/* removeFolder */.v$)(at.dir, power);
        await removeIndex(at);
    }
    /** One alone is written by all processors. */
    function effort() {
        return { workers: Math.max(1, Math.floor(processors / making.busy)), signal: cancel };
    }
    async function makeSpare(commit) {
        const dir = (0,external_node_path_.join)(layers, 'ahead', String(++made));
        const at = { dir, index: `${dir}.index` };
        try {
            const [{ files, bytes }, free] = await Promise.all([
                treeSize(storeDir, commit, 4096),
                freeSpace((0,external_node_path_.dirname)(layers)),
            ]);
            worthIt = files >= WORTH_AN_EFFORT;
            // The workers go on meanwhile, and need room as well.
            if (!worthIt || (free !== null && free.bytes < 2 * bytes))
                return null;
            await making.take(async () => {
                await (0,promises_.mkdir)(dir, { recursive: true });
                await writeFiles(at, commit, storeDir, effort());
            });
            return { at, commit };
        }
        catch {
            // Whoever needs a workspace makes one, and says what is wrong.
            if (!cancel.aborted)
                await remove(at).catch(() => { });
            return null;
        }
    }
    /** false: there is none that could become it. */
    async function adoptSpare(at, commit) {
        const taken = spare;
        spare = null;
        const found = await taken;
        if (!found)
            return false;
        try {
            if (found.commit !== commit && (await changesAttributes(found.commit, commit, storeDir)))
                throw new Error('files that did not change are written otherwise there');
            await (0,promises_.mkdir)((0,external_node_path_.dirname)(at.dir), { recursive: true });
            await (0,promises_.rename)(found.at.dir, at.dir);
            await (0,promises_.copyFile)(found.at.index, at.index); // As for an overlay: a copy is younger than the files, and spares reading them.
            await (0,world_files.removeAll)(found.at.index);
            // Only what differs is written.
            if (found.commit !== commit)
                await writeFiles(at, commit, storeDir, { signal: cancel });
            await writeGitDirectory(at, commit, checkout);
            return true;
        }
        catch {
            await Promise.all([remove(found.at), remove(at)]);
            return false;
        }
    }
    return {
        kind: 'clone',
        async create(at, commit, more = false) {
            await remove(at);
            if (!(await adoptSpare(at, commit)))
                await making.take(() => createCheckout(at, commit, checkout, effort()));
            const idle = spare === null && making.busy === 0 && !cancel.aborted;
            if (more && worthIt && idle)
                spare = makeSpare(commit);
        },
        remove,
        keep: removeIndex,
        async close() {
            await spare;
            if (!cancel.aborted)
                await (0,world_mounts/* removeFolder */.v$)(layers, power).catch(() => { });
        },
    };
}

;// CONCATENATED MODULE: ./build/world/overlay.js
/**
 * Workspaces as overlay mounts over one pristine checkout per base commit: made in constant time, and the disk holds
 * only what a worker changes. Needs Linux, and root or sudo without a password.
 */









/**
 * `redirect_dir`: without it renaming a folder fails (EXDEV). `volatile` (Linux 5.10) spares the sync of the whole file
 * system at every unmount: what a power cut would take is a workspace, never work that is in the store.
 */
const MOUNT_OPTIONS = ['redirect_dir=on,volatile', 'redirect_dir=on'];
/** Tries all that a workspace needs, in a folder below `layers`: mount, rename a lower folder, write, unmount. */
async function probeOverlay(layers, power = (0,world_mounts/* ownPower */.cT)()) {
    if (process.platform !== 'linux')
        return { ok: false, why: 'overlay mounts are a feature of Linux.' };
    let why = '';
    for (const mountOptions of MOUNT_OPTIONS) {
        const problem = await tryOverlay((0,external_node_path_.join)(layers, 'probe'), mountOptions, power);
        if (problem === null)
            return { ok: true, mountOptions };
        why = problem;
    }
    return { ok: false, why };
}
async function tryOverlay(folder, mountOptions, power) {
    const merged = (0,external_node_path_.join)(folder, 'merged');
    try {
        for (const name of ['lower/old', 'upper', 'work', 'merged'])
            await (0,promises_.mkdir)((0,external_node_path_.join)(folder, name), { recursive: true });
        await (0,promises_.writeFile)((0,external_node_path_.join)(folder, 'lower/old/file'), 'lower');
        const folders = { lower: 'lower', upper: 'upper', work: 'work' };
        await mountOverlay({ layers: folder, mountOptions, power }, folders, merged);
        await (0,promises_.rename)((0,external_node_path_.join)(merged, 'old'), (0,external_node_path_.join)(merged, 'new'));
        await (0,promises_.writeFile)((0,external_node_path_.join)(merged, 'new/file'), 'upper');
        await (0,promises_.writeFile)((0,external_node_path_.join)(merged, 'added'), '');
        const [above, below] = await Promise.all([
            (0,world_files.readText)((0,external_node_path_.join)(folder, 'upper/added')),
            (0,promises_.readFile)((0,external_node_path_.join)(folder, 'lower/old/file'), 'utf8'),
        ]);
        if (above === null || below !== 'lower')
            return 'the mount cannot be seen from this process.';
        await (0,world_mounts/* unmountBelow */.GG)(merged, power);
        return null;
    }
    catch (error) {
        return error instanceof Error ? error.message : String(error);
    }
    finally {
        await (0,world_mounts/* removeFolder */.v$)(folder, power).catch(() => { });
    }
}
function overlayWorkspaces({ checkout, runDir, layers, log, cancel, power = (0,world_mounts/* ownPower */.cT)() }, mountOptions) {
    const bases = openBases({ layers, storeDir: checkout.storeDir, mountOptions, power, cancel });
    const mounted = new Map();
    const privateFolder = (at) => (0,external_node_path_.join)('private', (0,external_node_path_.basename)(at.index, '.index'));
    async function mount(at, commit) {
        const base = await bases.use(commit);
        mounted.set(at.dir, commit);
        const own = privateFolder(at);
        const folders = { lower: base.lower, upper: (0,external_node_path_.join)(own, 'upper'), work: (0,external_node_path_.join)(own, 'work') };
        for (const folder of [folders.upper, folders.work])
            await (0,promises_.mkdir)((0,external_node_path_.join)(layers, folder), { recursive: true });
        await (0,promises_.mkdir)(at.dir, { recursive: true });
        await mountOverlay({ layers, mountOptions, power }, folders, at.dir);
        // A copy, not a link: git reads a file again that was written in the second its index is of, and a copy is younger.
        await (0,promises_.copyFile)(base.index, at.index);
        await writeGitDirectory(at, commit, checkout);
    }
    async function forget(at) {
        await removeIndex(at);
        await (0,world_mounts/* removeFolder */.v$)((0,external_node_path_.join)(layers, privateFolder(at)), power);
        const commit = mounted.get(at.dir);
        mounted.delete(at.dir);
        if (commit !== undefined)
            await bases.done(commit);
    }
    async function remove(at) {
        await (0,world_mounts/* removeFolder */.v$)(at.dir, power);
        await forget(at);
    }
    return {
        kind: 'overlay',
        async create(at, commit) {
            await remove(at);
            try {
                await mount(at, commit);
            }
            catch (error) {
                if (cancel.aborted)
                    throw error;
                log.warning('workspaces', `${at.dir} became a clone, for it could not be mounted: ${String(error)}`);
                await remove(at);
                await createCheckout(at, commit, checkout);
            }
        },
        remove,
        async keep(at) {
            const commit = mounted.get(at.dir);
            if (commit === undefined)
                return removeIndex(at);
            const problem = cancel.aborted
                ? 'the run was cancelled, and there is no time to copy it'
                : await keepFiles(at.dir, await roomNeeded(commit), power);
            if (problem === null)
                return forget(at);
            log.notice('workspaces', `${at.dir} was not kept: ${problem}. The work itself is in the run directory.`);
            await remove(at);
        },
        async close() {
            try {
                await (0,world_mounts/* unmountBelow */.GG)(runDir, power);
                // Many files: where time is short the post step or a later run removes them.
                if (!cancel.aborted)
                    await (0,world_mounts/* removeFolder */.v$)(layers, power);
            }
            catch (error) {
                log.warning('workspaces', error instanceof Error ? error.message : String(error));
            }
        },
    };
    /** Twice the files, for the workers that go on need room as well. */
    async function roomNeeded(commit) {
        return 2 * (await treeSize(checkout.storeDir, commit, 4096)).bytes;
    }
}
/**
 * Makes a plain folder of a mounted one, for people: the files as the worker left them. Does nothing to one that is not
 * mounted. null: done, else why not; the mount is then as it was.
 */
async function keepFiles(dir, room = 0, power = (0,world_mounts/* ownPower */.cT)()) {
    const [mounts, top] = await Promise.all([(0,world_mounts/* mountsBelow */.YL)(dir), (0,promises_.realpath)(dir).catch(() => dir)]);
    if (!mounts.includes(top))
        return null;
    const free = await freeSpace((0,external_node_path_.join)(dir, '..'));
    if (free !== null && free.bytes < room)
        return 'there is too little room on the disk for its files';
    const aside = `${dir}.kept`;
    try {
        // What a worker mounted inside is not part of it.
        for (const inner of mounts)
            if (inner !== top)
                await (0,world_mounts/* unmountBelow */.GG)(inner, power);
        await (0,world_mounts/* removeFolder */.v$)(aside, power);
        const problem = await (0,world_mounts/* runTool */.qI)(['cp', '-a', '--', dir, aside]);
        if (problem !== null)
            throw new Error(problem.split('\n')[0]);
        await (0,world_mounts/* removeFolder */.v$)(dir, power);
        await (0,promises_.rename)(aside, dir);
        return null;
    }
    catch (error) {
        await (0,world_mounts/* removeFolder */.v$)(aside, power).catch(() => { });
        return error instanceof Error ? error.message : String(error);
    }
}

;// CONCATENATED MODULE: ./build/world/workspaces.js




/** Decides once a run which kind it is; `tip` is the first commit that workspaces are made of. */
async function openWorkspaces(wanted, tip, options) {
    const { log, layers, checkout, power = (0,world_mounts/* ownPower */.cT)() } = options;
    // Of an earlier process of this run.
    await (0,world_mounts/* removeFolder */.v$)(layers, power);
    if (wanted === 'clone')
        return cloneWorkspaces(options);
    if (wanted === 'auto' && (await countFiles(checkout.storeDir, tip)) < WORTH_AN_EFFORT) {
        return cloneWorkspaces(options);
    }
    const probed = await probeOverlay(layers, power);
    if (probed.ok)
        return overlayWorkspaces({ ...options, power }, probed.mountOptions);
    const text = `Overlay workspaces are not possible here, so each workspace is a clone: ${probed.why}`;
    if (wanted === 'overlay')
        log.notice('workspaces', text);
    else
        log.debug(text);
    return cloneWorkspaces(options);
}

;// CONCATENATED MODULE: ./build/room.js
/** Before the first workspace: older runs' leftovers are gone, the kind of workspace is decided, and the disk takes them. */







/** In the run directory; never uploaded. */
const LAYERS = 'internal/layers';
async function clearRoot(root, own, settings, log) {
    const problems = await (0,leftovers/* clearLeftovers */.eZ)({
        root,
        lockFile: own.lockFile,
        ownKey: own.key,
        isKey: identity/* isRunKey */.lm,
        cookieOf: own.cookieOf,
        // The run that is tried again, and earlier attempts of this workflow run, may hold work that this one takes up.
        spare: key => key === own.retried || (own.runId !== undefined && key.startsWith(`${own.runId}-`)),
        retentionHours: settings.workspaceRetentionHours,
        rescue: async (dir) => (await rescueWork(dir)).problems,
    });
    for (const problem of problems)
        log.notice('leftovers', problem);
}
function workspacesFor(settings, tip, places, checkout, log, cancel) {
    const layers = (0,external_node_path_.join)(places.run, LAYERS);
    return openWorkspaces(settings.workspaces, tip, { checkout, runDir: places.run, layers, log, cancel });
}
/** null: there is room, as far as sizes tell. Overlays take none worth counting. */
async function roomFor(state, workers, settings, places, workspaces, log) {
    const tasks = state.tasks.filter(task => task.stage.kind === 'waiting').length;
    const free = workspaces.kind === 'clone' && tasks > 0 ? await freeSpace(places.run) : null;
    if (free === null)
        return null;
    const tree = await treeSize(places.store, state.lane.tip, free.block);
    const gates = settings.gate === null ? 0 : settings.gateSlots;
    const { fits, least, most } = (0,room/* judgeRoom */.V)({ tree: tree.bytes, free: free.bytes, workers, tasks, gates });
    const one = `A checkout of the ${tree.files} file(s) takes ${(0,room/* inBytes */.H)(tree.bytes)}`;
    const there = `${(0,room/* inBytes */.H)(free.bytes)} is free at ${places.run}`;
    if (fits === 'maybe') {
        log.warning('disk', `${one}, all ${tasks} tasks together ${(0,room/* inBytes */.H)(most)}, and ${there}: it is enough only if work lands soon after it is done. ` +
            'Lower `workers`, set `keep-workspaces: never`, or give `workspace-root` a larger disk.');
    }
    if (fits !== 'never')
        return null;
    return {
        what: `The disk cannot hold the workspaces: ${(0,room/* inBytes */.H)(least)} is needed, ${there}.`,
        why: `${one}, and ${Math.min(workers, tasks)} workers have one each.`,
        fix: 'Lower `workers`, give `workspace-root` a folder on a larger disk, or set `workspaces: overlay` where root or password-less sudo allows mounts.',
    };
}

// EXTERNAL MODULE: ./build/world/clock.js
var world_clock = __webpack_require__(8005);
// EXTERNAL MODULE: ./build/world/git-config.js
var git_config = __webpack_require__(1946);
// EXTERNAL MODULE: ./build/world/lock.js
var world_lock = __webpack_require__(4136);
;// CONCATENATED MODULE: ./build/claim.js
/** A place of its own for a run: its key, the lock on root and branch, and the run directory with what was in it. */
















const NOTHING_BEFORE = { continued: null, ended: null };
/** Takes the lock, removes what dead runs left in the root, and makes the run directory; the lock is let go with `stack`. */
async function claim({ env, log, retried }, settings, ground, plan, stack) {
    const startedAt = world_clock/* systemClock */.ml.now();
    const { branch, origin, workspaceRoot: root } = ground;
    const resumes = settings.resume && !settings.dryRun;
    const target = { origin: (0,address/* withoutUser */.q)(origin.pushUrl), branch, dry_run: settings.dryRun };
    const key = retried?.cutOff ??
        (await runKeyFor(retried ? {} : env, startedAt, root, target, plan, resumes && !retried));
    // Whoever lands there under another password lands there as well.
    const lockName = (0,external_node_crypto_.createHash)('sha256').update(`${target.origin}\n${branch}`).digest('hex').slice(0, 16);
    const lockFile = (0,external_node_path_.join)(root, 'locks', `${lockName}.lock`);
    await (0,world_files.makeWritableFolder)(root);
    const lock = await (0,world_lock/* takeLock */.HJ)(lockFile, key, (0,identity/* isoTime */.Ly)(startedAt));
    if (lock.kind === 'busy')
        return (0,preflight/* locked */.xt)(lock.owner, lockFile);
    stack.defer(() => lock.release());
    // Jobs of a matrix have one key. Each looks when it has its lock, so of two at once one at least sees the other.
    if ((await (0,world_lock/* liveRuns */.B8)((0,external_node_path_.dirname)(lockFile), lockFile)).has(key))
        return (0,preflight/* sameKey */.el)(key, root);
    const cookieOf = (dir) => runCookie(env, dir);
    const own = { key, runId: env.GITHUB_RUN_ID, lockFile, retried: retried?.key, cookieOf };
    await clearRoot(root, own, settings, log);
    const places = placesIn((0,external_node_path_.join)(root, key), ground);
    const names = await (0,world_files.namesIn)(places.run);
    const isNew = names.length === 0;
    if (!isNew && !isOurs(names))
        return (0,preflight/* foreign */.V$)(places.run);
    (0,git/* markGit */.M3)(cookieOf(places.run));
    // Asked of a process that is gone, and not of this one.
    await (0,world_files.removeAll)((0,external_node_path_.join)(places.run, 'stop'));
    const left = resumes ? await readBefore(places.run, target, plan, log) : NOTHING_BEFORE;
    if ('what' in left)
        return left;
    // First what the folder is known by as ours.
    for (const dir of [places.internal, places.tasks])
        await (0,promises_.mkdir)(dir, { recursive: true });
    if (!isNew)
        await Promise.all([places.internal, places.store].map(removeLocks));
    const gitSettings = await (0,git_config/* pinSettings */.v)(places.checkout, (0,external_node_path_.join)(places.internal, 'gitconfig'));
    await makeStore(places, ground, log);
    if (!isNew)
        await setAside(places.run, left.continued !== null, plan, log);
    return { key, target, places, startedAt, isNew, left, resumes, gitSettings };
}
/** A process that was killed early may have left no more than the first of these; `stop` anybody may put there. */
function isOurs(names) {
    return (names.some(name => ['internal', 'store.git', 'journal.ndjson'].includes(name)) ||
        names.every(name => name === 'stop'));
}
function placesIn(run, { repository }) {
    return {
        run,
        checkout: repository.root,
        store: (0,external_node_path_.join)(run, 'store.git'),
        tasks: (0,external_node_path_.join)(run, 'tasks'),
        gates: (0,external_node_path_.join)(run, 'gates'),
        internal: (0,external_node_path_.join)(run, 'internal'),
    };
}

// EXTERNAL MODULE: ./build/decide/disk.js
var disk = __webpack_require__(3300);
// EXTERNAL MODULE: ./build/decide/plan.js + 1 modules
var plan = __webpack_require__(3793);
// EXTERNAL MODULE: ./build/decide/shortage.js
var decide_shortage = __webpack_require__(6956);
// EXTERNAL MODULE: ./build/old-runs.js
var old_runs = __webpack_require__(8148);
// EXTERNAL MODULE: ./build/decide/apply.js
var apply = __webpack_require__(6661);
// EXTERNAL MODULE: ./build/run/bookkeeping.js
var run_bookkeeping = __webpack_require__(1650);
// EXTERNAL MODULE: ./build/run/refs.js
var run_refs = __webpack_require__(4461);
;// CONCATENATED MODULE: ./build/run/kept.js
/** Work that earlier runs kept on the remote. Anyone who may push may have put anything there: only what is such work counts. */





/**
 * Work of this branch whose task waits and is still the same task. Old names count only where their base is on the branch
 * (`reaches`: whether it is, in a shallow history after a look further back).
 */
async function keptEarlier(state, refs, shallow, reaches, world) {
    const { plan, branch, settings } = world;
    const isWaiting = (id) => state.tasks[plan.index.get(id) ?? -1]?.stage.kind === 'waiting';
    // What has landed by now had its ref, too: that is to go.
    const planned = [...refs.old.keys()].filter(id => plan.index.has(id));
    const old = [];
    for (const work of await readWork(planned, run_refs/* oldBlockedRef */.X, shallow, world)) {
        const of = work.trailers.branch;
        if ((of === null || of === branch) && (await reaches(work.base)))
            old.push(work);
    }
    const own = settings.resume
        ? await readWork([...refs.own.keys()].filter(isWaiting), id => (0,run_refs/* blockedRef */.yk)(branch, id), shallow, world)
        : [];
    const sameTask = ({ task, trailers }) => isWaiting(task) && trailers.fingerprint === plan.tasks[plan.index.get(task) ?? -1]?.fingerprint;
    const newest = new Map([...old, ...own].filter(sameTask).map(work => [work.task, work]));
    const works = settings.resume ? [...newest.values()] : [];
    const candidates = await madeAnew(works, world);
    return {
        candidates: works.map(({ task }, i) => [task, candidates[i]]),
        refs: { ...refs, old: new Map(old.map(({ task, commit }) => [task, commit])) },
    };
}
/** Passes over, with one notice, what is no commit upon exactly one other that says it is the task's. */
async function readWork(ids, refOf, shallow, world) {
    const { store, log } = world;
    const there = await fetchWork(ids, refOf, shallow, world);
    if (there.length === 0)
        return [];
    const objects = await store.resolve(there.map(localRef));
    const types = await store.typesOf(objects);
    const isCommit = (i) => types[i] === 'commit';
    const texts = await store.readCommits(objects.filter((_, i) => isCommit(i)));
    let next = 0;
    const odd = [];
    const found = there.flatMap((task, i) => {
        const pass = (why) => {
            odd.push(`${refOf(task)} (${why})`);
            return [];
        };
        if (!isCommit(i))
            return pass(`a ${types[i]}`);
        const { parents, message } = texts[next++];
        if (parents.length !== 1)
            return pass(parents.length === 0 ? 'a commit without a parent' : 'a merge');
        const trailers = (0,trailer/* parseTrailers */.aw)(message);
        if (trailers.task !== task)
            return pass('not a commit of that task');
        return [{ task, commit: objects[i], base: parents[0], trailers }];
    });
    if (odd.length > 0)
        log.notice('blocked work', `On the remote, but no work that was kept: ${(0,plain/* listed */.KE)(odd, 10)}.`);
    return found;
}
/** Flat, so that no name of the remote's is in the way of another. */
function localRef(id) {
    return `refs/fanout/kept/${(0,ref_name/* refName */.P7)(id)}`;
}
/** Those whose work is in the store now. One ref that cannot be fetched does not hold back the others. */
async function fetchWork(ids, refOf, shallow, { remote, branch, endLane, log, mask }) {
    const fetch = (some) => remote.fetch(some.map(id => `+${refOf(id)}:${localRef(id)}`), shallow ? { depth: 2 } : {}, endLane);
    if (ids.length === 0)
        return [];
    const said = await fetch(ids);
    if (said.exitCode === 0)
        return ids;
    const lost = (what) => {
        const words = mask(said.stderr.trim());
        log.notice('blocked work', `${what} could not be fetched: its workers start again. ${words}`);
        return [];
    };
    // Is it the remote, or one of the refs?
    if (said.timedOut || (await remote.list([`refs/heads/${branch}`], endLane)).said.exitCode !== 0)
        return lost('Work kept by an earlier run');
    const there = [];
    const missing = [];
    const halve = async (some) => {
        if (some.length === 1) {
            missing.push(refOf(some[0]));
            return;
        }
        const middle = Math.ceil(some.length / 2);
        for (const half of [some.slice(0, middle), some.slice(middle)]) {
            if (endLane.aborted)
                return;
            if ((await fetch(half)).exitCode === 0)
                there.push(...half);
            else
                await halve(half);
        }
    };
    await halve(ids);
    if (missing.length > 0)
        lost((0,plain/* listed */.KE)(missing, 10));
    return there;
}

// EXTERNAL MODULE: ./build/run/landed.js
var landed = __webpack_require__(8712);
// EXTERNAL MODULE: ./build/run/take-back.js
var take_back = __webpack_require__(6491);
;// CONCATENATED MODULE: ./build/run/found.js
/** What is known before the first worker starts: what landed already, and finished work that earlier runs kept. */








async function foundBefore(before, limits, clues, world) {
    let state = before;
    const events = [];
    const happened = (what) => {
        const event = { ...what, at: (0,identity/* isoTime */.Ly)(world.clock.now()) };
        events.push(event);
        state = (0,apply/* apply */.B)(world.plan, state, limits, event);
    };
    const take = (task, found) => happened({ type: 'found', task, found });
    const archive = async () => {
        const archived = await (0,run_bookkeeping/* archivedOnBranch */.Mg)(world);
        for (const { id, stage } of state.tasks) {
            if (stage.kind === 'waiting' && archived.has(id))
                take(id, { kind: 'archived' });
        }
    };
    const kept = () => keptEarlier(state, clues.keptRefs, clues.shallow, base => reachesBack(base, clues, world), world);
    if (!world.settings.resume) {
        await archive();
        const { refs: keptRefs } = await kept();
        return { state, events, base: world.base, earlier: false, keptRefs };
    }
    const { landed, reverted, whole } = await saidEarlier(clues, world);
    for (const { task, commit } of landed) {
        // What other runs have landed is said only of what this one was to do.
        if (clues.anyRun ? isWaiting(state, task, world) : !ended(state, task, world))
            take(task, { kind: 'landed', commit });
    }
    for (const { task, commit } of reverted) {
        // The journal ends before that. Where there is none, the task starts over.
        const work = await (0,take_back/* landedWork */.Q)(task, state, world);
        if (work !== null)
            happened({ type: 'reverted', task, commit, work });
    }
    if (whole) {
        for (const [task, candidate] of await takenAway(state, landed, world))
            take(task, { kind: 'candidate', candidate });
    }
    await archive();
    const earlier = state.tasks.some(task => task.stage.kind === 'waiting') ? await clues.earlier() : null;
    if (earlier) {
        const finished = await finishedEarlier(earlier, before, state, limits, { ...clues, whole }, world);
        for (const [task, found] of finished)
            take(task, found);
    }
    const { candidates, refs: keptRefs } = await kept();
    for (const [task, candidate] of candidates)
        take(task, { kind: 'candidate', candidate });
    const resumed = earlier !== null || landed.length > 0;
    // A run that tries tasks of another one again has a base of its own.
    if (clues.anyRun)
        return { state, events, base: world.base, earlier: resumed, keptRefs };
    const oldest = landed.at(-1);
    const base = clues.base ?? earlier?.base ?? (oldest ? await parentOf(oldest.commit, world) : null);
    return { state, events, base: base ?? world.base, earlier: resumed, keptRefs };
}
/** null: history ends with it. */
async function parentOf(commit, { store }) {
    const parent = `${commit}^`;
    return (await store.exists(parent)) ? ((await store.resolve([parent]))[0] ?? null) : null;
}
function ended(state, task, world) {
    const stage = state.tasks[world.plan.index.get(task) ?? -1]?.stage;
    return stage?.kind === 'ended' && (stage.outcome === 'landed' || stage.outcome === 'unchanged');
}
function isWaiting(state, task, world) {
    return state.tasks[world.plan.index.get(task) ?? -1]?.stage.kind === 'waiting';
}
/** What the journal says has landed, but the branch does not hold any more: somebody moved it back. It lands again. */
async function takenAway(state, landed, world) {
    const { store, branch, log } = world;
    const said = new Set(landed.map(({ task }) => task));
    const gone = [];
    for (const { id, commit } of state.tasks) {
        const work = commit === null || said.has(id) ? null : await (0,take_back/* landedWork */.Q)(id, state, world);
        if (!commit || work === null || (await store.isAncestor(commit, `refs/heads/${branch}`)))
            continue;
        if (await store.exists(work.commit))
            gone.push([id, work]);
    }
    if (gone.length > 0) {
        const names = (0,plain/* listed */.KE)(gone.map(([id]) => id));
        log.warning('resume', `${branch} does not hold ${names} any more, which had landed: that goes to it again.`);
    }
    return gone;
}
/** The branch is the truth: the trailers since the run's first base, deepening a shallow history as far as needed. */
async function saidEarlier(clues, world) {
    const { env, since, shallow } = clues;
    if (since === null && !env.GITHUB_RUN_ID)
        return { landed: [], reverted: [], whole: false };
    const [tip] = await world.store.resolve([`refs/heads/${world.branch}`]);
    // Whatever the run landed, it landed after the commit of its event.
    const event = env.GITHUB_REF === `refs/heads/${world.branch}` ? env.GITHUB_SHA : undefined;
    const first = since ?? (event || null);
    if (first === tip)
        return { landed: [], reverted: [], whole: true };
    if (shallow && first !== null)
        await deepenTo(first, since ? 100_000 : MOST_MESSAGES, world);
    const { store } = world;
    const reaches = first !== null && (await store.exists(first)) && (await store.isAncestor(first, tip));
    const again = since !== null || Number(env.GITHUB_RUN_ATTEMPT || '1') > 1;
    if (!reaches && shallow && again)
        await deepenBy(MOST_MESSAGES, world);
    const said = await (0,landed/* saidSince */.K)(reaches ? first : null, tip, world, clues.anyRun || clues.goesOn);
    return { ...said, whole: reaches || !shallow };
}
/** As many commits are looked at where nobody knows how far back the run began. */
const MOST_MESSAGES = 1000;
async function deepenTo(base, most, world) {
    const ref = `refs/heads/${world.branch}`;
    for (let deepen = 50; deepen <= most; deepen *= 4) {
        const [tip] = await world.store.resolve([ref]);
        if (await world.store.isAncestor(base, tip))
            return;
        if (!(await deepenBy(deepen, world)))
            return;
    }
}
/** Whether the branch holds the commit, as far as a thousand commits tell where history is shallow. */
async function reachesBack(base, { shallow }, world) {
    if (shallow)
        await deepenTo(base, MOST_MESSAGES, world);
    return world.store.isAncestor(base, `refs/heads/${world.branch}`);
}
async function deepenBy(deepen, world) {
    const ref = `refs/heads/${world.branch}`;
    return (await world.remote.fetch([`+${ref}:${ref}`], { deepen }, world.endLane)).exitCode === 0;
}

// EXTERNAL MODULE: ./build/run/run.js + 19 modules
var run = __webpack_require__(2185);
// EXTERNAL MODULE: ./build/decide/secrets.js
var secrets = __webpack_require__(480);
// EXTERNAL MODULE: ./build/decide/state.js
var state = __webpack_require__(1772);
// EXTERNAL MODULE: ./build/kept-inputs.js
var kept_inputs = __webpack_require__(2730);
;// CONCATENATED MODULE: ./build/decide/memory.js
/** Whether the machine has the memory that its workers will take, judged by the largest one that has ended. */

/** A sentence for the log; null: there is enough, as far as that tells. */
function memoryWarning({ largest, workers, tasks, free }) {
    const together = Math.min(workers, tasks);
    if (together * largest <= free)
        return null;
    const fit = Math.max(1, Math.floor(free / largest));
    return (`The largest worker took ${(0,room/* inBytes */.H)(largest)}, ${together} at a time may take ${(0,room/* inBytes */.H)(together * largest)}, and ${(0,room/* inBytes */.H)(free)} was free before they began: ` +
        `the kernel may kill some of them (exit code 137). Set \`workers: ${fit}\`, or take a runner with more memory.`);
}

;// CONCATENATED MODULE: ./build/world/free-memory.js
/** How much memory is left: the machine's, or less where a container or a service has a limit. Linux only. */


/** In bytes; null: nobody says. `root`: where `/proc` and `/sys` are. */
async function freeMemory(root = '/') {
    const [machine, groups] = await Promise.all([
        (0,promises_.readFile)((0,external_node_path_.join)(root, 'proc/meminfo'), 'utf8').catch(() => ''),
        (0,promises_.readFile)((0,external_node_path_.join)(root, 'proc/self/cgroup'), 'utf8').catch(() => ''),
    ]);
    const available = /^MemAvailable:\s*(\d+) kB$/m.exec(machine)?.[1];
    const limits = await Promise.all(groups
        .split('\n')
        .flatMap(line => foldersOf(line))
        .map(free => free(root)));
    const known = [available === undefined ? null : Number(available) * 1024, ...limits];
    const least = Math.min(...known.filter(bytes => bytes !== null));
    return Number.isFinite(least) ? Math.max(0, least) : null;
}
/** A limit of each group above holds as well. In a container those above are not to be seen, and the top is its own. */
function foldersOf(line) {
    const [, controllers = '', path = ''] = /^\d+:([^:]*):(\/.*)$/.exec(line) ?? [];
    if (path === '' || (controllers !== '' && !controllers.split(',').includes('memory')))
        return [];
    const [top, names] = controllers === '' ? [['sys/fs/cgroup'], UNIFIED] : [['sys/fs/cgroup/memory'], LEGACY];
    const folders = [];
    for (let at = external_node_path_.posix.normalize(path);; at = external_node_path_.posix.dirname(at)) {
        folders.push(at);
        if (at === '/')
            break;
    }
    return folders.map(folder => root => freeIn((0,external_node_path_.join)(root, ...top, folder), names));
}
const UNIFIED = { limit: 'memory.max', used: 'memory.current', files: /^inactive_file (\d+)$/m };
const LEGACY = {
    limit: 'memory.limit_in_bytes',
    used: 'memory.usage_in_bytes',
    files: /^total_inactive_file (\d+)$/m,
};
/** null: no limit. One that is none is written as `max`, or as more than any machine has, which the machine's own undercuts. */
async function freeIn(folder, { limit, used, files }) {
    const read = (name) => (0,promises_.readFile)((0,external_node_path_.join)(folder, name), 'utf8').catch(() => '');
    const [most, now, stat] = await Promise.all([read(limit), read(used), read('memory.stat')]);
    if (!/^\d+$/.test(most.trim()) || !/^\d+$/.test(now.trim()))
        return null;
    return Number(most) - Number(now) + Number(files.exec(stat)?.[1] ?? 0);
}

;// CONCATENATED MODULE: ./build/memory-watch.js
/** What workers take of the machine's memory: said at the start by the last run, and once as soon as this one knows better. */




/** In the workspace root, for the next run there. */
const memory_watch_FILE = 'memory.json';
async function watchMemory(root, workers, tasks, log) {
    const file = (0,external_node_path_.join)(root, memory_watch_FILE);
    const [free, before] = await Promise.all([freeMemory(), remembered(file)]);
    let largest = 0;
    let warned = false;
    let writing = Promise.resolve();
    const judge = (bytes) => {
        const words = free === null || warned ? null : memoryWarning({ largest: bytes, workers, tasks, free });
        if (words === null)
            return;
        warned = true;
        log.warning('memory', words);
    };
    if (before !== null)
        judge(before);
    return {
        ended: async (bytes) => {
            if (bytes === null || bytes <= largest)
                return;
            largest = bytes;
            judge(bytes);
            // The next run is told less if it cannot be written.
            const write = () => (0,world_files.writeJson)(file, { version: 1, largest_worker_bytes: bytes }).catch(() => { });
            writing = writing.then(write);
            await writing;
        },
    };
}
async function remembered(file) {
    try {
        const { largest_worker_bytes: bytes } = JSON.parse((await (0,world_files.readText)(file)) ?? '');
        return typeof bytes === 'number' && bytes > 0 ? bytes : null;
    }
    catch {
        return null;
    }
}

// EXTERNAL MODULE: ./build/reach.js + 1 modules
var reach = __webpack_require__(9818);
// EXTERNAL MODULE: ./build/decide/globs.js
var decide_globs = __webpack_require__(5754);
;// CONCATENATED MODULE: ./build/world/copy.js
/** Input `copy`: git-ignored files of the user's checkout (`.env`, `node_modules`) into a workspace or gate checkout. */






/** Copies under way at a time. */
const WIDTH = 16;
/** What git ignores in a checkout, as `copyIgnored` takes it: a folder that is ignored whole is one entry, ending in `/`. */
async function listIgnored(checkout) {
    const args = ['ls-files', '-z', '--others', '--ignored', '--exclude-standard', '--directory'];
    return (await (0,git/* gitOk */.Tt)(checkout, args)).split('\0').filter(path => path !== '');
}
/**
 * Copies what the globs match of `listed` (paths relative to `from`, see `listIgnored`), folders with all below them, with
 * modes, sharing blocks where the file system can. Nothing in `to` is overwritten, no link is followed on either side, and
 * a link that leaves the repository is refused. Throws when the disk does not take it.
 */
async function copyIgnored(listed, from, to, globs) {
    if (globs.length === 0)
        return { copied: 0, refused: [] };
    const root = await (0,promises_.realpath)(from);
    const plan = { items: [], refused: [] };
    const search = { root, wanted: wantedBy(globs), mayHold: folderFilter(globs), plan };
    const target = await (0,promises_.realpath)(to);
    for (const entry of listed) {
        const path = entry.replace(/\/$/, '');
        if (!isInside(path))
            plan.refused.push(`${entry}: not a path inside the repository`);
        else if (!`${target}${external_node_path_.sep}`.startsWith(`${(0,external_node_path_.join)(root, path)}${external_node_path_.sep}`))
            await copy_find(path, search);
        else if (search.wanted(path))
            plan.refused.push(`${entry}: it holds the workspaces themselves`);
    }
    const copied = await copyAll(root, target, plan);
    return { copied, refused: plan.refused };
}
/**
 * Which of `paths` (relative to the repository, none of them in its base) are copies, or lie in a folder that is one, as
 * files or folders to take out: `copyIgnored` with the same list and globs brought them.
 */
function copiedAmong(paths, listed, globs) {
    if (globs.length === 0)
        return [];
    const wanted = wantedBy(globs);
    const entries = new Set(listed.map(entry => entry.replace(/\/$/, '')));
    const copies = paths.flatMap(path => {
        const above = path.split('/').map((_, i, names) => names.slice(0, i + 1).join('/'));
        const ignored = above.findIndex(place => entries.has(place));
        const copied = above.findIndex(place => wanted(place));
        return ignored < 0 || copied < 0 ? [] : [above[Math.max(ignored, copied)]];
    });
    return [...new Set(copies)];
}
/** A folder that a glob matches is meant with all below it, whether by its name or by a pattern. */
function wantedBy(globs) {
    return (0,decide_globs/* matcher */.jN)(globs.flatMap(glob => (glob.endsWith('/') ? [glob] : [glob, `${glob}/**`])), { ignoreCase: false });
}
async function copy_find(path, search) {
    const stats = await (0,promises_.lstat)((0,external_node_path_.join)(search.root, path)).catch(absent);
    if (stats !== null)
        await visit(path, copy_kindOf(stats), search);
}
async function visit(path, kind, search) {
    const wanted = search.wanted(path);
    if (wanted)
        search.plan.items.push({ path, kind });
    if (kind !== 'folder' || !(wanted || search.mayHold(path)))
        return;
    const entries = await (0,promises_.readdir)((0,external_node_path_.join)(search.root, path), { withFileTypes: true }).catch(error => {
        search.plan.refused.push(`${path}: ${error.message}`);
        return [];
    });
    for (const entry of entries)
        await visit(`${path}/${entry.name}`, copy_kindOf(entry), search);
}
function copy_kindOf(entry) {
    if (entry.isSymbolicLink())
        return 'link';
    return entry.isDirectory() ? 'folder' : entry.isFile() ? 'file' : 'other';
}
/** Whether a folder that no glob matches may hold something that one does; keeps `.env*` from walking node_modules. */
function folderFilter(globs) {
    const known = globs
        .filter(glob => !glob.startsWith('!') || glob.startsWith('!('))
        .map(glob => ({
        literal: (0,decide_globs/* literalPart */.Dz)(glob),
        depth: glob.includes('**') || glob.endsWith('/') ? Number.POSITIVE_INFINITY : glob.split('/').length,
    }));
    return folder => {
        const start = `${folder}/`;
        return known.some(({ literal, depth }) => {
            return depth > folder.split('/').length && (start.startsWith(literal) || literal.startsWith(start));
        });
    };
}
async function copyAll(root, target, { items, refused }) {
    const folders = folderMaker(root, target);
    let copied = 0;
    // One iterator for all: each takes the next item when it is done with its own.
    const queue = items.values();
    const work = async () => {
        for (const item of queue) {
            const problem = await copyOne(item, root, target, folders).catch(explain);
            if (problem !== null)
                refused.push(`${item.path}: ${problem}`);
            else if (item.kind !== 'folder')
                copied++;
        }
    };
    await Promise.all(Array.from({ length: WIDTH }, work));
    return copied;
}
/** Null, or why it was not copied. */
async function copyOne(item, root, target, makeFolder) {
    const { path, kind } = item;
    if (kind === 'folder')
        return makeFolder(path);
    if (kind === 'other')
        return 'neither a file nor a folder nor a link';
    const problem = await makeFolder((0,external_node_path_.dirname)(path));
    if (problem !== null)
        return problem;
    if (kind === 'file') {
        await (0,promises_.copyFile)((0,external_node_path_.join)(root, path), (0,external_node_path_.join)(target, path), external_node_fs_.constants.COPYFILE_EXCL | external_node_fs_.constants.COPYFILE_FICLONE);
        return null;
    }
    const link = await linkText(root, path);
    if (link === null)
        return 'a link that leaves the repository; copy what it points at, or make it in `setup`';
    await (0,promises_.symlink)(link, (0,external_node_path_.join)(target, path));
    return null;
}
/** What the copy of a link says: relative, so that it stays within the copy. Null: it leaves the repository. */
async function linkText(root, path) {
    const text = await (0,promises_.readlink)((0,external_node_path_.join)(root, path));
    const folder = (0,external_node_path_.join)(root, (0,external_node_path_.dirname)(path));
    const pointed = (0,external_node_path_.resolve)(folder, text);
    if (!contains(root, pointed))
        return null;
    // By another link it may leave all the same. One that points nowhere yet is judged by its words.
    const real = await (0,promises_.realpath)((0,external_node_path_.join)(root, path)).catch(absent);
    if (real !== null && !contains(root, real))
        return null;
    return (0,external_node_path_.isAbsolute)(text) ? (0,external_node_path_.relative)(folder, pointed) || '.' : text;
}
/** Makes folders as the checkout has them; null, or what is in the way. Each is looked at once. */
function folderMaker(root, target) {
    const known = new Map([['.', Promise.resolve(null)]]);
    const make = async (path) => {
        const problem = await once((0,external_node_path_.dirname)(path));
        if (problem !== null)
            return problem;
        const source = await (0,promises_.lstat)((0,external_node_path_.join)(root, path));
        if (!source.isDirectory())
            return `${path} is not a folder of the checkout`;
        const there = await (0,promises_.lstat)((0,external_node_path_.join)(target, path)).catch(absent);
        // Its own files must go into it, whatever its mode.
        if (there === null)
            await (0,promises_.mkdir)((0,external_node_path_.join)(target, path), { mode: (source.mode & 0o777) | 0o700 });
        // A commit may hold a link of that name; through it the copy would land elsewhere.
        else if (!there.isDirectory())
            return `${path} is not a folder in the workspace`;
        return null;
    };
    const once = (path) => {
        const result = known.get(path) ?? make(path);
        known.set(path, result);
        return result;
    };
    return once;
}
function isInside(path) {
    const parts = path.split('/');
    return (!(0,external_node_path_.isAbsolute)(path) &&
        parts[0] !== '.git' &&
        !parts.some(part => part === '' || part === '.' || part === '..'));
}
function contains(root, path) {
    return path === root || path.startsWith(`${root}${external_node_path_.sep}`);
}
function absent(error) {
    if ((0,world_files.isMissing)(error))
        return null;
    throw error;
}
/** One file's trouble is its own; a full disk is everyone's. */
function explain(error) {
    switch (error.code) {
        case 'EEXIST':
            return 'the workspace already has it, and keeps its own';
        case 'EACCES':
        case 'EPERM':
        case 'ENOENT':
        case 'ENOTDIR':
        case 'ELOOP':
            return error.message;
        default:
            throw error;
    }
}

// EXTERNAL MODULE: ./build/world/github.js
var github = __webpack_require__(4723);
;// CONCATENATED MODULE: ./build/world/patience.js
/** A full disk is waited for: another task that ends, or a person, may make room; and finished work is dear. */

/** Long enough for what else runs to end and be cleared away, and short enough for a run that nobody looks after. */
const PATIENCE_MS = 10_000;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 400;
/** `where`: a folder on the disk in question, for the words. */
function openPatience(where, clock, log) {
    /** When the disk was first seen full; null: there was room at the last look. */
    let since = null;
    return async (what, act, signal) => {
        for (let pause = FIRST_PAUSE_MS;; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
            try {
                const result = await act();
                since = null;
                return result;
            }
            catch (error) {
                if (!(0,disk/* isFullDisk */.R)(error))
                    throw error;
                if (since === null) {
                    since = clock.now();
                    log.warning('disk', `The disk of ${where} is full. ${what} waits for room, for at most ${PATIENCE_MS / 1000} s; nothing is lost.`);
                }
                if (clock.now() - since >= PATIENCE_MS || signal.aborted)
                    throw error;
                await clock.sleep(pause, signal);
            }
        }
    };
}

// EXTERNAL MODULE: external "node:timers/promises"
var external_node_timers_promises_ = __webpack_require__(8500);
;// CONCATENATED MODULE: ./build/world/oom.js
/** Who is ended first where memory runs out: the commands of the user, not the process that holds their work. Linux only. */

const oom_FILE = '/proc/self/oom_score_adj';
/** Of at most 1000; what a process takes counts as well, and many small workers take less each than one that holds them all. */
const FIRST = 500;
/**
 * Starts a child that the kernel prefers to this process, with all that the child starts. Nothing of it runs before that is
 * so: a child begins with what its parent has, and anybody may raise that and bring it back to where it was.
 */
function firstToGo(start) {
    const own = ownScore();
    if (own === null || own >= FIRST || !setScore(FIRST))
        return start();
    try {
        return start();
    }
    finally {
        setScore(own);
    }
}
function ownScore() {
    try {
        return Number((0,external_node_fs_.readFileSync)(oom_FILE, 'utf8'));
    }
    catch {
        return null;
    }
}
function setScore(score) {
    try {
        (0,external_node_fs_.writeFileSync)(oom_FILE, String(score));
        return true;
    }
    catch {
        // Not for us to set: then the kernel decides as it always did.
        return false;
    }
}

;// CONCATENATED MODULE: ./build/world/output.js
/** What a child says: read no faster than the log takes it, and kept as a file of head and tail. */





/** SPEC section 5. */
const LOG_LIMIT = 64 * 1024 * 1024;
/** Room for the line that marks the cut. */
const MARK_ROOM = 64;
const CHUNK = 1024 * 1024;
/**
 * A file of at most `limit` bytes: its first half as it came, then the last bytes, the cut between them marked. Throws when
 * it cannot be opened or is not a regular file (a link is not followed); a later fault only ends the writing.
 */
async function openLog(path, append = false, limit = LOG_LIMIT) {
    const flags = external_node_fs_.constants.O_RDWR | external_node_fs_.constants.O_CREAT | external_node_fs_.constants.O_NOFOLLOW | external_node_fs_.constants.O_NONBLOCK;
    const file = await (0,shortage/* openFile */.Tq)(path, flags, 0o644);
    let seen = 0;
    try {
        const stat = await file.stat();
        if (!stat.isFile())
            throw new Error(`${path} is not a regular file`);
        if (append)
            seen = stat.size;
        else
            await file.truncate();
    }
    catch (error) {
        await file.close();
        throw error;
    }
    // Past the head the file is a ring until it is closed. A file that was cut before is a full ring, mark and all.
    const head = Math.floor(limit / 2);
    const ring = limit - head;
    let fault = null;
    let queue = Promise.resolve();
    async function put(chunk) {
        for (let rest = chunk; rest.length > 0;) {
            const at = seen < head ? seen : head + ((seen - head) % ring);
            const size = Math.min(rest.length, (seen < head ? head : limit) - at);
            await writeAll(file, rest.subarray(0, size), at);
            seen += size;
            rest = rest.subarray(size);
        }
    }
    /** Makes a head and a ring into a head, a mark and a tail: in a second file, so that a crash costs neither. */
    async function unroll() {
        const kept = ring - MARK_ROOM;
        const mark = Buffer.from(`\n[... ${seen - head - kept} bytes cut by fanout ...]\n`);
        const from = (seen - head - kept) % ring;
        const upToTheEnd = Math.min(kept, ring - from);
        await rewrite(async (target) => {
            await copyRange(file, 0, target, 0, head);
            await writeAll(target, mark, head);
            await copyRange(file, head + from, target, head + mark.length, upToTheEnd);
            await copyRange(file, head, target, head + mark.length + upToTheEnd, kept - upToTheEnd);
        });
    }
    async function rewrite(fill) {
        const fresh = `${path}.cut`;
        await (0,promises_.rm)(fresh, { force: true });
        const target = await (0,shortage/* openFile */.Tq)(fresh, 'wx', 0o644);
        try {
            await fill(target);
        }
        finally {
            await target.close();
        }
        await (0,promises_.rename)(fresh, path);
    }
    /** A worker knows where its log is: one that it removed or replaced is put back. */
    async function isGone() {
        const [ours, there] = await Promise.all([file.stat(), (0,promises_.lstat)(path).catch(() => null)]);
        return there === null || there.ino !== ours.ino || there.dev !== ours.dev;
    }
    async function attempt(step) {
        if (fault !== null)
            return;
        await step().catch(error => {
            fault = `the log ${path} is incomplete: ${error.message}`;
        });
    }
    return {
        write(chunk) {
            // Two streams may write at once; the file takes one after the other.
            queue = queue.then(() => attempt(() => put(chunk)));
            return queue;
        },
        async close() {
            await queue;
            if (seen > limit)
                await attempt(unroll);
            else if (await isGone())
                await attempt(() => rewrite(target => copyRange(file, 0, target, 0, seen)));
            await file.close();
            return fault;
        },
    };
}
async function writeAll(file, bytes, at) {
    for (let done = 0; done < bytes.length;) {
        done += (await file.write(bytes, done, bytes.length - done, at + done)).bytesWritten;
    }
}
async function copyRange(from, at, to, toAt, size) {
    const buffer = Buffer.allocUnsafe(Math.min(CHUNK, size));
    for (let done = 0; done < size;) {
        const { bytesRead } = await from.read(buffer, 0, Math.min(CHUNK, size - done), at + done);
        if (bytesRead === 0)
            return;
        await writeAll(to, buffer.subarray(0, bytesRead), toAt + done);
        done += bytesRead;
    }
}
/** How long after the end an open pipe may stay quiet, and how long it may go on talking. */
const DRAIN_QUIET_MS = 200;
const DRAIN_MS = 2000;
/** A tail begins with a whole line unless that would cost more than this. */
const BROKEN_LINE = 4096;
/** Reads the streams into the log and into lines; rejects (in `drain`) only for what `onLine` throws. */
function collect(streams, log, onLine) {
    /** As few of the latest chunks as hold a tail. */
    const latest = [];
    let held = 0;
    let total = 0;
    let heard = () => { };
    let heardAt = 0;
    let writing = 0;
    async function take(chunk) {
        total += chunk.length;
        held += chunk.length;
        latest.push(chunk);
        for (let first = latest[0]; first && held - first.length >= decide_text/* TAIL_BYTES */.dd; first = latest[0]) {
            held -= first.length;
            latest.shift();
        }
        heard();
        writing++;
        await log?.write(chunk);
        writing--;
        heard();
        heardAt = performance.now();
    }
    async function pump(stream) {
        const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
        const splitter = (0,decide_text/* lineSplitter */.s1)();
        const say = (lines) => {
            for (const line of lines)
                onLine?.(line);
        };
        try {
            for await (const chunk of stream) {
                await take(chunk);
                if (onLine)
                    say(splitter.feed(decoder.decode(chunk, { stream: true })));
            }
        }
        catch (error) {
            if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE')
                throw error;
        }
        say([...splitter.feed(decoder.decode()), ...splitter.end()]);
    }
    let done = false;
    const pumped = Promise.all(streams.map(pump)).finally(() => {
        done = true;
    });
    pumped.catch(() => { }); // told by drain
    return {
        onOutput(listener) {
            heard = listener;
        },
        async drain() {
            const began = performance.now();
            heardAt = began;
            for (let now = began; !done && now - began < DRAIN_MS; now = performance.now()) {
                if (writing === 0 && now - heardAt >= DRAIN_QUIET_MS)
                    break;
                await Promise.race([pumped, (0,external_node_timers_promises_.setTimeout)(20)]);
            }
            for (const stream of streams)
                stream.destroy();
            await pumped;
        },
        tail() {
            const last = Buffer.concat(latest).subarray(-decide_text/* TAIL_BYTES */.dd);
            const cut = total > last.length;
            const broken = cut ? last.findIndex(byte => (byte & 0xc0) !== 0x80) : 0;
            const text = (0,decide_text/* tail */.RT)(last.toString('utf8', Math.max(0, broken)));
            const line = cut ? text.indexOf('\n') + 1 : 0;
            return line <= BROKEN_LINE ? text.slice(line) : text;
        },
    };
}

;// CONCATENATED MODULE: ./build/world/peaks.js
/** The most memory that a command took, with all that it started in its process group. Linux only. */

/** A process keeps its own mark, so that a look a little later than the peak still sees it. */
const EVERY_MS = 2000;
const groups = new Map();
let isDue = false;
/** One look at a time for all commands that run. */
function watchPeak(group) {
    groups.set(group, 0);
    comeBack();
    return {
        end: () => {
            const bytes = groups.get(group) ?? 0;
            groups.delete(group);
            return bytes === 0 ? null : bytes;
        },
    };
}
function comeBack() {
    if (isDue || groups.size === 0)
        return;
    isDue = true;
    setTimeout(async () => {
        await lookAt();
        isDue = false;
        comeBack();
    }, EVERY_MS).unref();
}
/** Adds up what the processes of each watched group have taken at most. Never rejects. */
async function lookAt() {
    const pids = (await (0,promises_.readdir)('/proc').catch(() => [])).filter(name => /^\d+$/.test(name));
    const sums = new Map();
    for (const pid of pids) {
        const stat = await (0,promises_.readFile)(`/proc/${pid}/stat`, 'latin1').catch(() => '');
        // The name in parentheses may hold anything, also `)`.
        const group = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[2]);
        if (!groups.has(group))
            continue;
        const status = await (0,promises_.readFile)(`/proc/${pid}/status`, 'latin1').catch(() => '');
        const kilobytes = Number(/^VmHWM:\s*(\d+) kB$/m.exec(status)?.[1] ?? 0);
        sums.set(group, (sums.get(group) ?? 0) + kilobytes * 1024);
    }
    for (const [group, bytes] of sums) {
        const before = groups.get(group);
        if (before !== undefined)
            groups.set(group, Math.max(before, bytes));
    }
}

// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __webpack_require__(4649);
;// CONCATENATED MODULE: ./build/world/stdio.js
/** The file descriptors of a child: real files and pipes, as a terminal or the runner would give it. */






/**
 * Standard input from a file and one real pipe for output and error. What node calls a pipe is a socket: `tee /dev/stderr`
 * and `cat /dev/stdin` fail on it, and two of them lose the order of lines. Nothing of it has a name once this returns;
 * where the process is killed before that, a folder stays in `scratch`.
 */
async function openStdio(stdin, scratch) {
    const folder = await (0,promises_.mkdtemp)((0,external_node_path_.join)(scratch, 'io-'));
    const ends = [];
    try {
        if (stdin !== null)
            ends.push(await openInput((0,external_node_path_.join)(folder, 'in'), stdin));
        const pipe = await openPipe(folder);
        if (pipe !== null)
            ends.push(pipe.write);
        const end = pipe?.write.fd ?? 'pipe';
        return {
            stdio: [stdin === null ? 'ignore' : ends[0].fd, end, end],
            output: pipe?.read ?? null,
            release: async () => void (await Promise.all(ends.map(handle => handle.close()))),
        };
    }
    catch (error) {
        await Promise.all(ends.map(handle => handle.close()));
        throw error;
    }
    finally {
        await (0,promises_.rm)(folder, { recursive: true, force: true });
    }
}
async function openInput(path, text) {
    const writer = await (0,shortage/* openFile */.Tq)(path, 'wx', 0o600);
    try {
        await writer.writeFile(text);
    }
    finally {
        await writer.close();
    }
    return (0,shortage/* openFile */.Tq)(path, 'r');
}
/** Made at a time: `mkfifo` is a process, and each command needs one pipe. */
const stdio_AT_ONCE = 8;
const spares = [];
/** Null where there are no named pipes. */
async function openPipe(folder) {
    if (spares.length === 0)
        spares.push(...(await makePipes(folder)));
    const pipe = spares.pop();
    if (pipe === undefined)
        return null;
    return { read: new external_node_net_.Socket({ fd: pipe.reading, readable: true, writable: false }), write: pipe.write };
}
async function makePipes(folder) {
    const paths = Array.from({ length: stdio_AT_ONCE }, (_, i) => (0,external_node_path_.join)(folder, `out${i}`));
    const made = await (0,spawn/* runToEnd */.c)('mkfifo', ['-m', '600', ...paths]).catch(() => null);
    if (made?.exitCode !== 0)
        return [];
    const pipes = [];
    try {
        for (const path of paths)
            pipes.push(await (pipes.length === 0 ? (0,shortage/* patiently */.d_)(() => openEnds(path)) : openEnds(path)));
        return pipes;
    }
    catch (error) {
        // Out of descriptors: one is enough to go on with.
        if (pipes.length > 0)
            return pipes;
        throw error;
    }
}
async function openEnds(path) {
    // The reader first and without waiting: each end of a named pipe waits for the other.
    const reading = (0,external_node_fs_.openSync)(path, external_node_fs_.constants.O_RDONLY | external_node_fs_.constants.O_NONBLOCK);
    try {
        return { reading, write: await (0,promises_.open)(path, 'w') };
    }
    catch (error) {
        (0,external_node_fs_.closeSync)(reading);
        throw error;
    }
}

// EXTERNAL MODULE: ./build/world/survivors.js
var survivors = __webpack_require__(7028);
;// CONCATENATED MODULE: ./build/world/process.js
/** Runs one command of the user's: a worker, a gate, a setup, a verification. */












/** A process that is gone is collected within moments; this only keeps a surprise from hanging the run. */
const COLLECT_MS = 2000;
/** setTimeout takes no more (24.8 days). */
const LONGEST_TIMER_MS = 2 ** 31 - 1;
/**
 * Runs a command in a process group of its own and ends with it everything it started. Never rejects for what the child
 * does, and never waits for a pipe that something else keeps open.
 */
async function runCommand(command) {
    const began = performance.now();
    const ended = (rest) => {
        return {
            exitCode: null,
            signal: null,
            tail: '',
            seconds: Math.round(performance.now() - began) / 1000,
            ...rest,
        };
    };
    if (command.signal.aborted)
        return ended({ reason: 'abort' });
    let log = null;
    let stdio = null;
    try {
        await writeScript(command.scriptFile, command.script);
        if (command.logFile !== null)
            log = await openLog(command.logFile, command.append, command.logLimit);
        stdio = await openStdio(command.stdin, (0,external_node_path_.dirname)(command.scriptFile));
    }
    catch (error) {
        await log?.close();
        return ended({ reason: 'spawn', detail: error.message });
    }
    const cookie = newCookie(command.env);
    const started = await start(command, cookie, stdio);
    await stdio.release();
    if (typeof started === 'string') {
        stdio.output?.destroy();
        await log?.close();
        return ended(command.signal.aborted ? { reason: 'abort' } : { reason: 'spawn', detail: started });
    }
    const { child } = started;
    const peak = watchPeak(child.pid);
    const output = collect(stdio.output === null ? [child.stdout, child.stderr] : [stdio.output], log, command.onLine);
    const end = await supervise(command, started, { group: child.pid, cookie }, output);
    let fault;
    let peakBytes = null;
    try {
        await output.drain();
    }
    finally {
        peakBytes = peak.end();
        fault = await log?.close();
    }
    const details = [end.detail, fault].filter(text => typeof text === 'string');
    return ended({
        ...end,
        tail: output.tail(),
        ...(peakBytes === null ? {} : { peakBytes }),
        ...(details.length === 0 ? {} : { detail: details.join('; ') }),
    });
}
async function writeScript(path, script) {
    // A new file: to open a pipe that another worker put there would wait for ever.
    await (0,promises_.rm)(path, { force: true });
    const file = await (0,shortage/* openFile */.Tq)(path, 'wx', 0o700);
    try {
        await file.chmod(0o700);
        await file.writeFile(script.endsWith('\n') ? script : `${script}\n`);
    }
    finally {
        await file.close();
    }
}
/** Below the one this command was given itself, so that ending an outer run's processes finds an inner run's too. */
function newCookie(env) {
    const outer = env[survivors/* COOKIE_NAME */.z4];
    const own = (0,external_node_crypto_.randomBytes)(12).toString('hex');
    return outer === undefined || outer === '' ? own : `${outer}/${own}`;
}
/** Or why it could not be started. */
async function start({ scriptFile, cwd, env, signal }, cookie, { stdio }) {
    const args = ['--noprofile', '--norc', '-eo', 'pipefail', scriptFile];
    try {
        const options = { cwd, env: { ...env, [survivors/* COOKIE_NAME */.z4]: cookie }, stdio, detached: true };
        const child = await (0,spawn/* startProcess */.k)('bash', args, options, signal, firstToGo);
        const exit = new Promise(resolve => {
            child.on('exit', (exitCode, killed) => resolve({ exitCode, signal: killed }));
        });
        return { child, exit };
    }
    catch (error) {
        // A missing folder is reported as a missing bash.
        const folder = await (0,promises_.stat)(cwd).catch(() => null);
        const { message } = error;
        return folder?.isDirectory() ? message : `${message}: there is no folder ${cwd}`;
    }
}
/** Waits for the end, brings it about when a limit is reached, and sees that nothing is left. */
async function supervise(command, { child, exit }, family, output) {
    const { signal, graceMs, abortGraceMs = 2000 } = command;
    let reason = 'exit';
    let killAt = Number.POSITIVE_INFINITY;
    let onStop = () => { };
    const stopped = new Promise(resolve => {
        onStop = resolve;
    });
    const stop = (why, grace) => {
        if (killAt === Number.POSITIVE_INFINITY)
            reason = why;
        killAt = Math.min(killAt, performance.now() + grace);
        onStop();
    };
    void exit.then(() => stop('exit', graceMs));
    const abort = () => stop('abort', abortGraceMs);
    signal.addEventListener('abort', abort);
    if (signal.aborted)
        abort(); // while it was being started
    const limit = timer(command.timeoutMs, () => stop('timeout', graceMs));
    const idle = timer(command.idleMs, () => stop('idle', graceMs));
    output.onOutput(() => idle?.refresh());
    await stopped;
    clearTimeout(limit);
    clearTimeout(idle);
    output.onOutput(() => { });
    const gone = await (0,survivors/* endFamily */._b)(family, () => killAt);
    signal.removeEventListener('abort', abort);
    if (!gone)
        child.unref();
    const end = await Promise.race([exit, (0,external_node_timers_promises_.setTimeout)(gone ? COLLECT_MS : 0, null, { ref: false })]);
    return {
        ...(end ?? { exitCode: null, signal: null }),
        reason,
        ...(gone ? {} : { detail: `some processes of group ${family.group} could not be ended` }),
    };
}
function timer(milliseconds, then) {
    return milliseconds === null ? undefined : setTimeout(then, Math.min(milliseconds, LONGEST_TIMER_MS));
}

;// CONCATENATED MODULE: ./build/decide/transport-settings.js
/** git's settings that decide how a remote is reached, and what a token changes in them. */

/**
 * Sections of git's own that say nothing about the way to a remote: of branches, of other repositories, or of how a fetch
 * or a push is shaped, which is ours to say. A section that git does not know is a helper's, and passes.
 */
const OTHER_SECTIONS = /^(alias|branch|color|core|extensions|fetch|filter|gc|include|includeif|index|maintenance|merge|push|remote|safe|submodule)\./i;
/** Keys of such sections that say it all the same. */
const OF_THE_WAY = /^(core\.(sshcommand|askpass|gitproxy)|push\.(pushoption|gpgsign))$/i;
/** Keys of `remote.origin` that say what is fetched or pushed, and not how. */
const OF_ITS_REFS = /^(url|pushurl|fetch|push|mirror|tagopt|prune|prunetags|promisor|partialclonefilter|skipdefaultupdate|skipfetchall|followremotehead)$/i;
const ORIGIN_KEY = /^remote\.origin\.([^.]+)$/i;
/**
 * What a git command needs to be told so that it reaches the remote `name` as it would reach `origin` in the checkout. The
 * settings of system and user are in force for it anyway, but for those that may hold a password.
 */
function transportPairs(settings, name) {
    return settings.flatMap(({ scope, key, value }) => {
        const [, ofOrigin] = ORIGIN_KEY.exec(key) ?? [];
        if (ofOrigin !== undefined)
            return OF_ITS_REFS.test(ofOrigin) ? [] : [[`remote.${name}.${ofOrigin}`, value ?? 'true']];
        if (scope === 'system' || (scope === 'global' && !(0,git_settings/* isOfRemotes */.BN)({ key, value })))
            return [];
        return OTHER_SECTIONS.test(key) && !OF_THE_WAY.test(key) ? [] : [[key, value ?? 'true']];
    });
}
const HEADER_KEY = /^http\.(?:(.*)\.)?extraheader$/is;
/** Whether a setting adds an HTTP header to what is asked of `url`. */
function isHeaderFor(url, key) {
    const [found, pattern] = HEADER_KEY.exec(key) ?? [];
    return found !== undefined && (pattern === undefined || appliesTo(pattern, url));
}
const AUTHORIZES = /^\s*authorization\s*:/i;
/** Whether a setting authorizes what is asked of `url`: two Authorization headers are an HTTP 400. */
function authorizes(url, { key, value }) {
    return isHeaderFor(url, key) && AUTHORIZES.test(value ?? '');
}
/**
 * One header beside those that are configured for `url` and do not authorize. git adds headers up over all of a
 * configuration: they are reset and set anew at `place`, an address that no setting is more exact than.
 */
function withHeader(url, place, header, settings) {
    let values = [];
    for (const { key, value } of settings) {
        if (!isHeaderFor(url, key))
            continue;
        if (!value)
            values = [];
        else if (!AUTHORIZES.test(value))
            values.push(value);
    }
    return ['', ...values, header].map((value) => [`http.${place}.extraheader`, value]);
}
/** git's rule for `http.<url>.*` and `credential.<url>.*`; a label of the host may be `*`. */
function appliesTo(pattern, url) {
    if (!URL.canParse(pattern) || !URL.canParse(url))
        return false;
    const [wanted, given] = [new URL(pattern), new URL(url)];
    const labels = given.hostname.split('.');
    const wantedLabels = wanted.hostname.split('.');
    const path = wanted.pathname.replace(/\/$/, '');
    return (wanted.protocol === given.protocol &&
        wanted.port === given.port &&
        labels.length === wantedLabels.length &&
        wantedLabels.every((label, i) => label === '*' || label === labels[i]) &&
        (wanted.username === '' || wanted.username === given.username) &&
        (given.pathname === path || given.pathname.startsWith(`${path}/`)));
}
/** No helper is asked for the password of this address; one of a proxy's still is. */
function withoutHelpers(url) {
    return [`credential.${url}.helper`, ''];
}
/** Variables that are of one repository or of one process of git, and not of whoever runs it. */
const NOT_OF_THE_WAY = /^GIT_(DIR|WORK_TREE|IMPLICIT_WORK_TREE|INDEX_FILE|INDEX_VERSION|OBJECT_DIRECTORY|ALTERNATE_OBJECT_DIRECTORIES|QUARANTINE_PATH|COMMON_DIR|PREFIX|INTERNAL_.*|GRAFT_FILE|SHALLOW_FILE|NO_REPLACE_OBJECTS|REPLACE_REF_BASE|ATTR_SOURCE|CONFIG|CONFIG_.*|PUSH_OPTION_.*|PUSH_CERT.*|REFLOG_ACTION|CURL_VERBOSE|TRANSPORT_HELPER_DEBUG|TRANSLOOP_DEBUG|TEST_\w+)$/;
/**
 * The `GIT_*` variables by which whoever started the run reaches the remote: git's own, and those that a helper or an
 * askpass program of theirs reads. A trace must go to a file: elsewhere it would mix with what the remote says.
 */
function transportVariables(env) {
    return Object.fromEntries(Object.entries(env).flatMap(([name, value]) => {
        // A helper that trades the job's identity for a password is part of the way as well.
        if (value === undefined || !/^(GIT_|ACTIONS_ID_TOKEN_)/.test(name))
            return [];
        if (NOT_OF_THE_WAY.test(name))
            return [];
        return /^GIT_TRACE/.test(name) && !value.startsWith('/') ? [] : [[name, value]];
    }));
}

;// CONCATENATED MODULE: ./build/world/transport.js
/**
 * How the remote is reached: as `git push origin` in the checkout would, with the settings and variables of the moment at which
 * the run began. What a worker later does to the checkout's configuration is not the lane's.
 */





/** The remote's name for git. Not `origin`: refspecs and the like that are set for that one are the checkout's. */
const ORIGIN = 'fanout-origin';
/**
 * What git is told in the place of the address. Its rules for addresses (`url.*.insteadOf`) have been applied to that one
 * already, and it applies one rule to each: this is it.
 */
const ADDRESS = `${ORIGIN}://`;
/** A server that sends less than this many bytes a second for a minute is given up by git itself. */
const LOW_SPEED = [
    ['http.lowSpeedLimit', '1000'],
    ['http.lowSpeedTime', '60'],
];
async function openTransport(options) {
    const { storeDir, checkout } = options;
    const settings = await transport_settingsOf(checkout);
    const header = authHeader(options);
    // What stands before the @ would show in argv and in texts.
    const url = header === null ? options.pushUrl : (0,address/* withoutUser */.q)(options.pushUrl);
    const patient = settings.some(({ key }) => /^http\.(.*\.)?lowspeed(limit|time)$/i.test(key));
    const pairs = [...(patient ? [] : LOW_SPEED), ...transportPairs(settings, ORIGIN)];
    const variables = transportVariables(process.env);
    /** With the token, or the address's own password; what else was to answer for it is left out. */
    const authorized = (place) => header === null
        ? pairs
        : [
            ...pairs.filter(([key, value]) => !authorizes(url, { key, value })),
            withoutHelpers(url),
            ...withHeader(url, place, header, settings),
        ];
    const environment = (place, more) => ({
        ...variables,
        ...(0,git/* gitEnvironment */._K)(process.env, [...authorized(place), ...more]),
    });
    return {
        url,
        cwd: checkout,
        env: {
            ...environment(url, [
                [`remote.${ORIGIN}.url`, ADDRESS],
                [`url.${url}.insteadOf`, ADDRESS],
            ]),
            GIT_DIR: storeDir,
        },
        // It asks below addresses of its own. One that is resolved already must not be led elsewhere: the longest rule counts.
        lfsEnv: environment(hostOf(url), [[`url.${url}.insteadOf`, url]]),
        lfsUrl: settingIn(settings, 'remote.origin.lfspushurl') ?? settingIn(settings, 'remote.origin.lfsurl') ?? url,
    };
}
/** Of the checkout, its user, the machine and the step, as `git` there has them. */
async function transport_settingsOf(checkout) {
    const { stdout } = await (0,git/* git */.$Y)(checkout, ['config', '--list', '-z', '--show-scope', '--includes'], {
        env: (0,git_config/* stepConfiguration */.d)(process.env),
    });
    return (0,git_settings/* readScopedSettings */.mg)(stdout);
}
/** The last one counts. */
function settingIn(settings, key) {
    return settings.findLast(setting => setting.key === key)?.value ?? null;
}
/**
 * The one Authorization header for the remote: the token's where the remote's host is the server's, else what
 * the URL itself carries. null: neither; git's own ways (ssh, credential helpers) are left to it.
 */
function authHeader(options) {
    const user = credentials(options);
    return user === null ? null : `AUTHORIZATION: basic ${Buffer.from(user).toString('base64')}`;
}
function credentials({ token, pushUrl, serverUrl, }) {
    if (!/^https?:/i.test(pushUrl) || !URL.canParse(pushUrl))
        return null;
    if (token !== null && hostOf(pushUrl) === hostOf(serverUrl))
        return `x-access-token:${token}`;
    const [, user = '', password = ''] = WITH_PASSWORD.exec(pushUrl) ?? [];
    return user === '' && password === '' ? null : `${(0,address/* decoded */.DH)(user)}:${(0,address/* decoded */.DH)(password)}`;
}
/** Scheme and host; of any other address the address. */
function hostOf(url) {
    return /^https?:/i.test(url) && URL.canParse(url) ? `${new URL(url).origin}/` : url;
}
/** `user:password@`, also with an empty password: a token may stand in the place of the name. */
const WITH_PASSWORD = /^(?:https?:\/\/)([^/@:]*):([^/@]*)@/i;

;// CONCATENATED MODULE: ./build/world/remote.js





async function openRemote(options) {
    const { url: pushUrl, cwd, env, lfsEnv, ...lfs } = await openTransport(options);
    const talk = (args, signal) => talkTo(cwd, args, env, options.timeoutMs, signal);
    /** Before the commits that point at them, or the remote would hold pointers to nothing. null: all is there. */
    async function uploadLfs(commits, branch, signal) {
        const contents = await lfsContents(options.storeDir, commits, [`refs/heads/${branch}`]);
        if (contents.length === 0)
            return null;
        const url = await lfsUrl(options.storeDir, branch, lfs.lfsUrl);
        for (let at = 0; at < contents.length; at += MOST_CONTENTS) {
            const some = contents.slice(at, at + MOST_CONTENTS);
            const args = ['lfs', 'push', '--object-id', url, ...some];
            const said = await talkTo(options.storeDir, args, lfsEnv, options.timeoutMs, signal);
            if (said.exitCode !== 0)
                return said;
        }
        return null;
    }
    return {
        url: (0,address/* withoutUser */.q)(pushUrl),
        list: async (patterns, signal) => {
            const said = await talk(['ls-remote', ORIGIN, ...patterns], signal);
            const lines = said.exitCode === 0 ? said.stdout.split('\n').filter(line => line !== '') : [];
            return {
                said,
                refs: new Map(lines.map(line => [line.split('\t')[1] ?? '', line.split('\t')[0]])),
            };
        },
        fetch: (refspecs, { depth, deepen }, signal) => talk([
            'fetch',
            '--quiet',
            '--no-tags',
            '--no-write-fetch-head',
            '--no-recurse-submodules',
            ...(depth === undefined ? [] : [`--depth=${depth}`]),
            ...(deepen === undefined ? [] : [`--deepen=${deepen}`]),
            ORIGIN,
            ...refspecs,
        ], signal),
        push: async (commit, branch, signal) => (await uploadLfs([commit], branch, signal)) ??
            talk([...PUSH, ORIGIN, `${commit}:refs/heads/${branch}`], signal),
        rehearse: (commit, branch, signal) => talk([...PUSH, '--dry-run', ORIGIN, `${commit}:refs/heads/${branch}`], signal),
        pushOwn: async (refs, branch, signal) => (await uploadLfs([...refs.values()].flatMap(commit => commit ?? []), branch, signal)) ??
            talk([
                ...PUSH,
                ORIGIN,
                ...[...refs].map(([ref, commit]) => (commit === null ? `:${ref}` : `+${commit}:${ref}`)),
            ], signal),
    };
}
/** Nothing but the refs that are named, whatever the user has set for pushes of their own. */
const PUSH = [
    'push',
    '--porcelain',
    '--no-progress',
    '--no-verify',
    '--no-follow-tags',
    '--no-recurse-submodules',
];
/** Named in one command line. */
const MOST_CONTENTS = 1000;
/** A command that this machine could not run to its end says nothing of the remote: it runs again. */
function talkTo(cwd, args, env, timeoutMs, signal) {
    const talk = () => talkOnce(cwd, args, env, timeoutMs, signal);
    return (0,shortage/* patiently */.d_)(talk, { signal, words: ({ exitCode, stderr }) => (exitCode === 0 ? '' : stderr) });
}
async function talkOnce(cwd, args, env, timeoutMs, signal) {
    // A group of its own: a Ctrl-C in a terminal must not cut a push that the lane waits for.
    const options = { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] };
    const child = await (0,spawn/* startProcess */.k)('git', args, options, signal).catch(error => String(error));
    if (typeof child === 'string')
        return { exitCode: 128, stdout: '', stderr: child, timedOut: false };
    return new Promise(resolve => {
        const stdout = [];
        const stderr = [];
        let timedOut = false;
        const end = () => {
            try {
                process.kill(-child.pid, 'SIGKILL');
            }
            catch {
                // It has ended by itself.
            }
        };
        const timer = setTimeout(() => {
            timedOut = true;
            end();
        }, timeoutMs);
        if (signal.aborted)
            end();
        signal.addEventListener('abort', end, { once: true });
        child.stdout.on('data', (chunk) => stdout.push(chunk));
        child.stderr.on('data', (chunk) => stderr.push(chunk));
        child.on('close', exitCode => {
            clearTimeout(timer);
            signal.removeEventListener('abort', end);
            resolve({
                exitCode,
                stdout: Buffer.concat(stdout).toString(),
                stderr: Buffer.concat(stderr).toString(),
                timedOut,
            });
        });
    });
}
/** For a dry run: the branch as it was found, moved only here. Everything read still comes from the remote. */
function rehearsalRemote(real, branch, start) {
    const accepted = { exitCode: 0, stdout: '', stderr: '', timedOut: false };
    let tip = start;
    return {
        ...real,
        list: async (patterns, signal) => {
            const answer = await real.list(patterns, signal);
            return { ...answer, refs: new Map([...answer.refs, [`refs/heads/${branch}`, tip]]) };
        },
        fetch: async () => accepted,
        push: async (commit) => {
            tip = commit;
            return { ...accepted, stdout: `To (dry run)\n \t${commit}:refs/heads/${branch}\tdry run\nDone\n` };
        },
        rehearse: async () => accepted,
        pushOwn: async () => accepted,
    };
}

;// CONCATENATED MODULE: ./build/scene.js
/** What a run works with: the remote as it is now, a store, workspaces, and the world of edges that its steps are given. */



















const INTERRUPTED = {
    what: 'The run was interrupted before anything was started.',
    why: '',
    fix: '',
};
/** One command that talks to the remote may take this long in all. */
const REMOTE_TIMEOUT_MS = 10 * 60_000;
/** Nothing is started where it comes back with an obstacle. What it opens is closed with `stack`. */
async function openScene(io, settings, ground, plan, bookkeeping, { key, target, places, startedAt, isNew, left, gitSettings }, stack) {
    const { env, log, halts } = io;
    const { branch, origin } = ground;
    const serverUrl = env.GITHUB_SERVER_URL || 'https://github.com';
    const ids = plan.tasks.map(task => task.id);
    const own = { ids, runKey: key, branch, origin: target.origin };
    const masking = (0,secrets/* maskingOf */.wu)(env, settings.token, [origin.pushUrl, origin.fetchUrl], own);
    const mask = (0,secrets/* maskOf */._4)(masking);
    const unmasked = (0,secrets/* openNotice */.R2)(masking);
    if (unmasked !== null)
        log.notice('secrets', unmasked);
    const real = await openRemote({
        storeDir: places.store,
        checkout: places.checkout,
        pushUrl: origin.pushUrl,
        token: settings.token,
        serverUrl,
        timeoutMs: REMOTE_TIMEOUT_MS,
    });
    stack.use((0,reach/* watchRules */.xz)(origin.pushUrl, branch, settings, env, log));
    const store = openStore(places.store, branch);
    const reached = await (0,reach/* reach */.gl)(real, store, ground, settings, mask, halts);
    if ('what' in reached || halts.cancel.aborted) {
        if (isNew)
            await world_files.removeAll(places.run);
        return 'what' in reached && !halts.cancel.aborted ? reached : INTERRUPTED;
    }
    const { tip, refs } = reached;
    const amiss = isNew && bookkeeping !== null ? await (0,run_bookkeeping/* unkept */.s)(tip, bookkeeping, { store, branch }) : null;
    if (amiss !== null) {
        await world_files.removeAll(places.run);
        return amiss;
    }
    const checkoutOptions = {
        storeDir: places.store,
        branch,
        identity: { name: settings.gitUserName, email: settings.gitUserEmail },
        settings: gitSettings,
    };
    const workspaces = await workspacesFor(settings, tip, places, checkoutOptions, log, halts.cancel);
    stack.defer(() => workspaces.close());
    const workers = settings.workers ?? (0,external_node_os_.availableParallelism)();
    const fresh = (0,state/* initialState */.ue)(plan, tip, settings.maxBatch, settings.only, startedAt);
    const cramped = isNew ? await roomFor(fresh, workers, settings, places, workspaces, log) : null;
    if (cramped !== null) {
        await world_files.removeAll(places.run);
        return cramped;
    }
    await (0,kept_inputs/* keepInputs */.j)(places.run, io.inputs, { cwd: io.cwd, root: places.checkout }, mask);
    io.onRunDirectory(places.run, key, settings);
    halts.watch(places.run, settings.deadlineMinutes > 0 ? settings.deadlineMinutes * 60_000 : null);
    const { cancel, endWork, endLane, endRead } = halts;
    const clock = (0,world_clock/* openClock */.Xx)(left.continued ? lastMoment(left.continued) : startedAt);
    const world = {
        ...{ settings, plan, key, branch, places, store, checkoutOptions, log, mask, bookkeeping },
        ...{ files: world_files, checkouts: checkout_namespaceObject, workspaces, processes: process_namespaceObject, copies: copy_namespaceObject },
        ...{ cancel, endWork, endLane, endRead },
        base: firstBase(left) ?? tip,
        clock,
        patience: openPatience(places.run, clock, log),
        secrets: settings.token === null ? [] : [settings.token],
        seek: (0,secrets/* seekOf */.CO)(masking),
        memory: await watchMemory(ground.workspaceRoot, workers, fresh.tasks.length, log),
        env: marked(env, places.run),
        maxFileBytes: (0,github/* fileLimitOf */.rc)(real.url, serverUrl),
        remote: settings.dryRun ? rehearsalRemote(real, branch, tip) : real,
    };
    const { GITHUB_REPOSITORY: slug } = env;
    const repository = slug ?? (0,reach/* repositoryOf */._M)(real.url);
    return { world, fresh, workers, refs, repository, repositoryUrl: slug ? `${serverUrl}/${slug}` : null };
}

// EXTERNAL MODULE: ./build/tasks-input.js + 1 modules
var tasks_input = __webpack_require__(4082);
// EXTERNAL MODULE: ./build/decide/explain.js + 4 modules
var decide_explain = __webpack_require__(9844);
// EXTERNAL MODULE: ./build/decide/task.js
var task = __webpack_require__(252);
// EXTERNAL MODULE: ./build/action/standing.js
var standing = __webpack_require__(5271);
;// CONCATENATED MODULE: ./build/action/progress.js
/** The step log while a run goes on: one line per event that people care about. Pure. */






/**
 * `[  12.3s] 12/40 landed, 4 running, 1 failed | fix-readme: worker exited with code 3`, or null if the event is none
 * of people's business. `state` is what it is after the event; times in milliseconds; `titles` by task id.
 */
function progressLine(event, state, startedAt, now, titles) {
    const text = told(event, state, titles);
    if (text === null)
        return null;
    return line(text, state, startedAt, now);
}
/** The same shape where nothing has happened: what is under way, the longest first. */
function quietLine(history, state, startedAt, now, titles) {
    const working = history.workers.filter(progress_open).map(run => ({
        from: run.from,
        what: `${progress_named(run.task, titles)}${run.handoff ? ' (remediation)' : ''}`,
    }));
    const gating = history.gates
        .filter(progress_open)
        .map(gate => ({ from: gate.from, what: `gate of ${height(gate.target.tasks)}` }));
    const pushing = history.pushes.filter(progress_open).map(push => ({ from: push.from, what: 'push' }));
    const { stackingSince } = history;
    // A remote that does not answer shows as this.
    const stacking = stackingSince === null ? [] : [{ from: stackingSince, what: 'fetch of the branch' }];
    const all = [...working, ...stacking, ...gating, ...pushing].toSorted((a, b) => a.from - b.from);
    const told = all.map(({ from, what }) => `${what} for ${(0,wording/* duration */.p0)((now - from) / 1000)}`);
    return line(told.length === 0 ? 'still at work' : `still at work: ${(0,plain/* listed */.KE)(told, 5)}`, state, startedAt, now);
}
function progress_open({ to }) {
    return to === null;
}
function line(text, state, startedAt, now) {
    const time = elapsed((now - startedAt) / 1000);
    return (0,decide_text/* harmless */.Is)(`[${time}] ${(0,standing/* standingWords */.o4)((0,standing/* standingOf */.YP)(state))} | ${(0,plain/* plainLine */.h0)(text, 500)}`);
}
function told(event, state, titles) {
    switch (event.type) {
        case 'began':
            return begun(event.step, titles);
        case 'worked':
            return `${progress_named(event.task, titles)}: ${worked(event.result)}${again(event.task, event.result, state)}`;
        case 'remediated':
            return `${progress_named(event.task, titles)}: remediation: ${worked(event.result)}`;
        case 'finished':
        case 'resumed':
            return null;
        case 'stacked':
            return stacked(event.result);
        case 'gated':
            return event.results.map(gated).join('; ') || null;
        case 'pushed':
            return pushed(event.layers, event.result);
        case 'halted':
            return event.halt === 'signal' ? 'cancelled: nothing new starts' : `${event.halt}: nothing new starts`;
        case 'found':
            return `${progress_named(event.task, titles)}: ${found(event.found)}`;
        case 'verified':
            return verified(event.result);
        case 'reverted':
            return `${progress_named(event.task, titles)}: reverted by ${event.commit.slice(0, 7)}`;
        default:
            return (0,task/* unreachable */.H)(event);
    }
}
function begun(step, titles) {
    switch (step.kind) {
        case 'work':
            return `${progress_named(step.task, titles)}: started${step.attempt > 1 ? ` again, run ${step.attempt}` : ''}`;
        case 'remediate':
            return `${progress_named(step.task, titles)}: remediation ${step.attempt} of a ${step.handoff.kind === 'gate' ? 'red gate' : 'conflict'}`;
        case 'gate':
            return `gate: testing ${step.targets.map(target => height(target.tasks)).join(', ')}`;
        case 'stack':
            return step.waitMs >= 1000 ? `waiting ${(0,wording/* duration */.p0)(step.waitMs / 1000)} before the next attempt` : null;
        case 'push':
        case 'finish':
            return null;
        default:
            return (0,task/* unreachable */.H)(step);
    }
}
function height(tasks) {
    const top = tasks.at(-1);
    if (top === undefined)
        return 'the tip';
    return tasks.length === 1 ? top : `a stack of ${tasks.length} up to ${top}`;
}
function worked(result) {
    switch (result.kind) {
        case 'candidate':
            return `ready to land, ${(0,wording/* changed */.tD)(result.candidate.changes)}`;
        case 'unchanged':
            return 'nothing changed';
        case 'failed':
            return (0,wording/* brief */.dh)(result.failure);
        default:
            return (0,task/* unreachable */.H)(result);
    }
}
/** A failed worker whose task has not ended gets another run. */
function again(id, result, state) {
    const ended = state.tasks.find(task => task.id === id)?.stage.kind === 'ended';
    return result.kind === 'failed' && !ended ? ', will run again' : '';
}
function stacked(result) {
    if (result.kind === 'unreachable') {
        const { code: refusal, output } = result.refusal;
        const { what } = (0,decide_explain/* explain */.WE)({ code: 'refused', refusal, output }, { branch: '' });
        return `${what.charAt(0).toLowerCase()}${what.slice(1).replace(/\.$/, '')}`;
    }
    const conflicts = result.conflicts
        .filter(conflict => conflict.with === 'tip')
        .map(conflict => `${conflict.task}: conflicts with the branch in ${(0,plain/* listed */.KE)(conflict.files)}`);
    const landed = result.landed.map(({ task }) => `${task}: had landed after all`);
    const noops = result.noops.length > 0 ? [`${(0,plain/* listed */.KE)(result.noops)}: nothing left to land`] : [];
    return [...landed, ...conflicts, ...noops].join('; ') || null;
}
function verified(result) {
    const where = `verification of ${result.commit.slice(0, 7)}`;
    const time = (0,wording/* duration */.p0)(result.seconds);
    if (result.passed)
        return `${where} passed in ${time}`;
    const how = result.timedOut ? 'ran out of time' : (0,decide_explain/* ending */.K1)(result);
    return `${where} failed in ${time}: it ${how} (${result.logFile})`;
}
function gated(result) {
    const time = (0,wording/* duration */.p0)(result.seconds);
    if (result.passed === null)
        return `gate cut short after ${time}`;
    if (result.passed)
        return `gate green in ${time}${result.runs > 1 ? ` on try ${result.runs} (a flake)` : ''}`;
    const { exitCode, signal, timedOut } = result;
    return `gate red in ${time}: ${(0,wording/* brief */.dh)({ code: 'gate', exitCode, signal, timedOut })} (${result.logFile})`;
}
function pushed(layers, result) {
    const ids = layers.map(layer => layer.task);
    switch (result.kind) {
        case 'landed': {
            // Reverts tell for themselves.
            if (layers.length === 0)
                return null;
            const top = layers.at(-1)?.commit.slice(0, 7) ?? '';
            const bypassed = result.bypassed.length > 0 ? ` (bypassing: ${(0,plain/* listed */.KE)(result.bypassed)})` : '';
            return `landed ${(0,plain/* listed */.KE)(ids, 10)} as ${top}${bypassed}`;
        }
        case 'refused':
            return result.refusal.code === 'race'
                ? `push of ${ids.length === 0 ? 'reverts' : (0,wording/* plural */.LS)(ids.length, 'task')} lost a race`
                : `push of ${(0,plain/* listed */.KE)(ids, 10) || 'reverts'} refused: ${(0,wording/* brief */.dh)({ code: 'refused', refusal: result.refusal.code, output: result.refusal.output })}`;
        case 'stopped':
            return null;
        default:
            return (0,task/* unreachable */.H)(result);
    }
}
function found(what) {
    switch (what.kind) {
        case 'landed':
            return `has landed before as ${what.commit.slice(0, 7)}`;
        case 'candidate':
            return `kept work of an earlier run found, ${candidate(what.candidate)}`;
        case 'unchanged':
            return 'had changed nothing in an earlier attempt';
        case 'archived':
            return 'has landed before: it is in the done file of the branch';
        default:
            return (0,task/* unreachable */.H)(what);
    }
}
function candidate({ changes }) {
    return (0,wording/* changed */.tD)(changes);
}
function progress_named(id, titles) {
    const title = titles[id];
    return title === undefined || title === id ? id : `${id} (${(0,plain/* plainLine */.h0)(title, 60)})`;
}
/** Seven columns up to an hour and beyond, so that the lines stand in a column. */
function elapsed(seconds) {
    return (seconds < 60 ? `${seconds.toFixed(1)}s` : (0,wording/* duration */.p0)(seconds)).padStart(7);
}

// EXTERNAL MODULE: ./build/action/summary.js + 2 modules
var action_summary = __webpack_require__(8829);
// EXTERNAL MODULE: ./build/decide/history.js
var decide_history = __webpack_require__(9365);
// EXTERNAL MODULE: ./build/decide/verdict.js
var verdict = __webpack_require__(2400);
;// CONCATENATED MODULE: ./build/run/heartbeat.js
const QUIET_MS = 60_000;
/** Calls `beat` each minute in which nothing was told; `toldAt`: when something was, last. Ends when `signal` aborts. */
async function heartbeat(toldAt, beat, clock, signal) {
    while (!signal.aborted) {
        const left = toldAt() + QUIET_MS - clock.now();
        if (left <= 0)
            beat();
        await clock.sleep(left > 0 ? left : QUIET_MS, signal);
    }
}

;// CONCATENATED MODULE: ./build/run/pace.js
/** `work` must not reject; it is never done twice at a time. `rest`: milliseconds after work that took so many. */
function paced(work, rest, clock) {
    const stopped = new AbortController();
    let asked = false;
    let going = null;
    async function go() {
        while (asked && !stopped.signal.aborted) {
            asked = false;
            const from = clock.now();
            await work();
            await clock.sleep(rest(clock.now() - from), stopped.signal);
        }
        going = null;
    }
    return {
        due: () => {
            asked = true;
            going ??= go();
        },
        forget: () => {
            asked = false;
        },
        stop: async () => {
            stopped.abort();
            await going;
            if (asked)
                await work();
            asked = false;
        },
    };
}
const SHORTEST_MS = 1000;
const pace_LONGEST_MS = 30_000;
/** A report while the run goes on: the longer it lasts the rarer, and never more than a twentieth of the time. */
function restAfter(runMs, tookMs) {
    return Math.max(SHORTEST_MS, Math.min(pace_LONGEST_MS, runMs / 60), tookMs * 20);
}

;// CONCATENATED MODULE: ./build/world/state-file.js


const WITHIN_MS = 300;
/** `titles` by task id; `mask` takes secrets out of all that is written. */
function openStateFile(file, head, titles, mask) {
    const text = (state) => mask(`${JSON.stringify(shape(state, head, titles), null, 2)}\n`);
    let due = null;
    let timer = null;
    let writing = Promise.resolve();
    const write = () => {
        timer = null;
        const state = due;
        due = null;
        if (state === null)
            return;
        // The journal is the memory; a state file that cannot be written costs nobody anything.
        writing = writing.then(() => (0,world_files.writeAtomic)(file, text(state))).catch(() => { });
    };
    return {
        update: state => {
            due = state;
            timer ??= setTimeout(write, WITHIN_MS);
        },
        close: async () => {
            if (timer)
                clearTimeout(timer);
            write();
            await writing;
        },
    };
}
function shape(state, head, titles) {
    return {
        schema_version: 1,
        run: {
            key: head.run_key,
            branch: head.branch,
            base_sha: head.base_sha,
            tip_sha: state.lane.tip,
            started_at: head.started_at,
            halt: state.halt,
        },
        tasks: state.tasks.map(task => ({
            id: task.id,
            title: titles[task.id] ?? task.id,
            stage: task.stage.kind,
            outcome: task.stage.kind === 'ended' ? task.stage.outcome : null,
            ...reasonFor(task, head),
            commit: task.commit,
            candidate_sha: task.candidate?.commit ?? null,
            attempts: { worker: task.workerRuns, push: task.pushes, remediation: task.remediations },
            started_at: task.startedAt,
            finished_at: task.finishedAt,
        })),
    };
}
function reasonFor(task, head) {
    const failure = task.stage.kind === 'ended' ? task.stage.failure : null;
    if (failure === null)
        return { reason: null, message: null, fix: null };
    const { code, message, fix } = (0,verdict/* reasonOf */.A3)(failure, task, { branch: head.branch, baseSha: head.base_sha });
    return { reason: code, message, fix };
}

;// CONCATENATED MODULE: ./build/watch.js
/**
 * What people are told while a run goes on: lines of the log, a heartbeat, state.json, and a summary that is there
 * even if nobody lives to write the last one.
 */












/** Disposing it writes what is still due. */
function openWatch(watched, io) {
    const { world, repositoryUrl, head } = watched;
    const { plan, clock, log, mask, branch } = world;
    const runDirectory = world.places.run;
    const startedAt = clock.now();
    const events = [...watched.events];
    const titles = Object.fromEntries(plan.tasks.map(task => [task.id, task.title]));
    const about = { branch, dryRun: world.settings.dryRun, titles, mask };
    const stateFile = openStateFile((0,external_node_path_.join)(runDirectory, 'state.json'), head, titles, mask);
    const tails = new Map();
    let state = watched.state;
    let toldAt = startedAt;
    function say(line) {
        toldAt = clock.now();
        log.line(mask(line));
    }
    function tell(event, now) {
        const line = progressLine(event, now, startedAt, clock.now(), titles);
        if (line !== null)
            say(line);
    }
    async function writeSummary() {
        const now = state;
        const summary = (0,verdict/* verdict */.WJ)(plan, now, (0,run/* factsOf */.xS)(watched, now.lane.tip), verdict/* NOT_VERIFIED */.hB);
        const doing = new Map(now.tasks.flatMap(({ id, stage }) => {
            const word = (0,standing/* stageWord */.FW)(stage);
            return word === null ? [] : [[id, word]];
        }));
        // Each log is read once, when its task has ended.
        const ended = summary.tasks.filter(({ id }) => !doing.has(id) && !tails.has(id));
        for (const [id, text] of await (0,publish/* readTails */.k)(ended, runDirectory, mask))
            tails.set(id, text);
        const history = (0,decide_history/* historyOf */.o)(events);
        const soFar = { standing: (0,standing/* standingOf */.YP)(now), doing };
        const markdown = mask((0,action_summary/* summaryMarkdown */.eH)(summary, { tails, repositoryUrl, runDirectory, history, soFar }));
        await io.stepSummary?.write(markdown);
        await (0,world_files.writeSoon)((0,external_node_path_.join)(runDirectory, 'summary.md'), markdown);
    }
    // The run is worth more than its report: what cannot be written now is written later, or by the last one.
    const summaries = paced(() => writeSummary().catch(error => log.debug(`summary: ${mask(String(error))}`)), took => restAfter(clock.now() - startedAt, took), clock);
    const ended = new AbortController();
    // A view of the moment shows that the run lives.
    if (io.onState)
        ended.abort();
    const beating = heartbeat(() => toldAt, () => say(quietLine((0,decide_history/* historyOf */.o)(events), state, startedAt, clock.now(), titles)), clock, ended.signal);
    function update(now) {
        state = now;
        stateFile.update(now);
        summaries.due();
    }
    update(state);
    io.onState?.(state, null, about);
    return {
        events,
        tell,
        end: now => {
            update(now);
            summaries.forget();
        },
        observe: (event, now) => {
            events.push(event);
            update(now);
            io.onState?.(now, event, about);
            tell(event, now);
        },
        [Symbol.asyncDispose]: async () => {
            ended.abort();
            await Promise.all([beating, summaries.stop(), stateFile.close()]);
        },
    };
}

// EXTERNAL MODULE: ./build/world/default-root.js
var default_root = __webpack_require__(3179);
// EXTERNAL MODULE: external "node:v8"
var external_node_v8_ = __webpack_require__(8877);
;// CONCATENATED MODULE: ./build/world/memory.js
/** How much memory the process takes. */

const FLAGS = [
    // No more room for short-lived objects than at first.
    '--semi-space-growth-factor=1',
    // What has gathered is collected when it is a fifth of what is in use, not several times that.
    '--heap-growing-percent=20',
    // Each collection gives memory back to the system.
    '--optimize-for-size',
];
/**
 * Keeps V8 from taking ever more room for what is no longer in use, which it hardly gives back. To start a process is
 * to copy the page tables of this one: with 160 MB that takes five times as long as with 90 MB, and the main thread
 * waits for it.
 */
function staySmall() {
    for (const flag of FLAGS)
        (0,external_node_v8_.setFlagsFromString)(flag);
}

// EXTERNAL MODULE: ./build/world/repository.js
var repository = __webpack_require__(4671);
;// CONCATENATED MODULE: ./build/start.js
var start_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
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
var start_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
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
/** Wiring: from inputs as text to a finished run and its files. The action and the terminal both start here. */

























/** Runs it all. Rejects only for a fault of ours. */
async function start_start(io) {
    staySmall();
    (0,shortage/* waitPatiently */.sw)(words => io.log.warning('machine', (0,decide_shortage/* saysShortage */.yK)(words)));
    const parsed = (0,inputs/* parseSettings */.P$)(io.inputs);
    if (!parsed.ok)
        return { kind: 'refused', lines: await (0,tasks_input/* mistakesIn */.f8)(io.inputs, io.cwd) };
    const { settings } = parsed;
    const surveyed = await (0,preflight/* surveyGround */.iO)({
        settings,
        env: io.env,
        cwd: io.cwd,
        platform: process.platform,
        rootOf: origin => (0,default_root/* defaultRoot */.cc)(io.env, (0,external_node_os_.homedir)(), origin),
        repositories: repository,
    });
    const root = 'ground' in surveyed ? surveyed.ground.repository.root : io.cwd;
    const tasks = await (0,tasks_input/* readPlan */.m3)(settings, io.cwd, root);
    const lines = [
        ...('obstacles' in surveyed ? surveyed.obstacles.map(sayObstacle) : []),
        ...(tasks.ok ? [] : tasks.problems.map(plan/* formatProblem */.Vw)),
    ];
    if ('obstacles' in surveyed || !tasks.ok || lines.length > 0)
        return { kind: 'refused', lines };
    const { ground } = surveyed;
    await tellOfFormerRoot(io, settings, ground);
    for (const notice of tasks.notices)
        io.log.notice('tasks', notice);
    for (const warning of ground.warnings)
        io.log.warning('checkout', warning);
    const bookkeeping = await (0,tasks_input/* bookkeepingOf */.W1)(settings, ground, tasks, io.cwd);
    if ('what' in bookkeeping)
        return { kind: 'refused', lines: [sayObstacle(bookkeeping)] };
    let begun = false;
    const watched = {
        ...io,
        onRunDirectory: (...told) => {
            begun = true;
            io.onRunDirectory(...told);
        },
    };
    try {
        return await conduct(watched, settings, ground, tasks.plan, bookkeeping.bookkeeping);
    }
    catch (error) {
        const fault = (0,disk/* diskFault */.s)(error, ground.workspaceRoot, begun);
        if (fault === null)
            throw error;
        return { kind: 'refused', lines: [sayObstacle(fault)], begun };
    }
}
/** Once: from then on there is a folder where runs lie now. */
async function tellOfFormerRoot({ env, log }, { workspaceRoot }, { workspaceRoot: root, origin }) {
    if (workspaceRoot !== null || env.RUNNER_TEMP || (await world_files.isFolder(root)))
        return;
    const former = (0,default_root/* formerRoot */.WM)((0,external_node_os_.tmpdir)());
    const count = await (0,old_runs/* countRuns */.oo)(former, (0,address/* withoutUser */.q)(origin.pushUrl));
    if (count === 0)
        return;
    log.notice('workspace-root', `${count} run(s) of this repository are in ${former}, where earlier versions had them; new ones are in ${root}. \`fanout status <run directory>\` and \`fanout retry\` take those as ever; \`fanout clean --workspace-root ${former}\` lists them.`);
}
function sayObstacle({ what, why, fix }) {
    return [what, why, fix].filter(part => part !== '').join(' ');
}
const start_REPORTS = ['summary.json', 'summary.md', 'report.html'];
/** Opens the run, goes on where an earlier process left it, and leaves its summary. */
async function conduct(io, settings, ground, plan, bookkeeping) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const { log, halts, retried } = io;
        const stack = start_addDisposableResource(env_1, new AsyncDisposableStack(), true);
        const claimed = await claim(io, settings, ground, plan, stack);
        if ('what' in claimed)
            return { kind: 'refused', lines: [sayObstacle(claimed)] };
        const scene = await openScene(io, settings, ground, plan, bookkeeping, claimed, stack);
        if ('what' in scene)
            return { kind: 'refused', lines: [sayObstacle(scene)] };
        const { places, startedAt } = claimed;
        const { continued } = claimed.left;
        const { workers, repository, repositoryUrl } = scene;
        const { mask } = scene.world;
        const facts = {
            version: 1,
            run_key: claimed.key,
            ...claimed.target,
            started_at: continued?.head.started_at ?? (0,identity/* isoTime */.Ly)(startedAt),
            gate_hash: gateHash(settings),
            fingerprints: Object.fromEntries(plan.tasks.map(task => [task.id, task.fingerprint])),
        };
        const keptRefs = (0,run_refs/* blockedWork */.g_)(scene.refs, scene.world.branch);
        const found = await takeStock(io, settings, ground, claimed, scene, facts, keptRefs);
        const world = { ...scene.world, base: found.base };
        const head = { ...facts, base_sha: found.base };
        const patiently = (act) => world.patience('The journal', act, halts.cancel);
        const journal = await (0,world_journal/* openJournal */._0)((0,external_node_path_.join)(places.run, 'journal.ndjson'), head, found.events, patiently);
        stack.defer(() => journal.close());
        // Until the end there is no report: that is how a run that was cut off is known.
        await Promise.all([...start_REPORTS, UNTOLD].map(name => world_files.removeAll((0,external_node_path_.join)(places.run, name))));
        const { state } = found;
        const resumed = continued !== null || found.earlier;
        const opening = { workers, repository, startedAt: head.started_at, resumed, state };
        const watch = stack.use(openWatch({ ...opening, events: found.events, world, head, repositoryUrl }, io));
        // Whoever retries a task wants to know whether its work was found.
        if (retried)
            for (const event of found.news)
                watch.tell(event, state);
        const report = await (0,run/* run */.eF)({
            ...opening,
            world,
            journal,
            halts,
            keptRefs: found.keptRefs,
            observe: watch.observe,
        });
        watch.end(report.state);
        for (const rule of report.state.lane.bypassed)
            log.warning('bypassed rules', mask(rule));
        await (0,world_mounts/* removeFolder */.v$)(places.gates);
        await world_files.leaveUntilExit((0,external_node_path_.join)(places.run, UNTOLD));
        const masked = JSON.parse(JSON.stringify(report.summary), (_, value) => typeof value === 'string' ? mask(value) : value);
        await world_files.writeJson((0,external_node_path_.join)(places.run, 'summary.json'), masked);
        return {
            ...{ kind: 'ran', report, events: watch.events, settings },
            ...{ runDirectory: places.run, repositoryUrl, mask },
        };
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = start_disposeResources(env_1);
        if (result_1)
            await result_1;
    }
}
/** Where the run stands before its first step: what its own journal, the branch and earlier attempts know. */
async function takeStock({ env, log, halts, retried, download }, settings, { repository, workspaceRoot }, { target, places, left, resumes }, { world, fresh, workers }, head, keptRefs) {
    const limits = (0,run/* limitsOf */.Af)(settings, workers);
    const { continued, ended } = left;
    const known = continued ? await takeUp(continued, head, fresh, limits, world) : { state: fresh, events: [] };
    const attempt = { root: workspaceRoot, into: (0,external_node_path_.join)(places.internal, 'earlier') };
    const found = await foundBefore(known.state, limits, {
        env,
        since: continued ? world.base : ((ended ?? retried)?.base ?? null),
        base: firstBase(left),
        anyRun: retried !== undefined,
        goesOn: continued !== null,
        earlier: async () => {
            if (ended ?? retried)
                return ended ?? retried ?? null;
            if (!resumes)
                return null;
            return earlierAttempt(env, settings, target, world.plan, attempt, download, halts.cancel, log, world.mask);
        },
        keptRefs,
        shallow: repository.shallow || repository.partial,
    }, world);
    await world_files.removeAll(attempt.into);
    return { ...found, events: [...known.events, ...found.events], news: found.events };
}

;// CONCATENATED MODULE: ./build/world/halt.js
/** What asks a run to halt from outside: a signal, the deadline, a file named `stop` in the run directory. */


const STOP_POLL_MS = 500;
/** After a cancel everything is to be written within 5 s (SPEC section 9): what is under way gets part of it. */
const LANE_GRACE_MS = 2500;
/** And a push that was cut off then has this long to be looked up on the remote. */
const READ_GRACE_MS = 3700;
function createHalts() {
    const cancel = new AbortController();
    const deadline = new AbortController();
    const lane = new AbortController();
    const read = new AbortController();
    const arrived = [];
    let listener = null;
    const timers = new Set();
    const raise = (halt) => {
        if (listener)
            listener(halt);
        else
            arrived.push(halt);
    };
    return {
        listen: heard => {
            listener = heard;
            for (const halt of arrived.splice(0))
                heard(halt);
            return () => {
                if (listener === heard)
                    listener = null;
            };
        },
        cancel: cancel.signal,
        endWork: AbortSignal.any([cancel.signal, deadline.signal]),
        endLane: lane.signal,
        endRead: read.signal,
        interrupt: () => {
            if (cancel.signal.aborted)
                return;
            raise('signal');
            cancel.abort();
            timers.add(setTimeout(() => lane.abort(), LANE_GRACE_MS).unref());
            timers.add(setTimeout(() => read.abort(), READ_GRACE_MS).unref());
        },
        watch: (runDir, deadlineMs) => {
            if (deadlineMs !== null) {
                const end = () => {
                    raise('deadline');
                    deadline.abort();
                };
                timers.add(setTimeout(end, deadlineMs).unref());
            }
            const poll = setInterval(async () => {
                const there = await (0,promises_.access)((0,external_node_path_.join)(runDir, 'stop')).then(() => true, () => false);
                if (!there || !timers.delete(poll))
                    return;
                clearInterval(poll);
                raise('stop');
            }, STOP_POLL_MS).unref();
            timers.add(poll);
        },
        [Symbol.dispose]: () => {
            for (const timer of timers)
                clearTimeout(timer);
            timers.clear();
        },
    };
}

// EXTERNAL MODULE: ./node_modules/picocolors/picocolors.js
var picocolors = __webpack_require__(7336);
// EXTERNAL MODULE: ./build/action/columns.js
var columns = __webpack_require__(8232);
;// CONCATENATED MODULE: ./build/action/live-view.js
/** The moment of a run as a terminal shows it below the log: counts, what runs and for how long, what the lane does. Pure. */





const NOTHING_WATCHED = { began: {}, lane: null };
function watched(before, event) {
    switch (event.type) {
        case 'began': {
            const { step } = event;
            if (step.kind === 'work' || step.kind === 'remediate')
                return { ...before, began: { ...before.began, [step.task]: event.at } };
            const text = laneText(step);
            return text === null ? before : { ...before, lane: { text, since: event.at } };
        }
        case 'stacked':
        case 'gated':
        case 'pushed':
            return { ...before, lane: null };
        default:
            return before;
    }
}
function laneText(step) {
    switch (step.kind) {
        case 'gate': {
            const most = Math.max(...step.targets.map(target => target.tasks.length));
            return most === 0 ? 'gate on the branch itself' : `gate on ${(0,wording/* plural */.LS)(most, 'task')}`;
        }
        case 'push':
            return `push of ${(0,wording/* plural */.LS)(step.layers.length, 'task')}`;
        case 'stack':
            return step.waitMs >= 1000
                ? `wait before the next push of ${(0,wording/* plural */.LS)(step.tasks.length, 'task')}`
                : `merge of ${(0,wording/* plural */.LS)(step.tasks.length, 'task')}`;
        default:
            return null;
    }
}
const SPINNER = [...'⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏'];
const SPINNER_MS = 100;
/** Tasks shown at most; the log above keeps the larger part of the screen. */
const MOST_ROWS = 16;
const TIME = 7;
/** Lines that fit `width`, at most half of `height` of them; no line break at the end. */
function liveFrame(moment, { width, height, color }) {
    const paint = (0,picocolors.createColors)(color);
    const spinner = SPINNER[Math.floor(moment.now / SPINNER_MS) % SPINNER.length] ?? '';
    const elapsed = (0,wording/* duration */.p0)(Math.max(0, moment.now - moment.startedAt) / 1000);
    // The last column stays free: a terminal may break the line there.
    const room = width - 1;
    const head = `${elapsed}  ${live_view_headOf(moment)}`;
    const top = `${paint.cyan(spinner)} ${paint.bold((0,columns/* clip */.$Q)(head, room - 2))}`;
    if (moment.state === null)
        return top;
    const running = moment.state.tasks.filter(isRunning);
    const most = Math.min(MOST_ROWS, Math.max(1, Math.floor(height / 2) - 3));
    const shown = running.length > most ? running.slice(0, most - 1) : running;
    const names = Math.min(28, Math.floor(room / 3), Math.max(4, ...shown.map(task => task.id.length)));
    const rows = shown.map(task => rowOf(task, moment, names, room, paint));
    const more = running.length - shown.length;
    const { lane } = moment.watched;
    return [
        top,
        ...rows,
        ...(more > 0 ? [paint.dim(`  and ${more} more`)] : []),
        ...(lane === null
            ? []
            : [
                paint.magenta((0,columns/* clip */.$Q)(`  ${(0,columns/* pad */.eV)('lane', names)} ${(0,columns/* padStart */.CF)(seconds(lane.since, moment.now), TIME)}  ${lane.text}`, room)),
            ]),
    ].join('\n');
}
/** What it is, for how long, and what its worker says: the title makes room for that. */
function rowOf(task, { titles, lastLines, watched: { began }, now }, names, room, paint) {
    const title = (0,plain/* plainLine */.h0)(titles[task.id] ?? '', 200);
    const last = (0,plain/* plainLine */.h0)(lastLines.get(task.id) ?? '', 500);
    const words = `${noteOf(task)}${title === task.id ? '' : title}`;
    const start = `  ${(0,columns/* pad */.eV)(task.id, names)} ${(0,columns/* padStart */.CF)(seconds(began[task.id], now), TIME)}  `;
    const rest = room - (0,columns/* widthOf */.qz)(start);
    if (last === '')
        return `${start}${(0,columns/* clip */.$Q)(words, rest)}`.trimEnd();
    const own = words === '' ? '' : `${(0,columns/* clip */.$Q)(words, Math.max(20, Math.floor(rest / 2)))}  `;
    const more = rest - (0,columns/* widthOf */.qz)(own);
    return more < 8 ? (0,columns/* clip */.$Q)(`${start}${own}`, room).trimEnd() : `${start}${own}${paint.dim((0,columns/* clip */.$Q)(last, more))}`;
}
function isRunning({ stage }) {
    return stage.kind === 'working' || stage.kind === 'remediating';
}
function noteOf({ stage, workerRuns }) {
    if (stage.kind === 'remediating')
        return 'remediation: ';
    return workerRuns > 1 ? `run ${workerRuns}: ` : '';
}
function live_view_headOf({ state, branch, dryRun }) {
    if (state === null)
        return 'preparing';
    const tasks = state.tasks.map(task => task.stage);
    const count = (fits) => tasks.filter(fits).length;
    const ended = (outcome) => count(stage => stage.kind === 'ended' && stage.outcome === outcome);
    const total = tasks.length - ended('skipped');
    const parts = [
        [count(stage => stage.kind === 'working' || stage.kind === 'remediating'), 'running'],
        [count(stage => stage.kind === 'ready' || stage.kind === 'handoff'), 'to land'],
        [count(stage => stage.kind === 'ended' && verdict/* FAILING */.tz.has(stage.outcome)), 'failed'],
        [ended('unchanged'), 'unchanged'],
        [count(stage => stage.kind === 'waiting'), 'waiting'],
    ];
    const halted = { signal: 'stopping', deadline: 'deadline', stop: 'stopping gently' };
    const open = tasks.some(stage => stage.kind !== 'ended');
    return [
        `${ended('landed')}/${total} ${dryRun ? 'would land' : 'landed'} on ${(0,plain/* plainLine */.h0)(branch, 60)}`,
        ...parts.filter(([number]) => number > 0).map(([number, word]) => `${number} ${word}`),
        ...(state.halt === null ? [] : [halted[state.halt]]),
        ...(open ? [] : ['finishing']),
    ].join('  ');
}
function seconds(since, now) {
    const began = Date.parse(since ?? '');
    return Number.isFinite(began) ? (0,wording/* duration */.p0)(Math.max(0, now - began) / 1000) : '';
}

;// CONCATENATED MODULE: ./build/cli/live.js
/** Feeds the live view of a run: its state, and the last line of each worker's log. */



const READ_MS = 1000;
/** As many logs are looked at: more do not fit on a screen. */
const MOST_LOGS = 16;
const LOG_BYTES = 4096;
function watchRun(terminal) {
    const startedAt = Date.now();
    let about = { branch: '', dryRun: false, titles: {}, mask: text => text };
    let state = null;
    let seen = NOTHING_WATCHED;
    let dir = null;
    let lastLines = new Map();
    let reading = Promise.resolve();
    terminal.follow(({ width, height }) => {
        const moment = { ...about, state, watched: seen, lastLines, startedAt, now: Date.now() };
        return liveFrame(moment, { width, height, color: terminal.color });
    });
    async function read() {
        const running = state?.tasks.filter(({ stage }) => stage.kind === 'working' || stage.kind === 'remediating');
        const found = (running ?? []).slice(0, MOST_LOGS).map(async ({ id, stage }) => {
            const name = stage.kind === 'working' ? 'worker.log' : 'remediation.log';
            const end = await (0,world_files.readEnd)((0,external_node_path_.join)(dir ?? '', 'tasks', id, name), LOG_BYTES).catch(() => '');
            return [id, lastLine(about.mask(end))];
        });
        lastLines = new Map(await Promise.all(found));
    }
    const timer = setInterval(() => {
        if (dir !== null)
            reading = reading.then(read);
    }, READ_MS).unref();
    return {
        directory: path => {
            dir = path;
        },
        state: (now, event, of) => {
            about = of;
            state = now;
            if (event !== null)
                seen = watched(seen, event);
        },
        end: async () => {
            clearInterval(timer);
            await reading;
        },
    };
}
/** Whole lines only: half a secret would not be known for one. */
function lastLine(end) {
    const cut = Buffer.byteLength(end) >= LOG_BYTES;
    const lines = end.split(/\r\n|\r|\n/).slice(cut ? 1 : 0, -1);
    return lines.findLast(line => line.trim() !== '') ?? '';
}

// EXTERNAL MODULE: ./build/cli/mistakes.js
var mistakes = __webpack_require__(8716);
// EXTERNAL MODULE: ./build/cli/own-name.js
var own_name = __webpack_require__(7353);
// EXTERNAL MODULE: ./build/cli/say.js
var say = __webpack_require__(2486);
;// CONCATENATED MODULE: ./build/cli/terminal.js
/** What a run shows while it goes on: lines where there is no terminal; lines above a view of the moment where there is one. */


/** Makes a terminal show a line in another order than it has. */
const TURNING = /[\u202a-\u202e\u2066-\u2069]/g;
const REDRAW_MS = 100;
/** Below that there is no room for a view. */
const LEAST = { width: 40, height: 8 };
async function openTerminal(stream, env) {
    const color = (0,say/* hasColor */.cE)(stream);
    const size = () => ({ width: stream.columns ?? 100, height: stream.rows ?? 24 });
    const roomy = size().width >= LEAST.width && size().height >= LEAST.height;
    const live = stream.isTTY && env.TERM !== 'dumb' && !env.CI && roomy;
    const screen = live ? await openScreen(stream, size) : plainScreen(stream);
    const line = (text, prefix = '') => {
        const safe = (0,decide_text/* harmless */.Is)(text, prefix).replace(TURNING, '\ufffd');
        screen.line(color ? safe : (0,decide_text/* stripAnsi */.aJ)(safe));
    };
    const log = {
        line,
        warning: (title, text) => line(`warning: ${title}: ${text}`),
        notice: (title, text) => line(`note: ${title}: ${text}`),
        fold: (title, lines) => {
            line(`--- ${title}`);
            for (const each of lines)
                line(each, '  | ');
        },
        debug: text => {
            if (env.FANOUT_DEBUG)
                line(text);
        },
    };
    return { log, color, live, follow: screen.follow, close: screen.close, [Symbol.dispose]: screen.close };
}
function plainScreen(stream) {
    return { line: text => stream.write(`${text}\n`), follow: () => { }, close: () => { } };
}
/** The cursor stays where it is seen: a run that is killed leaves nothing to repair. */
async function openScreen(stream, size) {
    const { createLogUpdate } = await __webpack_require__.e(/* import() */ 131).then(__webpack_require__.bind(__webpack_require__, 4131));
    const view = createLogUpdate(stream, { showCursor: true });
    let lines = [];
    let frame = null;
    // As they are, for the terminal to wrap: a path can still be copied from them.
    const flush = () => {
        if (lines.length === 0)
            return;
        view.clear();
        stream.write(`${lines.join('\n')}\n`);
        lines = [];
    };
    const draw = () => {
        flush();
        if (frame !== null)
            view(frame(size()));
    };
    const timer = setInterval(draw, REDRAW_MS).unref();
    let open = true;
    return {
        line: text => {
            if (open)
                lines.push(text);
            else
                stream.write(`${text}\n`);
        },
        follow: next => {
            frame = next;
        },
        close: () => {
            if (!open)
                return;
            open = false;
            clearInterval(timer);
            frame = null;
            view.clear();
            flush();
            view.done();
        },
    };
}

;// CONCATENATED MODULE: ./build/cli/run.js
var run_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
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
var run_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
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
/** `fanout run`: starts a run, shows it, and tells how it ended. */















async function run_runCommand(args) {
    if (args.problems.length > 0)
        return (0,say/* refuse */.TR)(await (0,mistakes/* allMistakes */.t)(args, args.inputs, process.cwd()));
    return runInTerminal({ inputs: args.inputs, cwd: process.cwd() });
}
/** From the first line to the exit code. */
async function runInTerminal({ inputs, cwd, retried, began }) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const terminal = run_addDisposableResource(env_1, await openTerminal(process.stdout, process.env), false);
        const halts = run_addDisposableResource(env_1, createHalts(), false);
        const view = terminal.live ? watchRun(terminal) : null;
        let runDir = null;
        let noted = Promise.resolve();
        const unhook = onSignals(halts, terminal, () => runDir);
        try {
            const started = await start_start({
                inputs: { ...inputs, token: inputs.token ?? process.env.GITHUB_TOKEN ?? '' },
                env: process.env,
                cwd,
                log: terminal.log,
                halts,
                download: null,
                stepSummary: null,
                onRunDirectory: dir => {
                    runDir = dir;
                    terminal.log.line(`run directory: ${dir}`);
                    view?.directory(dir);
                    noted = began?.(dir) ?? noted;
                },
                ...(view ? { onState: view.state } : {}),
                ...(retried ? { retried } : {}),
            });
            await noted;
            await view?.end();
            terminal.close();
            if (started.kind === 'ran')
                return await conclude(started, terminal);
            (0,say/* refuse */.TR)(started.lines);
            return halts.cancel.aborted && !started.begun ? 130 : 1;
        }
        finally {
            unhook();
        }
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        run_disposeResources(env_1);
    }
}
/** The first signal asks for an orderly end, the second gets an immediate one. Returns what takes the handlers away. */
function onSignals(halts, terminal, runDir) {
    const interrupt = () => {
        if (halts.cancel.aborted) {
            terminal.close();
            // No post step comes after this one: what still runs would run on.
            const dir = runDir();
            if (dir !== null)
                (0,survivors/* killSurvivors */.GW)(runCookie(process.env, dir));
            process.exit(130);
        }
        terminal.log.line('Stopping: what runs is ended and saved. Once more ends at once.');
        halts.interrupt();
    };
    // SIGHUP: the terminal was closed.
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    for (const signal of signals)
        process.on(signal, interrupt);
    return () => {
        for (const signal of signals)
            process.off(signal, interrupt);
    };
}
async function conclude(ran, terminal) {
    const { report, events, settings, runDirectory, repositoryUrl, mask } = ran;
    const where = { runDirectory, repositoryUrl, mask, events };
    const { reportFile, tails, verifyTail, unwritten } = await (0,publish/* publish */.m)(report.summary, where);
    if (settings.log === 'failures') {
        const ends = [...tails, ...(verifyTail ? [['verification', verifyTail]] : [])];
        for (const [id, text] of ends)
            terminal.log.fold(`${id}: the end of its log`, (0,decide_text/* splitLines */.uz)(text).slice(-20));
    }
    const table = (0,action_table/* summaryTable */.j)(report.summary, { color: terminal.color, width: (0,say/* columns */.YB)() });
    (0,say/* out */.FD)(`\n${mask(table)}\n`);
    if (unwritten === null)
        (0,say/* out */.FD)(`report: ${reportFile}`);
    else
        terminal.log.warning('report', `summary.md and report.html could not be written: ${unwritten}`);
    const again = settings.dryRun ? [] : (0,wording/* needPerson */.gZ)(report.summary).map(({ id }) => id);
    if (again.length > 0) {
        (0,say/* out */.FD)(`retry:  ${(0,own_name/* ownName */.q)()} ${(0,shell_words/* shellLine */.T)(['retry', runDirectory, '--task', again.join(',')])}`);
    }
    return report.state.halt === 'signal' ? 130 : exitCodeOf(report.summary, settings.failOn);
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

/***/ 2730:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   K: () => (/* binding */ readInputs),
/* harmony export */   j: () => (/* binding */ keepInputs)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8816);
/* harmony import */ var _world_files_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6256);
/** `inputs.json`: what a run was started with, so that it can be tried again. Holds no token and nothing else that is secret. */




const KEPT = zod__WEBPACK_IMPORTED_MODULE_3__/* .object */ .Ikc({
    version: zod__WEBPACK_IMPORTED_MODULE_3__/* .literal */ .euz(1),
    /** Where the user stood, from the root of the repository: a tasks file is named from there. */
    folder: zod__WEBPACK_IMPORTED_MODULE_3__/* .string */ .YjP(),
    /** Those that were given, as text. */
    inputs: zod__WEBPACK_IMPORTED_MODULE_3__/* .record */ .g1P(zod__WEBPACK_IMPORTED_MODULE_3__/* .string */ .YjP(), zod__WEBPACK_IMPORTED_MODULE_3__/* .string */ .YjP()),
    /** Names of those that were given and hold a secret: they are not here. */
    left_out: zod__WEBPACK_IMPORTED_MODULE_3__/* .array */ .YOg(zod__WEBPACK_IMPORTED_MODULE_3__/* .string */ .YjP()),
});
const FILE = 'inputs.json';
async function keepInputs(runDir, inputs, where, mask) {
    const given = Object.entries(inputs).flatMap(([name, value]) => (value ? [[name, value]] : []));
    const open = given.filter(([name, value]) => name !== 'token' && mask(value) === value);
    const leftOut = given.filter(each => !open.includes(each)).map(([name]) => name);
    const folder = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.relative)(await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.realpath)(where.root), await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.realpath)(where.cwd));
    const kept = {
        version: 1,
        // Outside of the repository nothing can be named from its root.
        folder: folder.startsWith('..') ? '' : folder,
        inputs: Object.fromEntries(open),
        left_out: leftOut,
    };
    await (0,_world_files_js__WEBPACK_IMPORTED_MODULE_2__.writeJson)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(runDir, FILE), kept);
}
/** null: there are none, or nothing that can be read. */
async function readInputs(runDir) {
    const text = await (0,_world_files_js__WEBPACK_IMPORTED_MODULE_2__.readText)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(runDir, FILE));
    try {
        return KEPT.parse(JSON.parse(text ?? ''));
    }
    catch {
        return null;
    }
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

/***/ 9818:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  gl: () => (/* binding */ reach),
  _M: () => (/* binding */ repositoryOf),
  xz: () => (/* binding */ watchRules)
});

;// CONCATENATED MODULE: ./build/decide/branch-rules.js
/** Rules of a branch that usually refuse a direct push, and what to say of them before anything is paid for. */
/** Rule types as GitHub's `GET /repos/{owner}/{repo}/rules/branches/{branch}` names them, and what each asks. */
const REFUSING = new Map([
    ['pull_request', 'changes only through pull requests'],
    ['merge_queue', 'changes only through the merge queue'],
    ['required_status_checks', 'only commits whose status checks have passed'],
    ['required_signatures', 'only signed commits, and these are not signed'],
    ['update', 'updates only by those who may bypass the rule'],
    ['required_deployments', 'only commits that were deployed before'],
    ['workflows', 'only commits for which its required workflows have passed'],
    ['code_scanning', 'only commits that code scanning has passed'],
]);
/** One paragraph for a warning (what, why, the way out); null: none of these rules refuses a push like ours. */
function branchRulesWarning(types, branch) {
    const found = [...REFUSING].filter(([type]) => types.includes(type));
    if (found.length === 0)
        return null;
    const asked = found.map(([type, asks]) => `${asks} (${type})`).join('; ');
    return (`${branch} takes ${asked}. ` +
        'Fanout pushes to it directly, and GitHub does not tell in advance whether this token may bypass these rules, so the run goes on. ' +
        'If the push is refused, the work is kept and a later run tries it first: put the GitHub App whose token you pass as `token:` ' +
        'on the bypass list of the rule, or let `branch:` name a branch without it.');
}

// EXTERNAL MODULE: ./build/decide/damage.js
var decide_damage = __webpack_require__(548);
// EXTERNAL MODULE: ./build/run/preflight.js
var preflight = __webpack_require__(305);
// EXTERNAL MODULE: ./build/run/refs.js
var refs = __webpack_require__(4461);
// EXTERNAL MODULE: ./build/run/tip.js
var run_tip = __webpack_require__(2415);
// EXTERNAL MODULE: ./build/world/github.js
var github = __webpack_require__(4723);
;// CONCATENATED MODULE: ./build/reach.js
/** Before the first worker: the remote's word that it would take a push. */






/** The remote is there, has the branch, and would take a push; the branch's tip comes into the store. */
async function reach(remote, store, { branch, onBranch, repository, head }, settings, mask, halts) {
    const ref = `refs/heads/${branch}`;
    const pushable = !repository.partial && !settings.dryRun;
    const [listed, rehearsed] = await Promise.all([
        remote.list([ref, refs/* BLOCKED_REFS */.mD], halts.cancel),
        pushable ? remote.rehearse(head, branch, halts.cancel) : null,
    ]);
    if (listed.said.exitCode !== 0)
        return unread(listed.said);
    const there = listed.refs.get(ref);
    if (there === undefined)
        return (0,preflight/* noBranch */.kc)(branch, remote.url);
    const obstacle = obstacleIn(rehearsed);
    if (obstacle)
        return obstacle;
    if (there === head && !repository.partial) {
        // A fresh checkout: there is nothing to fetch.
        await store.setRef(ref, head);
        return { tip: head, refs: listed.refs };
    }
    // Where history does not lead from the checkout to the branch, one commit is enough to start from.
    const depth = repository.partial || (repository.shallow && !onBranch) ? { depth: 1 } : {};
    const fetched = await remote.fetch([`+${ref}:${ref}`], depth, halts.cancel);
    if (fetched.exitCode !== 0)
        return unread(fetched);
    // What was fetched, not what was listed: the branch may have moved between the two.
    const [tip] = await store.resolve([ref]);
    // A partial checkout has not all the objects of a push: what was just fetched stands in for it.
    const late = repository.partial && !settings.dryRun;
    const refused = obstacleIn(late ? await remote.rehearse(tip, branch, halts.cancel) : null);
    return refused ?? { tip: tip, refs: listed.refs };
    function unread(said) {
        return ownDamage(said) ?? (0,preflight/* unreachable */.HB)((0,run_tip/* refusalOf */.Of)(said, 'fetch', mask), remote.url);
    }
    /** Objects of the checkout that the store shares with it: the store's own have been looked at. */
    function ownDamage({ stderr }) {
        const damage = (0,decide_damage/* damageIn */.d)(stderr);
        return damage?.file.startsWith(`${repository.gitDir}/`)
            ? (0,preflight/* damaged */.qM)(repository.root, mask(damage.words))
            : null;
    }
    function obstacleIn(said) {
        if (said === null || said.exitCode === 0)
            return null;
        return ownDamage(said) ?? (0,preflight/* remoteObstacle */.ks)((0,run_tip/* refusalOf */.Of)(said, 'push', mask), branch, remote.url);
    }
}
/** The API's answer may take so long; nothing waits for it. */
const RULES_TIMEOUT_MS = 5000;
/**
 * Warns of rules that usually refuse a push, beside whatever else goes on: only where the API is the remote's own.
 * Never fails; disposing gives the answer up.
 */
function watchRules(remoteUrl, branch, settings, env, log) {
    const over = new AbortController();
    const { token, dryRun } = settings;
    const { GITHUB_API_URL: apiUrl, GITHUB_SERVER_URL: serverUrl } = env;
    const place = serverUrl ? (0,github/* placeOf */.$t)(remoteUrl, serverUrl) : null;
    if (place && token && apiUrl && !dryRun) {
        const signal = AbortSignal.any([over.signal, AbortSignal.timeout(RULES_TIMEOUT_MS)]);
        (0,github/* branchRules */.q)(place, branch, token, apiUrl, signal).then(types => {
            const warning = branchRulesWarning(types, branch);
            if (warning && !over.signal.aborted)
                log.warning('branch rules', warning);
        }, (error) => log.debug(`the rules of ${branch} are not known: ${String(error)}`));
    }
    return { [Symbol.dispose]: () => over.abort() };
}
/** `owner/name` as far as an URL or a path tells. */
function repositoryOf(url) {
    return /([^/:]+\/[^/]+?)(?:\.git)?\/?$/.exec(url)?.[1] ?? url;
}


/***/ }),

/***/ 4723:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $t: () => (/* binding */ placeOf),
/* harmony export */   q: () => (/* binding */ branchRules),
/* harmony export */   rc: () => (/* binding */ fileLimitOf)
/* harmony export */ });
/** GitHub's REST API, for what git cannot tell. Its client is loaded only when it is used; it only reads. */
/** Owner and repository of a remote, where its host is the server's; null: it is another host's, or a path. */
function placeOf(remoteUrl, serverUrl) {
    const [, host, path] = /^(?:https?|ssh):\/\/(?:[^/@]*@)?([^/]+)\/(.+)$/i.exec(remoteUrl) ??
        /^(?:[^/@:]+@)([^/:]+):(?!\/\/)(.+)$/.exec(remoteUrl) ??
        [];
    const [owner, repo, ...more] = path
        ?.replace(/\.git\/?$/, '')
        .split('/')
        .filter(Boolean) ?? [];
    if (!host || !owner || !repo || more.length > 0)
        return null;
    return host.toLowerCase() === hostOf(serverUrl) ? { owner, repo } : null;
}
/** GitHub takes no larger file (GH001). */
const LARGEST_FILE = 100 * 1024 * 1024;
/** The limit of the server that the job runs on; null: the remote is another one. */
function fileLimitOf(remoteUrl, serverUrl) {
    return placeOf(remoteUrl, serverUrl) === null ? null : LARGEST_FILE;
}
function hostOf(url) {
    return URL.canParse(url) ? new URL(url).host.toLowerCase() : null;
}
/**
 * Types of the rules that hold for a branch, of the repository and above it. Rejects when the API does not answer
 * or says no. It does not know of classic branch protection, nor who may bypass a rule.
 */
async function branchRules(place, branch, token, apiUrl, signal) {
    const [{ Octokit }, { defaults, getOctokitOptions }] = await Promise.all([
        Promise.all(/* import() */[__webpack_require__.e(479), __webpack_require__.e(267)]).then(__webpack_require__.bind(__webpack_require__, 1267)),
        Promise.all(/* import() */[__webpack_require__.e(479), __webpack_require__.e(176)]).then(__webpack_require__.bind(__webpack_require__, 7176)),
    ]);
    const client = new Octokit({
        ...defaults,
        ...getOctokitOptions(token),
        baseUrl: apiUrl,
        // What it has to say about a failed request is no business of the step log.
        log: { debug: () => { }, info: () => { }, warn: () => { }, error: () => { } },
    });
    const { data } = await client.rest.repos.getBranchRules({
        ...place,
        branch,
        per_page: 100,
        request: { signal },
    });
    if (!Array.isArray(data))
        throw new Error('the answer is no list of rules');
    return data.flatMap(rule => (typeof rule?.type === 'string' ? [rule.type] : []));
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
