/// The rules of WHIP and WHEP, one test at least for each, over HTTP against the packaged server
/// with its media node.
///
/// A test method begins with the rules that it shows, `w25_trickleIsAnsweredBy204WithoutEntityTag`;
/// [io.wishbone.it.conformance.RuleCatalogue] says in one sentence what each rule demands, and
/// [io.wishbone.it.conformance.ConformancePageTest] holds docs/conformance.md to both. Rules that a
/// simulation or another room's test shows better point there.
///
/// One server serves all classes: a test takes a stream name of its own.
@NullMarked
package io.wishbone.it.conformance;

import org.jspecify.annotations.NullMarked;
