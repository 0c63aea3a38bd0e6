@NullMarked
package io.wishbone.control;

import org.jspecify.annotations.NullMarked;
