/// A WHIP and WHEP client: publish, play, load.
@NullMarked
package io.wishbone.client;

import org.jspecify.annotations.NullMarked;
