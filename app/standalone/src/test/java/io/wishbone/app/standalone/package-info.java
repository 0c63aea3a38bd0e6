@NullMarked
package io.wishbone.app.standalone;

import org.jspecify.annotations.NullMarked;
