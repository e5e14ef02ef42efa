// The look of a page, in light, in dark and on paper. All pairs of colours that text is written with have a contrast of 4.5 or more (a test).

/** Colours by role; `on` are the grounds that text of this colour stands on. */
export const COLOURS = {
  light: {
    ground: '#f4f6f9',
    surface: '#ffffff',
    raised: '#eef1f6',
    text: '#1b2230',
    muted: '#566074',
    line: '#d5dbe5',
    accent: '#0b57a4',
    error: '#b3261e',
    errorGround: '#fdeceb',
    warning: '#855200',
    warningGround: '#fff3db',
    info: '#0b57a4',
    infoGround: '#e7f0fb',
    good: '#12693a',
    goodGround: '#e4f4ea',
    wire: '#7b869b',
  },
  dark: {
    ground: '#0f131a',
    surface: '#171d27',
    raised: '#202836',
    text: '#e7ebf2',
    muted: '#a6b0c2',
    line: '#303a4a',
    accent: '#86bdff',
    error: '#ff9d94',
    errorGround: '#3b1b19',
    warning: '#f4c46f',
    warningGround: '#35280f',
    info: '#8fc3ff',
    infoGround: '#14283f',
    good: '#7bdba4',
    goodGround: '#12301f',
    wire: '#7f8ba1',
  },
} as const;

const variables = (colours: Readonly<Record<string, string>>) => Object.entries(colours).map(([name, colour]) => `--${name}:${colour}`).join(';');

export const STYLE = `
:root{color-scheme:light dark;${variables(COLOURS.light)}}
@media (prefers-color-scheme:dark){:root{${variables(COLOURS.dark)}}}
*{box-sizing:border-box}
[hidden]{display:none!important}
body{margin:0;background:var(--ground);color:var(--text);font:15px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",sans-serif}
main,header.top>div{max-width:1280px;margin:0 auto;padding:0 24px}
.skip{position:absolute;left:-9999px}
.skip:focus{left:16px;top:12px;z-index:9;background:var(--surface);color:var(--accent);padding:8px 14px;border-radius:8px}
a{color:var(--accent)}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px;border-radius:4px}
h1{font-size:26px;line-height:1.25;margin:6px 0 4px;letter-spacing:-.01em;text-wrap:balance}
h2{font-size:19px;margin:40px 0 12px;letter-spacing:-.005em}
h3{font-size:15px;margin:0}
p{margin:6px 0}
code,.mono{font:13px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;overflow-wrap:anywhere;unicode-bidi:isolate}
.muted{color:var(--muted)}
header.top{background:var(--surface);border-bottom:1px solid var(--line);padding:26px 0 22px}
.brand{color:var(--muted);font-size:13px;font-weight:600;letter-spacing:.02em}
.cards{display:flex;flex-wrap:wrap;gap:10px;margin:18px 0 0;padding:0;list-style:none}
.cards li{min-width:104px;padding:10px 16px;border:1px solid var(--line);border-radius:10px;background:var(--surface)}
.cards b{display:block;font-size:22px;line-height:1.2;font-variant-numeric:tabular-nums}
.cards span{color:var(--muted);font-size:13px}
.cards .error{background:var(--errorGround);border-color:transparent}.cards .error b,.cards .error span{color:var(--error)}
.cards .warning{background:var(--warningGround);border-color:transparent}.cards .warning b,.cards .warning span{color:var(--warning)}
.cards .info{background:var(--infoGround);border-color:transparent}.cards .info b,.cards .info span{color:var(--info)}
.cards .good{background:var(--goodGround);border-color:transparent}.cards .good b,.cards .good span{color:var(--good)}
form.filters{position:sticky;top:0;z-index:5;display:flex;flex-wrap:wrap;gap:12px 16px;align-items:end;margin:20px 0 0;padding:12px 16px;background:var(--surface);border:1px solid var(--line);border-radius:10px;box-shadow:0 2px 8px rgb(10 20 40 / .06)}
.filters label{display:grid;gap:2px;font-size:12px;color:var(--muted)}
.filters input[type=search],.filters select{font:inherit;font-size:14px;color:var(--text);background:var(--ground);border:1px solid var(--wire);border-radius:7px;padding:5px 9px;max-width:220px;height:34px}
.filters input[type=search]{width:210px}
.filters fieldset{border:0;margin:0;padding:0;display:flex;gap:12px;align-items:center;height:34px}
.filters fieldset label{display:flex;gap:5px;align-items:center;font-size:14px;color:var(--text)}
.filters legend{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.filters input[type=checkbox]{width:16px;height:16px;accent-color:var(--accent);margin:0}
button{font:inherit;font-size:14px;color:var(--accent);background:none;border:1px solid var(--wire);border-radius:7px;padding:0 12px;height:34px;cursor:pointer}
button:hover{background:var(--raised)}
[data-status]{margin-left:auto;align-self:center;color:var(--muted);font-size:13px;font-variant-numeric:tabular-nums}
.panel{background:var(--surface);border:1px solid var(--line);border-radius:10px;margin:0 0 12px;overflow:clip}
.panel>summary{display:flex;flex-wrap:wrap;gap:4px 12px;align-items:baseline;padding:12px 16px;cursor:pointer;list-style:none}
.panel>summary::-webkit-details-marker{display:none}
.panel>summary::before{content:"";flex:none;width:7px;height:7px;border:solid var(--muted);border-width:0 2px 2px 0;transform:rotate(-45deg) translate(-1px,-1px)}
.panel[open]>summary::before{transform:rotate(45deg) translate(-2px,-1px)}
.panel>summary:hover{background:var(--raised)}
.panel>summary .end{margin-left:auto}
.panel .inside{padding:4px 16px 16px}
.rule{font-weight:650}
.finding{border-left:4px solid var(--line)}
.finding.error{border-left-color:var(--error)}.finding.warning{border-left-color:var(--warning)}.finding.info{border-left-color:var(--info)}
.badge{display:inline-block;padding:1px 9px;border-radius:99px;font-size:12px;font-weight:650;line-height:1.6;white-space:nowrap;background:var(--raised);color:var(--muted)}
.badge.error,.bad{background:var(--errorGround);color:var(--error)}.badge.warning{background:var(--warningGround);color:var(--warning)}
.badge.info{background:var(--infoGround);color:var(--info)}.badge.good,.good{background:var(--goodGround);color:var(--good)}
.message{max-width:90ch}
.fix{margin:12px 0;padding:10px 14px;border-radius:8px;background:var(--goodGround);color:var(--text);max-width:94ch}
.fix b{color:var(--good)}
dl{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:4px 18px;margin:12px 0 0;font-size:14px}
dt{color:var(--muted)}dd{margin:0}
dd ul{margin:0;padding:0;list-style:none}
.scroll{overflow-x:auto;margin:0 -16px;padding:0 16px}
table{border-collapse:collapse;font-size:14px;min-width:100%}
th,td{text-align:left;padding:7px 10px;border-bottom:1px solid var(--line);vertical-align:top}
tr:last-child>*{border-bottom:0}
thead th{color:var(--muted);font-weight:600;font-size:12px;white-space:nowrap}
tbody th{font-weight:400;min-width:260px}
td.number,th.number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
td .badge{font-weight:600}
.picture{display:block;margin:6px 0 14px;max-width:none}
.picture .box{fill:var(--surface);stroke:var(--wire);stroke-width:1.25}
.picture .client .box{fill:var(--raised);stroke:none}
.picture .server .box{stroke-dasharray:4 3}
.picture .failing .box{fill:var(--errorGround);stroke:var(--error);stroke-width:2}
.picture .unsure .box{stroke:var(--warning);stroke-width:2;stroke-dasharray:5 3}
.picture text{font:12px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;fill:var(--text)}
.picture text.name{font-weight:650}
.picture text.bad{fill:var(--error);font-weight:650}.picture text.good{fill:var(--good)}.picture text.unknown,.picture text.leg{fill:var(--muted)}
.picture .wire{fill:none;stroke:var(--wire);stroke-width:1.4}
.picture .wire.cut{stroke:var(--error);stroke-width:2;stroke-dasharray:6 4}
.picture .halo{fill:var(--surface)}
.arrow{fill:var(--wire)}.arrow.cut{fill:var(--error)}
.defs{position:absolute;width:0;height:0}
.bar{display:block;width:100%;min-width:120px;height:12px}
.bar .track{fill:var(--raised)}.bar .part{fill:var(--accent)}.bar .part.bad{fill:var(--error)}
.note{padding:10px 14px;border-radius:8px;background:var(--warningGround);color:var(--warning)}
footer{max-width:1280px;margin:40px auto 32px;padding:0 24px;color:var(--muted);font-size:13px}
@media (max-width:640px){main,header.top>div,footer{padding-left:14px;padding-right:14px}form.filters{position:static}}
@media (prefers-reduced-motion:no-preference){.panel>summary::before{transition:transform .12s}}
@media print{
:root{${variables(COLOURS.light)}}
body{background:#fff;font-size:11pt}form.filters,.skip{display:none}.panel{break-inside:avoid;border-color:#999}.scroll{overflow:visible}.picture{max-width:100%;height:auto}
}
`;
