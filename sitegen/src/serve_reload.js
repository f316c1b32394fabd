// Reloads this page when the next build is done. Served by `sitegen serve` alone.
addEventListener('load', () => {
  const wait = () => {
    const picture = new Image();
    picture.onload = () => location.reload();
    // The server has gone: perhaps it comes back.
    picture.onerror = () => setTimeout(wait, 1000);
    picture.src = '/__serve/attente?version=/*VERSION*/';
  };
  wait();
});
