// The search engine's module and its index, handed to the search box that asked for them.
(() => {
  'use strict';
  /*GLUE*/
  const bytes = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  window.careMoteurPret(wasm_bindgen, bytes('/*WASM*/'), bytes('/*DATA*/'));
})();
