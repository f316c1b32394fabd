/* The engine: asked for at first focus, then what it answers. */
function makeEngine(form, whenReady, whenFailed) {
  let engine = null;
  let asked = false;

  function trusted(address) {
    if (!window.trustedTypes) return address;
    const policy = window.trustedTypes.createPolicy("care-recherche", {
      createScriptURL: (candidate) => {
        if (candidate !== form.dataset.moteur) throw new TypeError("recherche: unknown script");
        return candidate;
      },
    });
    return policy.createScriptURL(address);
  }

  function load() {
    if (asked) return;
    asked = true;
    const script = document.createElement("script");
    /* A browser refuses `integrity` on files of a disk. */
    if (form.dataset.moteurIntegrite && location.protocol !== "file:") {
      script.integrity = form.dataset.moteurIntegrite;
    }
    script.src = trusted(form.dataset.moteur);
    script.addEventListener("error", whenFailed);
    document.head.append(script);
  }

  window.careMoteurPret = (open, data, wasm) => {
    open(data, wasm)
      .then((ready) => {
        engine = ready;
        form.dataset.moteurPret = "oui";
        whenReady();
      })
      .catch(whenFailed);
  };

  /* The answers as lines, best first; without marks and passages, in half the time. A line is read only where it is shown and
     is not shown already. */
  function search(query, limit, passages, filters) {
    const of = (name) => (filters && filters[name]) || "";
    const demand = [limit, passages ? "1" : "", of("objectif"), of("public"), of("section"), query];
    const [weak, ...lines] = engine(demand.join("\n")).split("\n");
    return { weak: weak === "1", lines };
  }

  return { load, search, isReady: () => engine !== null };
}

/* Groups in the order of their best answer; within a group, best first. */
function grouped(lines) {
  const groups = new Map();
  lines.forEach((line) => {
    const name = line.slice(0, line.indexOf("\t"));
    if (!groups.has(name)) groups.set(name, []);
    groups.get(name).push(line);
  });
  return groups;
}

/* One answer. Its texts are stretches in turn plain and marked, the first one plain. */
function readHit(line) {
  const [group, id, url, anchor, title, excerpt = ""] = line.split("\t");
  return { group, id, url, anchor, title: stretches(title), excerpt: stretches(excerpt) };
}

/* Texts travel with plain spaces and straight apostrophes: French signs are set here, as on the pages. */
function stretches(text) {
  return text
    .replace(/'/g, "\u2019")
    .replace(/ (?=[;!?])/g, "\u202f")
    .replace(/ (?=[:»%])/g, "\u00a0")
    .replace(/« /g, "«\u00a0")
    .split("\u0001");
}
