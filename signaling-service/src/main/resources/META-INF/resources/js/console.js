import { ConnectPanel } from './connect-panel.js';
import { readDeepLink } from './deep-link.js';
import { PublishPanel } from './publish-panel.js';
import { WatchPanel } from './watch-panel.js';

const link = readDeepLink(location.search);
const publish = new PublishPanel();
const watch = new WatchPanel();
publish.fill(link);
watch.fill(link);
new ConnectPanel(document.getElementById('publish-stream'));

// On a narrow screen the panel that the link is about comes first.
document.body.dataset.focus = link.watch && !link.publish ? 'watch' : 'publish';
document.body.dataset.ready = 'true';

if (link.startsPublishing) {
  publish.start();
}
if (link.watch) {
  watch.start();
}
