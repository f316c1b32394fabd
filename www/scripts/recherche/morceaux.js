/* Pieces of page: texts enter it through text nodes and clones of templates, never as markup. */
const GROUPS = {
  question: "Questions",
  objectif: "Objectifs",
  echeance: "Échéances",
  guide: "Guide",
  page: "Pages",
  glossaire: "Glossaire",
  champ: "Calculateur",
};

function part(selector, root) {
  const found = root.querySelector(selector);
  if (!found) throw new Error("recherche: missing " + selector);
  return found;
}

const models = new Map();

function clone(name) {
  if (!models.has(name)) models.set(name, part('template[data-modele="' + name + '"]', document).content.firstElementChild);
  return models.get(name).cloneNode(true);
}

/* Each stretch has its node, which is written over where its text changes: the browser keeps what it knows of the
   others. Past `most` characters the text ends at a word. */
function fill(element, texts, most) {
  let left = most || Infinity;
  let node = element.firstChild;
  for (let rank = 0; rank < texts.length && left > 0; rank += 1) {
    const text = texts[rank].length > left ? beginning(texts[rank], left) : texts[rank];
    left -= texts[rank].length;
    if (!node) node = element.appendChild(rank % 2 ? clone("marque") : document.createTextNode(""));
    write(node, text);
    node = node.nextSibling;
  }
  while (node) {
    const next = node.nextSibling;
    node.remove();
    node = next;
  }
}

function write(node, text) {
  const inside = node.nodeType === Node.TEXT_NODE ? node : node.firstChild || node.appendChild(document.createTextNode(""));
  if (inside.data !== text) inside.data = text;
}

function beginning(text, most) {
  const end = text.lastIndexOf(" ", most);
  return text.slice(0, Math.max(end, 0)) + " …";
}

/* Gives a parent these children, moving those alone that are out of place. */
function arrange(parent, children) {
  children.forEach((child, at) => {
    const here = parent.children[at];
    if (here !== child) parent.insertBefore(child, here || null);
  });
  while (parent.children.length > children.length) parent.lastElementChild.remove();
}

/* Where a passage has no anchor, the browser is given its first words to look for. */
function place(hit) {
  if (hit.anchor) return "#" + encodeURIComponent(hit.anchor);
  const words = hit.group === "question" ? hit.excerpt.join("").replace(/^… /, "").split(" ").slice(0, 6) : [];
  const text = encodeURIComponent(words.join(" ")).replace(/-/g, "%2D");
  return text ? "#:~:text=" + text : "";
}

function pageOf(form, url) {
  /* On a disk no server adds `index.html` to the address of a folder. */
  const folder = location.protocol === "file:" && (url === "" || url.endsWith("/"));
  return form.dataset.racine + url + (folder ? "index.html" : "");
}

function addressOf(form, hit) {
  return pageOf(form, hit.url) + place(hit);
}

function label(hit) {
  return hit.group === "question" ? "Question\u00a0" + hit.id : GROUPS[hit.group] || "";
}

function counted(number) {
  return number + "\u00a0résultat" + (number > 1 ? "s" : "");
}

function verdict(answer) {
  return answer.weak ? "Rien ne correspond exactement. Au plus proche\u00a0:" : counted(answer.lines.length);
}

function fragment(query, filters) {
  const state = new URLSearchParams(Object.assign(query ? { q: query } : {}, filters)).toString();
  return state ? "#" + state : "";
}
