/** What is refused before anything is cloned: name, what is given, and each line that it is told. */

type Inputs = Readonly<Record<string, string>>
/** Each `expected` begins a line; the lines are all there are. */
type InputRow = readonly [name: string, inputs: Inputs, expected: readonly string[]]
/** What is expected follows the file's name. */
type TasksRow = readonly [
  name: string,
  content: string | Buffer | (() => string | Buffer),
  expected: readonly string[],
]

function row(name: string, value: string, expected: string): InputRow {
  return [`${name}: ${JSON.stringify(value)}`, { [name]: value }, [`input '${name}': expected ${expected}`]]
}

export const INPUTS_REFUSED: readonly InputRow[] = [
  [
    'no tasks',
    { tasks: '' },
    [`input 'tasks': expected the name of a tasks file, or the tasks themselves, got ""`],
  ],
  [
    'a tasks file that is not there',
    { tasks: 'no-such.yml' },
    ['no-such.yml: the tasks file cannot be read: there is no such file'],
  ],
  ['a folder as tasks file', { tasks: 'docs' }, ['docs: the tasks file cannot be read: it is a folder']],
  row('workers', '0', 'auto or a whole number from 1 to 256, got "0"'),
  row('workers', '257', 'auto or a whole number from 1 to 256, got "257"'),
  row('workers', '1.5', 'auto or a whole number'),
  row('workers', '0x10', 'auto or a whole number'),
  row('max-tasks', '-1', 'a whole number from 0'),
  row('max-failures', '1e2', 'a whole number from 0'),
  row('max-batch', '007', 'a whole number from 0'),
  row('gate-timeout-minutes', '0', 'a number above 0'),
  row('gate-slots', '65', 'a whole number from 1 to 64'),
  row('gate-retries', '11', 'a whole number from 0 to 10'),
  row('max-push-attempts', '1001', 'a whole number from 1 to 1000, got "1001"'),
  row('push-backoff-ms', '500,fast', 'whole numbers from 0 to 3600000, separated by commas'),
  row('task-timeout-minutes', 'NaN', 'a number above 0'),
  row('idle-timeout-minutes', '-0.5', 'a number from 0'),
  row('deadline-minutes', 'Infinity', 'a number from 0'),
  row('retention-days', '401', 'a whole number from 0 to 400'),
  row('dry-run', 'yes', 'true or false, got "yes"'),
  row('resume', '1', 'true or false, got "1"'),
  row('upload', 'no', 'true or false'),
  row('verify-when', 'sometimes', 'landed, success, always or never'),
  row('on-verify-failure', 'undo', 'report or revert'),
  row('fail-on', 'all', 'any, verify or never'),
  row('workspaces', 'vm', 'auto, clone or overlay'),
  row('verify', ' ', 'a command, got " "'),
  row('branch', 'refs/heads/main', 'a branch name, got "refs/heads/main"; write "main"'),
  row('branch', '-x', 'a branch name'),
  row('protected-paths', '/etc/**', 'globs relative to the repository'),
  row('copy', '../secrets', 'globs relative to the repository'),
  row('done-file', '../x', 'a path relative to the repository, without .. or backslashes'),
  row('artifact-name', 'a/b', 'a name without'),
  row('git-user-name', 'a<b>', 'a name of one line'),
  [
    'bookkeeping without a file',
    { bookkeeping: 'archive' },
    [`input 'bookkeeping': expected off where 'tasks' is not the name of a file`],
  ],
  [
    'a selection of nobody',
    { only: 'a, nobody' },
    [`input 'only': expected ids of tasks in tasks, got "nobody"`],
  ],
  ['the repository as workspace root', { 'workspace-root': '.' }, ['The workspace root ']],
  [
    'a workspace root that git would see',
    { 'workspace-root': 'docs/work' },
    ['The workspace root docs/work lies inside the repository and is not git-ignored.'],
  ],
]

const bomb = [
  '- &a [x, x, x, x, x, x, x, x, x, x]',
  ...[...'bcdefgh'].map((name, i) => `- &${name} [${Array(10).fill(`*${'abcdefg'[i]}`).join(', ')}]`),
].join('\n')
const ID = "expected an id of 1 to 64 letters, digits, '.', '_' or '-', beginning with a letter or digit, got"

export const TASKS_REFUSED: readonly TasksRow[] = [
  ['empty', '', [': expected a list of tasks, got an empty text']],
  ['only a comment', '# later\n', [':1:1: expected a list of tasks']],
  ['plain words', 'hello\n', [':1:1: expected a list of tasks, or {version: 1, tasks: [...]}, got "hello"']],
  [
    'binary',
    Buffer.from([0x2d, 0x20, 0, 1, 2, 0xff, 0xfe]),
    [':1:3: expected text in UTF-8, got a NUL character'],
  ],
  ['UTF-16', Buffer.from('\ufeff- {id: a, run: x}\n', 'utf16le'), [':1:1: expected text in UTF-8']],
  ['huge', () => Buffer.alloc(9 * 1024 * 1024, '# '), [': expected at most 8 MiB of text']],
  ['more values than memory bears', () => `[${'1,'.repeat(1_100_000)}1]`, ['']],
  ['a tab', 'tasks:\n\t- id: a\n', [':2:1: not valid YAML: tabs cannot indent']],
  ['unclosed', '- {id: a, run: "x"\n- {id: b}\n', [':2:1: not valid YAML: Flow map']],
  ['a second document', '- {id: a, run: x}\n---\n- {id: b, run: x}\n', [':2:1: expected one YAML document']],
  ['a tag', '- {id: a, run: !!js/function "x"}\n', [':1:16: not valid YAML: Unresolved tag']],
  [
    'deep',
    `- {id: a, run: ${'['.repeat(300)}${']'.repeat(300)}}\n`,
    [':1:114: nested deeper than 100 levels'],
  ],
  ['a bomb of aliases', bomb, [':6:6: holds more than 1000000 values once its aliases are written out']],
  [
    'an alias of nothing',
    '- {id: a, run: *nope}\n',
    [":1:16: the alias '*nope' has no anchor '&nope' before it"],
  ],
  [
    'an alias of itself',
    '- &a {id: a, run: x, env: *a}\n',
    [":1:27: the alias '*a' stands inside what it names"],
  ],
  ['a key twice', '- {id: a, run: x, run: y}\n', [":1:19: duplicate key 'run'"]],
  ['a prototype', '- {id: a, run: x, __proto__: {}}\n', [":1:19: the key '__proto__' is not allowed"]],
  ['another version', '{version: 2, tasks: [{id: a, run: x}]}\n', [':1:11: expected 1, got 2']],
  ['no version', '{tasks: [{id: a, run: x}]}\n', [":1:1: missing key 'version'"]],
  [
    'unknown top key',
    '{version: 1, task: []}\n',
    [":1:1: missing key 'tasks'", ":1:14: unknown key 'task' (did you mean 'tasks'?)"],
  ],
  ['a map as list', '{version: 1, tasks: {id: a}}\n', [':1:21: expected a list of tasks, got {"id":"a"}']],
  [
    'items that are no tasks',
    '- a\n- [b]\n',
    [
      ':1:3: expected a map of keys, got "a"',
      ":1:3: this task has no command: expected a key 'run', or the input 'run'",
      ':2:3: expected a map of keys, got ["b"]',
      ":2:3: this task has no command: expected a key 'run', or the input 'run'",
    ],
  ],
  [
    'ids in defaults',
    '{version: 1, defaults: {id: x, needs: 4}, tasks: [{id: a, run: x}]}\n',
    [
      ":1:25: the key 'id' cannot have a default",
      ':1:39: expected the id of a task, or a list of ids, got 4',
    ],
  ],
  ['duplicate ids', '- {id: a, run: x}\n- {id: a, run: y}\n', [":2:3: duplicate id 'a'"]],
  [
    'ids that differ in case',
    '- {id: Abc, run: x}\n- {id: abC, run: y}\n',
    [":2:3: duplicate id 'abC' (it differs from 'Abc' only in case)"],
  ],
  [
    'ids that no path may hold',
    '- {id: "../up", run: x}\n- {id: -rf, run: x}\n- {id: a.lock, run: x}\n- {id: CON, run: x}\n- {id: "a b", run: x}\n- {id: "", run: x}\n',
    [
      `:1:8: ${ID} "../up"`,
      `:2:8: ${ID} "-rf"`,
      `:3:8: expected an id that does not end in '.' or '.lock', got "a.lock"`,
      ':4:8: expected an id that is not a Windows device name, got "CON"',
      `:5:8: ${ID} "a b"`,
      `:6:8: ${ID} ""`,
    ],
  ],
  ['no id', '- {run: x}\n', [":1:3: missing key 'id'"]],
  ['a number as id', '- {id: 7, run: x}\n', [':1:8: expected a string, got 7']],
  [
    'no command',
    '- {id: a}\n- {id: b, run: ""}\n',
    [
      ":1:3: task 'a' has no command: expected a key 'run', or the input 'run'",
      ":2:3: task 'b' has no command",
      ':2:16: expected text that is not empty, got ""',
    ],
  ],
  [
    'an unknown key',
    '- {id: a, run: x, timeout_minute: 1}\n',
    [":1:19: unknown key 'timeout_minute' (did you mean 'timeout-minutes'?)"],
  ],
  [
    'unknown needs',
    '- {id: a, run: x, needs: [b, c]}\n',
    [':1:27: unknown task "b" in the needs of task \'a\'', ':1:30: unknown task "c"'],
  ],
  ['needs itself', '- {id: a, run: x, needs: a}\n', [":1:26: task 'a' needs itself"]],
  [
    'a cycle',
    '- {id: a, run: x, needs: c}\n- {id: b, run: x, needs: a}\n- {id: c, run: x, needs: b}\n',
    [':1:26: the needs form a cycle: a -> c -> b -> a'],
  ],
  [
    'two cycles',
    '- {id: a, run: x, needs: b}\n- {id: b, run: x, needs: a}\n- {id: c, run: x, needs: d}\n- {id: d, run: x, needs: c}\n',
    [':1:26: the needs form a cycle: a -> b -> a', ':3:26: the needs form a cycle: c -> d -> c'],
  ],
  [
    'titles',
    `- {id: a, run: x, title: "two\\nlines"}\n- {id: b, run: x, title: ${'x'.repeat(201)}}\n`,
    [
      ':1:26: expected one line of 1 to 200 characters, got "two\\nlines"',
      ':2:26: expected one line of 1 to 200 characters',
    ],
  ],
  [
    'a prompt over 64 KiB',
    `- {id: a, run: x, prompt: ${'x'.repeat(65_537)}}\n`,
    [':1:27: expected at most 64 KiB'],
  ],
  [
    'numbers',
    '- {id: a, run: x, timeout-minutes: 0, retries: -1}\n- {id: b, run: x, timeout-minutes: "5", retries: 1.5}\n',
    [
      ':1:36: expected a number above 0, got 0',
      ':1:48: expected a whole number, 0 or more, got -1',
      ':2:36: expected a number above 0, got "5"',
      ':2:50: expected a whole number, 0 or more, got 1.5',
    ],
  ],
  [
    'a status and times',
    '- {id: a, run: x, status: later, not-before: tomorrow}\n- {id: b, run: x, not-before: 2030-02-30T00:00:00Z}\n',
    [
      ':1:27: expected one of todo, doing, draft, done, rejected, got "later"',
      ':1:46: expected an RFC 3339 time such as 2030-01-31T08:00:00Z, got "tomorrow"',
      ':2:31: expected an RFC 3339 time',
    ],
  ],
  [
    'environments',
    '- {id: a, run: x, env: [A]}\n- {id: b, run: x, env: {A: 1, "B=C": x}}\n',
    [
      ':1:24: expected a map of strings, got ["A"]',
      ':2:28: expected a string, got 1',
      ":2:31: expected a variable name of letters, digits and '_'",
    ],
  ],
  [
    'paths that lead out',
    '- {id: a, run: x, paths: ["../x"]}\n- {id: b, run: x, paths: ["/etc/passwd"]}\n- {id: c, run: x, paths: src}\n- {id: d, run: x, paths: ["a\\\\b"]}\n',
    [
      ':1:27: expected a glob inside the repository, without \'..\', got "../x"',
      ':2:27: expected a glob relative to the repository, not an absolute path, got "/etc/passwd"',
      ':3:26: expected a list of globs, got "src"',
      ":4:27: expected a glob with '/' between its parts, without backslashes",
    ],
  ],
  [
    'a plan of units that overlap',
    '{"work_units": [{"unit_id": "a", "description": "x", "allowed_directories": ["src"]},\n{"unit_id": "b", "description": "y", "allowed_directories": ["src/lib"]}]}',
    [
      ":1:17: task 'a' has no command",
      ":2:1: task 'b' has no command",
      ":2:62: 'src/lib' of unit 'b' overlaps 'src' of unit 'a'",
    ],
  ],
]
