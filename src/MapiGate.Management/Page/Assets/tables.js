// The tables that only show what the server says, each with the one thing that can be done about a row.
import { button, byId, count, fillRows, named, number, time } from './dom.js';
import { order } from './orders.js';

const MostVersions = 5;
const MostRefused = 200;

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
    fillRows(byId('refused'), refused.slice(0, MostRefused), client => JSON.stringify([client.process, client.version, client.user]), client => [
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
      rule.source ?? 'code',
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
    fillRows(byId('gates'), gates, gate => gate.name, gate => [gate.name, gate.state, number(gate.revision), number(gate.sessions), time(gate.since)]);
  }
}

function versionsOf({ versions }) {
  const shown = versions.slice(0, MostVersions).map(version => `${named(version.name)} (${count(version.sessions)})`);
  return [...shown, ...versions.length > MostVersions ? [`and ${count(versions.length - MostVersions)} more`] : []].join(', ');
}

customElements.define('program-list', ProgramList);
customElements.define('refused-list', RefusedList);
customElements.define('rule-list', RuleList);
customElements.define('policy-history', PolicyHistory);
customElements.define('gate-list', GateList);
