"""How the page looks: one column of text in the reader's own serif, hairlines, and no more colour than a mark needs."""

from __future__ import annotations

STYLE = """
:root {
  color-scheme: light dark;
  --paper: #fbfaf7; --ink: #1c1b19; --soft: #5f5b54; --line: #d9d5cc; --mark: #8c1d18; --link: #1f4e79;
}
@media (prefers-color-scheme: dark) {
  :root { --paper: #171613; --ink: #e9e5dc; --soft: #a8a297; --line: #38352f; --mark: #f0958a; --link: #9cc3e8; }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0 auto; padding: 2rem 1.25rem 4rem; max-width: 58rem; background: var(--paper); color: var(--ink);
  font: 1.0625rem/1.55 "Iowan Old Style", "Palatino Linotype", Palatino, Charter, "Liberation Serif", Georgia, serif;
  overflow-wrap: anywhere;
}
h1, h2, h3, p, ol, ul, dl, dd, blockquote { margin: 0; padding: 0; }
ol, ul { list-style: none; }
a { color: var(--link); text-decoration-thickness: 1px; text-underline-offset: 0.18em; }
a:focus-visible { outline: 2px solid var(--link); outline-offset: 3px; }
header { border-top: 3px solid var(--ink); border-bottom: 1px solid var(--ink); padding: 0.9rem 0 1rem; }
h1 { font-size: clamp(1.9rem, 6vw, 2.9rem); line-height: 1.1; font-weight: 600; letter-spacing: -0.012em; }
.small, h2, .when, .facts, .source, dl, footer {
  font-family: -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, "Liberation Sans", sans-serif;
  font-size: 0.875rem; line-height: 1.5;
}
.small { color: var(--soft); }
header .small { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 1.5rem; }
header h1 + .small { margin-top: 0.5rem; }
section { margin-top: 2.6rem; }
h2 {
  font-size: 0.8125rem; font-weight: 650; letter-spacing: 0.09em; text-transform: uppercase; color: var(--soft);
  padding-bottom: 0.45rem; border-bottom: 1px solid var(--line);
}
h2 + .small { padding-top: 0.8rem; }
.entry { padding: 1.05rem 0 1.1rem; border-bottom: 1px solid var(--line); }
.entry:last-child { border-bottom: 0; }
.when { color: var(--soft); font-variant-numeric: tabular-nums; }
h3 { font-size: 1.25rem; line-height: 1.3; font-weight: 600; }
.facts { color: var(--soft); margin-top: 0.15rem; }
.mark { color: var(--mark); font-weight: 600; }
blockquote { margin-top: 0.55rem; }
.source { margin-top: 0.45rem; color: var(--soft); }
.source + .source { margin-top: 0.1rem; }
.silent li { padding: 0.5rem 0; border-bottom: 1px solid var(--line); }
.silent li:last-child { border-bottom: 0; }
.silent bdi { text-align: left; }
dl { padding-top: 0.8rem; font-variant-numeric: tabular-nums; }
dt { color: var(--soft); }
dd { margin-bottom: 0.45rem; }
footer { margin-top: 3rem; padding-top: 0.9rem; border-top: 1px solid var(--ink); color: var(--soft); }
@media (min-width: 42rem) {
  .entry, .silent li, dl > div { display: grid; grid-template-columns: 12.5rem 1fr; column-gap: 1.5rem; }
  .when { padding-top: 0.28rem; }
}
@media print {
  body { max-width: none; padding: 0; background: none; color: #000; }
  .entry { break-inside: avoid; }
}
"""
