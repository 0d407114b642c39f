'use strict';
// Everything is in the page already; this moves, hides and copies it. No text becomes markup.
(() => {
  const data = JSON.parse(document.getElementById('data').textContent);
  const $ = (id) => document.getElementById(id);
  const root = document.documentElement;
  const table = $('matrix');
  const heads = [...table.tHead.rows[0].querySelectorAll('th[data-d]')];
  const rows = [...table.querySelectorAll('tbody tr[data-i]')];
  const cells = rows.map((row) => [...row.querySelectorAll('td[data-s]')]);
  const feet = [...table.tFoot.rows[0].querySelectorAll('td')];
  const [search, pick, open, told, panel, panelBody] = ['search', 'pick', 'open', 'told', 'panel', 'panel-body'].map($);
  const state = { d: '', q: '', open: false, cell: '' };
  let at = null; // the cell that the tab key reaches
  let words = null; // what is searched, made when first asked for

  root.classList.add('js');
  $('tools').hidden = false;

  const plain = (text) => text.normalize('NFKC').toLowerCase().replace(/\s+/g, '');
  const column = () => data.departments.findIndex((one) => one.id === state.d);
  const isGap = (cell) => 'mpu'.includes(cell.dataset.s);
  const shown = (cell) => !cell.hidden && !cell.parentElement.hidden;

  // One stop for the tab key in the whole table.
  table.setAttribute('role', 'grid');
  table.querySelectorAll('thead a, tbody a').forEach((link) => { link.tabIndex = -1; });
  cells.flat().forEach((cell) => { cell.tabIndex = -1; });

  const place = (cell) => {
    for (let r = 0; r < cells.length; r += 1) {
      const c = cells[r].indexOf(cell);
      if (c >= 0) return [r, c];
    }
    return null;
  };
  const reach = (cell) => {
    if (at) at.tabIndex = -1;
    at = cell;
    if (at) at.tabIndex = 0;
  };
  const go = (cell) => {
    if (!cell) return;
    reach(cell);
    cell.focus();
    if (!panel.hidden) fill(cell);
  };
  const reset = () => {
    if (!at || !shown(at)) reach(cells.flat().find(shown) || null);
  };

  // Arrows pass over what is hidden.
  const step = (cell, down, right) => {
    let [r, c] = place(cell);
    for (;;) {
      r += down;
      c += right;
      const next = cells[r] && cells[r][c];
      if (!next) return null;
      if (shown(next)) return next;
    }
  };
  const edge = (cell, last) => {
    const row = cells[place(cell)[0]].filter(shown);
    return row[last ? row.length - 1 : 0];
  };
  // Gaps in reading order of the table, round and round.
  const gap = (forward) => {
    const all = cells.flat().filter((cell) => shown(cell) && isGap(cell));
    if (!all.length) { told.textContent = data.words.nogap; return; }
    const order = cells.flat();
    const now = document.activeElement === at ? order.indexOf(at) : forward ? -1 : order.length;
    const next = forward
      ? all.find((cell) => order.indexOf(cell) > now) || all[0]
      : [...all].reverse().find((cell) => order.indexOf(cell) < now) || all[all.length - 1];
    go(next);
    told.textContent = `${data.words.gap} ${all.indexOf(next) + 1} / ${all.length}`;
  };

  // The panel shows copies of what stands further down in the page.
  const copy = (node) => {
    const twin = node.cloneNode(true);
    [twin, ...twin.querySelectorAll('[id]')].forEach((one) => one.removeAttribute('id'));
    return twin;
  };
  const fill = (cell) => {
    const [r, c] = place(cell);
    const item = $(`i-${rows[r].dataset.i}`);
    const dept = data.departments[c];
    const answer = $(`a-${rows[r].dataset.i}-${dept.id}`);
    $('panel-title').textContent = `${rows[r].dataset.t} ${data.words.of} ${dept.name}`;
    panelBody.replaceChildren(copy(item.querySelector('.memo')));
    if (answer) {
      const seen = new Set();
      panelBody.append(copy(answer));
      answer.querySelectorAll('a[href^="#g-"]').forEach((link) => {
        const goal = $(decodeURIComponent(link.getAttribute('href').slice(1)));
        if (goal && !seen.has(goal)) { seen.add(goal); panelBody.append(copy(goal)); }
      });
    } else {
      const none = document.createElement('p');
      none.textContent = data.words.none;
      panelBody.append(none);
    }
    cells.flat().forEach((one) => one.classList.toggle('at', one === cell));
    panel.hidden = false;
    panel.scrollTop = 0;
    root.classList.add('open-panel');
    state.cell = `${rows[r].dataset.i}.${dept.id}`;
    save();
  };
  const close = () => {
    if (panel.hidden) return;
    panel.hidden = true;
    root.classList.remove('open-panel');
    cells.flat().forEach((one) => one.classList.remove('at'));
    state.cell = '';
    save();
    if (at) at.focus();
  };

  // What is searched: the memo's words, and each department's answer.
  const index = () => {
    if (!words) {
      words = rows.map((row, r) => ({
        item: plain(row.cells[0].textContent + $(`i-${row.dataset.i}`).querySelector('.memo').textContent),
        cells: cells[r].map((cell, c) => {
          const answer = $(`a-${row.dataset.i}-${data.departments[c].id}`);
          return answer ? plain(answer.textContent) : '';
        }),
      }));
    }
    return words;
  };

  const numbers = (one) => {
    $('say').textContent = one.say;
    $('say2').textContent = one.say2;
    $('hero').className = `hero ${one.tone}`;
    Object.keys(one.counts).forEach((key) => { $(`n-${key}`).textContent = one.counts[key]; });
  };
  const apply = () => {
    const d = column();
    const solo = d >= 0;
    root.classList.toggle('solo', solo);
    numbers(solo ? data.departments[d] : data.all);
    [heads, feet, ...cells].forEach((list) => list.forEach((cell, c) => { cell.hidden = solo && c !== d; }));
    table.querySelectorAll('.sec th').forEach((head) => { head.colSpan = solo ? 2 : heads.length + 2; });
    $('cards').hidden = solo;
    const own = $('own');
    own.hidden = !solo;
    own.replaceChildren();
    if (solo) own.append(...[...$(`d-${state.d}`).querySelectorAll('h3, .top')].map(copy));
    const query = plain(state.q);
    let [items, hits] = [0, 0];
    rows.forEach((row, r) => {
      const known = query ? index()[r] : null;
      const own = cells[r].map((cell, c) => {
        const hit = Boolean(known) && !cell.hidden && known.cells[c].includes(query);
        cell.classList.toggle('hit', hit);
        return hit;
      });
      const found = !known || known.item.includes(query) || own.includes(true);
      const wanted = !state.open || cells[r].some((cell) => !cell.hidden && isGap(cell));
      row.hidden = !(found && wanted);
      if (!row.hidden) { items += 1; hits += own.filter(Boolean).length; }
    });
    table.querySelectorAll('tbody').forEach((body) => {
      body.hidden = ![...body.rows].some((row) => row.dataset.i && !row.hidden);
    });
    told.textContent = query || state.open ? data.words.found.replace('%i', items).replace('%c', hits) : '';
    reset();
  };

  const save = () => {
    const parts = new URLSearchParams();
    if (state.d) parts.set('d', state.d);
    if (state.q) parts.set('q', state.q);
    if (state.open) parts.set('open', '1');
    if (state.cell) parts.set('cell', state.cell);
    const text = parts.toString();
    history.replaceState(null, '', text ? `#${text}` : location.pathname + location.search);
  };
  const load = () => {
    const text = location.hash.slice(1);
    if (text && !text.includes('=')) return; // an anchor of the page
    const parts = new URLSearchParams(text);
    state.d = data.departments.some((one) => one.id === parts.get('d')) ? parts.get('d') : '';
    state.q = parts.get('q') || '';
    state.open = parts.get('open') === '1';
    pick.value = state.d;
    search.value = state.q;
    open.checked = state.open;
    apply();
    const wanted = parts.get('cell') || '';
    const cell = cells.flat().find((one) => {
      const [r, c] = place(one);
      return `${rows[r].dataset.i}.${data.departments[c].id}` === wanted;
    });
    if (cell && shown(cell)) { reach(cell); fill(cell); }
  };
  const change = () => {
    Object.assign(state, { d: pick.value, q: search.value, open: open.checked });
    apply();
    save();
  };

  table.addEventListener('click', (event) => {
    const cell = event.target.closest('td[data-s]');
    if (!cell || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    reach(cell);
    cell.focus();
    fill(cell);
  });
  table.addEventListener('keydown', (event) => {
    const cell = event.target.closest('td[data-s]');
    if (!cell || event.ctrlKey || event.metaKey || event.altKey) return;
    const moves = {
      ArrowDown: () => step(cell, 1, 0), ArrowUp: () => step(cell, -1, 0),
      ArrowRight: () => step(cell, 0, 1), ArrowLeft: () => step(cell, 0, -1),
      Home: () => edge(cell, false), End: () => edge(cell, true),
    };
    if (moves[event.key]) {
      event.preventDefault();
      go(moves[event.key]());
    } else if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      fill(cell);
      $('panel-title').focus();
    }
  });
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === 'Escape') { close(); return; }
    if (event.target.closest('input[type=search], select, textarea')) return;
    const key = event.key.toLowerCase();
    if (key === 'n' || key === 'p') { event.preventDefault(); gap(key === 'n'); }
    if (key === '/') { event.preventDefault(); search.focus(); }
  });
  $('tools').addEventListener('submit', (event) => event.preventDefault());
  $('next').addEventListener('click', () => gap(true));
  $('close').addEventListener('click', close);
  search.addEventListener('input', change);
  pick.addEventListener('change', () => { close(); change(); });
  open.addEventListener('change', change);
  window.addEventListener('hashchange', load);
  apply();
  load();
})();
