/// What is wrong with a session, in one word that a machine can read.
///
/// [io.wishbone.node.doctor.Doctor] goes through the facts that session and transport have, in the
/// order in which a connection comes about, and names the first thing that is missing. Pure: facts
/// in, [io.wishbone.node.doctor.Verdict] out.
///
/// **Threads.** Any.
///
/// **Left out on purpose.** Advice: whoever shows a verdict has the words for it.
@NullMarked
package io.wishbone.node.doctor;

import org.jspecify.annotations.NullMarked;
