package io.wishbone.app.cluster;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.testcontainers.DockerClientFactory;

/// Runs servers in containers, by Testcontainers, which ends them when this process has ended.
///
/// @param version of Docker, or of what stands in for it
record ContainerHost(String version) implements ServerHost {

  private static final long PULL_MINUTES = 5;

  /// @return null where there is no Docker, or where it has no images of the servers and gets none
  static @Nullable ServerHost find() {
    DockerClientFactory docker = DockerClientFactory.instance();
    if (!docker.isDockerAvailable()) {
      return null;
    }
    try {
      provide(docker.client(), KafkaBroker.IMAGE);
      provide(docker.client(), InfinispanServer.IMAGE);
      return new ContainerHost(docker.client().versionCmd().exec().getVersion());
    } catch (DockerException failure) {
      System.err.println("there is Docker, but no image: " + failure.getMessage());
      return null;
    } catch (InterruptedException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static void provide(DockerClient docker, String image) throws InterruptedException {
    try {
      docker.inspectImageCmd(image).exec();
    } catch (NotFoundException _) {
      if (!docker.pullImageCmd(image).start().awaitCompletion(PULL_MINUTES, TimeUnit.MINUTES)) {
        throw new DockerException(image + " was not there within minutes", 0);
      }
    }
  }

  @Override
  public String root(Path directory) {
    return Container.ROOT;
  }

  @Override
  public Server start(ServerDefinition definition, @Nullable Server before) {
    if (before instanceof Container container) {
      container.startAgain();
      return container;
    }
    return Container.start(definition);
  }

  @Override
  public String description() {
    return "containers (Docker " + version + ")";
  }
}
