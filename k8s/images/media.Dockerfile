# A media node: ICE, DTLS, SRTP, forwarding. From the root of the project, once it is built (mvn -DskipTests package):
#   docker build -f k8s/images/media.Dockerfile -t wishbone/media:0.1.0 .
FROM eclipse-temurin:25-jre-noble
WORKDIR /opt/wishbone
COPY --chown=0:0 app/standalone/jvm.options ./
COPY --chown=0:0 app/media/target/quarkus-app/lib/ ./lib/
COPY --chown=0:0 app/media/target/quarkus-app/ ./
EXPOSE 9300/tcp 9400-9401/udp
USER 10001:10001
# The process gets SIGTERM itself: it drains, and tells its clients good-bye.
ENTRYPOINT ["java", "@/opt/wishbone/jvm.options", "-jar", "/opt/wishbone/quarkus-run.jar"]
