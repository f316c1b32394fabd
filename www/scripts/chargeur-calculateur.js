// The calculator's module, started where its page is. The marks are filled in by the generator.
(() => {
  'use strict';
  /*GLUE*/
  // One character a byte; the array keeps the rest of a division by 256.
  const bytes = (text) => Uint8Array.from(text, (c) => c.charCodeAt(0));
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
  wasm_bindgen({ module_or_path: bytes(/*WASM*/) });
})();
