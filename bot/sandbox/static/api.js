// The control interface of the sandbox: bot/sandbox/control.py.

/** Return what is to be seen at `path`. */
export async function look(path, query = {}) {
  return answered(await fetch(`/sandbox/${path}?${new URLSearchParams(query)}`));
}

/** Do something and return what came of it. */
export async function act(path, wish, method = "POST") {
  return answered(await fetch(`/sandbox/${path}`, { method, body: JSON.stringify(wish) }));
}

async function answered(response) {
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error);
  return answer;
}

/** Call `onChange` whenever something happened, and after every time the connection is made anew. */
export function watch(onChange, onLost) {
  const changes = new EventSource("/sandbox/changes");
  changes.addEventListener("open", onChange);
  changes.addEventListener("message", onChange);
  changes.addEventListener("error", onLost);
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
