// The calculator's module, started where its page is. The marks are filled in by the generator.
(() => {
  'use strict';
  /*GLUE*/
  // One character a byte; the array keeps the rest of a division by 256.
  const bytes = (text) => Uint8Array.from(text, (c) => c.charCodeAt(0));
  wasm_bindgen({ module_or_path: bytes(/*WASM*/) });
})();
