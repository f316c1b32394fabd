// The second part of the calculator's module, handed to the loader that asked for it.
window.careSuite(/*WASM*/);
