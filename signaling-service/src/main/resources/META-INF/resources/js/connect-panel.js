import { whepEndpoint, whipEndpoint } from './endpoint.js';

const COPIED_MILLIS = 1500;

/** URLs and commands for other software, for the stream whose name is filled in. */
export class ConnectPanel {
  #name;

  /** @param {HTMLInputElement} name */
  constructor(name) {
    this.#name = name;
    name.addEventListener('input', () => this.update());
    document.querySelectorAll('[data-copy]').forEach((button) => {
      button.addEventListener('click', () => this.#copy(button));
    });
    this.update();
  }

  update() {
    const stream = this.#name.value.trim() || 'demo';
    const values = { WHIP_URL: whipEndpoint(stream), WHEP_URL: whepEndpoint(stream) };
    document.querySelectorAll('[data-template]').forEach((element) => {
      element.textContent = element.dataset.template.replace(/WH[IE]P_URL/g, (key) => values[key]);
    });
  }

  async #copy(button) {
    const isCopied = await copyText(document.getElementById(button.dataset.copy));
    const label = button.firstChild;
    label.textContent = isCopied ? 'Copied' : 'Press Ctrl+C';
    setTimeout(() => (label.textContent = 'Copy'), COPIED_MILLIS);
  }
}

async function copyText(element) {
  try {
    await navigator.clipboard.writeText(element.textContent);
    return true;
  } catch {
    // Not on HTTPS: select it, and try the old way.
    getSelection().selectAllChildren(element);
    return document.execCommand('copy');
  }
}
