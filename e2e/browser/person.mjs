// A person who uses the chat page in a browser context of their own.

import assert from 'node:assert/strict';

// patience is how long the page may take to show something, in milliseconds.
const patience = 15_000;

export class Person {
  constructor(page, errors) {
    this.page = page;
    this.errors = errors;
    this.requests = [];
  }

  // open gives a new person an empty page. options are Playwright's for a browser context.
  static async open(browser, options) {
    const context = await browser.newContext(options);
    context.setDefaultTimeout(patience);
    const page = await context.newPage();
    const person = new Person(page, []);
    page.on('pageerror', (err) => person.errors.push(err.message));
    page.on('request', (request) => person.requests.push(request.url()));
    page.on('websocket', (socket) => person.requests.push(socket.url()));
    return person;
  }

  id(testID) {
    return this.page.getByTestId(testID);
  }

  async state(name) {
    await this.page.locator(`body[data-state="${name}"]`).waitFor();
  }

  async say(text) {
    await this.id('message').fill(text);
    await this.id('message').press('Enter');
  }

  // said finds the lines with exactly this text.
  said(text) {
    return this.id('said').filter({ has: this.page.getByText(text, { exact: true }) });
  }

  // sees waits for the one line with a text, and checks whose it is. No name means the person's own.
  async sees(text, by) {
    const line = this.said(text);
    await line.first().waitFor();
    assert.equal(await line.count(), 1, `"${text}" must stand in the log once`);
    const own = await line.evaluate((e) => e.classList.contains('own'));
    assert.equal(own, by === undefined, `"${text}" stands on the wrong side`);
    if (by) assert.match(await line.locator('.by').textContent(), new RegExp(`^${by}`));
    return line;
  }

  async delivered(text) {
    const line = this.said(text).and(this.page.locator('[data-delivery=delivered]'));
    await line.waitFor();
    return line.locator('.meta').textContent();
  }

  async failed(text) {
    const line = this.said(text).and(this.page.locator('[data-delivery=failed]'));
    await line.waitFor();
    return line.locator('.meta').textContent();
  }

  async notes(text) {
    await this.id('note').getByText(text, { exact: true }).first().waitFor();
  }

  // seesTheEnd waits until the last line of the log is in view.
  async seesTheEnd() {
    await this.page.waitForFunction(() => {
      const log = document.getElementById('log');
      return log.scrollHeight - log.scrollTop - log.clientHeight < 2;
    });
    assert.ok(await this.id('newer').isHidden(), 'the end is in view, so nothing is newer');
  }

  // fits checks that the page is no wider than its window.
  async fits() {
    const [content, view] = await this.page.evaluate(() => [
      Math.max(...[...document.querySelectorAll('*')].map((e) => e.getBoundingClientRect().right)),
      document.documentElement.clientWidth,
    ]);
    assert.ok(content <= view, `the page is ${content} px wide in a window of ${view} px`);
    assert.ok(await this.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'the page scrolls sideways');
  }

  async close() {
    await this.page.context().close();
  }
}
