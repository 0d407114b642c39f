// What the editors' common YAML server makes of the schemas, without our own server.

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Editor, city, covered, words } from './client.mjs';

const server = join(createRequire(import.meta.url).resolve('yaml-language-server/package.json'), '../bin/yaml-language-server');
const settings = {
  yaml: { validate: true, hover: true, completion: true, schemaStore: { enable: false } },
};
const capabilities = {
  textDocument: {
    completion: { completionItem: { documentationFormat: ['markdown'], snippetSupport: true } },
    hover: { contentFormat: ['markdown'] },
  },
  workspace: { configuration: true, workspaceFolders: true },
};

const folder = city();
const editor = new Editor(process.execPath, [server, '--stdio'], folder, settings);
before(() => editor.start(capabilities));
after(() => editor.stop());

const plan = 'departments/2025/somu.yaml';
const text = editor.read(plan);
/** The text with one change, which must have found its place. */
function changed(from, to) {
  assert.ok(from instanceof RegExp ? from.test(text) : text.includes(from), `${from} is not in ${plan}`);
  return text.replace(from, to);
}
const said = (marks) => marks.map(({ message }) => message);
const onlyJapanese = (message) => assert.match(message, /[ぁ-んァ-ヶ一-龠]/, message);

test('the shipped city is clean', { timeout: 120_000 }, async () => {
  const files = ['policy/kpolicy.yaml'];
  for (const top of ['policy', 'departments'])
    for (const name of readdirSync(join(folder, top, '2025'))) files.push(`${top}/2025/${name}`);
  for (const file of files) assert.deepEqual(said(await editor.show(file)), [], file);
});

test('an unknown item has one message, in Japanese, on the id', async () => {
  const wrong = changed(/- 1-2\n/, '- 1-12\n');
  const marks = await editor.show(plan, wrong);
  assert.equal(marks.length, 1, said(marks).join(' / '));
  assert.match(marks[0].message, /基本方針/);
  assert.equal(covered(wrong, marks[0].range), '1-12');
});

test('an unknown division, state or field has one message in Japanese', async () => {
  for (const wrong of [
    changed(/^ {4}division: .*$/m, '    division: nai'),
    changed(/^status: .*$/m, 'status: done'),
    changed(/^direction:/m, 'dirction:'),
  ]) {
    const marks = await editor.show(plan, wrong);
    assert.ok(marks.length >= 1 && marks.length <= 2, said(marks).join(' / '));
    // What is absent the server says in its own English, whatever the schema holds.
    said(marks).filter((message) => !message.startsWith('Missing property')).forEach(onlyJapanese);
    assert.ok(marks.some(({ message }) => !message.startsWith('Missing property')));
  }
});

test('typing the memo’s word offers the item, with its wording', async () => {
  const answer = await editor.at(plan, changed(/- 1-2\n/, '- 防災^\n'), 'textDocument/completion');
  const items = answer.items ?? answer;
  const found = items.filter(({ filterText, label }) => (filterText ?? label).includes('防災'));
  assert.ok(found.length > 0, items.map(({ label }) => label).join(', '));
  const bosai = found.find(({ label }) => label.startsWith('1-2'));
  assert.ok(bosai, found.map(({ label }) => label).join(', '));
  assert.equal(bosai.textEdit?.newText ?? bosai.insertText, '1-2');
  assert.match(words(bosai.documentation), /防災/);
});

test('a dash offers every item and clause by its id', async () => {
  const answer = await editor.at(plan, changed(/- 1-2\n/, '- ^\n'), 'textDocument/completion');
  const offered = new Set((answer.items ?? answer).map((item) => item.textEdit?.newText ?? item.insertText));
  for (const id of ['1-1', '1-6', '1-6-b', '4-4']) assert.ok(offered.has(id), `${id} of ${[...offered].join(', ')}`);
});

test('hover on an id shows the memo’s own words, on a field what it is for', async () => {
  const id = await editor.at(plan, changed(/- 1-2\n/, '- 1-^2\n'), 'textDocument/hover');
  assert.match(words(id.contents), /首都直下地震/);
  assert.doesNotMatch(words(id.contents), /温室効果ガス/);
  const field = await editor.at(plan, changed(/^direction:/m, 'direc^tion:'), 'textDocument/hover');
  assert.match(words(field.contents), /運営方針/);
});

test('a new goal offers its fields', async () => {
  const answer = await editor.at(plan, `${text.trimEnd()}\n  - id: G99\n    ^\n`, 'textDocument/completion');
  const labels = (answer.items ?? answer).map(({ label }) => label);
  for (const field of ['title', 'outcome', 'cites', 'measures']) assert.ok(labels.includes(field), labels.join(', '));
});
