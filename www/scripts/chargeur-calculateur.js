// The calculator's module, started where its page is, and its second part once it is asked for. The marks are filled
// in by the generator.
(() => {
  'use strict';
  /*GLUE*/
  // One character a byte; the array keeps the rest of a division by 256. A loop: `from` would call a function a byte.
  const bytes = (text) => {
    const array = new Uint8Array(text.length);
    for (let at = 0; at < text.length; at += 1) array[at] = text.charCodeAt(at);
    return array;
  };
  const fenetre = () => window;
  // Deflates (`sens`), or inflates to at most 4 MB, the dossier of a link; null where it cannot be done.
  const presser = (octets, sens, rappel) => {
    const travail = async () => {
      const filtre = sens ? new CompressionStream('deflate-raw') : new DecompressionStream('deflate-raw');
      const lecteur = new Blob([octets]).stream().pipeThrough(filtre).getReader();
      const morceaux = [];
      let taille = 0;
      for (let lu = await lecteur.read(); !lu.done; lu = await lecteur.read()) {
        taille += lu.value.length;
        if (taille > 4e6) throw new RangeError();
        morceaux.push(lu.value);
      }
      return new Uint8Array(await new Blob(morceaux).arrayBuffer());
    };
    travail().catch(() => null).then(rappel);
  };
  const premiere = wasm_bindgen({ module_or_path: bytes(/*WASM*/) });
  // The second part: inside the calculator in one file, else in a script of its own, which gives it to `careSuite`.
  const dedans = /*SUITE*/;
  let regle;
  const adresse = (suite) => {
    if (!window.trustedTypes) return suite;
    regle ||= window.trustedTypes.createPolicy('care-calculateur', {
      createScriptURL: (candidate) => {
        if (candidate !== suite) throw new TypeError('calculateur: unknown script');
        return candidate;
      },
    });
    return regle.createScriptURL(suite);
  };
  const chercher = () => new Promise((venue, perdue) => {
    const { suite, suiteIntegrite } = document.querySelector('[data-module=calculateur]').dataset;
    window.careSuite = venue;
    const script = document.createElement('script');
    // A browser refuses `integrity` on files of a disk.
    if (location.protocol !== 'file:') script.integrity = suiteIntegrite;
    script.src = adresse(suite);
    script.addEventListener('error', perdue);
    document.head.append(script);
  });
  const charger = (rappel) => {
    const joindre = ([m, texte]) => WebAssembly.instantiate(bytes(texte), { m });
    Promise.all([premiere, dedans || chercher()]).then(joindre).then(() => rappel(true), () => rappel(false));
  };
  // Each time a section of the second part comes within half a screen of what is seen, or is to be printed.
  const guetter = (rappel) => {
    const proche = (entrees) => entrees.some((entree) => entree.isIntersecting) && rappel();
    const vigie = new IntersectionObserver(proche, { rootMargin: '50% 0px' });
    document.querySelectorAll('[data-approche]').forEach((section) => vigie.observe(section));
    window.addEventListener('beforeprint', rappel);
  };
})();
