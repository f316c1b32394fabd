// The search engine's module and its index, handed to the search box that asked for them.
(() => {
  'use strict';
  /*GLUE*/
  // One character a byte; the array keeps the rest of a division by 256. A loop: `from` would call a function a byte.
  const bytes = (text) => {
    const array = new Uint8Array(text.length);
    for (let at = 0; at < text.length; at += 1) array[at] = text.charCodeAt(at);
    return array;
  };
  window.careMoteurPret(wasm_bindgen, bytes(/*WASM*/), /*DATA*/);
})();
