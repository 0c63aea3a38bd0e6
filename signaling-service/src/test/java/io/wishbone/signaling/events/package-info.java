@NullMarked
package io.wishbone.signaling.events;

import org.jspecify.annotations.NullMarked;
