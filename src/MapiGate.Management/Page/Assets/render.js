// Makes elements. Text is set as text: whatever a client calls itself, it stays that.
export const byId = id => document.getElementById(id);

export function make(name, properties = {}, ...children) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children.filter(child => child !== null && child !== undefined));
  return element;
}

export const row = (...cells) => make('tr', {}, ...cells.map(cell => cell instanceof HTMLElement && cell.tagName === 'TD' ? cell : make('td', {}, cell instanceof Node ? cell : String(cell ?? ''))));
export const number = value => make('td', { className: 'number' }, Number(value).toLocaleString('en-GB'));
export const button = (text, onclick, label) => { const made = make('button', { type: 'button', onclick }, text); if (label) made.setAttribute('aria-label', label); return made; };
export const time = value => make('time', { dateTime: value }, new Date(value).toLocaleString('en-GB', { dateStyle: 'short', timeStyle: 'medium' }));
export const named = text => text || '(none)';

const chartNames = { SessionDisconnected: 'cut', LogonRefused: 'refused' };

export function drawChart(svg, events, now) {
  const minutes = Array.from({ length: 60 }, () => ({ cut: 0, refused: 0 }));
  for (const event of events) {
    const ago = Math.floor((now - new Date(event.time).getTime()) / 60000);
    const kind = chartNames[event.kind];
    if (kind && ago >= 0 && ago < 60) minutes[59 - ago][kind]++;
  }
  const most = Math.max(1, ...minutes.map(minute => minute.cut + minute.refused));
  svg.replaceChildren(...minutes.flatMap((minute, x) => {
    let y = 20;
    return ['cut', 'refused'].filter(kind => minute[kind]).map(kind => {
      const height = 20 * minute[kind] / most;
      y -= height;
      const bar = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
      for (const [name, value] of Object.entries({ x: x + .1, y, width: .8, height, class: kind })) bar.setAttribute(name, value);
      return bar;
    });
  }));
}
