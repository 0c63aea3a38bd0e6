@NullMarked
package io.wishbone.signaling.webhooks;

import org.jspecify.annotations.NullMarked;
