// Pictures and other files: framed, as a card to download, beside words, and large.

import { el } from "../dom.js";
import { icon } from "../icons.js";
import { scanButton } from "../wechat_side/wechat.js";
import { shown } from "./dialogs.js";
import { isWebAddress, textOf } from "./mrkdwn.js";

const PICTURE = /^image\/(png|jpeg|gif|webp)$/;
const KINDS = { pdf: "PDF", svg: "SVG", csv: "CSV", xlsx: "Excel", zip: "Zip", txt: "Text", png: "PNG", jpg: "JPEG" };
const KIB = 1024;
// https://developers.weixin.qq.com/doc/offiaccount/Account_Management/Generating_a_Parametric_QR_Code.html
const SHOWQRCODE = "/cgi-bin/showqrcode?ticket=";
const STEPS = { ArrowLeft: -1, ArrowRight: 1 };

/** Return the files of a message: a picture in its frame, several of them side by side, any other as a card. */
export function files(all, scene) {
  const pictures = all.filter(isPicture), others = all.filter((one) => !isPicture(one));
  return [
    pictures.length > 1 ? gallery(pictures, scene) : pictures.map((one) => framed(one, scene)),
    others.map((one) => card(one, scene)),
  ];
}

const isPicture = ({ url, mimetype }) => url && PICTURE.test(mimetype);

function framed(one, scene) {
  const { title, size, code } = one;
  return el("figure", { class: "file" },
    el("details", { class: "figure", open: true },
      el("summary", {}, title, " ", el("small", {}, `(${sizeOf(size)})`)), frame(one, scene)),
    code && scanButton(code, scene, title));
}

function gallery(all, scene) {
  return el("details", { class: "file figure", open: true },
    el("summary", {}, scene.say("files", { count: all.length })),
    el("div", { class: "tiles" }, all.map((one) => el("figure", {},
      frame(one, scene), one.code && scanButton(one.code, scene, one.title)))));
}

function frame(one, scene) {
  const { url, title, name } = one;
  return el("div", { class: "frame" },
    picture({ src: url, alt: title, title, download: name }, scene), download(one, scene));
}

function card(one, scene) {
  const ending = one.name.split(".").pop().toLowerCase();
  return el("div", { class: "file filecard" },
    el("span", { class: "kind", "data-kind": ending }, (KINDS[ending] ?? ending).slice(0, 5)),
    el("span", { class: "words" }, el("strong", {}, one.title),
      el("small", {}, one.url ? `${KINDS[ending] ?? ending} · ${sizeOf(one.size)}` : scene.say("not_kept"))),
    one.url && download(one, scene));
}

function download({ url, name }, { say }) {
  const words = `${say("download")}: ${name}`;
  return el("a", { class: "download", href: url, download: name, title: words, "aria-label": words }, icon("download"));
}

function sizeOf(bytes) {
  if (bytes < KIB) return `${bytes} B`;
  return bytes < KIB * KIB ? `${Math.round(bytes / KIB)} kB` : `${(bytes / KIB / KIB).toFixed(1)} MB`;
}

/** https://docs.slack.dev/reference/block-kit/blocks/image-block */
export function image(block, scene) {
  const src = sourceOf(block, scene), title = block.title?.text ?? block.alt_text;
  const inside = [
    picture({ src, alt: block.alt_text, title }, scene),
    block.image_url?.includes(SHOWQRCODE) && scanButton(block.image_url, scene, title),
  ];
  if (!block.title) return el("figure", {}, inside);
  return el("details", { class: "figure", open: true }, el("summary", {}, textOf(block.title, scene)), inside);
}

/** Return a picture that is shown large when it is clicked; `download` is the name it is kept under. */
function picture(facts, scene) {
  const { src, alt } = facts;
  const drawn = el("img", { src, alt, loading: "lazy", onerror: () => button.classList.add("broken") });
  const button = el("button", { type: "button", class: "picture", title: scene.say("enlarge"),
    onclick: () => enlarge(button, scene) }, drawn);
  return Object.assign(button, { facts });
}

/** Return a picture that only stands beside words. */
export function small(image, scene) {
  return el("img", { src: sourceOf(image, scene), alt: image.alt_text, title: image.alt_text, loading: "lazy" });
}

/** Return where a picture is: at an address, or among the files of the workspace. */
function sourceOf({ image_url: address, slack_file: file }, scene) {
  // WeChat's pictures come through Slack's proxy, as all do in Slack: nobody's look is a call to WeChat
  if (address?.includes(SHOWQRCODE)) return `/slack/proxy?${new URLSearchParams({ url: address })}`;
  return scene.near(address ?? file.url ?? `/slack/files/${file.id}`);
}

/** Show the picture of `button` large; the arrow keys go to the other pictures of the same list. */
function enlarge(button, { say }) {
  const all = [...button.closest("ol, [role=log], main, body").querySelectorAll(".picture")];
  const pane = el("div", { class: "frame" }), foot = el("div", { class: "foot" });
  let at = all.indexOf(button);

  function go(to) {
    at = Math.min(Math.max(to, 0), all.length - 1);
    const { src, alt, title, download: name } = all[at].facts;
    pane.replaceChildren(el("img", { src, alt }));
    foot.replaceChildren(
      el("strong", {}, title), el("small", { role: "status" }, `${at + 1} / ${all.length}`),
      el("a", { class: "act", href: isWebAddress(src) && src, download: name ?? "" },
        icon("download"), say("download")));
  }

  const step = (by, words, sign) => all.length > 1 &&
    el("button", { type: "button", class: "plain", "aria-label": say(words), onclick: () => go(at + by) }, icon(sign));
  go(at);
  return shown(el("dialog", { class: "large", "aria-label": all[at].facts.title,
    onkeydown: ({ key }) => STEPS[key] && go(at + STEPS[key]),
    onclick: ({ target, currentTarget }) => target === currentTarget && currentTarget.close() },
    el("form", { method: "dialog" }, el("button", { class: "plain", "aria-label": say("close") }, icon("close"))),
    step(-1, "before", "back"), pane, step(1, "after", "forth"), foot));
}
