import { ask, Refused } from './api.js';
import { byId, make, row, number, button, time, named, drawChart } from './render.js';

const state = { version: null, saved: '', mayWrite: false, next: null, events: [], stream: null, previewing: 0 };

function show(id, text) {
  const element = byId(id);
  element.textContent = text ?? '';
  element.hidden = !text;
}

async function attempt(work) {
  show('error');
  try {
    return await work();
  } catch (error) {
    if (error instanceof Refused && error.status === 401) signIn();
    else if (error instanceof Refused) show('error', error.message);
    else lost(true);
  }
}

function lost(is) { byId('lost').hidden = !is; }

function question(text) {
  byId('question-text').textContent = text;
  const dialog = byId('question');
  dialog.returnValue = 'no';
  dialog.showModal();
  return new Promise(resolve => dialog.addEventListener('close', () => resolve(dialog.returnValue === 'yes'), { once: true }));
}

function tell(answer) {
  const receipt = answer.receipt;
  show('done', !receipt ? 'Written. The policy says what it said before.' : receipt.held ? `Held: ${receipt.text}` : `Done: ${receipt.text}.`);
}

function change(path, options) {
  return attempt(async () => {
    show('done');
    tell(await ask(path, { version: state.version, ...options }));
    await refresh(true);
  });
}

async function refresh(withDocument) {
  const [status, programs, refused, policy, history] = await Promise.all(['status', 'programs', 'refused', 'policy', 'policy/history'].map(path => ask(path)));
  lost(false);
  state.mayWrite = status.mayWrite;
  const summary = byId('summary');
  summary.className = status.isCurrent ? 'good' : 'bad';
  summary.textContent = `${status.isCurrent ? 'Policy current' : 'Policy NOT current'}, revision ${status.revision} · ${status.sessions.toLocaleString('en-GB')} on · ${status.refused} still refused${status.isCurrent && !status.warning ? '' : ` · ${status.text}`}`;
  byId('holds').replaceChildren(...status.holds.map(hold => make('div', { className: 'hold' }, make('strong', {}, 'A change is held. '), hold.text, make('div', { className: 'row' },
    button('Confirm: cut them', async () => await question(`Cut ${hold.disconnects} of ${hold.sessions} sessions?`) && change('policy/confirm', { method: 'POST', body: { fingerprint: hold.fingerprint } })),
    button('Withdraw', () => change('policy/withdraw', { method: 'POST', body: { fingerprint: hold.fingerprint } }))))));
  byId('programs').replaceChildren(...programs.map(program => row(named(program.process), number(program.sessions), number(program.refused), program.versions.slice(0, 5).map(version => `${named(version.name)} (${version.sessions})`).join(', '),
    state.mayWrite && program.process ? button('Block …', () => addRule(program.process), `Block ${program.process}`) : '')));
  byId('refused').replaceChildren(...refused.slice(0, 200).map(client => row(named(client.process), client.version, client.user, client.rule, number(client.count), time(client.last))));
  byId('rules').replaceChildren(...policy.rules.map(rule => row(rule.isInForce ? rule.text : `${rule.text} (not in force now)`, rule.source ?? 'code', state.mayWrite ? button('Unblock', async () => await question(`Let in again what "${rule.name}" refuses?`) && change(`rules/${encodeURIComponent(rule.name)}`, { method: 'DELETE' }), `Unblock ${rule.name}`) : '')));
  byId('history').replaceChildren(...history.map(entry => row(number(entry.number), time(entry.time), entry.isByHand ? 'by hand' : entry.author, entry.reason, entry.isCurrent ? 'current' : state.mayWrite ? button('Roll back', () => rollBack(entry), `Roll back to ${entry.number}`) : '')));
  takeDocument(policy, withDocument);
}

// What somebody is writing is kept: whoever saves it over a newer document is told by the server.
function takeDocument(policy, force) {
  const area = byId('document');
  const isTouched = area.value !== state.saved;
  if (!isTouched || force) {
    state.version = policy.version;
    state.saved = policy.document;
    area.value = policy.document;
    byId('preview').replaceChildren();
  } else if (policy.version !== state.version) {
    show('error', 'Somebody else has changed the policy while you write. Applying yours will be refused; copy it, discard it and look at theirs.');
  }
  area.readOnly = !state.mayWrite;
  touched();
}

function touched() {
  const isTouched = byId('document').value !== state.saved;
  byId('apply').disabled = byId('discard').disabled = !isTouched;
  return isTouched;
}

async function preview() {
  const mine = ++state.previewing;
  if (!touched()) { byId('preview').replaceChildren(); return; }
  const answer = await attempt(() => ask('policy/preview', { method: 'POST', body: { document: byId('document').value } }));
  if (!answer || mine !== state.previewing) return;
  byId('apply').disabled = answer.errors.length > 0;
  const list = items => make('ul', {}, ...items.map(item => make('li', item.properties ?? {}, item.text)));
  byId('preview').replaceChildren(
    list([...answer.errors.map(error => ({ text: error.text, properties: { className: 'error' } })), ...answer.findings.map(finding => ({ text: `${finding.code} ${finding.key}: ${finding.message}`, properties: { className: 'finding' } }))]),
    answer.errors.length ? '' : make('p', {}, make('strong', {}, `Would cut ${answer.disconnected.toLocaleString('en-GB')} of ${answer.examined.toLocaleString('en-GB')} sessions.`)),
    list([...answer.byProgram.slice(0, 10).map(count => ({ text: `${named(count.name)}: ${count.sessions}` })), ...answer.byRule.slice(0, 10).map(count => ({ text: `by rule ${count.name}: ${count.sessions}` }))]));
}

async function addRule(process) {
  const answer = await attempt(() => ask('rules', { method: 'POST', body: { process, whatIf: true } }));
  if (answer) {
    byId('document').value = answer.document;
    byId('document').focus();
    await preview();
  }
}

async function rollBack(entry) {
  const answer = await attempt(() => ask('policy/preview', { method: 'POST', body: { document: entry.document } }));
  if (answer && await question(`Roll back to ${entry.number}? It would cut ${answer.disconnected} of ${answer.examined} sessions.`)) {
    await change('policy/rollback', { method: 'POST', body: { number: entry.number } });
  }
}

async function sessions(more) {
  const query = new URLSearchParams([...new FormData(byId('filter'))].filter(([, value]) => value));
  query.set('limit', '200');
  if (more && state.next !== null) query.set('after', state.next);
  const answer = await attempt(() => ask(`sessions?${query}`));
  if (!answer) return;
  state.next = answer.next ?? null;
  byId('more').hidden = state.next === null;
  byId('sessions-total').textContent = `${answer.total.toLocaleString('en-GB')} in all`;
  const rows = answer.sessions.map(session => row(number(session.id), named(session.process), session.version, session.user, session.address, time(session.startedAt),
    state.mayWrite ? button('Kick', async () => await question(`Disconnect session ${session.id}, ${named(session.process)} of ${named(session.user)}? It may log on again.`) && change('sessions/disconnect', { method: 'POST', body: { ids: [session.id], reason: 'kicked from the page' } }).then(() => sessions()), `Kick session ${session.id}`) : ''));
  if (more) byId('sessions').append(...rows); else byId('sessions').replaceChildren(...rows);
}

// A burst of entries is one look at the server, not a thousand.
let pending = null;
function soon() {
  pending ??= setTimeout(async () => { pending = null; await attempt(() => refresh(false)); }, 500);
}

function follow() {
  state.stream?.close();
  const stream = state.stream = new EventSource('journal');
  stream.addEventListener('open', () => { lost(false); soon(); });
  stream.addEventListener('journal', message => {
    const entry = JSON.parse(message.data);
    if (state.events.some(event => event.sequence === entry.sequence && event.time === entry.time)) return;
    state.events.push(entry);
    state.events.splice(0, state.events.length - 2000);
    const line = make('li', {}, time(entry.time), entry.missed ? `(${entry.missed} missed) ` : '', entry.text);
    byId('journal').prepend(line);
    while (byId('journal').childElementCount > 300) byId('journal').lastElementChild.remove();
    soonDraw();
    soon();
  });
  stream.addEventListener('error', () => {
    lost(true);
    // One that met an answer it cannot use stays closed.
    if (stream.readyState === EventSource.CLOSED) setTimeout(() => attempt(async () => { await ask('status'); follow(); }).then(() => { if (stream === state.stream && stream.readyState === EventSource.CLOSED) setTimeout(follow, 2000); }), 2000);
  });
}

let drawing = null;
function soonDraw() { drawing ??= requestAnimationFrame(() => { drawing = null; drawChart(byId('chart'), state.events, Date.now()); }); }

function signIn() {
  state.stream?.close();
  byId('main').hidden = true;
  byId('sign-in').hidden = false;
  byId('summary').textContent = '';
}

async function exchange(token) {
  await ask('session', { method: 'POST', body: { token } });
}

async function start() {
  try {
    await refresh(true);
  } catch (error) {
    if (error instanceof Refused && error.status === 401) signIn();
    else { lost(true); setTimeout(start, 2000); }
    return;
  }
  byId('sign-in').hidden = true;
  byId('main').hidden = false;
  await sessions();
  follow();
}

byId('sign-in').addEventListener('submit', async event => {
  event.preventDefault();
  try { await exchange(byId('token').value.trim()); byId('token').value = ''; await start(); } catch (error) { byId('sign-in-error').textContent = error.message; }
});
byId('filter').addEventListener('submit', event => { event.preventDefault(); sessions(); });
byId('more').addEventListener('click', () => sessions(true));
let typing;
byId('document').addEventListener('input', () => { touched(); clearTimeout(typing); typing = setTimeout(preview, 250); });
byId('discard').addEventListener('click', () => { byId('document').value = state.saved; show('error'); attempt(() => refresh(true)); });
byId('apply').addEventListener('click', () => change('policy', { method: 'PUT', body: { document: byId('document').value, reason: byId('reason').value } }));
setInterval(soonDraw, 60000);
setInterval(() => { if (!byId('main').hidden) soon(); }, 10000);

// The token comes in the fragment, which no server and no referrer sees, and leaves the address bar at once.
const fragment = new URLSearchParams(location.hash.slice(1));
if (fragment.has('token')) {
  history.replaceState(null, '', location.pathname);
  try { await exchange(fragment.get('token')); } catch (error) { byId('sign-in-error').textContent = error.message; }
}
await start();
