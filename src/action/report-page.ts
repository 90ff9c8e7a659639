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
h3 { font-size: 0.95rem; margin: 1rem 0 0.25rem; }
a { color: var(--link); }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
code, pre { font: 0.85em/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
code { background: var(--card); border-radius: 4px; padding: 0.1em 0.3em; }
pre.end { display: flex; flex-direction: column-reverse; }
pre { background: var(--card); border: 1px solid var(--line); border-radius: 6px; padding: 0.75rem; margin: 0.5rem 0 0; max-height: 30rem; overflow: auto; white-space: pre-wrap; }
.dim { color: var(--dim); }
.skip { position: absolute; left: -99rem; }
.skip:focus { left: 1rem; top: 0.25rem; background: var(--bg); }
details p { margin: 0.25rem 0; }
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
rect[data-task] { cursor: pointer; }
rect:hover { stroke: var(--fg); }
.plus { color: var(--good); }
.minus { color: var(--bad); }
svg { display: block; min-width: 44rem; width: 100%; padding: 0.5rem; }
svg text { font: 11px system-ui, sans-serif; fill: var(--dim); }
svg .on { fill: var(--bg); pointer-events: none; }
.grid { stroke: var(--line); }
form { display: flex; flex-wrap: wrap; gap: 0.75rem 1.25rem; align-items: center; margin: 0 0 0.75rem; }
input, select { font: inherit; color: inherit; background: var(--bg); border: 1px solid var(--line); border-radius: 6px; padding: 0.25rem 0.5rem; }
[hidden] { display: none !important; }
table { border-collapse: collapse; table-layout: fixed; width: 100%; min-width: 50rem; }
thead th:nth-child(1) { width: 36%; }
thead th:nth-child(2) { width: 21%; }
thead th:nth-child(3), thead th:nth-child(5) { width: 9%; }
thead th:nth-child(4) { width: 14%; }
thead button { all: unset; cursor: pointer; }
th[aria-sort] button::after { content: ' ↑'; }
th[aria-sort="descending"] button::after { content: ' ↓'; }
th, td { text-align: left; vertical-align: top; padding: 0.4rem 0.75rem; border-top: 1px solid var(--line); }
thead th { border-top: 0; background: var(--card); font-weight: 600; white-space: nowrap; }
tbody th { font-weight: 400; }
.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
details.task { border: 1px solid var(--line); border-radius: 6px; margin: 0.5rem 0; padding: 0.5rem 0.75rem; content-visibility: auto; contain-intrinsic-size: auto 2.6rem; }
summary { cursor: pointer; }
.facts { display: grid; grid-template-columns: max-content 1fr; gap: 0.15rem 1rem; margin: 0.5rem 0 0; }
.facts dt { color: var(--dim); }
.facts dd { margin: 0; }
ul, ol { margin: 0; padding-left: 1.4rem; }
.persons li { margin-bottom: 0.4rem; }
@media (max-width: 40rem) { .facts { grid-template-columns: 1fr; } .facts dd { margin-bottom: 0.35rem; } }
`

export const SCRIPT = `
const by = id => document.getElementById(id)
const rows = [...by('rows').rows]
const parts = [...by('parts').children]
const form = by('filter'), query = by('query'), outcome = by('outcome'), shown = by('shown')

// All that is told of a task, its log too; gathered when it is first asked for.
let words
const holds = (index, word) => {
  words ??= parts.map(part => part.textContent.toLowerCase())
  return words[index].includes(word)
}
const isOf = (row, kind) => kind === '' || (kind === 'person' ? 'person' in row.dataset : row.dataset.outcome === kind)

function filter() {
  const wanted = query.value.toLowerCase().split(/\\s+/).filter(Boolean)
  let count = 0
  rows.forEach((row, index) => {
    const show = isOf(row, outcome.value) && wanted.every(word => holds(index, word))
    if (row.hidden === show) row.hidden = parts[index].hidden = !show
    if (show) count++
  })
  shown.textContent = count + ' of ' + rows.length + ' shown'
}

const heads = [...document.querySelectorAll('#table thead th')]
const ORDERS = ['ascending', 'descending', null]
const compare = new Intl.Collator('en', { numeric: true }).compare
function sort(column) {
  const next = ORDERS[(ORDERS.indexOf(heads[column].getAttribute('aria-sort')) + 1) % 3]
  for (const head of heads) head.removeAttribute('aria-sort')
  const keyed = rows.map(row => [row.cells[column].dataset.by ?? row.cells[column].textContent, row])
  if (next) {
    heads[column].setAttribute('aria-sort', next)
    keyed.sort((a, b) => (next === 'ascending' ? 1 : -1) * compare(a[0], b[0]))
  }
  by('rows').append(...keyed.map(([, row]) => row))
}

function reveal() {
  const part = by(location.hash.slice(1))
  if (!(part instanceof HTMLDetailsElement)) return
  if (part.hidden) {
    form.reset()
    filter()
  }
  part.open = true
  part.scrollIntoView()
  part.firstElementChild.focus({ preventScroll: true })
}

heads.forEach((head, column) => {
  const button = document.createElement('button')
  button.type = 'button'
  button.textContent = head.textContent
  button.addEventListener('click', () => sort(column))
  head.replaceChildren(button)
})
form.hidden = false
form.addEventListener('submit', event => event.preventDefault())
form.addEventListener('input', filter)
filter()
// A bar of the picture leads where a link does; a link leads there a second time, too.
document.addEventListener('click', event => {
  const way = event.target.closest('a[href^="#t-"], rect[data-task]')
  if (!way) return
  event.preventDefault()
  const hash = way.hash ?? '#t-' + way.dataset.task
  if (location.hash === hash) reveal()
  else location.hash = hash
})
addEventListener('hashchange', reveal)
reveal()
`
