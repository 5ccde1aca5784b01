// The control interface of the sandbox: bot/sandbox/control.py.

const deeds = new EventTarget();

/** Return what is to be seen at `path`. */
export async function look(path, query = {}) {
  return answered(`${path}?${new URLSearchParams(query)}`);
}

/** Call `begun` whenever something is about to be done. */
export function onDeed(begun) {
  deeds.addEventListener("deed", begun);
}

/** Do something and return what came of it. */
export async function act(path, wish, method = "POST") {
  deeds.dispatchEvent(new Event("deed"));
  return answered(path, { method, body: JSON.stringify(wish) });
}

/** Nothing answers: what the browser says of that is no sentence for a person. */
export class Gone extends Error {}

async function answered(path, request) {
  const response = await fetch(`/sandbox/${path}`, request).catch((error) => {
    throw new Gone(error.message, { cause: error });
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error);
  return answer;
}

/**
 * Call `change` with everything that happens as `person` sees it, `open` each time the connection is made
 * (what happened before that is not told), and `lost` when it breaks. Return a function that ends it.
 */
export function watch(person, { open, change, lost }) {
  let changes = null;
  const listen = () => {
    changes = new EventSource(`/sandbox/changes?${new URLSearchParams({ person })}`);
    changes.addEventListener("open", open);
    changes.addEventListener("message", ({ data }) => change(JSON.parse(data)));
    changes.addEventListener("error", lost);
  };
  // a browser makes six connections to a host at most: a page that nobody looks at leaves its own to the others,
  // https://developer.mozilla.org/docs/Web/API/EventSource
  const turn = () => {
    changes?.close();
    if (!document.hidden) listen();
  };
  document.addEventListener("visibilitychange", turn);
  turn();
  return () => {
    document.removeEventListener("visibilitychange", turn);
    changes?.close();
  };
}

/** Return a function that does `work`, once more if it was asked for meanwhile, and never twice at a time. */
export function coalesced(work) {
  let running = null, again = false;
  const rounds = async () => {
    do {
      again = false;
      await work();
    } while (again);
  };
  return () => {
    again = true;
    running ??= rounds().finally(() => (running = null));
    return running;
  };
}

/** Return a function that does `work` once before the next picture is painted, however often it is asked to. */
export function beforePaint(work) {
  let isDue = false;
  const later = (run) => (document.hidden ? setTimeout(run) : requestAnimationFrame(run));
  return () => {
    if (isDue) return;
    isDue = true;
    later(() => {
      isDue = false;
      work();
    });
  };
}
