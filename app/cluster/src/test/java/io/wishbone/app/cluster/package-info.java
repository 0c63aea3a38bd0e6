@NullMarked
package io.wishbone.app.cluster;

import org.jspecify.annotations.NullMarked;
