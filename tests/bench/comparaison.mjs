// What a ready-made engine makes of the same questions and the same graded queries: MiniSearch with folded accents,
// prefixes, edits, no empty words, titles and keywords twice as heavy.
//
//     npm install --prefix /tmp/minisearch minisearch@7.2.0
//     node tests/bench/comparaison.mjs /tmp/minisearch
//
// Prints nDCG@10 (gains 3 and 1) by kind and batch of `search/tests/requetes.json`.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const EMPTY = "a au aux ce ces d dans de des du en est et il l la le les n ne on ou par pas pour qu que qui s se sur un une";
const empty = new Set(EMPTY.split(" "));
const fold = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/œ/g, "oe").toLowerCase();
const words = (text) => fold(text).split(/[^a-z0-9.]+/).map((word) => word.replace(/^\.+|\.+$/g, "")).filter(Boolean);

function question(file) {
  const [, front, body] = readFileSync(file, "utf8").split(/^\+\+\+$/m);
  const field = (name) => front.match(new RegExp(`^${name} = (.*)$`, "m"))?.[1] ?? "";
  return { id: JSON.parse(field("numero")), titre: field("titre"), mots: field("mots_cles"), courte: field("reponse_courte"), body };
}

const GAIN = { 1: 1, 2: 3 };
const discounted = (gains) => gains.slice(0, 10).reduce((sum, gain, rank) => sum + gain / Math.log2(rank + 2), 0);

function ndcg(found, relevant) {
  const ideal = Object.values(relevant).map((grade) => GAIN[grade]).sort((a, b) => b - a);
  return discounted(found.map((id) => GAIN[relevant[id]] ?? 0)) / discounted(ideal);
}

const { default: MiniSearch } = await import(join(process.argv[2], "node_modules/minisearch/dist/es/index.js"));
const engine = new MiniSearch({
  fields: ["titre", "mots", "courte", "body"],
  tokenize: words,
  processTerm: (term) => (empty.has(term) ? null : term),
  searchOptions: { prefix: (term) => term.length > 2, fuzzy: (term) => (term.length > 4 ? 0.2 : 0), boost: { titre: 2, mots: 2 } },
});
for (const folder of readdirSync("content/faq")) {
  const files = readdirSync(join("content/faq", folder)).filter((file) => file.endsWith(".md"));
  engine.addAll(files.map((file) => question(join("content/faq", folder, file))));
}

const scores = new Map();
for (const { q, kind, lot, relevant } of JSON.parse(readFileSync("search/tests/requetes.json", "utf8"))) {
  const name = kind === "paraphrase" ? `paraphrase ${lot ?? "first"}` : "realistic";
  const found = engine.search(q).map(({ id }) => id);
  scores.set(name, [...(scores.get(name) ?? []), ndcg(found, relevant)]);
}
for (const [name, all] of [...scores].sort()) {
  const mean = all.reduce((sum, score) => sum + score, 0) / all.length;
  console.log(name.padEnd(20), String(all.length).padStart(4), mean.toFixed(3));
}
