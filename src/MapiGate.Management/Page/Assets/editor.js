// The policy document: written, looked at as one types, applied. What somebody is writing is never taken away.
import { ask } from './api.js';
import { changes } from './diff.js';
import { button, byId, count, fill, make, named, show, time } from './dom.js';
import { order } from './orders.js';

const TypingPause = 250;
const MostCounts = 10;
const MostChanges = 200;

export class PolicyEditor extends HTMLElement {
  /** The version that what is written here started from. */
  version = null;
  #saved = '';
  #typing = 0;
  #asked = 0;

  connectedCallback() {
    this.area = byId('document');
    this.area.addEventListener('input', () => {
      this.#showTouched();
      clearTimeout(this.#typing);
      this.#typing = setTimeout(() => this.#work(() => this.preview()), TypingPause);
    });
    byId('discard').addEventListener('click', () => this.#discard());
    byId('apply').addEventListener('click', () => order(this, { path: 'policy', method: 'PUT', body: { document: this.area.value, reason: byId('reason').value } }));
    byId('block').addEventListener('submit', event => {
      event.preventDefault();
      this.#work(() => this.block(Object.fromEntries([...new FormData(event.target)].filter(([, value]) => value.trim()))));
    });
  }

  get isTouched() {
    return this.area.value !== this.#saved;
  }

  /** Takes the document as it is now; what somebody is writing stays, unless it has just been applied. */
  update(policy, history, mayWrite, isApplied) {
    byId('store').textContent = policy.store;
    byId('block').hidden = !mayWrite;
    this.area.readOnly = !mayWrite;
    if (!this.isTouched || isApplied) {
      this.#take(policy);
    } else if (policy.version !== this.version) {
      this.#showMoved(policy, history.find(entry => entry.isCurrent));
    }

    this.#showTouched();
  }

  /** Writes a rule into the document, to be looked at before it is applied. */
  async block({ forSeconds, ...conditions }) {
    const answer = await ask('rules', { method: 'POST', body: { ...conditions, ...forSeconds && { forSeconds: Number(forSeconds) }, whatIf: true } });
    this.area.value = answer.document;
    this.area.focus();
    await this.preview();
  }

  async preview() {
    const asked = ++this.#asked;
    if (!this.isTouched) {
      byId('preview').replaceChildren();
      return;
    }

    const answer = await ask('policy/preview', { method: 'POST', body: { document: this.area.value } });
    if (asked === this.#asked) {
      this.#showTouched();
      byId('apply').disabled ||= answer.errors.length > 0;
      fill(byId('preview'), ...previewOf(answer));
    }
  }

  /** Shows what somebody else has changed meanwhile; whoever is writing decides what becomes of it. */
  #showMoved(policy, entry) {
    const lines = changes(this.#saved, policy.document).slice(0, MostChanges);
    const who = entry ? `${entry.isByHand ? 'by hand' : `by ${entry.author}`}${entry.reason ? `, "${entry.reason}"` : ''}, at ` : '';
    fill(byId('moved'),
      make('p', {}, make('strong', {}, 'Somebody else has changed the policy while you write: '), who, entry ? time(entry.time) : ''),
      make('pre', {}, ...lines.map(({ sign, line }) => make(sign === '+' ? 'ins' : 'del', {}, `${sign} ${line}`))),
      make('div', { className: 'row' },
        button('Take theirs', 'Take theirs, and discard mine', () => this.#discard()),
        button('Keep mine, over theirs', 'Keep mine, over theirs', () => this.#keep(policy))));
    byId('moved').hidden = false;
  }

  #keep(policy) {
    this.version = policy.version;
    this.#saved = policy.document;
    byId('moved').hidden = true;
    show('error');
    this.#work(() => this.preview());
  }

  #take(policy) {
    this.version = policy.version;
    byId('moved').hidden = true;
    if (this.#saved !== policy.document || this.isTouched) {
      this.#saved = policy.document;
      this.area.value = policy.document;
      byId('reason').value = '';
      byId('preview').replaceChildren();
    }
  }

  #discard() {
    this.area.value = this.#saved;
    show('error');
    byId('preview').replaceChildren();
    this.#showTouched();
    this.#work(async () => this.#take(await ask('policy')));
  }

  #showTouched() {
    byId('apply').disabled = byId('discard').disabled = !this.isTouched;
  }

  #work(work) {
    this.dispatchEvent(new CustomEvent('work', { bubbles: true, detail: work }));
  }
}

function previewOf({ errors, findings, disconnected, examined, byProgram, byRule, limit, gates }) {
  const notes = [
    ...errors.map(error => make('li', { className: 'error' }, error.text)),
    ...findings.map(finding => make('li', { className: 'finding' }, `${finding.code} ${finding.key}: ${finding.message}`)),
  ];
  const counts = (items, text) => items.slice(0, MostCounts).map(item => make('li', {}, `${text}${named(item.name)}: ${count(item.sessions)}`));
  return [
    make('ul', {}, ...notes),
    errors.length ? null : make('p', {}, make('strong', {}, `Would cut ${count(disconnected)} of ${count(examined)} sessions.`)),
    limit ? make('p', { className: 'finding' }, `That is past ${limit}.`) : null,
    make('ul', {}, ...counts(byProgram, ''), ...counts(byRule, 'by rule '), ...gates.length < 2 ? [] : counts(gates.filter(gate => gate.disconnected).map(gate => ({ name: gate.gate, sessions: gate.disconnected })), 'in ')),
  ];
}

customElements.define('policy-editor', PolicyEditor);
