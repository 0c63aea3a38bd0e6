/// Clients that others wrote, against the packaged server, with media at the other end.
///
/// Classes named `...IT` need only Chromium and run with every build; those named `...Interop` need
/// what `tests-it/interop/install` brings, and run with the profile `interop`. Each of the latter
/// fills a [io.wishbone.it.interop.ClientRow] of the table that the profile ends with. Programs
/// that are not Java stand in `tests-it/interop`: they write lines that
/// [io.wishbone.it.interop.ClientProgram] reads. Start with
/// [io.wishbone.it.interop.LibwebrtcInterop].
@NullMarked
package io.wishbone.it.interop;

import org.jspecify.annotations.NullMarked;
