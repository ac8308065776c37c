// What changed between two texts, line by line.

/** The lines that went (`-`) and came (`+`), in order. */
export function changes(before, after) {
  const [a, b] = [before, after].map(text => text.split('\n'));

  // How many lines the rests from (i, j) on have in common.
  const common = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      common[i][j] = a[i] === b[j] ? common[i + 1][j + 1] + 1 : Math.max(common[i + 1][j], common[i][j + 1]);
    }
  }

  const found = [];
  for (let i = 0, j = 0; i < a.length || j < b.length;) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      i++;
      j++;
    } else if (j < b.length && (i === a.length || common[i][j + 1] > common[i + 1][j])) {
      found.push({ sign: '+', line: b[j++] });
    } else {
      found.push({ sign: '-', line: a[i++] });
    }
  }

  return found;
}
