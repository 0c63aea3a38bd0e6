@NullMarked
package io.wishbone.app.program;

import org.jspecify.annotations.NullMarked;
