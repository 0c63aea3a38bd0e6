/** Shows what a panel is doing, and what keeps it from doing so. */
export class StatusView {
  #status;
  #diagnosis;
  #sentence;
  #hint;

  /**
   * @param {HTMLElement} status gets `data-state`
   * @param {HTMLElement} diagnosis gets `data-code` and `data-severity`; holds a `strong` and a `span`
   */
  constructor(status, diagnosis) {
    this.#status = status;
    this.#diagnosis = diagnosis;
    this.#sentence = diagnosis.querySelector('strong');
    this.#hint = diagnosis.querySelector('span');
  }

  /** @param {string} state for style sheets and tests @param {string} text for people */
  show(state, text) {
    this.#status.dataset.state = state;
    if (this.#status.textContent !== text) {
      this.#status.textContent = text;
    }
  }

  /** @param {import('./diagnosis.js').Diagnosis|null} diagnosis */
  explain(diagnosis) {
    const code = diagnosis?.code ?? '';
    const sentence = diagnosis?.sentence ?? '';
    if (this.#diagnosis.dataset.code === code && this.#sentence.textContent === sentence) {
      return; // A screen reader would read it again each second.
    }
    this.#diagnosis.dataset.code = code;
    this.#diagnosis.dataset.severity = diagnosis?.severity ?? '';
    this.#sentence.textContent = sentence;
    this.#hint.textContent = diagnosis?.hint ?? '';
    this.#diagnosis.hidden = !diagnosis;
  }
}
