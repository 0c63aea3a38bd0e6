@NullMarked
package io.wishbone.signaling.http;

import org.jspecify.annotations.NullMarked;
