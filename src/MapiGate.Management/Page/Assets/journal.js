// What happens, as it happens: the list, and the last hour's cuts and refusals as a chart.
import { byId, make, time } from './dom.js';

const MostLines = 300;
const MostSeen = 20_000;
const Minute = 60_000;
const Minutes = 60;
const ReopenAfter = 2_000;
const Kinds = { SessionDisconnected: 'cut', LogonRefused: 'refused' };

/** Follows the journal for as long as the page is open, over every loss of the server. */
export class JournalStream extends EventTarget {
  #stream = null;
  #last = '';
  #seen = new Set();

  open() {
    this.close();
    const stream = this.#stream = new EventSource(`journal?after=${this.#last}`);
    stream.addEventListener('open', () => this.#say('alive'));
    stream.addEventListener('journal', message => {
      const entry = JSON.parse(message.data);
      this.#last = message.lastEventId;
      if (this.#isNew(entry)) {
        this.#say('entry', entry);
      }
    });
    stream.addEventListener('error', () => {
      this.#say('lost');

      // The browser opens one that broke again by itself, but not one that met an answer it cannot use.
      if (stream.readyState === EventSource.CLOSED) {
        setTimeout(() => stream === this.#stream && this.open(), ReopenAfter);
      }
    });
  }

  // A fleet's journal begins anew with each connection: what was heard before is not said twice.
  #isNew({ gate, sequence, time: moment }) {
    const key = `${gate} ${sequence} ${moment}`;
    const isNew = !this.#seen.has(key);
    this.#seen.add(key);
    if (this.#seen.size > MostSeen) {
      this.#seen.delete(this.#seen.values().next().value);
    }

    return isNew;
  }

  close() {
    this.#stream?.close();
    this.#stream = null;
  }

  #say(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

export class JournalList extends HTMLElement {
  add(entry) {
    const list = byId('journal');
    list.prepend(make('li', { className: entry.kind }, time(entry.time), make('span', { className: 'of-gate' }, `${entry.gate} `), entry.missed ? `(${entry.missed} before it were missed) ` : '', entry.text));
    while (list.childElementCount > MostLines) {
      list.lastElementChild.remove();
    }
  }
}

export class ActivityChart extends HTMLElement {
  #minutes = new Map();
  #samples = [];
  #drawing = null;

  connectedCallback() {
    this.svg = svg('svg', { viewBox: `0 0 ${Minutes} 20`, preserveAspectRatio: 'none', role: 'img', id: 'chart' });
    this.legend = make('p', { className: 'legend' });
    this.replaceChildren(this.svg, this.legend);
    this.#draw();
    setInterval(() => this.#draw(), Minute);
  }

  add(entry) {
    const kind = Kinds[entry.kind];
    if (kind) {
      const minute = Math.floor(Date.parse(entry.time) / Minute);
      const counts = this.#minutes.get(minute) ?? { cut: 0, refused: 0 };
      counts[kind] += 1;
      this.#minutes.set(minute, counts);
      this.#drawing ??= requestAnimationFrame(() => this.#draw());
    }
  }

  /** Notes how many are on now. */
  sample(sessions) {
    this.#samples.push({ time: Date.now(), sessions });
    this.#samples = this.#samples.filter(sample => sample.time > Date.now() - Minutes * Minute);
    this.#drawing ??= requestAnimationFrame(() => this.#draw());
  }

  #draw() {
    this.#drawing = null;
    const now = Math.floor(Date.now() / Minute);
    [...this.#minutes.keys()].filter(minute => minute <= now - Minutes).forEach(minute => this.#minutes.delete(minute));
    const shown = [...this.#minutes].filter(([minute]) => minute <= now);
    const most = Math.max(1, ...shown.map(([, { cut, refused }]) => cut + refused));
    const highest = Math.max(1, ...this.#samples.map(sample => sample.sessions));
    const points = this.#samples.map(sample => `${Minutes - (Date.now() - sample.time) / Minute},${19.5 - 19 * sample.sessions / highest}`).join(' ');
    this.svg.replaceChildren(...shown.flatMap(([minute, counts]) => bars(Minutes - 1 - (now - minute), counts, 20 / most)), svg('polyline', { points, class: 'on' }));

    const sum = kind => shown.reduce((total, [, counts]) => total + counts[kind], 0);
    const text = `${sum('cut')} cut and ${sum('refused')} refused in the last hour, by minute; most in one: ${most}; at most ${highest} on since the page was opened`;
    this.svg.setAttribute('aria-label', text);
    this.legend.replaceChildren(
      make('span', { className: 'cut' }, `${sum('cut')} cut`), ' and ',
      make('span', { className: 'refused' }, `${sum('refused')} refused`), ' in the last hour, by minute; ',
      make('span', { className: 'on' }, 'on'), ' since this page was opened');
  }
}

function bars(x, counts, unit) {
  let y = 20;
  return ['cut', 'refused'].filter(kind => counts[kind]).map(kind => {
    const height = counts[kind] * unit;
    y -= height;
    return svg('rect', { x: x + 0.1, y, width: 0.8, height, class: kind });
  });
}

function svg(name, attributes) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  Object.entries(attributes).forEach(([key, value]) => element.setAttribute(key, value));
  return element;
}

customElements.define('journal-list', JournalList);
customElements.define('activity-chart', ActivityChart);
