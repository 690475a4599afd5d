// Filters the entries and opens the one that the address names. The page works without it.
(() => {
  const form = document.getElementById('filter');
  const words = document.getElementById('words');
  const shown = document.getElementById('shown');
  const entries = [...document.querySelectorAll('.entry')];
  const days = [...document.querySelectorAll('.day')];
  const fold = (s) => s.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const text = entries.map((e) => fold(e.textContent));
  const kinds = () =>
    new Set([...form.querySelectorAll('input[type=checkbox]:checked')].map((i) => i.value));
  function apply() {
    const want = fold(words.value).split(/\s+/).filter(Boolean);
    const on = kinds();
    let count = 0;
    entries.forEach((entry, i) => {
      const kind = entry.classList[1];
      const hit = on.has(kind) && want.every((w) => text[i].includes(w));
      entry.hidden = !hit;
      count += hit;
    });
    days.forEach((day) => { day.hidden = !day.querySelector('.entry:not([hidden])'); });
    shown.textContent = `${count} of ${entries.length} shown`;
  }
  function open() {
    const entry = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const details = entry && entry.querySelector('details');
    if (!details) return;
    details.open = true;
    entry.scrollIntoView({ block: 'center' });
    details.querySelector('summary').focus({ preventScroll: true });
  }
  form.hidden = false;
  form.addEventListener('input', apply);
  form.addEventListener('submit', (e) => e.preventDefault());
  addEventListener('hashchange', open);
  apply();
  open();
})();
