// Elements, built and never parsed: what people and bots say only ever becomes text.

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

/**
 * Show `items` in `parent`, in order, and draw again only those that changed: what is focused,
 * opened or scrolled in the others stays as it is.
 */
export function keep(parent, items, { key, draw, like = JSON.stringify }) {
  const known = parent.kept ?? new Map();
  const kept = new Map();
  let focus = () => {};
  for (const item of items) {
    const id = key(item), looks = like(item), old = known.get(id);
    kept.set(id, old?.looks === looks ? old : { looks, node: draw(item) });
    if (old && old.looks !== looks && old.node.contains(document.activeElement)) {
      focus = refocus(document.activeElement, kept.get(id).node);
    }
  }
  const nodes = [...kept.values()].map((one) => one.node);
  for (const child of [...parent.childNodes]) if (!nodes.includes(child)) child.remove();
  nodes.forEach((node, at) => parent.childNodes[at] === node || parent.insertBefore(node, parent.childNodes[at] ?? null));
  parent.kept = kept;
  focus();
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
