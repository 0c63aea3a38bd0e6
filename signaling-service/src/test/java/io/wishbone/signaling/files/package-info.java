@NullMarked
package io.wishbone.signaling.files;

import org.jspecify.annotations.NullMarked;
