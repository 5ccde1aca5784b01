// Elements, built and never parsed: what people and bots say only ever becomes text.

const SVG = "http://www.w3.org/2000/svg";

/** Return an element; `on…` properties are listeners, `class`, `aria-…` and the like attributes. */
export function el(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) put(made, name, value);
  made.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

function put(element, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
  else if (name in element && typeof value !== "string") element[name] = value;
  else element.setAttribute(name, value === true ? "" : value);
}

/** Return an element of a drawing. */
export function shape(tag, attributes = {}, ...children) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== null) made.setAttribute(name, value);
  made.append(...children.flat(Infinity).filter(Boolean));
  return made;
}

/**
 * Show `items` in `parent`, in order, and draw again only those that changed: what is focused,
 * opened or scrolled in the others stays as it is. `like` returns what an item's looks depend on:
 * one value, or a list of them.
 */
export function keep(parent, items, { key, draw, like = JSON.stringify }) {
  const known = parent.kept ?? new Map(), kept = new Map();
  let focus = () => {};
  for (const item of items) {
    const id = key(item), looks = [like(item)].flat(), old = known.get(id);
    const one = old && isSame(old.looks, looks) ? old : { looks, node: draw(item) };
    kept.set(id, one);
    const lost = document.activeElement;
    if (old && old !== one && old.node.contains(lost)) focus = refocus(lost, one.node);
  }
  arrange(parent, [...kept.values()].map((one) => one.node));
  parent.kept = kept;
  focus();
}

const isSame = (some, others) => some.length === others.length && some.every((one, at) => one === others[at]);

/** Let `nodes` be what is in `parent`, and move no more than must move. */
function arrange(parent, nodes) {
  const wanted = new Set(nodes);
  for (const child of [...parent.childNodes]) if (!wanted.has(child)) child.remove();
  let here = parent.firstChild;
  for (const node of nodes) {
    if (node === here) here = here.nextSibling;
    else parent.insertBefore(node, here);
  }
}

/** Return a function that gives the focus `lost` had to what is called the same in `node`. */
function refocus(lost, node) {
  const nameOf = (one) => one.getAttribute("aria-label") ?? one.textContent;
  const heir = [node, ...node.querySelectorAll(lost.tagName)].find((one) => nameOf(one) === nameOf(lost));
  return () => heir?.focus({ preventScroll: true });
}

/** Let go of what `keep` knows, so that everything is drawn again. */
export function forget(parent) {
  parent.kept = undefined;
}
