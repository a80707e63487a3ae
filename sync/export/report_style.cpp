#include "sync/export/report_parts.h"

namespace machikoe {

// Greys and lines only, apart far enough for a copier; the text never names a shade.
std::string_view report_style() {
    return R"css(
@page {
    size: A4; margin: 19mm 17mm 20mm 17mm;
    @top-right { content: string(title); font-size: 7.5pt; color: #333; vertical-align: bottom;
                 padding-bottom: 3mm; }
    @bottom-left { content: string(source); font-size: 7.5pt; color: #333; vertical-align: top;
                   padding-top: 3mm; }
    @bottom-right { content: counter(page) " / " counter(pages); font-size: 8pt; color: #333;
                    vertical-align: top; padding-top: 3mm; }
}
@page :first { @top-right { content: none; } }
html { font-family: "Noto Sans CJK JP", sans-serif; font-size: 9pt; line-height: 1.55;
       color: #111; background: #fff; }
body { margin: 0 auto; max-width: 176mm; string-set: title attr(data-title),
       source attr(data-source); }
@media screen { body { padding: 8mm; } }
h1, h2 { font-family: "Noto Serif CJK JP", serif; font-weight: 700; line-height: 1.35; }
h1 { font-size: 19pt; margin: 0 0 1.5mm; }
.ward { font-size: 11pt; margin: 0 0 1mm; }
.form { font-size: 10.5pt; margin: 0 0 5mm; padding-bottom: 3mm; border-bottom: 1.2pt solid #111; }
h2 { font-size: 13pt; margin: 9mm 0 3mm; padding: 0 0 1mm; border-bottom: 0.8pt solid #111;
     break-after: avoid; }
body { counter-reset: part; }
h2.part::before { counter-increment: part; content: counter(part); margin-right: 0.7em; }
h2 + p { break-after: avoid; }
h3 { font-size: 10pt; margin: 5mm 0 1.5mm; line-height: 1.45; break-after: avoid; }
h3 .number { margin-right: 0.8em; }
p { margin: 0 0 2mm; orphans: 3; widows: 3; }
.small, .legend { font-size: 7.5pt; line-height: 1.5; color: #222; }
.legend { margin: 1mm 0 2mm; }
.note { border: 0.8pt solid #111; padding: 2mm 3mm; margin: 3mm 0; font-weight: 700; }
.warning { border-left: 2.4pt solid #111; padding: 1mm 3mm; margin: 3mm 0; }
table { border-collapse: collapse; width: 100%; margin: 0 0 2mm; font-size: 8.5pt;
        line-height: 1.4; font-variant-numeric: tabular-nums; }
caption { text-align: left; font-size: 7.5pt; padding: 0 0 1mm; color: #222;
          break-after: avoid; }
th, td { border-top: 0.4pt solid #888; border-bottom: 0.4pt solid #888; padding: 0.9mm 1.6mm;
         text-align: left; vertical-align: top; font-weight: 400; }
thead { border-top: 0.9pt solid #111; border-bottom: 0.7pt solid #111; }
thead th { font-size: 7.5pt; vertical-align: bottom; background: #f1f1f1; }
tbody { border-bottom: 0.9pt solid #111; }
tr { break-inside: avoid; }
td.n, th.n { text-align: right; white-space: nowrap; }
thead th.n { white-space: normal; }
.id { white-space: nowrap; }
.summary { table-layout: fixed; }
.summary .id { width: 9mm; }
.summary .wide { width: 60mm; }
.summary .target { width: 28mm; }
.summary .actual { width: 19mm; }
table.facts th { width: 34mm; background: #f1f1f1; }
table.facts { border-top: 0.9pt solid #111; }
.keep { break-inside: avoid; }
.mark { display: inline-block; border: 0.6pt solid #111; font-size: 7pt; line-height: 1.2;
        padding: 0.2mm 1mm; margin-left: 1mm; }
.indicator { break-inside: avoid; margin: 0 0 4mm; }
.sides { display: table; width: 100%; table-layout: fixed; }
.sides > div { display: table-cell; vertical-align: top; }
.sides > .left { width: 58%; padding-right: 5mm; }
.thirds > div { padding-right: 5mm; }
.thirds > div:first-child { width: 42%; }
.thirds > div:last-child { padding-right: 0; }
.thirds thead th.n { white-space: nowrap; }
.left table { border-top: 0.9pt solid #111; margin: 0; }
.left table th { width: 32mm; padding-right: 0; background: #f1f1f1; }
.sides > div > p { font-size: 7.5pt; line-height: 1.4; margin: 0; padding: 0 0 1mm; color: #222; }
.figure { font-size: 12.5pt; font-weight: 700; line-height: 1.3; white-space: nowrap; }
.left .small { display: block; }
dl { font-size: 7.5pt; line-height: 1.45; margin: 0; border-top: 0.9pt solid #111;
     padding-top: 0.8mm; }
dt { font-weight: 700; }
dd { margin: 0 0 0.8mm; }
.left table.reported { border-top: none; margin-top: 1mm; font-size: 7.5pt; }
.reported tbody { border-bottom: none; }
.reported caption { display: table-caption; }
.left table.reported th { width: auto; background: none; }
.box { display: inline-block; width: 3mm; height: 3mm; border: 0.8pt solid #111;
       margin-right: 1.2mm; vertical-align: -0.4mm; }
.choice { display: inline-block; white-space: nowrap; margin-right: 1.5mm; }
.question { break-inside: avoid; margin-bottom: 4mm; }
td.bars { width: 42%; padding: 0.9mm 0 0.9mm 1.6mm; vertical-align: middle; }
td.label { width: 34%; }
.bar { border-left: 0.8pt solid #111; }
.bar > div { height: 2.9mm; background: #6a6a6a; }
.bar > div.faint { background: repeating-linear-gradient(135deg, #6a6a6a 0, #6a6a6a 0.35mm,
                   #fff 0.35mm, #fff 1.1mm); border: 0.4pt solid #333; border-left: none;
                   height: 2.7mm; }
.bar.pair > div { height: 1.6mm; }
.bar.pair > div.register { background: #fff; border: 0.5pt solid #111; border-left: none;
                           height: 1.3mm; margin-top: 0.2mm; }
.cross { table-layout: fixed; font-size: 7.8pt; }
.cross th.group { width: 40mm; }
.cross th.base { width: 11mm; }
.cross td.n, .cross th.n { padding-left: 0.5mm; padding-right: 1.2mm; }
.cross thead th.n { line-height: 1.25; font-size: 6.8pt; }
.cross tbody { break-inside: avoid; }
.cross tbody.whole { break-after: avoid; }
.cross th.variable { background: #f1f1f1; font-size: 7.5pt; font-weight: 700; }
.cross td.stackcell { padding: 0.7mm 0.3mm 0.7mm 1.5mm; vertical-align: middle; }
.cross th.stackhead { width: 52mm; }
.stack { height: 3.4mm; border: 0.5pt solid #111; overflow: hidden; font-size: 6pt;
         line-height: 3.4mm; }
.stack > span { float: left; height: 3.4mm; text-align: center; overflow: hidden;
               box-sizing: border-box; border-right: 0.4pt solid #111; }
.stack > span:last-child { border-right: none; }
.k1 { background: #3d3d3d; color: #fff; }
.k2 { background: #7d7d7d; color: #fff; }
.k3 { background: #bdbdbd; }
.k4 { background: #ececec; }
.k5 { background: #fff; }
.k6 { background: #9c9c9c; }
.k7 { background: #5a5a5a; color: #fff; }
.kx { background: #fff; }
.swatch { display: inline-block; width: 4.2mm; height: 2.6mm; line-height: 2.6mm; font-size: 6pt;
          border: 0.5pt solid #111; text-align: center; margin-right: 1mm;
          vertical-align: -0.2mm; }
.key { display: inline-block; margin-right: 3.5mm; }
ul.notes { break-inside: avoid; margin: 0; padding-left: 1.4em; }
ul.notes li { margin-bottom: 1.2mm; }
.hash { font-family: "Noto Sans Mono CJK JP", monospace; font-size: 7.5pt;
        overflow-wrap: anywhere; }
)css";
}

}  // namespace machikoe
