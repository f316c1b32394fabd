// The calculator's module, started where its page is. The marks are filled in by the generator.
(() => {
  'use strict';
  /*GLUE*/
  const bytes = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  wasm_bindgen({ module_or_path: bytes('/*WASM*/') });
})();
