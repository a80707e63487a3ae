#include "sync/pages/frame.h"

namespace machikoe {

// Contrast of every text at least 7:1; a print is black on white without the navigation.
std::string_view style_sheet() {
    return R"css(
:root { --ink: #14242b; --soft: #40525a; --line: #c3ccd0; --paper: #ffffff; --ground: #f4f6f5;
        --accent: #07535b; --mark: #e4f1f0; --warn: #8a1f11; --warn-ground: #fdeeea; }
* { box-sizing: border-box; }
html { font: 100%/1.65 "Noto Sans CJK JP", "Noto Sans JP", "Hiragino Sans", "Yu Gothic UI",
       system-ui, sans-serif; color: var(--ink); background: var(--ground); }
body { margin: 0; }
a { color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.skip { position: absolute; left: -999em; }
.skip:focus { left: 1rem; top: 1rem; background: var(--paper); padding: .5rem 1rem; z-index: 1; }
header { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; align-items: center;
         padding: .75rem 2rem; background: var(--paper); border-bottom: 1px solid var(--line); }
.ward { margin: 0; font-weight: 700; }
nav { order: 1; flex: 1 1 100%; min-width: 0; }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem; list-style: none; margin: 0 -.7rem;
         padding: 0; }
nav a { display: block; padding: .5rem .7rem; border-radius: .4rem; text-decoration: none;
        color: var(--ink);
        white-space: nowrap; }
nav a:hover { background: var(--mark); }
nav a[aria-current] { background: var(--accent); color: #fff; }
.who { display: flex; gap: .75rem; align-items: center; margin-left: auto; }
main { max-width: 76rem; margin: 0 auto; padding: 1.5rem 2rem 4rem; }
h1 { font-size: 1.6rem; line-height: 1.35; margin: .5rem 0 1.25rem; }
h2 { font-size: 1.2rem; line-height: 1.4; margin: 2.5rem 0 .75rem; }
p { max-width: 46em; margin: 0 0 1rem; }
.note { color: var(--soft); font-size: .9rem; }
.warning { background: var(--warn-ground); color: var(--warn); padding: .75rem 1rem;
           border-left: .3rem solid var(--warn); max-width: none; }
.good { background: var(--mark); padding: .75rem 1rem; border-left: .3rem solid var(--accent);
        max-width: none; margin-bottom: 1rem; }
.good > :last-child { margin-bottom: 0; }
.facts { display: flex; flex-wrap: wrap; gap: 1rem; margin: 0 0 1.5rem; padding: 0; }
.facts div { background: var(--paper); border: 1px solid var(--line); border-radius: .5rem;
             padding: .75rem 1.25rem; min-width: 11rem; }
.facts dt { font-size: .85rem; color: var(--soft); }
.facts dd { margin: 0; font-size: 1.5rem; font-weight: 700; line-height: 1.3;
            font-variant-numeric: tabular-nums; }
.facts dd.text { font-size: 1.05rem; }
.wide { overflow-x: auto; margin: 0 0 1.5rem; }
table { border-collapse: collapse; width: 100%; background: var(--paper);
        border: 1px solid var(--line); font-variant-numeric: tabular-nums; }
caption { text-align: left; color: var(--soft); font-size: .9rem; padding: .25rem 0; }
th, td { text-align: left; vertical-align: top; padding: .55rem .9rem;
         border-top: 1px solid var(--line); }
thead th { background: var(--mark); border-top: 0; font-size: .9rem; white-space: nowrap; }
tbody th { font-weight: 400; min-width: 9em; }
.pairs th { width: 14em; color: var(--soft); font-size: .9rem; min-width: 8em; }
.narrow { max-width: 34rem; }
progress { width: 9rem; height: .9rem; vertical-align: middle; accent-color: var(--accent); }
td:not(.n) { min-width: 6.5em; }
.n { text-align: right; white-space: nowrap; }
.mark { display: inline-block; background: var(--mark); border-radius: .3rem; padding: 0 .5rem;
        font-size: .85rem; white-space: nowrap; }
.bad { background: var(--warn-ground); color: var(--warn); font-weight: 700; }
.small { font-size: .85rem; color: var(--soft); }
.chart canvas { max-width: 100%; }
figure.chart { background: var(--paper); border: 1px solid var(--line); margin: 0 0 .75rem;
               padding: 1rem; position: relative; }
form { margin: 0; }
.panel { background: var(--paper); border: 1px solid var(--line); border-radius: .5rem;
         padding: 1.5rem; max-width: 30rem; }
.panel h2:first-of-type { margin-top: 0; }
.broad { max-width: none; margin: 0 0 1rem; }
blockquote { margin: 0 0 1rem; font-size: 1.15rem; white-space: pre-wrap; overflow-wrap: anywhere; }
textarea { font: inherit; width: 100%; padding: .5rem .7rem; border: 1px solid #64747b;
           border-radius: .35rem; color: inherit; }
.broad form + form { margin-top: 1rem; padding-top: 1rem; border-top: 1px solid var(--line); }
.tabs { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; list-style: none; margin: 0 0 1rem;
        padding: 0; border-bottom: 1px solid var(--line); }
.tabs a { display: block; padding: .4rem 0; text-decoration: none; color: var(--ink); }
.tabs a[aria-current] { font-weight: 700; border-bottom: 3px solid var(--accent); }
.row { display: flex; flex-wrap: wrap; gap: .75rem; align-items: flex-end; }
.field { display: block; margin: 0 0 1rem; }
.row .field { margin: 0; }
.field span { display: block; font-size: .9rem; margin: 0 0 .25rem; }
input, select { font: inherit; padding: .5rem .7rem; border: 1px solid #64747b;
                border-radius: .35rem; background: #fff; color: inherit; min-height: 2.75rem;
                width: 100%; }
.row input, .row select { width: auto; }
button, .button { font: inherit; font-weight: 700; min-height: 2.75rem; padding: .4rem 1.2rem;
                  border: 1px solid var(--accent); border-radius: .35rem; cursor: pointer;
                  background: var(--accent); color: #fff; text-decoration: none;
                  display: inline-flex; align-items: center; }
button.quiet, .language button { background: transparent; color: var(--accent); font-weight: 400; }
button.danger { background: #fff; border-color: var(--warn); color: var(--warn); }
.code { font: 700 1.3rem/1.6 "Noto Sans Mono", monospace; letter-spacing: .08em;
        overflow-wrap: anywhere; }
svg.qr { width: 14rem; height: 14rem; background: #fff; display: block; margin: 0 0 1rem; }
@media (max-width: 40rem) { header, main { padding-left: 1rem; padding-right: 1rem; }
                            .who { margin-left: 0; }
                            nav ul { flex-wrap: nowrap; overflow-x: auto; } }
@media print {
    @page { size: A4; margin: 16mm; }
    html { font-size: 9.5pt; background: #fff; }
    nav, .who, .skip, button, .button, .filters { display: none; }
    header { padding: 0 0 2mm; } main { padding: 3mm 0; max-width: none; }
    tr, figure, .facts { break-inside: avoid; } h2 { break-after: avoid; }
    .wide { overflow: visible; }
}
)css";
}

// A bar for every cell with data-share, a line through every cell with data-point; the table stays
// where it is, and whoever hears the page hears the table.
std::string_view script() {
    return R"js("use strict";
const style = getComputedStyle(document.documentElement);
const colour = (name) => style.getPropertyValue(name).trim();
const wide = /[\u3000-\u9fff\uff00-\uffef]/;
const room = (text) => (wide.test(text) ? 20 : 36) / (innerWidth < 640 ? 2 : 1);
const value = (cell, name) => (cell.dataset[name] === undefined ? null : Number(cell.dataset[name]));

// A label in a few lines of about one length, broken between words or signs of Japanese.
function lines(text) {
  const label = text.trim(), spare = wide.test(label) ? 1 : 6;
  const even = Math.ceil(label.length / Math.ceil(label.length / room(label))) + spare;
  const most = Math.min(even, room(label));
  const all = [""];
  for (const part of label.split(/(?<=\s)|(?<=[\u3000-\u9fff\uff00-\uffef])/))
    if (all.at(-1) && (all.at(-1) + part).trimEnd().length > most) all.push(part);
    else all[all.length - 1] += part;
  const last = innerWidth < 640 ? 4 : 2;
  if (all.length > last + 1) all.splice(last, all.length, all[last].trimEnd() + "…");
  return all.map((line) => line.trimEnd());
}

function canvasAbove(table, height) {
  const figure = document.createElement("figure");
  const canvas = document.createElement("canvas");
  figure.className = "chart";
  figure.setAttribute("aria-hidden", "true");
  figure.style.height = `${height}px`;
  figure.append(canvas);
  const box = table.parentElement;
  box.parentElement.insertBefore(figure, box);
  return canvas;
}

function axis(percent) {
  return { min: 0, max: percent ? 100 : undefined,
           ticks: { color: colour("--soft"), precision: 0,
                    callback: (at) => (percent ? `${at} %` : at.toLocaleString()) },
           grid: { color: colour("--line") } };
}

const options = (more) => ({
  animation: false, responsive: true, maintainAspectRatio: false,
  plugins: { legend: { display: false }, tooltip: { enabled: false } }, ...more });

function bars(table) {
  const cells = [...table.querySelectorAll("td[data-share]")];
  if (cells.length === 0) return;
  const target = (cell) => value(cell, "target") ?? value(table, "target");
  const sets = [{ data: cells.map((cell) => value(cell, "share")),
                  backgroundColor: colour("--accent"), barThickness: 16 }];
  if (cells.some((cell) => target(cell) !== null))
    sets.push({ data: cells.map(target), backgroundColor: "#b9c4c8", barThickness: 8 });
  const labels = cells.map((cell) => lines(cell.parentElement.cells[0].textContent));
  const most = Math.max(...labels.map((label) => label.length));
  new Chart(canvasAbove(table, cells.length * Math.max(38, most * 16 + 8) + 70), {
    type: "bar", data: { labels, datasets: sets },
    options: options({ indexAxis: "y", scales: {
      x: axis(true),
      y: { ticks: { color: colour("--ink"), autoSkip: false }, grid: { display: false } } } }) });
}

function line(table) {
  const cells = [...table.querySelectorAll("td[data-point]")];
  if (!cells.some((cell) => value(cell, "share") !== null)) return;
  const target = value(table, "target");
  const sets = [{ data: cells.map((cell) => value(cell, "share")), borderColor: colour("--accent"),
                  backgroundColor: colour("--accent"), borderWidth: 2.5, pointRadius: 4,
                  spanGaps: false }];
  if (target !== null)
    sets.push({ data: cells.map(() => target), borderColor: "#64747b", borderWidth: 2,
                borderDash: [6, 5], pointRadius: 0 });
  const labels = cells.map((cell) => cell.parentElement.cells[0].textContent);
  new Chart(canvasAbove(table, 280), {
    type: "line", data: { labels, datasets: sets },
    options: options({ layout: { padding: { right: 12 } }, scales: {
      x: { ticks: { color: colour("--soft"), maxRotation: 0, autoSkipPadding: 16 },
           grid: { display: false } },
      y: axis(table.dataset.unit !== "count") } }) });
}

if (window.Chart) {
  Chart.defaults.font.family = style.fontFamily;
  document.querySelectorAll("table[data-chart]").forEach((table) =>
    table.dataset.chart === "line" ? line(table) : bars(table));
}
)js";
}

}  // namespace machikoe
