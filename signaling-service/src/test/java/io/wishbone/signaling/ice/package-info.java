@NullMarked
package io.wishbone.signaling.ice;

import org.jspecify.annotations.NullMarked;
