// People watch the notifications example in headless Chromium. It prints a line for each thing seen to
// work, and exits with status 1 at the first that does not.
//
// WPSGEN_PAGE         address of the page
// WPSGEN_SCREENSHOTS  folder for pictures
// WPS_CHROMIUM        the browser's program

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { Person } from './person.mjs';

const { WPSGEN_PAGE: home, WPSGEN_SCREENSHOTS: pictures, WPS_CHROMIUM: program } = process.env;
const wide = { viewport: { width: 1200, height: 800 } };
const phone = { viewport: { width: 360, height: 720 }, isMobile: true, hasTouch: true };
const dark = { colorScheme: 'dark' };
const enough = 16; // readings that make a picture worth taking

const people = [];
let browser;

async function main() {
  browser = await chromium.launch({
    executablePath: program,
    args: [
      '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
      '--disable-background-networking', '--disable-component-update', '--disable-sync',
    ],
  });
  try {
    const ann = await step('the page connects without a name, and readings come', opens);
    await step('every reading moves the chart', () => moves(ann));
    const bob = await step('who comes later sees what was, and the same as everybody', () => comesLater(ann));
    await step('pointer and keys go through the readings', () => looksBack(ann));
    await step('a lost connection comes back by itself', loses);
    await step('nothing moves by itself for those who want it so', calm);
    await step('all pages notice that the server is gone', () => serverGone(ann, bob));
    await step('no script failed, nothing came from elsewhere', tidy);
  } finally {
    await browser.close();
  }
}

async function step(name, run) {
  const start = performance.now();
  const result = await run();
  console.log(`ok ${name} (${Math.round(performance.now() - start)} ms)`);
  return result;
}

async function newPerson(options) {
  const person = await Person.open(browser, options);
  person.page.setDefaultTimeout(60_000);
  people.push(person);
  return person;
}

async function picture(person, name) {
  await person.page.screenshot({ path: join(pictures, `notifications-${name}.png`), animations: 'disabled', fullPage: true });
}

const curve = (person, what) => person.id(`${what}-curve`).getAttribute('d');

// points counts the readings of a curve.
const points = (d) => (d.match(/[ML]/g) ?? []).length;

// drawn waits until the temperature's curve has so many points.
async function drawn(person, n) {
  await person.page.waitForFunction((n) => {
    const d = document.querySelector('[data-testid=temperature-curve]').getAttribute('d');
    return (d?.match(/[ML]/g) ?? []).length >= n;
  }, n);
}

async function opens() {
  const ann = await newPerson(wide);
  let letGo;
  const held = new Promise((resolve) => { letGo = resolve; });
  await ann.page.route('**/negotiate', async (route) => {
    await held;
    await route.continue();
  });
  await ann.page.goto(home);
  await ann.state('connecting');
  assert.equal(await ann.id('state').textContent(), 'Connecting');
  assert.equal(await ann.id('when').textContent(), 'No reading yet');
  await ann.fits();
  await picture(ann, '1-connecting');
  letGo();
  await ann.state('connected');
  assert.equal(await ann.id('state').textContent(), 'Connected');
  await drawn(ann, 1);
  assert.match(await ann.id('when').textContent(), /^Last reading .*\d/);
  for (const what of ['temperature', 'humidity']) {
    assert.match(await ann.id(what).textContent(), /^\d{2}\.\d$/);
    assert.equal(points(await curve(ann, what)), points(await curve(ann, 'temperature')));
  }
  return ann;
}

async function moves(ann) {
  const before = { temperature: await curve(ann, 'temperature'), humidity: await curve(ann, 'humidity') };
  const when = await ann.id('when').textContent();
  await drawn(ann, points(before.temperature) + 2);
  for (const what of ['temperature', 'humidity']) {
    const now = await curve(ann, what);
    assert.notEqual(now, before[what]);
    const firstX = (d) => parseFloat(d.slice(1));
    assert.ok(firstX(now) < firstX(before[what]) - 1, `the first reading of ${what} has not moved to the left`);
  }
  assert.notEqual(await ann.id('when').textContent(), when);
  await drawn(ann, enough);
  await ann.fits();
  await picture(ann, '2-light');
}

async function comesLater(ann) {
  const bob = await newPerson({ ...phone, ...dark });
  await bob.page.goto(home);
  await bob.state('connected');
  await drawn(bob, enough);
  await bob.fits();
  await picture(bob, '3-phone-dark');
  // Both show the same readings as soon as the next one has come to both.
  const shown = async (person) => [await person.id('when').textContent(), await person.id('temperature').textContent()].join();
  for (let tries = 0; await shown(ann) !== await shown(bob); tries++) {
    assert.ok(tries < 20, 'the two pages never show the same');
    await bob.page.waitForTimeout(300);
  }
  return bob;
}

async function looksBack(ann) {
  const chart = ann.id('humidity-chart');
  const newest = await ann.id('when').textContent();
  const box = await chart.boundingBox();
  await ann.page.mouse.move(box.x + 60, box.y + 40);
  await ann.page.waitForFunction(() => document.querySelector('[data-testid=when]').textContent.startsWith('Reading of'));
  const pointed = await ann.id('when').textContent();
  assert.notEqual(pointed.replace('Reading of', 'Last reading'), newest);
  await picture(ann, '4-looking-back');
  await ann.page.mouse.move(0, 0);
  await ann.page.waitForFunction(() => document.querySelector('[data-testid=when]').textContent.startsWith('Last reading'));
  await chart.focus();
  await ann.page.keyboard.press('ArrowLeft');
  await ann.page.waitForFunction(() => document.querySelector('[data-testid=when]').textContent.startsWith('Reading of'));
  await ann.page.keyboard.press('Escape');
  await ann.page.waitForFunction(() => document.querySelector('[data-testid=when]').textContent.startsWith('Last reading'));
}

async function loses() {
  const carol = await newPerson(wide);
  const sockets = [];
  await carol.page.routeWebSocket(/\/client\//, (ws) => { sockets.push({ page: ws, server: ws.connectToServer() }); });
  await carol.page.goto(home);
  await carol.state('connected');
  await drawn(carol, enough);
  const seen = points(await curve(carol, 'temperature'));
  // Until the button is pressed: a page that comes back by itself has no button any more.
  let pressed = false;
  await carol.page.exposeFunction('pressed', () => { pressed = true; });
  await carol.id('retry').evaluate((button) => button.addEventListener('click', window.pressed, { capture: true }));
  await carol.page.route('**/negotiate', (route) => (pressed ? route.continue() : route.abort()));
  await sockets[0].page.close({ code: 3000, reason: 'cut' });
  await carol.state('lost');
  assert.equal(await carol.id('state').textContent(), 'Lost');
  await carol.id('banner').getByText(/Trying again/).waitFor();
  await picture(carol, '5-lost');
  await carol.id('retry').click();
  await carol.state('connected');
  assert.ok(await carol.id('banner').isHidden());
  await drawn(carol, seen + 1); // what came meanwhile is there, too: the curve has no gap
  assert.equal((await curve(carol, 'temperature')).match(/M/g).length, 1);
  await carol.close();
}

async function calm() {
  const dora = await newPerson({ ...wide, reducedMotion: 'reduce' });
  await dora.page.addInitScript(() => {
    window.animations = 0;
    Element.prototype.animate = () => { window.animations++; };
  });
  await dora.page.goto(home);
  await dora.state('connected');
  await drawn(dora, 1);
  await drawn(dora, points(await curve(dora, 'temperature')) + 1);
  assert.equal(await dora.page.evaluate(() => window.animations), 0);
  await dora.close();
}

async function serverGone(ann, bob) {
  console.log('ready for the server to end');
  for (const person of [ann, bob]) {
    await person.state('lost');
    await person.id('banner').getByText(/The server cannot be reached\. Trying again in \d s/).waitFor();
    assert.ok(points(await curve(person, 'temperature')) >= enough, 'the curve is gone');
    await person.fits();
  }
  await picture(bob, '6-gone-phone-dark');
}

function tidy() {
  const here = new URL(home).hostname;
  for (const person of people) {
    assert.deepEqual(person.errors, []);
    for (const url of person.requests) {
      const { protocol, hostname } = new URL(url);
      assert.ok(protocol === 'data:' || hostname === here, `the page asked for ${url}`);
    }
  }
}

await main();
