import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, test } from 'node:test';
import { city, gappy, open, page, shut } from './browser.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const shipped = page(city('shipped', '.', {}));
const open_city = gappy();
const gaps = page(open_city);
after(shut);

/** The focused cell as item and department. */
const at = (tab) => tab.evaluate(() => {
  const cell = document.activeElement.closest('td[data-s]');
  if (!cell) return null;
  const heads = [...document.querySelectorAll('#matrix thead th[data-d]')];
  const cells = [...cell.parentElement.querySelectorAll('td[data-s]')];
  return `${cell.parentElement.dataset.i} ${heads[cells.indexOf(cell)].dataset.d} ${cell.dataset.s}`;
});
const text = (tab, selector) => tab.locator(selector).innerText();
const shown = (tab) => tab.locator('#matrix tbody tr[data-i]:visible').count();
/** Reaches the table as a person does: with the tab key. */
const into = async (tab) => {
  await tab.locator('#next').focus();
  for (let tries = 0; tries < 5 && !(await at(tab)); tries += 1) await tab.keyboard.press('Tab');
};

test('arrows, Home and End walk; the table is one stop of the tab key', async () => {
  const { tab, wrong, close } = await open(gaps);
  await into(tab);
  assert.match(await at(tab), /^0-1 seisaku/);
  await tab.keyboard.press('ArrowRight');
  assert.match(await at(tab), /^0-1 somu/);
  await tab.keyboard.press('ArrowDown');
  assert.match(await at(tab), /^0-2 somu/);
  await tab.keyboard.press('End');
  assert.match(await at(tab), /^0-2 kyoiku u/);
  await tab.keyboard.press('ArrowRight');
  assert.match(await at(tab), /^0-2 kyoiku u/, 'nothing beyond the edge');
  await tab.keyboard.press('Home');
  assert.match(await at(tab), /^0-2 seisaku/);
  assert.equal(await tab.locator('#matrix [tabindex="0"]').count(), 1);
  await tab.keyboard.press('Tab');
  assert.equal(await at(tab), null);
  assert.deepEqual(wrong, []);
  await close();
});

test('N and P walk all gaps, round and round', async () => {
  const { tab, close } = await open(gaps);
  const all = await tab.locator('#matrix td[data-s="m"], #matrix td[data-s="p"], #matrix td[data-s="u"]').count();
  assert.ok(all > 30, `${all}`);
  await tab.keyboard.press('n');
  const first = await at(tab);
  assert.match(first, /^0-1 kaikei m/);
  assert.match(await text(tab, '#told'), new RegExp(`1 / ${all}`));
  await tab.keyboard.press('p');
  assert.match(await text(tab, '#told'), new RegExp(`${all} / ${all}`));
  const seen = new Set();
  for (let step = 0; step < all; step += 1) {
    await tab.keyboard.press('n');
    seen.add(await at(tab));
  }
  assert.equal(seen.size, all);
  await tab.keyboard.press('n');
  assert.equal(await at(tab), first);
  await close();
});

test('Enter opens the panel with memo, lack and line; Escape returns to the cell', async () => {
  const { tab, wrong, close } = await open(gaps);
  await tab.locator('#pick').selectOption('somu');
  await tab.keyboard.press('Escape');
  await tab.locator('#next').click();
  const cell = await at(tab);
  assert.match(cell, /somu m/);
  await tab.keyboard.press('Enter');
  assert.match(await tab.evaluate(() => document.activeElement.id), /panel-title/);
  const panel = await text(tab, '#panel');
  for (const words of ['総務部', '応えを求める先', '未記載', 'departments/2025/somu.yaml:']) assert.ok(panel.includes(words), words);
  await tab.keyboard.press('Escape');
  assert.equal(await tab.locator('#panel').isVisible(), false);
  assert.equal(await at(tab), cell);
  await tab.locator('#matrix td[data-s="a"]:visible', { hasText: 'G1' }).first().click();
  assert.ok((await text(tab, '#panel')).includes('目標値'), 'the goal and its measures');
  assert.ok(await tab.locator('#panel svg').count() > 0, 'drawn');
  assert.deepEqual(wrong, []);
  await close();
});

test('a department is chosen: the numbers follow, its column alone is left', async () => {
  const { tab, close } = await open(gaps);
  const all = await text(tab, '#n-missing');
  await tab.locator('#pick').selectOption('kenko');
  assert.match(await text(tab, '#say'), /健康部/);
  const own = await text(tab, '#n-missing');
  assert.equal(await tab.locator('#own .lack').count(), Number(own));
  assert.ok(Number(own) > 0 && Number(own) < Number(all), `${own} of ${all}`);
  assert.equal(await tab.locator('#matrix thead th[data-d]:visible').count(), 1);
  assert.match(await text(tab, '#own'), /departments\/2025\/kenko\.yaml:\d+/);
  await tab.locator('#pick').selectOption('');
  assert.equal(await text(tab, '#n-missing'), all);
  assert.equal(await tab.locator('#matrix thead th[data-d]:visible').count(), 10);
  await close();
});

test('search by word, by full-width number, and only open items', async () => {
  const { tab, close } = await open(gaps);
  const rows = await shown(tab);
  await tab.keyboard.press('/');
  await tab.keyboard.type('個人情報');
  const few = await shown(tab);
  assert.ok(few > 0 && few < rows, `${few} of ${rows}`);
  assert.match(await text(tab, '#told'), /項目を表示/);
  await tab.locator('#search').fill('３－６');
  assert.ok((await shown(tab)) >= 1);
  assert.ok(await tab.locator('#matrix tr[data-i="3-6"]').isVisible());
  await tab.locator('#search').fill('どこにもない言葉');
  assert.equal(await shown(tab), 0);
  await tab.locator('#search').fill('');
  await tab.locator('#pick').selectOption('kenko');
  await tab.locator('#open').check();
  assert.equal(await shown(tab), 1);
  await close();
});

test('the address keeps what is shown', async () => {
  const { tab, wrong, close } = await open(gaps);
  await tab.locator('#pick').selectOption('somu');
  await tab.locator('#open').check();
  await tab.locator('#next').click();
  await tab.keyboard.press('Enter');
  const before = [await text(tab, '#say'), await text(tab, '#panel'), await shown(tab)];
  assert.match(tab.url(), /#d=somu&open=1&cell=1-5\.somu/);
  await tab.reload();
  assert.deepEqual([await text(tab, '#say'), await text(tab, '#panel'), await shown(tab)], before);
  await tab.goto(`${gaps}#d=nobody&cell=9-9.nobody`);
  await tab.reload();
  assert.equal(await tab.locator('#panel').isVisible(), false);
  assert.deepEqual(wrong, []);
  await close();
});

test('without a script it is a whole page', async () => {
  const { tab, wrong, close } = await open(gaps, { javaScriptEnabled: false });
  assert.equal(await tab.locator('#tools').isVisible(), false);
  await tab.locator('#matrix td[data-s="m"] a').first().click();
  assert.match(tab.url(), /#a-0-1-kaikei$/);
  const box = await tab.locator('#a-0-1-kaikei').boundingBox();
  assert.ok(box.y >= 0 && box.y < 1000, `${box.y}`);
  assert.deepEqual(wrong, []);
  await close();
});

test('printed: the table on one A4 page, heads repeated where it is longer', async () => {
  for (const address of [shipped, gaps]) {
    const { tab, close } = await open(address);
    const pdf = (await tab.pdf({ preferCSSPageSize: true })).toString('latin1');
    assert.equal(pdf.match(/\/Type\s*\/Page\b/g).length, 2, 'the table, and the lists after it');
    assert.match(pdf, /\/MediaBox\s*\[0 0 84[12][.\d]* 59[45]/, 'A4 landscape');
    await tab.emulateMedia({ media: 'print' });
    assert.equal(await tab.evaluate(() => getComputedStyle(document.querySelector('thead')).display), 'table-header-group');
    assert.equal(await tab.locator('#panel').isVisible(), false);
    await close();
  }
});

test('axe finds nothing, light and dark, wide and narrow, panel open, in both languages', async () => {
  const english = page(open_city, 'en');
  for (const colorScheme of ['light', 'dark']) {
    for (const [address, width] of [[shipped, 1400], [gaps, 1400], [gaps, 390], [english, 1400]]) {
      for (const hash of ['', '#d=somu', '#cell=1-2.kenko']) {
        const { tab, wrong, close } = await open(address + hash, { colorScheme, viewport: { width, height: 900 } });
        // What the browser skips while it is far away would not be looked at.
        await tab.evaluate(() => document.querySelectorAll('.item, .dept').forEach((it, n) => {
          if (n > 3) it.remove(); else it.style.contentVisibility = 'visible';
        }));
        await tab.evaluate(axe);
        const found = await tab.evaluate(async () => {
          const { violations } = await window.axe.run(document);
          return violations.map((it) => `${it.id}: ${it.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(' | ')}`);
        });
        assert.deepEqual(found, [], `${colorScheme} ${width} ${hash}`);
        assert.deepEqual(wrong, []);
        await close();
      }
    }
  }
});

test('nothing overflows a narrow screen but the table in its frame', async () => {
  const { tab, close } = await open(gaps, { viewport: { width: 390, height: 800 } });
  const [wide, room] = await tab.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
  assert.ok(wide <= room, `${wide} > ${room}`);
  await close();
});

test('hostile text is inert', async () => {
  const words = `</script><script>alert(1)</script><img src=x onerror="alert(2)"><svg onload=alert(3)> '" \u2028 javascript:alert(4)`;
  const quoted = JSON.stringify(words);
  const hostile = page(city('hostile', 'tests/cities/small', {
    'departments/2025/somu.yaml': (plan) => plan
      .replace('窓口を止めない仕組み', quoted).replace('市民が待たずに手続を終えられる', quoted)
      .replace('非常用電源で動く窓口の数', quoted).replace('手順書を改める', quoted)
      .replace('  市民が安心して使える窓口をつくる。', `  ${words.replace('\u2028', '')}`),
    'policy/2025/organization.yaml': (text) => text.replace('name: 総務部', `name: ${quoted}`),
    'policy/kpolicy.yaml': (text) => `${text.replace(/^city:.*$/m, '')}\ncity: ${quoted}\n`,
  }));
  const { tab, wrong, close } = await open(hostile);
  await tab.locator('#pick').selectOption('somu');
  await tab.keyboard.press('/');
  await tab.keyboard.type('alert');
  await tab.locator('#matrix td[data-s="a"] a').first().click();
  assert.ok((await text(tab, '#panel')).includes('<img src=x'), 'it is there, as text');
  assert.equal(await tab.locator('img, svg:not([role=img]), iframe').count(), 0);
  assert.equal(await tab.locator('script').count(), 2);
  assert.deepEqual(wrong, []);
  await close();
});

test('a script that is not ours does not run', async () => {
  const { tab, close } = await open(gaps);
  const ran = await tab.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'window.ran = true';
    document.body.append(script);
    return window.ran === true;
  });
  assert.equal(ran, false);
  await close();
});
