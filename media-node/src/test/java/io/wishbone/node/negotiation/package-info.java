@NullMarked
package io.wishbone.node.negotiation;

import org.jspecify.annotations.NullMarked;
