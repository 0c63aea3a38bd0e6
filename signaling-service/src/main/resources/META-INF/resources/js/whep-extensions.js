import { findLink } from './link-header.js';
import { SignallingError } from './signalling-error.js';

const EVENTS = 'urn:ietf:params:whep:ext:core:server-sent-events';
const LAYER = 'urn:ietf:params:whep:ext:core:layer';
const JSON_TYPE = { 'Content-Type': 'application/json' };

/**
 * What a WHEP session can do besides playing, as far as its server says so.
 *
 * ```js
 * const extensions = new WhepExtensions(client.links, client.url);
 * const events = await extensions.events(['layers', 'viewercount']);
 * events?.addEventListener('viewercount', ({ data }) => show(JSON.parse(data).viewercount));
 * await extensions.selectLayer({ rid: 'l' });
 * ```
 */
export class WhepExtensions {
  #links;
  #base;

  /**
   * @param {string} links the Link header of the answer
   * @param {string} base what relative links are relative to: the session URL
   */
  constructor(links, base) {
    this.#links = links;
    this.#base = base;
  }

  /** @returns {string[]} the names of the events that can be had */
  get eventNames() {
    const names = findLink(this.#links, EVENTS)?.parameters.get('events') ?? '';
    return names.split(',').map((name) => name.trim()).filter(Boolean);
  }

  /** @returns {boolean} whether the quality of the picture can be chosen */
  get canSelectLayer() {
    return findLink(this.#links, LAYER) !== null;
  }

  /**
   * Opens a stream of events. The data of each is JSON. Close it when it is not needed any more.
   *
   * @param {string[]} names those among them that the server does not have are left out
   * @returns {Promise<EventSource|null>} null when the server has none of them
   * @throws {SignallingError}
   */
  async events(names) {
    const wanted = names.filter((name) => this.eventNames.includes(name));
    if (wanted.length === 0) {
      return null;
    }
    const response = await this.#post(EVENTS, wanted);
    const location = response.headers.get('Location');
    return new EventSource(new URL(location, response.url));
  }

  /**
   * Asks for a quality of the picture. What is not named is left to the server, so that `{}` leaves
   * everything to it again.
   *
   * @param {{mediaId?: string, rid?: string, spatialLayerId?: number, temporalLayerId?: number,
   *     maxSpatialLayerId?: number, maxTemporalLayerId?: number, maxWidth?: number, maxHeight?: number}} choice
   * @throws {SignallingError} 422 when there is no such quality
   */
  async selectLayer(choice) {
    await this.#post(LAYER, choice);
  }

  async #post(relation, body) {
    const url = new URL(findLink(this.#links, relation).target, this.#base);
    let response;
    try {
      response = await fetch(url, { method: 'POST', headers: JSON_TYPE, body: JSON.stringify(body) });
    } catch (cause) {
      throw SignallingError.unreachable(cause);
    }
    if (!response.ok) {
      throw await SignallingError.from(response);
    }
    return response;
  }
}
