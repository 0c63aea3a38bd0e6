/// What keeps the server up when others mean it harm, and the page that says how that is shown.
///
/// Read first: [io.wishbone.it.reliability.ReliabilityPageTest].
@NullMarked
package io.wishbone.it.reliability;

import org.jspecify.annotations.NullMarked;
