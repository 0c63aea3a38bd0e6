/// The assembled house under test: architecture, browsers, failures.
@NullMarked
package io.wishbone.it;

import org.jspecify.annotations.NullMarked;
