/**
 * A table whose rows stay the same elements as long as they are about the same thing, so that a button does not vanish
 * under the pointer.
 */
export class LiveTable {
  #body;
  #name;
  #rows = new Map();

  /**
   * @param {HTMLTableElement} table
   * @param {string} name of the data attribute that says what a row is about
   */
  constructor(table, name) {
    this.#body = table.tBodies[0];
    this.#body.replaceChildren();
    this.#name = name;
  }

  /**
   * @param {object[]} items
   * @param {(item: object) => string} key
   * @param {(item: object, row: HTMLTableRowElement) => (string|Node|null)[]} cells one for each column; null leaves it alone
   */
  show(items, key, cells) {
    const seen = new Set();
    items.forEach((item, index) => {
      const id = key(item);
      seen.add(id);
      let row = this.#rows.get(id);
      if (!row) {
        row = document.createElement('tr');
        row.dataset[this.#name] = id;
        this.#rows.set(id, row);
      }
      if (this.#body.rows[index] !== row) {
        this.#body.insertBefore(row, this.#body.rows[index] ?? null);
      }
      fill(row, cells(item, row));
    });
    for (const [id, row] of this.#rows) {
      if (!seen.has(id)) {
        row.remove();
        this.#rows.delete(id);
      }
    }
  }
}

function fill(row, cells) {
  cells.forEach((content, index) => {
    const cell = row.cells[index] ?? row.insertCell();
    if (content instanceof Node) {
      if (cell.firstChild !== content) {
        cell.replaceChildren(content);
      }
    } else if (content !== null && cell.textContent !== content) {
      cell.textContent = content;
    }
  });
}

/** The button of a row, made once. */
export function button(row, action, label, onClick, className = '') {
  let made = row.querySelector(`button[data-action="${action}"]`);
  if (!made) {
    made = document.createElement('button');
    made.type = 'button';
    made.className = className;
    made.dataset.action = action;
    made.addEventListener('click', () => onClick(made));
  }
  if (made.textContent !== label) {
    made.textContent = label;
  }
  return made;
}
