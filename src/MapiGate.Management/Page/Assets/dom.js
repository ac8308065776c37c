// Makes and fills elements. Text is only ever set as text: whatever a client calls itself, it stays that.

export const byId = id => document.getElementById(id);

/** Shows a text, or hides the element when there is none. */
export function show(id, text) {
  const element = byId(id);
  element.textContent = text ?? '';
  element.hidden = !text;
}

/** An element with properties and children; those that are null are left out. */
export function make(name, properties = {}, ...children) {
  return fill(Object.assign(document.createElement(name), properties), ...children);
}

/** Gives an element other children; those that are null are left out. */
export function fill(element, ...children) {
  element.replaceChildren(...children.filter(child => child !== null && child !== undefined));
  return element;
}

export function button(text, label, onclick, className = '') {
  const element = make('button', { type: 'button', className, onclick }, text);
  element.setAttribute('aria-label', label);
  return element;
}

export const count = value => Number(value).toLocaleString('en-GB');

export const named = text => text || '(none)';

export const number = value => make('td', { className: 'number' }, count(value));

/** The gate of a row: shown where there are several. */
export const ofGate = name => make('td', { className: 'of-gate' }, name);

/** What a long text ends with; the whole of it where one points at it. */
export const ending = (text, pattern) => text ? make('span', { title: text }, text.match(pattern)?.[0] ?? text) : '';

/** A moment: of today by the clock, of another day with its date. */
export function time(value) {
  const moment = new Date(value);
  const isToday = moment.toDateString() === new Date().toDateString();
  const text = isToday ? moment.toLocaleTimeString('en-GB') : moment.toLocaleString('en-GB', { dateStyle: 'short', timeStyle: 'short' });
  return make('time', { dateTime: value, title: moment.toString() }, text);
}

/**
 * Makes the rows of a table those of the items. A row that says what it said stays the very element it was, so that
 * whoever has the focus in it, or is reading it, is not thrown out.
 */
export function fillRows(body, items, keyOf, cellsOf) {
  const before = new Map([...body.rows].map(row => [row.dataset.key, row]));
  const rows = items.map(item => {
    const key = String(keyOf(item));
    const content = JSON.stringify(item);
    const old = before.get(key);
    return old?.content === content ? old : rowOf(body, key, content, cellsOf(item));
  });
  place(body, rows);
}

/** Adds rows behind those there are. */
export function addRows(body, items, keyOf, cellsOf) {
  body.append(...items.map(item => rowOf(body, String(keyOf(item)), JSON.stringify(item), cellsOf(item))));
}

function rowOf(body, key, content, cells) {
  const row = make('tr', {}, ...cells.map(cell => cell instanceof HTMLTableCellElement ? cell : make('td', {}, cell instanceof Node ? cell : String(cell ?? ''))));
  // Where there is no room for columns, each cell says what it is.
  const heads = body.closest('table').tHead.rows[0].cells;
  [...row.cells].forEach((cell, index) => { cell.dataset.head = heads[index].textContent; });
  row.dataset.key = key;
  row.content = content;
  return row;
}

// An element that is moved loses the focus, so only those are moved that must be.
function place(body, rows) {
  const kept = new Set(rows);
  [...body.rows].filter(row => !kept.has(row)).forEach(row => row.remove());
  rows.forEach((row, index) => {
    if (body.rows[index] !== row) {
      body.insertBefore(row, body.rows[index] ?? null);
    }
  });
}
