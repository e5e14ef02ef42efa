// The filters of a page, as the browser runs them. Without them everything is shown, and the form that they belong to stays hidden.

export const SCRIPT = `
(() => {
  'use strict';
  const form = document.querySelector('form.filters');
  if (!form) return;
  form.hidden = false;
  const items = [...document.querySelectorAll('[data-item]')].map((element) => ({
    element,
    text: element.textContent.toLowerCase(),
    has: (name, value) => (element.getAttribute('data-' + name) || '').split(' ').includes(value),
  }));
  const groups = [...document.querySelectorAll('[data-group]')];
  const cells = [...document.querySelectorAll('[data-cell]')];
  const status = document.querySelector('[data-status]');
  const apply = () => {
    const wanted = new FormData(form);
    const text = String(wanted.get('text') || '').trim().toLowerCase();
    const levels = wanted.getAll('level');
    const chosen = ['client', 'rule', 'stack'].map((name) => [name, String(wanted.get(name) || '')]).filter(([, value]) => value !== '');
    const all = levels.length === form.querySelectorAll('[name=level]').length;
    let findings = 0;
    let paths = 0;
    for (const { element, text: own, has } of items) {
      const fits = own.includes(text) && (all || levels.some((level) => has('level', level))) && chosen.every(([name, value]) => has(name, value));
      element.hidden = !fits;
      if (fits && element.getAttribute('data-item') === 'finding') findings += 1;
      if (fits && element.getAttribute('data-item') === 'path') paths += 1;
    }
    for (const group of groups) group.hidden = !group.querySelector('[data-item]:not([hidden])');
    const client = String(wanted.get('client') || '');
    for (const cell of cells) cell.hidden = client !== '' && cell.getAttribute('data-cell') !== client;
    status.textContent = findings + (findings === 1 ? ' finding, ' : ' findings, ') + paths + (paths === 1 ? ' path' : ' paths') + ' shown';
  };
  form.addEventListener('input', apply);
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('reset', () => setTimeout(apply));
  const open = () => {
    const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    for (let at = target; at; at = at.parentElement) if (at.tagName === 'DETAILS') at.open = true;
    if (target) target.scrollIntoView();
  };
  addEventListener('hashchange', open);
  addEventListener('beforeprint', () => { for (const one of document.querySelectorAll('details')) one.open = true; });
  apply();
  open();
})();
`;
