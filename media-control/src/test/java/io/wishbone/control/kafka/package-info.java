@NullMarked
package io.wishbone.control.kafka;

import org.jspecify.annotations.NullMarked;
