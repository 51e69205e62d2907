// The style of HTML reports: colours for light and dark that keep a contrast of 4.5 to 1 for text. Private to core/report.
#pragma once

#include <string_view>

namespace chladni::report {

inline constexpr std::string_view kHtmlStyle = R"css(:root {
  --page: #ffffff; --card: #f6f7f9; --text: #1b1f24; --faint: #596170; --grid: #dde1e7; --sound: #9db4d0;
  --first: #0b62b3; --second: #b04a00; --third: #00755e; --fourth: #9b2f7f; --fifth: #6b6200; --problem: #a4161a;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #14171c; --card: #1d2128; --text: #e7eaef; --faint: #a2abb8; --grid: #333a45; --sound: #47617f;
    --first: #63b3ff; --second: #ff9d57; --third: #3fd0ac; --fourth: #ee8fd4; --fifth: #d9cc4a; --problem: #ff8f8f;
  }
}
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.5rem 1rem 4rem; max-width: 50rem; background: var(--page); color: var(--text);
  font: 16px/1.5 system-ui, "Segoe UI", "Noto Sans", "DejaVu Sans", sans-serif; }
h1, h2, h3, h4 { line-height: 1.25; overflow-wrap: anywhere; }
h2 { margin-top: 3rem; border-top: 1px solid var(--grid); padding-top: 1.2rem; }
h4 { margin-bottom: .3rem; }
header p { color: var(--faint); }
a { color: var(--first); }
.skip { position: absolute; left: -100vw; }
.skip:focus { left: 1rem; background: var(--page); padding: .3rem .6rem; }
article { background: var(--card); border-radius: .5rem; padding: .1rem 1.2rem 1rem; margin: 1.5rem 0; }
dl { margin: .5rem 0; display: grid; grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)); gap: .15rem 1.5rem; }
dl div { min-width: 0; }
dt { color: var(--faint); font-size: .85rem; }
dd { margin: 0; overflow-wrap: anywhere; }
figure { margin: 1.2rem 0; }
figcaption { color: var(--faint); font-size: .875rem; }
figcaption b { color: var(--text); }
svg { display: block; width: 100%; height: auto; }
svg text { font-family: inherit; }
svg .pixels, .pixels { image-rendering: pixelated; }
.line { fill: none; stroke-linejoin: round; }
.frames { display: flex; flex-wrap: wrap; gap: .5rem; }
.frames img { flex: 1 1 7rem; min-width: 0; max-width: 13.5rem; height: auto; border-radius: .25rem; }
.frames figcaption { flex-basis: 100%; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; color: var(--faint); font-size: .875rem; padding: .4rem 0; }
th, td { text-align: left; padding: .25rem .7rem .25rem 0; border-bottom: 1px solid var(--grid); vertical-align: top; }
th[scope=row] { font-weight: 500; overflow-wrap: anywhere; }
thead th { color: var(--faint); font-weight: 500; font-size: .875rem; }
.number { white-space: nowrap; font-variant-numeric: tabular-nums; }
.track { width: 40%; vertical-align: middle; padding-right: 0; }
.track span { display: block; height: .6rem; border-radius: .3rem; background: var(--first); }
.wide { overflow-x: auto; }
summary { cursor: pointer; }
.problem { color: var(--problem); }
.line.ink-text { stroke: var(--text); } .fill.ink-text { fill: var(--text); }
.line.ink-faint { stroke: var(--faint); } .fill.ink-faint { fill: var(--faint); }
.line.ink-grid { stroke: var(--grid); } .fill.ink-grid { fill: var(--grid); }
.line.ink-sound { stroke: var(--sound); } .fill.ink-sound { fill: var(--sound); }
.line.ink-first { stroke: var(--first); } .fill.ink-first { fill: var(--first); }
.line.ink-second { stroke: var(--second); } .fill.ink-second { fill: var(--second); }
.line.ink-third { stroke: var(--third); } .fill.ink-third { fill: var(--third); }
.line.ink-fourth { stroke: var(--fourth); } .fill.ink-fourth { fill: var(--fourth); }
.line.ink-fifth { stroke: var(--fifth); } .fill.ink-fifth { fill: var(--fifth); }
@media print { body { max-width: none; font-size: 11pt; } figure, table { break-inside: avoid; } article { background: none; border: 1px solid var(--grid); } }
)css";

}  // namespace chladni::report
