@NullMarked
package io.wishbone.signaling.auth;

import org.jspecify.annotations.NullMarked;
