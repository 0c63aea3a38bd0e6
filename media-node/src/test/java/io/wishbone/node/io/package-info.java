@NullMarked
package io.wishbone.node.io;

import org.jspecify.annotations.NullMarked;
