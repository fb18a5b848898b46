const form = document.querySelector('form');
const findings = [...document.querySelectorAll('details')].map(element => ({ element, kind: element.className, text: element.textContent.toLowerCase() }));
const shown = document.querySelector('output');

function filter() {
  const kinds = new Set([...form.querySelectorAll('input[type=checkbox]:checked')].map(box => box.value));
  const words = form.elements.words.value.toLowerCase().split(/\s+/).filter(Boolean);
  let count = 0;
  for (const { element, kind, text } of findings) {
    const fits = kinds.has(kind) && words.every(word => text.includes(word));
    element.hidden = !fits;
    if (fits) count++;
  }
  shown.textContent = `${count} of ${findings.length} shown`;
}

form.hidden = false;
form.addEventListener('input', filter);
form.addEventListener('submit', event => event.preventDefault());
filter();
