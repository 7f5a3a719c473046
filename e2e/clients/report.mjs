// What the client scripts share: they print one JSON line for each thing seen, and may ask the test
// that runs them to do something, which answers with a line on standard input.

import { once } from "node:events";
import { createInterface } from "node:readline";

const answers = createInterface({ input: process.stdin });

/** Prints what was seen at a step. */
export function report(step, seen) {
  console.log(JSON.stringify({ step, seen }));
}

/** Asks the test to do something and waits until it has. */
export async function ask(what) {
  const answer = once(answers, "line");
  console.log(JSON.stringify({ ask: what }));
  await answer;
}

/** Ends the script, without the time that timers of stopped clients would take. */
export function done() {
  process.exit(0);
}

/** A list that can be waited for. */
export class Inbox {
  #items = [];
  #wanted = 0;
  #wake = () => {};

  put(item) {
    this.#items.push(item);
    if (this.#items.length >= this.#wanted) this.#wake();
  }

  get all() {
    return [...this.#items];
  }

  /** Waits for so many items and returns and forgets them. */
  async take(count = 1) {
    while (this.#items.length < count) {
      this.#wanted = count;
      await new Promise((resolve) => (this.#wake = resolve));
    }
    return this.#items.splice(0, count);
  }
}

/** The name of the error an operation is refused with, as the service gave it. */
export async function refusal(operation) {
  try {
    await operation;
    return "accepted";
  } catch (error) {
    return error.errorDetail?.name ?? String(error);
  }
}
