// Who is on: found by filter, a page at a time, and kicked one by one.
import { ask } from './api.js';
import { addRows, button, byId, count, ending, fillRows, named, number, ofGate, time } from './dom.js';
import { order } from './orders.js';

const PageSize = 200;

// The common name at the end of a distinguished name: what a rule's Mailbox is compared with.
const MailboxName = /(?<=\/cn=)[^/]+$/i;

export class SessionList extends HTMLElement {
  mayWrite = false;
  #next = null;
  #hasGoneOn = false;

  connectedCallback() {
    byId('filter').addEventListener('submit', event => {
      event.preventDefault();
      this.#find();
    });
    byId('filter').addEventListener('reset', () => setTimeout(() => this.#find()));
    byId('more').addEventListener('click', () => this.#find(this.#next));
  }

  /** Looks again, unless somebody has gone on to further pages: those stay as they were read. */
  async refresh(mayWrite) {
    this.mayWrite = mayWrite;
    if (!this.#hasGoneOn) {
      await this.#load();
    }
  }

  #find(after) {
    this.dispatchEvent(new CustomEvent('work', { bubbles: true, detail: () => this.#load(after) }));
  }

  async #load(after = null) {
    const query = new URLSearchParams([...new FormData(byId('filter'))].filter(([, value]) => value.trim()));
    query.set('limit', PageSize);
    if (after !== null) {
      query.set('after', after);
    }

    const { sessions, total, next } = await ask(`sessions?${query}`);
    (after === null ? fillRows : addRows)(byId('sessions'), sessions, session => `${session.gate} ${session.id}`, session => this.#cells(session));
    this.#next = next ?? null;
    this.#hasGoneOn = after !== null;
    byId('more').hidden = this.#next === null;
    byId('sessions-total').textContent = `${count(total)} in all, ${count(byId('sessions').rows.length)} shown`;
  }

  #cells(session) {
    return [
      ofGate(session.gate),
      number(session.id),
      named(session.process),
      session.version,
      session.user,
      ending(session.mailbox, MailboxName),
      session.address,
      time(session.startedAt),
      time(session.lastActiveAt),
      this.mayWrite ? button('Kick', `Kick session ${nameOf(session)}`, () => this.#kick(session)) : '',
    ];
  }

  #kick(session) {
    this.#hasGoneOn = false;
    order(this, {
      question: `Disconnect session ${nameOf(session)}, ${named(session.process)} of ${named(session.user)}? It may log on again.`,
      path: 'sessions/disconnect',
      body: { ids: [session.id], gate: session.gate, reason: 'kicked from the page' },
    });
  }
}

// A number is its gate's own, where there are several.
const nameOf = ({ id, gate }) => document.body.classList.contains('alone') ? `${id}` : `${id} of ${gate}`;

customElements.define('session-list', SessionList);
