export const id = 671;
export const ids = [671];
export const modules = {

/***/ 2775:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   BN: () => (/* binding */ isOfRemotes),
/* harmony export */   HS: () => (/* binding */ filtersIn),
/* harmony export */   JV: () => (/* binding */ settingsText),
/* harmony export */   VO: () => (/* binding */ runIn),
/* harmony export */   dd: () => (/* binding */ isInclude),
/* harmony export */   mg: () => (/* binding */ readScopedSettings),
/* harmony export */   qx: () => (/* binding */ isCoreConversion),
/* harmony export */   rv: () => (/* binding */ isConversion),
/* harmony export */   sb: () => (/* binding */ readSettings),
/* harmony export */   yE: () => (/* binding */ quotedForGit)
/* harmony export */ });
/** Settings of git that decide how files are stored, merged and written: which of a configuration count, and where they run. */
/** Of `git config --list -z`. */
function readSettings(listed) {
    return listed
        .split('\0')
        .filter(entry => entry !== '')
        .map(entry => {
        const end = entry.indexOf('\n');
        if (end < 0)
            return { key: entry, value: null };
        return { key: entry.slice(0, end), value: entry.slice(end + 1) };
    });
}
/** Of `git config --list -z --show-scope`. */
function readScopedSettings(listed) {
    const parts = listed.split('\0');
    return parts.flatMap((scope, i) => {
        const [setting] = i % 2 === 0 ? readSettings(parts[i + 1] ?? '') : [];
        return setting === undefined ? [] : [{ scope, ...setting }];
    });
}
/** Of `core`: line ends, encodings and the executable bit. git init writes one of them into each repository. */
function isCoreConversion({ key }) {
    return /^core\.(autocrlf|eol|safecrlf|checkroundtripencoding|filemode)$/i.test(key);
}
/** Of other repositories and the way to them: what may hold a password. */
function isOfRemotes({ key }) {
    return /^(http|credential|url|remote|sendemail|imap|github|gitlab)\./i.test(key) && !isMannersOfHttp(key);
}
/** How git talks HTTP, with whomever: nothing secret. */
function isMannersOfHttp(key) {
    const names = 'useragent|version|postbuffer|followredirects|ssl(?:verify|version|cipherlist|cainfo|capath)';
    return new RegExp(`^http\\.(?:[^@]*\\.)?(?:${names}|lowspeed(?:limit|time))$`, 'i').test(key);
}
/** Drivers and rules for what is stored and for how it is merged. */
function isConversion({ key }) {
    return /^(filter|merge)\../i.test(key) || /^diff\.rename(s|limit)$/i.test(key);
}
/** The names of the filters that somebody has defined. */
function filtersIn(settings) {
    return new Set(settings.flatMap(({ key }) => /^filter\.(.+)\.(clean|smudge|process)$/is.exec(key)?.[1] ?? []));
}
/** What git sets for a command in its environment: of another repository than the one that a filter is to run in. */
const OF_ONE_REPOSITORY = [
    'GIT_DIR',
    'GIT_WORK_TREE',
    'GIT_INDEX_FILE',
    'GIT_OBJECT_DIRECTORY',
    'GIT_ALTERNATE_OBJECT_DIRECTORIES',
    'GIT_COMMON_DIR',
    'GIT_PREFIX',
];
/**
 * The same setting with its command run in `folder`, where it was defined: a relative path leads there and to no file of a
 * worker, and a tool finds its keys in that repository's `.git`. Git LFS alone runs where git does, for it keeps contents
 * beside the objects.
 */
function runIn(folder, setting) {
    const { key, value } = setting;
    const [, kind] = /^(?:filter|merge)\..+\.(clean|smudge|process|driver)$/is.exec(key) ?? [];
    if (kind === undefined || !value || isLfs(key, value))
        return setting;
    const isProcess = kind.toLowerCase() === 'process';
    // git replaces `%f` and the like, but not for a process.
    const place = quotedForShell(isProcess ? folder : folder.replaceAll('%', '%%'));
    const command = kind.toLowerCase() === 'driver' ? withPlaces(value) : value;
    const lines = [
        ...(command === value ? [] : ['fanout_merge=$PWD']),
        `cd ${place} || exit 129`,
        `unset ${OF_ONE_REPOSITORY.join(' ')}`,
        command,
    ];
    return { key, value: lines.join('\n') };
}
function isLfs(key, command) {
    return /^filter\.lfs\./i.test(key) || /^\s*git[- ]lfs\b/.test(command);
}
/** A merge driver's files (`%O`, `%A`, `%B`) have names that are relative to the folder in which git runs it. */
function withPlaces(command) {
    let quote = '';
    let text = '';
    for (let at = 0; at < command.length; at++) {
        const char = command[at];
        if (char === '\\' && quote !== "'") {
            text += char + (command[++at] ?? '');
        }
        else if (char === '%' && /[OAB]/.test(command[at + 1] ?? '')) {
            const place = { '': '"$fanout_merge"/', '"': '$fanout_merge/', "'": `'"$fanout_merge"'/` }[quote];
            text += `${place}%${command[++at]}`;
        }
        else if (char === '%') {
            text += char + (command[++at] ?? '');
        }
        else {
            if (quote === '' && (char === '"' || char === "'"))
                quote = char;
            else if (quote === char)
                quote = '';
            text += char;
        }
    }
    return text;
}
function quotedForShell(text) {
    return `'${text.replaceAll("'", `'\\''`)}'`;
}
/** As text of a configuration file. */
function settingsText(settings) {
    return settings.map(settingText).join('');
}
/** What it brings is listed by git with the other settings. */
function isInclude({ key }) {
    return /^include(if)?\./i.test(key);
}
function settingText({ key, value }) {
    const section = key.slice(0, key.indexOf('.'));
    const name = key.slice(key.lastIndexOf('.') + 1);
    const subsection = key.slice(section.length + 1, -name.length - 1);
    const head = subsection === '' ? `[${section}]` : `[${section} ${quotedForGit(subsection)}]`;
    return `${head}\n\t${name}${value === null ? '' : ` = ${quotedForGit(value)}`}\n`;
}
/** As a subsection or a value. */
function quotedForGit(text) {
    return `"${text.replace(/["\\]/g, '\\$&').replaceAll('\n', '\\n')}"`;
}


/***/ }),

/***/ 1946:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   d: () => (/* binding */ stepConfiguration),
/* harmony export */   v: () => (/* binding */ pinSettings)
/* harmony export */ });
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8161);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _decide_git_settings_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(2775);
/* harmony import */ var _files_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6256);
/* harmony import */ var _git_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5379);
/**
 * git's settings as they were when the run began, of the user and of the checkout: what workers then do to `~/.gitconfig`, or a
 * tool to the checkout, is not the lane's.
 */





/** Files that the configuration names, and their places where it does not. */
const NAMED = [
    ['excludesFile', 'ignore'],
    ['attributesFile', 'attributes'],
];
/**
 * From here on our git commands read the user's configuration, as it holds in the checkout, from `file` and copies beside
 * it; and with it what the checkout and the step's `GIT_CONFIG_*` say of filters, merges and conversions. Returns that as
 * text for the configuration of the folders that workers get.
 */
async function pinSettings(checkout, file) {
    const env = stepConfiguration(process.env);
    const listed = await (0,_git_js__WEBPACK_IMPORTED_MODULE_3__/* .git */ .$Y)(checkout, ['config', '--list', '-z', '--show-scope', '--includes'], { env });
    const settings = (0,_decide_git_settings_js__WEBPACK_IMPORTED_MODULE_4__/* .readScopedSettings */ .mg)(listed.stdout)
        .filter(setting => !(0,_decide_git_settings_js__WEBPACK_IMPORTED_MODULE_4__/* .isInclude */ .dd)(setting))
        .map(setting => ({ ...setting, ...(0,_decide_git_settings_js__WEBPACK_IMPORTED_MODULE_4__/* .runIn */ .VO)(checkout, setting) }));
    // Passwords are for the commands that need them, and for no file of ours.
    const ofUser = settings.filter(setting => setting.scope === 'global' && !(0,_decide_git_settings_js__WEBPACK_IMPORTED_MODULE_4__/* .isOfRemotes */ .BN)(setting));
    const ofCheckout = settings.filter(({ scope }) => scope !== 'global' && scope !== 'system');
    const core = ofCheckout.filter(_decide_git_settings_js__WEBPACK_IMPORTED_MODULE_4__/* .isCoreConversion */ .qx);
    const drivers = ofCheckout.filter(_decide_git_settings_js__WEBPACK_IMPORTED_MODULE_4__/* .isConversion */ .rv);
    const copies = await Promise.all(NAMED.map(async ([key, name]) => {
        const copy = `${file}.${name}`;
        const place = await placeOf(checkout, key, name, env);
        await (0,_files_js__WEBPACK_IMPORTED_MODULE_2__.writeAtomic)(copy, (await (0,_files_js__WEBPACK_IMPORTED_MODULE_2__.readText)(place).catch(() => null)) ?? '');
        return { key: `core.${key}`, value: copy };
    }));
    await (0,_files_js__WEBPACK_IMPORTED_MODULE_2__.writeAtomic)(file, (0,_decide_git_settings_js__WEBPACK_IMPORTED_MODULE_4__/* .settingsText */ .JV)([...ofUser, ...drivers, ...copies]));
    const { GIT_CONFIG_SYSTEM, GIT_CONFIG_NOSYSTEM, GIT_CONFIG_GLOBAL } = process.env;
    (0,_git_js__WEBPACK_IMPORTED_MODULE_3__/* .useSettings */ .t0)({
        GIT_CONFIG_GLOBAL: file,
        ...(GIT_CONFIG_SYSTEM === undefined ? {} : { GIT_CONFIG_SYSTEM }),
        ...(GIT_CONFIG_NOSYSTEM === undefined ? {} : { GIT_CONFIG_NOSYSTEM }),
    }, 
    // Not in the file: each repository has one of its own in force, as git init has written it.
    core.map(({ key, value }) => [key, value ?? 'true']));
    // A worker is given no `GIT_*`: its git reads the user's own file, but none that the step names.
    const named = GIT_CONFIG_GLOBAL === undefined ? [] : ofUser;
    return (0,_decide_git_settings_js__WEBPACK_IMPORTED_MODULE_4__/* .settingsText */ .JV)([
        ...named.filter(each => (0,_decide_git_settings_js__WEBPACK_IMPORTED_MODULE_4__/* .isCoreConversion */ .qx)(each) || (0,_decide_git_settings_js__WEBPACK_IMPORTED_MODULE_4__/* .isConversion */ .rv)(each)),
        ...core,
        ...drivers,
    ]);
}
/** The step's own configuration and the user's files as they are, which our git commands are not given otherwise. */
function stepConfiguration(parent) {
    const count = Number(parent.GIT_CONFIG_COUNT || 0);
    const pairs = Array.from({ length: Number.isInteger(count) ? count : 0 }, (_, i) => {
        return [parent[`GIT_CONFIG_KEY_${i}`] ?? '', parent[`GIT_CONFIG_VALUE_${i}`] ?? ''];
    });
    const others = ['GIT_CONFIG_PARAMETERS', 'GIT_CONFIG_GLOBAL', 'GIT_CONFIG_SYSTEM', 'GIT_CONFIG_NOSYSTEM'];
    return {
        // Also where there is none: ours must not take its place.
        ...Object.fromEntries(others.map(name => [name, parent[name]])),
        // Another user's checkout is no less the step's.
        ...(0,_git_js__WEBPACK_IMPORTED_MODULE_3__/* .gitConfigEnvironment */ .mL)([...pairs.filter(([key]) => key !== ''), ['safe.directory', '*']]),
    };
}
async function placeOf(checkout, key, name, env) {
    const { exitCode, stdout } = await (0,_git_js__WEBPACK_IMPORTED_MODULE_3__/* .git */ .$Y)(checkout, ['config', '--type=path', '-z', '--get', `core.${key}`], {
        env,
    });
    if (exitCode === 0)
        return (0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(checkout, stdout.replace(/\0$/, ''));
    return (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(process.env.XDG_CONFIG_HOME || (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(process.env.HOME || (0,node_os__WEBPACK_IMPORTED_MODULE_0__.homedir)(), '.config'), 'git', name);
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
/* harmony import */ var _shortage_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2114);
/* harmony import */ var _spawn_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1840);
/* harmony import */ var _survivors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7028);



let mark = {};
let settings = {
    env: {},
    pairs: [],
};
/** From here on every git process carries the run's cookie: one that outlives us can be found and ended. */
function markGit(cookie) {
    mark = { [_survivors_js__WEBPACK_IMPORTED_MODULE_2__/* .COOKIE_NAME */ .z4]: cookie };
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
 * Runs git; never throws for an exit code. Once, unless the machine has no process or open file to spare for it or for what
 * it starts: then again, which every command of ours bears.
 * Not through @actions/exec: measured at twice the time a call, and a git that exits before it has read its
 * input ends the whole process there (unhandled EPIPE).
 */
function git(cwd, args, options = {}) {
    const { signal } = options;
    // A file that has been written to is not written again.
    const words = ({ stderr }) => (options.outputTo === undefined ? stderr : '');
    return (0,_shortage_js__WEBPACK_IMPORTED_MODULE_0__/* .patiently */ .d_)(() => runOnce(cwd, args, options), { signal, words });
}
async function runOnce(cwd, args, options) {
    const { signal, timeoutMs } = options;
    signal?.throwIfAborted();
    const env = { ...gitEnvironment(process.env), ...options.env };
    // A group of its own: a Ctrl-C in a terminal must not cut the work that is being saved, and what git has started
    // (a filter, its own helpers) ends with it.
    const stdio = ['pipe', options.outputTo ?? 'pipe', 'pipe'];
    const child = await (0,_spawn_js__WEBPACK_IMPORTED_MODULE_1__/* .startProcess */ .k)('git', args, { cwd, env, detached: true, stdio: [...stdio] }, signal);
    return new Promise((resolve, reject) => {
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
        child.on('close', (code) => {
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
/* harmony export */   damageAt: () => (/* binding */ damageAt),
/* harmony export */   followBranch: () => (/* binding */ followBranch),
/* harmony export */   gitVersion: () => (/* binding */ gitVersion),
/* harmony export */   hasBash: () => (/* binding */ hasBash),
/* harmony export */   inspectRepository: () => (/* binding */ inspectRepository),
/* harmony export */   isIgnored: () => (/* binding */ isIgnored),
/* harmony export */   isTracked: () => (/* binding */ isTracked)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8161);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6760);
/* harmony import */ var _decide_address_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(7605);
/* harmony import */ var _decide_damage_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(548);
/* harmony import */ var _files_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(6256);
/* harmony import */ var _git_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(5379);
/* harmony import */ var _git_config_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(1946);
/* harmony import */ var _spawn_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(1840);
/** Facts of the user's checkout, read only. */









/** `git --version` as numbers; null: git cannot be run. */
async function gitVersion(cwd) {
    try {
        const match = /(\d+)\.(\d+)/.exec(await (0,_git_js__WEBPACK_IMPORTED_MODULE_5__/* .gitOk */ .Tt)(cwd, ['--version']));
        return match ? [Number(match[1]), Number(match[2])] : null;
    }
    catch {
        return null;
    }
}
/** Whether there is a bash for the commands of tasks, gates and the like. */
function hasBash() {
    return (0,_spawn_js__WEBPACK_IMPORTED_MODULE_7__/* .runToEnd */ .c)('bash', ['--version']).then(({ exitCode }) => exitCode === 0, () => false);
}
/** null: the folder is in no repository with a work tree. */
async function inspectRepository(dir) {
    const shown = await (0,_git_js__WEBPACK_IMPORTED_MODULE_5__/* .git */ .$Y)(dir, [
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
        (0,_git_js__WEBPACK_IMPORTED_MODULE_5__/* .git */ .$Y)(root, ['rev-parse', '--verify', '--quiet', 'HEAD^{commit}']),
        // In full: the short name is another one where a tag is named alike.
        (0,_git_js__WEBPACK_IMPORTED_MODULE_5__/* .git */ .$Y)(root, ['symbolic-ref', '--quiet', 'HEAD']),
        (0,_git_js__WEBPACK_IMPORTED_MODULE_5__/* .git */ .$Y)(root, [
            'config',
            '--includes',
            '--get-regexp',
            '^(extensions\\.partialclone|remote\\..*\\.promisor)$',
        ]),
        // Untracked files are not looked for: that would walk the whole tree.
        (0,_git_js__WEBPACK_IMPORTED_MODULE_5__/* .git */ .$Y)(root, ['status', '--porcelain', '-z', '--untracked-files=no', '--ignore-submodules']),
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
        damage: (0,_decide_damage_js__WEBPACK_IMPORTED_MODULE_3__/* .damageIn */ .d)(`${head.stderr}\n${status.stderr}`)?.words ?? null,
        modified: status.stdout
            .split('\0')
            .filter(line => line !== '')
            .map(line => line.slice(3)),
    };
}
/** With the step's own `GIT_CONFIG_*`, which may define the remote or lead its addresses elsewhere. */
async function originOf(root) {
    // `git remote get-url` knows no remote that the user's or the step's configuration defines; a push does.
    const { stdout } = await (0,_git_js__WEBPACK_IMPORTED_MODULE_5__/* .git */ .$Y)(root, ['remote', '--verbose'], { env: (0,_git_config_js__WEBPACK_IMPORTED_MODULE_6__/* .stepConfiguration */ .d)(process.env) });
    const named = (pattern) => stdout.split('\n').flatMap(line => {
        const url = pattern.exec(line)?.[1];
        return url === undefined ? [] : [placedAt(root, url)];
    });
    const [fetchUrl] = named(/^origin\t(.*) \(fetch\)/);
    if (fetchUrl === undefined)
        return null;
    const [pushUrl = fetchUrl, ...more] = named(/^origin\t(.*) \(push\)$/);
    const morePushUrls = more.filter(url => url !== pushUrl);
    return { fetchUrl, pushUrl, morePushUrls, isTwo: await areTwo(fetchUrl, pushUrl) };
}
/** A path as it is meant in the checkout, for git runs elsewhere too: from there, or from somebody's home. */
function placedAt(root, url) {
    if (!(0,_decide_address_js__WEBPACK_IMPORTED_MODULE_8__/* .isLocal */ .IX)(url) || /^file:/i.test(url))
        return url;
    if (/^~(\/|$)/.test(url))
        return (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(process.env.HOME || (0,node_os__WEBPACK_IMPORTED_MODULE_1__.homedir)(), url.slice(1));
    // `~somebody/...`: git finds that home itself.
    return url.startsWith('~') ? url : (0,node_path__WEBPACK_IMPORTED_MODULE_2__.resolve)(root, url);
}
async function areTwo(one, other) {
    if (one === other)
        return false;
    if ((0,_decide_address_js__WEBPACK_IMPORTED_MODULE_8__/* .isLocal */ .IX)(one) && (0,_decide_address_js__WEBPACK_IMPORTED_MODULE_8__/* .isLocal */ .IX)(other))
        return (await placeOf(one)) !== (await placeOf(other));
    return (0,_decide_address_js__WEBPACK_IMPORTED_MODULE_8__/* .areTwoRepositories */ .Lt)(one, other);
}
/** The folder that git finds at a local address, whatever links lead there. */
async function placeOf(url) {
    const path = (0,_decide_address_js__WEBPACK_IMPORTED_MODULE_8__/* .localPath */ .$S)(url);
    for (const suffix of ['/.git', '', '.git/.git', '.git']) {
        const found = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.realpath)(`${path}${suffix}`).catch(() => null);
        if (found !== null && (suffix.endsWith('/.git') || (await (0,_files_js__WEBPACK_IMPORTED_MODULE_4__.isFile)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(found, 'HEAD')))))
            return found;
    }
    return path;
}
/** What git says of a folder that is no repository to it; null: that it is none. */
async function damageAt(dir) {
    return (0,_decide_damage_js__WEBPACK_IMPORTED_MODULE_3__/* .damageIn */ .d)((await (0,_git_js__WEBPACK_IMPORTED_MODULE_5__/* .git */ .$Y)(dir, ['status', '--porcelain', '--untracked-files=no'])).stderr)?.words ?? null;
}
async function isIgnored(root, path) {
    return (await (0,_git_js__WEBPACK_IMPORTED_MODULE_5__/* .git */ .$Y)(root, ['check-ignore', '--quiet', '--no-index', path])).exitCode === 0;
}
/** Whether the file is tracked at HEAD or in the index. */
async function isTracked(root, path) {
    return (await (0,_git_js__WEBPACK_IMPORTED_MODULE_5__/* .git */ .$Y)(root, ['ls-files', '--error-unmatch', '--', path])).exitCode === 0;
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
    const fetched = await (0,_git_js__WEBPACK_IMPORTED_MODULE_5__/* .git */ .$Y)(root, [
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
        (0,_git_js__WEBPACK_IMPORTED_MODULE_5__/* .git */ .$Y)(storeDir, ['rev-parse', ref]),
        (0,_git_js__WEBPACK_IMPORTED_MODULE_5__/* .git */ .$Y)(root, ['rev-parse', tracking]),
    ]);
    if (theirs.stdout !== ours.stdout)
        return 'the run has fetched too little history to lead there';
    // An ignored file of the user's (`.env`) is no less the user's than an untracked one.
    const merged = await (0,_git_js__WEBPACK_IMPORTED_MODULE_5__/* .git */ .$Y)(root, ['merge', '--ff-only', '--no-overwrite-ignore', '--quiet', tracking]);
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
/* harmony import */ var _decide_shortage_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6956);
/* harmony import */ var _shortage_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(2114);
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
    own ??= readAtOnce(process.pid)?.group ?? null;
    return own ?? 0;
}
/** Kills each member the moment it is seen: a chain in which each link leaves the group of the one before is a race. */
function chase(family) {
    for (const pid of newestFirst()) {
        const seen = readAtOnce(pid);
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
        return (0,_shortage_js__WEBPACK_IMPORTED_MODULE_3__/* .patiently */ .d_)(look);
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
/** Who cannot wait for a free file descriptor leaves it to the next look. */
function readAtOnce(pid) {
    try {
        return readProcess(pid);
    }
    catch {
        return null;
    }
}
/** Null: gone, a zombie, or a kernel thread. An environment that may not be read is null. Throws where no file can be opened. */
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
    catch (error) {
        if ((0,_decide_shortage_js__WEBPACK_IMPORTED_MODULE_2__/* .shortageOf */ .DV)(error) !== null)
            throw error;
        return null;
    }
    finally {
        if (file !== null)
            (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.closeSync)(file);
    }
}


/***/ })

};
