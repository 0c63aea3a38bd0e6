# Signalling: WHIP and WHEP over HTTP, stateless. From the root of the project, once it is built (mvn -DskipTests package):
#   docker build -f k8s/images/signaling.Dockerfile -t wishbone/signaling:0.1.0 .
FROM eclipse-temurin:25-jre-noble
WORKDIR /opt/wishbone
COPY --chown=0:0 app/standalone/jvm.options ./
COPY --chown=0:0 app/signaling/target/quarkus-app/lib/ ./lib/
COPY --chown=0:0 app/signaling/target/quarkus-app/ ./
EXPOSE 8080/tcp
USER 10001:10001
# The process gets SIGTERM itself: it drains, and tells its clients good-bye.
ENTRYPOINT ["java", "@/opt/wishbone/jvm.options", "-jar", "/opt/wishbone/quarkus-run.jar"]
