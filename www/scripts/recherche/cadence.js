/* When work is done, so that a press of a key holds nothing up: what it asks for once, in the next frame, however many
   presses come before it; the rest after a pause in typing, a step a task, called off by the next press. */
function makeRhythm() {
  let due = null;
  let later = [];
  let timer = 0;

  function runDue() {
    const work = due;
    due = null;
    if (work) work();
  }

  function runStep() {
    const step = later.shift();
    if (step) step();
    if (later.length) timer = setTimeout(runStep, 0);
  }

  return {
    inNextFrame(work) {
      if (!due) requestAnimationFrame(runDue);
      due = work;
    },
    afterwards(steps, pause) {
      clearTimeout(timer);
      later = steps;
      timer = setTimeout(runStep, pause);
    },
    /* All at once, before a key that acts on what is shown. */
    settle() {
      runDue();
      while (later.length) later.shift()();
    },
    forget() {
      due = null;
      later = [];
    },
  };
}
