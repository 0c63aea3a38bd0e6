package io.wishbone.control;

/// Take the subscriber's answer to a [CounterOffered]. Answered with [AnswerAccepted], or with
/// [Refused]: then another answer may follow.
///
/// @param answer the SDP answer as received; signalling has parsed it once, so it is well-formed
public record AcceptAnswer(SessionId sessionId, String answer) implements Command {}
