@NullMarked
package io.wishbone.store.remote;

import org.jspecify.annotations.NullMarked;
