package io.wishbone.app.cluster;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.DockerException;
import java.time.Duration;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;

/// A server in a container with the network of the machine, so that its addresses are those that it
/// would have as a process. What it stores is in the container, and gone when this is closed; when
/// it is killed, it is there.
final class Container implements Server {

  /// Where its files are, and where it runs.
  static final String ROOT = "/wishbone";

  private static final Duration START = Duration.ofSeconds(180);
  private static final int SHUT_DOWN_SECONDS = 60;
  private static final Duration STEP = Duration.ofMillis(100);

  private final ServerDefinition definition;
  private final GenericContainer<?> container;

  private Container(ServerDefinition definition, GenericContainer<?> container) {
    this.definition = definition;
    this.container = container;
  }

  /// Starts a new one, and waits until it is ready.
  static Container start(ServerDefinition definition) {
    var container =
        new GenericContainer<>(DockerImageName.parse(definition.image()))
            .withNetworkMode("host")
            .withWorkingDirectory(ROOT)
            .withEnv(definition.environment())
            // Images have users of their own, who may not write there.
            .withCreateContainerCmdModifier(command ->
                command.withUser("0").withEntrypoint("/bin/sh", "-c", definition.script()))
            .waitingFor(
                Wait.forLogMessage(".*" + definition.ready() + ".*\\s", 1)
                    .withStartupTimeout(START));
    definition
        .files()
        .forEach((name, text) ->
            container.withCopyToContainer(Transferable.of(text), ROOT + "/" + name));
    try {
      container.start();
    } catch (RuntimeException failure) {
      String said = container.getContainerId() == null ? "" : container.getLogs();
      container.stop();
      throw new IllegalStateException(
          definition.name() + " did not get ready in a container:\n" + said, failure);
    }
    return new Container(definition, container);
  }

  private DockerClient docker() {
    return container.getDockerClient();
  }

  private String id() {
    return container.getContainerId();
  }

  private InspectContainerResponse.ContainerState state() {
    return docker().inspectContainerCmd(id()).exec().getState();
  }

  private int timesReady() {
    return output().split(definition.ready(), -1).length - 1;
  }

  /// Starts it again, and waits until it is ready.
  void startAgain() {
    if (isAlive()) {
      docker().stopContainerCmd(id()).exec();
    }
    int before = timesReady();
    docker().startContainerCmd(id()).exec();
    long deadline = System.nanoTime() + START.toNanos();
    while (timesReady() == before) {
      if (!isAlive() || System.nanoTime() > deadline) {
        throw new IllegalStateException(definition.name() + " did not get ready:\n" + output());
      }
      try {
        Thread.sleep(STEP);
      } catch (InterruptedException failure) {
        throw new IllegalStateException(failure);
      }
    }
  }

  @Override
  public long pid() {
    Long pid = state().getPidLong();
    return pid == null ? 0 : pid;
  }

  @Override
  public boolean isAlive() {
    return Boolean.TRUE.equals(state().getRunning());
  }

  @Override
  public String output() {
    return container.getLogs();
  }

  @Override
  public void shutDown() {
    docker().stopContainerCmd(id()).withTimeout(SHUT_DOWN_SECONDS).exec();
  }

  @Override
  public void kill() {
    docker().killContainerCmd(id()).exec();
    while (isAlive()) {
      Thread.onSpinWait();
    }
  }

  @Override
  public void freeze() {
    docker().pauseContainerCmd(id()).exec();
  }

  @Override
  public void thaw() {
    docker().unpauseContainerCmd(id()).exec();
  }

  @Override
  public void close() {
    try {
      container.stop();
    } catch (DockerException _) {
      // It is gone.
    }
  }
}
