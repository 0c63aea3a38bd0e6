/// What docs/scale.md reckons with.
@NullMarked
package io.wishbone.signaling.scale;

import org.jspecify.annotations.NullMarked;
