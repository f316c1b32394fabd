const heads = new Map();

/* Without a passage an answer is the same line each time: read once. */
function readHead(line) {
  if (!heads.has(line)) heads.set(line, readHit(line));
  return heads.get(line);
}

/* A row of answers: made once, and only what an answer changes is written anew. A press of a key gives its title, the rest
   after it marks and passage; until then a row that changes its page shows none, and one that keeps it is left alone. */
function makeRow(root, { title, excerpt, most, tellHead }) {
  let told = "";

  function tellWhole(line) {
    if (line === told) return;
    told = line;
    row.hit = readHit(line);
    tellHead(row.hit);
    fill(title, row.hit.title);
    fill(excerpt, row.hit.excerpt, most);
    excerpt.hidden = row.hit.excerpt.join("") === "";
  }

  function tellTitle(line) {
    const hit = readHead(line);
    if (row.hit && row.hit.id === hit.id && row.hit.url === hit.url) return;
    told = line;
    row.hit = hit;
    tellHead(hit);
    fill(title, hit.title);
    fill(excerpt, [""]);
  }

  const row = { root, tell: (line, whole) => (whole ? tellWhole : tellTitle)(line), hit: null };
  return row;
}
