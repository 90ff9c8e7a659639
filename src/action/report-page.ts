/** Style and script of the report: constant text, because the page's policy names them by their hash. */

export const STYLE = `
:root { color-scheme: light dark; --bg: #fff; --fg: #1f2328; --dim: #59636e; --line: #d1d9e0; --card: #f6f8fa; --link: #0969da;
  --good: #1a7f37; --bad: #cf222e; --warn: #9a6700; --stop: #8250df; --idle: #6e7781; }
@media (prefers-color-scheme: dark) { :root { --bg: #0d1117; --fg: #e6edf3; --dim: #9198a1; --line: #3d444d; --card: #161b22; --link: #4493f8;
  --good: #3fb950; --bad: #f85149; --warn: #d29922; --stop: #ab7df8; --idle: #8b949e; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.5rem 1rem 4rem; max-width: 75rem; background: var(--bg); color: var(--fg);
  font: 0.95rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 0.25rem; }
h2 { font-size: 1.1rem; margin: 2rem 0 0.5rem; }
a { color: var(--link); }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
code, pre { font: 0.85em/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
code { background: var(--card); border-radius: 4px; padding: 0.1em 0.3em; }
pre { background: var(--card); border: 1px solid var(--line); border-radius: 6px; padding: 0.75rem; margin: 0.5rem 0 0; max-height: 30rem; overflow: auto; white-space: pre-wrap; }
.dim { color: var(--dim); }
.skip { position: absolute; left: -99rem; }
.skip:focus { left: 1rem; top: 0.25rem; }
.only-read { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.counts { display: flex; flex-wrap: wrap; gap: 0.5rem; margin: 1rem 0 0; }
.counts div { border: 1px solid var(--line); border-radius: 6px; padding: 0.35rem 0.8rem; min-width: 6rem; display: flex; flex-direction: column-reverse; }
.counts dt { color: var(--dim); font-size: 0.85em; }
.counts dd { margin: 0; font-size: 1.35rem; font-weight: 600; line-height: 1.2; }
.scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: 6px; }
.o { white-space: nowrap; }
.o::before { content: ''; display: inline-block; width: 0.6em; height: 0.6em; border-radius: 50%; margin-right: 0.45em; background: var(--c, var(--idle)); }
.o-landed { --c: var(--good); fill: var(--good); }
.o-unchanged, .o-skipped { --c: var(--idle); fill: var(--idle); }
.o-failed { --c: var(--bad); fill: var(--bad); }
.o-reverted { --c: var(--bad); fill: var(--bad); }
.o-blocked-push, .o-blocked { --c: var(--warn); fill: var(--warn); }
.o-cancelled { --c: var(--stop); fill: var(--stop); }
svg { display: block; min-width: 44rem; width: 100%; padding: 0.5rem; }
svg text { font: 11px system-ui, sans-serif; fill: var(--dim); }
.grid { stroke: var(--line); }
form { display: flex; flex-wrap: wrap; gap: 0.75rem 1.25rem; align-items: center; margin: 0 0 0.75rem; }
input, select { font: inherit; color: inherit; background: var(--bg); border: 1px solid var(--line); border-radius: 6px; padding: 0.25rem 0.5rem; }
[hidden] { display: none !important; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: 0.4rem 0.75rem; border-top: 1px solid var(--line); }
thead th { border-top: 0; background: var(--card); font-weight: 600; white-space: nowrap; }
tbody th { font-weight: 400; min-width: 14rem; }
.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
details.task { border: 1px solid var(--line); border-radius: 6px; margin: 0.5rem 0; padding: 0.5rem 0.75rem; content-visibility: auto; contain-intrinsic-size: auto 2.6rem; }
summary { cursor: pointer; }
.facts { display: grid; grid-template-columns: max-content 1fr; gap: 0.15rem 1rem; margin: 0.5rem 0 0; }
.facts dt { color: var(--dim); }
.facts dd { margin: 0; }
ul { margin: 0; padding-left: 1.1rem; }
.persons li { margin-bottom: 0.4rem; }
@media (max-width: 40rem) { .facts { grid-template-columns: 1fr; } .facts dd { margin-bottom: 0.35rem; } }
`

export const SCRIPT = `
const by = id => document.getElementById(id)
const { tasks } = JSON.parse(by('data').textContent)
const words = tasks.map(task => [task.id, task.title, task.outcome, task.reason && task.reason.code, task.reason && task.reason.message].join(' ').toLowerCase())
const rows = document.querySelectorAll('#rows > tr')
const parts = document.querySelectorAll('#parts > details')
const form = by('filter'), query = by('query'), outcome = by('outcome'), shown = by('shown')
function filter() {
  const wanted = query.value.toLowerCase().split(/\\s+/).filter(Boolean)
  let count = 0
  tasks.forEach((task, index) => {
    const show = (outcome.value === '' || task.outcome === outcome.value) && wanted.every(word => words[index].includes(word))
    rows[index].hidden = parts[index].hidden = !show
    if (show) count++
  })
  shown.textContent = count + ' of ' + tasks.length + ' shown'
}
function reveal() {
  const part = by(location.hash.slice(1))
  if (!(part instanceof HTMLDetailsElement)) return
  part.open = true
  part.scrollIntoView()
  part.firstElementChild.focus({ preventScroll: true })
}
if (form) {
  form.hidden = false
  form.addEventListener('submit', event => event.preventDefault())
  form.addEventListener('input', filter)
  filter()
}
addEventListener('hashchange', reveal)
reveal()
`
