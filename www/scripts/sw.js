/* The offline copy: one cache a build, taken whole or not at all, each file checked against its hash. Nothing here
   runs before somebody asks for the copy on the page hors-ligne/. The mark is filled in by the generator. */
(() => {
  "use strict";

  /* version: of the build. fichiers: address from the root → integrity; the address of a page is its folder. */
  const COPIE = /*COPIE*/;
  const root = self.registration.scope;
  /* Two sites of one server do not touch each other's copies. */
  const prefix = "care " + root + " ";
  const name = prefix + COPIE.version;
  const known = (address) => Object.prototype.hasOwnProperty.call(COPIE.fichiers, address);

  async function take(cache, address) {
    /* A file of another build, or a page that a proxy changed, fails its hash, and with it the whole copy. */
    const answer = await fetch(root + address, {
      cache: "no-cache",
      integrity: COPIE.fichiers[address],
      redirect: "error",
    });
    if (answer.status !== 200) throw new Error(address + ": " + answer.status);
    await cache.put(root + address, answer);
  }

  async function install() {
    const cache = await caches.open(name);
    const left = Object.keys(COPIE.fichiers);
    const some = async () => {
      while (left.length) await take(cache, left.pop());
    };
    try {
      await Promise.all([some(), some(), some(), some(), some(), some()]);
    } catch (error) {
      left.length = 0;
      await caches.delete(name);
      throw error;
    }
  }

  /* The pages of the last build are closed by now: its copy can go. */
  async function forgetOthers() {
    const names = await caches.keys();
    const others = names.filter((other) => other.startsWith(prefix) && other !== name);
    await Promise.all(others.map((other) => caches.delete(other)));
  }

  async function answer(request, address) {
    if (!known(address) && known(address + "/")) return Response.redirect(root + address + "/", 301);
    const kept = known(address) && (await caches.match(root + address, { cacheName: name, ignoreVary: true }));
    return kept || fetch(request);
  }

  self.addEventListener("install", (event) => event.waitUntil(install()));
  /* Asked by the page where the copy was removed while this worker was at work: nothing then installs it again. */
  self.addEventListener("message", (event) => {
    if (event.data !== "copier") return;
    const tell = (done) => event.ports[0].postMessage(done);
    event.waitUntil(install().then(() => tell(true), () => tell(false)));
  });
  self.addEventListener("activate", (event) => event.waitUntil(forgetOthers()));
  self.addEventListener("fetch", (event) => {
    const asked = event.request.url.split(/[?#]/)[0];
    if (event.request.method !== "GET" || !asked.startsWith(root)) return;
    const address = asked.slice(root.length).replace(/(^|\/)index\.html$/, "$1");
    event.respondWith(answer(event.request, address));
  });
})();
