// The search engine's module and its index, handed to the search box that asked for them.
(() => {
  'use strict';
  // One character a byte; the array keeps the rest of a division by 256. A loop: `from` would call a function a byte.
  const bytes = (text) => {
    const array = new Uint8Array(text.length);
    for (let at = 0; at < text.length; at += 1) array[at] = text.charCodeAt(at);
    return array;
  };
  // The doors of the module: texts pass as UTF-8, by their place in its memory and their length. Asking for memory may
  // move it, so it is looked at afterwards.
  const open = async (index, wasm) => {
    const { memory, take, give, open, search } = (await WebAssembly.instantiate(wasm)).instance.exports;
    const [encoder, decoder] = [new TextEncoder(), new TextDecoder()];
    const inside = (place, length) => new Uint8Array(memory.buffer, place, length);
    const pass = (text) => {
      const sent = encoder.encode(text);
      const place = take(sent.length, 1);
      inside(place, sent.length).set(sent);
      return [place, sent.length];
    };
    const engine = open(...pass(index));
    return (demand) => {
      const [place, length] = search(engine, ...pass(demand));
      const told = decoder.decode(inside(place, length));
      give(place, length, 1);
      return told;
    };
  };
  window.careMoteurPret(open, /*DATA*/, bytes(/*WASM*/));
})();
