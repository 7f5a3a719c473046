// Several people use the chat example in headless Chromium. It prints a line for each thing seen to
// work, and exits with status 1 at the first that does not.
//
// WPSGEN_PAGE         address of the page
// WPSGEN_SCREENSHOTS  folder for pictures
// WPS_CHROMIUM        the browser's program
// WPSGEN_DEV_PID      process id of wpsgen dev, whose child the app is

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { Person } from './person.mjs';
import { childrenOf } from './processes.mjs';

const { WPSGEN_PAGE: home, WPSGEN_SCREENSHOTS: pictures, WPS_CHROMIUM: program, WPSGEN_DEV_PID: dev } = process.env;
const wide = { viewport: { width: 1200, height: 800 } };
const phone = { viewport: { width: 360, height: 720 }, isMobile: true, hasTouch: true };
const dark = { colorScheme: 'dark' };

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
    const alice = await step('a name typed in leads to the chat, by keyboard alone', aliceJoins);
    const bob = await step('a second person joins by the address', () => bobJoins(alice));
    await step('both see what the other says, receipts count', () => talk(alice, bob));
    await step('text stays text', () => markup(alice, bob));
    await step('a phone has room for all of it, who closes the page has left', () => carolOnAPhone(alice));
    const mallory = await step('the refused user is told why and comes in by another name', malloryIsRefused);
    await step('a lost connection comes back by itself, what was not confirmed can be sent again', () => reconnect(mallory));
    await step('a refusal of a message is shown with its reason', failedMessage);
    await step('the log keeps 500 lines', () => longTalk(alice, bob));
    await step('reading further up is not disturbed by new messages', () => readBack(alice, bob));
    await step('the app killed and restarted drops nobody', () => appKilled(alice, bob));
    await step('all pages notice that the server is gone', () => serverGone(alice, bob));
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
  people.push(person);
  return person;
}

// picture saves what a person sees, once nothing moves any more.
async function picture(person, name) {
  await person.page.screenshot({ path: join(pictures, `${name}.png`), animations: 'disabled' });
}

// appKilled ends the app without a word. wpsgen dev starts it again; the connections are the emulator's.
async function appKilled(alice, bob) {
  if (process.platform !== 'linux') return; // elsewhere a process's children are not to be found
  const before = childrenOf(Number(dev));
  assert.equal(before.length, 1, 'wpsgen dev has one child, the app');
  process.kill(before[0], 'SIGKILL');
  while (!(await fetch(home)).ok) await new Promise((resolve) => { setTimeout(resolve, 50); });
  assert.notDeepEqual(childrenOf(Number(dev)), before, 'another app runs');
  await alice.say('are you still there?');
  await alice.delivered('are you still there?');
  await bob.sees('are you still there?', 'alice');
  await bob.say('never been away');
  await alice.sees('never been away', 'bob');
  await Promise.all([alice.state('connected'), bob.state('connected')]);
}

const named = (name) => `${home}?name=${encodeURIComponent(name)}`;

async function aliceJoins() {
  const alice = await newPerson(wide);
  let letGo;
  const held = new Promise((resolve) => { letGo = resolve; });
  await alice.page.route('**/negotiate?*', async (route) => {
    await held;
    await route.continue();
  });
  await alice.page.goto(home);
  await alice.fits();
  await picture(alice, '01-name-form');
  await alice.page.keyboard.type('alice');
  await alice.page.keyboard.press('Enter');
  await alice.state('connecting');
  assert.equal(await alice.id('state').textContent(), 'Connecting');
  await picture(alice, '02-connecting');
  letGo();
  await alice.state('connected');
  assert.equal(await alice.id('state').textContent(), 'Connected');
  assert.equal(await alice.id('self').textContent(), 'alice');
  assert.equal(await alice.page.evaluate(() => document.activeElement.id), 'message');
  await alice.notes('You joined');
  await picture(alice, '03-nobody-else');
  return alice;
}

async function bobJoins(alice) {
  const bob = await newPerson({ ...wide, ...dark });
  await bob.page.goto(named('bob'));
  await bob.state('connected');
  await alice.notes('bob joined');
  return bob;
}

async function talk(alice, bob) {
  await alice.say('Good morning! Who else is here?');
  await alice.sees('Good morning! Who else is here?');
  await bob.sees('Good morning! Who else is here?', 'alice');
  await bob.say('Just me so far. One command and no account.');
  await alice.sees('Just me so far. One command and no account.', 'bob');
  await bob.say('Every event is one line in the terminal: hub, event, user, status, milliseconds.');
  await alice.sees('Every event is one line in the terminal: hub, event, user, status, milliseconds.', 'bob');
  await alice.say('Same here.');
  assert.match(await alice.delivered('Good morning! Who else is here?'), /message 1, after \S+ of silence.*Delivered/);
  assert.match(await alice.delivered('Same here.'), /message 2, after \S+ of silence.*Delivered/);
  assert.match(await bob.delivered('Just me so far. One command and no account.'), /message 1, after/);
  await bob.sees('Same here.', 'alice');
  await alice.sees('Same here.');
  await picture(alice, '04-chat');
  await picture(bob, '05-chat-dark');
}

async function markup(alice, bob) {
  const text = '<img src="x" onerror="throw 1"> & <b>bold</b>';
  await bob.say(text);
  const line = await alice.sees(text, 'bob');
  assert.equal(await line.locator('img, b').count(), 0);
  await bob.delivered(text);
  assert.equal(await bob.page.locator('.text img, .text b').count(), 0);
}

async function carolOnAPhone(alice) {
  const carol = await newPerson(phone);
  await carol.page.goto(home);
  await carol.fits();
  await picture(carol, '06-phone-name-form');
  await carol.id('name').fill('carol');
  await carol.id('join').tap();
  await carol.state('connected');
  await carol.say(`Hello from a phone, with a very long word: ${'abcdefghij'.repeat(12)}`);
  await alice.say('Hello carol, how is the train?');
  await carol.sees('Hello carol, how is the train?', 'alice');
  await carol.say('On time, for once.');
  await carol.delivered('On time, for once.');
  await carol.fits();
  await picture(carol, '07-phone-chat');
  await carol.close();
  await alice.notes('carol left');
}

async function malloryIsRefused() {
  const mallory = await newPerson(wide);
  mallory.sockets = [];
  await mallory.page.routeWebSocket(/\/client\//, (ws) => {
    mallory.sockets.push({ page: ws, server: ws.connectToServer() });
  });
  await mallory.page.goto(named('mallory'));
  await mallory.state('refused');
  assert.equal(await mallory.id('state').textContent(), 'Refused');
  assert.equal(await mallory.id('reason').textContent(), 'mallory is not welcome here');
  await picture(mallory, '08-refused');
  await mallory.page.keyboard.type('dave'); // the refused name is selected, so this replaces it
  await mallory.page.keyboard.press('Enter');
  await mallory.state('connected');
  assert.equal(await mallory.id('self').textContent(), 'dave');
  return mallory;
}

async function reconnect(dave) {
  const { page, server } = dave.sockets.at(-1);
  page.onMessage(() => page.close({ code: 3000, reason: 'cut' })); // in place of passing it on
  await dave.say('Does this arrive?');
  await dave.id('message').fill('half a sentence');
  assert.match(await dave.failed('Does this arrive?'), /Not confirmed: the connection was lost/);
  await server.close();
  await dave.state('connected');
  assert.equal(await dave.id('message').inputValue(), 'half a sentence');
  await dave.page.getByRole('button', { name: 'Send again' }).click();
  await dave.delivered('Does this arrive?');
  await dave.sees('Does this arrive?');
}

async function failedMessage() {
  const erin = await newPerson({ ...phone, ...dark });
  await erin.page.routeWebSocket(/\/client\//, (ws) => {
    ws.connectToServer();
    ws.onMessage((text) => {
      const { ackId } = JSON.parse(text);
      ws.send(JSON.stringify({ type: 'ack', ackId, success: false, error: { name: 'InternalServerError', message: 'Internal server error' } }));
    });
  });
  await erin.page.goto(named('erin'));
  await erin.state('connected');
  await erin.say('This one is refused.');
  assert.match(await erin.failed('This one is refused.'), /Not delivered: Internal server error/);
  await erin.fits();
  await picture(erin, '09-failed-phone-dark');
  await erin.close();
}

async function longTalk(alice, bob) {
  await bob.page.evaluate(() => {
    for (let i = 1; i <= 510; i++) {
      document.getElementById('message').value = `line ${i}`;
      document.getElementById('composer').requestSubmit();
    }
  });
  await bob.delivered('line 510');
  await alice.sees('line 510', 'bob');
  for (const person of [alice, bob]) {
    assert.equal(await person.page.locator('.said, .note').count(), 500);
    assert.equal(await person.page.locator('[data-delivery=failed]').count(), 0);
    await person.seesTheEnd();
  }
}

async function readBack(alice, bob) {
  await alice.id('log').focus();
  await alice.page.keyboard.press('PageUp');
  await alice.page.waitForFunction(() => !document.getElementById('log').classList.contains('following'));
  await bob.say('Are you still reading?');
  await alice.id('newer').waitFor();
  await alice.sees('Are you still reading?', 'bob');
  await alice.id('newer').click();
  await alice.seesTheEnd();
}

async function serverGone(alice, bob) {
  await alice.id('message').fill('not sent yet');
  console.log('ready for the server to end');
  for (const person of [alice, bob]) {
    await person.state('lost');
    assert.equal(await person.id('state').textContent(), 'Lost');
    await person.id('banner').getByText(/The server cannot be reached\. Trying again in \d s/).waitFor();
    assert.ok(await person.id('send').isDisabled());
  }
  assert.equal(await alice.id('message').inputValue(), 'not sent yet');
  await picture(alice, '10-lost');
  await bob.page.setViewportSize(phone.viewport);
  await bob.fits();
  await picture(bob, '11-lost-phone-dark');
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
