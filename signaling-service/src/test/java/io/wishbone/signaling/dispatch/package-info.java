@NullMarked
package io.wishbone.signaling.dispatch;

import org.jspecify.annotations.NullMarked;
