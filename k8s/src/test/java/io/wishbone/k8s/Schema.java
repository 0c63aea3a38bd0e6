package io.wishbone.k8s;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/// Judges resources by the classes that two clients of Kubernetes have for them.
final class Schema {

  private static final ObjectMapper STRICT =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  /// Kubernetes' own kinds that the overlays use.
  private static final List<String> OWN_GROUPS =
      List.of(
          "v1",
          "apps/v1",
          "policy/v1",
          "networking.k8s.io/v1",
          "autoscaling/v2",
          "rbac.authorization.k8s.io/v1");

  private Schema() {}

  static boolean isKubernetesOwn(Manifest manifest) {
    return OWN_GROUPS.contains(manifest.apiVersion());
  }

  /// What is wrong with it; empty when nothing is.
  static List<String> faults(Manifest manifest) {
    List<String> faults = new ArrayList<>();
    if (isKubernetesOwn(manifest)) {
      officialClient(manifest).ifPresent(faults::add);
    }
    otherClient(manifest).ifPresent(faults::add);
    return faults;
  }

  /// Looks for fields that there are not.
  private static Optional<String> officialClient(Manifest manifest) {
    String version = manifest.apiVersion().replaceAll(".*/", "");
    String name =
        "io.kubernetes.client.openapi.models."
            + version.substring(0, 1).toUpperCase(Locale.ROOT)
            + version.substring(1)
            + manifest.kind();
    try {
      Class.forName(name)
          .getMethod("validateJsonElement", JsonElement.class)
          .invoke(null, JsonParser.parseString(manifest.json().toString()));
      return Optional.empty();
    } catch (InvocationTargetException fault) {
      return Optional.of(manifest + ": " + fault.getCause().getMessage());
    } catch (ReflectiveOperationException fault) {
      return Optional.of(manifest + ": no such kind, " + fault);
    }
  }

  /// Looks for values of a wrong type. Kinds that it does not know are those of operators.
  private static Optional<String> otherClient(Manifest manifest) {
    Class<?> type = OtherKinds.find(manifest);
    if (type == null) {
      return isKubernetesOwn(manifest)
          ? Optional.of(manifest + ": not known to fabric8")
          : Optional.empty();
    }
    try {
      STRICT.treeToValue(manifest.json(), type);
      return Optional.empty();
    } catch (JsonProcessingException fault) {
      return Optional.of(manifest + ": " + fault.getOriginalMessage());
    }
  }

  /// Whether anything here can judge it.
  static boolean isKnown(Manifest manifest) {
    return isKubernetesOwn(manifest) || OtherKinds.find(manifest) != null;
  }

  private static final class OtherKinds {
    private static final List<Class<?>> ALL = all();

    private static List<Class<?>> all() {
      List<Class<?>> types = new ArrayList<>();
      for (var provider : ServiceLoader.load(KubernetesResource.class).stream().toList()) {
        if (HasMetadata.class.isAssignableFrom(provider.type())) {
          types.add(provider.type());
        }
      }
      return types;
    }

    @SuppressWarnings("unchecked")
    static @Nullable Class<?> find(Manifest manifest) {
      for (Class<?> type : ALL) {
        var resource = (Class<? extends HasMetadata>) type;
        if (HasMetadata.getApiVersion(resource).equals(manifest.apiVersion())
            && HasMetadata.getKind(resource).equals(manifest.kind())) {
          return type;
        }
      }
      return null;
    }
  }
}
