// The search engine's module and its index, handed to the search box that asked for them.
(() => {
  'use strict';
  /*GLUE*/
  // One character a byte; the array keeps the rest of a division by 256.
  const bytes = (text) => Uint8Array.from(text, (c) => c.charCodeAt(0));
  window.careMoteurPret(wasm_bindgen, bytes(/*WASM*/), /*DATA*/);
})();
