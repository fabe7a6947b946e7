// Filters of an HTML report. The page is complete without them, and they read nothing outside it.
(() => {
  const form = document.querySelector('#filters');
  if (form === null) return;
  const results = document.querySelector('#results');
  const nothing = document.querySelector('#nothing');
  const textOf = (node) => node.textContent.toLowerCase();
  const setCount = (node, count) => {
    node.querySelector('.count').lastChild.data = String(count);
  };

  const branches = [...document.querySelectorAll('nav .branch')];
  const parts = [...document.querySelectorAll('main > .part')].map((part, at) => ({
    part,
    branch: branches[at],
    groups: [...part.querySelectorAll('.group')].map((group, index) => {
      const about = textOf(group.querySelector('h3')) + ' ' + textOf(group.querySelector('.about'));
      return {
        group,
        item: branches[at].querySelectorAll('li')[index],
        texts: group.querySelector('.texts'),
        tables: [...group.querySelectorAll('table')].map((table) => ({
          table,
          rows: [...table.querySelectorAll('tbody > tr')].map((row) => ({ row, text: about + ' ' + textOf(row) })),
        })),
      };
    }),
  }));
  const total = document.querySelectorAll('main tbody > tr').length;
  const opened = new Set();

  /** The filter that the form describes, and whether it restricts anything. */
  const wanted = () => {
    const data = new FormData(form);
    const impacts = data.getAll('impact');
    const terms = String(data.get('query')).toLowerCase().split(/\s+/).filter(Boolean);
    const exact = ['write', 'read', 'kind'].map((name) => [name, data.get(name)]).filter(([, value]) => value !== '');
    const isNarrow = terms.length > 0 || exact.length > 0 || form.querySelector('[name=impact]:not(:checked)') !== null;
    const matches = ({ row, text }) =>
      impacts.includes(row.dataset.impact) &&
      exact.every(([name, value]) => row.dataset[name] === value) &&
      terms.every((term) => text.includes(term));
    return { matches, isNarrow };
  };

  /** Opens parts for a filter; without a filter, closes only what a filter has opened. */
  const open = (details, isOpen) => {
    if (details === null || details === undefined) return;
    if (isOpen && !details.open) {
      details.open = true;
      opened.add(details);
    } else if (!isOpen && opened.delete(details)) {
      details.open = false;
    }
  };

  const apply = () => {
    const { matches, isNarrow } = wanted();
    let shown = 0;
    let places = 0;
    for (const { part, branch, groups } of parts) {
      let inPart = 0;
      for (const { group, item, texts, tables } of groups) {
        let inGroup = 0;
        for (const { table, rows } of tables) {
          let inTable = 0;
          for (const entry of rows) {
            const isShown = matches(entry);
            entry.row.hidden = !isShown;
            if (isShown) inTable++;
          }
          const isTexts = texts !== null && texts.contains(table);
          (isTexts ? texts : table).hidden = inTable === 0;
          if (isTexts) {
            setCount(texts, inTable);
            open(texts, isNarrow && inTable > 0);
          }
          inGroup += inTable;
        }
        group.hidden = item.hidden = inGroup === 0;
        setCount(item, inGroup);
        if (inGroup > 0) places++;
        inPart += inGroup;
      }
      part.hidden = branch.hidden = inPart === 0;
      setCount(branch.querySelector('summary'), inPart);
      open(branch, isNarrow && inPart > 0);
      shown += inPart;
    }
    nothing.hidden = shown > 0;
    results.textContent = isNarrow
      ? `${shown} of ${total} changes, in ${places} ${places === 1 ? 'place' : 'places'}`
      : `${total} changes`;
  };

  let timer;
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(apply, 100);
  };
  form.addEventListener('input', later);
  form.addEventListener('reset', later);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    clearTimeout(timer);
    apply();
  });
  form.hidden = false;
  apply();
})();
