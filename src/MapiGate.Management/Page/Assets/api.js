// Asks the server. Everything the page knows comes through here; every address is relative to the page's own.

/** An answer that says no, with what the server says about it. */
export class Refused extends Error {
  constructor(problem, status) {
    const reasons = problem.errors?.length ? problem.errors.map(error => error.text) : [problem.detail];
    super([problem.title, ...reasons].filter(Boolean).join('\n'));
    this.status = status;
    this.hold = problem.hold ?? null;
  }
}

/** Says of every answer which gates are missing from it. */
export const answers = new EventTarget();

/** Sends a request; the answer's JSON, or `undefined` where it has none. */
export async function ask(path, { method = 'GET', body, version } = {}) {
  // No other site's page can send this header.
  const headers = { 'X-MapiGate': '1' };
  if (body !== undefined) {
    headers['Content-Type'] = 'application/json';
  }

  if (version) {
    headers['If-Match'] = `"${version}"`;
  }

  const answer = await fetch(path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body), cache: 'no-store' });
  const text = await answer.text();
  answers.dispatchEvent(new CustomEvent('answer', { detail: { path: path.split('?')[0], missing: decodeURIComponent(answer.headers.get('X-MapiGate-Missing') ?? '') } }));
  if (!answer.ok) {
    throw new Refused(problemOf(text, answer.status), answer.status);
  }

  return text ? JSON.parse(text) : undefined;
}

function problemOf(text, status) {
  try {
    return JSON.parse(text);
  } catch {
    return { title: `The server answered ${status}.` };
  }
}
