// What was said in each channel as one person knows it, and how far she has read there.

const LEAF = 40;
const NO_REPLIES = Object.freeze([]);
const NO_NEWS = { isUnread: false, mentions: 0 };

/** The messages of a channel by their ts, in the order of time, and which of them stand in threads. */
export class Conversation {
  #known;
  #sorted = null;
  #threads = null;
  // where each message stands, counted from the oldest of the first ones: it never changes
  #numbers;
  #first = 0;
  #last;

  constructor(messages, total = null) {
    this.#known = new Map(messages.map((one) => [one.ts, one]));
    this.#numbers = new Map(messages.map((one, at) => [one.ts, at]));
    this.#last = messages.length - 1;
    this.hasMore = total !== null && total > messages.length;
  }

  put(message) {
    // a change of what is not loaded yet comes with it when it is: alone it would tear a hole
    if (this.hasMore && !this.#known.has(message.ts) && message.ts < this.oldest) return;
    if (!this.#numbers.has(message.ts)) this.#numbers.set(message.ts, (this.#last += 1));
    this.#known.set(message.ts, message);
    this.#changed();
  }

  drop(ts) {
    if (!this.#known.has(ts)) return;
    this.#known.delete(ts);
    this.#changed();
  }

  /**
   * Return what is told anew of the channel, its newest messages: what has not changed stays as it was drawn. Where
   * there may be a gap between these and the known ones, it begins afresh.
   */
  renewed(messages, total) {
    const isAll = total <= messages.length, from = isAll ? "" : messages[0].ts;
    if (!isAll && from > this.latest) return new Conversation(messages, total);
    const told = new Set(messages.map((one) => one.ts));
    for (const { ts } of this.all) if (ts >= from && !told.has(ts)) this.drop(ts);
    this.hasMore = total > this.#known.size;
    for (const one of messages) if (!isAlike(this.find(one.ts), one)) this.put(one);
    return this;
  }

  /** Take in what came before the oldest known one. */
  putOlder({ messages, more }) {
    this.#first -= messages.length;
    for (const [at, one] of messages.entries()) {
      this.#known.set(one.ts, one);
      this.#numbers.set(one.ts, this.#first + at);
    }
    this.hasMore = more;
    this.#changed();
  }

  /** Return the number of the leaf on which a message stands; what is deleted leaves its place empty. */
  leaf(ts) {
    return Math.floor((this.#numbers.get(ts) ?? this.#first) / LEAF);
  }

  find(ts) {
    return this.#known.get(ts);
  }

  get all() {
    this.#sorted ??= [...this.#known.values()].sort((one, other) => (one.ts < other.ts ? -1 : 1));
    return this.#sorted;
  }

  get size() {
    return this.#known.size;
  }

  get oldest() {
    return this.all[0]?.ts ?? "";
  }

  get latest() {
    return this.all.at(-1)?.ts ?? "";
  }

  /** Return what stands in the channel itself; a deleted message whose thread lives on leaves a mark there. */
  get roots() {
    const gone = this.hasMore ? [] : [...this.#replies().keys()].filter((ts) => !this.#known.has(ts));
    const roots = this.all.filter((one) => !isReply(one));
    if (!gone.length) return roots;
    const marks = gone.map((ts) => ({ ts, is_gone: true, blocks: [], files: [], text: "" }));
    return [...roots, ...marks].sort((one, other) => (one.ts < other.ts ? -1 : 1));
  }

  /** Return the replies in a thread, oldest first; the same list as long as nothing changed in it. */
  replies(ts) {
    return this.#replies().get(ts) ?? NO_REPLIES;
  }

  #replies() {
    this.#threads ??= Map.groupBy(this.all.filter(isReply), (one) => one.thread_ts);
    return this.#threads;
  }

  #changed() {
    this.#sorted = this.#threads = null;
  }
}

const isAlike = (one, other) => JSON.stringify(one) === JSON.stringify(other);
const isReply = (message) => Boolean(message.thread_ts) && message.thread_ts !== message.ts;

/** What has been read since the page was opened; before that, everything had been. */
export class Reading {
  #upTo = new Map();
  #since;

  /** Remember that `person` has seen the conversation to its end. */
  see(person, channel, conversation) {
    const key = `${person}/${channel}`;
    if (conversation.latest > this.upTo(person, channel)) this.#upTo.set(key, conversation.latest);
  }

  /** Let everything until now, the sandbox's time, be read. */
  begin(now) {
    this.#since ??= now.toFixed(6);
  }

  upTo(person, channel) {
    return this.#upTo.get(`${person}/${channel}`) ?? this.#since ?? "";
  }

  /** Return whether something new is in the channel, and how many times it calls for the person herself. */
  news({ id, name }, channel, conversation) {
    const from = this.upTo(name, channel.id);
    if (conversation.latest <= from) return NO_NEWS;
    const fresh = conversation.all.filter((one) => one.ts > from && one.user !== id)
      // a reply makes a channel bold only for whom it calls: the others find it in its thread
      .filter((one) => !isReply(one) || channel.kind === "im" || callsFor(one, id));
    const calls = channel.kind === "im" ? fresh : fresh.filter((one) => callsFor(one, id));
    return { isUnread: fresh.length > 0, mentions: calls.length };
  }
}

const callsFor = ({ text, blocks }, id) => text.includes(`<@${id}`) || JSON.stringify(blocks).includes(`<@${id}`);
