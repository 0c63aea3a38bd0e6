/// What all fuzz targets hold, and a short run of each: see `webrtc/fuzz` for longer ones.
@NullMarked
package io.wishbone.webrtc.fuzz;

import org.jspecify.annotations.NullMarked;
