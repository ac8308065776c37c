// Puts the parts together: signs in, keeps them fresh, and carries out what they ask for.
import { Refused, answers, ask } from './api.js';
import { byId, count, show } from './dom.js';
import { JournalStream } from './journal.js';
import './editor.js';
import './holds.js';
import './sessions.js';
import './summary.js';
import './tables.js';

// A burst of events is one look at the server, not a thousand; and without any it is looked at all the same.
const Burst = 500;
const Pulse = 10_000;
const Retry = 2_000;

const part = name => document.querySelector(name);
const editor = part('policy-editor');
const stream = new JournalStream();
let pending = null;
let isSignedIn = false;
let seen = null;
let trouble = '';

async function refresh({ isApplied = false } = {}) {
  // A fleet's document can't be read while its servers are away: what this gate knows of itself and of the others is shown all the same.
  const [written, [status, programs, refused, gates]] = await Promise.all([
    Promise.allSettled(['policy', 'policy/history'].map(path => ask(path))),
    Promise.all(['status', 'programs', 'refused', 'gates'].map(path => ask(path)))
  ]);
  byId('lost').hidden = true;
  part('gate-summary').update(status, gates, refused);
  part('activity-chart').sample(gates.reduce((sum, gate) => sum + gate.sessions, 0));
  part('held-changes').update(status);
  part('program-list').update(programs, status.mayWrite);
  part('refused-list').update(refused);
  part('gate-list').update(gates);
  const unread = written.find(({ reason }) => reason)?.reason;
  if (!unread) {
    const [policy, history] = written.map(({ value }) => value);
    seen = policy.version;
    part('rule-list').update(policy.rules, status.mayWrite);
    part('policy-history').update(history, status.mayWrite);
    editor.update(policy, history, status.mayWrite, isApplied);
  }

  await part('session-list').refresh(status.mayWrite);
  if (unread) {
    throw unread;
  }
}

/** Looks at the server anew. What it could not answer is said until it can. */
async function look() {
  try {
    await refresh();
    if (byId('error').textContent === trouble) {
      show('error');
    }

    trouble = '';
  } catch (error) {
    trouble = error instanceof Refused ? error.message : '';
    throw error;
  }
}

function soon() {
  pending ??= setTimeout(() => {
    pending = null;
    attempt(look);
  }, Burst);
}

/** Does something that asks the server, and says what became of it where it fails. */
async function attempt(work) {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Refused && error.status === 401) {
      signIn();
    } else if (error instanceof Refused) {
      show('error', error.message);
    } else {
      byId('lost').hidden = false;
    }

    return undefined;
  }
}

async function carryOut({ question, path, method, body }) {
  show('error');
  show('done');
  if (question && !await agrees(question)) {
    return;
  }

  await attempt(async () => {
    // A document is written over the one that it began as, anything else over what the page shows.
    const { receipt } = await send(path, { method, body, version: path === 'policy' ? editor.version : seen }).catch(async error => {
      if (error instanceof Refused && error.status === 412) {
        // What they did stands beside what is written here.
        await refresh();
        throw new Refused({ title: `${error.message.split('\n')[0]}; look at what it says now.` }, error.status);
      }

      throw error;
    });
    show('done', !receipt ? 'Written. The policy says what it said before.' : receipt.held ? '' : `Done${isAlone() || path === 'sessions/disconnect' ? '' : ` in ${byId('gate').textContent}`}: ${receipt.text}.`);
    await refresh({ isApplied: path === 'policy' || path === 'policy/rollback' });
  });
}

const isAlone = () => document.body.classList.contains('alone');

/** Sends a change. One that cuts more than its limits say over all gates comes back, and is let through by whoever says so. */
async function send(path, { method, body, version }) {
  try {
    return await ask(path, { method, body, version });
  } catch (error) {
    if (!error.hold || !body || !await agrees(`${error.hold.text.split(': it was')[0]}. Cut them all the same?`)) {
      throw error;
    }

    return ask(path, { method, version, body: { ...body, confirm: error.hold.fingerprint } });
  }
}

/** Puts a question. Whoever closes it, or presses Escape, has said no. */
function agrees(question) {
  const dialog = byId('question');
  byId('question-text').textContent = question;
  dialog.returnValue = 'no';
  dialog.showModal();
  return new Promise(resolve => dialog.addEventListener('close', () => resolve(dialog.returnValue === 'yes'), { once: true }));
}

function signIn() {
  isSignedIn = false;
  stream.close();
  byId('main').hidden = true;
  byId('sign-in').hidden = false;
  part('gate-summary').replaceChildren();
  byId('token').focus();
}

async function exchange(token) {
  try {
    await ask('session', { method: 'POST', body: { token } });
    show('sign-in-error');
    return true;
  } catch (error) {
    show('sign-in-error', error.message);
    return false;
  }
}

async function start() {
  try {
    // Shown before it is filled, or it would be measured as nothing; hidden again by whoever is to sign in.
    byId('sign-in').hidden = true;
    byId('main').hidden = false;
    await look();
  } catch (error) {
    if (error instanceof Refused && error.status === 401) {
      signIn();
      return;
    }

    if (!(error instanceof Refused)) {
      byId('lost').hidden = false;
      setTimeout(start, Retry);
      return;
    }

    show('error', error.message);
  }

  isSignedIn = true;
  stream.open();
}

// Which gates are silent, by what was asked: each answer says it anew.
const silent = new Map();
answers.addEventListener('answer', ({ detail: { path, missing } }) => {
  silent.set(path, missing);
  const names = new Set([...silent.values()].flatMap(text => text.split(', ')).filter(Boolean));
  show('missing', names.size ? `No answer from ${[...names].sort().join(', ')}: what is shown of sessions and refusals is without them.` : '');
});

document.addEventListener('order', event => carryOut(event.detail));
document.addEventListener('work', event => attempt(event.detail));
document.addEventListener('block', event => attempt(() => editor.block(event.detail)));
document.addEventListener('rollback', async ({ detail: entry }) => {
  const preview = await attempt(() => ask('policy/preview', { method: 'POST', body: { document: entry.document } }));
  if (preview) {
    await carryOut({
      question: `Roll back to ${entry.number}? It would cut ${count(preview.disconnected)} of ${count(preview.examined)} sessions.`,
      path: 'policy/rollback',
      method: 'POST',
      body: { number: entry.number },
    });
  }
});

stream.addEventListener('alive', () => {
  byId('lost').hidden = true;
  soon();
});
stream.addEventListener('lost', () => {
  byId('lost').hidden = false;
  soon();
});
stream.addEventListener('entry', ({ detail: entry }) => {
  part('journal-list').add(entry);
  part('activity-chart').add(entry);
  soon();
});
setInterval(() => isSignedIn && soon(), Pulse);

byId('sign-in').addEventListener('submit', async event => {
  event.preventDefault();
  if (await exchange(byId('token').value.trim())) {
    byId('token').value = '';
    await start();
  }
});

// The token comes in the fragment, which no server and no referrer sees, and leaves the address bar at once.
const fragment = new URLSearchParams(location.hash.slice(1));
if (fragment.has('token')) {
  history.replaceState(null, '', location.pathname);
  await exchange(fragment.get('token'));
}

await start();
