// What an operator needs in three seconds: is the policy current, how many are on, who is cut, who is still refused.
import { byId, count, fill, make } from './dom.js';

export class GateSummary extends HTMLElement {
  /** Sessions and refusals are those of all gates, where there are several. */
  update(status, gates, refused) {
    const sessions = gates.length < 2 ? status.sessions : gates.reduce((sum, gate) => sum + gate.sessions, 0);
    const synced = gates.filter(gate => gate.state === 'SYNCED').length;
    byId('gate').textContent = status.gate;
    const isWell = status.isCurrent && !status.warning && status.holds.length === 0;

    // What is held stands in a box of its own, with its buttons.
    const isHeldOnly = status.holds.length > 0 && !status.error && !status.warning && !status.isByHand;
    this.className = isWell ? 'good' : 'bad';
    fill(this,
      tile('policy', status.isCurrent ? 'Policy current' : 'Policy NOT current', `revision ${status.revision}`),
      gates.length < 2 ? null : tile(synced === gates.length ? '' : 'behind', `${count(synced)} of ${count(gates.length)}`, 'gates synced'),
      tile('', count(sessions), sessions === 1 ? 'session on' : 'sessions on'),
      tile('', count(refused.length), 'still refused'),
      tile('', count(status.findings), status.findings === 1 ? 'finding' : 'findings'),
      isWell || isHeldOnly ? null : make('p', { className: 'detail' }, status.text));
  }
}

function tile(className, value, text) {
  return make('p', { className: `tile ${className}` }, make('strong', {}, value), ' ', make('span', {}, text));
}

customElements.define('gate-summary', GateSummary);
