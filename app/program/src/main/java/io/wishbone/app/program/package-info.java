/// What the programs have in common around their framework: the command line, the settings and
/// their checks, the help text, the ports that are tried before a start.
///
/// A start goes this way: [io.wishbone.app.program.Launch] reads the
/// [io.wishbone.app.program.CommandLine], gathers [io.wishbone.app.program.Settings] from
/// everywhere and tries the ports, all before the framework is there, so that a mistake costs one
/// line and no time. Which settings there are is said by one table for each group of them, such as
/// [io.wishbone.app.program.ListeningSettings]; which program has which,
/// [io.wishbone.app.program.Program] says: the class to read first.
///
/// Threads: all of it on the main thread.
@NullMarked
package io.wishbone.app.program;

import org.jspecify.annotations.NullMarked;
