export const id = 615;
export const ids = [615];
export const modules = {

/***/ 2260:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  mc: () => (/* reexport */ input_table_INPUTS),
  P$: () => (/* binding */ parseSettings)
});

// UNUSED EXPORTS: inputsFrom

// EXTERNAL MODULE: ./build/decide/plan.js + 1 modules
var plan = __webpack_require__(3793);
// EXTERNAL MODULE: ./build/decide/globs.js
var globs = __webpack_require__(5754);
// EXTERNAL MODULE: ./build/decide/place.js
var place = __webpack_require__(4398);
;// CONCATENATED MODULE: ./build/action/kinds.js
/** The kinds of value an input can hold, each with the words of its refusal. Strict: nothing is coerced. */


const good = (value) => ({ ok: true, value });
const bad = (hint = '') => ({ ok: false, hint });
/** Text as it came; blank is refused. */
const kinds_text = (expected) => ({
    expected,
    read: value => (value.trim() === '' ? bad() : good(value)),
});
/** One line, trimmed, that `fits`. */
const line = (expected, fits) => ({
    expected,
    read: value => (value.trim() !== '' && fits(value.trim()) ? good(value.trim()) : bad()),
});
/** Blank reads as null. */
const optional = (kind) => ({
    expected: kind.expected,
    read: value => (value.trim() === '' ? good(null) : kind.read(value)),
});
/** true or false as YAML's core schema spells them. */
const flag = {
    expected: 'true or false',
    read: value => {
        if (/^(true|True|TRUE)$/.test(value.trim()))
            return good(true);
        return /^(false|False|FALSE)$/.test(value.trim()) ? good(false) : bad();
    },
};
function choice(...values) {
    return {
        expected: `${values.slice(0, -1).join(', ')} or ${values.at(-1)}`,
        read: value => {
            const chosen = values.find(each => each === value.trim());
            return chosen === undefined ? bad() : good(chosen);
        },
    };
}
const INTEGER = /^(0|[1-9]\d*)$/;
const DECIMAL = /^(0|[1-9]\d*)(\.\d+)?$/;
/** Plain digits only: no sign, no exponent, no hexadecimal, no leading zero. */
const integer = (min, max) => ({
    expected: `a whole number from ${min} to ${max}`,
    read: value => within(INTEGER, value, number => number >= min && number <= max),
});
/** A number that may have a fraction, such as 0.5. */
const number = (max) => ({
    expected: `a number from 0 to ${max}`,
    read: value => within(DECIMAL, value, number => number <= max),
});
/** As `number`, but 0 is refused. */
const positive = (max) => ({
    expected: `a number above 0 and at most ${max}`,
    read: value => within(DECIMAL, value, number => number > 0 && number <= max),
});
/** `auto` reads as null. */
const auto = (kind) => ({
    expected: `auto or ${kind.expected}`,
    read: value => (value.trim() === 'auto' ? good(null) : kind.read(value)),
});
/** Comma or newline separated; items are trimmed, blank and repeated ones dropped. Nothing but separators is no list. */
const list = (expected) => ({
    expected,
    read: value => {
        const found = [...new Set(items(value, /[,\n]/))];
        return found.length > 0 || value.trim() === '' ? good(found) : bad();
    },
});
/** At least one whole number, comma or newline separated, in the order given. */
const integers = (min, max) => ({
    expected: `whole numbers from ${min} to ${max}, separated by commas`,
    read: value => {
        const readings = items(value, /[,\n]/).map(integer(min, max).read);
        const numbers = readings.flatMap(reading => (reading.ok ? [reading.value] : []));
        return numbers.length > 0 && numbers.length === readings.length ? good(numbers) : bad();
    },
});
/** Globs over the repository's paths. A comma inside braces is part of its glob. */
const kinds_globs = {
    expected: 'globs relative to the repository, separated by commas or newlines',
    read: value => {
        const found = [...new Set(items(value, /,(?![^{}\n]*\})|\n/))];
        const wrong = found.find(glob => (0,globs/* globExpectation */.N3)(glob) !== null);
        return wrong === undefined ? good(found) : bad(`${JSON.stringify(wrong)}: ${(0,globs/* globExpectation */.N3)(wrong)}`);
    },
};
/** A file's path inside the repository, written as git writes it: without `.` and empty parts. */
const insidePath = {
    expected: 'a path relative to the repository, without .. or backslashes',
    read: value => {
        const given = value.trim();
        const parts = given.split('/').filter(part => part !== '' && part !== '.');
        const hint = leaves(given) ?? (parts.length === 0 || /(^|\/)\.?$/.test(given) ? 'name a file' : null);
        return hint === null ? good(parts.join('/')) : bad(hint);
    },
};
/** A branch name that git takes (git-check-ref-format), without `refs/heads/`. */
const branchName = {
    expected: 'a branch name',
    read: value => {
        const name = value.trim();
        if (name.startsWith('refs/heads/'))
            return bad(`write ${JSON.stringify(name.slice('refs/heads/'.length))}`);
        return isBranchName(name) ? good(name) : bad();
    },
};
/** The rules of git-check-ref-format(1) for `refs/heads/<name>`, and of `git branch`: no leading dash, not HEAD. */
function isBranchName(name) {
    if (name === '' || name === 'HEAD' || name.startsWith('-'))
        return false;
    if (/[\u0000-\u0020\u007f~^:?*[\\]|\.\.|@\{/.test(name) || name.endsWith('.'))
        return false;
    return name.split('/').every(part => part !== '' && !part.startsWith('.') && !part.endsWith('.lock'));
}
function within(shape, value, fits) {
    const trimmed = value.trim();
    return shape.test(trimmed) && fits(Number(trimmed)) ? good(Number(trimmed)) : bad();
}
function items(value, separator) {
    return value
        .split(separator)
        .map(item => item.trim())
        .filter(item => item !== '');
}
/** Why a path leads out of the repository's files; null: it does not. */
function leaves(path) {
    if (path.includes('\\'))
        return 'write / instead of a backslash';
    if (path.startsWith('/') || /^[A-Za-z]:/.test(path))
        return 'leave out what is above the repository';
    if (path.split('/').includes('..'))
        return 'it may not hold ..';
    if (/[\u0000-\u001f\u007f]/.test(path))
        return 'it may not hold control characters';
    return path.split('/').some(place/* isGitName */.M$) ? "it may not be in git's own folder" : null;
}

;// CONCATENATED MODULE: ./build/action/input-table.js

const WEEK_IN_MINUTES = 7 * 24 * 60;
const YEAR_IN_HOURS = 365 * 24;
/** Not run where the tree has no such target; any other command is. */
const DEFAULT_VERIFY = 'make verify';
const command = kinds_text('a command');
const oneLine = (value) => !/[\r\n]/.test(value);
const ident = (value) => !/[<>\r\n\0]/.test(value);
/** What the artifact service refuses in a name. */
const artifactName = (value) => !/[":<>|*?\\/\r\n]/.test(value);
const TABLE = {
    tasks: {
        kind: kinds_text('the name of a tasks file, or the tasks themselves'),
        default: '',
        otherwise: 'required',
        description: 'The tasks to run: the name of a YAML, JSON or JSONC file, or the text itself (several lines, or starting with `[` or `{`).',
    },
    only: {
        kind: list('task ids, separated by commas or newlines'),
        default: '',
        otherwise: 'all tasks',
        description: 'Ids of the tasks to run, separated by commas or newlines. What they need is taken as met.',
    },
    run: {
        kind: optional(command),
        default: '',
        description: 'The worker command, run with bash, of every task that has none of its own.',
    },
    workers: {
        kind: auto(integer(1, 256)),
        default: 'auto',
        description: 'Workers that run at the same time, 1 to 256. `auto`: as many as CPUs are available.',
    },
    'max-tasks': {
        kind: integer(0, 100_000),
        default: '0',
        description: 'Most tasks started in this run; the others are skipped. 0: no limit.',
    },
    'max-failures': {
        kind: integer(0, 100_000),
        default: '0',
        description: 'After so many failed tasks no new one starts. 0: no limit.',
    },
    branch: {
        kind: optional(branchName),
        default: '',
        otherwise: 'the checked-out branch',
        description: 'The branch on origin where the results land.',
    },
    setup: {
        kind: optional(command),
        default: '',
        description: 'Command run once in each fresh workspace and gate checkout, such as `npm ci`.',
    },
    copy: {
        kind: kinds_globs,
        default: '',
        description: 'Globs of git-ignored files copied from the checkout into workspaces and gate checkouts, such as `.env*` or `node_modules`.',
    },
    gate: {
        kind: optional(command),
        default: '',
        description: 'Command that every tree must pass before it lands, such as `make test`. Without one, whatever merges lands.',
    },
    'gate-timeout-minutes': {
        kind: positive(WEEK_IN_MINUTES),
        default: '30',
        description: 'A gate that runs longer is stopped and counts as red.',
    },
    'gate-slots': {
        kind: integer(1, 64),
        default: '1',
        description: 'Gates that run at the same time while the culprit of a red stack is searched for.',
    },
    'gate-retries': {
        kind: integer(0, 10),
        default: '1',
        description: 'How often a red tree is gated again before a task is blamed. Trees that pass then are counted as flakes.',
    },
    'max-batch': {
        kind: integer(0, 10_000),
        default: '0',
        description: 'Most tasks gated and pushed together; 1 gates every single commit. 0: no limit, adapted to what the gate says.',
    },
    remediate: {
        kind: optional(command),
        default: '',
        description: 'Command that repairs a task whose work conflicts or fails the gate. `FANOUT_HANDOFF` names the packet that tells what happened.',
    },
    'max-remediations': {
        kind: integer(0, 20),
        default: '2',
        description: 'Most remediations of one task.',
    },
    'max-push-attempts': {
        kind: integer(1, 1000),
        default: '50',
        description: 'Most pushes tried for one task, 1 to 1000, while the branch moves or the remote fails.',
    },
    'push-backoff-ms': {
        kind: integers(0, 3_600_000),
        default: '500,2000,5000,10000',
        description: 'Milliseconds to wait before each next push; the last is reused. Each is shortened by up to half at random, and the first lost race is retried at once.',
    },
    verify: {
        kind: command,
        default: DEFAULT_VERIFY,
        description: 'Command run on the branch after the last task. The default is not run where the Makefile has no such target.',
    },
    'verify-when': {
        kind: choice('landed', 'success', 'always', 'never'),
        default: 'landed',
        description: 'When to verify: `landed` (anything landed), `success` (no task failed), `always`, or `never`.',
    },
    'verify-timeout-minutes': {
        kind: positive(WEEK_IN_MINUTES),
        default: '30',
        description: 'A verification that runs longer is stopped and has failed.',
    },
    'on-verify-failure': {
        kind: choice('report', 'revert'),
        default: 'report',
        description: 'What a failed verification leads to: `report` only, or `revert` the landed commits that cause it.',
    },
    'protected-paths': {
        kind: kinds_globs,
        default: '.github/workflows/**',
        description: 'Globs of files that no task may change, unless its own paths name them.',
    },
    'max-changed-files': {
        kind: integer(0, 1_000_000),
        default: '0',
        description: 'Most files one task may change. 0: no limit.',
    },
    'task-timeout-minutes': {
        kind: positive(WEEK_IN_MINUTES),
        default: '60',
        description: 'A worker that runs longer is stopped, unless its task sets another limit.',
    },
    'idle-timeout-minutes': {
        kind: number(WEEK_IN_MINUTES),
        default: '0',
        description: 'A worker that prints nothing for so long is stopped. 0: never.',
    },
    'deadline-minutes': {
        kind: number(WEEK_IN_MINUTES),
        default: '0',
        description: 'No task starts after this time, and running ones are stopped in time to keep their work. 0: no deadline.',
    },
    retries: {
        kind: integer(0, 20),
        default: '0',
        description: 'How often a failed worker runs again, each time in a fresh workspace.',
    },
    'workspace-root': {
        kind: optional(line('a folder', oneLine)),
        default: '',
        otherwise: '`$RUNNER_TEMP/fanout`; in a terminal `~/.local/state/fanout/<repository>-<hash>`',
        description: 'Folder of the workspaces and run directories; what else lies there is left alone. Inside the repository it must be git-ignored.',
    },
    workspaces: {
        kind: choice('auto', 'clone', 'overlay'),
        default: 'auto',
        description: 'How workspaces are made: `clone`, `overlay` (mounts over one checkout; Linux with root or sudo), or `auto`, which picks.',
    },
    'keep-workspaces': {
        kind: choice('never', 'blocked', 'always'),
        default: 'blocked',
        description: 'Which workspaces stay on disk after the run: `never` any, those of `blocked` work, or `always` all.',
    },
    'workspace-retention-hours': {
        kind: number(YEAR_IN_HOURS),
        default: '24',
        description: 'Workspaces and stores of runs older than this are removed at the start; work that did not land stays until `fanout clean`.',
    },
    bookkeeping: {
        kind: choice('off', 'archive'),
        default: 'off',
        description: '`archive`: the commit that lands a task also moves it from the tasks file to the done file.',
    },
    'done-file': {
        kind: optional(insidePath),
        default: '',
        otherwise: '`<tasks file>.done.<ext>`',
        description: 'The file in the repository where landed tasks are kept.',
    },
    resume: {
        kind: flag,
        default: 'true',
        description: 'Whether a re-run goes on where the attempt before it ended.',
    },
    'dry-run': {
        kind: flag,
        default: 'false',
        description: 'Do everything but the push, with the same report.',
    },
    'save-refs': {
        kind: flag,
        default: 'true',
        description: 'Whether blocked work is also kept on the remote, under `refs/fanout/blocked/`, for a later run to land.',
    },
    'commit-message': {
        kind: kinds_text('a commit message'),
        default: '{title}',
        description: 'Template of the commit message; `{id}`, `{title}` and `{prompt}` are replaced. A message the worker wrote wins.',
    },
    'git-user-name': {
        kind: line('a name of one line without < or >', ident),
        default: 'github-actions[bot]',
        description: 'Name of the committer.',
    },
    'git-user-email': {
        kind: line('an e-mail address of one line without < or >', ident),
        default: '41898282+github-actions[bot]@users.noreply.github.com',
        description: 'E-mail address of the committer.',
    },
    token: {
        kind: optional(line('a token without white space', value => !/\s/.test(value))),
        default: '',
        workflowDefault: '${{ github.token }}',
        description: "Token for fetching and pushing, used only when the remote's host is the GitHub server's.",
    },
    'fail-on': {
        kind: choice('any', 'verify', 'never'),
        default: 'any',
        description: 'What makes the step fail: `any` failure, only a failed `verify`, or `never`.',
    },
    upload: {
        kind: flag,
        default: 'true',
        description: 'Whether the run directory is uploaded as an artifact.',
    },
    'artifact-name': {
        kind: optional(line('a name without " : < > | * ? \\ / or line breaks', artifactName)),
        default: '',
        otherwise: '`fanout-<run key>`',
        description: 'Name of the artifact.',
    },
    'retention-days': {
        kind: integer(0, 400),
        default: '0',
        description: "Days the artifact is kept, up to 400. 0: the repository's default.",
    },
    log: {
        kind: choice('failures', 'all', 'none'),
        default: 'failures',
        description: 'Worker output in the step log: the end of `failures`, `all`, or `none`.',
    },
};
/** All inputs, in the order people read them. */
const input_table_INPUTS = Object.entries(TABLE).map(([name, entry]) => ({
    ...entry,
    name: name,
    isFlag: entry.kind === flag,
}));

;// CONCATENATED MODULE: ./build/action/inputs.js
/** Inputs as strings -> Settings. Reads nothing itself: the environment or the command line arrive as records. */



/** What a runner hands over: `INPUT_<NAME>`, upper-cased, hyphens kept. */
function inputsFrom(environment) {
    return Object.fromEntries(INPUTS.map(({ name }) => [name, environment[`INPUT_${name.toUpperCase()}`]]));
}
/** Checks and types all inputs, and names all problems at once. '' and undefined mean the default. */
function parseSettings(raw) {
    const values = {};
    const problems = [];
    for (const { name, kind, default: standard } of input_table_INPUTS) {
        const given = raw[name] ?? '';
        const reading = kind.read(given === '' ? standard : given);
        if (reading.ok)
            values[settingKey(name)] = reading.value;
        else
            problems.push(problem(name, kind.expected, given, reading.hint));
    }
    const tasks = (0,plan/* parseTasksSource */.lL)(raw.tasks ?? '');
    if (values.bookkeeping === 'archive' && tasks.kind === 'inline') {
        problems.push(problem('bookkeeping', "off where 'tasks' is not the name of a file", 'archive'));
    }
    if (problems.length > 0)
        return { ok: false, problems, tasks: tasksInput(values) };
    values.tasks = tasks.kind === 'file' ? tasks.path : tasks.text;
    values.verifyIsDefault = values.verify === DEFAULT_VERIFY;
    // The type of the table proves it: every key of Settings was read, by the kind that gives its type.
    return { ok: true, settings: values };
}
function tasksInput({ tasks, run = null, only = [], bookkeeping = 'off', doneFile = null, }) {
    return tasks === undefined ? null : { tasks, run, only, bookkeeping, doneFile };
}
function problem(name, expected, given, hint = '') {
    const shown = name === 'token' ? '***' : given;
    return `input '${name}': expected ${expected}, got ${JSON.stringify(shown)}${hint === '' ? '' : `; ${hint}`}`;
}
function settingKey(name) {
    return name.replace(/-([a-z])/g, (_, letter) => letter.toUpperCase());
}


/***/ }),

/***/ 615:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  fanout: () => (/* binding */ fanout)
});

// EXTERNAL MODULE: ./build/decide/problem.js
var problem = __webpack_require__(6554);
;// CONCATENATED MODULE: ./build/version.js
/** Made by scripts/generate.ts from package.json. */
const VERSION = '0.1.0';

// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(7975);
// EXTERNAL MODULE: ./build/action/inputs.js + 2 modules
var action_inputs = __webpack_require__(2260);
;// CONCATENATED MODULE: ./build/cli/command-table.js
/** The one table of commands: help and the reading of arguments come from it. */
const PLAIN = { directory: false, inputs: null, switches: [], tasks: false };
const ALL_INPUTS = { except: [], kept: false };
const COMMANDS = {
    init: {
        ...PLAIN,
        usage: '',
        does: 'writes a tasks file and a workflow into this repository, and says what to do next. What is there already is left as it is.',
        examples: ['fanout init'],
    },
    plan: {
        ...PLAIN,
        usage: '--tasks <file or list> [--json]',
        does: 'prints what a run would start, in which order, and what is held back and why. Starts nothing.',
        inputs: ALL_INPUTS,
        switches: ['json'],
        examples: ['fanout plan --tasks tasks.yml', 'fanout plan --tasks tasks.yml --only strict-core --json'],
    },
    run: {
        ...PLAIN,
        usage: '--tasks <file or list>',
        does: 'runs many tasks at once and lands the results on one branch of origin.',
        inputs: ALL_INPUTS,
        examples: [
            "fanout run --tasks tasks.yml --run ./scripts/agent.sh --gate 'make test'",
            'fanout run --tasks tasks.yml --dry-run true',
        ],
    },
    status: {
        ...PLAIN,
        usage: '<run directory> [--json]',
        does: 'tells how a run stands, also while it runs or when it was cut off: counts, what needs a person, what to do next.',
        directory: true,
        switches: ['json'],
        examples: ['fanout status ~/.local/state/fanout/app-1a2b3c4d/local-20260102T030405Z-1a2b'],
    },
    retry: {
        ...PLAIN,
        usage: '<run directory> --task <ids>',
        does: 'tries tasks of a run that has ended again, in a run of its own with the same inputs: finished work lands without its worker, anything else starts anew.',
        directory: true,
        tasks: true,
        inputs: { except: ['only'], kept: true },
        examples: [
            'fanout retry ./fanout-77-1 --task strict-core',
            "fanout retry ./fanout-77-1 --task strict-core,strict-web --gate 'make test'",
        ],
    },
    stop: {
        ...PLAIN,
        usage: '<run directory>',
        does: 'asks a run to start nothing new. What runs may finish and land.',
        directory: true,
        examples: ['fanout stop ~/.local/state/fanout/app-1a2b3c4d/local-20260102T030405Z-1a2b'],
    },
    clean: {
        ...PLAIN,
        usage: '[--workspace-root <folder>] [--yes]',
        does: 'lists the runs of this repository that are not at work, with their age and size and what of them did not land; with --yes it removes them.',
        inputs: { only: ['workspace-root'], except: [], kept: false },
        switches: ['yes'],
        examples: ['fanout clean', 'fanout clean --yes'],
    },
    report: {
        ...PLAIN,
        usage: '<run directory>',
        does: 'writes summary.md and report.html anew from summary.json, and prints the table.',
        directory: true,
        examples: ['fanout report ./fanout-77-1'],
    },
};
const COMMAND_NAMES = Object.keys(COMMANDS);
function isCommand(name) {
    return Object.hasOwn(COMMANDS, name);
}
/** Whether an input of the action is an option of a command. */
function takesInput({ except, only }, name) {
    return !except.includes(name) && (only === undefined || only.includes(name));
}

;// CONCATENATED MODULE: ./build/cli/arguments.js
/** The words behind `fanout <command>`, and everything that is wrong with them. */




function readArguments(name, words) {
    const command = COMMANDS[name];
    const options = optionsOf(command);
    const lacking = words.map((word, index) => lacksValue(word, words[index + 1], options));
    const missing = new Set(words.filter((_, index) => lacking[index]).map(word => word.slice(2)));
    const whole = words.filter((_, index) => !lacking[index]);
    const { values, others, unknown, problems } = sortOut(whole, command, options);
    const twice = [...values].filter(([option, given]) => given.length > 1 && option !== 'task' && options.get(option) !== 'switch');
    const [directory = '', ...rest] = command.directory ? others : ['', ...others];
    const inputs = [...values].filter(([option]) => isInput(command, option));
    return {
        help: values.has('help'),
        inputs: Object.fromEntries(inputs.map(([option, given]) => [option, given.at(-1) ?? ''])),
        switches: new Set([...values.keys()].filter(option => options.get(option) === 'switch')),
        tasks: idsIn(values.get('task') ?? []),
        directory,
        missing,
        problems: [
            ...[...missing].map(option => `--${option} needs a value: write --${option} <value>`),
            ...unknown.map(({ word, meant }) => {
                const hint = meant === null ? `fanout ${name} --help lists all` : `did you mean --${meant}?`;
                return `unknown option ${word}: fanout ${name} takes none of that name; ${hint}`;
            }),
            ...problems,
            ...twice.map(([option, given]) => `--${option} is given ${given.length} times: only one can count, write it once`),
            ...rest.map(word => `unexpected argument ${JSON.stringify(word)}: fanout ${name} takes ${takes(name, command)}`),
        ],
    };
}
/** An option is not the value of the one before it: whoever means that writes `--name=--value`. */
function lacksValue(word, next, options) {
    const named = (text) => text.startsWith('--') ? options.get(text.slice(2).split('=')[0] ?? '') : undefined;
    if (word.includes('=') || named(word) !== 'value')
        return false;
    return next === undefined || named(next) !== undefined;
}
function sortOut(words, command, options) {
    const { tokens } = (0,external_node_util_.parseArgs)({
        args: [...words],
        options: Object.fromEntries([...options].map(([option, kind]) => [option, { type: kind === 'value' ? 'string' : 'boolean' }])),
        // It would stop at the first mistake.
        strict: false,
        allowPositionals: true,
        tokens: true,
    });
    const values = new Map();
    const others = [];
    const unknown = [];
    const problems = [];
    for (let i = 0; i < tokens.length; i++) {
        const token = tokens[i];
        if (token.kind === 'positional')
            others.push(token.value);
        if (token.kind !== 'option')
            continue;
        const word = token.rawName;
        const option = word === '-h' ? 'help' : token.name;
        const kind = word.startsWith('--') || word === '-h' ? options.get(option) : undefined;
        const meant = kind === undefined ? (0,problem/* nearest */.pA)(option, options.keys()) : option;
        const next = tokens[i + 1];
        let value = token.value;
        if (value === undefined && next?.kind === 'positional' && takesNext(option, meant, next.value)) {
            value = next.value;
            i++;
        }
        if (kind === undefined) {
            unknown.push({ word, meant });
            // `-abc` is three options to the parser, and one word to people.
            while (tokens[i + 1]?.index === token.index)
                i++;
        }
        if (kind === 'switch' && value !== undefined)
            problems.push(`${word} takes no value, got ${JSON.stringify(value)}: write it alone`);
        else if (meant !== null && (kind !== undefined || (value !== undefined && !values.has(meant))))
            values.set(meant, [...(values.get(meant) ?? []), value ?? 'true']);
    }
    return { values, others, unknown, problems };
    function takesNext(option, meant, next) {
        switch (meant === null ? undefined : options.get(meant)) {
            case 'value':
                return true;
            case 'flag':
                return TRUTH.test(next);
            case 'switch':
                return false;
            default:
                // The word behind a name that nobody knows is its value, and not one more mistake.
                return !command.directory || others.length > 0 || action_inputs/* INPUTS */.mc.some(({ name }) => name === option);
        }
    }
}
/** What people write for true and false; the input says which of it counts. */
const TRUTH = /^(true|false|yes|no|on|off|[01])$/i;
function optionsOf(command) {
    const inputs = action_inputs/* INPUTS */.mc.filter(({ name }) => isInput(command, name));
    return new Map([
        ['help', 'switch'],
        ...command.switches.map(name => [name, 'switch']),
        ...(command.tasks ? [['task', 'value']] : []),
        ...inputs.map(({ name, isFlag }) => [name, isFlag ? 'flag' : 'value']),
    ]);
}
function isInput({ inputs }, option) {
    return inputs !== null && takesInput(inputs, option) && action_inputs/* INPUTS */.mc.some(({ name }) => name === option);
}
function idsIn(lists) {
    return lists.flatMap(list => list.split(/[,\n]/).map(id => id.trim())).filter(id => id !== '');
}
function takes(name, command) {
    const options = `options only; fanout ${name} --help lists them`;
    if (command.directory)
        return `one run directory and ${options}`;
    return command.inputs === null && command.switches.length === 0 ? 'none' : options;
}

;// CONCATENATED MODULE: ./build/cli/help.js
/** What `fanout --help` and `fanout <command> --help` print. */


const INDENT = '      ';
/** All commands, a sentence each; ends in a line break. */
function overview(columns = 80) {
    const parts = COMMAND_NAMES.map(name => {
        const { usage, does } = COMMANDS[name];
        return `  fanout ${name} ${usage}`.trimEnd().concat('\n', wrap(does, columns - INDENT.length), '\n');
    });
    return `Usage: fanout <command>\n\n${parts.join('')}\nfanout <command> --help tells more of one, fanout --version which this is.\n`;
}
/** One command with its options and examples; ends in a line break. */
function helpOf(name, columns = 80) {
    const command = COMMANDS[name];
    const { usage, does, examples, inputs } = command;
    const line = `Usage: fanout ${name} ${usage}`.trimEnd();
    const more = inputs === null || inputs.only ? '' : ' [--<input> <value> ...]';
    return [
        `${line}${more}\n\n${wrap(`${name} ${does}`, columns - INDENT.length)}\n\n`,
        `Examples:\n${examples.map(example => `${INDENT}${example}\n`).join('')}`,
        inputs === null || inputs.only
            ? ''
            : `\n${inputs.kept ? KEPT_WORDS : INPUTS_WORDS}\n${inputsHelp(columns, inputs)}`,
        inputs === null ? '' : `\n${ENDS}\n`,
    ].join('');
}
const INPUTS_WORDS = 'The inputs of the action are its options:\n';
const KEPT_WORDS = 'The inputs of the action are its options; one that is not given is as the run had it:\n';
const ENDS = 'Exit code: 0 for success, 1 for a failure or a mistake in what was asked, 130 after an interrupt.';
/** One paragraph an input, wrapped at `columns` characters, ending in a line break. */
function inputsHelp(columns = 80, inputs = { except: [], kept: false }) {
    return action_inputs/* INPUTS */.mc.filter(input => takesInput(inputs, input.name))
        .map(input => {
        const value = input.isFlag ? '[true|false]' : '<value>';
        const fallback = input.default === '' ? input.otherwise : input.default;
        const text = `${input.description}${fallback === undefined || inputs.kept ? '' : ` [${fallback}]`}`;
        return `  --${input.name} ${value}\n${wrap(text.replaceAll('`', ''), columns - INDENT.length)}\n`;
    })
        .join('');
}
function wrap(text, width) {
    const lines = [];
    for (const word of text.split(' ')) {
        const last = lines.at(-1);
        if (last === undefined || last.length + 1 + word.length > width)
            lines.push(word);
        else
            lines[lines.length - 1] = `${last} ${word}`;
    }
    return lines.map(line => INDENT + line).join('\n');
}

// EXTERNAL MODULE: ./build/cli/say.js
var say = __webpack_require__(2486);
;// CONCATENATED MODULE: ./build/cli/fanout.js
/** Which command it is, and what is wrong with the words behind it. Each command is loaded only when it runs. */






/** The exit code. Whatever goes wrong is said on standard error. */
async function fanout(words) {
    // Whoever read the output is gone (`| head`, a closed terminal): the work goes on without being watched.
    for (const stream of [process.stdout, process.stderr])
        stream.on('error', () => { });
    try {
        return await dispatch(words);
    }
    catch (error) {
        const stack = error instanceof Error ? error.stack : String(error);
        process.stderr.write(`Fanout failed through a fault of its own. Please report it with this text:\n${stack}\n`);
        return 1;
    }
}
function dispatch([first = '--help', ...rest]) {
    const columns = process.stdout.columns ?? 100;
    if (first === '--version' || first === '-v') {
        (0,say/* out */.FD)(VERSION);
        return 0;
    }
    const asked = first === 'help' && rest[0] !== undefined ? rest[0] : first;
    if (['help', '--help', '-h'].includes(asked)) {
        (0,say/* out */.FD)(overview(columns).trimEnd());
        return 0;
    }
    if (!isCommand(asked)) {
        const meant = (0,problem/* nearest */.pA)(asked, COMMAND_NAMES);
        const hint = meant === null ? '' : ` (did you mean ${meant}?)`;
        return (0,say/* refuse */.TR)([`unknown command ${JSON.stringify(asked)}${hint}: expected ${COMMAND_NAMES.join(', ')}`]);
    }
    const args = readArguments(asked, asked === first ? rest : ['--help']);
    if (args.help) {
        (0,say/* out */.FD)(helpOf(asked, columns).trimEnd());
        return 0;
    }
    return LOAD[asked](args);
}
const LOAD = {
    init: async (args) => (await Promise.all(/* import() */[__webpack_require__.e(423), __webpack_require__.e(671), __webpack_require__.e(110)]).then(__webpack_require__.bind(__webpack_require__, 1110))).initCommand(args),
    plan: async (args) => (await Promise.all(/* import() */[__webpack_require__.e(423), __webpack_require__.e(844), __webpack_require__.e(671), __webpack_require__.e(200), __webpack_require__.e(648)]).then(__webpack_require__.bind(__webpack_require__, 1648))).planCommand(args),
    run: async (args) => (await Promise.all(/* import() */[__webpack_require__.e(503), __webpack_require__.e(260), __webpack_require__.e(423), __webpack_require__.e(844), __webpack_require__.e(671), __webpack_require__.e(57), __webpack_require__.e(200), __webpack_require__.e(747), __webpack_require__.e(855)]).then(__webpack_require__.bind(__webpack_require__, 8855))).runCommand(args),
    status: async (args) => (await Promise.all(/* import() */[__webpack_require__.e(503), __webpack_require__.e(423), __webpack_require__.e(844), __webpack_require__.e(57), __webpack_require__.e(178)]).then(__webpack_require__.bind(__webpack_require__, 4178))).statusCommand(args),
    retry: async (args) => (await Promise.all(/* import() */[__webpack_require__.e(503), __webpack_require__.e(260), __webpack_require__.e(423), __webpack_require__.e(844), __webpack_require__.e(671), __webpack_require__.e(57), __webpack_require__.e(200), __webpack_require__.e(747), __webpack_require__.e(855), __webpack_require__.e(863)]).then(__webpack_require__.bind(__webpack_require__, 9863))).retryCommand(args),
    stop: async (args) => (await Promise.all(/* import() */[__webpack_require__.e(423), __webpack_require__.e(844), __webpack_require__.e(57), __webpack_require__.e(653)]).then(__webpack_require__.bind(__webpack_require__, 6653))).stopCommand(args),
    clean: async (args) => (await Promise.all(/* import() */[__webpack_require__.e(260), __webpack_require__.e(423), __webpack_require__.e(671), __webpack_require__.e(212)]).then(__webpack_require__.bind(__webpack_require__, 7212))).cleanCommand(args),
    report: async (args) => (await Promise.all(/* import() */[__webpack_require__.e(503), __webpack_require__.e(423), __webpack_require__.e(844), __webpack_require__.e(57), __webpack_require__.e(747), __webpack_require__.e(846)]).then(__webpack_require__.bind(__webpack_require__, 1743))).reportCommand(args),
};


/***/ }),

/***/ 2486:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   FD: () => (/* binding */ out),
/* harmony export */   TR: () => (/* binding */ refuse),
/* harmony export */   YB: () => (/* binding */ columns),
/* harmony export */   cE: () => (/* binding */ hasColor),
/* harmony export */   em: () => (/* binding */ sentence)
/* harmony export */ });
/* harmony import */ var _decide_text_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5810);
/** Plain words on standard output and standard error; nothing in them steers a terminal. */

function out(text) {
    process.stdout.write(`${text}\n`);
}
/** What is wrong, one line each, on standard error. Returns the exit code for it. */
function refuse(lines) {
    for (const line of lines)
        process.stderr.write(`error: ${(0,_decide_text_js__WEBPACK_IMPORTED_MODULE_0__/* .stripAnsi */ .aJ)((0,_decide_text_js__WEBPACK_IMPORTED_MODULE_0__/* .harmless */ .Is)(line))}\n`);
    return 1;
}
/** What, why, and the way out, in one line. */
function sentence({ what, why, fix }) {
    return `${what} ${why} ${fix}`;
}
/** Whether this stream shows colours: node knows NO_COLOR, FORCE_COLOR and what the terminal says of itself. */
function hasColor(stream) {
    return stream.isTTY && stream.hasColors();
}
/** Columns of what the output is shown on. */
function columns() {
    return process.stdout.columns ?? 100;
}


/***/ }),

/***/ 3314:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   M: () => (/* binding */ EMPTY_DRAFT)
/* harmony export */ });
const EMPTY_DRAFT = {
    at: null,
    id: null,
    title: null,
    prompt: null,
    run: null,
    needs: [],
    paths: [],
    env: {},
    timeoutMinutes: null,
    retries: null,
    commitMessage: null,
    status: 'todo',
    notBefore: null,
};


/***/ }),

/***/ 7860:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   ON: () => (/* binding */ readFanout),
/* harmony export */   a4: () => (/* binding */ tasksOf),
/* harmony export */   rw: () => (/* binding */ TASK_KEY_NAMES)
/* harmony export */ });
/* unused harmony exports DEFAULT_KEYS, TASK_KEYS */
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8816);
/* harmony import */ var _draft_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3314);
/* harmony import */ var _globs_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5754);
/* harmony import */ var _problem_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(6554);
/* harmony import */ var _rules_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5342);
/* harmony import */ var _shape_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(420);
/* harmony import */ var _task_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(252);
/* harmony import */ var _tree_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(393);
/** The keys of a task and of a tasks file in Fanout's own format (SPEC section 3). */








const text = zod__WEBPACK_IMPORTED_MODULE_3__/* .string */ .YjP('expected a string');
const paths = zod__WEBPACK_IMPORTED_MODULE_3__/* .array */ .YOg((0,_rules_js__WEBPACK_IMPORTED_MODULE_2__/* .ruled */ .Vy)(zod__WEBPACK_IMPORTED_MODULE_3__/* .string */ .YjP('expected a glob'), _globs_js__WEBPACK_IMPORTED_MODULE_1__/* .globExpectation */ .N3), 'expected a list of globs');
const DEFAULT_KEYS = {
    title: (0,_rules_js__WEBPACK_IMPORTED_MODULE_2__/* .ruled */ .Vy)(text, _rules_js__WEBPACK_IMPORTED_MODULE_2__/* .titleExpectation */ .n5),
    prompt: (0,_rules_js__WEBPACK_IMPORTED_MODULE_2__/* .ruled */ .Vy)(text, _rules_js__WEBPACK_IMPORTED_MODULE_2__/* .textExpectation */ .So),
    run: (0,_rules_js__WEBPACK_IMPORTED_MODULE_2__/* .ruled */ .Vy)(text, _rules_js__WEBPACK_IMPORTED_MODULE_2__/* .filledExpectation */ .vn),
    needs: zod__WEBPACK_IMPORTED_MODULE_3__/* .preprocess */ .vkY(value => (Array.isArray(value) ? value : [value]), zod__WEBPACK_IMPORTED_MODULE_3__/* .array */ .YOg(zod__WEBPACK_IMPORTED_MODULE_3__/* .string */ .YjP('expected the id of a task, or a list of ids'))),
    paths: (0,_rules_js__WEBPACK_IMPORTED_MODULE_2__/* .ruled */ .Vy)(paths, globs => globs.length > 0 && globs.every(glob => glob.startsWith('!') && !glob.startsWith('!('))
        ? "expected at least one glob without '!'"
        : null),
    env: zod__WEBPACK_IMPORTED_MODULE_3__/* .record */ .g1P((0,_rules_js__WEBPACK_IMPORTED_MODULE_2__/* .ruled */ .Vy)(zod__WEBPACK_IMPORTED_MODULE_3__/* .string */ .YjP(), _rules_js__WEBPACK_IMPORTED_MODULE_2__/* .envNameExpectation */ .rY), (0,_rules_js__WEBPACK_IMPORTED_MODULE_2__/* .ruled */ .Vy)(text, _rules_js__WEBPACK_IMPORTED_MODULE_2__/* .textExpectation */ .So), 'expected a map of strings'),
    'timeout-minutes': zod__WEBPACK_IMPORTED_MODULE_3__/* .number */ .aig('expected a number above 0').positive('expected a number above 0'),
    retries: zod__WEBPACK_IMPORTED_MODULE_3__/* .int */ .Whr('expected a whole number, 0 or more').nonnegative('expected a whole number, 0 or more'),
    'commit-message': (0,_rules_js__WEBPACK_IMPORTED_MODULE_2__/* .ruled */ .Vy)(text, _rules_js__WEBPACK_IMPORTED_MODULE_2__/* .filledExpectation */ .vn),
    status: zod__WEBPACK_IMPORTED_MODULE_3__/* ["enum"] */ .k5n(_task_js__WEBPACK_IMPORTED_MODULE_4__/* .STATUSES */ .f, `expected one of ${_task_js__WEBPACK_IMPORTED_MODULE_4__/* .STATUSES */ .f.join(', ')}`),
    'not-before': (0,_rules_js__WEBPACK_IMPORTED_MODULE_2__/* .ruled */ .Vy)(zod__WEBPACK_IMPORTED_MODULE_3__/* .string */ .YjP('expected an RFC 3339 time such as 2030-01-31T08:00:00Z'), _rules_js__WEBPACK_IMPORTED_MODULE_2__/* .timeExpectation */ .SL),
};
const TASK_KEYS = {
    id: (0,_rules_js__WEBPACK_IMPORTED_MODULE_2__/* .ruled */ .Vy)(text, _rules_js__WEBPACK_IMPORTED_MODULE_2__/* .idExpectation */ .Uu),
    ...DEFAULT_KEYS,
    // Bookkeeping writes it into a follow-up; nothing depends on it.
    source: (0,_rules_js__WEBPACK_IMPORTED_MODULE_2__/* .ruled */ .Vy)(text, _rules_js__WEBPACK_IMPORTED_MODULE_2__/* .idExpectation */ .Uu),
};
const TASK_KEY_NAMES = Object.keys(TASK_KEYS);
/** Words of neighbouring tools for the same thing. */
const SYNONYMS = {
    name: 'title',
    command: 'run',
    cmd: 'run',
    script: 'run',
    depends_on: 'needs',
    'depends-on': 'needs',
    dependencies: 'needs',
    after: 'needs',
    description: 'prompt',
    instructions: 'prompt',
    files: 'paths',
    globs: 'paths',
    allowed_directories: 'paths',
    environment: 'env',
    timeout: 'timeout-minutes',
    retry: 'retries',
    message: 'commit-message',
    state: 'status',
    scheduled_start: 'not-before',
};
const FILE_KEYS = ['version', 'defaults', 'tasks'];
const NO_DEFAULT = ['id', 'source'];
/** The tasks of a file in Fanout's own format; null when there is no list to speak of, which is then reported. */
function readFanout(tree, report) {
    const defaults = tree.kind === 'map' ? readFile(tree, report) : {};
    const tasks = tasksOf(tree);
    if (tasks === null) {
        const at = (0,_tree_js__WEBPACK_IMPORTED_MODULE_5__/* .entryOf */ .Ms)(tree, 'tasks')?.value ?? tree;
        if (tree.kind !== 'map') {
            report(at.at, `expected a list of tasks, or {version: 1, tasks: [...]}, got ${(0,_problem_js__WEBPACK_IMPORTED_MODULE_6__/* .shown */ .SP)((0,_tree_js__WEBPACK_IMPORTED_MODULE_5__/* .toValue */ .BA)(tree))}`);
        }
        else if (at === tree) {
            report(at.at, "missing key 'tasks': expected a list of tasks");
        }
        else {
            report(at.at, `expected a list of tasks, got ${(0,_problem_js__WEBPACK_IMPORTED_MODULE_6__/* .shown */ .SP)((0,_tree_js__WEBPACK_IMPORTED_MODULE_5__/* .toValue */ .BA)(at))}`);
        }
        return null;
    }
    const inherited = (0,_tree_js__WEBPACK_IMPORTED_MODULE_5__/* .entryOf */ .Ms)(tree, 'defaults')?.value ?? null;
    const drafts = tasks.items.map(task => readTask(task, defaults, inherited, report));
    return { format: 'fanout', drafts, notices: [] };
}
/** The list of tasks of a file, whatever its format; null: there is none. */
function tasksOf(tree) {
    const tasks = tree.kind === 'map' ? (0,_tree_js__WEBPACK_IMPORTED_MODULE_5__/* .entryOf */ .Ms)(tree, 'tasks')?.value : tree;
    return tasks?.kind === 'list' ? tasks : null;
}
function readFile(tree, report) {
    const version = zod__WEBPACK_IMPORTED_MODULE_3__/* .literal */ .euz(1, 'expected 1');
    const any = zod__WEBPACK_IMPORTED_MODULE_3__/* .unknown */ .L5J();
    // `$schema` is for the editor, in a file that has no comments.
    const shape = { version, defaults: any, tasks: any, $schema: any };
    (0,_shape_js__WEBPACK_IMPORTED_MODULE_7__/* .readShape */ ._)(tree, shape, report, { unknown: key => (0,_shape_js__WEBPACK_IMPORTED_MODULE_7__/* .unknownKey */ .a)(key, FILE_KEYS) });
    if ((0,_tree_js__WEBPACK_IMPORTED_MODULE_5__/* .entryOf */ .Ms)(tree, 'version') === null)
        report(tree.at, "missing key 'version': expected 1");
    const defaults = (0,_tree_js__WEBPACK_IMPORTED_MODULE_5__/* .entryOf */ .Ms)(tree, 'defaults');
    if (defaults === null)
        return {};
    return (0,_shape_js__WEBPACK_IMPORTED_MODULE_7__/* .readShape */ ._)(defaults.value, DEFAULT_KEYS, report, {
        unknown: key => NO_DEFAULT.includes(key)
            ? `the key '${key}' cannot have a default`
            : (0,_shape_js__WEBPACK_IMPORTED_MODULE_7__/* .unknownKey */ .a)(key, Object.keys(DEFAULT_KEYS), SYNONYMS),
    });
}
function readTask(tree, defaults, inherited, report) {
    const own = (0,_shape_js__WEBPACK_IMPORTED_MODULE_7__/* .readShape */ ._)(tree, TASK_KEYS, report, {
        unknown: key => (0,_shape_js__WEBPACK_IMPORTED_MODULE_7__/* .unknownKey */ .a)(key, TASK_KEY_NAMES, SYNONYMS),
    });
    if (tree.kind === 'map' && (0,_tree_js__WEBPACK_IMPORTED_MODULE_5__/* .entryOf */ .Ms)(tree, 'id') === null) {
        report(tree.at, "missing key 'id': expected an id that no other task has");
    }
    const all = { ...defaults, ...own };
    return {
        ..._draft_js__WEBPACK_IMPORTED_MODULE_0__/* .EMPTY_DRAFT */ .M,
        at: tree.at,
        id: own.id ?? null,
        title: all.title ?? null,
        prompt: all.prompt ?? null,
        run: all.run ?? null,
        needs: own.needs === undefined ? needsOf(defaults, inherited) : needsOf(own, tree),
        paths: all.paths ?? [],
        env: { ...defaults.env, ...own.env },
        timeoutMinutes: all['timeout-minutes'] ?? null,
        retries: all.retries ?? null,
        commitMessage: all['commit-message'] ?? null,
        status: all.status ?? 'todo',
        notBefore: all['not-before'] ?? null,
    };
}
function needsOf(keys, tree) {
    const place = tree === null ? null : ((0,_tree_js__WEBPACK_IMPORTED_MODULE_5__/* .entryOf */ .Ms)(tree, 'needs')?.value ?? null);
    if (place === null)
        return [];
    return (keys.needs ?? []).map((id, index) => {
        const at = place.kind === 'list' ? (place.items[index]?.at ?? place.at) : place.at;
        return { id, at };
    });
}


/***/ }),

/***/ 1665:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Lx: () => (/* binding */ readRalphWorkflow),
/* harmony export */   MH: () => (/* binding */ OWN_KEYS),
/* harmony export */   Z7: () => (/* binding */ readRalphQueue),
/* harmony export */   be: () => (/* binding */ formatOf)
/* harmony export */ });
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(8816);
/* harmony import */ var _draft_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3314);
/* harmony import */ var _fields_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7860);
/* harmony import */ var _globs_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5754);
/* harmony import */ var _problem_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(6554);
/* harmony import */ var _rules_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5342);
/* harmony import */ var _shape_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(420);
/* harmony import */ var _task_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(252);
/* harmony import */ var _tree_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(393);
/** The two foreign shapes that are read as they are: a Ralph queue and a Ralph Workflow plan (SPEC section 3). */









/** Keys that only a task of a Ralph queue has. */
const RALPH_KEYS = [
    'depends_on',
    'scheduled_start',
    'created_at',
    'updated_at',
    'completed_at',
    'request',
    'evidence',
];
/** Keys that only a task of our own has; where one is used, a foreign key is a slip. */
const OWN_KEYS = _fields_js__WEBPACK_IMPORTED_MODULE_1__/* .TASK_KEY_NAMES */ .rw.filter(key => !['id', 'title', 'status', 'source'].includes(key));
/** Foreign keys are passed over: both tools keep much in a task that is not for us. */
const TOLERANT = { unknown: null };
/** Whose file this is, by its shape. */
function formatOf(tree) {
    if (tree.kind !== 'map')
        return 'fanout';
    if ((0,_tree_js__WEBPACK_IMPORTED_MODULE_4__/* .entryOf */ .Ms)(tree, 'work_units') !== null)
        return 'ralph-workflow';
    const tasks = (0,_fields_js__WEBPACK_IMPORTED_MODULE_1__/* .tasksOf */ .a4)(tree)?.items ?? [];
    const uses = (keys) => tasks.some(task => keys.some(key => (0,_tree_js__WEBPACK_IMPORTED_MODULE_4__/* .entryOf */ .Ms)(task, key) !== null));
    const ralph = (0,_tree_js__WEBPACK_IMPORTED_MODULE_4__/* .entryOf */ .Ms)(tree, 'defaults') === null && uses(RALPH_KEYS) && !uses(OWN_KEYS);
    return ralph ? 'ralph-queue' : 'fanout';
}
const text = zod__WEBPACK_IMPORTED_MODULE_5__/* .string */ .YjP('expected a string');
const ids = zod__WEBPACK_IMPORTED_MODULE_5__/* .array */ .YOg(zod__WEBPACK_IMPORTED_MODULE_5__/* .string */ .YjP('expected the id of a task'), 'expected a list of ids');
/** Ralph writes a text or a list of texts. */
const prose = zod__WEBPACK_IMPORTED_MODULE_5__/* .preprocess */ .vkY(value => (typeof value === 'string' ? [value] : value), zod__WEBPACK_IMPORTED_MODULE_5__/* .array */ .YOg(text, 'expected a string or a list of strings').nullish());
const RALPH_TASK = {
    id: (0,_rules_js__WEBPACK_IMPORTED_MODULE_3__/* .ruled */ .Vy)(text, _rules_js__WEBPACK_IMPORTED_MODULE_3__/* .idExpectation */ .Uu),
    title: text.nullish(),
    status: zod__WEBPACK_IMPORTED_MODULE_5__/* ["enum"] */ .k5n(_task_js__WEBPACK_IMPORTED_MODULE_6__/* .STATUSES */ .f, `expected one of ${_task_js__WEBPACK_IMPORTED_MODULE_6__/* .STATUSES */ .f.join(', ')}`).nullish(),
    depends_on: ids.nullish(),
    scheduled_start: (0,_rules_js__WEBPACK_IMPORTED_MODULE_3__/* .ruled */ .Vy)(zod__WEBPACK_IMPORTED_MODULE_5__/* .string */ .YjP('expected an RFC 3339 time'), _rules_js__WEBPACK_IMPORTED_MODULE_3__/* .timeExpectation */ .SL).nullish(),
    description: prose,
    request: prose,
    plan: prose,
    evidence: prose,
    scope: prose,
    notes: prose,
};
const RALPH_PROSE = ['description', 'request', 'plan', 'evidence', 'scope', 'notes'];
/** The tasks of a Ralph queue; what Ralph says of a task in prose becomes its prompt. */
function readRalphQueue(tree, report) {
    const version = { version: zod__WEBPACK_IMPORTED_MODULE_5__/* .literal */ .euz(1, 'expected 1') };
    if (tree.kind === 'map')
        (0,_shape_js__WEBPACK_IMPORTED_MODULE_7__/* .readShape */ ._)(tree, version, report, TOLERANT);
    const drafts = ((0,_fields_js__WEBPACK_IMPORTED_MODULE_1__/* .tasksOf */ .a4)(tree)?.items ?? []).map(task => readRalphTask(task, report));
    return { format: 'ralph-queue', drafts, notices: ['the tasks file was read as a Ralph queue'] };
}
function readRalphTask(tree, report) {
    const keys = (0,_shape_js__WEBPACK_IMPORTED_MODULE_7__/* .readShape */ ._)(tree, RALPH_TASK, report, TOLERANT);
    missing(tree, ['id'], report);
    const title = keys.title?.trim() || null;
    const sections = RALPH_PROSE.flatMap(name => {
        const lines = (keys[name] ?? []).filter(line => line.trim() !== '');
        if (lines.length === 0)
            return [];
        const body = lines.length === 1 ? lines[0] : lines.map(line => `- ${line}`).join('\n');
        return `## ${name.charAt(0).toUpperCase()}${name.slice(1)}\n\n${body}\n`;
    });
    const prompt = [...(title === null ? [] : [`# ${title}\n`]), ...sections].join('\n');
    checkPrompt(tree, prompt, report);
    return {
        ..._draft_js__WEBPACK_IMPORTED_MODULE_0__/* .EMPTY_DRAFT */ .M,
        at: tree.at,
        id: keys.id ?? null,
        title: title === null ? null : (0,_rules_js__WEBPACK_IMPORTED_MODULE_3__/* .titleFrom */ .NQ)(title),
        prompt: prompt === '' ? null : prompt,
        needs: needsOf(keys.depends_on ?? [], tree, 'depends_on'),
        status: keys.status ?? 'todo',
        notBefore: keys.scheduled_start ?? null,
    };
}
const UNIT_ID = /^[a-zA-Z0-9_-]{1,64}$/;
const MAX_DESCRIPTION = 4096;
const RESERVED = ['.git', '.agent', '.worktrees'];
function directoryExpectation(directory) {
    if (directory.trim() === '')
        return 'expected a directory';
    if (directory.includes('\\'))
        return "expected a directory with '/' between its parts, without backslashes";
    if (/^(\/|~|[A-Za-z]:)/.test(directory))
        return 'expected a directory relative to the repository';
    if (/[\u0000-\u001f\u007f]/.test(directory))
        return 'expected a directory without control characters';
    const parts = partsOf(directory);
    if (parts.includes('..'))
        return "expected a directory inside the repository, without '..'";
    const [first] = parts;
    if (first === undefined)
        return 'expected a directory inside the repository, not all of it';
    return RESERVED.includes(first.toLowerCase())
        ? `expected a directory other than ${RESERVED.join(', ')}`
        : null;
}
const UNIT = {
    unit_id: (0,_rules_js__WEBPACK_IMPORTED_MODULE_3__/* .ruled */ .Vy)(text, id => UNIT_ID.test(id) ? (0,_rules_js__WEBPACK_IMPORTED_MODULE_3__/* .idExpectation */ .Uu)(id) : "expected an id of 1 to 64 letters, digits, '_' or '-'"),
    description: (0,_rules_js__WEBPACK_IMPORTED_MODULE_3__/* .ruled */ .Vy)(text, description => description.trim() === '' || [...description].length > MAX_DESCRIPTION
        ? `expected a description of 1 to ${MAX_DESCRIPTION} characters`
        : (0,_rules_js__WEBPACK_IMPORTED_MODULE_3__/* .textExpectation */ .So)(description)),
    allowed_directories: zod__WEBPACK_IMPORTED_MODULE_5__/* .array */ .YOg((0,_rules_js__WEBPACK_IMPORTED_MODULE_3__/* .ruled */ .Vy)(text, directoryExpectation), 'expected a list of directories'),
    dependencies: ids,
};
/** The units of a Ralph Workflow plan; their directories must be disjoint, segment by segment. */
function readRalphWorkflow(tree, report) {
    const units = (0,_tree_js__WEBPACK_IMPORTED_MODULE_4__/* .entryOf */ .Ms)(tree, 'work_units')?.value ?? tree;
    if (units.kind !== 'list') {
        report(units.at, `expected a list of work units, got ${(0,_problem_js__WEBPACK_IMPORTED_MODULE_8__/* .shown */ .SP)((0,_tree_js__WEBPACK_IMPORTED_MODULE_4__/* .toValue */ .BA)(units))}`);
        return { format: 'ralph-workflow', drafts: [], notices: [] };
    }
    const notices = ['the tasks file was read as a Ralph Workflow plan'];
    const drafts = units.items.map(unit => {
        const keys = (0,_shape_js__WEBPACK_IMPORTED_MODULE_7__/* .readShape */ ._)(unit, UNIT, report, TOLERANT);
        missing(unit, ['unit_id', 'description'], report);
        const directories = keys.allowed_directories ?? [];
        if (directories.length === 0 && keys.unit_id !== undefined) {
            notices.push(`unit '${keys.unit_id}' names no allowed directories: it may change any file`);
        }
        return {
            ..._draft_js__WEBPACK_IMPORTED_MODULE_0__/* .EMPTY_DRAFT */ .M,
            at: unit.at,
            id: keys.unit_id ?? null,
            title: keys.description === undefined ? null : (0,_rules_js__WEBPACK_IMPORTED_MODULE_3__/* .titleFrom */ .NQ)(keys.description),
            prompt: keys.description ?? null,
            needs: needsOf(keys.dependencies ?? [], unit, 'dependencies'),
            paths: directories.map(directory => `${(0,_globs_js__WEBPACK_IMPORTED_MODULE_2__/* .escapeGlob */ .yk)(partsOf(directory).join('/'))}/**`),
        };
    });
    checkDisjoint(units, report);
    return { format: 'ralph-workflow', drafts, notices };
}
function checkDisjoint(units, report) {
    const claims = units.items.flatMap((unit, index) => {
        const id = (0,_tree_js__WEBPACK_IMPORTED_MODULE_4__/* .entryOf */ .Ms)(unit, 'unit_id')?.value;
        const name = id?.kind === 'leaf' ? String(id.value) : `number ${index + 1}`;
        const directories = (0,_tree_js__WEBPACK_IMPORTED_MODULE_4__/* .entryOf */ .Ms)(unit, 'allowed_directories')?.value;
        const leaves = directories?.kind === 'list' ? directories.items : [];
        return leaves.flatMap(tree => {
            const written = tree.kind === 'leaf' && typeof tree.value === 'string' ? tree.value : '';
            return directoryExpectation(written) === null
                ? { index, name, written, at: tree.at, parts: partsOf(written) }
                : [];
        });
    });
    const owners = new Map();
    for (const claim of claims) {
        const key = claim.parts.join('/');
        owners.set(key, [...(owners.get(key) ?? []), claim]);
    }
    for (const claim of claims) {
        const rival = claim.parts
            .map((_, depth) => owners.get(claim.parts.slice(0, depth + 1).join('/')) ?? [])
            .flatMap((holders, depth) => {
            // Of two equal claims only the later one is told of.
            const equal = depth + 1 === claim.parts.length;
            return holders.filter(holder => holder.index !== claim.index && (!equal || holder.index < claim.index));
        })[0];
        if (rival === undefined)
            continue;
        report(claim.at, `'${claim.written}' of unit '${claim.name}' overlaps '${rival.written}' of unit '${rival.name}': ` +
            'choose disjoint directories or merge the units');
    }
}
function partsOf(directory) {
    return directory.split('/').filter(part => part !== '' && part !== '.');
}
function missing(tree, keys, report) {
    if (tree.kind !== 'map')
        return;
    for (const key of keys)
        if ((0,_tree_js__WEBPACK_IMPORTED_MODULE_4__/* .entryOf */ .Ms)(tree, key) === null)
            report(tree.at, `missing key '${key}'`);
}
function checkPrompt(tree, prompt, report) {
    const expectation = (0,_rules_js__WEBPACK_IMPORTED_MODULE_3__/* .textExpectation */ .So)(prompt);
    if (expectation !== null)
        report(tree.at, `${expectation} in one task, got ${(0,_problem_js__WEBPACK_IMPORTED_MODULE_8__/* .shown */ .SP)(prompt)}`);
}
function needsOf(needs, tree, key) {
    return needs.map((id, index) => ({ id: id.trim(), at: (0,_tree_js__WEBPACK_IMPORTED_MODULE_4__/* .partAt */ .l0)(tree, [key, index]).at }));
}


/***/ }),

/***/ 5754:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Dz: () => (/* binding */ literalPart),
/* harmony export */   N3: () => (/* binding */ globExpectation),
/* harmony export */   UO: () => (/* binding */ isWithin),
/* harmony export */   jN: () => (/* binding */ matcher),
/* harmony export */   xQ: () => (/* binding */ takesOut),
/* harmony export */   yk: () => (/* binding */ escapeGlob)
/* harmony export */ });
/* harmony import */ var picomatch__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4006);
/** Globs over repository paths: what is a good one, and which paths a list of them matches. */

const MAX_GLOB = 1000;
/** Each one multiplies the time that a hostile file name can cost. */
const MAX_STARS = 4;
/** What a glob in a file or an input must be and is not, as `expected ...`; null: it is good. */
function globExpectation(glob) {
    const body = takesOut(glob) ? glob.slice(1) : glob;
    if (body.trim() === '')
        return 'expected a glob that is not empty';
    if (body.length > MAX_GLOB)
        return `expected a glob of at most ${MAX_GLOB} characters`;
    if (body.includes('\\'))
        return "expected a glob with '/' between its parts, without backslashes";
    if (/[\u0000-\u001f\u007f]/.test(body))
        return 'expected a glob without control characters';
    if (/^(\/|~|[A-Za-z]:)/.test(body))
        return 'expected a glob relative to the repository, not an absolute path';
    if (body.split('/').includes('..'))
        return "expected a glob inside the repository, without '..'";
    const parts = body.split('/');
    const deep = parts.filter(part => part === '**').length;
    if (deep > MAX_STARS || parts.some(part => part !== '**' && part.split(/\*+/).length - 1 > MAX_STARS)) {
        return `expected a glob with at most ${MAX_STARS} '**', and as many '*' between two '/'`;
    }
    try {
        picomatch__WEBPACK_IMPORTED_MODULE_0__.makeRe(body, { ...OPTIONS, debug: true });
        return null;
    }
    catch {
        return 'expected a valid glob';
    }
}
/** Dots are ordinary, and `src/**` is what lies below `src`, not a file in its place. */
const OPTIONS = { dot: true, windows: false, nonegate: true, strictSlashes: true };
/**
 * Whether a path is in a list of globs, compiled once. As in GitHub's path filters the last glob that matches decides,
 * and one with a leading `!` takes out. A directory's name, with or without `/`, means all below it.
 */
function matcher(globs, options) {
    const compiled = globs.map(glob => {
        const out = takesOut(glob);
        return { out, matches: one(out ? glob.slice(1) : glob, options.ignoreCase) };
    });
    return path => {
        const last = compiled.findLast(({ matches }) => matches(path));
        return last !== undefined && !last.out;
    };
}
function one(glob, ignoreCase) {
    // `s`, because a file name may hold a line break.
    const options = { ...OPTIONS, flags: ignoreCase ? 'si' : 's' };
    const plain = normal(glob);
    if (plain === '')
        return () => true;
    if (glob.endsWith('/'))
        return picomatch__WEBPACK_IMPORTED_MODULE_0__(`${plain}/**`, options);
    const matches = picomatch__WEBPACK_IMPORTED_MODULE_0__(plain, options);
    // The literal comparison is also for names that hold glob characters, such as `app/[slug]/page.tsx`.
    const fold = (text) => (ignoreCase ? text.toLowerCase() : text);
    const literal = fold(plain);
    return path => matches(path) || fold(path) === literal || fold(path).startsWith(`${literal}/`);
}
function normal(glob) {
    return glob
        .split('/')
        .filter(part => part !== '' && part !== '.')
        .join('/');
}
/** Whether it says what a list does not mean. */
function takesOut(glob) {
    return glob.startsWith('!') && !glob.startsWith('!(');
}
// picomatch takes a `|` anywhere for an either-or, and `a/**/!(b)` for `a` too: how such a glob begins says nothing.
const NOWHERE = /[|\\()]/;
const SPECIAL = /[*?[\]{}()!+@|\\]/;
/**
 * Whether all that a glob matches is surely matched by one of `others`: it is one of them, lies below the folder that one
 * of them means whole, or is a plain path that one of them matches. `false` may only mean that this does not show.
 */
function isWithin(glob, others) {
    const own = normal(glob);
    const folder = glob.endsWith('/');
    const start = own === '' ? '' : `${literalPart(own)}${folder && !SPECIAL.test(own) ? '/' : ''}`;
    return others.some(other => {
        const outer = normal(other);
        if (outer === '')
            return true;
        if (own === outer && folder === other.endsWith('/'))
            return true;
        if (NOWHERE.test(own))
            return false;
        const whole = wholeFolder(outer);
        if (whole !== null && start.startsWith(whole))
            return true;
        return !folder && own !== '' && !SPECIAL.test(own) && one(other, false)(own);
    });
}
/** The folder of which a glob means all, with a `/` at its end; null: it means something else. Empty is everything. */
function wholeFolder(glob) {
    if (glob === '**' || glob === '**/*')
        return '';
    const above = /^(.+)\/\*\*(\/\*)?$/.exec(glob)?.[1] ?? glob;
    return SPECIAL.test(above) ? null : `${above}/`;
}
/** The part of a glob before its first special character. */
function literalPart(glob) {
    const plain = glob.replace(/^(\.\/)+/, '');
    const special = plain.search(/[*?[\]{}()!+@\\]/);
    return special < 0 ? plain : plain.slice(0, special);
}
/** A glob that means exactly this path: its special characters lose their meaning. */
function escapeGlob(path) {
    return path.replace(/[*?[\]{}()!+@\\|]/g, '\\$&');
}


/***/ }),

/***/ 6107:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   V: () => (/* binding */ readJson)
/* harmony export */ });
/* harmony import */ var jsonc_parser__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9547);
/* harmony import */ var _tree_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(393);
/** JSON with comments and trailing commas -> tree. */


const WORDS = {
    InvalidSymbol: 'this is no JSON value (text needs double quotes)',
    InvalidNumberFormat: 'this is no JSON number',
    PropertyNameExpected: 'expected a key in double quotes',
    ValueExpected: 'expected a value',
    ColonExpected: "expected ':'",
    CommaExpected: "expected ','",
    CloseBraceExpected: "expected '}'",
    CloseBracketExpected: "expected ']'",
    EndOfFileExpected: 'expected the end of the file',
    InvalidCommentToken: 'this is no comment',
    UnexpectedEndOfComment: 'the comment has no end',
    UnexpectedEndOfString: 'the text has no closing quote on its line',
    UnexpectedEndOfNumber: 'the number has no end',
    InvalidUnicode: 'expected four hex digits after \\u',
    InvalidEscapeCharacter: 'unknown escape after the backslash',
    InvalidCharacter: 'control characters must be escaped',
};
/** The tree, or null with what is wrong reported: the first slip only, since all later ones follow from it. */
function readJson(text, report) {
    const excess = excessOf(text);
    if (excess !== null) {
        report(excess.at, excess.message);
        return null;
    }
    const errors = [];
    const root = (0,jsonc_parser__WEBPACK_IMPORTED_MODULE_0__.parseTree)(text, errors, { allowTrailingComma: true });
    const [error] = errors;
    if (root === undefined || error !== undefined) {
        const code = error === undefined ? 'ValueExpected' : (0,jsonc_parser__WEBPACK_IMPORTED_MODULE_0__.printParseErrorCode)(error.error);
        report(error?.offset ?? 0, `not valid JSON: ${WORDS[code] ?? code}`);
        return null;
    }
    let sound = true;
    const tree = convert(root, (at, message) => {
        sound = false;
        report(at, message);
    });
    return sound ? tree : null;
}
/** The parser recurses and keeps every token: what would exhaust it is refused beforehand. */
function excessOf(text) {
    const scanner = (0,jsonc_parser__WEBPACK_IMPORTED_MODULE_0__.createScanner)(text, true);
    let depth = 0;
    for (let count = 0;; count++) {
        scanner.scan();
        const token = scanner.getTokenLength() === 0 ? '' : text[scanner.getTokenOffset()];
        if (token === '')
            return null;
        if (token === '[' || token === '{')
            depth++;
        if (token === ']' || token === '}')
            depth--;
        if (depth > _tree_js__WEBPACK_IMPORTED_MODULE_1__/* .MAX_DEPTH */ .lr)
            return { at: scanner.getTokenOffset(), message: _tree_js__WEBPACK_IMPORTED_MODULE_1__/* .TOO_DEEP */ .gZ };
        if (count > _tree_js__WEBPACK_IMPORTED_MODULE_1__/* .MAX_PARTS */ .kz)
            return { at: scanner.getTokenOffset(), message: _tree_js__WEBPACK_IMPORTED_MODULE_1__/* .TOO_MANY */ .LJ };
    }
}
function convert(node, report) {
    const children = node.children ?? [];
    if (node.type === 'array')
        return (0,_tree_js__WEBPACK_IMPORTED_MODULE_1__/* .list */ .p_)(node.offset, children.map(child => convert(child, report)));
    if (node.type !== 'object')
        return (0,_tree_js__WEBPACK_IMPORTED_MODULE_1__/* .leaf */ .V4)(node.offset, node.value);
    const seen = new Set();
    const entries = [];
    for (const { children: [key, value] = [] } of children) {
        if (key === undefined || value === undefined)
            continue;
        const name = String(key.value);
        if (seen.has(name))
            report(key.offset, `duplicate key '${name}'`);
        if (name === '__proto__')
            report(key.offset, `the key '${name}' is not allowed`);
        seen.add(name);
        entries.push({ key: name, keyAt: key.offset, value: convert(value, report) });
    }
    return (0,_tree_js__WEBPACK_IMPORTED_MODULE_1__/* .map */ .Tj)(node.offset, entries);
}


/***/ }),

/***/ 4398:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   M$: () => (/* binding */ isGitName),
/* harmony export */   kD: () => (/* binding */ linkProblem),
/* harmony export */   pS: () => (/* binding */ shownPath),
/* harmony export */   tu: () => (/* binding */ foldPath),
/* harmony export */   z9: () => (/* binding */ pathProblem)
/* harmony export */ });
/** What a single path in a commit must not be, on any file system it may be checked out to. */
const MAX_PATH = 4096;
/** Characters that HFS+ ignores in names, so that `.g\u200cit` is `.git` there. */
const HFS_IGNORED = /[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g;
/** Whether a name is `.git` on some file system: any case, HFS+ ignorables, NTFS short names, trailing dots, streams. */
function isGitName(name) {
    const plain = name.replace(HFS_IGNORED, '').toLowerCase();
    return /^(\.git|git~\d+)[ .]*(:.*)?$/s.test(plain);
}
/** Why a path cannot be in a commit of ours; null: it can. Windows reads a backslash as a separator. */
function pathProblem(path) {
    if (path.length > MAX_PATH)
        return `its path is longer than ${MAX_PATH} characters`;
    const parts = path.split(/[/\\]/);
    if (parts.some(isGitName))
        return "it reaches into git's own directory";
    if (/^[A-Za-z]:[/\\]/.test(path) || parts.some(part => part === '' || part === '.' || part === '..')) {
        return 'its path is not a plain path inside the repository';
    }
    return null;
}
/** Why a symbolic link at `path` to `target` is refused; null: it stays inside the tree. */
function linkProblem(path, target) {
    if (target === undefined || target === '')
        return 'its target could not be read';
    if (/^([A-Za-z]:|[/\\])/.test(target))
        return 'its target is an absolute path';
    const here = path.split('/').slice(0, -1);
    for (const part of target.split(/[/\\]/)) {
        if (part === '' || part === '.')
            continue;
        if (part !== '..')
            here.push(part);
        else if (here.pop() === undefined)
            return 'its target lies outside the repository';
    }
    return here.some(isGitName) ? "its target is git's own directory" : null;
}
/** The form in which file systems that ignore case and composition compare names. */
function foldPath(path) {
    return path.normalize('NFC').toLowerCase();
}
/** A path for people: quoted when it holds what a line of text cannot. */
function shownPath(path) {
    return /[\u0000-\u001f\u007f-\u009f\u2028\u2029"]/.test(path) ? JSON.stringify(path) : path;
}


/***/ }),

/***/ 3793:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  G6: () => (/* binding */ MAX_TASKS),
  Vw: () => (/* reexport */ problem/* formatProblem */.Vw),
  vS: () => (/* binding */ parsePlan),
  lL: () => (/* binding */ parseTasksSource)
});

// EXTERNAL MODULE: ./build/decide/draft.js
var draft = __webpack_require__(3314);
// EXTERNAL MODULE: ./build/decide/fields.js
var fields = __webpack_require__(7860);
// EXTERNAL MODULE: ./build/decide/formats.js
var formats = __webpack_require__(1665);
;// CONCATENATED MODULE: ./build/decide/graph.js
/** Questions about who needs whom. Nodes are indexes; nothing recurses, so any depth is fine. */
/** The same edges the other way round: result[i] holds every node that has i in its list, ascending. */
function dependantsOf(needs) {
    const dependants = needs.map(() => []);
    needs.forEach((list, node) => {
        for (const need of list)
            dependants[need]?.push(node);
    });
    return dependants;
}
/** Every node that can be reached from `starts` over `edges`, without the starts themselves unless a cycle leads back. */
function reachable(edges, starts) {
    const reached = new Set();
    const open = [...starts];
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
        for (const next of edges[node] ?? []) {
            if (reached.has(next))
                continue;
            reached.add(next);
            open.push(next);
        }
    }
    return reached;
}
/**
 * One shortest cycle for every knot of nodes that need each other, as its nodes in the order of needing,
 * beginning with the lowest: [0, 2] means 0 needs 2 needs 0. A node that needs itself is [node].
 */
function findCycles(needs) {
    const cycles = knots(needs).map(knot => shortestCycle(needs, knot));
    return cycles.filter(cycle => cycle.length > 0).sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0));
}
/** Strongly connected components (Tarjan), with an explicit stack. */
function knots(needs) {
    const order = new Map();
    const low = new Map();
    const path = [];
    const onPath = new Set();
    const found = [];
    const lower = (node, value) => low.set(node, Math.min(low.get(node) ?? value, value));
    for (let root = 0; root < needs.length; root++) {
        if (order.has(root))
            continue;
        const stack = [{ node: root, next: 0 }];
        for (let frame = stack.at(-1); frame !== undefined; frame = stack.at(-1)) {
            const { node } = frame;
            if (frame.next === 0) {
                low.set(node, order.size);
                order.set(node, order.size);
                path.push(node);
                onPath.add(node);
            }
            const need = needs[node]?.[frame.next++];
            if (need !== undefined) {
                if (!order.has(need))
                    stack.push({ node: need, next: 0 });
                else if (onPath.has(need))
                    lower(node, order.get(need) ?? 0);
                continue;
            }
            stack.pop();
            const parent = stack.at(-1);
            if (parent !== undefined)
                lower(parent.node, low.get(node) ?? 0);
            if (low.get(node) !== order.get(node))
                continue;
            const knot = path.splice(path.lastIndexOf(node));
            for (const member of knot)
                onPath.delete(member);
            found.push(knot);
        }
    }
    return found;
}
/** Breadth first from the lowest node of a knot back to it; empty when it is no cycle. */
function shortestCycle(needs, knot) {
    const inside = new Set(knot);
    const start = knot.reduce((a, b) => Math.min(a, b));
    const from = new Map();
    const open = [start];
    for (const node of open) {
        for (const need of needs[node] ?? []) {
            if (need === start) {
                const cycle = [node];
                for (let step = from.get(node); step !== undefined; step = from.get(step))
                    cycle.push(step);
                return cycle.reverse();
            }
            if (!inside.has(need) || from.has(need))
                continue;
            from.set(need, node);
            open.push(need);
        }
    }
    return [];
}

// EXTERNAL MODULE: ./build/decide/problem.js
var problem = __webpack_require__(6554);
// EXTERNAL MODULE: ./build/decide/read.js
var decide_read = __webpack_require__(8901);
// EXTERNAL MODULE: ./build/decide/rules.js
var rules = __webpack_require__(5342);
// EXTERNAL MODULE: ./build/decide/tree.js
var decide_tree = __webpack_require__(393);
;// CONCATENATED MODULE: ./build/decide/plan.js
/** Text of a tasks file -> the plan of a run, or every problem it has. */









const MAX_TASKS = 10_000;
/** Near names are looked for this often: with a whole file of unknown ids it takes too long. */
const MAX_HINTS = 50;
/** Whether the input `tasks` is the text itself or the name of a file (SPEC section 3). */
function parseTasksSource(input) {
    const trimmed = input.trim();
    // A workflow's block scalar of one task is one line and its break.
    const oneTask = /^- /.test(trimmed) && /[\r\n]/.test(input);
    const inline = oneTask || /[\r\n]/.test(trimmed) || /^[[{]/.test(trimmed);
    return inline ? { kind: 'inline', text: input } : { kind: 'file', path: trimmed };
}
/** Reads and checks a tasks file; on failure holds all problems of all its tasks, in reading order. */
function parsePlan(source, options) {
    const problems = [];
    const others = [];
    const fail = () => ({ ok: false, problems: [...(0,problem/* inReadingOrder */.g)(problems), ...others] });
    const reading = (0,decide_read/* readTree */.Z)(source.file, source.text, problems);
    const done = source.doneText ? readDone(source.doneText.file, source.doneText.text, others) : NOTHING_DONE;
    if (!reading.ok)
        return fail();
    const { report } = reading;
    const tree = source.rewrite?.(reading.tree, report) ?? reading.tree;
    const format = source.format ?? (0,formats/* formatOf */.be)(tree);
    const items = format === 'ralph-workflow' ? (0,decide_tree/* entryOf */.Ms)(tree, 'work_units')?.value : (0,fields/* tasksOf */.a4)(tree);
    if (items?.kind === 'list' && items.items.length > MAX_TASKS) {
        report(null, `expected at most ${MAX_TASKS} tasks, got ${items.items.length}: split the file`);
        return fail();
    }
    const read = { fanout: fields/* readFanout */.ON, 'ralph-queue': formats/* readRalphQueue */.Z7, 'ralph-workflow': formats/* readRalphWorkflow */.Lx }[format](tree, report);
    if (read === null)
        return fail();
    const drafts = [...read.drafts, ...rejectedBefore(read.drafts, done)];
    const index = indexIds(drafts, report);
    const needs = connect(drafts, index, done.met, report);
    checkOnly(options.only, source.file, drafts, done.met, others);
    checkCommands(drafts, options, report);
    if (problems.length > 0 || others.length > 0)
        return fail();
    const tasks = drafts.map(draft => taskOf(draft, options));
    const again = tasks
        .filter(task => done.met.has(task.id))
        .map(task => `task '${task.id}' is also in the done file`);
    const plan = {
        tasks,
        index: new Map(tasks.map((task, position) => [task.id, position])),
        needs,
        dependants: dependantsOf(needs),
    };
    return { ok: true, plan, format, doneIds: [...done.met], notices: [...read.notices, ...again] };
}
const NOTHING_DONE = { met: new Set(), rejected: new Set() };
/** Only ids and whether they were rejected: the file may hold tasks of any format and age. */
function readDone(file, text, problems) {
    if (text.replace('\uFEFF', '').trim() === '')
        return NOTHING_DONE;
    const reading = (0,decide_read/* readTree */.Z)(file, text, problems);
    if (!reading.ok)
        return NOTHING_DONE;
    const { tree, report } = reading;
    const list = (0,fields/* tasksOf */.a4)(tree);
    if (list === null && !isEmpty(tree)) {
        report(tree.at, `expected a list of tasks, or {version: 1, tasks: [...]}, got ${(0,problem/* shown */.SP)((0,decide_tree/* toValue */.BA)(tree))}`);
    }
    const met = new Set();
    const rejected = new Set();
    for (const item of list?.items ?? []) {
        const id = (0,decide_tree/* entryOf */.Ms)(item, 'id')?.value;
        const status = (0,decide_tree/* entryOf */.Ms)(item, 'status')?.value;
        if (id?.kind !== 'leaf' || typeof id.value !== 'string') {
            report(item.at, `expected a task with an id, got ${(0,problem/* shown */.SP)((0,decide_tree/* toValue */.BA)(item))}`);
        }
        else if (status?.kind === 'leaf' && status.value === 'rejected')
            rejected.add(id.value);
        else
            met.add(id.value);
    }
    return { met, rejected };
}
function isEmpty(tree) {
    const tasks = tree.kind === 'map' ? (0,decide_tree/* entryOf */.Ms)(tree, 'tasks')?.value : tree;
    return tasks?.kind === 'leaf' && tasks.value === null;
}
/** Tasks that were archived as rejected and are needed all the same: in the plan they block what needs them. */
function rejectedBefore(drafts, done) {
    const present = new Set(drafts.map(draft => draft.id));
    const wanted = new Set(drafts.flatMap(draft => draft.needs.map(need => need.id)));
    return [...wanted]
        .filter(id => done.rejected.has(id) && !done.met.has(id) && !present.has(id) && (0,rules/* idExpectation */.Uu)(id) === null)
        .map(id => ({ ...draft/* EMPTY_DRAFT */.M, id, status: 'rejected' }));
}
/** Position of each id; ids that differ only in case are duplicates, since they become file names. */
function indexIds(drafts, report) {
    const index = new Map();
    const folded = new Map();
    drafts.forEach((draft, position) => {
        if (draft.id === null)
            return;
        const twin = folded.get(draft.id.toLowerCase());
        if (twin === undefined) {
            folded.set(draft.id.toLowerCase(), draft.id);
            index.set(draft.id, position);
        }
        else {
            const why = twin === draft.id ? '' : ` (it differs from '${twin}' only in case)`;
            report(draft.at, `duplicate id '${draft.id}'${why}`);
        }
    });
    return index;
}
/** The needs as positions, without those that the done file has met; self-needs, unknown ones and cycles reported. */
function connect(drafts, index, met, report) {
    const unknown = new Set();
    const needs = drafts.map((draft, position) => {
        const found = new Set();
        for (const need of draft.needs) {
            const target = index.get(need.id);
            if (need.id === draft.id)
                report(need.at, `task '${need.id}' needs itself`);
            else if (target !== undefined && target !== position)
                found.add(target);
            else if (target === undefined && !met.has(need.id) && !unknown.has(need.at)) {
                // A need among the defaults stands at one place, whoever inherits it.
                unknown.add(need.at);
                const near = unknown.size > MAX_HINTS ? '' : (0,problem/* hint */.aK)(need.id, [...index.keys(), ...met]);
                report(need.at, `unknown task ${(0,problem/* shown */.SP)(need.id)} in the needs of ${nameOf(draft)}${near}`);
            }
        }
        return [...found];
    });
    for (const cycle of findCycles(needs)) {
        const names = cycle.map(position => drafts[position]?.id ?? '');
        const [first, second] = cycle.map(position => drafts[position]);
        const need = first?.needs.find(candidate => candidate.id === (second ?? first)?.id);
        report(need?.at ?? first?.at ?? null, `the needs form a cycle: ${pathOf(names)}`);
    }
    return needs;
}
const SHOWN_CYCLE = 20;
function pathOf(names) {
    const cut = names.length - SHOWN_CYCLE;
    const middle = cut > 0 ? [...names.slice(0, SHOWN_CYCLE), `(${cut} more)`] : names;
    return [...middle, names[0]].join(' -> ');
}
function nameOf(draft) {
    return draft.id === null ? 'this task' : `task '${draft.id}'`;
}
function checkOnly(only, file, drafts, met, problems) {
    const known = drafts.flatMap(draft => (draft.id === null ? [] : [draft.id]));
    const ids = new Set(known);
    const report = (0,problem/* reporter */.YX)("input 'only'", '', problems);
    for (const id of only) {
        if (ids.has(id))
            continue;
        const why = met.has(id) ? ' (it is in the done file)' : (0,problem/* hint */.aK)(id, known);
        report(null, `expected ids of tasks in ${file}, got ${(0,problem/* shown */.SP)(id)}${why}`);
    }
}
function checkCommands(drafts, options, report) {
    if (options.defaultRun?.trim())
        return;
    for (const draft of drafts) {
        const runs = draft.status === 'todo' || draft.status === 'doing';
        const chosen = options.only.length === 0 || (draft.id !== null && options.only.includes(draft.id));
        if (!runs || !chosen || draft.run !== null)
            continue;
        report(draft.at, `${nameOf(draft)} has no command: expected a key 'run', or the input 'run'`);
    }
}
function taskOf(draft, options) {
    const id = (draft.id ?? '');
    const title = draft.title ?? id;
    return {
        id,
        title,
        prompt: draft.prompt,
        run: draft.run,
        needs: [...new Set(draft.needs.map((need) => need.id))],
        paths: draft.paths,
        env: draft.env,
        timeoutMinutes: draft.timeoutMinutes,
        retries: draft.retries,
        commitMessage: draft.commitMessage,
        status: draft.status,
        notBefore: draft.notBefore,
        fingerprint: fingerprint(draft, id, title, options),
    };
}
/** First 12 hex digits of the hash of what the worker is told; the same text whatever order its keys stood in. */
function fingerprint(draft, id, title, options) {
    const env = Object.fromEntries(Object.entries(draft.env).sort(([a], [b]) => (a < b ? -1 : 1)));
    const definition = {
        id,
        title,
        prompt: draft.prompt,
        run: draft.run ?? options.defaultRun,
        paths: draft.paths,
        env,
        'commit-message': draft.commitMessage,
    };
    return options.hash(JSON.stringify(definition)).slice(0, 12);
}


/***/ }),

/***/ 6554:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   SP: () => (/* binding */ shown),
/* harmony export */   Vw: () => (/* binding */ formatProblem),
/* harmony export */   YX: () => (/* binding */ reporter),
/* harmony export */   aK: () => (/* binding */ hint),
/* harmony export */   g: () => (/* binding */ inReadingOrder),
/* harmony export */   pA: () => (/* binding */ nearest),
/* harmony export */   wI: () => (/* binding */ utf8Length)
/* harmony export */ });
/** What is wrong with a file or an input, where, and in words a person can act on. */
/** `file:line:column: message`, the form that editors and runners turn into links. */
function formatProblem(problem) {
    const place = problem.line === null ? '' : `:${problem.line}:${problem.column ?? 1}`;
    return `${problem.file}${place}: ${problem.message}`;
}
/** In reading order, each once (aliases repeat them); problems of the whole file come first. */
function inReadingOrder(problems) {
    const unique = [...new Map(problems.map(problem => [formatProblem(problem), problem])).values()];
    return unique.sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
}
/** A report that collects problems of one text into `into`. */
function reporter(file, text, into) {
    const starts = [0];
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1))
        starts.push(at + 1);
    return (offset, message) => {
        if (offset === null) {
            into.push({ file, line: null, column: null, message });
            return;
        }
        let low = 0;
        let high = starts.length - 1;
        while (low < high) {
            const middle = (low + high + 1) >> 1;
            if ((starts[middle] ?? 0) <= offset)
                low = middle;
            else
                high = middle - 1;
        }
        into.push({ file, line: low + 1, column: offset - (starts[low] ?? 0) + 1, message });
    };
}
const SHOWN = 80;
/** A value as JSON for `got ...`; a long one is cut and its size told. */
function shown(value) {
    if (typeof value === 'number' && !Number.isFinite(value))
        return String(value);
    const json = JSON.stringify(value) ?? 'nothing';
    if (json.length <= SHOWN)
        return json;
    const whole = typeof value === 'string' ? value : json;
    return `${json.slice(0, SHOWN)}... (${utf8Length(whole)} bytes)`;
}
/** Bytes of a text in UTF-8. */
function utf8Length(text) {
    return new TextEncoder().encode(text).length;
}
/** The known word that `word` was probably meant to be: same but for case, `_`, and a slip or two in longer ones. */
function nearest(word, known) {
    const plain = (text) => text.toLowerCase().replaceAll('_', '-');
    const wanted = plain(word);
    let best = null;
    let least = wanted.length < 3 ? 1 : wanted.length < 6 ? 2 : 3;
    for (const candidate of known) {
        const distance = slips(wanted, plain(candidate), least);
        if (distance < least) {
            best = candidate;
            least = distance;
        }
    }
    return best;
}
/** ` (did you mean 'x'?)`, or nothing. */
function hint(word, known) {
    const near = nearest(word, known);
    return near === null ? '' : ` (did you mean '${near}'?)`;
}
/** Insertions, deletions, replacements and swaps of neighbours from a to b; gives up at `limit`. */
function slips(a, b, limit) {
    if (Math.abs(a.length - b.length) >= limit)
        return limit;
    let before = [];
    let above = Array.from({ length: b.length + 1 }, (_, column) => column);
    for (let row = 1; row <= a.length; row++) {
        const current = [row];
        for (let column = 1; column <= b.length; column++) {
            const same = a[row - 1] === b[column - 1];
            let cost = Math.min((above[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1, (above[column - 1] ?? 0) + (same ? 0 : 1));
            if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
                cost = Math.min(cost, (before[column - 2] ?? 0) + 1);
            }
            current.push(cost);
        }
        if (Math.min(...current) >= limit)
            return limit;
        before = above;
        above = current;
    }
    return above[b.length] ?? limit;
}


/***/ }),

/***/ 8901:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Z: () => (/* binding */ readTree)
/* harmony export */ });
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6107);
/* harmony import */ var _problem_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6554);
/* harmony import */ var _yaml_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1906);
/** Text of a file -> tree, or all that is wrong with it. */



const MAX_BYTES = 8 * 1024 * 1024;
/**
 * Reads YAML, JSON or JSON with comments; a byte order mark is skipped. What is wrong goes to `problems`, also
 * what is reported later through `report`. A text that begins as JSON but is none may still be YAML flow style.
 */
function readTree(file, source, problems) {
    const text = source.startsWith('\uFEFF') ? source.slice(1) : source;
    const report = (0,_problem_js__WEBPACK_IMPORTED_MODULE_2__/* .reporter */ .YX)(file, text, problems);
    if (text.length > MAX_BYTES || (0,_problem_js__WEBPACK_IMPORTED_MODULE_2__/* .utf8Length */ .wI)(text) > MAX_BYTES) {
        report(null, 'expected at most 8 MiB of text: split the file');
        return { ok: false };
    }
    const binary = text.search(/[\0\uFFFD]/);
    if (binary >= 0) {
        const what = text[binary] === '\0' ? 'a NUL character' : 'a byte that is not UTF-8';
        report(binary, `expected text in UTF-8, got ${what}`);
        return { ok: false };
    }
    if (text.trim() === '') {
        report(null, 'expected a list of tasks, got an empty text');
        return { ok: false };
    }
    if (!beginsAsJson(text))
        return outcome((0,_yaml_js__WEBPACK_IMPORTED_MODULE_1__/* .readYaml */ .g)(text, report), 'yaml', report);
    const asJson = [];
    const json = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .readJson */ .V)(text, (0,_problem_js__WEBPACK_IMPORTED_MODULE_2__/* .reporter */ .YX)(file, text, asJson));
    if (json !== null)
        return outcome(json, 'jsonc', report);
    const asYaml = [];
    const yaml = (0,_yaml_js__WEBPACK_IMPORTED_MODULE_1__/* .readYaml */ .g)(text, (0,_problem_js__WEBPACK_IMPORTED_MODULE_2__/* .reporter */ .YX)(file, text, asYaml));
    if (yaml !== null)
        return outcome(yaml, 'yaml', report);
    problems.push(...(/\.ya?ml$/i.test(file) ? asYaml : asJson));
    return { ok: false };
}
function outcome(tree, syntax, report) {
    return tree === null ? { ok: false } : { ok: true, tree, syntax, report };
}
/** Whether the first thing after blanks and JSON comments opens a list or a map. */
function beginsAsJson(text) {
    let at = 0;
    for (;;) {
        at += /^\s*/.exec(text.slice(at))?.[0].length ?? 0;
        if (text.startsWith('//', at))
            at = after(text, '\n', at);
        else if (text.startsWith('/*', at))
            at = after(text, '*/', at + 2);
        else
            return text[at] === '[' || text[at] === '{';
    }
}
function after(text, mark, from) {
    const at = text.indexOf(mark, from);
    return at < 0 ? text.length : at + mark.length;
}


/***/ }),

/***/ 5342:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   NQ: () => (/* binding */ titleFrom),
/* harmony export */   SL: () => (/* binding */ timeExpectation),
/* harmony export */   So: () => (/* binding */ textExpectation),
/* harmony export */   Uu: () => (/* binding */ idExpectation),
/* harmony export */   Vy: () => (/* binding */ ruled),
/* harmony export */   n5: () => (/* binding */ titleExpectation),
/* harmony export */   rY: () => (/* binding */ envNameExpectation),
/* harmony export */   vn: () => (/* binding */ filledExpectation)
/* harmony export */ });
/* unused harmony exports MAX_TEXT_BYTES, MAX_TITLE */
/* harmony import */ var _problem_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6554);

/** A schema with one more rule, whose sentence becomes the issue's message. */
function ruled(schema, rule) {
    return schema.superRefine((value, context) => {
        const message = rule(value);
        if (message !== null)
            context.addIssue({ code: 'custom', message });
    });
}
const MAX_TEXT_BYTES = 64 * 1024;
const MAX_TITLE = 200;
const DEVICES = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;
/** Ids become folder, branch and file names on every system, hence the narrow set. */
function idExpectation(id) {
    if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(id)) {
        return "expected an id of 1 to 64 letters, digits, '.', '_' or '-', beginning with a letter or digit";
    }
    if (/(\.|\.lock)$/i.test(id))
        return "expected an id that does not end in '.' or '.lock'";
    return DEVICES.test(id) ? 'expected an id that is not a Windows device name' : null;
}
function titleExpectation(title) {
    const good = title.trim() !== '' &&
        [...title].length <= MAX_TITLE &&
        !/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/.test(title);
    return good ? null : `expected one line of 1 to ${MAX_TITLE} characters`;
}
/** The first line of a text as a title: cut where it is too long, null where there is nothing. */
function titleFrom(text) {
    const line = text
        .trim()
        .split(/[\r\n\u2028\u2029]/, 1)[0]
        ?.replace(/[\u0000-\u001f\u007f-\u009f]/g, ' ')
        .trim();
    if (!line)
        return null;
    const characters = [...line];
    return characters.length <= MAX_TITLE ? line : `${characters.slice(0, MAX_TITLE - 1).join('')}…`;
}
function textExpectation(text) {
    if (text.includes('\0'))
        return 'expected text without NUL characters';
    const small = text.length <= MAX_TEXT_BYTES && (0,_problem_js__WEBPACK_IMPORTED_MODULE_0__/* .utf8Length */ .wI)(text) <= MAX_TEXT_BYTES;
    return small ? null : `expected at most 64 KiB (${MAX_TEXT_BYTES} bytes) of text`;
}
function filledExpectation(text) {
    return text.trim() === '' ? 'expected text that is not empty' : textExpectation(text);
}
const COMMAND_FILES = ['GITHUB_ENV', 'GITHUB_PATH', 'GITHUB_OUTPUT', 'GITHUB_STATE', 'GITHUB_STEP_SUMMARY'];
const RESERVED_NAMES = ['FANOUT', ...COMMAND_FILES];
const RESERVED_PREFIXES = ['FANOUT_', 'GIT_', 'INPUT_', 'ACTIONS_'];
/** Refused are the names that SPEC section 5 sets or takes away; in any case, as Windows reads them. */
function envNameExpectation(name) {
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
        return "expected a variable name of letters, digits and '_', not beginning with a digit";
    }
    const upper = name.toUpperCase();
    const reserved = RESERVED_NAMES.includes(upper) || RESERVED_PREFIXES.some(prefix => upper.startsWith(prefix));
    return reserved ? `expected a variable name that Fanout, git and the runner do not reserve` : null;
}
const TIME = /^(\d{4})-(\d\d)-(\d\d)[Tt]([01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:[Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;
/** RFC 3339 with an offset, and a day that exists. No leap second, which the platform cannot read. */
function timeExpectation(time) {
    const [, year, month, day] = TIME.exec(time)?.map(Number) ?? [];
    const days = year === undefined || month === undefined ? 0 : new Date(Date.UTC(year, month, 0)).getUTCDate();
    const good = month !== undefined && month >= 1 && month <= 12 && day !== undefined && day >= 1 && day <= days;
    return good ? null : 'expected an RFC 3339 time such as 2030-01-31T08:00:00Z';
}


/***/ }),

/***/ 420:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   _: () => (/* binding */ readShape),
/* harmony export */   a: () => (/* binding */ unknownKey)
/* harmony export */ });
/* harmony import */ var _problem_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6554);
/* harmony import */ var _tree_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(393);


/** All good values of a map; all else is reported. A schema's messages read `expected ...`. */
function readShape(tree, shape, report, manners) {
    const values = {};
    if (tree.kind !== 'map') {
        report(tree.at, `expected a map of keys, got ${(0,_problem_js__WEBPACK_IMPORTED_MODULE_0__/* .shown */ .SP)((0,_tree_js__WEBPACK_IMPORTED_MODULE_1__/* .toValue */ .BA)(tree))}`);
        return values;
    }
    for (const entry of tree.entries) {
        const schema = Object.hasOwn(shape, entry.key) ? shape[entry.key] : undefined;
        if (schema !== undefined) {
            const result = schema.safeParse((0,_tree_js__WEBPACK_IMPORTED_MODULE_1__/* .toValue */ .BA)(entry.value));
            if (result.success)
                values[entry.key] = result.data;
            else
                for (const issue of result.error.issues)
                    place(issue, entry, report);
        }
        else if (manners.unknown !== null) {
            report(entry.keyAt, manners.unknown(entry.key));
        }
    }
    return values;
}
function place(issue, entry, report) {
    if (issue.code === 'invalid_key') {
        const name = String(issue.path.at(-1));
        const holder = (0,_tree_js__WEBPACK_IMPORTED_MODULE_1__/* .partAt */ .l0)(entry.value, issue.path.slice(0, -1));
        const key = holder.kind === 'map' ? holder.entries.find(candidate => candidate.key === name) : undefined;
        report(key?.keyAt ?? entry.keyAt, `${issue.issues[0]?.message ?? issue.message}, got ${(0,_problem_js__WEBPACK_IMPORTED_MODULE_0__/* .shown */ .SP)(name)}`);
        return;
    }
    const part = (0,_tree_js__WEBPACK_IMPORTED_MODULE_1__/* .partAt */ .l0)(entry.value, issue.path);
    report(part.at, `${issue.message}, got ${(0,_problem_js__WEBPACK_IMPORTED_MODULE_0__/* .shown */ .SP)((0,_tree_js__WEBPACK_IMPORTED_MODULE_1__/* .toValue */ .BA)(part))}`);
}
/** `unknown key 'x'`, with the key that was probably meant, or else all there are. */
function unknownKey(key, known, also = {}) {
    const other = Object.hasOwn(also, key) ? also[key] : undefined;
    const near = other === undefined ? (0,_problem_js__WEBPACK_IMPORTED_MODULE_0__/* .hint */ .aK)(key, known) : ` (did you mean '${other}'?)`;
    return `unknown key '${key}'${near || `; known keys are ${known.join(', ')}`}`;
}


/***/ }),

/***/ 252:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   H: () => (/* binding */ unreachable),
/* harmony export */   f: () => (/* binding */ STATUSES)
/* harmony export */ });
const STATUSES = ['todo', 'doing', 'draft', 'done', 'rejected'];
/** Compile-time proof that a union was handled whole. */
function unreachable(value) {
    throw new Error(`unreachable: ${JSON.stringify(value)}`);
}


/***/ }),

/***/ 5810:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Is: () => (/* binding */ harmless),
/* harmony export */   KB: () => (/* binding */ masker),
/* harmony export */   RT: () => (/* binding */ tail),
/* harmony export */   YQ: () => (/* binding */ seeker),
/* harmony export */   aJ: () => (/* binding */ stripAnsi),
/* harmony export */   dd: () => (/* binding */ TAIL_BYTES),
/* harmony export */   s1: () => (/* binding */ lineSplitter),
/* harmony export */   sK: () => (/* binding */ redactUrls),
/* harmony export */   uz: () => (/* binding */ splitLines)
/* harmony export */ });
/* unused harmony export base64 */
/**
 * Child output made fit for people, files and the runner's log: split into lines, stripped of control
 * sequences, of workflow commands and of secrets.
 */
/** Longest line handed on, in characters. */
const LINE_LIMIT = 64 * 1024;
/** Most that is kept of any output in a JSON file, in bytes (SPEC section 8). */
const TAIL_BYTES = 16 * 1024;
/** Anything shorter would mask half of the text it stands in. */
const SHORTEST_SECRET = 6;
// One pass over everything that is not text, so that what is left when one sequence goes cannot be another.
// No body may hold the start of the next sequence: that keeps the pass linear.
const CONTROL = new RegExp([
    /(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]/, // CSI
    /(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\n\r\x1b\x80-\x9f]*(?:\x07|\x1b\\|\x9c)/, // OSC, DCS, SOS, PM, APC
    /\x1b[\]PX^_[]/, // one of these that never ends: its text is only text
    /\x1b[ -/]*[0-~]/, // the short ones
    /[\x00-\x08\x0a-\x1f\x7f-\x9f]/, // what else is C0 (TAB stays), DEL or C1
]
    .map(({ source }) => source)
    .join('|'), 'g');
/** Whether there are any but those that `stripAnsi` keeps. */
const UNSEEN = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/;
// The runner searches with .NET's culture rules, which see through characters that have no shape.
const SHAPELESS = '\\p{Cc}\\p{Cf}\\p{Default_Ignorable_Code_Point}';
const COLOUR = '\\x1b\\[[\\d;:]*m';
const ONLY_COLOUR = new RegExp(`^${COLOUR}$`);
// What may stand between the signs of a command: whoever strips colours before he looks sees through them as well.
const GAP = `(?:[${SHAPELESS}]|${COLOUR})*`;
const COMMAND_AT_START = new RegExp(`^((?:[\\s${SHAPELESS}]|${COLOUR})*:)(?=${GAP}:)`, 'u');
const COMMAND_ANYWHERE = new RegExp(`(#${GAP}#)(?=${GAP}\\[)`, 'gu');
/**
 * One line that the Actions runner prints and does not obey, `prefix` before it: no line starts with `::`, none holds
 * `##[` (a space breaks both), no control sequence but colour is left, and no line break. Colour ends with the line.
 */
function harmless(line, prefix = '') {
    const text = `${clean(prefix)}${clean(line)}`;
    const safe = text.replace(COMMAND_AT_START, '$1 ').replace(COMMAND_ANYWHERE, '$1 ');
    const colour = safe.lastIndexOf('\x1b');
    return colour < 0 || /^\x1b\[0?m/.test(safe.slice(colour)) ? safe : `${safe}\x1b[0m`;
}
function clean(line) {
    return line.replace(/[\r\n]+/g, ' ').replace(CONTROL, match => (isColour(match) ? match : ''));
}
function isColour(sequence) {
    return ONLY_COLOUR.test(sequence);
}
/** Plain text: without colour and any other control sequence; TAB, CR and LF stay. */
function stripAnsi(text) {
    return text.replace(CONTROL, match => (match === '\n' || match === '\r' ? match : ''));
}
/**
 * Splits a stream at LF, CR and CRLF, wherever the chunks are cut. A line over `limit` characters is cut there and
 * marked, and never held in memory beyond that.
 */
function lineSplitter(limit = LINE_LIMIT) {
    let line = '';
    let cut = 0;
    let afterCr = false;
    function add(text) {
        const kept = text.slice(0, limit - line.length);
        line += kept;
        cut += text.length - kept.length;
    }
    function take() {
        const whole = cut === 0 ? line : `${withoutHalf(line)} [... ${cut} characters cut by fanout ...]`;
        line = '';
        cut = 0;
        return whole;
    }
    return {
        feed(chunk) {
            if (chunk === '')
                return [];
            const text = afterCr && chunk.startsWith('\n') ? chunk.slice(1) : chunk;
            afterCr = chunk.endsWith('\r');
            const parts = text.split(/\r\n|\r|\n/);
            const rest = parts.pop() ?? '';
            const lines = parts.map(part => {
                add(part);
                return take();
            });
            add(rest);
            return lines;
        },
        end: () => (line === '' && cut === 0 ? [] : [take()]),
    };
}
/** The lines of a whole text, by the same rules. */
function splitLines(text) {
    const splitter = lineSplitter();
    return [...splitter.feed(text), ...splitter.end()];
}
/** A cut may leave the first half of a surrogate pair. */
function withoutHalf(text) {
    return /[\ud800-\udbff]$/.test(text) ? text.slice(0, -1) : text;
}
/** The end of a text: at most `bytes` bytes of UTF-8, cut between characters. */
function tail(text, bytes = TAIL_BYTES) {
    let start = text.length;
    for (let room = bytes; start > 0;) {
        const code = text.codePointAt(start - 1) ?? 0;
        const paired = code >= 0xdc00 && code <= 0xdfff && /[\ud800-\udbff]/.test(text[start - 2] ?? '');
        room -= paired ? 4 : code < 0x80 ? 1 : code < 0x800 ? 2 : 3;
        if (room < 0)
            break;
        start -= paired ? 2 : 1;
    }
    return text.slice(start);
}
/**
 * Replaces each secret by `***`, and what it becomes in base64 (alone, after `x-access-token:`, or inside other data),
 * in a URL and in JSON. Secrets under 6 characters are left alone, and so is each text of `whole`, whatever it holds. A
 * text in which a secret is cut in pieces by control sequences loses all of these.
 */
function masker(secrets, whole = []) {
    const any = anyOf(secrets, whole);
    if (any === null)
        return text => text;
    const kept = new Set(whole);
    const replaced = (text) => text.replace(any, found => (kept.has(found) ? found : '***'));
    return text => {
        const masked = replaced(text);
        if (!UNSEEN.test(masked))
            return masked;
        // What colour or a cursor's move cuts in pieces is whole for people, and once that is taken out.
        const plain = stripAnsi(masked);
        const again = replaced(plain);
        return again === plain ? masked : again;
    };
}
/** What `masker` would replace in a text, in its order; null: there is nothing to look for. */
function seeker(secrets, whole = []) {
    const any = anyOf(secrets, whole);
    if (any === null)
        return null;
    const kept = new Set(whole);
    return text => Array.from(text.matchAll(any), ([found]) => found).filter(found => !kept.has(found));
}
/** Each form of each secret, and the texts that stay whole, the longest first; null: there is no secret. */
function anyOf(secrets, whole) {
    const plain = secrets.map(secret => secret.trim()).filter(secret => secret.length >= SHORTEST_SECRET);
    const forms = new Set(plain.flatMap(derivedForms));
    if (forms.size === 0)
        return null;
    const longestFirst = [...new Set([...forms, ...whole])].sort((a, b) => b.length - a.length);
    return new RegExp(longestFirst.map(form => form.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')).join('|'), 'g');
}
function derivedForms(secret) {
    const bytes = new TextEncoder().encode(secret);
    const encoded = [
        base64(new TextEncoder().encode(`x-access-token:${secret}`)),
        base64(bytes),
        ...[0, 1, 2].map(shift => {
            // Of the secret after `shift` other bytes: only the characters which nothing but the secret decides.
            const text = base64(new Uint8Array([...new Uint8Array(shift), ...bytes]));
            return text.slice(Math.ceil((shift * 8) / 6), Math.floor(((shift + bytes.length) * 8) / 6));
        }),
    ];
    const wellFormed = secret.replace(/\p{Surrogate}/gu, '\ufffd');
    const urlSafe = encoded.map(text => text.replaceAll('+', '-').replaceAll('/', '_'));
    return [secret, encodeURIComponent(wellFormed), JSON.stringify(secret).slice(1, -1), ...encoded, ...urlSafe];
}
function base64(bytes) {
    return btoa(Array.from(bytes, byte => String.fromCharCode(byte)).join(''));
}
/** `https://user:token@host` -> `https://***@host`, in any text. */
function redactUrls(text) {
    // Bounds on both parts: no text makes this slow.
    return text.replace(/\b([a-z][a-z0-9+.-]{0,20}:\/\/)[^\s/?#"'<>\\]{1,4096}@/gi, '$1***@');
}


/***/ }),

/***/ 393:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   BA: () => (/* binding */ toValue),
/* harmony export */   LJ: () => (/* binding */ TOO_MANY),
/* harmony export */   Ms: () => (/* binding */ entryOf),
/* harmony export */   Tj: () => (/* binding */ map),
/* harmony export */   V4: () => (/* binding */ leaf),
/* harmony export */   gZ: () => (/* binding */ TOO_DEEP),
/* harmony export */   kz: () => (/* binding */ MAX_PARTS),
/* harmony export */   l0: () => (/* binding */ partAt),
/* harmony export */   lr: () => (/* binding */ MAX_DEPTH),
/* harmony export */   p_: () => (/* binding */ list)
/* harmony export */ });
/** What a tasks file holds, whether YAML or JSON, with the place of every part in its text. */
/** Deepest nesting that is read. */
const MAX_DEPTH = 100;
/** Most tokens of a text, and most values once aliases are written out. */
const MAX_PARTS = 1_000_000;
const TOO_DEEP = `nested deeper than ${MAX_DEPTH} levels`;
const TOO_MANY = `holds more than ${MAX_PARTS} values`;
function leaf(at, value) {
    return { kind: 'leaf', at, value, weight: 1 };
}
function list(at, items) {
    return { kind: 'list', at, items, weight: items.reduce((sum, item) => sum + item.weight, 1) };
}
function map(at, entries) {
    return { kind: 'map', at, entries, weight: entries.reduce((sum, entry) => sum + entry.value.weight, 1) };
}
function entryOf(tree, key) {
    return tree.kind === 'map' ? (tree.entries.find(entry => entry.key === key) ?? null) : null;
}
/** The plain value; maps have no prototype, so that no key has a meaning of its own. */
function toValue(tree) {
    switch (tree.kind) {
        case 'leaf':
            return tree.value;
        case 'list':
            return tree.items.map(toValue);
        case 'map': {
            const value = Object.create(null);
            for (const entry of tree.entries)
                value[entry.key] = toValue(entry.value);
            return value;
        }
    }
}
/** The part that a path of keys and indexes leads to, or the last one on the way that exists. */
function partAt(tree, path) {
    let part = tree;
    for (const step of path) {
        const next = part.kind === 'list' ? part.items[Number(step)] : entryOf(part, String(step))?.value;
        if (next === undefined)
            return part;
        part = next;
    }
    return part;
}


/***/ }),

/***/ 1906:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   g: () => (/* binding */ readYaml),
/* harmony export */   t: () => (/* binding */ PARSING)
/* harmony export */ });
/* harmony import */ var yaml__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8815);
/* harmony import */ var _problem_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6554);
/* harmony import */ var _tree_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(393);
/** YAML 1.2 -> tree, with anchors, aliases and merge keys, but never more of them than memory can bear. */



/** How the package is asked to parse, here and wherever its places must agree with this tree's. */
const PARSING = {
    schema: 'core',
    resolveKnownTags: false,
    merge: false,
    prettyErrors: false,
    uniqueKeys: false,
    // Not `silent`, which would also pass over a second document.
    logLevel: 'error',
};
const MAX_ERRORS = 20;
/** Texts of fewer characters cannot exhaust memory, whatever they hold. */
const HARMLESS = 200_000;
/** The tree, or null with what is wrong reported. */
function readYaml(text, report) {
    const excess = excessOf(text);
    if (excess !== null) {
        report(excess.at, excess.message);
        return null;
    }
    const document = (0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .parseDocument */ .Tp)(text, PARSING);
    const errors = [...document.errors, ...document.warnings].sort((a, b) => a.pos[0] - b.pos[0]);
    if (errors.some(error => error.code === 'RESOURCE_EXHAUSTION')) {
        // The stack overflowed: where, says nothing of the text.
        report(null, _tree_js__WEBPACK_IMPORTED_MODULE_1__/* .TOO_DEEP */ .gZ);
        return null;
    }
    if (errors.length > 0) {
        // What else is said of the same line follows from the first slip.
        const lines = new Map(errors.toReversed().map(error => [lineStartOf(text, error), error]));
        const firsts = [...lines].reverse().slice(0, MAX_ERRORS);
        for (const [lineStart, error] of firsts)
            report(error.pos[0], wording(error, text.slice(lineStart)));
        return null;
    }
    let sound = true;
    const tree = converter((at, message) => {
        sound = false;
        report(at, message);
    })(document.contents, 0, 0);
    return sound ? tree : null;
}
function lineStartOf(text, error) {
    return error.pos[0] === 0 ? 0 : text.lastIndexOf('\n', error.pos[0] - 1) + 1;
}
function wording(error, line) {
    if (error.code === 'MULTIPLE_DOCS')
        return "expected one YAML document, got a second one after '---'";
    if (error.code === 'TAB_AS_INDENT' || /^ *\t/.test(line))
        return 'not valid YAML: tabs cannot indent, use spaces';
    return `not valid YAML: ${error.message}`;
}
/** The parser keeps every token and recurses: what would exhaust it is refused beforehand. */
function excessOf(text) {
    if (text.length < HARMLESS)
        return null;
    let depth = 0;
    let count = 0;
    let at = 0;
    for (const token of new yaml__WEBPACK_IMPORTED_MODULE_0__/* .Lexer */ .JG().lex(text)) {
        count++;
        if (token === '[' || token === '{')
            depth++;
        if (token === ']' || token === '}')
            depth--;
        if (depth > _tree_js__WEBPACK_IMPORTED_MODULE_1__/* .MAX_DEPTH */ .lr)
            return { at, message: _tree_js__WEBPACK_IMPORTED_MODULE_1__/* .TOO_DEEP */ .gZ };
        if (count > _tree_js__WEBPACK_IMPORTED_MODULE_1__/* .MAX_PARTS */ .kz)
            return { at, message: _tree_js__WEBPACK_IMPORTED_MODULE_1__/* .TOO_MANY */ .LJ };
        // The lexer marks document, flow and scalar starts with one control character that is not in the text.
        if (!/^[\u0002\u0018\u001f]$/.test(token))
            at += token.length;
    }
    return null;
}
/** Own conversion, since the package's takes time and memory for every use of an alias, and drops places. */
function converter(report) {
    /** null while the anchored part is being read. */
    const anchors = new Map();
    let heavy = false;
    let mergedCount = 0;
    const tooHeavy = (at) => {
        if (!heavy)
            report(at, `${_tree_js__WEBPACK_IMPORTED_MODULE_1__/* .TOO_MANY */ .LJ} once its aliases are written out`);
        heavy = true;
        return (0,_tree_js__WEBPACK_IMPORTED_MODULE_1__/* .leaf */ .V4)(at, null);
    };
    const anchored = (node, make) => {
        if (node.anchor === undefined)
            return make();
        anchors.set(node.anchor, null);
        const tree = make();
        anchors.set(node.anchor, tree);
        return tree;
    };
    const aliased = (alias) => {
        const at = alias.range?.[0] ?? 0;
        const target = anchors.get(alias.source);
        if (target)
            return target;
        const why = target === null ? 'stands inside what it names' : `has no anchor '&${alias.source}' before it`;
        report(at, `the alias '*${alias.source}' ${why}`);
        return (0,_tree_js__WEBPACK_IMPORTED_MODULE_1__/* .leaf */ .V4)(at, null);
    };
    const weighed = (tree) => (tree.weight <= _tree_js__WEBPACK_IMPORTED_MODULE_1__/* .MAX_PARTS */ .kz ? tree : tooHeavy(tree.at));
    const convert = (node, fallback, depth) => {
        if ((0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isAlias */ .Vj)(node))
            return aliased(node);
        if ((0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isScalar */ .jn)(node))
            return anchored(node, () => (0,_tree_js__WEBPACK_IMPORTED_MODULE_1__/* .leaf */ .V4)(node.range?.[0] ?? fallback, leafValue(node.value)));
        if (!(0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isMap */ .jh)(node) && !(0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isSeq */ .oP)(node))
            return (0,_tree_js__WEBPACK_IMPORTED_MODULE_1__/* .leaf */ .V4)(fallback, null);
        const at = node.range?.[0] ?? fallback;
        if (depth >= _tree_js__WEBPACK_IMPORTED_MODULE_1__/* .MAX_DEPTH */ .lr) {
            report(at, _tree_js__WEBPACK_IMPORTED_MODULE_1__/* .TOO_DEEP */ .gZ);
            return (0,_tree_js__WEBPACK_IMPORTED_MODULE_1__/* .leaf */ .V4)(at, null);
        }
        return anchored(node, () => weighed((0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isSeq */ .oP)(node)
            ? (0,_tree_js__WEBPACK_IMPORTED_MODULE_1__/* .list */ .p_)(at, node.items.map(item => convert(item, at, depth + 1)))
            : (0,_tree_js__WEBPACK_IMPORTED_MODULE_1__/* .map */ .Tj)(at, entriesOf(node.items, at, depth + 1))));
    };
    const entriesOf = (pairs, mapAt, depth) => {
        const own = [];
        const merged = [];
        const seen = new Set();
        for (const pair of pairs) {
            const keyAt = (0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isScalar */ .jn)(pair.key) || (0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isAlias */ .Vj)(pair.key) ? (pair.key.range?.[0] ?? mapAt) : mapAt;
            const isMerge = (0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isScalar */ .jn)(pair.key) && pair.key.value === '<<' && pair.key.type === 'PLAIN';
            const key = convert(pair.key, keyAt, depth);
            const value = convert(pair.value, keyAt, depth);
            if (key.kind !== 'leaf' || typeof key.value !== 'string') {
                const got = key.kind === 'leaf' ? (0,_problem_js__WEBPACK_IMPORTED_MODULE_2__/* .shown */ .SP)(key.value) : `a ${key.kind}`;
                report(keyAt, `expected a text key, got ${got}`);
                continue;
            }
            if (seen.has(key.value))
                report(keyAt, `duplicate key '${key.value}'`);
            if (key.value === '__proto__')
                report(keyAt, `the key '${key.value}' is not allowed`);
            seen.add(key.value);
            if (isMerge)
                merged.push(...mergedEntries(value));
            else
                own.push({ key: key.value, keyAt, value });
        }
        // What a map says itself wins; among merged ones the first does.
        return [...merged.filter(entry => !seen.has(entry.key) && seen.add(entry.key)), ...own];
    };
    const mergedEntries = (value) => {
        mergedCount += value.weight;
        if (mergedCount > _tree_js__WEBPACK_IMPORTED_MODULE_1__/* .MAX_PARTS */ .kz)
            tooHeavy(value.at);
        if (heavy)
            return [];
        if (value.kind === 'map')
            return value.entries;
        if (value.kind === 'list' && value.items.every(item => item.kind === 'map')) {
            return value.items.flatMap(item => (item.kind === 'map' ? item.entries : []));
        }
        report(value.at, "expected a map, or a list of maps, after '<<'");
        return [];
    };
    return convert;
}
function leafValue(value) {
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}


/***/ })

};
