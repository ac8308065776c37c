// How a part of the page asks for a change: it says what it wants, and the page asks back, sends it and shows the receipt.

/** Asks the page for a change. `question` is put to the person first, where there is one. */
export function order(element, { question, path, method = 'POST', body }) {
  element.dispatchEvent(new CustomEvent('order', { bubbles: true, detail: { question, path, method, body } }));
}
