/* What the search engine itself costs, hot, in Node: `node tests/bench/moteur.mjs DIST [STEP]`.

   The script that carries engine and index, opened 25 times; then every letter of every STEPth graded query (90), asked as
   the box asks while a hand types, the best of seven rounds each, and the dearest of them. */
import { readFileSync, readdirSync } from "node:fs";

const [dist, step = "90"] = process.argv.slice(2);
const name = readdirSync(`${dist}/assets`).find((file) => /^moteur\..*\.js$/.test(file));
const script = readFileSync(`${dist}/assets/${name}`, "utf8");
const queries = JSON.parse(readFileSync(new URL("../../search/tests/requetes.json", import.meta.url)));

const page = {};
new Function("window", script)(
  Object.defineProperty(page, "careMoteurPret", { value: (...sent) => (page.sent = sent) }),
);
const [open, index, module] = page.sent;

const sorted = (times) => Array.from(times).sort((a, b) => a - b);
const openings = [];
let engine = null;
for (let round = 0; round < 25; round += 1) {
  const start = performance.now();
  engine = await open(index, module);
  openings.push(performance.now() - start);
}
const [best, middle] = [0, 12].map((rank) => sorted(openings)[rank].toFixed(1));
console.log(`opened 25 times: best ${best} ms, median ${middle} ms`);

const presses = queries
  .filter((_, rank) => rank % Number(step) === 0)
  .flatMap(({ q }) => Array.from(q, (_, end) => q.slice(0, end + 1).trim()));
const times = presses.map(() => Infinity);
for (let round = 0; round < 7; round += 1) {
  presses.forEach((text, rank) => {
    const start = performance.now();
    engine(`8\n\n\n\n\n${text}`);
    times[rank] = Math.min(times[rank], (performance.now() - start) * 1000);
  });
}
const at = (share) => sorted(times)[Math.floor((times.length - 1) * share)].toFixed(0);
console.log(`${presses.length} presses: median ${at(0.5)} µs, p95 ${at(0.95)} µs, most ${at(1)} µs`);
const dearest = presses.map((text, rank) => [times[rank], text]).sort(([a], [b]) => b - a);
for (const [time, text] of dearest.slice(0, 8)) console.log(`  ${time.toFixed(0)} µs  ${text}`);
