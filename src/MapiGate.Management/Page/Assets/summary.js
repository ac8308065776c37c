// What an operator needs in three seconds: is the policy current, how many are on, who is cut, who is still refused.
import { byId, count, fill, make } from './dom.js';

export class GateSummary extends HTMLElement {
  update(status) {
    byId('gate').textContent = status.gate;
    const isWell = status.isCurrent && !status.warning && status.holds.length === 0;
    this.className = isWell ? 'good' : 'bad';
    fill(this,
      tile('policy', status.isCurrent ? 'Policy current' : 'Policy NOT current', `revision ${status.revision}`),
      tile('', count(status.sessions), status.sessions === 1 ? 'session on' : 'sessions on'),
      tile('', count(status.refused), 'still refused'),
      tile('', count(status.findings), status.findings === 1 ? 'finding' : 'findings'),
      isWell ? null : make('p', { className: 'detail' }, status.text));
  }
}

function tile(className, value, text) {
  return make('p', { className: `tile ${className}` }, make('strong', {}, value), ' ', make('span', {}, text));
}

customElements.define('gate-summary', GateSummary);
