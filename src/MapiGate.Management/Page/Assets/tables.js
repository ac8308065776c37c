// The tables that only show what the server says, each with the one thing that can be done about a row.
import { button, byId, count, ending, fillRows, make, named, number, ofGate, time } from './dom.js';
import { order } from './orders.js';

const MostVersions = 5;
const MostRefused = 200;
const FileName = /[^\\/]+$/;
const WordsBeforeAddress = /^[^(]*[^( ]/;

export class ProgramList extends HTMLElement {
  update(programs, mayWrite) {
    fillRows(byId('programs'), programs, program => program.process.toLowerCase(), program => [
      named(program.process),
      number(program.sessions),
      number(program.refused),
      versionsOf(program),
      mayWrite && program.process ? button('Block …', `Block ${program.process}`, () => this.#block(program.process)) : '',
    ]);
  }

  #block(process) {
    this.dispatchEvent(new CustomEvent('block', { bubbles: true, detail: { process } }));
  }
}

export class RefusedList extends HTMLElement {
  update(refused) {
    fillRows(byId('refused'), refused.slice(0, MostRefused), client => JSON.stringify([client.gate, client.process, client.version, client.user]), client => [
      ofGate(client.gate),
      `${named(client.process)} ${client.version ?? ''}`,
      client.user,
      client.rule,
      number(client.count),
      time(client.last),
    ]);
  }
}

export class RuleList extends HTMLElement {
  update(rules, mayWrite) {
    fillRows(byId('rules'), rules, rule => `${rule.key} ${rule.name}`, rule => [
      rule.isInForce ? rule.text : `${rule.text} (not in force now)`,
      ending(rule.source ?? 'code', rule.source?.includes('://') ? WordsBeforeAddress : FileName),
      mayWrite ? button('Unblock', `Unblock ${rule.name}`, () => this.#unblock(rule)) : '',
    ]);
  }

  #unblock(rule) {
    order(this, { question: `Let in again what "${rule.name}" refuses?`, path: `rules/${encodeURIComponent(rule.name)}`, method: 'DELETE' });
  }
}

export class PolicyHistory extends HTMLElement {
  update(history, mayWrite) {
    fillRows(byId('history'), history, entry => entry.number, entry => [
      number(entry.number),
      time(entry.time),
      entry.isByHand ? 'by hand' : entry.author,
      entry.reason,
      entry.isCurrent ? 'current' : mayWrite ? button('Roll back …', `Roll back to ${entry.number}`, () => this.#rollBack(entry)) : '',
    ]);
  }

  #rollBack(entry) {
    this.dispatchEvent(new CustomEvent('rollback', { bubbles: true, detail: entry }));
  }
}

export class GateList extends HTMLElement {
  update(gates) {
    document.body.classList.toggle('alone', gates.length < 2);
    const synced = gates.filter(gate => gate.state === 'SYNCED').length;
    byId('gates-total').textContent = gates.length < 2 ? '' : `${count(synced)} of ${count(gates.length)} synced`;
    fillRows(byId('gates'), gates, gate => gate.name, gate => [
      gate.name,
      make('td', {}, make('strong', { className: `state ${gate.state}` }, gate.state), gate.detail ? make('span', { className: 'detail' }, gate.detail) : ''),
      gate.epoch ? `${gate.epoch}.${gate.generation}` : `revision ${gate.revision}`,
      make('td', { className: 'number' }, ageOf(gate.ageSeconds)),
      number(gate.sessions),
      number(gate.cut),
      gate.version,
    ]);
  }
}

const ageOf = seconds => seconds < 120 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`;

function versionsOf({ versions }) {
  const shown = versions.slice(0, MostVersions).map(version => `${named(version.name)} (${count(version.sessions)})`);
  return [...shown, ...versions.length > MostVersions ? [`and ${count(versions.length - MostVersions)} more`] : []].join(', ');
}

customElements.define('program-list', ProgramList);
customElements.define('refused-list', RefusedList);
customElements.define('rule-list', RuleList);
customElements.define('policy-history', PolicyHistory);
customElements.define('gate-list', GateList);
