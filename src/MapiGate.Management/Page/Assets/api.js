// Asks the server. Everything the page knows comes through here; every address is relative to the page's own.
export class Refused extends Error {
  constructor(problem, status) {
    super([problem.title, ...(problem.errors?.length ? problem.errors.map(error => error.text) : [problem.detail])].filter(Boolean).join('\n'));
    this.status = status;
  }
}

export async function ask(path, { method = 'GET', body, version } = {}) {
  const headers = { 'X-MapiGate': '1' };
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  if (version) headers['If-Match'] = `"${version}"`;
  const answer = await fetch(path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body), cache: 'no-store' });
  const text = await answer.text();
  if (!answer.ok) {
    let problem;
    try { problem = JSON.parse(text); } catch { problem = { title: `The server answered ${answer.status}.` }; }
    throw new Refused(problem, answer.status);
  }
  return text ? JSON.parse(text) : undefined;
}
