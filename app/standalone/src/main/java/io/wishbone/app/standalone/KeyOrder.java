package io.wishbone.app.standalone;

import io.wishbone.app.program.Quoted;
import io.wishbone.app.program.StartRefusedException;
import io.wishbone.signaling.auth.KeyFileLine;
import io.wishbone.signaling.auth.StreamKey;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;

/// A stream key, as `wishbone key` makes it.
record KeyOrder(Grants grants, String id) {

  private static final String ID = "--id";
  private static final String ANY_ID = "key-";
  private static final int ANY_ID_BOUND = 1_000_000;

  static KeyOrder read(List<String> words, SecureRandom random) throws StartRefusedException {
    Grants grants = Grants.read(words, Set.of(ID));
    String id = grants.others().getOrDefault(ID, ANY_ID + random.nextInt(ANY_ID_BOUND));
    if (!StreamKey.isId(id)) {
      throw StartRefusedException.wrongUse(
          ID + " is " + Quoted.of(id) + ", but has to be 1 to 64 letters, digits, '_' or '-'");
    }
    if (!grants.publish().isEmpty()
        && !grants.play().isEmpty()
        && !grants.publish().equals(grants.play())) {
      throw StartRefusedException.wrongUse(
          "a key has one list of streams: --publish and --play have to name the same, or make two");
    }
    return new KeyOrder(grants, id);
  }

  /// The key, and the line for the file: two lines of text.
  String make(SecureRandom random) {
    String key = StreamKey.generate(id, random);
    boolean publish = !grants.publish().isEmpty();
    List<String> streams = publish ? grants.publish() : grants.play();
    var line =
        new KeyFileLine(
            StreamKey.of(key), publish, !grants.play().isEmpty(), grants.admin(), streams);
    return "Key   " + key + "\nLine  " + line.text();
  }
}
