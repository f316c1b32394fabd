// Reloads this page when a later build than its own is done. Served by `sitegen serve` alone.
const { search } = new URL(document.currentScript.src);
addEventListener('load', () => {
  const wait = () => {
    const picture = new Image();
    picture.onload = () => location.reload();
    // The server has gone: perhaps it comes back.
    picture.onerror = () => setTimeout(wait, 1000);
    picture.src = '/__serve/attente' + search;
  };
  wait();
});
