@NullMarked
package io.wishbone.signaling.session;

import org.jspecify.annotations.NullMarked;
