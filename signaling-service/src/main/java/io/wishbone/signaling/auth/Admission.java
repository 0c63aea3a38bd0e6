package io.wishbone.signaling.auth;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.http.HttpServerRequest;
import io.wishbone.control.SessionRole;
import io.wishbone.control.StreamName;
import io.wishbone.signaling.SignalingConfig;
import io.wishbone.signaling.http.ProblemException;
import io.wishbone.signaling.limits.ClientAddresses;
import io.wishbone.store.RevocationKind;
import io.wishbone.store.RevocationStore;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/// The last word before a session is opened, after it is known who calls and that their credentials
/// name the stream: nothing of it is revoked, and the operator's program, if there is one, agrees.
@Singleton
public final class Admission {

  private final RevocationStore revocations;
  private final CurrentVertxRequest requests;
  private final ClientAddresses addresses;
  private final Challenges challenges = new Challenges(true);
  private final @Nullable Webhook webhook;

  Admission(
      SignalingConfig config,
      RevocationStore revocations,
      CurrentVertxRequest requests,
      ClientAddresses addresses) {
    this.revocations = revocations;
    this.requests = requests;
    this.addresses = addresses;
    this.webhook = config.auth().contains(AuthMode.WEBHOOK) ? new Webhook(config.webhook()) : null;
  }

  /// Passes if the caller may open a session now.
  ///
  /// @return the caller, with what the operator's program said of them
  /// @throws ProblemException 401 or 403 when they may not, 503 when that cannot be found out
  public Caller admit(Caller caller, SessionRole role, StreamName stream) {
    checkRevocations(caller, stream);
    if (webhook == null) {
      return caller;
    }
    HttpServerRequest request = requests.getCurrent().request();
    var question = WebhookQuestion.of(role, stream, caller, addresses.of(request), request);
    Caller admitted = confirm(caller, webhook.ask(question));
    checkRevocations(admitted, stream);
    return admitted;
  }

  /// Passes if the caller may be told what is for those who may come in, without opening a session.
  /// About whoever shows no credentials nobody is asked, neither the operator's program nor the
  /// store: requests like that are not counted, so they must not cost anything.
  ///
  /// @param stream null when none is known; the operator's program decides about streams only
  /// @return the caller, with what the operator's program said of them
  /// @throws ProblemException 401 or 403 when they may not, 503 when that cannot be found out
  public Caller admitWithoutSession(Caller caller, SessionRole role, @Nullable StreamName stream) {
    boolean isNobody = caller.credentials() instanceof Credentials.None;
    if (webhook != null && (isNobody || stream == null)) {
      throw ProblemException.forbidden(
          Challenges.insufficientScope(), "show credentials, and name the stream in the path");
    }
    if (isNobody) {
      return caller;
    }
    if (stream != null) {
      return admit(caller, role, stream);
    }
    checkRevocations(caller);
    return caller;
  }

  /// Passes if nothing of it is revoked. To be looked at once more when the session is there: it
  /// may have been opened while it was revoked.
  ///
  /// @throws ProblemException 403 when something is
  public void checkRevocations(Caller caller, StreamName stream) {
    checkRevocations(caller);
    check(RevocationKind.STREAM, stream.value());
  }

  /// Passes if neither the subject nor the key is revoked, whatever it is that they want.
  ///
  /// @throws ProblemException 403 when one is
  public void checkRevocations(Caller caller) {
    check(RevocationKind.SUBJECT, caller.subject());
    check(RevocationKind.KEY, caller.key());
  }

  private void check(RevocationKind kind, @Nullable String value) {
    if (value != null && revocations.find(kind, value) != null) {
      throw ProblemException.forbidden(
          Challenges.insufficientScope(), "access is revoked for this " + kind.word());
    }
  }

  private Caller confirm(Caller caller, Webhook.Answer answer) {
    return switch (answer) {
      case Webhook.Answer.Yes yes -> caller.confirmed(yes.subject(), yes.lifetime());
      case Webhook.Answer.Unknown _ ->
          throw ProblemException.unauthenticated(
              caller.credentials() instanceof Credentials.None
                  ? challenges.noCredentials()
                  : challenges.invalidCredentials(),
              "the credentials are not accepted");
      case Webhook.Answer.Forbidden _ ->
          throw ProblemException.forbidden(
              Challenges.insufficientScope(), "the credentials do not allow this");
    };
  }
}
