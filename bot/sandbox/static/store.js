// What the page knows of the sandbox: the state to begin with, then every change as the one stream tells it.

import { coalesced, look, watch } from "./api.js";
import { Conversation } from "./shell/conversation.js";

/** How many messages of a channel are asked for at a time. */
export const PORTION = 200;
const MESSAGES = { message: "put", message_changed: "put", message_deleted: "drop" };
// what tells that a part is to be asked for anew
const STALE = new Set(["view", "channel", "clock"]);

/** The workspace with the eyes of one person; `told` has `changed()`, `hint(event)` and `lost(error)`. */
export class Store {
  #told;
  #early = null; // what the stream told before the state came
  #end = () => {};
  #arrived = () => {};
  #asked = new Set();

  constructor(person, told) {
    this.person = person;
    this.state = null;
    this.conversations = new Map();
    this.#told = told;
    this.refresh = coalesced(() => this.#refresh().catch(told.lost));
  }

  /** Begin to listen, and wait for the state; each time the connection is made, everything is asked for anew. */
  open() {
    const { promise, resolve } = Promise.withResolvers();
    this.#arrived = resolve;
    this.#end = watch(this.person, {
      open: () => this.#begin().then(resolve, this.#told.lost),
      change: (change) => (this.#early ? this.#early.push(change) : this.#hear(change)),
      lost: () => this.#told.lost(),
    });
    return promise;
  }

  close() {
    this.#arrived();
    this.#end();
    this.#told = { changed() {}, hint() {}, lost() {} };
  }

  /** Return the moment it is in the sandbox, whose clock can be moved. */
  get now() {
    return Date.now() / 1000 + this.ahead;
  }

  /** Ask for what came before the oldest message known; return whether anything did. Not twice at a time. */
  async older(channel) {
    const known = this.conversations.get(channel);
    if (this.#asked.has(known)) return false;
    this.#asked.add(known);
    const query = { person: this.person, channel, before: known.oldest, last: PORTION };
    try {
      known.putOlder(await look("messages", query));
    } catch (error) {
      this.#told.lost(error);
    }
    return this.#asked.delete(known);
  }

  async #begin() {
    const early = (this.#early = []);
    // as much as is known already, so that nothing of it that changed meanwhile stays as it was
    const known = Math.max(PORTION, ...[...this.conversations.values()].map((one) => one.size));
    const state = await look("state", { person: this.person, messages: known });
    // the connection was made anew meanwhile, and everything is asked for again
    if (this.#early !== early) return;
    this.#take(state);
    this.conversations = new Map(state.channels.map(({ id, messages, total }) => (
      [id, this.conversations.get(id)?.renewed(messages, total) ?? new Conversation(messages, total)])));
    this.#early = null;
    for (const change of early) this.#hear(change);
    this.#told.changed();
  }

  /** Ask for everything but messages; a channel that was not there before comes with its messages. */
  async #refresh() {
    const state = await look("state", { person: this.person, messages: 0 });
    if (state.channels.some((one) => !this.conversations.has(one.id))) return this.#begin();
    this.#take(state);
    this.#told.changed();
  }

  #take(state) {
    this.ahead = state.now - Date.now() / 1000;
    this.state = { ...state, channels: state.channels.map(({ messages, ...one }) => one) };
  }

  #hear(change) {
    const how = MESSAGES[change.type];
    if (how) this.conversations.get(change.channel)?.[how](how === "drop" ? change.message.ts : change.message);
    if (STALE.has(change.type)) this.refresh();
    if (how) this.#told.changed(change);
    else this.#told.hint(change);
  }
}
