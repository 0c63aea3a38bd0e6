@NullMarked
package io.wishbone.node.session;

import org.jspecify.annotations.NullMarked;
