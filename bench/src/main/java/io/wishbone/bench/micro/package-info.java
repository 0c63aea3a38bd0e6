/// JMH benchmarks of what happens to a packet: `./wishbone bench micro [options of JMH]`.
@NullMarked
package io.wishbone.bench.micro;

import org.jspecify.annotations.NullMarked;
