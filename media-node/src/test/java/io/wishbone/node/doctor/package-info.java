@NullMarked
package io.wishbone.node.doctor;

import org.jspecify.annotations.NullMarked;
