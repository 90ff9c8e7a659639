export const id = 844;
export const ids = [844];
export const modules = {

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

/***/ 9844:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  K1: () => (/* binding */ ending),
  WE: () => (/* binding */ explain)
});

// UNUSED EXPORTS: message

// EXTERNAL MODULE: ./build/decide/conflict.js
var conflict = __webpack_require__(5823);
// EXTERNAL MODULE: ./build/decide/damage.js
var damage = __webpack_require__(548);
// EXTERNAL MODULE: ./build/decide/plain.js
var plain = __webpack_require__(977);
;// CONCATENATED MODULE: ./build/decide/explain-kept.js
/** What is said of the work that a task leaves. */

/** Said with every failure that leaves work behind. */
const KEPT = 'what it changed is kept as `work.bundle` and `work.patch`';
/** The same where it must not leave the machine. */
const KEPT_HERE = 'what it changed is kept as `work-secret.bundle`, in the run directory alone (it adds a value that is masked, so it is neither uploaded nor pushed), and as `work.patch` without that value';
const BUNDLE_ALONE = 'what it changed is kept as `work.bundle`';
const UNWRITTEN = 'no bundle of what it changed could be written, so it is in `store.git` of the run directory and in its workspace alone';
const NOTHING_KEPT = 'it had changed nothing';
const NOTHING_IN_LAST = 'its last attempt had changed nothing';
const NOT_STARTED = 'it had not started';
const ONLY_THERE = 'what it changed could not be taken out of its workspace';
/** Behind a semicolon: what became of what it changed. */
function keptWords({ kept = true, earlier = [], started = true, secret = false, }) {
    const ended = earlier.length > 0 ? NOTHING_IN_LAST : NOTHING_KEPT;
    return `${lastWords(kept, secret, started ? ended : NOT_STARTED)}${earlierWords(earlier)}`;
}
function lastWords(kept, secret, nothing) {
    if (kept === 'unwritten')
        return UNWRITTEN;
    if (kept !== false && secret)
        return KEPT_HERE;
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

// EXTERNAL MODULE: ./build/decide/refusal.js
var refusal = __webpack_require__(7281);
;// CONCATENATED MODULE: ./build/decide/refusal-causes.js
/** The first cause that the words show. */
function closer(output, known, otherwise) {
    return known.find(([pattern]) => pattern.test(output))?.[1] ?? otherwise;
}
const BYPASS = 'Put the GitHub App whose token you pass as `token:` on the bypass list of that rule, or let `branch:` name a branch without it';
const SSH_KEY = /Permission denied \(|marked as read only|denied to deploy key|Too many authentication failures/;
const NETWORK = [
    [
        /from proxy after CONNECT|CONNECT tunnel failed|Proxy CONNECT aborted|Could not resolve proxy/,
        {
            why: 'The proxy could not be reached, or did not let the connection through',
            fix: 'Check `http.proxy` and `remote.origin.proxy` in the configuration of git, and `https_proxy` and `no_proxy` in the environment of the step, then run again',
        },
    ],
    [
        /cannot fork|unable to fork|fork failed|unable to create thread|Resource temporarily unavailable|Cannot allocate memory|Out of memory|Too many open files|\bspawn \S+ E(?:AGAIN|MFILE|NFILE|NOMEM)/i,
        {
            why: 'The machine had no process, memory or open file left to reach it with',
            fix: 'Let fewer `workers` run at a time, or raise what the machine allows (`ulimit -u`, `ulimit -n`, `pids.max`, memory), then run again',
        },
    ],
    [
        /certificate/i,
        {
            why: "The server's certificate is none that this machine trusts",
            fix: 'Set `http.sslCAInfo` in the configuration of git, or `GIT_SSL_CAINFO` in the environment of the step, to the certificates of whoever signed it, then run again',
        },
    ],
];
const AUTH = [
    [
        /(?:HTTP code|response) 407\b|Proxy Authentication Required/,
        {
            why: 'The proxy asks for a name and a password',
            fix: 'Put them where git finds them: in `http.proxy` or `remote.origin.proxy`, in `https_proxy`, or in a credential helper',
        },
    ],
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
        /Host key verification failed/,
        {
            why: 'The remote is used over ssh, and this machine does not know its host key, or knows another one',
            fix: 'Put the host key that the server publishes into `~/.ssh/known_hosts` of the runner, or into a file that `GIT_SSH_COMMAND` names (`ssh -o UserKnownHostsFile=...`)',
        },
    ],
    [
        SSH_KEY,
        {
            why: 'The remote is used over ssh, and its key was not accepted, or may not write',
            fix: 'Give the runner a deploy key with write access, or use an https URL for `origin` and `token:`',
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
        /does not support push options/,
        {
            why: 'The configuration of git names push options (`push.pushOption`), and this server takes none',
            fix: 'Take them out for this repository: an empty `push.pushOption` in the configuration of the checkout resets them (`git config --add push.pushOption ""`)',
        },
    ],
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
/** All causes that are told from the remote's own words; the troubleshooting page has a sample of each. */
function knownCauses() {
    return [NETWORK, AUTH, BRANCH_RULES, LARGE, UNKNOWN].flatMap(known => known.map(([, cause]) => cause));
}

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
                ...closer(output, NETWORK, {
                    why: 'The connection failed, or the server was down or limits the rate of requests',
                    fix: 'Check https://www.githubstatus.com and the network of the runner, then run again',
                }),
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
                what: `The remote refused a change to ${paths.length > 0 ? (0,plain/* listed */.KE)(paths) : 'a workflow file'}${said}`,
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
                what: `GitHub push protection found a secret in the work${kind ? ` (${kind})` : ''}${paths.length > 0 ? ` in ${(0,plain/* listed */.KE)(paths)}` : ''}${kind || paths.length > 0 ? '' : said}`,
                why: `A commit that holds a secret is not accepted, and taking it out in a later commit does not help`,
                fix: `Take the secret out of the kept work, revoke it if it is a real one, and run the task again${link ? `; if it is none, allow it at ${link}` : ''}`,
            };
        }
        case 'large-file': {
            const { paths } = (0,refusal/* suspectPaths */.Wz)(lines);
            return {
                what: `The work is too large for the remote${paths.length > 0 ? ` (${(0,plain/* listed */.KE)(paths)})` : ''}${said}`,
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
/** What was said, as `: "..."`; empty when there is nothing worth reading. */
function quoted(code, lines) {
    const told = lines.filter(line => line !== '' && !NOISE.test(line));
    const rules = told.filter(line => line.startsWith('- ')).map(line => line.slice(2));
    const reasons = lines.map(line => line.match(/^!.*\[[^\]]*\] \((.+)\)$/)?.[1] ?? '');
    const words = code === 'ruleset' && rules.length > 0
        ? rules
        : told.length > 0
            ? toTheFore(code, told).map(line => line.replace(/^(?:error|fatal): /, ''))
            : reasons.filter(reason => reason !== '' && !NOISE.test(reason));
    if (words.length === 0)
        return '';
    const shown = words.slice(0, MOST_LINES).map(line => (0,plain/* plainLine */.h0)(line, 200).replace(/[.\s]+$/, ''));
    return `: "${shown.join('; ')}"`;
}
/** Of what is quoted. */
const MOST_LINES = 3;
/** A greeting, or what ssh tells on its way, must not push the line out that says it. */
function toTheFore(code, lines) {
    const meaning = lines.filter(line => !DIED.test(line));
    const told = meaning.length > 0 ? meaning : lines;
    const at = told.findIndex(line => (0,refusal/* tells */.n6)(line, code));
    return at < MOST_LINES ? told : told.slice(at);
}
/** What git adds to whatever a transport died of. */
const DIED = /^fatal: Could not read from remote repository/;
/** All attempts were used up; `kept` and `later`: what became of the work. */
function explainAttempts(failure, branch, kept, later) {
    const tries = `${failure.attempts} ${failure.attempts === 1 ? 'attempt' : 'attempts'}`;
    const what = `It could not be pushed in ${tries}`;
    if (failure.last === 'race') {
        return {
            what,
            why: `Somebody else moved ${branch} each time before the push arrived; ${kept}`,
            fix: `Let fewer others push to ${branch} meanwhile (one \`concurrency\` group for all jobs that do), make the gate faster, or raise \`max-push-attempts\`; ${later}`,
        };
    }
    const output = failure.output ?? '';
    const otherwise = {
        why: failure.last === 'network' ? 'The connection or the server failed' : 'The remote refused it',
        fix: 'Check the state of the remote (https://www.githubstatus.com) and run again',
    };
    const { why, fix } = closer(output, failure.last === 'network' ? NETWORK : [], otherwise);
    const last = failure.last === 'network' ? '' : ` (the last time as \`${failure.last}\`)`;
    return {
        what: `${what}${quoted(failure.last, output.split(/[\r\n]+/).map(bareLine))}`,
        why: `${why} each time${last}; ${kept}`,
        fix: `${fix}: ${later}`,
    };
}
/** Headings that only repeat the code, and what git says beside every failure: its own lines, links, progress. */
const NOISE = new RegExp([
    /^error: GH006: Protected|^error: GH013: Repository|^Review all|^(?:error: )?(?:Trace:|See https)/,
    /(?:hook declined|rule violations|failed to update ref)\)?$/,
    /^[!=*+-]\t|^To |^Done$|^Everything up-to-date|^hint:|^error: failed to push some refs/,
    /^Please make sure you have the correct access rights|^and the repository exists\.|^Warning: Permanently added/,
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
const MOST_PLACES = 21;
const FOR_MEMORY = 'most likely by the kernel for want of memory';
const MORE_MEMORY = 'Lower `workers` or take a runner with more memory, then run the task again';
const LATER = 'a later run with the same task tries the kept work first';
function words(failure, context) {
    const branch = context.branch === '' ? 'the branch' : context.branch;
    const kept = keptWords(context);
    switch (failure.code) {
        case 'setup':
            return {
                what: `The setup command ${failure.timedOut ? 'took longer than the time limit of the task' : ending(failure)}`,
                why: `${!failure.timedOut && isKilled(failure) ? `It, or a command in it, was killed, ${FOR_MEMORY}; it` : 'It'} runs once in every fresh workspace, and without it the worker was not started`,
                fix: !failure.timedOut && isKilled(failure)
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
                    ? `It was killed, ${FOR_MEMORY}; ${kept}`
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
        case 'secret':
            return {
                what: `The work adds a value that Fanout masks: ${(0,plain/* listed */.KE)(failure.places, MOST_PLACES)}`,
                why: `Everybody who may read the branch could have read it, so it was not pushed; ${keptWords({ ...context, secret: true })}`,
                fix: 'Have the worker read the value from the environment when it is needed, and ignore the files it keeps it in (.gitignore); if it was printed or sent anywhere else, replace it by a new one. If it is no secret, give the variable a name that does not end like one',
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
                why: `${!failure.timedOut && isKilled(failure) ? `It, or a command in it, was killed, ${FOR_MEMORY}. ` : ''}With this work upon ${branch} the gate is red and without it green, so it was not pushed; ${kept}`,
                fix: tried('repair the work by hand', context) ??
                    (failure.timedOut
                        ? 'Read the gate log, then repair the work or raise `gate-timeout-minutes`'
                        : isKilled(failure)
                            ? 'Lower `workers` or `gate-slots`, or take a runner with more memory, and run again; if the work itself takes more memory than before, repair it'
                            : 'Read the gate log and repair the work, or set `remediate` to a command that does'),
            };
        case 'workspace':
            return {
                what: `The workspace could not be made or read: ${(0,plain/* plainLine */.h0)(failure.detail, 400)}`,
                ...((0,damage/* damageIn */.d)(failure.detail) === null
                    ? {
                        why: 'The machine is to blame, not the task',
                        fix: 'Check free disk space and access rights under `workspace-root`, then run the task again',
                    }
                    : damage/* DAMAGED */.A),
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
            return explainAttempts(failure, branch, KEPT, LATER);
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
/** How a command ended, behind `it`: `exited with code 3`. */
function ending(exit) {
    if (exit.signal !== null)
        return `was ended by ${exit.signal}`;
    return exit.exitCode === null ? 'could not be started' : `exited with code ${exit.exitCode}`;
}
/** Also of one command of several: a shell then exits with 137. */
function isKilled(exit) {
    return exit.signal === 'SIGKILL' || exit.exitCode === 137;
}
/** What a shell means by some exit codes. */
function exitMeaning(code) {
    if (code === 127)
        return 'The shell did not find a command';
    if (code === 126)
        return 'A command was found but may not be executed';
    if (code === 137)
        return `A command in it was killed, ${FOR_MEMORY}`;
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

/***/ 7281:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   BW: () => (/* binding */ classifyFetch),
/* harmony export */   Bj: () => (/* binding */ classifyPush),
/* harmony export */   Od: () => (/* binding */ scopeOf),
/* harmony export */   W2: () => (/* binding */ retryOf),
/* harmony export */   Wz: () => (/* binding */ suspectPaths),
/* harmony export */   n6: () => (/* binding */ tells)
/* harmony export */ });
/* unused harmony export RULES */
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
/** Whether to try again: as in RULES, but what the server can never do is not asked for twice. */
function retryOf(refusal) {
    return CANNOT.test(refusal.output) ? 'no' : RULES[refusal.code].retry;
}
/** git itself, about a push that its configuration asks for (`push.pushOption`, `push.gpgSign`). */
const CANNOT = /^fatal: the receiving end does not support /m;
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
    [/^fatal: the receiving end does not support /, 'unknown'],
    [/pack exceeds maximum allowed size/, 'large-file'],
    [/HTTP 413\b|returned error: 413\b/, 'large-file'],
    // The machine's trouble: no process, memory or file was left to run the transport, or what asks for a password, with.
    [
        /cannot fork|unable to fork|fork failed|unable to create thread|Resource temporarily unavailable/,
        'network',
    ],
    [/Cannot allocate memory|Out of memory|Too many open files|\bspawn \S+ E[A-Z]+/i, 'network'],
    [/rate limit|(?:HTTP|returned error:) (?:408|429|5\d\d)\b/i, 'network'],
    [/Duplicate header: "?Authorization/i, 'auth'],
    [
        /could not read (?:Username|Password) for|Authentication failed for|Invalid username or (?:token|password)/,
        'auth',
    ],
    [
        /^(?:remote: |ERROR: )*Permission to .* denied|Write access to repository not granted|archived so it is read-only/,
        'auth',
    ],
    [
        /repository '.*' not found|Repository not found|auth_error|Permission denied \(|Host key verification failed/,
        'auth',
    ],
    [/does not appear to be a git repository/, 'auth'],
    // Servers that have words of their own over ssh: GitHub, GitLab, Bitbucket, Gitea, Azure DevOps.
    [/key you are authenticating with has been marked as read only|Too many authentication failures/, 'auth'],
    [
        /project you were looking for could not be found|not allowed to (?:push|pull|upload)|repository access denied/i,
        'auth',
    ],
    [/^(?:remote: )?(?:Gitea|Forgejo): Unauthorized|is not authorized to (?:read|write)|TF401019/, 'auth'],
    [/(?:HTTP|returned error:) 40[134]\b|(?:HTTP code|response) 407\b|Proxy Authentication Required/, 'auth'],
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
    [/from proxy after CONNECT|CONNECT tunnel failed|Proxy CONNECT aborted/, 'network'],
    [/remote end hung up|died of signal|remote helper '[^']*' aborted session/, 'network'],
    [/Broken pipe|cannot run \S+:|unable to access '[a-z]+:\/\/[^']*': (?!The requested URL)/, 'network'],
    // What git says of every transport that died, whatever it died of.
    [/Could not read from remote repository/, 'network'],
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
    const killed = output.exitCode === null;
    const fallback = killed ? 'git was killed' : `git exited with code ${output.exitCode} and said nothing`;
    const reason = line === undefined ? fallback : bare(line);
    return { kind: 'refused', code: killed ? 'network' : 'unknown', reason, lines };
}
/** Whether a line of standard error is one of those that such a refusal is known by. */
function tells(line, code) {
    return LINES.some(([pattern, known]) => known === code && pattern.test(line));
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


/***/ })

};
