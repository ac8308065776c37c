// Changes that the fuse holds: whom they would cut, to be confirmed or withdrawn.
import { button, count, make, named } from './dom.js';
import { order } from './orders.js';

export class HeldChanges extends HTMLElement {
  update({ holds, mayWrite }) {
    // What stands there stays as it is while it says the same: somebody may be about to press the button.
    const content = JSON.stringify([holds, mayWrite]);
    if (content !== this.content) {
      this.content = content;
      this.replaceChildren(...holds.map(hold => this.#held(hold, mayWrite)));
    }
  }

  #held(hold, mayWrite) {
    const body = { fingerprint: hold.fingerprint };
    const programs = hold.byProgram.slice(0, 10).map(program => `${named(program.name)}: ${count(program.sessions)}`).join(', ');
    return make('div', { className: 'hold' },
      make('p', {}, make('strong', {}, 'A change is held. '), hold.text),
      programs ? make('p', {}, `Would cut ${programs}`) : null,
      !mayWrite ? null : make('div', { className: 'row' },
        button('Confirm: cut them', 'Confirm the held change', () => order(this, {
          question: `Cut ${count(hold.disconnects)} of ${count(hold.sessions)} sessions?`,
          path: 'policy/confirm',
          body,
        }), 'danger'),
        button('Withdraw', 'Withdraw the held change', () => order(this, { path: 'policy/withdraw', body }))));
  }
}

customElements.define('held-changes', HeldChanges);
