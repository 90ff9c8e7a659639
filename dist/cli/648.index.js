export const id = 648;
export const ids = [648];
export const modules = {

/***/ 1648:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  planCommand: () => (/* binding */ planCommand)
});

// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: ./build/action/inputs.js + 2 modules
var inputs = __webpack_require__(2260);
// EXTERNAL MODULE: ./build/decide/apply.js
var apply = __webpack_require__(6661);
// EXTERNAL MODULE: ./build/decide/failure.js
var decide_failure = __webpack_require__(7071);
// EXTERNAL MODULE: ./build/decide/next.js
var next = __webpack_require__(4076);
// EXTERNAL MODULE: ./build/decide/plain.js
var plain = __webpack_require__(977);
// EXTERNAL MODULE: ./build/decide/state.js
var decide_state = __webpack_require__(1772);
;// CONCATENATED MODULE: ./build/action/plan-view.js
/** What a run would do with its tasks, without doing any of it: what starts in which order, what is held back and why. Pure. */





function planView(plan, facts) {
    const { order, end } = rehearsed(plan, facts);
    const taskOf = (id) => plan.tasks[plan.index.get(id) ?? -1];
    return {
        version: 1,
        tasks_file: facts.file,
        format: facts.format,
        workers: facts.limits.workers,
        would_run: order.map(id => {
            const { title, status, needs } = taskOf(id);
            return { id, title, status, needs };
        }),
        held_back: end.tasks.flatMap(({ id, stage }) => {
            const failure = stage.kind === 'ended' ? stage.failure : null;
            if (failure === null)
                return [];
            const reason = { code: (0,decide_failure/* reasonCode */.g3)(failure), message: whyHeld(failure, facts) };
            const blockedBy = failure.code === 'dependency' ? failure.blockedBy : [];
            return [{ id, title: taskOf(id).title, reason, blocked_by: blockedBy }];
        }),
        notices: facts.notices,
    };
}
/** The run's own rules, with workers that all take the same time and change nothing. */
function rehearsed(plan, { limits, only, now }) {
    const at = new Date(now).toISOString();
    const order = [];
    let state = (0,apply/* settle */.G)(plan, (0,decide_state/* initialState */.ue)(plan, '', 0, only, now), limits, at);
    const take = (event) => {
        state = (0,apply/* apply */.B)(plan, state, limits, event);
    };
    // Only workers: what ended tasks leave is nothing here.
    const starts = () => (0,next/* next */.K)(plan, state, limits).filter(step => step.kind === 'work');
    for (let steps = starts(); steps.length > 0; steps = starts()) {
        for (const step of steps)
            take({ at, type: 'began', step });
        for (const { task } of steps)
            take({ at, type: 'worked', task, result: WELL });
        order.push(...steps.map(step => step.task));
    }
    return { order, end: state };
}
const WELL = { kind: 'unchanged', exitCode: 0, seconds: { workspace: 0, worker: 0 } };
function whyHeld(failure, { limits }) {
    switch (failure.code) {
        case 'status':
            return `its status is ${failure.status}`;
        case 'not-before':
            return `not before ${failure.time}`;
        case 'only':
            return '`only` names others';
        case 'max-tasks':
            return `\`max-tasks\`: ${limits.maxTasks} start in one run`;
        case 'dependency':
            return `needs ${(0,plain/* listed */.KE)(failure.blockedBy.toReversed(), 5)}, held back`;
        default:
            return (0,decide_failure/* reasonCode */.g3)(failure);
    }
}
/** For a terminal, line by line; ids are aligned. */
function planLines(view) {
    const { would_run: run, held_back: held } = view;
    const total = run.length + held.length;
    const width = Math.max(0, ...run.map(task => task.id.length), ...held.map(task => task.id.length));
    const digits = String(run.length).length;
    const row = (mark, { id, title }, note) => [
        `  ${mark.padStart(digits)}`,
        id.padEnd(width),
        ...(title === id ? [] : [(0,plain/* plainLine */.h0)(title, 100)]),
        ...(note === '' ? [] : [`(${note})`]),
    ]
        .join('  ')
        .trimEnd();
    // What is met without running (`only`, `done`) is nothing to wait for.
    const runs = new Set(run.map(task => task.id));
    const rows = run.map((task, i) => {
        const after = task.needs.filter(need => runs.has(need));
        const notes = [
            ...(task.status === 'doing' ? ['doing'] : []),
            ...(after.length > 0 ? [`after ${(0,plain/* listed */.KE)(after, 5)}`] : []),
        ];
        return row(String(i + 1), task, notes.join('; '));
    });
    // Whoever names a few tasks does not want to read of the many others.
    const others = held.filter(task => task.reason.code === 'only').length;
    const kept = held
        .filter(task => task.reason.code !== 'only')
        .map(task => row('-', task, task.reason.message));
    if (others > 0)
        kept.push(`  ${'-'.padStart(digits)}  ${others} not named by \`only\``);
    return [
        `${run.length} of ${total} ${total === 1 ? 'task' : 'tasks'} in ${view.tasks_file} would run, up to ${view.workers} at a time${run.length > 0 ? ':' : '.'}`,
        ...rows,
        ...(kept.length > 0 ? ['Held back:', ...kept] : []),
        ...view.notices.map(notice => `note: ${notice}`),
    ];
}

// EXTERNAL MODULE: ./build/decide/plan.js + 1 modules
var decide_plan = __webpack_require__(3793);
// EXTERNAL MODULE: ./build/decide/text.js
var decide_text = __webpack_require__(5810);
// EXTERNAL MODULE: ./build/run/run.js + 19 modules
var run = __webpack_require__(2185);
// EXTERNAL MODULE: ./build/tasks-input.js + 1 modules
var tasks_input = __webpack_require__(4082);
// EXTERNAL MODULE: ./build/world/clock.js
var clock = __webpack_require__(8005);
// EXTERNAL MODULE: ./build/world/repository.js
var repository = __webpack_require__(4671);
// EXTERNAL MODULE: ./build/cli/mistakes.js
var mistakes = __webpack_require__(8716);
// EXTERNAL MODULE: ./build/cli/say.js
var say = __webpack_require__(2486);
;// CONCATENATED MODULE: ./build/cli/plan.js
/** `fanout plan`: what a run would do, from the tasks and inputs alone; no remote, no repository, nothing is started. */











/** Stands for the input `run`, which need not be known here. */
const ANY_RUN = 'the input run';
/** With `--json` one JSON value on standard output, also of what is wrong. */
async function planCommand(args) {
    const json = args.switches.has('json');
    const cwd = process.cwd();
    const root = (await (0,repository.inspectRepository)(cwd).catch(() => null))?.root ?? cwd;
    const parsed = (0,inputs/* parseSettings */.P$)(args.inputs);
    const source = parsed.ok ? parsed.settings : parsed.tasks;
    const tasks = source && (await (0,tasks_input/* readPlan */.m3)({ ...source, run: source.run ?? ANY_RUN }, cwd, root));
    if (args.problems.length === 0 && parsed.ok && tasks?.ok) {
        const view = viewOf(parsed.settings, tasks);
        for (const line of json ? [JSON.stringify(view, null, 2)] : planLines(view).map(line => (0,decide_text/* harmless */.Is)(line))) {
            (0,say/* out */.FD)(line);
        }
        return 0;
    }
    const words = [...args.problems, ...(0,mistakes/* stillToSay */.B)(parsed.ok ? [] : parsed.problems, args)];
    const problems = tasks === null || tasks.ok ? [] : tasks.problems;
    if (json) {
        const bare = words.map(message => ({ file: null, line: null, column: null, message }));
        (0,say/* out */.FD)(JSON.stringify({ version: 1, problems: [...bare, ...problems] }, null, 2));
    }
    return (0,say/* refuse */.TR)([...words, ...problems.map(decide_plan/* formatProblem */.Vw)]);
}
function viewOf(settings, tasks) {
    const { plan, format, notices } = tasks;
    const source = (0,decide_plan/* parseTasksSource */.lL)(settings.tasks);
    const limits = (0,run/* limitsOf */.Af)(settings, settings.workers ?? (0,external_node_os_.availableParallelism)());
    const file = source.kind === 'file' ? source.path : 'tasks';
    const facts = { file, format, limits, only: settings.only, now: clock/* systemClock */.ml.now(), notices };
    const view = planView(plan, facts);
    const bare = view.would_run.filter(({ id }) => plan.tasks[plan.index.get(id) ?? -1]?.run === null).length;
    const needRun = settings.run === null && bare > 0
        ? [`${bare} of them ${bare === 1 ? 'has' : 'have'} no command: a run needs the input \`run\``]
        : [];
    return { ...view, notices: [...view.notices, ...needRun] };
}


/***/ })

};
