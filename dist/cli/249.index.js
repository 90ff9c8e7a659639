export const id = 249;
export const ids = [249];
export const modules = {

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

/***/ 5823:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   h: () => (/* binding */ groupConflicts),
/* harmony export */   w: () => (/* binding */ conflictWords)
/* harmony export */ });
/* harmony import */ var _plain_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(977);
/** Why a file of two sides could not be merged, and how people are told. */

function groupConflicts(conflicts) {
    const groups = Map.groupBy(conflicts, ({ kind }) => kind);
    return [...groups].map(([kind, some]) => ({ kind, files: some.map(({ file }) => file) }));
}
const WORDS = {
    lines: 'others changed the same lines',
    'both-added': 'others added a file of the same name with other content',
    removed: 'one side removed a file that the other one changed',
    binary: 'both sides changed a binary file, whose lines cannot be merged',
    renamed: 'both sides renamed the same file, or two files to one name',
    'renamed-and-removed': 'one side renamed a file that the other one removed',
    'folder-renamed': 'one side renamed a folder in which the other one added files',
    'file-and-folder': 'one side has a file where the other one has a folder',
    modes: 'one side made a link or a submodule of a file that the other one changed',
    submodule: 'both sides moved the same submodule',
    other: 'others changed the same files',
};
/** What happened since the task started, for the middle of a sentence. Without groups (an older journal): the same lines. */
function conflictWords(groups = []) {
    const [first, ...rest] = groups;
    if (first === undefined)
        return WORDS.lines;
    if (rest.length === 0)
        return WORDS[first.kind];
    return groups.map(({ kind, files }) => `${WORDS[kind]} (${(0,_plain_js__WEBPACK_IMPORTED_MODULE_0__/* .listed */ .KE)(files)})`).join('; ');
}


/***/ }),

/***/ 3647:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ew: () => (/* binding */ scopeFix),
/* harmony export */   WT: () => (/* binding */ isPartlyTaken),
/* harmony export */   tU: () => (/* binding */ isNotTaken)
/* harmony export */ });
/** The way out of `out-of-scope`: it depends on what is wrong with the files, not only on where they are. */
const FILTER = /^'.*' is stored through the filter '/s;
/** Each kind of problem by its words in `scope.ts`, `place.ts` and `candidate.ts`, with what cures it. */
const CURES = [
    [
        /: it is outside the task's paths$/,
        'add these files to the `paths` of the task if they are wanted, else tell the worker to leave them alone',
    ],
    [
        /: it is protected \(protected-paths\)$/,
        'name the protected files in the `paths` of the task if it may change them, else tell the worker to leave them alone',
    ],
    [
        /: it is a symbolic link /,
        'let the worker make links that are relative and stay inside the repository, or files in their place',
    ],
    [/: it is a submodule, /, 'leave submodules to a person: a task cannot move them'],
    [
        /: its (?:name|folder .*) differs from .* only in case$/,
        'give the file another name: file systems that ignore case cannot hold both',
    ],
    [
        /: (?:it reaches into git's own directory|its path is (?:not a plain path|longer than))/,
        'give the file a plain name: no repository of ours can hold this one',
    ],
    [
        /: it is a git repository of its own/,
        'let the worker remove the `.git` of what it made there, so that its files can land, or ignore that folder',
    ],
    [
        /: it is a pipe, a socket or a device/,
        'let the worker leave a plain file there: git keeps neither pipes nor sockets nor devices',
    ],
    [
        FILTER,
        'define the filter where the run starts, as `git lfs install` or `git-crypt unlock` do in the checkout or in `setup`',
    ],
    [/^the workspace itself: /, 'tell the worker to stay in its folder, and neither remove nor replace it'],
];
/** git's own words on a file that it could not take. */
const OTHERWISE = 'tell the worker to leave only files there that `git add` can take, or cure what git says of them (a filter, an encoding, rights)';
/** What to change, for the problems of an `out-of-scope`: one cure a kind. */
function scopeFix(problems) {
    const kinds = CURES.filter(([pattern]) => problems.some(problem => pattern.test(problem)));
    const cures = [...kinds.map(([, cure]) => cure), ...(problems.every(isKnown) ? [] : [OTHERWISE])];
    const fix = cures.join('; ');
    return fix.charAt(0).toUpperCase() + fix.slice(1);
}
function isKnown(problem) {
    return /^and \d+ more$/.test(problem) || CURES.some(([pattern]) => pattern.test(problem));
}
/** Whether some files are nowhere but in the workspace. */
function isPartlyTaken(problems) {
    return problems.some(problem => !isKnown(problem) || FILTER.test(problem));
}
/** Whether it is all about files that could not be taken, and not about what the task may change. */
function isNotTaken(problems) {
    return problems.every(problem => !isKnown(problem) || FILTER.test(problem));
}


/***/ }),

/***/ 6490:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  K1: () => (/* binding */ ending),
  WE: () => (/* binding */ explain)
});

// UNUSED EXPORTS: KEPT, message

// EXTERNAL MODULE: ./build/decide/conflict.js
var conflict = __webpack_require__(5823);
// EXTERNAL MODULE: ./build/decide/plain.js
var plain = __webpack_require__(977);
// EXTERNAL MODULE: ./build/decide/refusal.js
var refusal = __webpack_require__(7281);
// EXTERNAL MODULE: ./build/decide/task.js
var task = __webpack_require__(252);
;// CONCATENATED MODULE: ./build/decide/explain-refusal.js



/** `output`: the remote's lines and the reason, secrets masked; `branch`: its name or 'the branch'. */
function explainRefusal(code, output, branch) {
    const lines = output.split(/[\r\n]+/).map(bareLine);
    const said = quoted(code, lines);
    switch (code) {
        case 'race':
            return {
                what: `The push to ${branch} lost a race`,
                why: 'Somebody else moved the branch between the fetch and the push',
                fix: `Run again, and let fewer others push to ${branch} meanwhile (one \`concurrency\` group for all jobs that do)`,
            };
        case 'network':
            return {
                what: `The remote could not be reached or broke off${said}`,
                why: 'The connection failed, or the server was down or limits the rate of requests',
                fix: 'Check https://www.githubstatus.com and the network of the runner, then run again',
            };
        case 'auth':
            return {
                what: `The remote did not let us in${said}`,
                ...closer(output, AUTH, {
                    why: 'The token is missing, has expired, or may not write to this repository',
                    fix: 'Give the job `permissions: contents: write`, or pass a `token:` that may push and lives as long as the run',
                }),
            };
        case 'protected-branch':
        case 'ruleset': {
            const rule = code === 'ruleset' ? 'A ruleset' : 'Branch protection';
            return {
                what: `${code === 'ruleset' ? 'A repository rule' : 'The remote'} refused the push to ${branch}${said}`,
                ...closer(output, BRANCH_RULES, {
                    why: `${rule} for ${branch} forbids this push to the account of this token`,
                    fix: BYPASS,
                }),
            };
        }
        case 'workflow-scope': {
            const { paths } = (0,refusal/* suspectPaths */.Wz)(lines);
            return {
                what: `The remote refused a change to ${paths.length > 0 ? (0,plain/* listed */.KE)(paths) : 'a workflow file'}`,
                why: 'GitHub takes changes under .github/workflows/ only from a token with the workflows permission, which GITHUB_TOKEN never has',
                fix: 'Pass `token:` from a GitHub App with `workflows: write` (or a personal access token with the `workflow` scope), or keep the task away from these files',
            };
        }
        case 'secret': {
            const { paths } = (0,refusal/* suspectPaths */.Wz)(lines);
            const link = output.match(/https:\/\/\S+\/unblock-secret\/[\w-]+/)?.[0];
            const kind = lines
                .find(line => /^—— .+ ——/.test(line))
                ?.replaceAll('—', '')
                .trim();
            return {
                what: `GitHub push protection found a secret in the work${kind ? ` (${kind})` : ''}${paths.length > 0 ? ` in ${(0,plain/* listed */.KE)(paths)}` : ''}`,
                why: `A commit that holds a secret is not accepted, and taking it out in a later commit does not help`,
                fix: `Take the secret out of the kept work, revoke it if it is a real one, and run the task again${link ? `; if it is none, allow it at ${link}` : ''}`,
            };
        }
        case 'large-file': {
            const { paths } = (0,refusal/* suspectPaths */.Wz)(lines);
            return {
                what: `The work is too large for the remote${paths.length > 0 ? `: ${(0,plain/* listed */.KE)(paths)}` : said}`,
                ...closer(output, LARGE, {
                    why: 'GitHub takes no file over 100 MiB and no push over 2 GiB',
                    fix: 'Add files made by a build to .gitignore, or keep large ones in Git LFS',
                }),
            };
        }
        case 'hook':
            return {
                what: `A hook on the server declined the push${said}`,
                why: 'The server runs a check of its own on every push, and this work did not pass it',
                fix: 'Change the work so that it meets what the hook says, or ask who runs the server',
            };
        case 'unknown': {
            if (GONE.test(output))
                return gone(branch);
            return {
                // Only where git reports a ref was there a push to refuse; all else may as well have been a fetch.
                what: `${/^!\t|\[(?:remote )?rejected\]/m.test(output) ? 'The remote refused the push' : 'Git could not work with the remote'}${said}`,
                ...closer(output, UNKNOWN, {
                    why: 'It gave no reason that Fanout knows, and trying again did not help',
                    fix: "Read `remote_output` in blocked-push.json for the remote's own words, then run again",
                }),
            };
        }
        default:
            return (0,task/* unreachable */.H)(code);
    }
}
/** git's words when it is to fetch a branch that is not there. */
const GONE = /couldn't find remote ref|could not find remote branch/i;
function gone(branch) {
    return {
        what: `${branch === 'the branch' ? 'The branch' : `The branch ${branch}`} is no longer on the remote`,
        why: 'It was there when the run began: somebody deleted or renamed it meanwhile',
        fix: 'Push the branch again, or let `branch:` name another one, then run again: a later run with the same task tries the kept work first',
    };
}
/** All causes that are told from the remote's own words; the troubleshooting page has a sample of each. */
function knownCauses() {
    return [AUTH, BRANCH_RULES, LARGE, UNKNOWN].flatMap(known => known.map(([, cause]) => cause));
}
function closer(output, known, otherwise) {
    return known.find(([pattern]) => pattern.test(output))?.[1] ?? otherwise;
}
const BYPASS = 'Put the GitHub App whose token you pass as `token:` on the bypass list of that rule, or let `branch:` name a branch without it';
const AUTH = [
    [
        /Duplicate header/,
        {
            why: 'Two Authorization headers were sent: actions/checkout left one in the configuration of git',
            fix: 'Set `persist-credentials: false` on actions/checkout',
        },
    ],
    [
        /archived/,
        {
            why: 'The repository is archived, so nobody can push to it',
            fix: 'Unarchive the repository, or stop the schedule of this workflow',
        },
    ],
    [
        /Permission to .* denied|Write access to repository not granted|\b403\b/,
        {
            why: 'The token may read this repository but not write to it',
            fix: 'Give the job `permissions: contents: write`, or pass a `token:` that may push (a run from a fork never may)',
        },
    ],
    [
        /not found|does not appear to be a git repository|\b404\b/i,
        {
            why: 'There is no such repository, or the token may not see it (GitHub says the same for both)',
            fix: 'Check the URL of `origin`, and pass a `token:` that may read and write that repository',
        },
    ],
    [
        /Permission denied \(|Host key verification|Could not read from remote repository/,
        {
            why: 'The remote is used over ssh, and its key was not accepted',
            fix: 'Give the runner a deploy key with write access, or use an https URL for `origin` and `token:`',
        },
    ],
    [
        /could not read (?:Username|Password)|Authentication failed|Invalid username|\b401\b|auth_error/,
        {
            why: 'The token is missing, wrong or has expired (the token of a GitHub App lives one hour)',
            fix: 'Pass a `token:` that lives as long as the run, for example `token: ${{ github.token }}` with `permissions: contents: write`',
        },
    ],
];
const BRANCH_RULES = [
    [
        /GH007|email privacy/,
        {
            why: 'The author of a commit uses an e-mail address that its owner keeps private',
            fix: 'Set `git-user-email` (and the e-mail that the worker commits with) to a noreply address',
        },
    ],
    [
        /through (?:a|the) (?:pull request|merge queue)|approving review/i,
        {
            why: 'The branch takes changes only through pull requests or its merge queue',
            fix: BYPASS,
        },
    ],
    [
        /verified signatures|valid signatures/i,
        {
            why: 'The branch takes signed commits only, and these are not signed',
            fix: BYPASS,
        },
    ],
    [
        /required status check|status checks? .*expected|Code scanning is waiting/i,
        {
            why: 'The branch takes only commits whose checks have passed on GitHub, and those of a new commit have not run yet',
            fix: 'Put the GitHub App whose token you pass as `token:` on the bypass list of that rule (the `gate` takes its place), or let `branch:` name a branch without it',
        },
    ],
    [
        /\bfile (?:path|extension|size|name)|path length/i,
        {
            why: 'A push rule of the repository forbids such files',
            fix: 'Take these files out of the kept work, and narrow the `paths` of the task so that it leaves them alone',
        },
    ],
    [
        /checked out/,
        {
            why: 'The remote is a repository with a working tree that has this branch checked out',
            fix: 'Push to a bare repository, or check out another branch there',
        },
    ],
    [
        /refname conflict|cannot lock ref|GH002|GH005|hidden ref/,
        {
            why: 'The remote cannot hold a branch of this name, or another branch is in its way (a and a/b exclude each other)',
            fix: 'Let `branch:` name another branch, or delete the one in the way',
        },
    ],
];
const LARGE = [
    [
        /GH008|LFS object/,
        {
            why: 'A Git LFS pointer was committed whose content was never uploaded',
            fix: 'Let the worker write the file itself, not a pointer, on a runner that has git-lfs: Fanout then uploads its content before the commit',
        },
    ],
    [
        /\b413\b/,
        {
            why: 'A proxy before the server takes no request of this size',
            fix: 'Split the task into smaller ones, or raise the limit of the proxy',
        },
    ],
];
const UNKNOWN = [
    [
        /shallow update not allowed/,
        {
            why: 'The checkout is shallow and this server takes no shallow history',
            fix: 'Set `fetch-depth: 0` on actions/checkout',
        },
    ],
    [
        /src refspec|does not match any/,
        {
            why: 'The branch or commit does not exist where git looked for it',
            fix: 'Check that `branch:` names a branch that exists on the remote',
        },
    ],
];
/** The remote's own words for this code, as `: "..."`; empty when there are none worth reading. */
function quoted(code, lines) {
    const told = lines.filter(line => line !== '' && !NOISE.test(line));
    const rules = told.filter(line => line.startsWith('- ')).map(line => line.slice(2));
    const reasons = lines.map(line => line.match(/^!.*\[[^\]]*\] \((.+)\)$/)?.[1] ?? '');
    const words = code === 'ruleset' && rules.length > 0
        ? rules
        : told.length > 0
            ? told.map(line => line.replace(/^(?:error|fatal): /, ''))
            : reasons.filter(reason => reason !== '' && !NOISE.test(reason));
    if (words.length === 0)
        return '';
    const shown = words.slice(0, 3).map(line => (0,plain/* plainLine */.h0)(line, 200).replace(/[.\s]+$/, ''));
    return `: "${shown.join('; ')}"`;
}
/** Headings that only repeat the code, and what git says beside every failure: its own lines, links, progress. */
const NOISE = new RegExp([
    /^error: GH006: Protected|^error: GH013: Repository|^Review all|^(?:error: )?(?:Trace:|See https)/,
    /(?:hook declined|rule violations|failed to update ref)\)?$/,
    /^[!=*+-]\t|^To |^Done$|^Everything up-to-date|^hint:|^error: failed to push some refs/,
    /^send-pack:|^fatal: the remote end hung up|^- GITHUB PUSH PROTECTION/,
    /^(?:Resolving deltas|Counting objects|Compressing objects|Writing objects|Total) /,
]
    .map(({ source }) => source)
    .join('|'));
function bareLine(line) {
    return line
        .trim()
        .replace(/^remote: ?/, '')
        .trim();
}

// EXTERNAL MODULE: ./build/decide/explain-scope.js
var explain_scope = __webpack_require__(3647);
;// CONCATENATED MODULE: ./build/decide/explain-unfinished.js

/** `kept`: what is said of the work that was kept, for the middle of a sentence. */
function explainUnfinished(failure, branch, kept) {
    switch (failure.code) {
        case 'unfinished': {
            const { operation, files } = failure;
            const what = operation === null
                ? 'with files unmerged'
                : `in the middle of ${operation === 'am' ? 'an' : 'a'} ${operation}`;
            return {
                what: `The worker ended ${what}${files.length > 0 ? `: ${(0,plain/* listed */.KE)(files)}` : ''}`,
                why: `Conflict markers or half of a change would have landed; ${kept}`,
                fix: operation === null
                    ? 'Have the worker resolve each file and `git add` it, or exit with another code than 0 where it cannot'
                    : `Have the worker finish it (\`git ${operation} --continue\`) or give it up (\`git ${operation} --abort\`), or exit with another code than 0`,
            };
        }
        case 'history':
            return {
                what: `The worker ended on a commit that has no history in common with ${branch}`,
                why: `What it changed cannot be told from what is on ${branch}; compared with the files that it began with, ${kept}`,
                fix: 'Have the worker commit on the branch that it finds, and not start a repository or an orphan branch of its own',
            };
        case 'left-behind':
            return {
                what: `The worker changed nothing where it ended, but left commits elsewhere: ${(0,plain/* listed */.KE)(failure.refs)}`,
                why: 'Only what its folder and its HEAD hold at the end is its result; these commits are kept as `branches.bundle`',
                fix: 'Have the worker end on the branch with its work (`git switch`, `git merge`, `git stash pop`), then run the task again',
            };
    }
}

;// CONCATENATED MODULE: ./build/decide/explain.js
/** The words people read about a failure: what happened, why, and what to change, a sentence each. Plain text. */






/** For every failure three sentences of one line each, tokens redacted. `branch` may be empty if it is not known. */
function explain(failure, context) {
    const { what, why, fix } = words(failure, context);
    return { what: sentence(what), why: sentence(why), fix: sentence(fix) };
}
/** What and why in one line: the `message` of a reason. */
function message(failure, context = { branch: '' }) {
    const { what, why } = explain(failure, context);
    return `${what} ${why}`;
}
/** Of a list of follow-ups: whoever writes it anew needs to know them all at once. */
const MOST_MISTAKES = 20;
/** Said with every failure that leaves work behind. */
const KEPT = 'what it changed is kept as `work.bundle` and `work.patch`';
const BUNDLE_ALONE = 'what it changed is kept as `work.bundle`';
const UNWRITTEN = 'no bundle of what it changed could be written, so it is in `store.git` of the run directory and in its workspace alone';
const NOTHING_KEPT = 'it had changed nothing';
const NOTHING_IN_LAST = 'its last attempt had changed nothing';
const NOT_STARTED = 'it had not started';
const ONLY_THERE = 'what it changed could not be taken out of its workspace';
const LATER = 'a later run with the same task tries the kept work first';
function words(failure, context) {
    const branch = context.branch === '' ? 'the branch' : context.branch;
    const earlier = context.earlier ?? [];
    const inLast = earlier.length > 0 ? NOTHING_IN_LAST : NOTHING_KEPT;
    const nothing = context.started === false ? NOT_STARTED : inLast;
    const kept = `${keptWords(context.kept ?? true, nothing)}${earlierWords(earlier)}`;
    switch (failure.code) {
        case 'setup':
            return {
                what: `The setup command ${failure.timedOut ? 'took longer than the time limit of the task' : ending(failure)}`,
                why: `It runs once in every fresh workspace, and without it the worker was not started${isKilled(failure) ? `; ${KILLED}` : ''}`,
                fix: isKilled(failure)
                    ? MORE_MEMORY
                    : 'Read its output at the end of the log and make the `setup` command succeed in a fresh clone of the repository',
            };
        case 'worker-exit':
            return {
                what: `The worker exited with code ${failure.exitCode}`,
                why: `${exitMeaning(failure.exitCode)}; ${kept}`,
                fix: exitFix(failure.exitCode),
            };
        case 'worker-signal':
            return {
                what: `The worker was ended by ${failure.signal}`,
                why: failure.signal === 'SIGKILL'
                    ? `${KILLED[0].toUpperCase()}${KILLED.slice(1)}; ${kept}`
                    : `It crashed, or something outside it stopped it; ${kept}`,
                fix: failure.signal === 'SIGKILL'
                    ? MORE_MEMORY
                    : 'Read the end of worker.log, then run the task again or set `retries`',
            };
        case 'timeout':
            return {
                what: `The worker ran longer than ${minutes(failure.minutes)}`,
                why: `That is the task's time limit, so it was stopped; ${kept}`,
                fix: 'Split the task, or raise its `timeout-minutes` (for all tasks: the input `task-timeout-minutes`)',
            };
        case 'idle':
            return {
                what: `The worker printed nothing for ${minutes(failure.minutes)}`,
                why: `It was taken for stuck and stopped; ${kept}`,
                fix: 'See in worker.log what it waited for (often a question on the terminal), or raise `idle-timeout-minutes`',
            };
        case 'unfinished':
        case 'history':
        case 'left-behind':
            return explainUnfinished(failure, branch, kept);
        case 'out-of-scope':
            if ((0,explain_scope/* isNotTaken */.tU)(failure.problems))
                return {
                    what: `Not all of the work could be taken: ${(0,plain/* listed */.KE)(failure.problems)}`,
                    why: `\`git add\` cannot store these files, and half of a work does not land; ${context.kept === false ? ONLY_THERE : `${kept}, but for these files, which are in the workspace`}`,
                    fix: (0,explain_scope/* scopeFix */.Ew)(failure.problems),
                };
            return {
                what: `The work holds changes that this task may not make: ${(0,plain/* listed */.KE)(failure.problems)}`,
                why: `A task may change only what its \`paths\` allow, protected paths only if its \`paths\` name them, and nothing that leads out of the repository; ${context.kept === false ? ONLY_THERE : kept}`,
                fix: (0,explain_scope/* scopeFix */.Ew)(failure.problems),
            };
        case 'too-large':
            return {
                what: `The work changes ${count(failure.files, 'file')}, more than the ${failure.limit} allowed`,
                why: `\`max-changed-files\` guards against runaway changes; ${kept}`,
                fix: 'Split the task or raise `max-changed-files`; if files were made by a tool, add them to .gitignore',
            };
        case 'follow-ups':
            return {
                what: `The follow-up tasks it left are not valid: ${(0,plain/* listed */.KE)(failure.problems, MOST_MISTAKES)}`,
                why: `They would go into the tasks file when the task lands, so the rules of that file hold for them; ${kept}`,
                fix: 'Tell the worker to write `followups.yml` as a list of tasks like those of the tasks file, or not at all, then run the task again',
            };
        case 'gate':
            return {
                what: failure.timedOut ? 'The gate took longer than its time limit' : `The gate ${ending(failure)}`,
                why: `With this work upon ${branch} the gate is red and without it green, so it was not pushed; ${isKilled(failure) ? `${KILLED}; ` : ''}${kept}`,
                fix: (isKilled(failure) ? MORE_MEMORY : null) ??
                    tried('repair the work by hand', context) ??
                    (failure.timedOut
                        ? 'Read the gate log, then repair the work or raise `gate-timeout-minutes`'
                        : 'Read the gate log and repair the work, or set `remediate` to a command that does'),
            };
        case 'workspace':
            return {
                what: `The workspace could not be made or read: ${(0,plain/* plainLine */.h0)(failure.detail, 400)}`,
                why: 'The machine is to blame, not the task',
                fix: 'Check free disk space and access rights under `workspace-root`, then run the task again',
            };
        case 'internal':
            return {
                what: `Fanout itself failed: ${(0,plain/* plainLine */.h0)(failure.detail, 400)}`,
                why: 'This is a fault in Fanout or in the machine under it, not in the task',
                fix: 'Run the task again, and please report it with journal.ndjson from the run directory',
            };
        case 'conflict':
            return {
                what: `The work conflicts with ${branch}${failure.files.length > 0 ? ` in ${(0,plain/* listed */.KE)(failure.files)}` : ''}`,
                why: `Since the task started, ${(0,conflict/* conflictWords */.w)(failure.how)}; ${kept}`,
                fix: tried('merge the kept work by hand', context) ??
                    'Run the task again from the new tip, set `remediate` to a command that merges, or use `needs` so that tasks on the same files follow one another',
            };
        case 'attempts':
            return attempts(failure, branch);
        case 'base-red':
            return {
                what: `The gate fails on ${branch} itself${context.baseSha ? ` (the run began at ${context.baseSha.slice(0, 7)})` : ''}`,
                why: `No task is to blame, but nothing can be proven upon a red tip; ${kept}`,
                fix: `Repair ${branch} or the \`gate\` command, then run again: ${LATER}`,
            };
        case 'refused':
            return explainRefusal(failure.refusal, failure.output, branch);
        case 'dependency':
            return {
                what: `It needs ${(0,plain/* listed */.KE)(failure.blockedBy, 5)}, which did not land`,
                why: 'A task starts only when everything in its `needs` has landed or changed nothing',
                fix: `Put ${failure.blockedBy.length === 1 ? 'that task' : 'those tasks'} right first, then run again`,
            };
        case 'signal':
            return {
                what: 'The run was cancelled',
                why: `Somebody or something stopped the job before this task had landed; ${kept}`,
                fix: 'Run it again: what has landed is not repeated',
            };
        case 'stop':
            return {
                what: 'The run was asked to stop',
                why: 'A file named `stop` was put into the run directory, so nothing new was started',
                fix: 'Run it again when you want the rest: what has landed is not repeated',
            };
        case 'deadline':
            return {
                what: 'The deadline of the run came first',
                why: `\`deadline-minutes\` leaves time to save the work before the job itself is stopped; ${kept}`,
                fix: 'Raise `deadline-minutes` (and the `timeout-minutes` of the job), or run again for the rest',
            };
        case 'status':
            return {
                what: `Its status is ${(0,plain/* plainLine */.h0)(failure.status, 50)}`,
                why: 'Only tasks that are `todo` or `doing` run',
                fix: 'Set `status: todo` in the tasks file when it is to run',
            };
        case 'not-before':
            return {
                what: `It is not to run before ${(0,plain/* plainLine */.h0)(failure.time, 50)}`,
                why: 'That time, its `not-before`, had not come when the run started',
                fix: 'Run again after that time, or remove `not-before`',
            };
        case 'max-tasks':
            return {
                what: 'It was left for a later run',
                why: '`max-tasks` tasks had been started already',
                fix: 'Run again for the next tasks, or raise `max-tasks`',
            };
        case 'max-failures':
            return {
                what: 'It was not started because too many tasks had failed',
                why: 'After `max-failures` failed tasks no new one starts',
                fix: 'Look at the failed tasks first, then run again or raise `max-failures`',
            };
        case 'only':
            return {
                what: 'It was not selected',
                why: 'The input `only` names other tasks',
                fix: 'Add its id to `only`, or leave `only` empty to run all',
            };
        case 'already-landed':
            return {
                what: 'It has landed before',
                why: `The tasks file on ${branch} does not list it any more and the done file there does, so the checkout was older than that`,
                fix: 'Nothing to do; to run it again, add it to the tasks file under a new id',
            };
        case 'verification':
            return {
                what: `It had landed and was taken back from ${branch}`,
                why: 'The verification failed after the run, and the search found its commit to be the cause',
                fix: `Read verify.log, repair the work (${kept}) and run the task again`,
            };
        default:
            return (0,task/* unreachable */.H)(failure);
    }
}
/** The way out where `remediate` was set and did not help; null: it has not been tried. */
function tried(instead, { remediations = 0 }) {
    if (remediations === 0)
        return null;
    return `\`remediate\` tried ${remediations === 1 ? 'once' : `${remediations} times`} and did not repair it: the handoff files and remediation.log of the task say what it was told and what it did. Improve that command, raise \`max-remediations\`, or ${instead}`;
}
function attempts(failure, branch) {
    const tries = count(failure.attempts, 'attempt');
    const what = `It could not be pushed in ${tries}`;
    if (failure.last === 'race') {
        return {
            what,
            why: `Somebody else moved ${branch} each time before the push arrived; ${KEPT}`,
            fix: `Let fewer others push to ${branch} meanwhile (one \`concurrency\` group for all jobs that do), make the gate faster, or raise \`max-push-attempts\`; ${LATER}`,
        };
    }
    const last = failure.last === 'network'
        ? 'the connection or the server failed'
        : `the last refusal was "${failure.last}"`;
    return {
        what,
        why: `Each time ${last}; ${KEPT}`,
        fix: `Check the state of the remote (https://www.githubstatus.com) and run again: ${LATER}`,
    };
}
function keptWords(kept, nothing) {
    if (kept === 'unwritten')
        return UNWRITTEN;
    if (kept === 'bundle')
        return BUNDLE_ALONE;
    return kept ? KEPT : nothing;
}
function earlierWords(attempts) {
    if (attempts.length === 0)
        return '';
    const names = attempts.map(n => `\`work-${n}.bundle\``);
    return `; what ${attempts.length === 1 ? `attempt ${attempts[0]}` : 'earlier attempts'} had changed is kept as ${(0,plain/* listed */.KE)(names)}`;
}
const KILLED = 'something outside it killed it, most often the system when memory runs out';
const MORE_MEMORY = 'Lower `workers` or take a runner with more memory, then run the task again';
/** By SIGKILL, itself or what it had started: bash says 128 and the number of the signal. */
function isKilled(exit) {
    return exit.signal === 'SIGKILL' || exit.exitCode === 137;
}
/** How a command ended, behind `it`: `exited with code 3`. */
function ending(exit) {
    if (exit.signal !== null)
        return `was ended by ${exit.signal}`;
    return exit.exitCode === null ? 'could not be started' : `exited with code ${exit.exitCode}`;
}
/** What a shell means by some exit codes. */
function exitMeaning(code) {
    if (code === 127)
        return 'The shell did not find a command';
    if (code === 126)
        return 'A command was found but may not be executed';
    if (code === 137)
        return 'A command in it was killed, most often because memory ran out';
    return 'Anything but 0 means that the task is not done';
}
function exitFix(code) {
    if (code === 127)
        return 'Install the command on the runner before this step, or correct its name in `run`';
    if (code === 126)
        return 'Make the file executable (`git update-index --chmod=+x <file>`), or call it through its interpreter';
    if (code === 137)
        return MORE_MEMORY;
    return 'Read the end of worker.log, then repair the command or the prompt; `retries` helps if it fails by chance';
}
function minutes(value) {
    return value < 1 ? count(rounded(value * 60), 'second') : count(rounded(value), 'minute');
}
function rounded(value) {
    return Number(value.toFixed(2));
}
function count(value, word) {
    return `${value} ${word}${value === 1 ? '' : 's'}`;
}
/** One line that ends in a full stop, whatever was put into it. */
function sentence(text) {
    return `${(0,plain/* redact */.E$)((0,plain/* plainLine */.h0)(text, 1200)).replace(/[.\s]+$/, '')}.`;
}


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

/***/ 7281:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   BW: () => (/* binding */ classifyFetch),
/* harmony export */   Bj: () => (/* binding */ classifyPush),
/* harmony export */   Od: () => (/* binding */ scopeOf),
/* harmony export */   Wz: () => (/* binding */ suspectPaths),
/* harmony export */   y0: () => (/* binding */ RULES)
/* harmony export */ });
/* harmony import */ var _plain_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(977);
/* harmony import */ var _text_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5810);


/** SPEC section 6, the table of refusals. */
const RULES = {
    race: { retry: 'yes', scope: 'branch' },
    network: { retry: 'yes', scope: 'branch' },
    auth: { retry: 'no', scope: 'branch' },
    'protected-branch': { retry: 'no', scope: 'branch' },
    ruleset: { retry: 'no', scope: 'branch' },
    'workflow-scope': { retry: 'no', scope: 'candidate' },
    secret: { retry: 'no', scope: 'candidate' },
    'large-file': { retry: 'no', scope: 'candidate' },
    hook: { retry: 'no', scope: 'candidate' },
    unknown: { retry: 'limited', scope: 'branch' },
};
/** The scope of one refusal: RULES', but a rule about files or a private address can be one commit's fault. */
function scopeOf(refusal) {
    const fileRule = /^\W*(?:remote:\s*)?\W*(?:restricted )?file (?:path|extension|size|name)|\bpath length\b|GH007:/im;
    if (refusal.code === 'ruleset' && fileRule.test(refusal.output))
        return 'candidate';
    return RULES[refusal.code].scope;
}
/** Reasons in parentheses that need no second opinion. */
const REASONS = [
    [/^(?:fetch first|non-fast-forward|stale info|remote ref updated since checkout)$/, 'race'],
    [/^(?:incorrect old value provided|reference already exists)$/, 'race'],
    [/^cannot lock ref .*(?:: is at [0-9a-f]+ but expected|already exists)/, 'race'],
    [/refname conflict|^cannot lock ref .* exists/, 'protected-branch'],
    [/refusing to allow .* to create or update .*workflow/, 'workflow-scope'],
    [/^branch is currently checked out|^deny updating a hidden ref|^deletion prohibited/, 'protected-branch'],
    [/email privacy/, 'ruleset'],
    [/^(?:atomic|shallow update not allowed)/, 'unknown'],
];
/** Lines that the remote prints beside a reason; the first pattern that any line matches decides. */
const BLOCK = [
    [/^- GITHUB PUSH PROTECTION|^- Push cannot contain secrets|^(?:error: )?GH009:/, 'secret'],
    [/^(?:error: )?GH00[18]:|^error: File .* exceeds GitHub's file size limit/, 'large-file'],
    [/pack exceeds maximum allowed size/, 'large-file'],
    [/^(?:error: )?GH00[2356]:/, 'protected-branch'],
    [/^(?:error: )?GH0(?:07|13):/, 'ruleset'],
    [/refusing to allow .* to create or update .*workflow/, 'workflow-scope'],
    [/cannot lock ref .*(?:: is at [0-9a-f]+ but expected|already exists|File exists)/, 'race'],
    [/Unable to create '.*\.lock'/, 'race'],
    [/cannot lock ref .* (?:exists|cannot create)/, 'protected-branch'],
    [/refusing to update checked out branch/, 'protected-branch'],
    [/^fatal error in commit_refs|Internal Server Error/i, 'network'],
];
/** Reasons that say little: used when the block did not tell. */
const VAGUE = [
    [/^protected branch hook declined$/, 'protected-branch'],
    [/repository rule violations/, 'ruleset'],
    [/hook declined$/, 'hook'],
    [/^failed to update ref$/, 'race'],
    [/remote failed to report status|internal (?:server )?error/i, 'network'],
];
/** Lines of standard error when no ref was reported. Order matters: a cut connection follows every other fault. */
const LINES = [
    [/pack exceeds maximum allowed size/, 'large-file'],
    [/HTTP 413\b|returned error: 413\b/, 'large-file'],
    [/rate limit|(?:HTTP|returned error:) (?:408|429|5\d\d)\b/i, 'network'],
    [/Duplicate header: "?Authorization/i, 'auth'],
    [
        /could not read (?:Username|Password) for|Authentication failed for|Invalid username or (?:token|password)/,
        'auth',
    ],
    [
        /^remote: Permission to .* denied|Write access to repository not granted|archived so it is read-only/,
        'auth',
    ],
    [
        /repository '.*' not found|Repository not found|auth_error|Permission denied \(|Host key verification failed/,
        'auth',
    ],
    [/(?:HTTP|returned error:) 40[134]\b/, 'auth'],
    [/src refspec .* does not match any/, 'unknown'],
    [/cannot lock ref .*: is at [0-9a-f]+ but expected/, 'race'],
    [
        /Could not resolve (?:host|proxy)|Temporary failure in name resolution|Empty reply from server/i,
        'network',
    ],
    [/Failed to connect|Couldn't connect|Network is unreachable|No route to host/i, 'network'],
    [/(?:Connection|Operation) (?:timed out|was reset|reset|closed|refused)|Operation too slow/i, 'network'],
    [/SSL_(?:ERROR|read|connect)|gnutls_handshake|TLS connection was non-properly terminated/i, 'network'],
    [
        /RPC failed|early EOF|unexpected disconnect|hung up unexpectedly|unable to rewind rpc post data/,
        'network',
    ],
    [/Internal Server Error|(?:Send|Recv) failure|HTTP\/2 stream|unexpected flush packet/i, 'network'],
    [/does not appear to be a git repository|Could not read from remote repository/, 'auth'],
];
/** Accepted only on exit code 0 and a ref line without `!`; `Done` and `Everything up-to-date` mean nothing. */
function classifyPush(output) {
    const lines = remoteLines(output.stderr);
    const refs = refLines(output.stdout);
    if (output.exitCode === 0 && refs.length > 0 && refs.every(ref => ref.flag !== '!')) {
        return { kind: 'accepted', bypassed: bypassedRules(lines) };
    }
    const failed = refs.filter(ref => ref.flag === '!');
    // In an atomic push the innocent refs fail along with the guilty one.
    const guilty = failed.find(ref => !ref.reason.startsWith('atomic')) ?? failed[0];
    if (!guilty)
        return withoutRef(output, lines);
    const { kind, reason } = guilty;
    const code = match(REASONS, [reason]) ??
        match(BLOCK, lines) ??
        match(VAGUE, [reason]) ??
        (kind === 'rejected' ? 'race' : kind === 'remote failure' ? 'network' : 'unknown');
    return { kind: 'refused', code, reason: (0,_plain_js__WEBPACK_IMPORTED_MODULE_0__/* .redact */ .E$)(reason || kind), lines };
}
/** The same codes for `git fetch` and `git ls-remote`. */
function classifyFetch(output) {
    return output.exitCode === 0 ? { kind: 'fetched' } : withoutRef(output, remoteLines(output.stderr));
}
/** Paths and commits that a refusal's words name. Pass the reason too: there GitHub names a workflow file. */
function suspectPaths(lines) {
    const paths = new Set();
    const commits = new Set();
    let violations = false;
    for (const line of lines.map(text => text.trim())) {
        const file = line.match(/\bFile (.+) is [\d.]+ ?[KMG]i?B; this exceeds/)?.[1];
        const place = line.match(/^(?:- )?path: (.+?)(?::\d+)?$/)?.[1];
        const workflow = line.match(/create or update workflow `(.+)` without/) ?? line.match(/create or update (\.github\/\S+)/);
        for (const path of [file, place, workflow?.[1]])
            if (path)
                paths.add(path);
        const commit = line.match(/^(?:- )?commit: ([0-9a-f]{7,64})$/)?.[1];
        if (commit)
            commits.add(commit);
        // Rulesets list what broke a rule below it: commits by their name, files by their path, one a line.
        if (/^Found \d+ violations?:?$/.test(line))
            violations = true;
        else if (line.startsWith('- ') || /\s|^https?:/.test(line))
            violations = false;
        else if (violations && line)
            (/^[0-9a-f]{40}(?:[0-9a-f]{24})?$/.test(line) ? commits : paths).add(line);
    }
    return { paths: [...paths], commits: [...commits] };
}
function withoutRef(output, lines) {
    const told = textLines(output.stderr);
    for (const [pattern, code] of LINES) {
        const line = told.find(text => pattern.test(text));
        if (line !== undefined)
            return { kind: 'refused', code, reason: bare(line), lines };
    }
    if (output.timedOut)
        return { kind: 'refused', code: 'network', reason: 'no answer in time', lines };
    const line = told.find(text => text.startsWith('fatal:')) ??
        told.find(text => text.startsWith('error:')) ??
        told.at(-1);
    const fallback = output.exitCode === null ? 'git was killed' : `git exited with code ${output.exitCode} and said nothing`;
    return { kind: 'refused', code: 'unknown', reason: line === undefined ? fallback : bare(line), lines };
}
function match(patterns, lines) {
    return patterns.find(([pattern]) => lines.some(line => pattern.test(line)))?.[1];
}
/** `<flag> TAB <src>:<dst> TAB [<kind>] (<reason>)`, see git-push(1), --porcelain. */
function refLines(stdout) {
    return [...stdout.matchAll(/^([ +\-*!=])\t[^\t\n]*\t(?:\[([^\]\n]*)\])?(?:.*?\((.*)\))?/gm)].map(([, flag = '', kind = '', reason = '']) => ({ flag, kind, reason }));
}
function textLines(text) {
    return (0,_text_js__WEBPACK_IMPORTED_MODULE_1__/* .stripAnsi */ .aJ)(text)
        .split(/[\r\n]+/)
        .map(line => line.trim())
        .filter(line => line !== '');
}
// Progress comes over the same channel; "(1/1), done." and the like say nothing about the refusal.
const PROGRESS = /^(?:Resolving deltas|Counting objects|Compressing objects):|^Total \d/;
function remoteLines(stderr) {
    return textLines(stderr)
        .filter(line => line.startsWith('remote:'))
        .map(line => (0,_plain_js__WEBPACK_IMPORTED_MODULE_0__/* .redact */ .E$)(line.slice('remote:'.length).trim()))
        .filter(line => line !== '' && !PROGRESS.test(line));
}
function bypassedRules(lines) {
    const start = lines.findIndex(line => line.startsWith('Bypassed rule violations'));
    if (start < 0)
        return [];
    return lines
        .slice(start + 1)
        .filter(line => line.startsWith('- '))
        .map(line => line.slice(2));
}
function bare(line) {
    return (0,_plain_js__WEBPACK_IMPORTED_MODULE_0__/* .redact */ .E$)(line.replace(/^(?:(?:fatal|error|remote): )+/, ''));
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


/***/ })

};
